"""Intervals of shares by drawing works anew: ties of one work are not independent, works are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

FEW_WORKS = 10
_CELLS = 5_000_000


@dataclass(frozen=True)
class Interval:
    """A value with the limits of its interval (NaN where undefined) and the works that it rests on."""

    value: float
    low: float
    high: float
    works: int


def resampled_sums(parts: Matrix, draws: int, rng: np.random.Generator) -> Matrix:
    """Return the column sums of works drawn with replacement, as many as there are.

    Works with the same row are drawn together, so that the cost depends on the distinct rows only.

    Parameters
    ----------
    parts : (works, parts), what each work adds to each part of a statistic.
    draws : how many samples.

    Returns
    -------
    (draws, parts).

    Examples
    --------
    >>> resampled_sums(np.array([[1.0, 2.0]]), 3, np.random.default_rng(1)).tolist()
    [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]
    """
    rows, counts = np.unique(parts, axis=0, return_counts=True)
    sums = [
        rng.multinomial(len(parts), counts / len(parts), size=size) @ rows
        for size in _blocks(draws, len(rows))
    ]
    return np.concatenate(sums) if sums else np.empty((0, parts.shape[1]))


def _blocks(draws: int, width: int) -> Iterator[int]:
    """Yield how many draws to hold at once."""
    size = max(1, _CELLS // max(width, 1))
    for start in range(0, draws, size):
        yield min(size, draws - start)


def quantile_limits(drawn: NDArray[np.float64], level: float) -> tuple[float, float]:
    """Return the limits that hold the middle ``level`` of the drawn values; draws without a value are left out."""
    known = drawn[np.isfinite(drawn)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def bootstrap_interval(
    parts: Matrix,
    statistic: Callable[[Matrix], Vector],
    draws: int,
    rng: np.random.Generator,
    level: float = 0.9,
) -> Interval:
    """Return a statistic of sums over works with its percentile interval (Efron 1979).

    Parameters
    ----------
    parts : (works, parts).
    statistic : takes (rows, parts) sums, returns (rows,); NaN where undefined.
    level : share of the draws within the limits.

    Returns
    -------
    Interval
        Without limits for fewer than two works: one work drawn again is the same work.
    """
    value = float(statistic(parts.sum(axis=0, keepdims=True))[0]) if len(parts) else float("nan")
    if len(parts) < 2 or draws < 1:
        return Interval(value, float("nan"), float("nan"), len(parts))
    low, high = quantile_limits(statistic(resampled_sums(parts, draws, rng)), level)
    return Interval(value, low, high, len(parts))


def ratio(sums: Matrix) -> Vector:
    """Return the first part over the second; NaN where the second is zero.

    >>> ratio(np.array([[1.0, 4.0], [0.0, 0.0]])).tolist()
    [0.25, nan]
    """
    share: Vector = np.divide(sums[:, 0], sums[:, 1], out=np.full(len(sums), np.nan), where=sums[:, 1] > 0)
    return share
