"""All orders of a few places that gather the most pairwise support, by dynamic programming over subsets."""

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.intp]
LONGEST = 18
_CELLS = 1 << 20


def places_below(margins: Array, tie: Array) -> Array:
    """Return the mean number of places below each place over all orders with the largest support.

    Parameters
    ----------
    margins : (problems, places, places), how much more weight prefers the row's place to the column's.
    tie : (problems,) differences of support up to which two orders tie.

    Returns
    -------
    (problems, places), from 0 (last in every best order) to places - 1 (first in every one).
    """
    size = margins.shape[1]
    below = np.empty(margins.shape[:2])
    step = max(_CELLS >> size, 1)
    for start in range(0, len(margins), step):
        block = slice(start, start + step)
        below[block] = _solve(np.ascontiguousarray(margins[block].transpose(1, 2, 0)), tie[block]).T
    return below


def _solve(margins: Array, tie: Array) -> Array:
    """Solve problems side by side: margins (places, places, problems) to places below (places, problems).

    A state is the set of places that stand on top. Adding a place below the set supports the order by what the set's
    members gain on it. Counts of best ways into and out of a state tell how often a best order takes a step.
    """
    size, _, problems = margins.shape
    inside = _membership(size)
    support = np.full((1 << size, problems), -np.inf)
    support[0] = 0.0

    def reached(place: int, before: Whole) -> Array:
        return np.asarray(support[before] + inside[before] @ margins[:, place])

    for place, before, after in _steps(size):
        support[after] = np.maximum(support[after], reached(place, before))
    into, onward = np.zeros_like(support), np.zeros_like(support)
    into[0], onward[-1] = 1.0, 1.0
    for place, before, after in _steps(size):
        into[after] += into[before] * (reached(place, before) >= support[after] - tie)
    below = np.zeros((size, problems))
    for place, before, after in reversed(_steps(size)):
        best = onward[after] * (reached(place, before) >= support[after] - tie)
        onward[before] += best
        below[place] += (size - inside[after[0]].sum()) * (into[before] * best).sum(axis=0)
    return np.asarray(below / into[-1])


@cache
def _membership(size: int) -> Array:
    """Return which places belong to each set: (sets, places) of 0 and 1."""
    return np.asarray((np.arange(1 << size)[:, None] >> np.arange(size)) & 1, dtype=float)


@cache
def _steps(size: int) -> tuple[tuple[int, Whole, Whole], ...]:
    """Return every step as (place, sets before, sets after), smaller sets first."""
    return tuple(_each_step(size))


def _each_step(size: int) -> Iterator[tuple[int, Whole, Whole]]:
    sets = np.arange(1 << size)
    members = _membership(size)
    count = members.sum(axis=1)
    for layer in range(1, size + 1):
        for place in range(size):
            after = sets[(count == layer) & (members[:, place] == 1)]
            yield place, after ^ (1 << place), after
