"""What every aggregator owes: weights are relative, row order is free, many weightings equal one by one."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog import methods, parse_spec
from innohub.errors import InnohubError, ModelError, ScaleError
from innohub.index.aggregate import aggregate as aggregate_by_spec

MEANS = ["arithmetic", "geometric", "harmonic", "power(2)", "mpi", "ampi(plus)", "mean_min(0.5, 2)"]
COMPLETE = [
    *("topsis", "topsis(minmax)", "vikor", "grey", "outranking", "promethee", "promethee(u, 9)"),
    *(
        "promethee(v, 0, 20)",
        "promethee(level, 5, 15)",
        "promethee(linear, 5, 15)",
        "promethee(gaussian, s = 9)",
    ),
]
COMPARING = [*COMPLETE, "copeland"]
DOUBT = ["bod", "bod(0.1, 0.7)"]
EVERY = [*MEANS, *COMPARING, *DOUBT]
RNG = np.random.default_rng(9)
X = RNG.uniform(75, 125, (6, 4))
W = np.array([0.4, 0.3, 0.2, 0.1])


def aggregate(x, weights, method):
    return aggregate_by_spec(x, weights, parse_spec(method, "aggregate"))


def test_every_method_is_tested():
    assert {method.split("(")[0] for method in EVERY} == set(methods("aggregate"))


@pytest.mark.parametrize("method", EVERY)
def test_weights_are_relative(method):
    np.testing.assert_allclose(aggregate(X, 7 * W, method), aggregate(X, W, method), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("method", EVERY)
@given(order=st.permutations(range(6)), children=st.permutations(range(4)))
def test_orders_of_places_and_children_do_not_matter(method, order, children):
    expected = aggregate(X, W, method)
    np.testing.assert_allclose(aggregate(X[order], W, method), expected[order], rtol=1e-12, atol=1e-13)
    mixed = aggregate(X[:, children], W[children], method)
    np.testing.assert_allclose(mixed, expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("method", EVERY)
def test_many_weightings_equal_one_by_one(method):
    weights = np.random.default_rng(1).dirichlet(np.ones(4), 40)
    weights[0] = [1, 0, 0, 0]
    weights[1] = [0, 0.5, 0.5, 0]
    together = aggregate(X, weights, method)
    assert together.shape == (40, 6)
    one_by_one = [aggregate(X, w, method) for w in weights]
    np.testing.assert_allclose(together, one_by_one, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("method", EVERY)
def test_values_that_differ_by_draw(method):
    rng = np.random.default_rng(2)
    weights, x = rng.dirichlet(np.ones(4), 30), rng.uniform(75, 125, (30, 6, 4))
    one_by_one = [aggregate(a, w, method) for a, w in zip(x, weights, strict=True)]
    np.testing.assert_allclose(aggregate(x, weights, method), one_by_one, rtol=1e-12, atol=1e-13)
    same = aggregate(np.tile(X, (3, 1, 1)), np.tile(W, (3, 1)), method)
    np.testing.assert_allclose(same, np.tile(aggregate(X, W, method), (3, 1)), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("method", EVERY)
def test_blocks_of_draws_join_without_a_seam(method, monkeypatch):
    weights = np.random.default_rng(3).dirichlet(np.ones(4), 25)
    whole = aggregate(X, weights, method)
    monkeypatch.setattr(import_module("innohub.index.aggregate.compare"), "_BLOCK", 40)
    np.testing.assert_allclose(aggregate(X, weights, method), whole, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("method", EVERY)
def test_a_child_without_weight_does_not_count(method):
    if method == "grey":
        return  # its scale is the largest distance over all children, weighed or not
    weights = np.array([0.4, 0.3, 0.3, 0.0])
    expected = aggregate(X[:, :3], weights[:3], method)
    np.testing.assert_allclose(aggregate(X, weights, method), expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("method", EVERY)
def test_equal_places_score_alike(method):
    x = np.vstack([X, X[2]])
    scores = aggregate(x, W, method)
    assert scores[2] == pytest.approx(scores[6], rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("method", EVERY)
def test_the_best_everywhere_scores_best(method):
    scores = aggregate(np.vstack([X, X.max(axis=0) + 1]), W, method)
    if "mpi" not in method:
        assert scores[6] == scores.max()


@pytest.mark.parametrize("method", COMPLETE)
def test_missing_values_are_counted_and_refused(method):
    x = X.copy()
    x[1, 2] = x[4, 0] = x[4, 1] = np.nan
    for values, weights in ((x, W), (x, np.tile(W, (3, 1))), (np.tile(x, (3, 1, 1)), np.tile(W, (3, 1)))):
        with pytest.raises(ScaleError) as caught:
            aggregate(values, weights, method)
        finding = caught.value.findings[0]
        assert (finding.code, finding.params["count"], finding.params["places"]) == ("S120", 3, 2)


@pytest.mark.parametrize("method", [*COMPARING, *DOUBT])
def test_a_place_without_any_value_takes_no_part(method):
    x = np.insert(X, 2, np.nan, axis=0)
    scores = aggregate(x, W, method)
    assert np.isnan(scores[2])
    np.testing.assert_allclose(np.delete(scores, 2), aggregate(X, W, method), rtol=1e-14)


@pytest.mark.parametrize("method", DOUBT)
def test_one_place_alone_is_its_own_best(method):
    assert aggregate(X[:1], W, method) == pytest.approx(1)


@pytest.mark.parametrize("method", COMPARING)
def test_one_place_alone_cannot_be_compared(method):
    with pytest.raises(ScaleError, match="S121"):
        aggregate(X[:1], W, method)


@pytest.mark.parametrize("method", MEANS)
def test_means_take_one_place_alone(method):
    assert aggregate(X[:1], W, method)[0] == pytest.approx(aggregate(X, W, method)[0], rel=1e-14)


@pytest.mark.parametrize(
    "weights", [np.zeros(4), np.array([1, 1, 1, -0.1]), np.array([[1, 1, 1, 1], [0, 0, 0, 0]])]
)
@pytest.mark.parametrize("method", EVERY)
def test_impossible_weights_are_refused(method, weights):
    with pytest.raises(ModelError, match="S127"):
        aggregate(X, weights, method)


def test_messages_speak_both_languages():
    cases = [
        (np.array([[1.0, np.nan], [1, 2]]), "topsis"), (X[:1, :2], "vikor"), (np.ones((3, 2)), "topsis"),
        (np.array([[-10.0, 5], [210, 200], [210, 200]]), "mpi"), (X[:, :2] / 100, "mpi"),
        (X[:, :2], "grey(2)"), (-X[:, :2], "power(2)"), (-X[:, :2], "harmonic"),
        (np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3]]), "outranking(2)"),
    ]  # fmt: skip
    codes = set()
    for x, method in cases:
        with pytest.raises(InnohubError) as caught:
            aggregate(x, np.ones(x.shape[1]), method)
        codes.add(caught.value.findings[0].code)
        for language in ("zh", "en"):
            text = caught.value.render(language)
            assert "{" not in text
            assert "finding." not in text
    assert codes == {f"S12{n}" for n in "01234568"} | {"S106"}
