"""What figures and briefs read from the years of a study: ranks over time, dispersion, growth, the distribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Vector = NDArray[np.float64]
# A bump of a density counts as a peak if it stands out by this share of the highest one.
PROMINENCE = 0.05


@dataclass(frozen=True)
class Course:
    """Ranks and scores of the ranked places (rows, in rank order) by year (columns, first to last)."""

    ranks: pd.DataFrame
    scores: pd.DataFrame

    @property
    def years(self) -> tuple[int, ...]:
        """The years, first to last."""
        return tuple(int(year) for year in self.ranks.columns)

    @cached_property
    def moves(self) -> pd.Series:
        """Places risen from the first to the last year, negative for a fall; places ranked in both only."""
        return (self.ranks.iloc[:, 0] - self.ranks.iloc[:, -1]).dropna().astype(int)

    def risen(self, most: int) -> list[str]:
        """Return the places that rose furthest, and those level with the last of them unless they are many."""
        return _furthest(self.moves[self.moves > 0], most)

    def fallen(self, most: int) -> list[str]:
        """Return the places that fell furthest."""
        return _furthest(-self.moves[self.moves < 0], most)


def _furthest(moves: pd.Series, most: int) -> list[str]:
    order = moves.sort_values(ascending=False, kind="stable")
    return [str(place) for place in order.index[:most]]


def read_course(history: pd.DataFrame, root: str, places: pd.Index) -> Course | None:
    """Read the ranks and scores of the root over the years; none for a single year."""
    if history.empty:
        return None
    rows = history[(history["node"] == root) & history["place"].isin(places)].dropna(subset=["score", "rank"])
    ranks, scores = (
        rows.pivot_table(index="place", columns="year", values=column, aggfunc="last").astype(float)
        for column in ("rank", "score")
    )
    if ranks.shape[1] < 2:
        return None
    order = [place for place in places if place in ranks.index]
    return Course(ranks.reindex(order), scores.reindex(order))


@dataclass(frozen=True)
class Growth:
    """Growth a year of each place against its initial score, with the line through them.

    ``start`` and ``growth`` (places,) by place; the line is ``level + slope * ln(start)``.
    """

    first: int
    last: int
    start: pd.Series
    growth: pd.Series
    slope: float

    @property
    def level(self) -> float:
        """The height of the line; a least-squares line runs through the means."""
        return float(self.growth.mean() - self.slope * np.log(self.start).mean())

    def line(self, start: Vector) -> Vector:
        """Return the growth that the line gives for initial scores."""
        return np.asarray(self.level + self.slope * np.log(start))


def read_growth(convergence: pd.DataFrame, course: Course | None) -> Growth | None:
    """Read initial scores and growth where a line was fitted to them."""
    if convergence.empty or course is None or convergence["slope"].isna().all():
        return None
    row = convergence.iloc[0]
    first, last = int(row["start"]), int(row["end"])
    if not {first, last} <= set(course.years):
        return None
    both = course.scores[[first, last]].dropna()
    both = both[(both > 0).all(axis=1)]
    growth = (np.log(both[last]) - np.log(both[first])) / (last - first)
    return Growth(first, last, both[first], pd.Series(growth, index=both.index), float(row["slope"]))


def peaks(density: Vector) -> int:
    """Count the peaks of a density that stand out.

    >>> peaks(np.array([0, 1, 3, 1, 0.5, 2, 0.0])), peaks(np.array([0, 1, 3, 1, 1.05, 0.5, 0.0]))
    (2, 1)
    """
    # a peak stands out by its height over the higher of the two valleys that part it from higher ground
    found = 0
    for at in range(1, len(density) - 1):
        height = density[at]
        if not (height > density[at - 1] and height >= density[at + 1]):
            continue
        valleys = (_valley(density[at::-1], float(height)), _valley(density[at:], float(height)))
        found += bool(height - max(valleys) >= PROMINENCE * density.max())
    return found


def _valley(side: Vector, height: float) -> float:
    """Return the lowest point on the way from a peak to higher ground, zero where there is none."""
    higher = np.flatnonzero(side > height)
    return float(side[: higher[0]].min()) if len(higher) else 0.0


def read_densities(density: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """Return score and density by year, for the years that have one."""
    if density.empty:
        return {}
    known = density.dropna(subset=["density"])
    return {int(str(year)): rows.sort_values("score") for year, rows in known.groupby("year")}


def few_years(years: list[int], most: int) -> list[int]:
    """Choose some years, evenly spread, the first and the last among them.

    >>> few_years([2012, 2013, 2014, 2015, 2016], 3)
    [2012, 2014, 2016]
    """
    if len(years) <= most:
        return years
    return [years[round(spot)] for spot in np.linspace(0, len(years) - 1, most)]


def spaced_years(years: Sequence[int], room: float) -> list[int]:
    """Choose the years that lie at least ``room`` years apart, the last one among them, first to last.

    >>> spaced_years([2012, 2013, 2014, 2016, 2018], 2)
    [2012, 2014, 2016, 2018]
    """
    shown: list[int] = []
    for year in sorted(years, reverse=True):
        if not shown or shown[-1] - year >= room:
            shown.append(year)
    return shown[::-1]


def held_share(transitions: pd.DataFrame) -> tuple[float, int, int, int] | None:
    """Return the share of moves that stay in their class, and how many moves there are, up and down."""
    if transitions.empty:
        return None
    counts = transitions["count"].astype(int)
    total = int(counts.sum())
    if not total:
        return None
    step = transitions["to_class"].astype(int) - transitions["from_class"].astype(int)
    return (
        float(counts[step == 0].sum() / total),
        total,
        int(counts[step > 0].sum()),
        int(counts[step < 0].sum()),
    )
