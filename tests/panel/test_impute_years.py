"""Filling along the years."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.catalog import parse_spec
from innohub.errors import PanelError
from innohub.panel import Table, impute

NAN = np.nan


def _fill(text, series, years=None, places=None):
    x = np.array(series, dtype=float).T
    years = np.arange(2020, 2020 + len(x)) if years is None else np.asarray(years)
    table = Table(x, places or ["a"] * len(x), [f"i{j + 1}" for j in range(x.shape[1])], years=years)
    return impute(table, parse_spec(text, "impute"))


SERIES = [(1, 2, 3), (3, NAN, 5), (NAN, 5, 6), (7, 8, NAN)]


@pytest.mark.reference
@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        # the package COINr's own tests of impute_panel
        ("linear", [(1, 2, 3), (3, 4, 5), (5, 5, 6), (7, 8, 8)]),
        ("constant", [(1, 2, 3), (3, 3, 5), (5, 5, 6), (7, 8, 8)]),
        ("latest", [(1, 2, 3), (3, 3, 5), (NAN, 5, 6), (7, 8, 8)]),
    ],
)
def test_coinr_cases(spec, expected):
    np.testing.assert_array_equal(_fill(spec, SERIES).values, np.array(expected).T)


def test_linear_follows_the_calendar_not_the_count():
    done = _fill("linear", [(0, NAN, 10)], years=[2000, 2001, 2010])
    assert done.values[1, 0] == pytest.approx(1)


def test_latest_looks_back_no_further_than_told():
    series = [(1, NAN, NAN, NAN)]
    assert _fill("latest(2)", series).values[:3, 0].tolist() == [1, 1, 1]
    assert np.isnan(_fill("latest(2)", series).values[3, 0])
    assert _fill("latest", series).values[3, 0] == 1


def test_one_value_is_held_and_told():
    done = _fill("linear", [(NAN, 4, NAN)])
    assert done.values[:, 0].tolist() == [4, 4, 4]
    finding = done.findings[0]
    assert (finding.code, finding.level, finding.params["year"]) == ("P132", "warning", 2021)
    assert "2021" in finding.render("zh")


def test_a_series_without_values_stays_missing():
    done = _fill("linear", [(NAN, NAN), (1, 2)])
    assert np.isnan(done.values[:, 0]).all()
    assert [(finding.code, finding.params["count"]) for finding in done.findings] == [("P126", 2)]


def test_duplicate_rows_and_missing_years_are_errors():
    with pytest.raises(PanelError) as caught:
        _fill("linear", [(1, NAN)], years=[2020, 2020])
    assert (caught.value.findings[0].code, caught.value.findings[0].params["year"]) == ("P127", 2020)
    with pytest.raises(PanelError) as caught:
        impute(Table(np.array([[NAN]]), ["a"], ["x"]), parse_spec("latest", "impute"))
    assert caught.value.findings[0].code == "P128"


panels = arrays(np.float64, (12, 2), elements=st.one_of(st.just(NAN), st.integers(-9, 9).map(float)))


@given(panels, st.permutations(range(12)))
def test_against_a_plain_definition_in_any_order(x, order):
    places = [p for p in "abc" for _ in range(4)]
    years = np.array([2000, 2003, 2004, 2009] * 3)
    table = Table(x[order], [places[k] for k in order], ["i", "j"], years=years[order])
    for spec in ("latest", "latest(1)", "constant", "linear"):
        done = impute(table, parse_spec(spec, "impute")).values
        for row, k in enumerate(order):
            for column in range(2):
                own = {years[m]: x[m, column] for m in range(12) if places[m] == places[k]}
                expected = _plain(
                    spec, {t: v for t, v in own.items() if np.isfinite(v)}, years[k], sorted(own)
                )
                np.testing.assert_allclose(done[row, column], expected, rtol=1e-12)


def _plain(spec, known, year, calendar):
    if year in known:
        return known[year]
    before, after = [t for t in known if t < year], [t for t in known if t > year]
    if spec.startswith("latest"):
        if spec == "latest(1)":
            before = [t for t in before if calendar.index(year) - calendar.index(t) <= 1]
        return known[max(before)] if before else NAN
    if before and after and spec == "linear":
        return float(np.interp(year, sorted(known), [known[t] for t in sorted(known)]))
    if before:
        return known[max(before)]
    return known[min(after)] if after else NAN
