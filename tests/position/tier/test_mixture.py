"""Gaussian mixtures against scikit-learn's."""

import numpy as np
import pytest
from sklearn.mixture import GaussianMixture

from innohub.position import fit_mixture, natural_breaks
from innohub.position.tier.mixture import mixture_sizes

SCORES = np.concatenate([np.random.default_rng(8).normal(m, 0.5, 12) for m in (0, 4, 9)])


@pytest.mark.reference
@pytest.mark.parametrize(("variance", "kind"), [("equal", "tied"), ("free", "full")])
@pytest.mark.parametrize("components", [1, 2, 3])
def test_same_optimum_as_scikit_learn(variance, kind, components):
    ours = fit_mixture(SCORES[None, :], components, variance)
    precision = 1 / ours.sds[0] ** 2
    theirs = GaussianMixture(
        components,
        covariance_type=kind,
        weights_init=ours.shares[0] / ours.shares[0].sum(),
        means_init=ours.means.T,
        precisions_init=precision[:1, None] if kind == "tied" else precision[:, None, None],
        tol=1e-10,
        reg_covar=1e-12,
        max_iter=2000,
    ).fit(SCORES[:, None])
    assert ours.log_likelihood[0] == pytest.approx(theirs.score(SCORES[:, None]) * len(SCORES), rel=1e-5)
    assert ours.bic[0] == pytest.approx(theirs.bic(SCORES[:, None]), rel=1e-5)
    np.testing.assert_allclose(ours.means[0], np.sort(theirs.means_[:, 0])[::-1], rtol=1e-4, atol=1e-4)


def test_bic_finds_three_groups():
    bic = [fit_mixture(SCORES[None, :], k).bic[0] for k in (1, 2, 3, 4)]
    assert int(np.argmin(bic)) + 1 == 3
    assert mixture_sizes(SCORES[None, :], fit_mixture(SCORES[None, :], 3)).tolist() == [[12, 12, 12]]


def test_classes_follow_the_order_of_scores():
    scores = np.array([[0.0, 0.1, -0.1, 0.05, 8.0, -8.0, 0.02, 12.0]])
    sizes = mixture_sizes(scores, fit_mixture(scores, 2, "free"))[0]
    assert sizes.sum() == 8
    assert (natural_breaks(scores, 2).sum(axis=1) == 8).all()
