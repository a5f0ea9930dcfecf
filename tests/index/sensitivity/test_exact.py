"""Exact Sobol indices: the handbook's eight models in full, and the definition by loops."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog import parse_spec
from innohub.errors import ModelError, NoSolutionError
from innohub.index import aggregate, normalise, rank_draws, rank_scores, win_probability
from innohub.index.sensitivity import enumerate_design, rank_shift, sobol_exact, tier_membership

RAW = np.array([[10.0, 1, 5], [20, 2, 4], [30, 3, 9], [22, 15, 2]])
DIRECTION = np.array([1.0, 1, -1])
NORMALISERS = ("minmax(1, 100)", "rank")
WEIGHTS = (np.ones(3) / 3, np.array([0.5, 0.3, 0.2]))
MEANS = ("arithmetic", "geometric")


def eight_models():
    """Scores of example B, (runs, places): normaliser slowest, aggregator fastest."""
    return np.array(
        [
            aggregate(
                normalise(RAW, DIRECTION, parse_spec(normaliser, "normalise")),
                w,
                parse_spec(mean, "aggregate"),
            )
            for normaliser, w, mean in product(NORMALISERS, WEIGHTS, MEANS)
        ]
    )


RANKS = np.array([rank_scores(scores) for scores in eight_models()])


def by_loops(y, levels, factor):
    """S and ST of one output: group the runs by hand."""
    runs = list(product(*(range(level) for level in levels)))
    groups, rest = {}, {}
    for run, value in zip(runs, y, strict=True):
        groups.setdefault(run[factor], []).append(value)
        rest.setdefault(run[:factor] + run[factor + 1 :], []).append(value)
    v = np.var(y)
    first = np.var([np.mean(group) for group in groups.values()]) / v
    return first, 1 - np.var([np.mean(group) for group in rest.values()]) / v


def test_order_of_the_design():
    design = enumerate_design([2, 2, 2])
    assert design.tolist() == [list(run) for run in product(range(2), repeat=3)]


def test_handbook_ranks():
    assert RANKS[:, 1].tolist() == [2, 2, 3, 2, 3, 2, 3, 3]
    assert RANKS[:, 2].tolist() == [3, 3, 2, 3, 2, 2, 2, 2]
    assert len(set(RANKS[:, 0])) == len(set(RANKS[:, 3])) == 1


def test_handbook_indices():
    sobol = sobol_exact(RANKS, [2, 2, 2])
    np.testing.assert_allclose(sobol.variance, [0, 0.25, 0.234375, 0])
    np.testing.assert_allclose(sobol.first[:, 1], 0.25)
    np.testing.assert_allclose(sobol.total[:, 1], 0.5)
    assert sobol.mean[2] == 2.375
    np.testing.assert_allclose(sobol.first[:, 2], [0.6, 1 / 15, 1 / 15])
    np.testing.assert_allclose(sobol.total[:, 2], [0.8, 4 / 15, 4 / 15])


def test_no_variance_means_undefined_not_zero():
    sobol = sobol_exact(RANKS, [2, 2, 2])
    assert sobol.defined.tolist() == [False, True, True, False]
    assert np.isnan(sobol.first[:, [0, 3]]).all()
    assert np.isnan(sobol.total[:, [0, 3]]).all()
    assert [(f.code, f.level, f.params["count"]) for f in sobol.findings] == [("S203", "note", 2)]
    last_bits = np.array([[0.1 + 0.2], [0.3]])
    assert not sobol_exact(last_bits, [2]).defined.any()


def test_handbook_win_probability():
    wins = win_probability(rank_draws(eight_models()))
    assert wins[2, 1] == 0.5625


def test_the_cube_root_of_twelve_is_a_tie():
    """Ranks 1, 2, 3 and 4 give 12^(1/3) twice; the last bit must not decide."""
    scores = eight_models()[5]
    np.testing.assert_allclose(scores[[1, 2]], 12 ** (1 / 3), rtol=1e-14)
    assert rank_scores(scores)[[1, 2]].tolist() == [2, 2]
    two_ways = np.array([np.exp(np.log([2.0, 2, 3]).mean()), np.prod([2.0, 2, 3]) ** (1 / 3), 1.0])
    assert len({rank_scores(two_ways[[0, 1]])[place] for place in (0, 1)}) == 1


@given(st.integers(0, 9999), st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_definition(seed, levels):
    runs = int(np.prod(levels))
    y = np.random.default_rng(seed).integers(0, 5, (runs, 3)).astype(float)
    sobol = sobol_exact(y, levels)
    for output in range(3):
        if np.ptp(y[:, output]) == 0:
            assert not sobol.defined[output]
            continue
        for factor in range(len(levels)):
            expected = by_loops(y[:, output], levels, factor)
            found = sobol.first[factor, output], sobol.total[factor, output]
            np.testing.assert_allclose(found, expected, atol=1e-12)
        assert sobol.first[:, output].sum() <= 1 + 1e-12
        assert sobol.total[:, output].sum() >= 1 - 1e-12
        assert (sobol.first[:, output] <= sobol.total[:, output] + 1e-12).all()


def test_large_offset_costs_no_digits():
    y = np.random.default_rng(0).normal(size=(8, 2))
    near, far = sobol_exact(y, [2, 4]), sobol_exact(y + 1e6, [2, 4])
    np.testing.assert_allclose(far.first, near.first, rtol=1e-8)


def test_unequal_probabilities_are_repeated_levels():
    y = np.random.default_rng(1).normal(size=(2, 3))
    copied = sobol_exact(y[[0, 0, 0, 1]].reshape(-1, 1), [4, 3])
    weighted = sobol_exact(y.reshape(-1, 1), [2, 3], [np.array([3.0, 1]), np.ones(3)])
    np.testing.assert_allclose(weighted.first, copied.first)
    np.testing.assert_allclose(weighted.total, copied.total)
    np.testing.assert_allclose(weighted.mean, copied.mean)


def test_outputs_of_a_design():
    shift = rank_shift(RANKS, RANKS[0])
    np.testing.assert_allclose(shift, [0, 0, 0.5, 0, 0.5, 0.25, 0.5, 0.5])
    above = tier_membership((RANKS > 2).astype(np.int64) + (RANKS > 3), 3)
    assert above.shape == (8, 2, 4)
    np.testing.assert_array_equal(above[:, 0], RANKS <= 2)
    np.testing.assert_array_equal(above[:, 1], RANKS <= 3)
    together = np.hstack([RANKS, shift[:, None], above.reshape(8, -1)])
    sobol = sobol_exact(together, [2, 2, 2])
    assert sobol.first.shape == (3, 4 + 1 + 8)
    np.testing.assert_allclose(
        sobol.first[:, 4], by_hand := [by_loops(shift, [2, 2, 2], f)[0] for f in range(3)]
    )
    assert len(by_hand) == 3


def test_too_many_runs():
    assert len(enumerate_design([20_000])) == 20_000
    with pytest.raises(ModelError, match="S200"):
        enumerate_design([10] * 40)


def test_a_failed_run_is_named():
    y = np.ones((4, 2))
    y[2, 1] = np.nan
    with pytest.raises(NoSolutionError, match="3"):
        sobol_exact(y, [2, 2])
