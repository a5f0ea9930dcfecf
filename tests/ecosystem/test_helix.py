"""Triple helix in bits."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem.bootstrap import bootstrap_interval, ratio, resampled_sums
from innohub.ecosystem.helix import COMBINATIONS, combination, helix_table, triple_helix
from innohub.errors import ScaleError

COUNTS = np.array([40.0, 20, 10, 10, 12, 3, 5])


def by_the_book(counts):
    """Mutual information in three dimensions straight from the works, one by one."""
    works = [name for name, count in zip(COMBINATIONS, counts, strict=True) for _ in range(int(count))]

    def entropy(sides):
        table = pd.Series([tuple(side in work for side in sides) for work in works]).value_counts(
            normalize=True
        )
        return -(table * np.log2(table)).sum()

    single = sum(entropy(side) for side in "uig")
    double = sum(entropy(pair) for pair in ("ui", "ug", "ig"))
    return single - double + entropy("uig")


def test_example_of_the_handbook():
    assert float(triple_helix(COUNTS)) == pytest.approx(-0.177809, abs=1e-6)


@given(st.lists(st.integers(0, 30), min_size=7, max_size=7).filter(any))
def test_against_the_definition(counts):
    assert float(triple_helix(np.array(counts, float))) == pytest.approx(by_the_book(counts), abs=1e-12)


@given(st.lists(st.floats(0.1, 30), min_size=7, max_size=7), st.floats(0.1, 100))
def test_size_and_names_of_sides_do_not_matter(counts, factor):
    x = np.array(counts)
    value = float(triple_helix(x))
    assert float(triple_helix(x * factor)) == pytest.approx(value, abs=1e-9)
    swapped = x[[COMBINATIONS.index(name) for name in ("i", "u", "g", "ui", "ig", "ug", "uig")]]
    assert float(triple_helix(swapped)) == pytest.approx(value, abs=1e-9)


def test_edges():
    assert np.isnan(triple_helix(np.zeros(7)))
    assert float(triple_helix(np.array([5.0, 0, 0, 0, 0, 0, 0]))) == 0
    assert float(triple_helix(np.array([0.0, 0, 0, 0, 0, 0, 9]))) == 0
    assert float(triple_helix(np.array([1.0, 1, 0, 0, 0, 0, 0]))) == 0
    third = 3 * (np.log2(3) / 3 + 2 / 3 * np.log2(1.5)) - 2 * np.log2(3)
    assert float(triple_helix(np.array([1.0, 1, 1, 0, 0, 0, 0]))) == pytest.approx(third)
    with pytest.raises(ScaleError):
        triple_helix(np.array([-1.0, 1, 1, 1, 1, 1, 1]))
    both = triple_helix(np.vstack([COUNTS, np.zeros(7)]))
    assert both[0] == pytest.approx(-0.177809, abs=1e-6) and np.isnan(both[1])


def members(counts=COUNTS, place="a"):
    names = {"u": "university", "i": "firm", "g": "government"}
    rows = [
        (f"{place}-{name}-{k}", names[side], place)
        for name, count in zip(COMBINATIONS, counts, strict=True)
        for k in range(int(count))
        for side in name
    ]
    return pd.DataFrame(rows, columns=["work", "sector", "place"])


def test_table_from_works_with_interval():
    table, found = helix_table(members(), 2000, np.random.default_rng(1))
    row = table.iloc[0]
    assert row[list(COMBINATIONS)].tolist() == COUNTS.tolist() and row["works"] == 100
    assert row["bits"] == pytest.approx(-0.177809, abs=1e-6)
    assert row["low"] < row["bits"] < row["high"]
    assert not found


def test_interval_agrees_with_a_plain_bootstrap():
    rng = np.random.default_rng(4)
    parts = np.repeat(np.eye(7), COUNTS.astype(int), axis=0)
    plain = [triple_helix(parts[rng.integers(0, 100, 100)].sum(axis=0)) for _ in range(3000)]
    found = bootstrap_interval(parts, triple_helix, 3000, np.random.default_rng(5))
    assert [found.low, found.high] == pytest.approx(np.quantile(plain, [0.05, 0.95]), abs=0.012)
    assert found.works == 100


def test_works_of_no_sector_and_few_works_are_told():
    more = pd.concat([members(), members([2, 0, 0, 0, 0, 0, 0], "b")])
    more.loc[len(more)] = ["odd", "charity", "b"]
    table, found = helix_table(more.reset_index(drop=True), 50, np.random.default_rng(1), by=["place"])
    assert table["left_out"].tolist() == [0, 1]
    assert {f.code: f.params["count"] for f in found} == {"N207": 1, "N206": 1}
    only = helix_table(members([0, 0, 0, 1, 0, 0, 0]), 50, np.random.default_rng(1))[0].iloc[0]
    assert np.isnan(only["low"]) and only["bits"] == 0


def test_none_at_all():
    table, _ = helix_table(pd.DataFrame({"work": [1], "sector": ["charity"]}), 10, np.random.default_rng(1))
    assert np.isnan(table["bits"].iloc[0]) and table["left_out"].iloc[0] == 1


def test_own_sides_and_repeated_rows():
    assert combination(["firm", "firm", "institute"]) == "ui"
    assert combination(["lab", "firm"], {"lab": "g", "firm": "i"}) == "ig"


def test_drawing_keeps_the_number_of_works_and_its_mean():
    parts = np.array([[1.0, 1], [0, 1], [0, 1], [1, 1]])
    sums = resampled_sums(parts, 4000, np.random.default_rng(2))
    assert (sums[:, 1] == 4).all()
    assert sums[:, 0].mean() == pytest.approx(2, abs=0.06)
    assert sums[:, 0].var() == pytest.approx(1, abs=0.08)
    assert ratio(sums[:1])[0] == sums[0, 0] / 4
    assert resampled_sums(parts, 0, np.random.default_rng(2)).shape == (0, 2)
