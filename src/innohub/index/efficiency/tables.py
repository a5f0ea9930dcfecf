"""Lay measured efficiency out as result tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from innohub.catalog import Spec
from innohub.index.efficiency.malmquist import Frontier, Malmquist, malmquist
from innohub.index.efficiency.measure import Measured, measure
from innohub.index.efficiency.production import Matrix
from innohub.index.rank import rank_scores

_COLUMNS = ["place", "year", "method", "score", "feasible", "regime", "rank", "pure", "scale"]
_TARGETS = ["place", "year", "indicator", "role", "value", "target", "change", "peers"]
_PARTS = ["index", "efficiency_change", "technical_change", "pure_change", "scale_change"]
# A reference place with a smaller share of the largest intensity is rounding of the solver.
_NOTHING = 1e-7


@dataclass(frozen=True)
class Production:
    """Inputs and outputs of the places that have all of them in a year.

    ``x`` (places, inputs), ``y`` (places, outputs) and ``bad`` (places, undesirable outputs), in the order of
    ``indicators``; the inputs are those of the year that the lag says.
    """

    year: int
    places: tuple[str, ...]
    indicators: tuple[str, ...]
    x: Matrix
    y: Matrix
    bad: Matrix

    def take(self, places: Sequence[str]) -> "Production":
        """Return some places, in their order."""
        rows = [self.places.index(place) for place in places]
        return Production(
            self.year, tuple(places), self.indicators, self.x[rows], self.y[rows], self.bad[rows]
        )


def measure_year(spec: Spec, made: Production) -> Measured:
    """Measure the places of a year against each other."""
    bad = made.bad if made.bad.shape[1] else None
    return measure(spec, made.x, made.y, bad, units=made.places)


def score_table(spec: Spec, made: Production, measured: Measured) -> pd.DataFrame:
    """Return place, year, method, score, feasible, regime, rank (1 = best), pure, scale of a year."""
    score = np.where(measured.efficiency.feasible, measured.efficiency.score, np.nan)
    return pd.DataFrame(
        {
            "place": made.places,
            "year": made.year,
            "method": str(spec),
            "score": score,
            "feasible": measured.efficiency.feasible,
            "regime": measured.regime,
            "rank": rank_scores(score),
            "pure": measured.pure,
            "scale": measured.scale,
        }
    )[_COLUMNS].astype({"rank": "Int64", "regime": "str"})


def target_table(made: Production, measured: Measured) -> pd.DataFrame:
    """Return for each place and indicator its value, the point of comparison on the frontier, and the peers."""
    found = measured.efficiency
    values = np.hstack([made.x, made.y, made.bad])
    targets = np.hstack([found.input_target, found.output_target, found.bad_target])
    roles = ["input"] * made.x.shape[1] + ["output"] * made.y.shape[1] + ["undesirable"] * made.bad.shape[1]
    peers = [_peers(row, made.places) for row in found.intensity]
    return pd.DataFrame(
        {
            "place": np.repeat(made.places, len(roles)),
            "year": made.year,
            "indicator": np.tile(made.indicators, len(made.places)),
            "role": np.tile(roles, len(made.places)),
            "value": values.ravel(),
            "target": targets.ravel(),
            "change": (targets / values - 1).ravel(),
            "peers": np.repeat(peers, len(roles)),
        }
    )[_TARGETS]


def _peers(intensity: Matrix, places: Sequence[str]) -> str:
    """Name the places that span the point of comparison, the heaviest first; "" without a solution."""
    if not np.isfinite(intensity).all():
        return ""
    order = np.argsort(-intensity, kind="stable")
    kept = [at for at in order.tolist() if intensity[at] > _NOTHING * intensity[order[0]]]
    return "; ".join(f"{places[at]} {_short(float(intensity[at]))}" for at in kept)


def _short(weight: float) -> str:
    return f"{weight:.2f}" if weight >= 0.1 else f"{weight:.2g}"


def malmquist_table(years: Sequence[Production], frontier: Frontier) -> pd.DataFrame:
    """Return the change of productivity from each year to the next, and its geometric mean over places.

    Parameters
    ----------
    years : two years or more with the same places; the mean stands in rows with place "".
    """
    x, y = np.stack([made.x for made in years]), np.stack([made.y for made in years])
    found = malmquist(x, y, frontier=frontier, units=years[0].places)
    tables = [_step(found, step, years) for step in range(len(found.first))]
    return pd.concat(tables, ignore_index=True)


def _step(found: Malmquist, step: int, years: Sequence[Production]) -> pd.DataFrame:
    parts = {name: getattr(found, name)[step] for name in _PARTS}
    start, end = (years[int(at[step])].year for at in (found.first, found.last))
    columns = {name: np.append(values, np.exp(np.log(values).mean())) for name, values in parts.items()}
    places = [*years[0].places, ""]
    return pd.DataFrame({"place": places, "start": start, "end": end, "frontier": found.frontier, **columns})
