"""Combinations of weightings: a published table, the equations themselves, and coefficients below zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.errors import ModelError, NoSolutionError
from innohub.index.weight import combine_additive, combine_game, combine_multiplicative

TWO = np.array([[0.4, 0.3, 0.2, 0.1], [0.25, 0.2, 0.3, 0.25]])
WEIGHTINGS = arrays(float, (2, 4), elements=st.floats(0.05, 1))

# Hou Kepeng et al. (2021), Journal of Safety and Environment 21(6):2438-2443, section 4.1, as printed: subjective and
# objective weights of 11 indicators, coefficients of the game, combined weights. The subjective ones sum to .998.
SUBJECTIVE = [0.1691, 0.0764, 0.0828, 0.0533, 0.2469, 0.0828, 0.0763, 0.0553, 0.0553, 0.0111, 0.0887]
OBJECTIVE = [0.0209, 0.0495, 0.0565, 0.0390, 0.0351, 0.1682, 0.1766, 0.1899, 0.0209, 0.1217, 0.1217]
COMBINED = [0.0943, 0.0628, 0.0695, 0.0461, 0.1400, 0.1259, 0.1269, 0.1232, 0.0379, 0.0669, 0.1054]


@pytest.mark.reference
def test_published_game():
    found = combine_game(np.array([SUBJECTIVE, OBJECTIVE]))
    np.testing.assert_allclose(found.coefficients, [0.4953, 0.5047], atol=1.5e-3)
    np.testing.assert_allclose(found.solution, [0.6364, 0.6485], atol=2e-3)
    np.testing.assert_allclose(found.shares, COMBINED, atol=4e-4)


@given(WEIGHTINGS)
def test_two_weightings_solve_their_equations(weights):
    w = weights / weights.sum(axis=1, keepdims=True)
    a, b, c = w[0] @ w[0], w[1] @ w[1], w[0] @ w[1]
    expected = np.array([b * (a - c), a * (b - c)])
    if min(a - c, b - c) < 1e-6:
        return
    found = combine_game(weights)
    np.testing.assert_allclose(found.coefficients, expected / expected.sum(), atol=1e-7)
    np.testing.assert_allclose(found.shares, found.coefficients @ w)
    assert found.shares.sum() == pytest.approx(1)
    assert not found.findings
    swapped = combine_game(weights[::-1]).shares
    np.testing.assert_allclose(swapped, found.shares, atol=1e-7)


def test_a_weighting_combined_with_itself_stays():
    found = combine_game(np.array([TWO[0], 10 * TWO[0]]))
    np.testing.assert_allclose(found.shares, TWO[0])
    np.testing.assert_allclose(found.coefficients, 0.5)


def test_equal_weights_get_no_positive_coefficient():
    weights = np.array([np.full(4, 0.25), TWO[0]])
    with pytest.raises(NoSolutionError) as caught:
        combine_game(weights, methods=("equal", "ahp"))
    assert "no positive share to: equal" in caught.value.render("en")
    found = combine_game(weights, "bounded", methods=("equal", "ahp"))
    np.testing.assert_allclose(found.shares, TWO[0], atol=1e-12)
    assert [finding.code for finding in found.findings] == ["N009"]
    assert "equal" in found.findings[0].render("zh")


def test_absolute_values_are_an_option_with_a_name():
    weights = np.array([[0.5, 0.3, 0.2], [1, 1, 1], [0.8, 0.1, 0.1]])
    found = combine_game(weights, "absolute")
    np.testing.assert_allclose(found.solution, [-14, 9, 6], atol=1e-8)
    np.testing.assert_allclose(found.coefficients, np.array([14, 9, 6]) / 29)
    assert found.findings[0].params["variant"] == "absolute"
    bounded = combine_game(weights, "bounded")
    assert (bounded.coefficients >= 0).all()


def test_sum_and_product():
    np.testing.assert_allclose(combine_additive(TWO), TWO.mean(axis=0))
    np.testing.assert_allclose(
        combine_additive(TWO * [[3], [7]], np.array([6.0, 4])), 0.6 * TWO[0] + 0.4 * TWO[1]
    )
    product = TWO[0] * TWO[1]
    np.testing.assert_allclose(combine_multiplicative(TWO), product / product.sum())
    root = np.sqrt(product)
    np.testing.assert_allclose(combine_multiplicative(TWO, np.full(2, 0.5)), root / root.sum())


def test_least_relative_entropy_is_the_geometric_mean():
    def entropy(w):
        return sum(float((w * np.log(w / other)).sum()) for other in TWO)

    best = combine_multiplicative(TWO, np.full(2, 0.5))
    rng = np.random.default_rng(0)
    assert all(entropy(best) < entropy(w) for w in rng.dirichlet(np.ones(4), size=500))


@pytest.mark.parametrize("bad", [[0.5, -0.5, 1, 0], [0, 0, 0, 0], [1, np.nan, 0, 0]])
def test_weightings_that_are_none(bad):
    for combine in (combine_additive, combine_multiplicative, combine_game):
        with pytest.raises(ModelError, match="S153"):
            combine(np.array([TWO[0], bad]))


def test_a_product_without_common_ground():
    with pytest.raises(ModelError, match="S153"):
        combine_multiplicative(np.array([[1.0, 0], [0, 1]]))
