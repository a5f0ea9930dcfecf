"""Samples of what varies: one row a draw, from random numbers or from quasi-random points."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from innohub.index.draws.experts import draw_around
from innohub.index.draws.points import Points, coordinates_of, point_source
from innohub.index.draws.vary import Varied
from innohub.index.draws.weights import Chance

Matrix = NDArray[np.float64]
Array = NDArray[np.float64]
Whole = NDArray[np.int64]
# Single precision is far finer than any error of data, and half the work.
Numbers = NDArray[np.floating[Any]]
Noise = Callable[[int], Numbers]
Stream = Callable[[int], np.random.Generator]

# Streams of random numbers by what they decide; the weights and methods have the index's own.
SETS, FILLED, LEFT, ERRORS, POINTS, INDICES = 1, 2, 3, 4, 5, 6
FACTORS = ("weights", "impute", "normalise", "aggregate", "leave_out", "noise")


@dataclass(frozen=True)
class Sample:
    """Draws of what varies.

    ``weights`` (draws, leaves) effective, before an indicator is set aside; ``filled``, ``way`` and ``left`` (draws,)
    number the completed data set, the pair of methods, and the leaf set aside (-1 for none); ``noise`` gives the
    standard normal numbers (n, rows, noisy leaves) of the next n draws, None without errors.
    """

    weights: Matrix
    filled: Whole
    way: Whole
    left: Whole
    noise: Noise | None = None


def draw_sample(varied: Varied, draws: int, rng: np.random.Generator, stream: Stream) -> Sample:
    """Draw at random. What varies besides weights and methods has streams of its own, so that it changes no other.

    Parameters
    ----------
    varied : what varies.
    draws : how many.
    rng : gives the weights, then the methods.
    stream : gives the generator of a numbered stream.
    """
    weights = _weights(varied, draws, rng)
    ways = len(varied.normalisers) * len(varied.aggregates)
    still = np.zeros(draws, dtype=np.int64)
    way = rng.integers(ways, size=draws) if ways > 1 else still
    filled = _filled(varied, draws, stream(FILLED)) if len(varied.sets) > 1 else still
    left = _left(varied, draws, stream(LEFT)) if varied.leave_out else still - 1
    if not len(varied.noisy):
        return Sample(weights, filled, way, left)
    errors, shape = stream(ERRORS), (len(varied.noisy_rows), len(varied.noisy))
    return Sample(weights, filled, way, left, lambda count: _normal(errors, (count, *shape)))


def _normal(rng: np.random.Generator, shape: tuple[int, int, int]) -> Numbers:
    return rng.standard_normal(shape, dtype=np.float32)


def quasi_sample(varied: Varied, draws: int, stream: Stream) -> Sample:
    """Take the first points of one scrambled Sobol sequence for all that varies; see :func:`point_source`."""
    widths = factor_widths(varied)
    errors = widths.pop("noise", 0)
    head = sum(widths.values())
    points = point_source(head, stream(POINTS))(draws)[:, 0]
    if not errors:
        return sample_at(varied, points)
    source = point_source(head + errors, stream(ERRORS), skip=head)
    shape = (len(varied.noisy_rows), len(varied.noisy))
    return sample_at(varied, points, lambda count: ndtri(source(count)).reshape(count, *shape))


def factor_widths(varied: Varied) -> dict[str, int]:
    """Return the factors that vary with their numbers of coordinates, errors of values last."""
    widths = {
        "weights": coordinates_of(partial(_weights, varied, 1)),
        "impute": int(len(varied.sets) > 1),
        "normalise": int(len(varied.normalisers) > 1),
        "aggregate": int(len(varied.aggregates) > 1),
        "leave_out": int(varied.leave_out),
        "noise": len(varied.noisy_rows) * len(varied.noisy),
    }
    return {factor: widths[factor] for factor in FACTORS if widths[factor]}


def sample_at(varied: Varied, points: Matrix, noise: Noise | None = None) -> Sample:
    """Turn points (draws, coordinates) into draws; the errors' coordinates may follow the others'."""
    draws, chance = len(points), Points(points)
    still = np.zeros(draws, dtype=np.int64)
    weights = _weights(varied, draws, chance)
    filled = _filled(varied, draws, chance) if len(varied.sets) > 1 else still
    normaliser = (
        chance.integers(len(varied.normalisers), size=draws) if len(varied.normalisers) > 1 else still
    )
    mean = chance.integers(len(varied.aggregates), size=draws) if len(varied.aggregates) > 1 else still
    left = _left(varied, draws, chance) if varied.leave_out else still - 1
    way = normaliser * len(varied.aggregates) + mean
    if noise is None and len(varied.noisy) and points.shape[1] > chance.used:
        noise = _Queue(points[:, chance.used :], (len(varied.noisy_rows), len(varied.noisy)))
    return Sample(weights, filled, way, left, noise)


class _Queue:
    """Points of errors, handed out draw after draw."""

    def __init__(self, points: Matrix, shape: tuple[int, int]) -> None:
        self._points, self._shape, self._next = points, shape, 0

    def __call__(self, count: int) -> Numbers:
        some = self._points[self._next : self._next + count]
        self._next += count
        return np.asarray(ndtri(some).reshape(count, *self._shape))


def every_combination(varied: Varied) -> Sample:
    """Return one draw, at the index's own weights and without errors, of every combination that may occur."""
    left = varied.removable.tolist() if varied.leave_out else [-1]
    ways = range(len(varied.normalisers) * len(varied.aggregates))
    chosen = np.array(list(product(range(len(varied.sets)), ways, left)), dtype=np.int64)
    own = varied.nominal.effective[varied.nominal.model.tree.leaves]
    return Sample(np.tile(own, (len(chosen), 1)), chosen[:, 0], chosen[:, 1], chosen[:, 2])


def _weights(varied: Varied, draws: int, chance: Chance) -> Matrix:
    return draw_around(varied.nominal, varied.weights, draws, chance)


def _filled(varied: Varied, draws: int, chance: Chance) -> Whole:
    """Choose a method of imputation, then one of its data sets, each equally likely."""
    at = chance.uniform(0.0, 1.0, draws) * len(varied.filled)
    method = np.minimum(at.astype(np.int64), len(varied.filled) - 1)
    count = np.array([len(sets) for sets in varied.filled])
    inside = np.minimum(((at - method) * count[method]).astype(np.int64), count[method] - 1)
    return np.asarray((np.cumsum(count) - count)[method] + inside)


def _left(varied: Varied, draws: int, chance: Chance) -> Whole:
    """Choose an indicator to set aside, among those that carry weight."""
    return np.asarray(varied.removable[chance.integers(len(varied.removable), size=draws)])
