"""Harmonic and power means: worked values, limits, and the domain of each exponent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pmean

from innohub.catalog import parse_spec
from innohub.errors import ScaleError
from innohub.index.aggregate import aggregate as aggregate_by_spec
from innohub.index.aggregate.means import power_mean

Z = np.array([[0.2, 0.5, 0.8], [0.9, 0.4, 0.1]])
W = np.array([0.5, 0.3, 0.2])
positive = st.lists(st.floats(0.01, 100), min_size=3, max_size=3).map(lambda row: np.array([row]))


def aggregate(x, weights, method):
    return aggregate_by_spec(x, weights, parse_spec(method, "aggregate"))


@pytest.mark.reference
@pytest.mark.parametrize(("method", "expected"), [("harmonic", 0.298507), ("power(2)", 0.472229)])
def test_handbook_values(method, expected):
    assert aggregate(Z, W, method)[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.reference
@pytest.mark.parametrize("p", [-7.5, -2, -1, -0.5, -0.02, 0.5, 1, 2, 3, 9.25])
def test_scipy_agrees(p):
    np.testing.assert_allclose(power_mean(Z, W, p), pmean(Z, p, axis=1, weights=W), rtol=1e-13)


@pytest.mark.parametrize(("p", "method"), [(-1, "harmonic"), (0, "geometric"), (1, "arithmetic")])
def test_named_means_are_power_means(p, method):
    np.testing.assert_allclose(aggregate(Z, W, f"power({p})"), aggregate(Z, W, method), rtol=1e-14)


@pytest.mark.parametrize("p", [1e-13, -1e-13, 1e-9])
def test_small_exponents_keep_their_digits(p):
    np.testing.assert_allclose(power_mean(Z, W, p), aggregate(Z, W, "geometric"), rtol=1e-8)


@pytest.mark.parametrize("p", [400.0, -400.0])
def test_large_exponents_do_not_overflow(p):
    extreme = np.max if p > 0 else np.min
    np.testing.assert_allclose(power_mean(1e6 * Z, W, p), extreme(1e6 * Z, axis=1), rtol=0.02)


@given(positive, st.floats(-20, 20), st.floats(-20, 20))
def test_larger_exponents_give_larger_means(x, one, other):
    low, high = sorted((one, other))
    assert power_mean(x, W, low)[0] <= power_mean(x, W, high)[0] * (1 + 1e-11)


@given(positive, st.floats(-20, 20), st.integers(0, 2), st.floats(1, 3))
def test_means_rise_with_every_value_and_stay_inside(x, p, child, factor):
    score = power_mean(x, W, p)[0]
    assert x.min() * (1 - 1e-11) <= score <= x.max() * (1 + 1e-11)
    raised = x.copy()
    raised[0, child] *= factor
    assert power_mean(raised, W, p)[0] >= score * (1 - 1e-11)


@pytest.mark.parametrize("value", [0.0, -0.3])
@pytest.mark.parametrize("method", ["harmonic", "power(0)", "power(-2)"])
def test_zero_and_below_are_refused(method, value):
    with pytest.raises(ScaleError, match="S106"):
        aggregate(np.array([[value, 0.5, 0.4]]), W, method)


def test_positive_exponents_take_zero_but_nothing_below():
    assert aggregate(np.array([[0.0, 0.0, 0.0]]), W, "power(2)")[0] == 0
    assert aggregate(np.array([[0.0, 0.5, 0.0]]), W, "power(2)")[0] == pytest.approx(0.5 * np.sqrt(0.3))
    assert aggregate(np.array([[0.0, 0.5, 0.0]]), W, "power(0.001)")[0] == pytest.approx(0.0, abs=1e-100)
    with pytest.raises(ScaleError, match="S128"):
        aggregate(np.array([[-0.1, 0.5, 0.0]]), W, "power(2)")
    assert aggregate(np.array([[-0.1, 0.5, 0.0]]), W, "power(1)")[0] == pytest.approx(0.1)
