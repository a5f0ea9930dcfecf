"""The trails behind the figure on coupling: level and coupling of places over the years, and which stand in front."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.scheme import Scheme, scheme
from innohub.chart.ecosystem import Diagnosis
from innohub.chart.position import place_name
from innohub.chart.reading import View

Vector = NDArray[np.float64]
LINES = 5


@dataclass(frozen=True)
class Trail:
    """C and T of a place over the years, those with both."""

    place: str
    name: str
    years: tuple[int, ...]
    level: Vector
    coupling: Vector

    @property
    def coordination(self) -> Vector:
        """D, as the lines of the figure have it."""
        result: Vector = np.sqrt(self.level * self.coupling)
        return result


@dataclass(frozen=True)
class Map:
    """All trails, the places in front first, and the scheme whose limits are drawn."""

    front: tuple[Trail, ...]
    rest: tuple[Trail, ...]
    scheme: Scheme | None
    variant: str

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        years = [year for trail in (*self.front, *self.rest) for year in trail.years]
        return min(years), max(years)


def read_map(view: View) -> Map:
    """Read the trails of the main variant up to the year to tell of."""
    found = Diagnosis(view.results)
    rows = found.whole
    rows = rows[rows["year"] <= found.year].dropna(subset=["level", "coupling"])
    trails = [_trail(view, str(place), part) for place, part in rows.groupby("place", sort=False)]
    front = _front(found, trails)
    section = view.results.settings.ecosystem
    chosen = scheme(section.scheme) if section and section.scheme else None
    return Map(
        tuple(next(trail for trail in trails if trail.place == place) for place in front),
        tuple(trail for trail in trails if trail.place not in front),
        chosen if chosen and chosen.kind == "limits" else None,
        found.variant,
    )


def _trail(view: View, place: str, rows: pd.DataFrame) -> Trail:
    years = tuple(int(year) for year in rows["year"])
    return Trail(
        place, place_name(view, place), years, rows["level"].to_numpy(float), rows["coupling"].to_numpy(float)
    )


def _front(found: Diagnosis, trails: Sequence[Trail]) -> list[str]:
    """Choose the places in colour: those asked for if few, else both ends and whoever moved most."""
    known = [trail.place for trail in trails]
    asked = [place for place in found.asked if place in known]
    if len(asked) <= LINES:
        return asked
    last = {trail.place: float(trail.coordination[-1]) for trail in trails}
    moved = {trail.place: float(trail.coordination[-1] - trail.coordination[0]) for trail in trails}
    ends = [max(last, key=last.__getitem__), min(last, key=last.__getitem__)]
    movers = [max(moved, key=moved.__getitem__), min(moved, key=moved.__getitem__)]
    return list(dict.fromkeys([*ends, *movers]))
