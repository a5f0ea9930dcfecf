"""Exact natural breaks against all possible splits."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.position import goodness_of_fit, natural_breaks


def within(ordered, sizes):
    return sum(((part - part.mean()) ** 2).sum() for part in np.split(ordered, np.cumsum(sizes)[:-1]))


def best_by_trying(scores, classes):
    ordered = np.sort(scores)[::-1]
    n = len(ordered)
    splits = [np.diff([0, *cut, n]) for cut in combinations(range(1, n), classes - 1)]
    return min(within(ordered, sizes) for sizes in splits)


@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(0, 5))
def test_no_split_is_better(seed, classes, extra):
    scores = np.random.default_rng(seed).gamma(0.7, size=classes + extra)
    sizes = natural_breaks(scores[None, :], classes)[0]
    assert sizes.sum() == len(scores)
    assert (sizes > 0).all()
    assert within(np.sort(scores)[::-1], sizes) == pytest.approx(
        best_by_trying(scores, classes), rel=1e-9, abs=1e-12
    )


def test_many_vectors_at_once_equal_one_by_one():
    scores = np.random.default_rng(3).normal(size=(40, 12))
    together = natural_breaks(scores, 4)
    assert together.tolist() == [natural_breaks(row[None, :], 4)[0].tolist() for row in scores]


@pytest.mark.reference
def test_worked_example():
    x = np.array([1.0, 2, 3, 10, 11, 30])
    assert natural_breaks(x[None, :], 3).tolist() == [[1, 2, 3]]
    assert natural_breaks(x[None, :], 2).tolist() == [[1, 5]]
    assert natural_breaks(np.log(x)[None, :], 2).tolist() == [[3, 3]]
    assert within(np.sort(x)[::-1], [1, 2, 3]) == pytest.approx(2.5)
    assert goodness_of_fit(x, np.array([1, 2, 3])) == pytest.approx(0.995788, abs=1e-6)


@given(st.floats(0.01, 100), st.floats(-1e6, 1e6))
def test_unit_and_origin_do_not_matter(factor, shift):
    x = np.array([[1.0, 2, 3, 10, 11, 30, 31, 45]])
    assert natural_breaks(x * factor + shift, 3).tolist() == natural_breaks(x, 3).tolist()
