"""Filling from other places and from the row: definitions, errors, what is never touched."""

import csv
from statistics import mean, median

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.catalog import parse_spec
from innohub.catalog.methods import methods
from innohub.errors import NoSolutionError, PanelError
from innohub.panel import Table, impute

NAN = np.nan
X = np.array(
    [
        [1.0, 10.0, NAN, 5.0],
        [2.0, NAN, 7.0, 5.0],
        [NAN, 40.0, 1.0, 5.0],
        [6.0, 20.0, 4.0, NAN],
        [9.0, 60.0, NAN, 5.0],
        [4.0, NAN, 2.0, 5.0],
    ]
)
PLACES, INDICATORS = list("abcdef"), ["论文", "patents", "co2", "flat"]
GROUPS = {"region": ["东", "东", "西", "西", "东", "西"]}


def _table(x=X, **more):
    return Table(x, PLACES[: len(x)], INDICATORS[: x.shape[1]], groups=GROUPS, **more)


def _impute(text, table, **more):
    return impute(table, parse_spec(text, "impute"), **more)


@pytest.mark.parametrize(("word", "centre"), [("mean", mean), ("median", median)])
def test_columns_and_groups_are_those_of_the_definition(word, centre):
    whole, grouped = _impute(f"column_{word}", _table()), _impute(f"group_{word}(region)", _table())
    for i, j in np.argwhere(np.isnan(X)):
        column = [v for v in X[:, j] if np.isfinite(v)]
        own = [
            X[k, j] for k in range(6) if GROUPS["region"][k] == GROUPS["region"][i] and np.isfinite(X[k, j])
        ]
        assert whole.values[i, j] == pytest.approx(centre(column), rel=1e-14)
        assert grouped.values[i, j] == pytest.approx(centre(own), rel=1e-14)
    np.testing.assert_array_equal(whole.filled, np.isnan(X))


@pytest.mark.parametrize("word", ["mean", "median"])
def test_row_is_filled_on_a_common_scale(word):
    direction = np.array([1.0, 1.0, -1.0, 1.0])
    parents = ["A", "A", "A", "B"]
    done = _impute(f"row_{word}", _table(parents=parents, direction=direction))
    centre = {"mean": mean, "median": median}[word]
    for i, j in np.argwhere(np.isnan(X[:, :3])):
        z = []
        for k in range(3):
            if k != j and np.isfinite(X[i, k]):
                low, high = np.nanmin(X[:, k]), np.nanmax(X[:, k])
                z.append(
                    (X[i, k] - low) / (high - low) if direction[k] > 0 else (high - X[i, k]) / (high - low)
                )
        low, high = np.nanmin(X[:, j]), np.nanmax(X[:, j])
        expected = low + centre(z) * (high - low) if direction[j] > 0 else high - centre(z) * (high - low)
        assert done.values[i, j] == pytest.approx(expected, rel=1e-13)
    assert done.values[3, 3] == 5  # a constant indicator takes its constant


def test_row_as_it_is():
    x = np.array([[1.0, 3.0, NAN], [4.0, NAN, 8.0]])
    done = _impute("row_mean(as_is)", _table(x))
    np.testing.assert_allclose(done.values, [[1, 3, 2], [4, 6, 8]])


def test_row_without_any_value_stays_missing_and_is_told():
    x = np.array([[NAN, NAN], [1.0, 2.0], [3.0, 5.0]])
    done = _impute("row_mean", _table(x))
    assert np.isnan(done.values[0]).all()
    assert not done.filled[0].any()
    assert [(f.code, f.column, f.params["count"]) for f in done.findings] == [
        ("P126", "论文", 1),
        ("P126", "patents", 1),
    ]


def test_group_without_a_value_names_group_and_indicator():
    x = X.copy()
    x[[2, 3, 5], 1] = NAN
    with pytest.raises(PanelError) as caught:
        _impute("group_mean(region)", _table(x))
    finding = caught.value.findings[0]
    assert (finding.code, finding.params["group"], finding.params["indicator"]) == ("P125", "西", "patents")
    assert "西" in finding.render("zh")
    assert "patents" in finding.render("zh")


def test_place_without_a_group_keeps_its_gaps():
    table = Table(X[:3, :1], PLACES[:3], ["x"], groups={"g": ["u", "u", ""]})
    done = _impute("group_mean(g)", table)
    assert np.isnan(done.values[2, 0])
    assert [finding.code for finding in done.findings] == ["P126"]


def test_unknown_grouping_offers_the_near_ones():
    with pytest.raises(PanelError) as caught:
        _impute("group_mean(regions)", _table())
    assert "region" in caught.value.render("en")


@pytest.mark.parametrize("spec", ["column_mean", "column_median", "knn", "em", "multiple"])
def test_indicator_without_any_value_is_an_error(spec):
    x = X.copy()
    x[:, 2] = NAN
    with pytest.raises(PanelError) as caught:
        _impute(spec, _table(x))
    assert [(f.code, f.column) for f in caught.value.findings] == [("P130", "co2")]


