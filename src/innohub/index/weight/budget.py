"""Budget allocation: experts share out points among indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.draws.points import Points

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Chance = np.random.Generator | Points


@dataclass(frozen=True)
class Budget:
    """The experts' mean, ``shares`` (items,), and the shares of each, ``spread`` (experts, items), for draws."""

    items: tuple[str, ...]
    shares: Vector
    spread: Matrix

    @property
    def deviation(self) -> Vector:
        """Standard deviation of the shares between experts (divisor n - 1), (items,); NaN for one expert."""
        if len(self.spread) < 2:
            return np.full(len(self.shares), np.nan)
        return np.asarray(self.spread.std(axis=0, ddof=1))


def budget(
    points: Matrix, items: Sequence[str] | None = None, experts: Sequence[str] | None = None
) -> Budget:
    """Weights as the mean of the points that experts give (OECD/JRC Handbook 2008, step 6).

    Parameters
    ----------
    points : (experts, items), non-negative; every expert gives the same total.

    Raises
    ------
    ModelError
        S152 points missing or negative; S159 totals that differ, or are zero.

    Examples
    --------
    >>> budget(np.array([[50.0, 30, 20], [70, 10, 20]])).shares.round(6).tolist()
    [0.6, 0.2, 0.2]
    """
    points = np.asarray(points, dtype=float)
    items = tuple(items) if items is not None else tuple(str(j + 1) for j in range(points.shape[1]))
    experts = tuple(experts) if experts is not None else tuple(str(i + 1) for i in range(len(points)))
    with np.errstate(invalid="ignore"):
        bad = np.argwhere(~(np.isfinite(points) & (points >= 0)))
    if len(bad):
        told = [{"expert": experts[i], "item": items[j], "points": float(points[i, j])} for i, j in bad]
        raise ModelError([Finding("S152", params=params) for params in told])
    totals = points.sum(axis=1)
    wanted = float(np.median(totals))
    unlike = np.flatnonzero((np.abs(totals - wanted) > 1e-9 * wanted) | (totals <= 0))
    if unlike.size:
        told = [{"expert": experts[i], "total": float(totals[i]), "wanted": wanted} for i in unlike]
        raise ModelError([Finding("S159", params=params) for params in told])
    spread = points / totals[:, None]
    return Budget(items, spread.mean(axis=0), spread)


def expert_draws(
    spread: Matrix, draws: int, rng: Chance, of: Literal["expert", "panel"] = "expert"
) -> Matrix:
    """Draw weights from the shares of experts, of budget allocation or AHP.

    Parameters
    ----------
    spread : (experts, items) shares of each expert.
    rng : random numbers, or points that stand in for them.
    of : ``expert`` draws one expert each time, all equally likely (how far experts differ); ``panel`` draws as many
        experts as there are, with replacement, and takes their mean (how sure the panel's mean is).

    Returns
    -------
    (draws, items), each row with the sum one.
    """
    experts = len(spread)
    if of == "expert":
        return np.asarray(spread[rng.integers(experts, size=draws)])
    picks = rng.integers(experts, size=(draws, experts))
    counts = np.column_stack([(picks == expert).sum(axis=1) for expert in range(experts)])
    return np.asarray(counts @ spread / experts)
