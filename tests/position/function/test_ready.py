"""Ready now, by a year, not by the horizon, or no trend."""

import numpy as np
import pandas as pd
import pytest

from innohub.position.function.comparison import compare
from innohub.position.function.grid import build_grid, peer_sets
from innohub.position.function.ready import look_ahead
from innohub.position.function.relation import read_values
from innohub.position.function.trend import fit_trend, series

YEARS = np.arange(2010, 2016)


def path(place, last, rate, years=YEARS, *, noise=0.0, indicator="x", seed=0):
    """A path that ends at ``last`` and grew by ``rate`` a year."""
    wobble = noise * np.random.default_rng(seed).standard_normal(len(years))
    values = last * (1.0 + rate) ** (years - years[-1]) * np.exp(wobble)
    return [(place, indicator, int(year), float(value)) for year, value in zip(years, values, strict=True)]


def outlook(rows, *, horizon=2040, names=("b", "c", "d"), directions=None):
    values = read_values(pd.DataFrame(rows, columns=["place", "indicator", "year", "value"]))
    indicators = list(dict.fromkeys(row[1] for row in rows))
    functions = pd.DataFrame({"function": "f", "indicator": indicators, "weight": 1.0})
    peers = pd.DataFrame({"set": "s", "scope": "international", "place": list(names)})
    found = compare(values, "a", indicators, names, directions=directions or {})
    rng = np.random.default_rng
    cells = build_grid(found, functions, peers, ["international"], rng=rng(1)).cells
    sets = peer_sets(peers, ["international"])
    return look_ahead(values, found, cells, functions, sets, horizon=horizon, rng=rng(2), draws=400)


def only(found):
    return found.cells.iloc[0]


def test_a_steady_path_passes_in_the_year_that_the_formula_gives():
    # Two of three peers must be passed: ln(160/100) / ln(1.08/1.02) = 8.22 years, so the ninth.
    rows = path("a", 100, 0.08) + path("b", 120, 0.02) + path("c", 160, 0.02) + path("d", 900, 0.02)
    found = only(outlook(rows))
    years = np.log(160 / 100) / np.log(1.08 / 1.02)
    assert found["ready"] == "by"
    assert found["ready_year"] == 2015 + int(np.ceil(years)) == 2024
    assert found[["ready_low", "ready_high"]].tolist() == [2024, 2024]
    assert found[["chance", "trended"]].tolist() == [1.0, 1.0]


def test_ready_now_and_not_by_the_horizon():
    rows = path("a", 100, 0.01) + path("b", 10, 0.02) + path("c", 20, 0.02) + path("d", 900, 0.02)
    assert only(outlook(rows))[["ready", "trended"]].tolist() == ["now", 0.0]
    slow = path("a", 100, 0.01) + path("b", 120, 0.02) + path("c", 160, 0.02) + path("d", 900, 0.02)
    found = only(outlook(slow))
    assert found["ready"] == "not by horizon"
    assert found[["ready_year", "ready_low", "ready_high"]].isna().all()
    assert found["chance"] == 0.0
    near = path("a", 100, 0.08) + path("b", 120, 0.02) + path("c", 160, 0.02) + path("d", 900, 0.02)
    assert only(outlook(near, horizon=2023))["ready"] == "not by horizon"


def test_lower_is_better():
    rows = path("a", 160, -0.08) + path("b", 120, 0.0) + path("c", 100, 0.0) + path("d", 10, 0.0)
    found = only(outlook(rows, directions={"x": -1}))
    assert found["ready_year"] == 2015 + int(np.ceil(np.log(160 / 100) / -np.log(0.92)))


def test_too_few_years_are_no_trend():
    rows = (
        path("a", 100, 0.08, YEARS[-3:]) + path("b", 120, 0.02) + path("c", 160, 0.02) + path("d", 900, 0.02)
    )
    found = outlook(rows)
    assert only(found)["ready"] == "no trend"
    assert [(f.code, f.params["place"], f.params["years"]) for f in found.findings] == [("N114", "a", 3)]
    assert only(outlook(path("a", 1, 0, YEARS[:1]) + rows[3:]))["ready"] == "no trend"


