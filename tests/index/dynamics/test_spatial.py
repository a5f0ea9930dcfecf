"""Spatial Markov chains against another program and counting by hand."""

import json
from pathlib import Path

import numpy as np
import pytest

from innohub.errors import ScaleError
from innohub.index.dynamics import classify_pooled, markov, spatial_lag, spatial_markov

TOLD = json.loads((Path(__file__).parents[2] / "reference" / "markov_giddy.json").read_text(encoding="utf-8"))
Y, NEIGHBOURS = np.array(TOLD["y"]), np.array(TOLD["neighbours"], dtype=float)


@pytest.mark.reference
def test_another_program_agrees():
    chain = spatial_markov(Y, NEIGHBOURS, 4, lag_classes=3)
    np.testing.assert_allclose(chain.lag.limits, TOLD["lag_limits"], rtol=1e-12)
    np.testing.assert_array_equal([part.counts for part in chain.given], TOLD["conditional_counts"])
    np.testing.assert_array_equal(chain.pooled.counts, TOLD["transitions"])
    assert chain.statistic == pytest.approx(TOLD["chi2"], rel=1e-12)
    assert chain.freedom == TOLD["freedom"]
    assert chain.p == pytest.approx(TOLD["p_value"], rel=1e-10)


def test_counting_by_hand():
    chain = spatial_markov(Y, NEIGHBOURS, 3)
    own, lags = classify_pooled(Y, 3).number, np.empty(Y.shape)
    for year in range(len(Y)):
        for place in range(Y.shape[1]):
            lags[year, place] = np.mean(Y[year][NEIGHBOURS[place] > 0])
    at = classify_pooled(lags, 3).number
    counts = np.zeros((3, 3, 3))
    for year in range(len(Y) - 1):
        for place in range(Y.shape[1]):
            counts[at[year, place], own[year, place], own[year + 1, place]] += 1
    np.testing.assert_array_equal([part.counts for part in chain.given], counts)
    np.testing.assert_array_equal(chain.pooled.counts, markov(own, 3).counts)


def test_weights_need_not_sum_to_one():
    one, other = spatial_markov(Y, NEIGHBOURS), spatial_markov(Y, NEIGHBOURS * 5)
    np.testing.assert_array_equal(one.lag.number, other.lag.number)


def test_an_island_is_left_out_and_named():
    alone = NEIGHBOURS.copy()
    alone[3] = 0
    chain = spatial_markov(Y, alone)
    assert [f.params["places"] for f in chain.findings if f.code == "S191"] == [("4",)]
    assert chain.pooled.missing == len(Y) - 1
    assert (chain.lag.number[:, 3] == -1).all()


def test_missing_neighbours_are_left_out_of_the_mean():
    y = np.array([[1.0, 3, np.nan]])
    lag = spatial_lag(y, np.ones((3, 3)) - np.eye(3))
    assert lag.tolist() == [[3.0, 1.0, 2.0]]


@pytest.mark.parametrize(
    "matrix", [np.ones((2, 3)), np.eye(12), -np.ones((12, 12)), np.full((12, 12), np.nan)]
)
def test_matrices_that_do_not_fit(matrix):
    with pytest.raises(ScaleError, match="S190"):
        spatial_lag(Y, matrix)


def test_one_lag_class_cannot_differ():
    chain = spatial_markov(Y, NEIGHBOURS, 3, lag_classes=1)
    assert chain.freedom == 0
    assert np.isnan(chain.p)
    assert chain.statistic == pytest.approx(0)
