"""Ties of places against networkx, against enumeration by hand, and at their edges."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from scipy.sparse import csr_array

from innohub.position.hub.through import passing_share, tie_control


def told(rows, *, directed=False):
    table = pd.DataFrame(rows, columns=["place", "other", "weight"])
    return table.assign(directed=directed)


def random_network(seed, places, share, *, both):
    rng = np.random.default_rng(seed)
    weights = (rng.random((places, places)) < share) * rng.integers(1, 6, (places, places)).astype(float)
    np.fill_diagonal(weights, 0)
    return np.triu(weights) + np.triu(weights).T if both else weights


def by_networkx(weights, *, alpha=1):
    """Betweenness by networkx; lengths are whole numbers, so that ways of the same length are the same to it."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(weights)))
    for i, j in zip(*np.nonzero(weights), strict=True):
        graph.add_edge(int(i), int(j), far=round(60 / weights[i, j]) if alpha else 1)
    found = nx.betweenness_centrality(graph, weight="far")
    return [found[i] for i in range(len(weights))]


@given(st.integers(0, 10_000), st.integers(3, 14), st.sampled_from([0.15, 0.4, 0.9]), st.booleans())
@examples(max_examples=60, deadline=None)
def test_equals_networkx_with_gaps_and_ways_of_equal_length(seed, places, share, both):
    weights = random_network(seed, places, share, both=both)
    for alpha in (1, 0):
        expected = by_networkx(weights, alpha=alpha)
        assert passing_share(csr_array(weights), alpha=alpha) == pytest.approx(expected, abs=1e-11)


def test_equals_networkx_on_a_larger_network():
    weights = random_network(3, 120, 0.08, both=False)
    assert passing_share(csr_array(weights)) == pytest.approx(by_networkx(weights), abs=1e-11)


@given(st.integers(0, 1000), st.floats(1e-6, 1e6))
@examples(max_examples=20, deadline=None)
def test_units_and_order_of_rows_change_nothing(seed, factor):
    weights = random_network(seed, 9, 0.4, both=False)
    rows = [(f"p{i}", f"p{j}", weights[i, j]) for i, j in zip(*np.nonzero(weights), strict=True)]
    if not rows:
        return
    table = told(rows, directed=True)
    other = table.assign(weight=table["weight"] * factor).sample(frac=1, random_state=seed)
    first, second = tie_control(table), tie_control(other)
    at = [second.places.index(place) for place in first.places]
    assert second.through[at].tolist() == first.through.tolist()
    assert second.net_strength[at] == pytest.approx(first.net_strength * factor, rel=1e-9, abs=1e-9 * factor)


def test_strong_ties_are_short_unless_every_tie_is_one_step():
    # From a to c: straight with weight 1 (length 1), or over b with weights of 4 (length 0.5).
    ties = told([("a", "c", 1.0), ("a", "b", 4.0), ("b", "c", 4.0)])
    assert tie_control(ties).places == ("a", "b", "c")
    assert tie_control(ties).through.tolist() == [0, 1, 0]
    assert tie_control(ties, alpha=0).through.tolist() == [0, 0, 0]
    # Over b with weights of 2 the two ways are equally long: each counts by half.
    half = ties.assign(weight=[1.0, 2.0, 2.0])
    assert tie_control(half).through.tolist() == [0, 0.5, 0]
    assert tie_control(half.assign(weight=[1.0, 1.9999, 2.0])).through.tolist() == [0, 0, 0]


def test_thirds_that_do_not_add_up_in_floats_are_still_the_same_length():
    # 1/3 + 1/3 + 1/3 against 1/1.
    ties = told([("a", "b", 3.0), ("b", "c", 3.0), ("c", "d", 3.0), ("a", "d", 1.0)])
    found = dict(zip(tie_control(ties).places, tie_control(ties).through.tolist(), strict=True))
    # b lies on a-c (of one way) and on half of a-d, twice as ordered pairs, of (4 - 1)(4 - 2) = 6.
    assert found["b"] == pytest.approx((1 + 0.5) * 2 / 6)


def test_strength_out_and_in_by_hand():
    ties = told([("a", "b", 5.0), ("b", "a", 2.0), ("c", "a", 1.0)], directed=True)
    found = tie_control(ties)
    assert found.places == ("a", "b", "c")
    assert found.out_strength.tolist() == [5, 2, 1]
    assert found.in_strength.tolist() == [3, 5, 0]
    assert found.net_strength.tolist() == pytest.approx([2, -3, 1])
    assert found.strength.tolist() == [8, 7, 1]
    assert found.net_strength.sum() == pytest.approx(0)


def test_ties_without_direction_leave_net_strength_as_it_is():
    ties = told([("a", "b", 5.0), ("b", "c", 2.0)])
    assert not tie_control(ties).has_net
    assert np.isnan(tie_control(ties).out_strength).all()
    mixed = ties.assign(directed=[True, False])
    assert tie_control(mixed).net_strength.tolist() == pytest.approx([5, -5, 0])
    assert tie_control(mixed).strength.tolist() == [5, 7, 2]


def test_sums_of_the_same_weights_in_another_order_make_no_difference():
    rows = [("a", "b", 0.1), ("a", "c", 0.2), ("d", "a", 0.3)]
    assert tie_control(told(rows, directed=True)).net_strength[0] == 0


def test_two_places_zero_weights_and_islands():
    assert np.isnan(tie_control(told([("a", "b", 1.0)])).through).all()
    zero = told([("a", "b", 1.0), ("b", "c", 0.0), ("c", "d", 1.0)])
    assert tie_control(zero).through.tolist() == [0, 0, 0, 0]
    islands = told([("a", "b", 1.0), ("b", "c", 1.0), ("x", "y", 1.0)])
    assert tie_control(islands).through.tolist() == pytest.approx([0, 2 / 12, 0, 0, 0])
    assert tie_control(told([("a", "b", 0.0), ("b", "c", 0.0)])).through.tolist() == [0, 0, 0]