def test_zero_is_no_trend():
    rows = path("a", 100, 0.08) + path("b", 120, 0.02) + path("c", 160, 0.02) + path("d", 900, 0.02)
    rows[0] = ("a", "x", 2010, 0.0)
    found = outlook(rows)
    assert only(found)["ready"] == "no trend"
    assert [f.code for f in found.findings] == ["N115"]


def test_a_peer_without_a_trend_stays_as_it_is_today():
    rows = path("a", 100, 0.5) + path("b", 120, 0.0) + path("c", 160, 0.0, YEARS[-1:]) + path("d", 900, 0.0)
    found = only(outlook(rows))
    assert found["trended"] == pytest.approx(2 / 3)
    # c is never passed, so b and d must be: ln(9) / ln(1.5) = 5.4 years.
    assert found["ready_year"] == 2021


def test_untested_cells_stay_untested():
    rows = path("a", 100, 0.5) + path("b", 120, 0.0)
    assert only(outlook(rows))["ready"] == "not tested"


def test_the_interval_holds_the_year_and_widens_with_noise():
    def width(noise):
        rows = [
            row
            for n, (place, last, rate) in enumerate(
                [("a", 100, 0.08), ("b", 120, 0.02), ("c", 160, 0.02), ("d", 900, 0.02)]
            )
            for row in path(place, last, rate, np.arange(2000, 2016), noise=noise, seed=n)
        ]
        found = only(outlook(rows, horizon=2080))
        assert found["ready_low"] <= found["ready_year"] <= found["ready_high"]
        return found["ready_high"] - found["ready_low"]

    assert width(0.02) < width(0.08)


def test_two_indicators_need_the_mean_to_reach_the_bar():
    rows = path("a", 100, 0.08) + path("b", 120, 0.02) + path("c", 160, 0.02) + path("d", 900, 0.02)
    fixed = [(place, "y", 2015, value) for place, value in (("a", 9), ("b", 1), ("c", 20), ("d", 30))]
    # y keeps a third, so x must reach two thirds.
    found = only(outlook(rows + fixed))
    assert found["ready_year"] == 2024
    assert found["trended"] == pytest.approx(0.5)


def test_results_do_not_depend_on_the_order_of_rows():
    rows = [
        row
        for n, (place, last, rate) in enumerate(
            [("a", 100, 0.1), ("b", 120, 0), ("c", 160, 0), ("d", 900, 0)]
        )
        for row in path(place, last, rate, noise=0.05, seed=n)
    ]
    pd.testing.assert_frame_equal(outlook(rows).cells, outlook(rows[::-1], names=("d", "b", "c")).cells)


# The trend itself


def test_rates_are_those_of_least_squares_on_logs():
    values = np.array([1.0, 1.3, 1.2, 1.9, 2.4])
    years = np.array([2001.0, 2002, 2004, 2005, 2007])
    found = fit_trend(years[::-1], values[::-1], np.random.default_rng(1), draws=50_000)
    assert found is not None
    slope, _ = np.polyfit(years, np.log(values), 1)
    assert found.rate == pytest.approx(slope)
    assert (found.year, found.value) == (2007, 2.4)
    assert found.at(2009) == pytest.approx(2.4 * np.exp(2 * slope))
    # The bootstrap's spread is that of the classical standard error.
    residual = np.log(values) - np.polyval(np.polyfit(years, np.log(values), 1), years)
    error = np.sqrt(residual @ residual / 3 / ((years - years.mean()) ** 2).sum())
    assert found.drawn.std() == pytest.approx(error, rel=0.02)
    assert found.drawn.mean() == pytest.approx(slope, abs=0.002)


def test_series_keep_single_years_up_to_the_last():
    panel = pd.DataFrame(
        {
            "place": "a",
            "indicator": "x",
            "year": [2012, 2011, 2015, 2016, None],
            "since": [None, None, 2011, None, None],
            "value": [2.0, 1.0, 9.0, 3.0, 5.0],
            "unit": "万元",
        }
    )
    years, values = series(read_values(panel)["a", "x"], "元", 2015)
    assert years.tolist() == [2011, 2012]
    assert values.tolist() == [10_000, 20_000]
