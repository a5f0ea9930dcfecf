"""Mismatch, overlap and pull."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cosine

from innohub.ecosystem.shares import (
    mismatch_table,
    platform_overlap,
    platform_pull,
    shares_of_one,
    talent_mismatch,
)
from innohub.errors import ScaleError

FIRST, SECOND = np.array([0.5, 0.3, 0.2, 0.0]), np.array([0.2, 0.2, 0.3, 0.3])


def test_examples_of_the_handbook():
    assert talent_mismatch(FIRST, SECOND) == pytest.approx(0.4, abs=1e-12)
    table, found = platform_overlap(np.vstack([FIRST, SECOND]), ["a", "b"])
    assert table.to_dict("records") == [
        {"platform": "a", "other": "b", "overlap": pytest.approx(0.699913, abs=1e-5)}
    ]
    assert not found


def test_vectors_that_do_not_sum_to_one_are_scaled_with_a_warning():
    shares, found = shares_of_one(np.vstack([FIRST * 200, SECOND]), ("talent", "industry"))
    assert shares == pytest.approx(np.vstack([FIRST, SECOND]))
    assert [(f.code, f.params["names"]) for f in found] == [("N204", ("talent",))]
    assert "talent" in found[0].render("en")
    assert talent_mismatch(FIRST * 200, SECOND) == pytest.approx(0.4)


def test_zeros_missing_and_negative():
    assert [f.code for f in shares_of_one(np.vstack([np.zeros(4), SECOND]))[1]] == ["N205"]
    assert np.isnan(talent_mismatch(np.zeros(4), SECOND))
    assert np.isnan(talent_mismatch(np.array([np.nan, 1]), np.array([0.5, 0.5])))
    with pytest.raises(ScaleError, match="-1"):
        talent_mismatch(np.array([-1.0, 2]), np.array([0.5, 0.5]))
    table, found = platform_overlap(np.array([[0.0, 0], [1, 2], [np.nan, 1]]), ["none", "some", "unknown"])
    assert table["overlap"].isna().all()
    assert [f.params["names"] for f in found] == [("none",)]
    assert len(platform_overlap(np.ones((1, 3)), ["alone"])[0]) == 0


@given(st.integers(0, 500), st.floats(0.01, 100))
def test_mismatch_is_symmetric_bounded_and_free_of_units(seed, factor):
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(0, 1, (2, 5))
    value = talent_mismatch(a, b)
    assert 0 <= value <= 1
    assert talent_mismatch(b, a * factor) == pytest.approx(value)
    order = rng.permutation(5)
    assert talent_mismatch(a[order], b[order]) == pytest.approx(value)


@given(st.integers(0, 500))
def test_overlap_is_the_cosine_of_another_library(seed):
    vectors = np.random.default_rng(seed).uniform(0, 1, (4, 3))
    table, _ = platform_overlap(vectors, list("abcd"))
    for row in table.itertuples():
        a, b = vectors["abcd".index(row.platform)], vectors["abcd".index(row.other)]
        assert row.overlap == pytest.approx(1 - cosine(a, b), abs=1e-12)


def test_table_names_shortage_and_surplus():
    frame = pd.DataFrame({
        "place": ["a"] * 3 + ["b"] * 2 + ["c"], "field": ["x", "y", "z", "x", "y", "x"],
        "talent": [0.5, 0.3, 0.2, 10, np.nan, 0.0], "industry": [0.2, 0.2, 0.6, 3, 4, 5.0],
    })  # fmt: skip
    table, found = mismatch_table(frame)
    assert table.iloc[0].to_dict() == {
        "place": "a", "mismatch": pytest.approx(0.4), "short_of": "z", "shortage": pytest.approx(0.4),
        "surplus_in": "x", "surplus": pytest.approx(0.3),
    }  # fmt: skip
    assert table["mismatch"].isna().tolist() == [False, True, True]
    assert {f.code: f.params["names"] for f in found} == {"N204": ("b", "c"), "N205": ("c",)}


def test_shares_keep_rows_apart():
    shares, found = shares_of_one(np.array([[0.5, 0.5], [1, 1], [0, 0]]), ["a", "b", "c"])
    assert shares[:2].tolist() == [[0.5, 0.5], [0.5, 0.5]] and np.isnan(shares[2]).all()
    assert {f.code: f.params["names"] for f in found} == {"N204": ("b",), "N205": ("c",)}


def test_pull_counts_lower_platforms_once():
    levels = pd.DataFrame(
        {"platform": list("ABcde"), "level": ["national"] * 2 + ["provincial"] * 2 + ["municipal"]}
    )
    ties = pd.DataFrame({"platform": ["A", "c", "B", "A", "d"], "other": ["c", "A", "d", "B", "e"]})
    table = platform_pull(levels, ties)
    assert table.values.tolist() == [["A", 3, 1, 1 / 3], ["B", 3, 1, 1 / 3], ["", 3, 2, 2 / 3]]
    assert platform_pull(levels[levels["level"].eq("national")], ties)["reach"].isna().all()
