"""Ranks: ties after rounding to ten significant digits, the same one by one and all at once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.index import rank_draws, rank_scores, round_significant

scores = arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(1, 9)),
    elements=st.integers(-6, 6).map(lambda k: k / 7),
)


@given(scores)
def test_all_at_once_equals_one_by_one(x):
    assert rank_draws(x).tolist() == [rank_scores(row).tolist() for row in x]


@given(scores, st.floats(-4e-15, 4e-15))
def test_a_last_bit_breaks_no_tie(x, noise):
    assert rank_draws(x * (1 + noise)).tolist() == rank_draws(x).tolist()


def test_the_cube_root_of_twelve():
    """(2 * 2 * 3)^(1/3) and (3 * 2 * 2)^(1/3) by logarithms differ in the last bit and must tie."""
    one = np.exp(np.mean(np.log([2.0, 2.0, 3.0])))
    other = np.exp((np.log(3.0) + np.log(2.0) + np.log(2.0)) / 3)
    draw = np.array([[one, np.nextafter(other, 3), 1.0]])
    assert rank_draws(draw).tolist() == [[1, 1, 3]]


def test_close_but_different_scores_do_not_tie():
    assert rank_draws(np.array([[1.0, 1.0 + 2e-9]])).tolist() == [[2, 1]]


def test_rounding_keeps_zero_sign_and_missing():
    rounded = round_significant(np.array([0.0, -1.23456789012e-7, np.nan, 123456789012.0]))
    assert rounded[0] == 0
    assert rounded[1] == -1.234567890e-7
    assert np.isnan(rounded[2])
    assert rounded[3] == 123456789000.0


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 4), st.integers(1, 40)),
        elements=st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False),
    )
)
def test_numbers_of_any_size_and_sign(x):
    assert rank_draws(x).tolist() == [rank_scores(row).tolist() for row in x]


@given(st.integers(0, 1000), st.sampled_from([1.0, -1.0]))
def test_scores_that_differ_in_the_last_digits_only(seed, sign):
    rng = np.random.default_rng(seed)
    x = sign * (0.5 + rng.integers(0, 4, size=(6, 300)) * 1e-11 + rng.integers(0, 9, size=(6, 300)) * 1e-10)
    assert rank_draws(x).tolist() == [rank_scores(row).tolist() for row in x]
    assert rank_draws(np.array([[0.0, -0.0, 1.0, -1.0]])).tolist() == [[2, 2, 1, 4]]
