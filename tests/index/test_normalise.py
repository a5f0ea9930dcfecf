"""The handbook's table of normalisers, edge cases, and invariances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.catalog import parse_spec
from innohub.index import normalise
from innohub.index.normalise import undefined_columns

X = np.array([[2.0], [4.0], [4.0], [10.0]])
UP, DOWN = np.array([1.0]), np.array([-1.0])


@pytest.mark.reference
@pytest.mark.parametrize(
    ("spec", "direction", "expected"),
    [
        ("minmax(0, 1)", UP, [0, 0.25, 0.25, 1]),
        ("minmax(0, 1)", DOWN, [1, 0.75, 0.75, 0]),
        ("minmax(1, 100)", UP, [1, 25.75, 25.75, 100]),
        ("zscore", UP, [-1, -1 / 3, -1 / 3, 5 / 3]),
        ("zscore(ddof = 1)", UP, [-0.866025, -0.288675, -0.288675, 1.443376]),
        ("rank", UP, [1, 2, 2, 4]),
        ("rank", DOWN, [4, 2, 2, 1]),
        ("percentile", UP, [0, 1 / 3, 1 / 3, 1]),
        ("goalposts(2, 6)", UP, [0, 0.5, 0.5, 1]),
        ("goalposts(2, 6, clip = false)", UP, [0, 0.5, 0.5, 2]),
        ("goalposts(0, 20, 100)", DOWN, [90, 80, 80, 50]),
        ("none", DOWN, [-2, -4, -4, -10]),
    ],
)
def test_handbook_table(spec, direction, expected):
    z = normalise(X, direction, parse_spec(spec, "normalise"))
    np.testing.assert_allclose(z[:, 0], expected, atol=1e-5)


@pytest.mark.parametrize("spec", ["minmax(0, 1)", "zscore"])
def test_constant_column_is_undefined_not_zero(spec):
    x = np.array([[3.0, 1.0], [3.0, 2.0], [3.0, 4.0]])
    z = normalise(x, np.ones(2), parse_spec(spec, "normalise"))
    assert np.isnan(z[:, 0]).all()
    assert undefined_columns(x, z).tolist() == [0]


def test_constant_column_with_rounding_error_is_still_constant_under_zscore():
    x = np.full((3, 1), 0.1 + 0.2)
    assert np.isnan(normalise(x, UP, parse_spec("zscore", "normalise"))).all()


@pytest.mark.parametrize("spec", ["minmax", "zscore", "rank", "percentile", "none", "goalposts(0, 10)"])
def test_missing_stays_missing_and_changes_nobody(spec):
    parsed = parse_spec(spec, "normalise")
    with_gap = normalise(np.vstack([X, [[np.nan]]]), UP, parsed)
    assert np.isnan(with_gap[-1, 0])
    np.testing.assert_allclose(with_gap[:-1], normalise(X, UP, parsed))


numbers = arrays(np.float64, (6, 1), elements=st.integers(-1000, 1000).map(float), unique=True)


@given(numbers, st.floats(0.1, 50), st.floats(-100, 100))
@pytest.mark.parametrize("spec", ["minmax", "zscore", "rank", "percentile"])
def test_units_do_not_matter(spec, x, factor, shift):
    parsed = parse_spec(spec, "normalise")
    np.testing.assert_allclose(normalise(x, UP, parsed), normalise(x * factor + shift, UP, parsed), atol=1e-6)


@given(numbers)
@pytest.mark.parametrize("spec", ["minmax", "zscore", "rank", "percentile"])
def test_direction_reverses_the_order(spec, x):
    up, down = (normalise(x, sign, parse_spec(spec, "normalise"))[:, 0] for sign in (UP, DOWN))
    assert np.argsort(up).tolist() == np.argsort(down)[::-1].tolist()
