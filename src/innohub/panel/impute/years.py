"""Fill a series from the other years of the same place (Becker et al. 2022, JOSS 7(78):4567)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError
from innohub.panel.impute.table import Table

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class _Cube:
    """Values (places, years, indicators) and where each row of the table stands in it."""

    values: Array
    place: Index
    time: Index
    years: Array


def _cube(table: Table) -> _Cube:
    if table.years is None:
        raise PanelError(Finding("P128"))
    keys = Counter(zip(table.places, table.years.tolist(), strict=True))
    twice = [key for key, count in keys.items() if count > 1]
    if twice:
        raise PanelError(
            [Finding("P127", file="panel", params={"place": place, "year": year}) for place, year in twice]
        )
    names, place = np.unique(np.asarray(table.places, dtype=object), return_inverse=True)
    years, time = np.unique(table.years, return_inverse=True)
    values = np.full((len(names), len(years), table.values.shape[1]), np.nan)
    values[place, time] = table.values
    return _Cube(values, place, time, years.astype(float))


def _before(values: Array) -> Index:
    """Return for each cell the time of the last value at or before it, -1 for none."""
    time = np.arange(values.shape[1])[None, :, None]
    return np.maximum.accumulate(np.where(np.isnan(values), -1, time), axis=1)


def _after(values: Array) -> Index:
    """Return for each cell the time of the first value at or after it, the number of years for none."""
    count = values.shape[1]
    time = np.arange(count)[None, :, None]
    known = np.where(np.isnan(values), count, time)
    return np.minimum.accumulate(known[:, ::-1], axis=1)[:, ::-1]


def _at(values: Array, time: Index) -> Array:
    """Return the values at given times; NaN where the time lies outside."""
    inside = (time >= 0) & (time < values.shape[1])
    taken = np.take_along_axis(values, np.where(inside, time, 0), axis=1)
    return np.where(inside, taken, np.nan)


def _latest(table: Table, p: Mapping[str, Any]) -> tuple[Array, tuple[Finding, ...]]:
    """Carry the last value forward, at most ``reach`` time points; nothing before the first value."""
    cube = _cube(table)
    before = _before(cube.values)
    if p["reach"]:
        time = np.arange(len(cube.years))[None, :, None]
        before = np.where(time - before > p["reach"], -1, before)
    return _at(cube.values, before)[cube.place, cube.time], ()


def _constant(table: Table, p: Mapping[str, Any]) -> tuple[Array, tuple[Finding, ...]]:
    """Hold each value until the next one; years before the first value take the first."""
    cube = _cube(table)
    return _held(cube.values)[cube.place, cube.time], ()


def _held(values: Array) -> Array:
    before = _before(values)
    return _at(values, np.where(before < 0, _after(values), before))


def _linear(table: Table, p: Mapping[str, Any]) -> tuple[Array, tuple[Finding, ...]]:
    """Draw a straight line between two years with values, by calendar time; the ends are held."""
    cube = _cube(table)
    before, after = _before(cube.values), _after(cube.values)
    inside = (before >= 0) & (after < len(cube.years)) & (before < after)
    start, end = np.where(inside, before, 0), np.where(inside, after, 0)
    span = np.where(inside, cube.years[end] - cube.years[start], 1.0)
    way = (cube.years[None, :, None] - cube.years[start]) / span
    low, high = _at(cube.values, start), _at(cube.values, end)
    with np.errstate(invalid="ignore"):
        line = low + way * (high - low)
    # At the end of a series the nearest value is the last one, which holding forward gives.
    filled = np.where(inside, line, _held(cube.values))
    return filled[cube.place, cube.time], _single(table, cube)


def _single(table: Table, cube: _Cube) -> tuple[Finding, ...]:
    """Warn of series with one value only: a line needs two."""
    found = []
    names = np.unique(np.asarray(table.places, dtype=object))
    gaps = np.zeros_like(cube.values, dtype=bool)
    gaps[cube.place, cube.time] = np.isnan(table.values)
    single = ((~np.isnan(cube.values)).sum(axis=1) == 1) & gaps.any(axis=1)
    for place, column in np.argwhere(single):
        year = cube.years[np.flatnonzero(~np.isnan(cube.values[place, :, column]))[0]]
        params = {"place": names[place], "indicator": table.indicators[column], "year": int(year)}
        found.append(Finding("P132", "warning", column=table.indicators[column], params=params))
    return tuple(found)


METHODS = {"latest": _latest, "constant": _constant, "linear": _linear}
