"""Changes split between causes, against brute force over all orders."""

from itertools import permutations, product
from math import factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from innohub.index.shapley import partitions, printed_parts, shapley, split


def by_orders(values):
    parts = np.zeros(values.ndim)
    for order in permutations(range(values.ndim)):
        state = [0] * values.ndim
        for cause in order:
            before = values[tuple(state)]
            state[cause] = 1
            parts[cause] += values[tuple(state)] - before
    return parts / factorial(values.ndim)


def states(causes):
    return hnp.arrays(
        float, (2,) * causes, elements=st.floats(-100, 100, allow_nan=False).map(lambda x: round(x, 3))
    )


@pytest.mark.parametrize("causes", [1, 2, 3, 4])
@given(data=st.data())
def test_equals_the_mean_over_all_orders_and_sums_to_the_change(causes, data):
    values = data.draw(states(causes))
    parts = shapley(values)
    np.testing.assert_allclose(parts, by_orders(values), atol=1e-10)
    assert parts.sum() == pytest.approx(values[(1,) * causes] - values[(0,) * causes], abs=1e-9)


@given(states(4), st.permutations(range(4)))
def test_does_not_depend_on_the_order_of_the_causes(values, order):
    np.testing.assert_allclose(shapley(values.transpose(order)), shapley(values)[list(order)], atol=1e-10)


@given(states(3))
def test_a_cause_that_changes_nothing_has_no_part_and_reversal_turns_the_sign(values):
    values[:, 1] = values[:, 0]
    assert shapley(values)[1] == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(shapley(values[::-1, ::-1, ::-1]), -shapley(values), atol=1e-10)


def test_handbook_example():
    assert shapley(np.array([[50.0, 53.0], [56.0, 60.0]])).tolist() == [6.5, 3.5]


def test_every_partition_once():
    assert [len(list(partitions(count))) for count in range(5)] == [1, 1, 2, 5, 15]
    assert all(sorted(sum(blocks, ())) == [0, 1, 2, 3] for blocks in partitions(4))
    assert len(set(partitions(4))) == 15


def test_causes_are_joined_only_where_states_are_missing():
    """New method on old data cannot be computed: data and method have one part, membership its own."""
    values = np.array(
        [
            own + 2 * others + 5 * method - 3 * members
            for own, others, method, members in product((0.0, 1.0), repeat=4)
        ]
    ).reshape(2, 2, 2, 2)
    for own, others in ((0, 0), (0, 1), (1, 0)):
        values[own, others, 1] = np.nan
    found = split(values)
    assert found.blocks == ((0, 1, 2), (3,))
    assert found.parts == (8.0, -3.0)
    assert not found.whole
    values[0, 0, 0, 0] = np.nan
    assert split(values).blocks == ()


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=6), st.integers(0, 3))
def test_printed_parts_add_up_as_printed(parts, decimals):
    shown = printed_parts(parts, decimals)
    assert round(sum(shown), decimals) == pytest.approx(
        round(sum(parts), decimals), abs=1.001 * 10.0**-decimals
    )
    assert all(abs(one - part) <= 10.0**-decimals + 1e-6 for one, part in zip(shown, parts, strict=True))


def test_printed_parts_of_a_whole_change_add_up_exactly():
    assert sum(printed_parts((1 / 3, 1 / 3, 1 / 3), 2)) == pytest.approx(1, abs=1e-12)
    assert printed_parts((2 / 3, -2 / 3), 2) == (0.67, -0.67)
