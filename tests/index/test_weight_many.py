"""Weights of many sets of values at once against the same weights set by set."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog import parse_spec
from innohub.index.weight import weigh
from innohub.index.weight.many import shares_of_many


@pytest.mark.parametrize("method", ["entropy", "critic"])
@given(
    seed=st.integers(0, 10_000), sets=st.integers(1, 4), rows=st.integers(2, 9), children=st.integers(2, 5)
)
def test_each_set_has_the_weights_that_it_has_alone(method, seed, sets, rows, children):
    values = np.random.default_rng(seed).normal(size=(sets, rows, children)).round(1)
    spec = parse_spec(method, "weights")
    found = shares_of_many(values, spec)
    if found is None:
        return
    for one, shares in zip(values, found, strict=True):
        alone = weigh(one, np.ones(children), np.ones(children), spec)
        np.testing.assert_allclose(shares, alone, rtol=1e-9, atol=1e-12)


def test_most_sets_have_the_quick_form():
    values = np.random.default_rng(1).normal(size=(50, 31, 4))
    assert all(
        shares_of_many(values, parse_spec(method, "weights")) is not None for method in ("entropy", "critic")
    )


@pytest.mark.parametrize(
    ("method", "spoil"),
    [
        ("entropy", np.nan),
        ("critic", np.nan),
        ("entropy", 1e200),
        ("pca", 0.5),
        ("influence", 0.5),
        ('entropy("raw_sum")', 0.5),
    ],
)
def test_what_needs_care_is_left_to_the_careful_form(method, spoil):
    values = np.random.default_rng(2).uniform(size=(3, 6, 3))
    values[1, 2, 0] = spoil
    assert shares_of_many(values, parse_spec(method, "weights")) is None


def test_a_constant_child_and_children_that_agree_are_left_to_the_careful_form():
    flat = np.random.default_rng(3).uniform(size=(2, 6, 3))
    flat[1, :, 2] = 0.4
    same = np.repeat(np.random.default_rng(4).uniform(size=(2, 6, 1)), 3, axis=2)
    assert shares_of_many(flat, parse_spec("critic", "weights")) is None
    assert shares_of_many(same, parse_spec("critic", "weights")) is None
    assert shares_of_many(flat[:1, :, :1], parse_spec("entropy", "weights")) is None
