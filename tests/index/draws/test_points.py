"""Quasi-random points as random numbers: their distributions, their order, and more coordinates than Sobol has."""

import numpy as np
import pytest
from scipy import stats

from innohub.index.draws.points import Points, coordinates_of, point_source


def test_parts_join_to_the_same_sequence():
    whole = point_source(5, np.random.default_rng(1))(100)
    take = point_source(5, np.random.default_rng(1))
    np.testing.assert_array_equal(np.concatenate([take(7), take(1), take(92)]), whole)
    assert whole.shape == (100, 1, 5)
    assert ((whole > 0) & (whole < 1)).all()


def test_leading_coordinates_may_be_left_to_another_source():
    rest = point_source(6, np.random.default_rng(2), skip=2)(64)
    np.testing.assert_array_equal(rest, point_source(6, np.random.default_rng(2))(64)[:, :, 2:])


def test_more_coordinates_than_there_are_direction_numbers():
    take = point_source(21_300, np.random.default_rng(3))
    points = np.concatenate([take(3), take(5)])[:, 0]
    assert points.shape == (8, 21_300)
    assert ((points > 0) & (points < 1)).all()
    # Eight balanced points fill eight equal cells one by one; random ones hardly ever do.
    cells = np.sort((points * 8).astype(int), axis=0)
    filled = (cells == np.arange(8)[:, None]).all(axis=0)
    assert filled[:21_201].all()
    assert filled[21_201:].mean() < 0.2


def test_copies_are_further_coordinates():
    pairs = point_source(3, np.random.default_rng(4), copies=2)(16)
    np.testing.assert_array_equal(pairs.reshape(16, 6), point_source(6, np.random.default_rng(4))(16)[:, 0])


@pytest.mark.parametrize(
    ("draw", "law"),
    [
        (lambda points: points.standard_exponential((4096, 2))[:, 1], stats.expon),
        (lambda points: points.standard_gamma(2.5, (4096, 2))[:, 1], stats.gamma(2.5)),
        (lambda points: points.standard_normal(4096), stats.norm),
        (lambda points: points.uniform(-1.0, 3.0, 4096), stats.uniform(-1, 4)),
        (lambda points: points.integers(4, size=4096) + points.uniform(0, 1, 4096), stats.uniform(0, 4)),
    ],
)
def test_quantiles(draw, law):
    points = Points(point_source(2, np.random.default_rng(5))(4096)[:, 0])
    assert stats.kstest(draw(points), law.cdf).statistic < 0.01


def test_coordinates_are_counted():
    def draw(chance):
        chance.standard_exponential((1, 3))
        chance.integers(4, size=1)
        return chance.uniform(0.0, 1.0, 1)

    assert coordinates_of(draw) == 5
