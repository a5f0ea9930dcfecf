"""Copeland, the best-supported order and PROMETHEE II against definitions written out pair by pair."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.catalog import parse_spec
from innohub.errors import NoSolutionError, ScaleError
from innohub.index.aggregate import aggregate as aggregate_by_spec
from innohub.index.aggregate.preference import net_flows
from innohub.index.normalise import normalise

A = np.array([[10.0, 0, 5], [20, 2, 4], [30, 3, 9], [40, 15, 2]])
DIRECTION = np.array([1.0, 1, -1])
W = np.array([0.5, 0.3, 0.2])
tables = arrays(float, (5, 4), elements=st.integers(0, 4).map(float))
weightings = arrays(float, 4, elements=st.sampled_from([0.0, 0.1, 0.2, 0.3, 1.0])).filter(
    lambda w: w.sum() > 0
)


@pytest.fixture
def flagship(root):
    """The 14 regions by 10 indicators, raw, zeros included."""
    table = pd.read_csv(root / "tests/reference/zhang2022_table1.csv", comment="#", index_col="region_id")
    nested = ["beijing", "shanghai", "guangdong", "liaoning"]
    return table.select_dtypes("number").drop(nested).to_numpy(float)


def aggregate(x, weights, method):
    return aggregate_by_spec(x, weights, parse_spec(method, "aggregate"))


def support(x, weights):
    """Weight on which the row's place is better than the column's, half where they tie, over what both have."""
    places = len(x)
    e = np.zeros((places, places))
    for i in range(places):
        for k in range(places):
            both = ~np.isnan(x[i]) & ~np.isnan(x[k])
            better, equal = x[i] > x[k], x[i] == x[k]
            e[i, k] = weights[both & better].sum() + weights[both & equal].sum() / 2
    return np.round(e, 12)


def copeland(x, weights):
    e = support(x, weights)
    return (e > e.T).sum(axis=1) - (e < e.T).sum(axis=1)


def best_orders(x, weights):
    """Mean number of places below over all orders with the largest support, by trying every order."""
    e, places = support(x, weights), len(x)
    supported = {
        order: sum(e[a, b] for n, a in enumerate(order) for b in order[n + 1 :])
        for order in permutations(range(places))
    }
    most = max(supported.values())
    best = [order for order, value in supported.items() if value > most - 1e-9]
    return np.mean([[places - 1 - order.index(i) for i in range(places)] for order in best], axis=0)


def promethee(x, weights, preference):
    places = len(x)
    phi = np.zeros(places)
    for i in range(places):
        for k in range(places):
            for j, w in enumerate(weights / weights.sum()):
                phi[i] += w * (preference(x[i, j] - x[k, j]) - preference(x[k, j] - x[i, j])) / (places - 1)
    return phi


SHAPES = {
    "usual": lambda d: float(d > 0),
    "promethee(u, 3)": lambda d: float(d > 3),
    "promethee(v, 0, 6)": lambda d: 0 if d <= 0 else min(d / 6, 1),
    "promethee(level, 2, 5)": lambda d: 0 if d <= 2 else 0.5 if d <= 5 else 1,
    "promethee(linear, 2, 5)": lambda d: 0 if d <= 2 else (d - 2) / 3 if d <= 5 else 1,
    "promethee(gaussian, s = 4)": lambda d: 0 if d <= 0 else 1 - np.exp(-(d**2) / 32),
}


@pytest.mark.reference
def test_handbook_matrix():
    raw = normalise(A, DIRECTION, parse_spec("none", "normalise"))
    assert aggregate(raw, np.ones(3), "copeland").tolist() == [-3, -1, 1, 3]
    np.testing.assert_allclose(aggregate(raw, W, "promethee"), [-0.866667, -0.2, 0.066667, 1], atol=1e-6)


@given(tables, weightings)
def test_copeland_by_definition(x, weights):
    assert aggregate(x, weights, "copeland").tolist() == copeland(x, weights).tolist()


@given(tables, arrays(bool, (5, 4)), weightings, st.permutations(range(5)))
def test_copeland_with_gaps_compares_what_both_have_in_any_row_order(x, gaps, weights, order):
    x[gaps] = np.nan
    if (~np.isnan(x).all(axis=1)).sum() < 2:
        return
    scores = aggregate(x, weights, "copeland")
    present = ~np.isnan(x).all(axis=1)
    assert scores[present].tolist() == copeland(x[present], weights).tolist()
    assert np.isnan(scores[~present]).all()
    np.testing.assert_array_equal(aggregate(x[order], weights, "copeland"), scores[order])


@given(tables, weightings)
def test_best_order_by_trying_all(x, weights):
    np.testing.assert_allclose(aggregate(x, weights, "outranking"), best_orders(x, weights), atol=1e-12)


def test_best_order_of_cycles_by_trying_all():
    rng = np.random.default_rng(5)
    for _ in range(12):
        x, weights = rng.normal(size=(7, 6)), rng.dirichlet(np.ones(6))
        np.testing.assert_allclose(aggregate(x, weights, "outranking"), best_orders(x, weights), atol=1e-12)


@pytest.mark.reference
def test_known_elections():
    """The capital of Tennessee (four cities, voters by nearness), and Condorcet's circle of three."""
    voters = np.array([42.0, 26, 15, 17])
    ballots = [["Memphis", "Nashville", "Chattanooga", "Knoxville"],
               ["Nashville", "Chattanooga", "Knoxville", "Memphis"],
               ["Chattanooga", "Knoxville", "Nashville", "Memphis"],
               ["Knoxville", "Chattanooga", "Nashville", "Memphis"]]  # fmt: skip
    cities = ["Memphis", "Nashville", "Chattanooga", "Knoxville"]
    x = np.array([[-float(ballot.index(city)) for ballot in ballots] for city in cities])
    assert aggregate(x, voters, "outranking").tolist() == [0, 3, 2, 1]
    circle = np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3]])
    assert aggregate(circle, np.ones(3), "outranking").tolist() == [1, 1, 1]
    assert aggregate(circle, np.array([0.4, 0.35, 0.25]), "outranking").tolist() == [2, 1, 0]


