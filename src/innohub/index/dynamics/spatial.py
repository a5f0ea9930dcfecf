"""Do rich neighbours help? Markov chains conditional on the class of a place's neighbours."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from innohub.errors import Finding, ScaleError
from innohub.index.dynamics.markov import (
    MISSING,
    Classes,
    Markov,
    classify_pooled,
    count_transitions,
    estimate,
    relative_to_mean,
)

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class SpatialMarkov:
    """Transitions by the class of the neighbours at the start.

    ``given`` one chain for each lag class, from the lowest; ``pooled`` the chain of all of them together;
    ``own`` and ``lag`` the classes of values and of spatial lags. ``statistic``, ``freedom`` and ``p``: the
    chi-square test that the chains are one and the same (Bickenbach & Bode 2003,
    International Regional Science Review 26:363-392). Read each probability beside its count: cells are small.
    """

    given: tuple[Markov, ...]
    pooled: Markov
    own: Classes
    lag: Classes
    statistic: float
    freedom: int
    p: float
    findings: tuple[Finding, ...] = ()


def spatial_lag(y: Matrix, neighbours: Matrix) -> Matrix:
    """Mean of the neighbours' values, weighted by the rows of the neighbour matrix.

    Parameters
    ----------
    y : (years, places), NaN for missing; missing neighbours are left out of the mean.
    neighbours : (places, places) non-negative weights with a zero diagonal; rows need not sum to one.

    Returns
    -------
    (years, places); NaN for a place without neighbours.

    Raises
    ------
    ScaleError
        S190 when the matrix has another size, a negative or missing weight, or a place is its own neighbour.
    """
    places = y.shape[1]
    if neighbours.shape != (places, places) or not (neighbours >= 0).all() or np.diag(neighbours).any():
        shape = " x ".join(str(size) for size in neighbours.shape)
        raise ScaleError(Finding("S190", params={"shape": shape, "places": places}))
    present = np.isfinite(y)
    mass = present.astype(float) @ neighbours.T
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((np.where(present, y, 0.0) @ neighbours.T) / np.where(mass > 0, mass, np.nan))


def spatial_markov(
    y: Matrix,
    neighbours: Matrix,
    classes: int = 4,
    *,
    lag_classes: int | None = None,
    relative: bool = False,
    step: int = 1,
    even: NDArray[np.bool_] | None = None,
) -> SpatialMarkov:
    """Spatial Markov chain (Rey 2001, doi 10.1111/j.1538-4632.2001.tb00444.x).

    Values and spatial lags are each cut at pooled quantiles; a transition belongs to the class of the lag at
    its start.

    Parameters
    ----------
    y : (years, places), NaN for missing.
    neighbours : (places, places), see :func:`spatial_lag`.
    classes, lag_classes : number of classes of values and of lags (the same unless given).
    relative : divide each year by its mean first.
    step : years from the start to the end of a transition.
    even : (years - step,) which steps count, where years are unevenly spaced; all unless given.

    Returns
    -------
    Warnings: S191 for places without neighbours, which are left out; S187 and S192 as for plain chains.
    """
    values = relative_to_mean(y) if relative else y
    own = classify_pooled(values, classes)
    lag = classify_pooled(spatial_lag(values, neighbours), lag_classes or classes)
    findings = list(own.findings + lag.findings)
    if alone := [str(place + 1) for place in np.flatnonzero(neighbours.sum(axis=1) == 0)]:
        findings.append(Finding("S191", level="warning", params={"places": tuple(alone)}))
    chosen = slice(None) if even is None else even
    before, after = own.number[:-step][chosen].ravel(), own.number[step:][chosen].ravel()
    at = lag.number[:-step][chosen].ravel()
    known = (before != MISSING) & (after != MISSING) & (at != MISSING)
    counts = [
        count_transitions(before[known & (at == level)], after[known & (at == level)], classes)
        for level in range(lag.count)
    ]
    given = tuple(estimate(part) for part in counts)
    pooled = estimate(np.sum(counts, axis=0), missing=int((~known).sum()))
    statistic, freedom = _homogeneity(np.stack(counts))
    return SpatialMarkov(
        given=given,
        pooled=pooled,
        own=own,
        lag=lag,
        statistic=statistic,
        freedom=freedom,
        p=float(chdtrc(freedom, statistic)) if freedom else float("nan"),
        findings=tuple(findings),
    )


def _homogeneity(counts: NDArray[np.int64]) -> tuple[float, int]:
    """Pearson's chi-square that p_ij is the same in every lag class: counts (lag classes, classes, classes)."""
    total = counts.sum(axis=2, keepdims=True)
    pooled = counts.sum(axis=0)
    expected = total * np.divide(
        pooled, pooled.sum(axis=1, keepdims=True), where=pooled > 0, out=np.zeros(pooled.shape)
    )
    gap = np.divide((counts - expected) ** 2, expected, where=expected > 0, out=np.zeros(expected.shape))
    occupied = (total[:, :, 0] > 0).sum(axis=0)
    reached = (pooled > 0).sum(axis=1)
    return float(gap.sum()), int((np.maximum(occupied - 1, 0) * np.maximum(reached - 1, 0)).sum())
