"""Two sources of one series: planted relations are found, and nothing is found where there is none."""

import numpy as np
import pytest

from innohub.panel.agreement import agree
from innohub.panel.beside import Cells

YEARS = np.arange(2018, 2024)


def series(rng, places=30):
    """Values of places over six years, growing each at its own pace, far apart in size."""
    growth = rng.normal(0.04, 0.05, (places, len(YEARS))).cumsum(axis=1)
    return np.exp(rng.normal(1, 1, places))[:, None] * np.exp(growth)


def source(values, decimals):
    places = [f"p{at}" for at in range(len(values))]
    half = np.full(values.size, 0.5 * 10.0**-decimals)
    return Cells(
        np.repeat(places, len(YEARS)).tolist(),
        np.tile(YEARS, len(places)),
        values.round(decimals).ravel(),
        half,
    )


def own(values, year=2020, decimals=2, places=None):
    names = places or [f"p{at}" for at in range(len(values))]
    return Cells(
        names, np.full(len(values), year), values.round(decimals), np.full(len(values), 0.5 * 10.0**-decimals)
    )


def column(values, year):
    return values[:, year - YEARS[0]]


@pytest.mark.parametrize("seed", range(150))
def test_identical_data_never_raise_an_alarm_whatever_the_rounding(seed):
    rng = np.random.default_rng(seed)
    values = series(rng, int(rng.integers(5, 40)))
    found = agree(
        own(column(values, 2020), decimals=int(rng.integers(1, 4))), source(values, int(rng.integers(2, 6)))
    )
    assert found.verdict == "same"
    assert found.reading.near[~np.isnan(found.reading.other)].all()


@pytest.mark.parametrize("seed", range(150))
def test_a_planted_relation_is_found_with_its_outliers(seed):
    rng = np.random.default_rng(1000 + seed)
    values = series(rng, int(rng.integers(14, 40)))
    kind = ["shift", "unit", "ratio"][seed % 3]
    shift = int(rng.choice([-2, -1, 1, 2, 3])) if kind == "shift" else 0
    factor = {
        "shift": 1.0,
        "unit": float(rng.choice([1e-4, 1e-2, 1e2, 1e4, 1e8])),
        "ratio": float(rng.uniform(1.05, 2)),
    }[kind]
    mine = factor * column(values, 2020 + shift)
    planted = rng.choice(len(mine), 2, replace=False)
    mine[planted] *= 3.7
    places = int(4 - np.floor(np.log10(factor)))
    found = agree(own(mine, decimals=places), source(values, 4))
    assert found.verdict == kind
    assert found.reading.shift == shift
    assert found.reading.factor == pytest.approx(factor, rel=2e-3)
    assert np.flatnonzero(~found.reading.near).tolist() == sorted(planted)
    assert all(found.years[cell] == () for cell in planted)


def test_a_ratio_that_wobbles_a_little_is_a_ratio_and_one_around_one_is_close():
    rng = np.random.default_rng(5)
    values = series(rng)
    wobble = np.exp(rng.normal(0, 0.002, len(values)))
    assert agree(own(1.03 * wobble * column(values, 2020)), source(values, 4)).verdict == "ratio"
    centred = wobble / np.median(wobble)
    assert agree(own(centred * column(values, 2020), decimals=4), source(values, 4)).verdict == "close"


def test_unlike_data_differ():
    rng = np.random.default_rng(6)
    found = agree(own(np.exp(rng.normal(1, 1, 30))), source(series(rng), 4))
    assert found.verdict == "differs"
    assert found.reading.share < 0.2


def test_too_few_cells_decide_nothing():
    values = series(np.random.default_rng(7), 4)
    found = agree(own(column(values, 2020)), source(values, 4))
    assert (found.verdict, found.reason) == ("undecided", "few")
    nowhere = agree(own(column(values, 2020), places=list("abcd")), source(values, 4))
    assert (nowhere.verdict, nowhere.reason) == ("undecided", "few")


def test_a_constant_series_fits_its_own_year_and_no_other_is_preferred():
    values = np.repeat(np.arange(1.0, 13.0)[:, None], len(YEARS), axis=1)
    assert agree(own(column(values, 2020)), source(values, 2)).verdict == "same"
    late = own(column(values, 2020), year=2030)
    found = agree(late, source(values, 2))
    assert (found.verdict, found.reason) == ("undecided", "ambiguous")
    assert len(found.rivals) == len(YEARS)


def test_zeros_tell_nothing_of_units():
    values = np.zeros((8, len(YEARS)))
    values[0] = 5
    found = agree(own(values[:, 2] * 100), source(values, 2))
    assert found.verdict == "same" and found.reading.near.sum() == 7


def test_where_all_places_grow_alike_a_revision_of_the_next_year_is_not_called_a_denominator():
    rng = np.random.default_rng(11)
    base = np.exp(rng.normal(3, 1, 30))
    values = base[:, None] * 1.02 ** np.arange(len(YEARS)) * np.exp(rng.normal(0, 0.0005, (30, len(YEARS))))
    revised = column(values, 2021) * np.exp(rng.normal(0, 0.001, 30))
    found = agree(own(revised, decimals=5), source(values, 5))
    assert (found.verdict, found.reason, sorted(found.rivals)) == ("undecided", "ambiguous", [0, 1])
