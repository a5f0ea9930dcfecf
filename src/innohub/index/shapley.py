"""Split a change between causes: Shapley values over the states in which some causes have changed and others not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import factorial

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Partition = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Split:
    """A change split between causes.

    ``blocks`` are the causes that could be told apart, each a set of positions that stands alone where it holds one;
    ``parts`` (blocks,) add up to the change. Both are empty where nothing can be split, because the value before or
    after is not known.
    """

    blocks: Partition
    parts: tuple[float, ...]

    @property
    def whole(self) -> bool:
        """Whether every cause has a part of its own."""
        return bool(self.blocks) and all(len(block) == 1 for block in self.blocks)


def shapley(values: Vector) -> Vector:
    """Return the mean contribution of each cause over all orders in which they may change.

    Shapley, L. S. (1953), A value for n-person games; as a decomposition of a change: Shorrocks, A. F. (2013),
    doi 10.1007/s10888-011-9214-z.

    Parameters
    ----------
    values : (2,) * causes, the value when each cause is as before (0) or after (1); finite.

    Returns
    -------
    (causes,) contributions; their sum is the last value less the first.

    Examples
    --------
    >>> shapley(np.array([[50.0, 53.0], [56.0, 60.0]])).tolist()
    [6.5, 3.5]
    """
    causes = values.ndim
    parts = np.zeros(causes)
    for cause in range(causes):
        moved = np.take(values, 1, axis=cause) - np.take(values, 0, axis=cause)
        for state in product((0, 1), repeat=causes - 1):
            before = sum(state)
            share = factorial(before) * factorial(causes - 1 - before) / factorial(causes)
            parts[cause] += share * moved[state]
    return parts


def split(values: Vector) -> Split:
    """Split a change as finely as the states allow that have a value.

    Where a state has none (NaN), causes are joined until every state of the joint causes has one: the partition with
    the most blocks is taken, among equals the one that joins the later causes.

    Parameters
    ----------
    values : (2,) * causes, NaN for a state that cannot be computed.

    Examples
    --------
    >>> split(np.array([[50.0, np.nan], [56.0, 60.0]]))
    Split(blocks=((0, 1),), parts=(10.0,))
    """
    causes = values.ndim
    ends = (values[(0,) * causes], values[(1,) * causes])
    if not np.isfinite(ends).all():
        return Split((), ())
    for blocks in sorted(partitions(causes), key=lambda parts: -len(parts)):
        joined = _join(values, blocks)
        if np.isfinite(joined).all():
            return Split(blocks, tuple(shapley(joined).tolist()))
    return Split((), ())


def partitions(count: int) -> Iterator[Partition]:
    """Yield every way to divide positions into blocks, each block in order.

    >>> list(partitions(2))
    [((0,), (1,)), ((0, 1),)]
    """
    if not count:
        yield ()
        return
    last = count - 1
    for smaller in partitions(last):
        yield (*smaller, (last,))
        for at, block in enumerate(smaller):
            yield (*smaller[:at], (*block, last), *smaller[at + 1 :])


def _join(values: Vector, blocks: Partition) -> Vector:
    """Return the values of the states in which the causes of a block change together."""
    joined = np.empty((2,) * len(blocks))
    for state in product((0, 1), repeat=len(blocks)):
        at = [0] * values.ndim
        for block, on in zip(blocks, state, strict=True):
            for cause in block:
                at[cause] = on
        joined[state] = values[tuple(at)]
    return joined


def printed_parts(parts: Sequence[float], decimals: int) -> tuple[float, ...]:
    """Round parts so that as printed they still add up to their rounded sum (largest remainders).

    >>> printed_parts((1 / 3, 1 / 3, 1 / 3), 1)
    (0.4, 0.3, 0.3)
    """
    unit = 10.0**decimals
    scaled = np.asarray(parts, dtype=float) * unit
    # A part that is whole but for its last bits is whole.
    down = np.floor(scaled + 1e-9)
    short = round(float(np.round(scaled.sum()) - down.sum()))
    first = np.argsort(-(scaled - down), kind="stable")[: max(short, 0)]
    down[first] += 1
    return tuple((down / unit + 0.0).tolist())
