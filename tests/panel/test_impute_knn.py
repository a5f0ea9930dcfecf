"""k nearest neighbours against scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.impute import KNNImputer
from sklearn.metrics.pairwise import nan_euclidean_distances

from innohub.catalog import parse_spec
from innohub.panel import Table, impute
from innohub.panel.impute.neighbours import distances

NAN = np.nan


def _random(seed, rows=30, columns=6, share=0.15):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, columns)) * [1, 10, 100, 0.1, 5, 2]
    x[rng.random(x.shape) < share] = NAN
    x[0] = np.arange(6.0)
    return x


@pytest.mark.reference
@pytest.mark.parametrize("weights", ["uniform", "distance"])
@pytest.mark.parametrize("k", [1, 3, 5])
@pytest.mark.parametrize("seed", range(4))
def test_agrees_with_scikit_learn_on_standardised_columns(seed, k, weights):
    x = _random(seed)
    mean, sd = np.nanmean(x, axis=0), np.nanstd(x, axis=0)
    peer = KNNImputer(n_neighbors=k, weights=weights).fit_transform((x - mean) / sd) * sd + mean
    table = Table(x, [str(i) for i in range(30)], list("uvwxyz"))
    done = impute(table, parse_spec(f"knn({k}, {weights})", "impute"))
    assert not np.isnan(done.values).any()
    np.testing.assert_allclose(done.values, peer, rtol=1e-10)


@pytest.mark.reference
def test_distances_agree_with_scikit_learn():
    x = _random(9, share=0.5)
    np.testing.assert_allclose(distances(x), nan_euclidean_distances(x), atol=1e-6)


def test_neighbours_tied_at_the_last_place_all_count():
    x = np.array([[0.0, NAN], [1.0, 10.0], [-1.0, 20.0], [5.0, 99.0]])
    table = Table(x, list("abcd"), ["u", "v"])
    assert impute(table, parse_spec("knn(1)", "impute")).values[0, 1] == 15


def test_a_twin_decides_alone_when_weighted_by_distance():
    x = np.array([[1.0, NAN], [1.0, 10.0], [2.0, 20.0]])
    assert (
        impute(Table(x, list("abc"), ["u", "v"]), parse_spec("knn(2, distance)", "impute")).values[0, 1] == 10
    )


def test_no_shared_indicator_leaves_the_gap():
    x = np.array([[1.0, NAN], [NAN, 10.0], [NAN, 20.0]])
    done = impute(Table(x, list("abc"), ["u", "v"]), parse_spec("knn", "impute"))
    assert np.isnan(done.values[0, 1])
    assert {finding.code for finding in done.findings} == {"P126"}
