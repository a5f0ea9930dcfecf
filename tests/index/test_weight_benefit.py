"""Benefit of the doubt against the handbook and against every vertex of the linear programme."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from innohub.catalog import parse_spec
from innohub.errors import NoSolutionError, ScaleError
from innohub.index.aggregate import aggregate
from innohub.index.weight import benefit_of_the_doubt

Y = np.array([[0.8, 0.3], [0.4, 0.9], [0.5, 0.4]])
POSITIVE = arrays(float, (5, 3), elements=st.integers(1, 20).map(float))
WITH_ZEROS = arrays(float, (4, 3), elements=st.integers(0, 6).map(float))


def best_vertex(y, row, low=0.0, high=1.0):
    """The largest score over all vertices of the feasible set, by enumeration."""
    m = y.shape[1]
    own, each = y[row], np.diag(y[row])
    sides = [y, -np.eye(m)]
    if low > 0:
        sides.append(np.full((m, 1), low) * own - each)
    if high < 1:
        sides.append(each - np.full((m, 1), high) * own)
    a = np.vstack(sides)
    b = np.concatenate([np.ones(len(y)), np.zeros(len(a) - len(y))])
    scores = [0.0]
    for chosen in map(list, combinations(range(len(a)), m)):
        if abs(np.linalg.det(a[chosen])) > 1e-9:
            w = np.linalg.solve(a[chosen], b[chosen])
            if (a @ w <= b + 1e-9).all():
                scores.append(float(own @ w))
    return max(scores)


@pytest.mark.reference
def test_handbook_scores():
    np.testing.assert_allclose(benefit_of_the_doubt(Y).scores, [1, 1, 0.766667], atol=1e-6)
    bounded = benefit_of_the_doubt(Y, 0.25, 0.75)
    np.testing.assert_allclose(bounded.scores, [0.888889, 1, 0.766667], atol=1e-6)
    assert (bounded.shares >= 0.25 - 1e-9).all()
    assert (bounded.shares <= 0.75 + 1e-9).all()


@pytest.mark.reference
@given(POSITIVE, st.sampled_from([(0.0, 1.0), (0.1, 0.6), (0.2, 1.0), (0.0, 0.5)]))
def test_every_vertex(y, bounds):
    found = benefit_of_the_doubt(y, *bounds)
    expected = [best_vertex(y, row, *bounds) for row in range(len(y))]
    np.testing.assert_allclose(found.scores, expected, atol=1e-9)
    np.testing.assert_allclose((found.weights * y).sum(axis=1), found.scores, atol=1e-9)
    assert (y @ found.weights.T <= 1 + 1e-9).all()
    np.testing.assert_allclose(found.shares.sum(axis=1), 1)


@given(WITH_ZEROS)
def test_zeros_without_bounds(y):
    found = benefit_of_the_doubt(y)
    np.testing.assert_allclose(found.scores, [best_vertex(y, row) for row in range(len(y))], atol=1e-9)
    empty = (y == 0).all(axis=1)
    assert [finding.code for finding in found.findings] == ["N006"] * int(empty.sum())
    assert (np.isnan(found.shares).all(axis=1) == empty).all()


@given(POSITIVE, st.permutations(range(5)))
def test_units_and_order_do_not_matter_and_more_is_never_worse(y, order):
    scores = benefit_of_the_doubt(y, 0.1, 0.6).scores
    np.testing.assert_allclose(benefit_of_the_doubt(y * [1e3, 1, 1e-4], 0.1, 0.6).scores, scores, atol=1e-8)
    np.testing.assert_allclose(benefit_of_the_doubt(y[order], 0.1, 0.6).scores, scores[order], atol=1e-9)
    free = benefit_of_the_doubt(y).scores
    assert free.max() == pytest.approx(1)
    assert (free >= scores - 1e-9).all()
    more = y.copy()
    more[0, 1] += 3
    assert benefit_of_the_doubt(more).scores[0] >= free[0] - 1e-9


def test_bounds_by_indicator():
    found = benefit_of_the_doubt(Y, np.array([0.5, 0.0]), np.array([1.0, 0.4]))
    assert (found.shares[:, 0] >= 0.6 - 1e-9).all()


@pytest.mark.parametrize(("low", "high"), [(0.6, 1.0), (0.0, 0.4), (0.5, 0.3), (-0.1, 1.0)])
def test_bounds_that_contradict(low, high):
    with pytest.raises(NoSolutionError, match="S145"):
        benefit_of_the_doubt(Y, low, high)


def test_a_zero_cannot_fill_its_share():
    y = np.array([[1.0, 0], [0.5, 0.5], [0, 1]])
    with pytest.raises(NoSolutionError) as caught:
        benefit_of_the_doubt(y, 0.2, places=("Beijing", "Xi'an", "Hefei"))
    assert "Beijing, Hefei" in caught.value.render("en")
    assert "minmax(1, 100)" in caught.value.render("zh")
    with pytest.raises(NoSolutionError, match="S146"):
        benefit_of_the_doubt(y, 0.0, 0.7)
    with pytest.raises(NoSolutionError, match="S146"):
        benefit_of_the_doubt(np.array([[1.0, 1], [0, 0]]), 0.2)


def test_negative_and_missing_values_are_refused():
    with pytest.raises(ScaleError, match="S144"):
        benefit_of_the_doubt(Y - 0.5)
    gap = Y.copy()
    gap[1, 1] = np.nan
    with pytest.raises(ScaleError, match="S140"):
        benefit_of_the_doubt(gap)


def test_one_place_or_one_indicator():
    assert benefit_of_the_doubt(Y[:1]).scores.tolist() == pytest.approx([1])
    np.testing.assert_allclose(benefit_of_the_doubt(Y[:, :1]).scores, Y[:, 0] / 0.8)


@pytest.mark.reference
@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.05, 0.4), (0.0, 0.3), (0.1, 1.0)])
def test_another_solver(low, high):
    rng = np.random.default_rng(5)
    y = rng.choice([1.0, 2, 3, 5, 8, 13], (40, 5)) * rng.uniform(0.5, 2, 5)
    expected = []
    for own in y:
        sides = [
            y,
            (np.outer(np.full(5, low), own) - np.diag(own)),
            (np.diag(own) - np.outer(np.full(5, high), own)),
        ]
        limits = np.concatenate([np.ones(40), np.zeros(10)])
        expected.append(-linprog(-own, A_ub=np.vstack(sides), b_ub=limits, method="highs").fun)
    np.testing.assert_allclose(benefit_of_the_doubt(y, low, high).scores, expected, atol=1e-9)


def test_scores_by_draw_are_those_of_each_draw():
    rng = np.random.default_rng(6)
    x = rng.uniform(0.5, 9, (7, 6, 3))
    spec = parse_spec("bod(0.1, 0.7)", "aggregate")
    weights = np.ones((7, 3))
    expected = [benefit_of_the_doubt(each, 0.1, 0.7).scores for each in x]
    np.testing.assert_allclose(aggregate(x, weights, spec), expected, atol=1e-12)
    same = aggregate(x[0], rng.uniform(0.1, 1, (4, 3)), spec)
    np.testing.assert_allclose(same, np.tile(expected[0], (4, 1)), atol=1e-12)
    x[3, 2, 1] = np.nan
    with pytest.raises(ScaleError, match="S140"):
        aggregate(x, weights, spec)
