"""EM and multiple imputation: closed forms, direct maximisation, and statistics of the draws."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import multivariate_normal
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer
from sklearn.linear_model import LinearRegression

from innohub.catalog import parse_spec
from innohub.errors import NoSolutionError
from innohub.panel import Table, draw_imputations, impute
from innohub.panel.impute import fit_normal

NAN = np.nan


def _data(seed=1, rows=40, share=0.2):
    rng = np.random.default_rng(seed)
    root = np.array([[1.0, 0.6, 0.2], [0.0, 0.8, -0.4], [0.0, 0.0, 0.9]])
    x = rng.normal(size=(rows, 3)) @ root * [1, 100, 0.01] + [5, 0, 1]
    x[rng.random(x.shape) < share] = NAN
    x[:2] = [[4.0, 50.0, 1.01], [6.0, -20.0, 0.99]]
    return x


def _table(x):
    return Table(x, [str(i) for i in range(len(x))], [f"i{j}" for j in range(x.shape[1])])


def _log_likelihood(x, mean, covariance):
    total = 0.0
    for row in x:
        seen = ~np.isnan(row)
        if seen.any():
            total += multivariate_normal.logpdf(row[seen], mean[seen], covariance[np.ix_(seen, seen)])
    return total


def test_complete_data_give_mean_and_population_covariance():
    x = _data(share=0)
    fit = fit_normal(x)
    np.testing.assert_allclose(fit.mean, x.mean(axis=0), rtol=1e-10)
    np.testing.assert_allclose(fit.covariance, np.cov(x.T, ddof=0), rtol=1e-10)
    assert fit.converged


@pytest.mark.reference
def test_monotone_gaps_have_a_closed_form():
    """Anderson (1957), JASA 52:200-203: regress the gappy column on the whole one, carry the regression over."""
    x = _data(3, share=0)[:, :2]
    x[25:, 1] = NAN
    u, v = x[:25, 0], x[:25, 1]
    slope = ((u - u.mean()) * (v - v.mean())).sum() / ((u - u.mean()) ** 2).sum()
    residual = ((v - v.mean() - slope * (u - u.mean())) ** 2).mean()
    mean_v = v.mean() + slope * (x[:, 0].mean() - u.mean())
    var_u = x[:, 0].var()
    fit = fit_normal(x, tolerance=1e-13)
    np.testing.assert_allclose(fit.mean, [x[:, 0].mean(), mean_v], rtol=1e-8)
    expected = [[var_u, slope * var_u], [slope * var_u, residual + slope**2 * var_u]]
    np.testing.assert_allclose(fit.covariance, expected, rtol=1e-7)


@pytest.mark.reference
def test_one_gappy_column_is_filled_like_scikit_learn_regression():
    x = _data(5, share=0)
    x[::4, 2] = NAN
    peer = IterativeImputer(LinearRegression(), max_iter=1, tol=0, imputation_order="ascending")
    with pytest.warns(UserWarning, match="Early stopping"):
        expected = peer.fit_transform(x)
    done = impute(_table(x), parse_spec("em(0, 1e-13)", "impute"))
    np.testing.assert_allclose(done.values, expected, rtol=1e-8)


@pytest.mark.reference
def test_nothing_is_more_likely_than_the_fit():
    x = _data(7)
    z = (x - np.nanmean(x, axis=0)) / np.nanstd(x, axis=0)
    fit = fit_normal(z, tolerance=1e-12)
    assert fit.log_likelihood[-1] == pytest.approx(_log_likelihood(z, fit.mean, fit.covariance), rel=1e-9)

    def unlikelihood(theta):
        root = np.zeros((3, 3))
        root[np.tril_indices(3)] = theta[3:]
        return -_log_likelihood(z, theta[:3], root @ root.T + 1e-12 * np.eye(3))

    start = np.r_[fit.mean, np.linalg.cholesky(fit.covariance)[np.tril_indices(3)]]
    found = minimize(unlikelihood, start + 0.05, method="BFGS", options={"gtol": 1e-4})
    np.testing.assert_allclose(found.fun, -fit.log_likelihood[-1], atol=1e-5)
    np.testing.assert_allclose(found.x[:3], fit.mean, atol=1e-3)


@pytest.mark.parametrize("ridge", [0.0, 5.0])
@pytest.mark.parametrize("seed", range(5))
def test_likelihood_never_falls_and_is_that_of_the_data(seed, ridge):
    x = _data(seed, share=0.3)
    fit = fit_normal(x, ridge=ridge)
    assert fit.converged
    assert all(after >= before - 1e-9 * abs(after) for before, after in pairwise(fit.log_likelihood))
    if not ridge:
        assert fit.log_likelihood[-1] == pytest.approx(_log_likelihood(x, fit.mean, fit.covariance), rel=1e-8)


@pytest.mark.parametrize("units", [[2, 0.1, 30], [1e9, 1e-9, 1]])
def test_units_and_order_do_not_matter(units):
    x = _data(11)
    order = np.random.default_rng(0).permutation(len(x))
    here = impute(_table(x), parse_spec("em(1)", "impute")).values
    there = impute(_table((x * units)[order]), parse_spec("em(1)", "impute")).values
    np.testing.assert_allclose(there, (here * units)[order], rtol=1e-6)


def test_too_few_places_ask_for_a_ridge():
    x = np.random.default_rng(0).normal(size=(5, 6))
    x[0, 0] = NAN
    with pytest.raises(NoSolutionError) as caught:
        impute(_table(x), parse_spec("em", "impute"))
    assert caught.value.findings[0].code == "P133"
    assert "ridge" in caught.value.render("zh")
    assert impute(_table(x), parse_spec("em(ridge = 3)", "impute")).filled.sum() == 1


def test_an_indicator_that_is_a_sum_of_others_asks_for_a_ridge():
    x = _data(2, share=0)
    x = np.column_stack([x[:, 0], x[:, 1], x[:, 0] + x[:, 1]])
    x[0, 0] = NAN
    with pytest.raises(NoSolutionError):
        fit_normal(x)


def test_constant_indicator_and_empty_row():
    x = np.column_stack([_data(4), np.full(40, 3.0)])
    x[5] = NAN
    x[9, 3] = NAN
    done = impute(_table(x), parse_spec("em", "impute"))
    assert done.values[9, 3] == 3
    np.testing.assert_allclose(done.values[5], fit_normal(x).mean)


def test_stopping_early_is_told():
    done = impute(_table(_data(6, share=0.4)), parse_spec("em(most = 2)", "impute"))
    assert [finding.code for finding in done.findings] == ["P135"]


def test_draws_have_the_conditional_moments():
    x = _data(8, share=0)
    x[0, 1] = x[0, 2] = x[1, 0] = NAN
    draws = draw_imputations(_table(x), parse_spec("multiple(20000)", "impute"), np.random.default_rng(1))
    fit = fit_normal(x)
    seen, gone = [0], [1, 2]
    slopes = np.linalg.solve(fit.covariance[np.ix_(seen, seen)], fit.covariance[np.ix_(seen, gone)])
    middle = fit.mean[gone] + (x[0, seen] - fit.mean[seen]) @ slopes
    residual = fit.covariance[np.ix_(gone, gone)] - fit.covariance[np.ix_(gone, seen)] @ slopes
    sd = np.sqrt(np.diag(residual))
    sample = (draws[:, 0, gone] - middle) / sd
    np.testing.assert_allclose(sample.mean(axis=0), 0, atol=0.03)
    np.testing.assert_allclose(np.cov(sample.T), residual / np.outer(sd, sd), atol=0.04)
    known = ~np.isnan(x)
    assert (draws[:, known] == x[known]).all()
    np.testing.assert_allclose(middle, impute(_table(x), parse_spec("multiple", "impute")).values[0, gone])


def test_bootstrap_draws_share_the_uncertainty_of_the_parameters():
    x = _data(10, rows=14, share=0)[:, :2]
    x[np.argsort(x[:, 0])[-3:], 1] = NAN
    gone = np.flatnonzero(np.isnan(x[:, 1]))
    together = {}
    for variant in ("conditional", "bootstrap"):
        spec = parse_spec(f"multiple(150, variant = {variant})", "impute")
        draws = draw_imputations(_table(x), spec, np.random.default_rng(2))[:, gone, 1]
        together[variant] = np.corrcoef(draws.T)[np.triu_indices(3, 1)].mean()
    assert abs(together["conditional"]) < 0.1
    assert together["bootstrap"] > 0.2


def test_same_seed_same_draws():
    spec = parse_spec("multiple(3)", "impute")
    one, two = (draw_imputations(_table(_data(1)), spec, np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(one, two)
