"""Distances against scikit-learn and SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist
from scipy.stats import ortho_group
from sklearn.covariance import ledoit_wolf_shrinkage, shrunk_covariance
from sklearn.metrics.pairwise import nan_euclidean_distances

from innohub.position.standing.distance import (
    contributions,
    ledoit_wolf,
    pairwise_contributions,
    shrink,
    z_scores,
)


def drawn(seed, places=12, variables=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(places, variables)) @ rng.normal(size=(variables, variables))


@given(st.integers(0, 9999), st.integers(2, 30), st.integers(1, 8))
def test_ledoit_wolf_is_that_of_scikit_learn(seed, places, variables):
    x = drawn(seed, places, variables)
    if variables > 1:
        assert ledoit_wolf(x) == pytest.approx(ledoit_wolf_shrinkage(x), abs=1e-9)
    else:
        assert ledoit_wolf(x) == pytest.approx(0.0, abs=1e-9)


@given(st.integers(0, 9999), st.floats(0.02, 1))
def test_stated_shrinkage_is_that_of_scikit_learn(seed, shrinkage):
    x = drawn(seed)
    wanted = shrunk_covariance(np.cov(x, rowvar=False, ddof=0), shrinkage)
    found = shrink(x, shrinkage)
    assert found.covariance == pytest.approx(wanted)
    assert (found.shrinkage, found.forced) == (shrinkage, False)


@given(st.integers(0, 9999))
def test_parts_sum_to_the_mahalanobis_distance_of_scipy(seed):
    x = drawn(seed)
    covariance = shrink(x, 0.3).covariance
    parts = contributions(x[1:] - x[0], covariance)
    wanted = cdist(x[:1], x[1:], "mahalanobis", VI=np.linalg.inv(covariance))[0] ** 2
    assert parts.sum(axis=1) == pytest.approx(wanted)
    assert (parts >= 0).all()


@given(st.integers(0, 9999))
def test_parts_are_those_of_the_symmetric_root(seed):
    x = drawn(seed)
    covariance = shrink(x).covariance
    sd = np.sqrt(np.diag(covariance))
    root = np.linalg.inv(np.real(sqrtm(covariance / np.outer(sd, sd))))
    assert contributions(x, covariance) == pytest.approx(((x / sd) @ root) ** 2, rel=1e-6, abs=1e-9)


@given(st.integers(0, 999))
def test_no_other_uncorrelated_variables_stay_closer_to_the_first(seed):
    """Garthwaite & Koch 2016: the sum of correlations with the variables is the largest there is."""
    covariance = shrink(drawn(seed), 0.05).covariance
    sd = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / np.outer(sd, sd))
    root = vectors * np.sqrt(values) @ vectors.T
    turned = ortho_group.rvs(len(sd), random_state=np.random.default_rng(seed)) @ root
    assert np.trace(root) >= np.trace(turned) - 1e-12


@given(st.integers(0, 9999), st.floats(0, 0.5))
def test_gaps_are_treated_as_by_scikit_learn(seed, share):
    rng = np.random.default_rng(seed)
    x = np.where(rng.random((9, 5)) < share, np.nan, rng.normal(size=(9, 5)))
    x[0, 0] = 1.0
    parts, shares = pairwise_contributions(x, 0, np.eye(5))
    wanted = nan_euclidean_distances(x[:1], x)[0] ** 2
    both = ~np.isnan(x) & ~np.isnan(x[0])
    assert shares == pytest.approx(both.mean(axis=1))
    some = both.any(axis=1)
    assert np.nansum(parts, axis=1)[some] == pytest.approx(wanted[some])
    assert np.isnan(wanted[~some]).all()
    assert (np.isnan(parts) == ~both).all()


def test_gaps_with_a_covariance_use_its_block():
    x = drawn(5)
    covariance = shrink(x, 0.2).covariance
    x[3, 1] = np.nan
    parts, shares = pairwise_contributions(x, 0, covariance)
    used = [0, 2, 3]
    block = np.linalg.inv(covariance[np.ix_(used, used)])
    difference = x[3, used] - x[0, used]
    assert np.nansum(parts[3]) == pytest.approx(4 / 3 * difference @ block @ difference)
    assert shares[3] == pytest.approx(0.75)


@pytest.mark.parametrize("shrinkage", [0.0, None])
def test_a_repeated_variable_is_shrunk_away(shrinkage):
    one = np.arange(40.0) - 19.5
    found = shrink(np.column_stack([one, one]), shrinkage)
    assert np.linalg.cond(found.covariance) < 1e4
    assert found.forced is (shrinkage == 0.0)
    assert found.shrinkage >= 0.01


def test_no_shrinkage_is_plain_where_that_works():
    x = drawn(2, 30)
    found = shrink(x, 0.0)
    assert found.covariance == pytest.approx(np.cov(x, rowvar=False, ddof=0))
    assert (found.shrinkage, found.forced) == (0.0, False)


def test_z_scores_use_the_population_sd_of_what_is_there():
    z = z_scores(np.array([[10.0, 1], [20, np.nan], [30, 2], [40, 3], [50, 6]]))
    assert z[:, 0] == pytest.approx((np.arange(5) - 2) / np.sqrt(2))
    assert np.isnan(z[1, 1])
    assert np.nanmean(z[:, 1]) == pytest.approx(0)