def test_flagship_order_keeps_the_condorcet_parts(flagship):
    weights = np.ones(10)
    scores, e = aggregate(flagship, weights, "outranking"), support(flagship, weights)
    assert scores.sum() == pytest.approx(14 * 13 / 2)
    wins = (e > e.T).sum(axis=1)
    assert scores[wins == 13].tolist() == [13.0] * int((wins == 13).sum())
    order = np.argsort(-scores, kind="stable")
    best = sum(e[a, b] for n, a in enumerate(order) for b in order[n + 1 :])
    rng = np.random.default_rng(6)
    for _ in range(500):
        i, k = sorted(rng.integers(0, 14, 2))
        other = np.insert(np.delete(order, i), k, order[i])
        assert sum(e[a, b] for n, a in enumerate(other) for b in other[n + 1 :]) <= best + 1e-9


def test_long_cycles_are_refused_and_never_approximated():
    circle = np.array([[float((row - voter) % 19) for voter in range(19)] for row in range(19)])
    with pytest.raises(NoSolutionError, match="19"):
        aggregate(circle, np.ones(19), "outranking(18)")
    with pytest.raises(NoSolutionError, match="S125"):
        aggregate(circle[:5, :5] % 5, np.ones(5), "outranking(4)")
    assert aggregate(np.ones((40, 3)), np.ones(3), "outranking").tolist() == [19.5] * 40
    for most in (1, 19):
        with pytest.raises(ScaleError, match="S126"):
            aggregate(circle, np.ones(19), f"outranking({most})")


@given(arrays(float, (4, 3), elements=st.integers(0, 9).map(float)))
def test_promethee_by_definition(x):
    for spec, preference in SHAPES.items():
        method = "promethee" if spec == "usual" else spec
        np.testing.assert_allclose(aggregate(x, W, method), promethee(x, W, preference), atol=1e-12)


def test_thresholds_may_differ_by_child():
    flows = net_flows(A, "linear", q=np.array([1.0, 0.5, 0.0]), p=np.array([20.0, 5, 3]))
    for j, (q, p) in enumerate([(1, 20), (0.5, 5), (0, 3)]):
        expected = promethee(
            A[:, [j]], np.ones(1), lambda d, q=q, p=p: float(np.clip((d - q) / (p - q), 0, 1))
        )
        np.testing.assert_allclose(flows[:, j], expected, atol=1e-12)


@pytest.mark.parametrize("method", ["promethee", "promethee(u, 0)", "copeland", "outranking"])
def test_last_digits_do_not_break_ties(method):
    x = np.array([[0.1 + 0.2, 1.0], [0.3, 1.0], [0.2, 0.5]])
    scores = aggregate(x, np.array([0.9, 0.1]), method)
    assert scores[0] == scores[1] > scores[2]


@pytest.mark.parametrize("method", ["copeland", "outranking"])
def test_last_digits_of_weights_do_not_break_ties(method):
    x = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    scores = aggregate(x, np.array([0.1, 0.2, 0.3]), method)
    assert scores[0] == scores[1]


@given(tables, weightings)
def test_only_order_counts_for_majorities_and_usual_preference(x, weights):
    for method in ("promethee", "copeland", "outranking"):
        expected = aggregate(x, weights, method)
        np.testing.assert_allclose(aggregate(np.exp(x), weights, method), expected, atol=1e-12)


@given(tables, weightings, st.integers(0, 4), st.integers(0, 3), st.integers(1, 3))
def test_scores_rise_with_every_own_value(x, weights, place, child, more):
    raised = x.copy()
    raised[place, child] += more
    for method in ("promethee", "promethee(v, 0, 3)", "copeland", "outranking"):
        before, after = (aggregate(values, weights, method)[place] for values in (x, raised))
        assert after >= before - 1e-12


@pytest.mark.parametrize(
    "spec",
    [
        "promethee(v)",
        "promethee(level, 2, 1)",
        "promethee(linear, 2, 2)",
        "promethee(gaussian)",
        "promethee(u, -1)",
    ],
)
def test_thresholds_are_required_in_order(spec):
    with pytest.raises(ScaleError, match="S126"):
        aggregate(A, W, spec)
