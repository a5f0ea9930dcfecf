"""Sobol indices estimated from scrambled Sobol points, with convergence."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from innohub.errors import Finding, ModelError
from innohub.index.sensitivity.outcome import moves, require_results, undefined

Array = NDArray[np.float64]
Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Model = Callable[[Matrix], Matrix]
_FIRST_SIZE = 64


@dataclass(frozen=True)
class Estimate:
    """Sobol indices estimated from quasi-random points.

    ``mean``, ``variance``, ``first``, ``total``, ``defined`` as in the exact :class:`Sobol`, over all
    replicates; ``first_error`` and ``total_error`` (factors, outputs) standard errors between independent
    scrambles, NaN for one replicate. Convergence: ``sizes`` (steps,) numbers of base points, ``first_path``
    and ``total_path`` (steps, factors, outputs) the estimates from that many. ``runs`` counts the
    evaluations of the model.
    """

    mean: Vector
    variance: Vector
    first: Matrix
    total: Matrix
    defined: NDArray[np.bool_]
    first_error: Matrix
    total_error: Matrix
    sizes: NDArray[np.int64]
    first_path: Array
    total_path: Array
    runs: int
    findings: tuple[Finding, ...] = ()


def sobol_sampled(
    model: Model, factors: int, size: int, rng: np.random.Generator, replicates: int = 1
) -> Estimate:
    """Sobol indices from scrambled Sobol points on the unit cube.

    First order by Saltelli et al. (2010, doi 10.1016/j.cpc.2009.09.018), with centred outputs; total by
    Jansen (1999, doi 10.1016/S0010-4655(98)00154-4). Each replicate costs size * (factors + 2) runs.

    Parameters
    ----------
    model : takes points (runs, factors) in [0, 1) and returns (runs, outputs).
    factors : number of factors.
    size : number of base points, a power of two.
    rng : scrambles the points; every replicate has a scramble of its own.
    replicates : independent repetitions, from which the standard errors come.

    Raises
    ------
    ModelError
        S201 when ``size`` is not a power of two.
    NoSolutionError
        S202 when a run has no result.
    """
    if size < 2 or size & (size - 1):
        near = 2 ** max(1, round(np.log2(max(size, 2))))
        raise ModelError(Finding("S201", params={"size": size, "near": near}))
    outcomes = [_evaluate(model, factors, size, rng) for _ in range(replicates)]
    sizes = np.array([n for n in 2 ** np.arange(1, 32) if min(_FIRST_SIZE, size) <= n <= size])
    paths = np.array([[_estimate(outcome[:, :n]) for n in sizes] for outcome in outcomes])
    base = np.concatenate([outcome[:2].reshape(-1, outcome.shape[-1]) for outcome in outcomes])
    defined = moves(base)
    path = np.where(defined, paths.mean(axis=0), np.nan)
    error = np.full(path.shape[1:], np.nan)
    if replicates > 1:
        error = np.where(defined, paths[:, -1].std(axis=0, ddof=1) / np.sqrt(replicates), np.nan)
    return Estimate(
        mean=base.mean(axis=0),
        variance=np.where(defined, base.var(axis=0), 0.0),
        first=path[-1, 0],
        total=path[-1, 1],
        defined=defined,
        first_error=error[0],
        total_error=error[1],
        sizes=sizes,
        first_path=path[:, 0],
        total_path=path[:, 1],
        runs=replicates * size * (factors + 2),
        findings=undefined(defined),
    )


def choose_level(points: Vector, levels: int) -> NDArray[np.int64]:
    """Turn points of [0, 1) into equally likely levels from 0, so that a method choice can be sampled.

    Examples
    --------
    >>> choose_level(np.array([0.0, 0.49, 0.5, 0.99]), 2).tolist()
    [0, 0, 1, 1]
    """
    return np.minimum((points * levels).astype(np.int64), levels - 1)


def _evaluate(model: Model, factors: int, size: int, rng: np.random.Generator) -> Array:
    """Run the model at A, at B, and at A with each column from B: (2 + factors, size, outputs)."""
    points = qmc.Sobol(2 * factors, scramble=True, rng=rng).random(size)
    a, b = points[:, :factors], points[:, factors:]
    mixed = np.repeat(a[None], factors, axis=0)
    for factor in range(factors):
        mixed[factor, :, factor] = b[:, factor]
    y = np.asarray(model(np.concatenate([a, b, *mixed])), dtype=float)
    require_results(y)
    return y.reshape(factors + 2, size, -1)


def _estimate(y: Array) -> tuple[Matrix, Matrix]:
    """Saltelli's first-order and Jansen's total indices from outcomes (2 + factors, size, outputs)."""
    a, b, mixed = y[0], y[1], y[2:]
    base = np.concatenate([a, b])
    variance = base.var(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        first = ((b - base.mean(axis=0)) * (mixed - a)).mean(axis=1) / variance
        total = ((a - mixed) ** 2).mean(axis=1) / (2 * variance)
    return first, total
