"""Draws against plain loops, and the summaries read off them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog import parse_spec
from innohub.errors import ModelError
from innohub.index import (
    acceptability,
    build_model,
    build_tree,
    compute,
    draw_weights,
    rank_draws,
    rank_intervals,
    require_memory,
    score_intervals,
    simulate,
    win_probability,
)
from innohub.panel import Panel
from innohub.study.index_section import IndexSection

FRAMEWORK = pd.DataFrame(
    [
        ("all", "", 1.0, ""),
        ("x", "all", 2.0, ""),
        ("y", "all", 1.0, "c"),
        ("a", "x", 1.0, "a"),
        ("b", "x", 3.0, "b"),
    ],
    columns=["node", "parent", "weight", "indicator"],
)
VALUES = np.array([[1.0, 4.0, 2.0], [2.0, 1.0, 8.0], [5.0, 3.0, 5.0], [3.0, 9.0, 1.0], [4.0, 2.0, 9.0]])


def panel(values=VALUES):
    places = tuple(f"p{n}" for n in range(len(values)))
    years, direction = np.full(len(places), 2020), np.array([1.0, -1.0, 1.0])
    flags = np.full(values.shape, "", dtype=object)
    return Panel(2020, places, years, ("a", "b", "c"), values, flags, direction, pd.DataFrame())


def model(**options):
    section = IndexSection.model_validate({"weights": "given", "normalise": "minmax(1, 100)", **options})
    return build_model("test", section, FRAMEWORK)


def loop(nominal, weights, inner, outer):
    """Score every place under every weighting, the slow and obvious way."""
    mean = {
        "arithmetic": lambda x, w: sum(a * b for a, b in zip(x, w, strict=True)) / sum(w),
        "geometric": lambda x, w: np.exp(sum(np.log(a) * b for a, b in zip(x, w, strict=True)) / sum(w)),
    }
    order = [nominal.model.tree.indicators.index(name) for name in ("a", "b", "c")]
    scores = np.empty((len(weights), len(nominal.normalised)))
    for d, row in enumerate(weights[:, order]):
        for p, z in enumerate(nominal.normalised[:, order]):
            x = mean[inner](z[:2], row[:2])
            scores[d, p] = mean[outer]([x, z[2]], [row[0] + row[1], row[2]])
    return scores


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("arithmetic", "arithmetic"),
        ("geometric", "geometric"),
        ("geometric", "arithmetic"),
        ("arithmetic", "geometric"),
    ],
)
@pytest.mark.parametrize("spec", ["dirichlet(1)", "nested(1)", "pm(0.25)", "dirichlet(3)"])
def test_matrix_products_equal_a_loop(inner, outer, spec):
    nominal = compute(model(aggregate=outer, nodes={"x": {"aggregate": inner}}), panel())
    rng = np.random.default_rng(3)
    weights = draw_weights(nominal.model.tree, nominal.shares, parse_spec(spec, "draws"), 40, rng)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    draws = simulate(nominal, weights, rng)
    np.testing.assert_allclose(draws.scores, loop(nominal, weights, inner, outer), rtol=1e-12)
    np.testing.assert_array_equal(draws.ranks, rank_draws(draws.scores))


def test_fixed_weights_give_the_nominal_score():
    nominal = compute(model(), panel())
    rng = np.random.default_rng(3)
    weights = draw_weights(nominal.model.tree, nominal.shares, parse_spec("fixed", "draws"), 3, rng)
    np.testing.assert_allclose(simulate(nominal, weights, rng).scores, np.tile(nominal.index_scores, (3, 1)))


def test_missing_values_are_left_out_in_every_draw():
    gap = VALUES.copy()
    gap[1, 1] = np.nan
    nominal = compute(model(missing={"min_share": 0.5}), panel(gap))
    rng = np.random.default_rng(4)
    weights = draw_weights(nominal.model.tree, nominal.shares, parse_spec("dirichlet", "draws"), 30, rng)
    draws = simulate(nominal, weights, rng)
    order = [nominal.model.tree.indicators.index(name) for name in ("a", "b", "c")]
    z, w = nominal.normalised[:, order], weights[:, order]
    expected = (w[:, 0] + w[:, 1]) * z[1, 0] + w[:, 2] * z[1, 2]
    np.testing.assert_allclose(draws.scores[:, 1], expected, rtol=1e-12)


def test_a_place_without_a_score_takes_no_part():
    gap = VALUES.copy()
    gap[2] = np.nan
    gap[2, 0] = 5.0
    nominal = compute(model(missing={"min_share": 0.9}), panel(gap))
    rng = np.random.default_rng(4)
    weights = draw_weights(nominal.model.tree, nominal.shares, parse_spec("dirichlet", "draws"), 30, rng)
    draws = simulate(nominal, weights, rng)
    assert draws.places == ("p0", "p1", "p3", "p4")
    assert [finding.code for finding in nominal.findings] == ["S105"]
    assert np.isfinite(draws.scores).all()


def test_methods_are_drawn_too_and_marked():
    nominal = compute(model(), panel())
    rng = np.random.default_rng(5)
    weights = draw_weights(nominal.model.tree, nominal.shares, parse_spec("dirichlet", "draws"), 4000, rng)
    normalisers = [parse_spec("minmax(1, 100)", "normalise"), parse_spec("rank", "normalise")]
    means = [parse_spec(name, "aggregate") for name in ("arithmetic", "geometric")]
    draws = simulate(nominal, weights, rng, normalisers, means)
    assert draws.on_scale.mean() == pytest.approx(0.25, abs=0.03)
    own = simulate(nominal, weights, rng)
    np.testing.assert_allclose(draws.scores[draws.on_scale], own.scores[draws.on_scale])


def test_a_constant_indicator_gets_no_weight_in_any_draw():
    flat = VALUES.copy()
    flat[:, 1] = 7.0
    nominal = compute(model(), panel(flat))
    assert [finding.code for finding in nominal.findings] == ["S104"]
    weights = draw_weights(
        nominal.model.tree, nominal.shares, parse_spec("dirichlet", "draws"), 20, np.random.default_rng(1)
    )
    constant = nominal.model.tree.indicators.index("b")
    assert (weights[:, constant] == 0).all()
    assert np.isfinite(simulate(nominal, weights, np.random.default_rng(1)).scores).all()


@given(st.integers(0, 10_000), st.integers(2, 7), st.integers(1, 40))
def test_summaries_keep_their_sums(seed, places, draws):
    ranks = rank_draws(np.random.default_rng(seed).integers(0, 4, (draws, places)).astype(float))
    shares = acceptability(ranks)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    for place in range(places):
        np.testing.assert_allclose(shares[place], np.bincount(ranks[:, place] - 1, minlength=places) / draws)
    wins = win_probability(ranks)
    np.testing.assert_allclose(wins + wins.T, 1)
    low, high = rank_intervals(shares, 0.9)
    assert (low <= high).all()


def test_rank_interval_ends_are_ranks_that_occur():
    ranks = np.array([[1, 2]] * 5 + [[2, 1]] * 95, dtype=np.int16)
    low, high = rank_intervals(acceptability(ranks), 0.9)
    assert low.tolist() == [1, 1]
    assert high.tolist() == [2, 1]


def test_score_interval_is_the_quantile():
    scores = np.random.default_rng(9).normal(size=(500, 3))
    low, high = score_intervals(scores, 0.9)
    np.testing.assert_allclose(low, np.quantile(scores, 0.05, axis=0))
    np.testing.assert_allclose(high, np.quantile(scores, 0.95, axis=0))


def test_dirichlet_is_uniform_on_the_simplex():
    tree = build_tree(FRAMEWORK)
    shares = np.ones(5)
    weights = draw_weights(tree, shares, parse_spec("dirichlet", "draws"), 60_000, np.random.default_rng(11))
    np.testing.assert_allclose(weights.mean(axis=0), 1 / 3, atol=0.004)
    np.testing.assert_allclose(weights.var(axis=0), 1 / 18, atol=0.002)
    assert np.mean(weights[:, 0] > 0.5) == pytest.approx(0.25, abs=0.006)


def test_draws_that_do_not_fit_into_memory_are_refused():
    require_memory("centre", 1_000_000, 100)
    with pytest.raises(ModelError, match="at most 500000"):
        require_memory("centre", 1_000_000, 200)
