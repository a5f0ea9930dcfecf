"""What figures and briefs read of the choices of method: which one moves ranks, and what never moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

Analysis = Literal["exact", "sampled"]
SHIFT = "mean_rank_shift"


@dataclass(frozen=True)
class Causes:
    """Sobol indices of one analysis.

    ``first`` and ``total`` (outputs, factors) by output over all places, missing where nothing moves it;
    ``places`` (places, factors) the total index of each place's rank.
    """

    analysis: Analysis
    factors: tuple[str, ...]
    first: pd.DataFrame
    total: pd.DataFrame
    places: pd.DataFrame

    @property
    def moving(self) -> tuple[str, ...]:
        """The outputs that some choice moves, in order."""
        return tuple(str(name) for name in self.total.index[self.total.notna().any(axis=1)])

    @property
    def still(self) -> tuple[str, ...]:
        """The outputs that no choice moves."""
        return tuple(str(name) for name in self.total.index[self.total.isna().all(axis=1)])

    def strongest(self, output: str) -> str:
        """Return the factor with the largest total index of an output."""
        return str(self.total.loc[output].idxmax())


def read_causes(sensitivity: pd.DataFrame, analysis: Analysis | None = None) -> Causes | None:
    """Read an analysis of the choices: the one asked for, else the exact one, else the sampled one."""
    if sensitivity.empty:
        return None
    kinds = sensitivity["method"] if "method" in sensitivity else pd.Series("exact", index=sensitivity.index)
    wanted: Sequence[Analysis] = (analysis,) if analysis else ("exact", "sampled")
    for kind in wanted:
        rows = sensitivity[kinds == kind]
        if len(rows):
            return _causes(rows, kind)
    return None


def _causes(rows: pd.DataFrame, kind: Analysis) -> Causes:
    factors = tuple(dict.fromkeys(rows["factor"].astype(str)))
    overall = rows[rows["output"] != "rank"]
    by_place = rows[rows["output"] == "rank"]
    first, total = (_wide(overall, "output", column, factors) for column in ("first", "total"))
    return Causes(kind, factors, first, total, _wide(by_place, "place", "total", factors))


def _wide(rows: pd.DataFrame, key: str, column: str, factors: tuple[str, ...]) -> pd.DataFrame:
    order = list(dict.fromkeys(rows[key]))
    wide = rows.pivot_table(index=key, columns="factor", values=column, aggfunc="last", dropna=False)
    return wide.reindex(index=order, columns=list(factors)).astype(float)


@dataclass(frozen=True)
class Steadiness:
    """How ranks behave over all models: ``models``, and by place the best and worst rank and the tiers met."""

    models: int
    best: pd.Series
    worst: pd.Series
    tiers: pd.Series | None

    @property
    def same_rank(self) -> tuple[str, ...]:
        """The places with one rank in all models."""
        return tuple(str(place) for place in self.best.index[self.best == self.worst])

    @property
    def same_tier(self) -> tuple[str, ...] | None:
        """The places with one tier in all models; none where the study has no tiers."""
        return (
            None if self.tiers is None else tuple(str(place) for place in self.tiers.index[self.tiers == 1])
        )


def read_steadiness(design: pd.DataFrame, places: pd.Index, sizes: Sequence[int]) -> Steadiness | None:
    """Read the ranks under every model; ``sizes`` of the tiers as assigned, highest first, empty without tiers."""
    if design.empty:
        return None
    rows = design[design["place"].isin(places)]
    grouped = rows.groupby("place")["rank"]
    order = [place for place in places if place in set(rows["place"])]
    tiers = None
    if sizes:
        limits = np.cumsum(sizes)[:-1]
        met = pd.Series(np.searchsorted(limits, rows["rank"].to_numpy(), side="left"), index=rows.index)
        tiers = met.groupby(rows["place"]).nunique().reindex(order)
    return Steadiness(
        int(rows["run"].nunique()), grouped.min().reindex(order), grouped.max().reindex(order), tiers
    )
