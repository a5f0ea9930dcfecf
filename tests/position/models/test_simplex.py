"""The nearest mixture against all possible supports, its ranges, and models that can replace each other."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from innohub.position.models.simplex import nearest_mixture


def by_trying(vectors, target):
    """Solve the equality-constrained least squares on every support and keep the best feasible one."""
    best = np.inf
    for size in range(1, len(vectors) + 1):
        for support in combinations(range(len(vectors)), size):
            part = vectors[list(support)].T
            system = np.block([[part.T @ part, np.ones((size, 1))], [np.ones((1, size)), np.zeros((1, 1))]])
            weights = np.linalg.lstsq(system, np.append(part.T @ target, 1.0), rcond=None)[0][:size]
            if (weights >= -1e-9).all() and abs(weights.sum() - 1) < 1e-7:
                best = min(best, float(np.linalg.norm(part @ weights - target)))
    return best


@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 7))
def test_no_mixture_is_nearer(seed, models, slots):
    rng = np.random.default_rng(seed)
    vectors, target = rng.uniform(size=(models, slots)), rng.uniform(size=slots)
    found = nearest_mixture(vectors, target)
    assert found.weights.min() >= 0
    assert found.weights.sum() == pytest.approx(1)
    assert found.fitted == pytest.approx(found.weights @ vectors)
    assert found.residual == pytest.approx(by_trying(vectors, target), abs=1e-9)


@given(st.integers(0, 2_000))
def test_agrees_with_a_general_optimiser(seed):
    rng = np.random.default_rng(seed)
    vectors, target = rng.uniform(size=(4, 6)), rng.uniform(size=6)
    general = minimize(
        lambda w: ((w @ vectors - target) ** 2).sum(), np.full(4, 0.25), method="SLSQP", bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"ftol": 1e-14, "maxiter": 500},
    )  # fmt: skip
    assert nearest_mixture(vectors, target).weights == pytest.approx(general.x, abs=1e-4)


@given(st.integers(0, 10_000))
def test_order_of_models_and_slots_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    vectors, target = rng.integers(0, 3, size=(5, 4)) / 2, rng.integers(0, 3, size=4) / 2
    rows, columns = rng.permutation(5), rng.permutation(4)
    plain = nearest_mixture(vectors, target)
    mixed = nearest_mixture(vectors[rows][:, columns], target[columns])
    assert mixed.residual == pytest.approx(plain.residual, abs=1e-9)
    assert mixed.weights == pytest.approx(plain.weights[rows], abs=1e-5)
    assert mixed.low == pytest.approx(plain.low[rows], abs=1e-5)
    assert mixed.high == pytest.approx(plain.high[rows], abs=1e-5)


@given(st.integers(0, 10_000))
def test_no_set_of_equally_good_weights_leaves_the_range(seed):
    rng = np.random.default_rng(seed)
    vectors = rng.integers(0, 3, size=(4, 2)) / 2
    found = nearest_mixture(vectors, rng.uniform(size=2))
    trials = rng.dirichlet(np.ones(4), size=4_000)
    same = trials[np.linalg.norm(trials @ vectors - found.fitted, axis=1) < 1e-9]
    assert (same >= found.low - 1e-6).all()
    assert (same <= found.high + 1e-6).all()


def test_twin_models_share_their_weight_and_the_range_says_so():
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    found = nearest_mixture(vectors, np.array([0.8, 0.2]))
    assert found.weights == pytest.approx([0.4, 0.4, 0.2])
    assert found.low == pytest.approx([0, 0, 0.2])
    assert found.high == pytest.approx([0.8, 0.8, 0.2])
    assert not found.unique


def test_a_model_between_two_others_makes_the_mixture_loose():
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    found = nearest_mixture(vectors, np.array([0.5, 0.5]))
    # The most even of w, w, 1 - 2w: a third each.
    assert found.weights == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert found.high == pytest.approx([0.5, 0.5, 1.0])
    assert found.low == pytest.approx([0, 0, 0])


def test_dependence_that_the_best_mixture_does_not_use_leaves_it_unique():
    vectors = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    found = nearest_mixture(vectors, np.array([1.0, -1.0]))
    assert found.weights == pytest.approx([1, 0, 0])
    assert found.unique


def test_one_model_takes_all():
    found = nearest_mixture(np.array([[0.5, 0.5]]), np.array([0.5, 0.1]))
    assert found.weights.tolist() == [1.0]
    assert found.residual == pytest.approx(0.4)
    assert found.unique


def test_a_place_that_is_a_model_is_that_model():
    vectors = np.array([[0.9, 0.4, 0.3], [0.4, 0.9, 0.4]])
    found = nearest_mixture(vectors, vectors[1])
    assert found.weights == pytest.approx([0, 1])
    assert found.residual == pytest.approx(0, abs=1e-12)
