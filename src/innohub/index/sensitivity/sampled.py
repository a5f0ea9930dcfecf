"""Sobol indices estimated from scrambled Sobol points, with convergence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.draws.points import Source, point_source
from innohub.index.sensitivity.outcome import moves, require_results, undefined

Array = NDArray[np.float64]
Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Model = Callable[[Matrix], Matrix]
_FIRST_SIZE = 64
# Coordinates held at a time, 8 bytes each.
_HELD = 4_000_000


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
    model: Model,
    factors: int | Sequence[int],
    size: int,
    rng: np.random.Generator,
    replicates: int = 1,
) -> Estimate:
    """Sobol indices from scrambled Sobol points on the unit cube, of single coordinates or of groups of them.

    First order by Saltelli et al. (2010, doi 10.1016/j.cpc.2009.09.018), with centred outputs; total by
    Jansen (1999, doi 10.1016/S0010-4655(98)00154-4). All coordinates of a group are exchanged together, which gives
    the indices of the group as a whole. Each replicate costs size * (factors + 2) runs.

    Parameters
    ----------
    model : takes points (runs, coordinates) in (0, 1) and returns (runs, outputs); it may be called for parts of the
        points, in their order.
    factors : number of factors, or the number of coordinates of each.
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
    require_balance(size)
    widths = [1] * factors if isinstance(factors, int) else list(factors)
    sizes = np.array([n for n in 2 ** np.arange(1, 32) if min(_FIRST_SIZE, size) <= n <= size])
    paths = np.empty((replicates, len(sizes), 2, len(widths), 0))
    moments = []
    for number in range(replicates):
        y = _evaluate(model, widths, size, rng)
        if not number:
            paths = np.empty((*paths.shape[:-1], y.shape[-1]))
        paths[number] = [_estimate(y[:, :n]) for n in sizes]
        base = y[:2].reshape(-1, y.shape[-1])
        moments.append((base.mean(axis=0), base.var(axis=0), base.min(axis=0), base.max(axis=0)))
    mean, variance, defined = _whole(np.array(moments))
    path, error = _average(np.where(defined, paths, np.nan))
    return Estimate(
        mean=mean,
        variance=np.where(defined, variance, 0.0),
        first=path[-1, 0],
        total=path[-1, 1],
        defined=defined,
        first_error=error[-1, 0],
        total_error=error[-1, 1],
        sizes=sizes,
        first_path=path[:, 0],
        total_path=path[:, 1],
        runs=replicates * size * (len(widths) + 2),
        findings=undefined(defined),
    )


def require_balance(size: int, file: str | None = None, key: str | None = None) -> None:
    """Refuse a number of base points that is no power of two: S201, ModelError."""
    if size < 2 or size & (size - 1):
        near = 2 ** max(1, round(np.log2(max(size, 2))))
        raise ModelError(Finding("S201", file=file, column=key, params={"size": size, "near": near}))


def _whole(moments: Array) -> tuple[Vector, Vector, NDArray[np.bool_]]:
    """Put replicates' mean, variance, least and largest (replicates, 4, outputs) together: mean, variance, moved."""
    means, variances, least, largest = moments.transpose(1, 0, 2)
    mean = means.mean(axis=0)
    variance = (variances + (means - mean) ** 2).mean(axis=0)
    return mean, variance, moves(np.stack([least.min(axis=0), largest.max(axis=0)]))


def _average(estimates: Array) -> tuple[Array, Array]:
    """Return mean and standard error over the replicates (first axis) in which an index is defined."""
    known = ~np.isnan(estimates)
    count = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, estimates, 0.0).sum(axis=0) / count
        spread = np.where(known, (estimates - mean) ** 2, 0.0).sum(axis=0) / (count - 1)
        return mean, np.where(count > 1, np.sqrt(spread / count), np.nan)


def choose_level(points: Vector, levels: int) -> NDArray[np.int64]:
    """Turn points of [0, 1) into equally likely levels from 0, so that a method choice can be sampled.

    Examples
    --------
    >>> choose_level(np.array([0.0, 0.49, 0.5, 0.99]), 2).tolist()
    [0, 0, 1, 1]
    """
    return np.minimum((points * levels).astype(np.int64), levels - 1)


def _evaluate(model: Model, widths: Sequence[int], size: int, rng: np.random.Generator) -> Array:
    """Run the model at A, at B, and at A with each factor from B: (2 + factors, size, outputs)."""
    coordinates = sum(widths)
    take = point_source(coordinates, rng, copies=2)
    step = 1 << max(0, (_HELD // ((len(widths) + 2) * coordinates)).bit_length() - 1)
    parts = [_runs(model, take, widths, min(step, size - start)) for start in range(0, size, step)]
    return np.concatenate(parts, axis=1)


def _runs(model: Model, take: Source, widths: Sequence[int], count: int) -> Array:
    """Run the model at the next base points: (2 + factors, count, outputs)."""
    a, b = take(count).transpose(1, 0, 2)
    mixed = np.repeat(a[None], len(widths), axis=0)
    start = 0
    for factor, width in enumerate(widths):
        mixed[factor, :, start : start + width] = b[:, start : start + width]
        start += width
    y = np.asarray(model(np.concatenate([a, b, *mixed])), dtype=float)
    require_results(y)
    return y.reshape(len(widths) + 2, count, -1)


def _estimate(y: Array) -> tuple[Matrix, Matrix]:
    """Saltelli's first-order and Jansen's total indices from outcomes (2 + factors, size, outputs)."""
    a, b, mixed = y[0], y[1], y[2:]
    base = np.concatenate([a, b])
    variance = base.var(axis=0)
    variance = np.where(moves(base), variance, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        first = ((b - base.mean(axis=0)) * (mixed - a)).mean(axis=1) / variance
        total = ((a - mixed) ** 2).mean(axis=1) / (2 * variance)
    return first, total
