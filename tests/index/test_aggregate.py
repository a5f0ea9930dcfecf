"""Weighted means: worked values, missing children, many weightings at once."""

import numpy as np
import pytest

from innohub.catalog import parse_spec
from innohub.errors import ScaleError
from innohub.index.aggregate import aggregate as aggregate_by_spec
from innohub.index.aggregate import enough


def aggregate(x, weights, method):
    return aggregate_by_spec(x, weights, parse_spec(method, "aggregate"))


Z = np.array([[0.2, 0.5, 0.8], [0.9, 0.4, 0.1]])
W = np.array([0.5, 0.3, 0.2])


@pytest.mark.reference
@pytest.mark.parametrize(("method", "expected"), [("arithmetic", 0.41), ("geometric", 0.347395)])
def test_handbook_values(method, expected):
    assert aggregate(Z, W, method)[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("method", ["arithmetic", "geometric"])
def test_weights_are_relative(method):
    np.testing.assert_allclose(aggregate(Z, 7 * W, method), aggregate(Z, W, method), rtol=1e-14)


@pytest.mark.parametrize("method", ["arithmetic", "geometric"])
def test_many_weightings_equal_one_by_one(method):
    weights = np.random.default_rng(1).dirichlet(np.ones(3), 50)
    together = aggregate(Z, weights, method)
    np.testing.assert_allclose(together, [aggregate(Z, w, method) for w in weights], rtol=1e-13)


@pytest.mark.parametrize("method", ["arithmetic", "geometric"])
def test_scores_that_differ_by_draw(method):
    rng = np.random.default_rng(2)
    weights, x = rng.dirichlet(np.ones(3), 20), rng.uniform(0.1, 1, (20, 5, 3))
    np.testing.assert_allclose(
        aggregate(x, weights, method),
        [aggregate(a, w, method) for a, w in zip(x, weights, strict=True)],
        rtol=1e-13,
    )


@pytest.mark.parametrize("method", ["arithmetic", "geometric"])
def test_missing_children_are_left_out_and_weights_rescaled(method):
    gap = np.array([[0.2, np.nan, 0.8]])
    kept = aggregate(gap[:, [0, 2]], W[[0, 2]], method)
    np.testing.assert_allclose(aggregate(gap, W, method), kept)
    np.testing.assert_allclose(aggregate(gap, np.tile(W, (4, 1)), method), np.tile(kept, (4, 1)))


@pytest.mark.parametrize("value", [0.0, -0.3])
def test_geometric_mean_refuses_zero_and_below(value):
    with pytest.raises(ScaleError, match="S106"):
        aggregate(np.array([[value, 0.5, 0.4]]), W, "geometric")


def test_missing_rule_by_count_and_by_weight():
    x = np.array([[1.0, np.nan, np.nan], [1.0, 1.0, np.nan], [1.0, 1.0, 1.0]])
    assert enough(x, W, 2 / 3, "count").tolist() == [False, True, True]
    assert enough(x, W, 0.5, "weight").tolist() == [True, True, True]
