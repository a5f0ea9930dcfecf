"""What figures and briefs read of efficiency: who forms the frontier, who stays behind, how it changes."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

# A linear programme reaches the frontier to so many digits.
REACHED = 1e-6
PARTS = ("index", "efficiency_change", "technical_change")


@dataclass(frozen=True)
class Performance:
    """Efficiency of the places of one year under one model, best first, indexed by place.

    ``table`` has score, feasible, regime, rank, pure, scale; ``infeasible`` are the places for which the model
    has no solution, ``absent`` those that it was not asked about for want of data.
    """

    name: str
    year: int
    table: pd.DataFrame
    infeasible: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def scores(self) -> pd.Series:
        """The scores, best first."""
        return self.table["score"].astype(float)

    @cached_property
    def frontier(self) -> tuple[str, ...]:
        """The places that are efficient, above 1 where the model tells them apart."""
        return tuple(str(place) for place in self.scores.index[self.scores >= 1 - REACHED])

    @property
    def beyond(self) -> bool:
        """Say whether the model gives scores above 1 to efficient places."""
        return bool((self.scores > 1 + REACHED).any())

    @property
    def mean(self) -> float:
        """The mean score, efficient places counted as 1 however far beyond the frontier they are."""
        return float(self.scores.clip(upper=1.0).mean())

    @property
    def lowest(self) -> str:
        """The place with the lowest score."""
        return str(self.scores.index[-1])


def read_performances(efficiency: pd.DataFrame, year: int, places: pd.Index) -> list[Performance]:
    """Read every model in the study's year, else in its last one, for the places in view."""
    if efficiency.empty:
        return []
    models = efficiency.groupby("efficiency", sort=False)
    found = [_performance(str(name), rows, year, places) for name, rows in models]
    return [performance for performance in found if len(performance.table)]


def _performance(name: str, rows: pd.DataFrame, year: int, places: pd.Index) -> Performance:
    shown = year if (rows["year"] == year).any() else int(rows["year"].max())
    now = rows[(rows["year"] == shown) & rows["place"].isin(places)].set_index("place")
    solved = now["feasible"].astype(bool) & now["score"].notna()
    table = now[solved].sort_values("score", ascending=False, kind="stable")
    order = [str(place) for place in places]
    infeasible = tuple(place for place in order if place in now.index and not solved[place])
    return Performance(
        name, shown, table, infeasible, tuple(place for place in order if place not in now.index)
    )


@dataclass(frozen=True)
class Productivity:
    """Change of productivity by period (rows, in order): start, end, index, efficiency_change, technical_change.

    ``places`` has the same columns by place for the periods, where no mean over the places would do.
    """

    periods: pd.DataFrame
    places: pd.DataFrame

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return int(self.periods["start"].min()), int(self.periods["end"].max())

    def yearly(self, part: str) -> float:
        """Return the geometric mean of a part a year, over the periods that have it."""
        known = self.periods.dropna(subset=[part])
        spans = (known["end"] - known["start"]).to_numpy(float)
        return (
            float(np.exp(np.log(known[part].to_numpy(float)).sum() / spans.sum()))
            if len(known)
            else float("nan")
        )

    @property
    def driver(self) -> str:
        """The part that moves the index furthest in its direction."""
        way = np.sign(np.log(self.yearly("index")))
        parts = PARTS[1:]
        return max(parts, key=lambda part: way * np.log(self.yearly(part)))


def read_productivity(malmquist: pd.DataFrame, name: str) -> Productivity | None:
    """Read the change of productivity of a model; none if the run has no means over the places."""
    if malmquist.empty:
        return None
    rows = malmquist[malmquist["efficiency"] == name]
    means = rows[rows["place"].fillna("") == ""].dropna(subset=["index"]).sort_values(["start", "end"])
    return Productivity(means, rows[rows["place"].fillna("") != ""]) if len(means) else None


def read_targets(targets: pd.DataFrame, name: str, year: int, place: str) -> pd.DataFrame:
    """Return the values that one place would have to change to reach the frontier, the largest change first."""
    if targets.empty:
        return targets
    chosen = (targets["efficiency"] == name) & (targets["year"] == year) & (targets["place"] == place)
    rows = targets[chosen & (targets["change"].abs() > REACHED)]
    return rows.sort_values("change", key=np.abs, ascending=False, kind="stable")
