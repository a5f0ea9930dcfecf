"""Quasi-random points, and how they stand in for random numbers."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

Matrix = NDArray[np.float64]
Array = NDArray[np.float64]
Size = int | tuple[int, int]
Source = Callable[[int], Array]

# Sobol points are multiples of 2⁻³⁰; half a step further in, no quantile is infinite.
_HALF = 2.0**-31


def point_source(coordinates: int, rng: np.random.Generator, copies: int = 1, skip: int = 0) -> Source:
    """Return a function that gives the next points of a scrambled Sobol sequence.

    The first n points are taken whatever n is; their balance is whole where n is a power of two. Coordinates beyond
    those for which direction numbers exist (21,201 in all copies) are plain random numbers.

    Parameters
    ----------
    coordinates : of one point; the first are the best balanced.
    rng : scrambles the points.
    copies : independent points side by side at each step.
    skip : number of leading coordinates that another source, with a scramble of its own, gives.

    Returns
    -------
    A function of a count that returns (count, copies, coordinates - skip) in (0, 1).

    References
    ----------
    Sobol' (1967), doi 10.1016/0041-5553(67)90144-9; Owen (1998), doi 10.1006/jcom.1998.0487.
    """
    from scipy.stats import qmc  # noqa: PLC0415 - half a second at start-up, which few studies need

    quasi = min(coordinates, qmc.Sobol.MAXDIM // copies)
    engine = qmc.Sobol(max(quasi, 1) * copies, scramble=True, rng=rng)

    def take(count: int) -> Array:
        # One point first: the engine warns of a first count that is no power of two.
        parts = [engine.random(1), engine.random(count - 1)] if not engine.num_generated else []
        points = np.concatenate(parts) if parts else engine.random(count)
        points = points.reshape(count, copies, -1)[:, :, min(skip, quasi) : quasi] + _HALF
        if coordinates == quasi:
            return np.asarray(points)
        loose = rng.random((count, copies, coordinates - max(quasi, skip)))
        return np.concatenate([points, np.clip(loose, _HALF, 1 - _HALF)], axis=2)

    return take


class Points:
    """Points (draws, coordinates) that answer like a random number generator, coordinate after coordinate.

    Each method hands out the next coordinates, turned into the distribution asked for by its quantile function.
    ``size`` is (draws, columns), or draws for one column.
    """

    def __init__(self, points: Matrix) -> None:
        self._points = points
        self.used = 0

    def _take(self, size: Size) -> Matrix:
        count = 1 if isinstance(size, int) else size[1]
        columns = self._points[:, self.used : self.used + count]
        self.used += count
        return columns.reshape(size)

    def standard_exponential(self, size: Size) -> Matrix:
        """Return exponential quantiles."""
        return np.asarray(-np.log(self._take(size)))

    def standard_gamma(self, shape: float, size: Size) -> Matrix:
        """Return gamma quantiles."""
        return np.asarray(gammaincinv(shape, self._take(size)))

    def standard_normal(self, size: Size) -> Matrix:
        """Return normal quantiles."""
        return np.asarray(ndtri(self._take(size)))

    def uniform(self, low: float, high: float, size: Size) -> Matrix:
        """Return points between two bounds."""
        return np.asarray(low + (high - low) * self._take(size))

    def integers(self, levels: int, size: Size) -> NDArray[np.int64]:
        """Return equally likely whole numbers from 0."""
        return np.minimum((self._take(size) * levels).astype(np.int64), levels - 1)


class _Tally(Points):
    """Points that only count how many coordinates are asked for."""

    def __init__(self) -> None:
        super().__init__(np.empty((1, 0)))

    def _take(self, size: Size) -> Matrix:
        self.used += 1 if isinstance(size, int) else size[1]
        return np.full(size, 0.5)


def coordinates_of(draw: Callable[[Points], object]) -> int:
    """Return how many coordinates a draw takes; it is tried once with one point."""
    tally = _Tally()
    draw(tally)
    return tally.used
