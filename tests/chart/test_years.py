"""Readings of the years against brute force: moves, the fitted line, peaks, shares of moves."""

import numpy as np
import pandas as pd
import pytest
from scipy.signal import find_peaks
from scipy.stats import linregress, norm

from innohub.chart.years import (
    few_years,
    held_share,
    peaks,
    read_course,
    read_densities,
    read_growth,
    spaced_years,
)


def history(scores):
    """Return a history of places a, b, … from rows of scores by year."""
    rows = []
    for year, values in scores.items():
        known = pd.Series(values, dtype=float, index=list("abcdefgh")[: len(values)])
        ranks = known.rank(ascending=False, method="min")
        rows += [("i", "root", p, year, known[p], ranks[p]) for p in known.index]
    return pd.DataFrame(rows, columns=["index", "node", "place", "year", "score", "rank"])


def test_moves_count_from_the_first_to_the_last_year_for_places_in_both():
    course = read_course(
        history({2001: [3.0, 2.0, 1.0, np.nan], 2002: [9, 9, 9, 9], 2005: [1.0, 2.0, 3.0, 4.0]}),
        "root",
        pd.Index(["d", "c", "b", "a"]),
    )
    assert course.years == (2001, 2002, 2005)
    assert course.moves.to_dict() == {"c": 1, "b": -1, "a": -3}
    assert course.risen(5) == ["c"]
    assert course.fallen(1) == ["a"]


def test_one_year_is_no_course_and_other_nodes_and_places_are_left_out():
    assert read_course(history({2001: [1.0, 2.0]}), "root", pd.Index(["a", "b"])) is None
    assert read_course(pd.DataFrame(), "root", pd.Index(["a"])) is None
    table = history({2001: [1.0, 2.0], 2002: [1.0, 2.0]})
    table = pd.concat([table, table.assign(node="other", score=99.0)])
    course = read_course(table, "root", pd.Index(["b"]))
    assert course.scores.to_numpy().tolist() == [[2.0, 2.0]]


def test_the_line_is_the_one_of_least_squares():
    rng = np.random.default_rng(1)
    start = rng.uniform(0.1, 2.0, 8)
    end = start * rng.uniform(1.0, 2.0, 8)
    course = read_course(history({2010: start, 2015: end}), "root", pd.Index(list("abcdefgh")))
    fit = linregress(np.log(start), np.log(end / start) / 5)
    growth = read_growth(pd.DataFrame([{"start": 2010, "end": 2015, "slope": fit.slope}]), course)
    assert growth.level == pytest.approx(fit.intercept)
    assert growth.line(np.array([1.0])) == pytest.approx([fit.intercept])
    assert growth.growth["a"] == pytest.approx(np.log(end[0] / start[0]) / 5)


def test_without_a_slope_there_is_no_line():
    course = read_course(history({2010: [1.0, 2.0], 2015: [1.0, 2.0]}), "root", pd.Index(["a", "b"]))
    missing = pd.DataFrame([{"start": 2010, "end": 2015, "slope": np.nan}])
    assert read_growth(missing, course) is None
    assert read_growth(pd.DataFrame(), course) is None
    assert read_growth(pd.DataFrame([{"start": 2009, "end": 2015, "slope": 1.0}]), course) is None


@pytest.mark.parametrize("seed", range(20))
def test_peaks_are_those_of_scipy(seed):
    rng = np.random.default_rng(seed)
    grid = np.linspace(-5, 5, 200)
    centres, widths = rng.uniform(-4, 4, 5), rng.uniform(0.2, 1.5, 5)
    density = sum(norm.pdf(grid, centre, width) for centre, width in zip(centres, widths, strict=True))
    found, _ = find_peaks(density, prominence=0.05 * density.max())
    # scipy measures a peak near the end of the grid from the edge, where the tail has not died away
    assert abs(peaks(density) - len(found)) <= int(max(density[0], density[-1]) > 0.01)


def test_a_flat_density_and_a_missing_year_have_no_peak():
    assert peaks(np.ones(5)) == 0
    table = pd.DataFrame(
        {"year": [1, 1, 2, 2], "score": [0.0, 1.0] * 2, "density": [1.0, 2.0, np.nan, np.nan]}
    )
    assert list(read_densities(table)) == [1]
    assert read_densities(pd.DataFrame()) == {}


def test_moves_between_classes():
    table = pd.DataFrame({"from_class": [1, 1, 2, 2], "to_class": [1, 2, 1, 2], "count": [5, 3, 1, 1]})
    assert held_share(table) == (0.6, 10, 3, 1)
    assert held_share(table.assign(count=0)) is None
    assert held_share(pd.DataFrame()) is None


def test_years_are_chosen_evenly_and_never_too_close():
    assert few_years([1, 2, 3], 5) == [1, 2, 3]
    assert few_years(list(range(10)), 4) == [0, 3, 6, 9]
    assert spaced_years([2000, 2001, 2005, 2006], 3) == [2001, 2006]
    assert np.diff(spaced_years(range(2000, 2021), 4)).min() >= 4