def test_none_fills_nothing():
    done = _impute("none", _table())
    np.testing.assert_array_equal(done.values, X)
    assert not done.filled.any()


def test_by_year_uses_the_rows_of_the_year_only():
    x = np.array([[1.0], [3.0], [NAN], [10.0], [NAN], [30.0]])
    table = Table(x, list("abcabc"), ["x"], years=np.array([1, 1, 1, 2, 2, 2]))
    assert _impute("column_mean", table, by_year=True).values[:, 0].tolist() == [1, 3, 2, 10, 20, 30]
    assert _impute("column_mean", table).values[2, 0] == 11


ALL = [
    name
    for name in methods("impute")
    if name not in ("group_mean", "group_median", "latest", "constant", "linear")
]


@pytest.mark.parametrize(
    "spec", [*ALL, "group_mean(region)", "group_median(region)", "em(2)", "knn(2, distance)"]
)
def test_observed_values_are_never_touched_and_nothing_missing_is_free(spec):
    done = _impute(spec, _table())
    seen = ~np.isnan(X)
    np.testing.assert_array_equal(done.values[seen], X[seen])
    np.testing.assert_array_equal(done.filled, ~seen & ~np.isnan(done.values))
    whole = np.arange(24.0).reshape(6, 4)
    assert not _impute(spec, _table(whole)).filled.any()


gappy = arrays(np.float64, (6, 3), elements=st.one_of(st.just(NAN), st.integers(-50, 50).map(float)))


@given(gappy, st.permutations(range(6)), st.floats(0.1, 20), st.floats(-100, 100))
@pytest.mark.parametrize(
    "spec", ["column_mean", "column_median", "row_mean", "row_median", "knn(2)", "knn(2, distance)"]
)
def test_order_and_units_do_not_matter(spec, x, order, factor, shift):
    x[0] = [1.0, 2.0, 3.0]
    x[1] = [4.0, -1.0, 9.0]
    done = _impute(spec, _table(x)).values
    moved = _impute(spec, _table(x[order])).values
    np.testing.assert_allclose(moved, done[order], rtol=1e-9, atol=1e-9)
    other = _impute(spec, _table(x * factor + shift)).values
    np.testing.assert_allclose(other, done * factor + shift, rtol=1e-7, atol=1e-6)


@given(gappy)
@pytest.mark.parametrize("spec", ["column_mean", "column_median", "knn(3)"])
def test_filled_values_lie_within_those_observed(spec, x):
    x[0] = [1.0, 2.0, 3.0]
    done = _impute(spec, _table(x))
    for column in range(3):
        inside = done.values[done.filled[:, column], column]
        assert (inside >= np.nanmin(x[:, column]) - 1e-9).all()
        assert (inside <= np.nanmax(x[:, column]) + 1e-9).all()


def test_medians_of_even_counts():
    x = np.array([[1.0], [2.0], [10.0], [20.0], [NAN]])
    assert _impute("column_median", Table(x, PLACES[:5], ["x"])).values[-1, 0] == 6


@pytest.fixture(scope="module")
def asem(root):
    """The 49 ASEM indicators with their gaps, parents, directions and groups."""
    folder = root / "tests" / "reference" / "asem"
    with (folder / "ASEM_iMeta.csv").open(encoding="utf-8", newline="") as file:
        meta = [row for row in csv.DictReader(file) if row["Type"] == "Indicator"]
    with (folder / "ASEM_iData.csv").open(encoding="utf-8", newline="") as file:
        data = list(csv.DictReader(file))
    return Table(
        np.array([[float(row[m["iCode"]] or "nan") for m in meta] for row in data]),
        [row["uCode"] for row in data],
        [m["iCode"] for m in meta],
        groups={"EurAsia_group": [row["EurAsia_group"] for row in data]},
        parents=[m["Parent"] for m in meta],
        direction=np.array([float(m["Direction"]) for m in meta]),
    )


@pytest.mark.reference
def test_asem_group_means_by_pandas(asem):
    done = _impute("group_mean(EurAsia_group)", asem)
    frame = pd.DataFrame(asem.values)
    expected = frame.fillna(frame.groupby(asem.groups["EurAsia_group"]).transform("mean"))
    np.testing.assert_allclose(done.values, expected.to_numpy(), rtol=1e-14)
    assert done.filled.sum() == 63
    assert not done.findings


@pytest.mark.reference
@pytest.mark.parametrize("spec", ["row_mean", "row_median", "knn", "em(ridge = 10, tolerance = 1e-6)"])
def test_every_gap_of_asem_is_filled_once(asem, spec):
    done = _impute(spec, asem)
    np.testing.assert_array_equal(done.filled, np.isnan(asem.values))
    assert np.isfinite(done.values).all()


@pytest.mark.reference
def test_asem_has_more_indicators_than_em_takes_without_a_ridge(asem):
    few = asem.take(np.arange(45))
    with pytest.raises(NoSolutionError):
        _impute("em", few)
