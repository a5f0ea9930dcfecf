"""Exact Sobol indices of a finite design of choices."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.sensitivity.outcome import moves, require_results, undefined

Array = NDArray[np.float64]
Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
MOST_RUNS = 20_000


@dataclass(frozen=True)
class Sobol:
    """Exact Sobol indices of every output.

    ``mean`` and ``variance`` (outputs,); ``first`` S_f and ``total`` ST_f (factors, outputs);
    ``defined`` (outputs,) is False for an output that no factor moves: its indices are undefined (NaN),
    not zero. ``findings`` has note S203 with their number.
    """

    mean: Vector
    variance: Vector
    first: Matrix
    total: Matrix
    defined: NDArray[np.bool_]
    findings: tuple[Finding, ...] = ()


def enumerate_design(levels: Sequence[int]) -> NDArray[np.int64]:
    """List every combination of levels, the first factor slowest, the last fastest.

    Parameters
    ----------
    levels : number of levels of each factor.

    Returns
    -------
    (runs, factors) level numbers from 0.

    Raises
    ------
    ModelError
        S200 when there are more than 20,000 combinations.

    Examples
    --------
    >>> enumerate_design([2, 2]).tolist()
    [[0, 0], [0, 1], [1, 0], [1, 1]]
    """
    runs = int(np.prod([int(level) for level in levels], dtype=object))
    if runs > MOST_RUNS:
        raise ModelError(Finding("S200", params={"runs": runs, "most": MOST_RUNS}))
    return np.indices(tuple(levels)).reshape(len(levels), -1).T.astype(np.int64)


def sobol_exact(y: Matrix, levels: Sequence[int], shares: Sequence[Vector] | None = None) -> Sobol:
    """Exact first-order and total Sobol indices of a full finite design, by marginal means.

    S_f = V(E(y|f)) / V(y), ST_f = 1 - V(E(y|all but f)) / V(y), over the design's own distribution
    (Saisana, Saltelli & Tarantola 2005, doi 10.1111/j.1467-985X.2005.00350.x).

    Parameters
    ----------
    y : (runs, outputs), runs in the order of :func:`enumerate_design`.
    levels : number of levels of each factor.
    shares : for each factor (levels,) the probabilities of its levels; equal ones unless given.

    Raises
    ------
    NoSolutionError
        S202 when a run has no result; no run is left out in silence.

    Examples
    --------
    >>> ranks = np.array([[2.0], [2], [3], [2], [3], [2], [3], [3]])
    >>> sobol = sobol_exact(ranks, [2, 2, 2])
    >>> sobol.variance.tolist(), sobol.first.ravel().tolist(), sobol.total.ravel().tolist()
    ([0.25], [0.25, 0.25, 0.25], [0.5, 0.5, 0.5])
    """
    require_results(y)
    chances = [np.full(level, 1 / level) for level in levels] if shares is None else shares
    chances = [np.asarray(share, dtype=float) / np.sum(share) for share in chances]
    factors = range(len(levels))
    grid = (y - y[0]).reshape(*levels, -1)
    mean, variance = _moments(grid, chances)
    first, total = np.empty((2, len(levels), grid.shape[-1]))
    for factor in factors:
        others = [other for other in factors if other != factor]
        first[factor] = _moments(_average(grid, chances, others), [chances[factor]])[1]
        total[factor] = (
            variance - _moments(_average(grid, chances, [factor]), [chances[f] for f in others])[1]
        )
    defined = moves(y)
    scale = np.where(defined, variance, np.nan)
    return Sobol(
        mean=mean + y[0],
        variance=np.where(defined, variance, 0.0),
        first=first / scale,
        total=np.maximum(total, 0.0) / scale,
        defined=defined,
        findings=undefined(defined),
    )


def _moments(grid: Array, chances: Sequence[Vector]) -> tuple[Vector, Vector]:
    """Mean and variance of outputs (..., outputs) over a grid of levels with independent probabilities."""
    mean = _average(grid, chances, range(len(chances)))
    return mean, _average((grid - mean) ** 2, chances, range(len(chances)))


def _average(grid: Array, chances: Sequence[Vector], axes: Sequence[int]) -> Array:
    """Average a grid over the levels of some factors."""
    for axis in sorted(axes, reverse=True):
        grid = np.tensordot(chances[axis], grid, axes=(0, axis))
    return grid
