"""The tier methods, their refusals, and the three definitions of probability."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from innohub.catalog import parse_spec
from innohub.errors import ModelError, ScaleError
from innohub.position import above, assign, cut

SCORES = np.array([0.9, 0.5, 0.45, 0.2, 0.15, 0.1])


def sizes(spec, tiers=3, scale="raw", scores=SCORES):
    return cut(scores, parse_spec(spec, "tiers"), tiers, scale).sizes


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("natural_breaks", (1, 2, 3)),
        ("thresholds(0.5, 0.2)", (2, 2, 2)),
        ("thresholds(0.5, 0.2, closed = right)", (1, 2, 3)),
        ("sizes(1, 1, 4)", (1, 1, 4)),
        ("quantiles(0.2, 0.3, 0.5)", (1, 2, 3)),
        ("mixture(3)", (1, 2, 3)),
    ],
)
def test_methods(spec, expected):
    assert sizes(spec) == expected


def test_limits_lie_midway_or_are_as_given():
    assert cut(SCORES, parse_spec("natural_breaks", "tiers"), 3, "raw").limits == pytest.approx((0.7, 0.325))
    assert cut(SCORES, parse_spec("thresholds(0.5, 0.2)", "tiers"), 3, "raw").limits == (0.5, 0.2)


def test_a_limit_belongs_to_the_side_that_is_said():
    assert above(SCORES, (0.5, 0.2), "left").tolist() == [0, 0, 1, 1, 2, 2]
    assert above(SCORES, (0.5, 0.2), "right").tolist() == [0, 1, 1, 2, 2, 2]


def test_tied_places_share_the_higher_tier():
    assert assign(np.array([1, 2, 2, 4]), np.array([2, 2])).tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("spec", "tiers", "code"),
    [
        ("thresholds(0.5)", 3, "M121"),
        ("thresholds(0.2, 0.5)", 3, "M121"),
        ("sizes(3, 5)", 3, "M122"),
        ("sizes(1, 2, 4)", 3, "M122"),
        ("quantiles(0.5, 0.6)", 2, "M123"),
        ("natural_breaks", 7, "M120"),
    ],
)
def test_refusals(spec, tiers, code):
    with pytest.raises(ModelError) as caught:
        sizes(spec, tiers)
    assert caught.value.findings[0].code == code
    assert caught.value.render("zh")
    assert caught.value.render("en")


def test_log_scale_needs_positive_scores():
    with pytest.raises(ScaleError, match="S110"):
        sizes("natural_breaks", 2, "log", np.array([0.0, 0.5, 1.0]))


@pytest.mark.reference
def test_scale_matters():
    x = np.array([1.0, 2, 3, 10, 11, 30])
    assert sizes("natural_breaks", 2, "raw", x) == (1, 5)
    assert sizes("natural_breaks", 2, "log", x) == (3, 3)
    assert sizes("natural_breaks", 3, "rank", x) == (2, 2, 2)


def test_kmeans_is_the_exact_optimum_that_scikit_learn_looks_for():
    rng = np.random.default_rng(0)
    for seed in range(8):
        x = rng.lognormal(size=25)
        found = cut(x, parse_spec("kmeans", "tiers"), 4, "raw")
        parts = np.split(np.sort(x)[::-1], np.cumsum(found.sizes)[:-1])
        own = sum(((part - part.mean()) ** 2).sum() for part in parts)
        theirs = KMeans(4, n_init=30, random_state=seed).fit(x[:, None])
        assert own == pytest.approx(theirs.inertia_, rel=1e-9)
        # One start at random may miss it, and never beats it.
        one = KMeans(4, n_init=1, init="random", random_state=seed).fit(x[:, None])
        assert own <= one.inertia_ * (1 + 1e-12)
    assert sizes("kmeans", 2, "log", np.array([1.0, 2, 3, 10, 11, 30])) == (3, 3)


@pytest.mark.reference
def test_mean_and_standard_deviation_as_in_the_worked_example():
    x = np.array([10.0, 20, 30, 40, 50])
    assert cut(x, parse_spec("mean_sd", "tiers"), 3, "raw").limits == pytest.approx(
        (37.0711, 22.9289), abs=1e-4
    )
    sample = cut(x, parse_spec("mean_sd(0.5, 1)", "tiers"), 3, "raw")
    assert sample.limits == pytest.approx((37.9057, 22.0943), abs=1e-4)
    assert sizes("mean_sd", 3, "raw", x) == (2, 1, 2)


def test_mean_and_standard_deviation_at_the_limit_from_both_sides():
    # Mean 0, deviation 1 (population): the limits are exactly 1 and -1.
    x = np.array([1.0, 1, -1, -1])
    assert cut(
        np.array([1.0, -1, 0]) / np.sqrt(2 / 3), parse_spec("mean_sd(1)", "tiers"), 3, "raw"
    ).sizes == (1, 1, 1)
    spec = parse_spec("mean_sd(1)", "tiers")
    both = np.concatenate([x, [0.5, -0.5]]) * 3 + 7
    limits = cut(both, spec, 3, "raw").limits
    assert above(np.array([limits[0], limits[0] - 1e-6, limits[1], limits[1] - 1e-6]), limits, "left").tolist() == [
        0, 1, 1, 2,
    ]  # fmt: skip
    assert above(np.array([limits[0] + 1e-6, limits[0], limits[1] + 1e-6, limits[1]]), limits, "right").tolist() == [
        0, 1, 1, 2,
    ]  # fmt: skip


@pytest.mark.parametrize(("closed", "expected"), [("left", (4, 3, 4)), ("right", (3, 3, 5))])
def test_quantiles_of_scores_own_the_score_on_the_limit(closed, expected):
    # Eleven scores: the 70 and 40 per cent quantiles are the eighth and the fifth from below, whatever the floats say.
    for scale in (1.0, 0.1, 1 / 3, 1e-7, -1.0):
        x = np.arange(1, 12) * 0.1 * abs(scale) + (5 if scale < 0 else 0)
        found = cut(x, parse_spec(f"quantile(0.7, 0.4, closed = {closed})", "tiers"), 3, "raw")
        assert found.sizes == expected
        assert found.limits == pytest.approx((x[7], x[4]))


def test_quantiles_agree_with_numpy_and_tied_scores_stay_together():
    x = np.random.default_rng(2).normal(size=37)
    found = cut(x, parse_spec("quantile(0.8, 0.35)", "tiers"), 3, "raw")
    assert found.limits == pytest.approx((np.quantile(x, 0.8), np.quantile(x, 0.35)))
    assert found.sizes == (
        (x >= found.limits[0]).sum(),
        37 - (x >= found.limits[0]).sum() - (x < found.limits[1]).sum(),
        (x < found.limits[1]).sum(),
    )
    assert sizes("quantile(0.5)", 2, "raw", np.array([1.0, 2, 2, 2, 3])) == (4, 1)


@pytest.mark.parametrize(
    ("shares", "places", "expected"),
    [
        ("0.1, 0.2", 10, (1, 2, 7)),
        ("0.1, 0.2", 15, (2, 3, 10)),
        ("0.1, 0.2", 14, (1, 3, 10)),
        ("0.1, 0.2", 4, (0, 1, 3)),
        ("0.1, 0.2", 5, (1, 1, 3)),
        ("0.15, 0.15", 10, (2, 1, 7)),
    ],
)
def test_quotas_round_half_up_and_leave_the_rest_to_the_lowest(shares, places, expected):
    assert sizes(f"quota({shares})", 3, "raw", np.arange(places, dtype=float)) == expected


@pytest.mark.parametrize(
    ("spec", "tiers", "code"),
    [
        ("quota(0.1)", 3, "N301"),
        ("quota(0.1, 0.2)", 2, "N301"),
        ("quota(0.5, 0.5)", 3, "N301"),
        ("quota(0.1, -0.2)", 3, "N301"),
        ("quantile(0.4, 0.7)", 3, "N300"),
        ("quantile(1, 0.5)", 3, "N300"),
        ("quantile(0.5, 0)", 3, "N300"),
        ("quantile(0.5)", 3, "N300"),
        ("mean_sd", 2, "N302"),
        ("mean_sd(0)", 3, "N302"),
        ("mean_sd(0.5, 2)", 3, "N302"),
    ],
)
def test_refusals_of_shares_and_limits(spec, tiers, code):
    with pytest.raises(ModelError) as caught:
        sizes(spec, tiers)
    assert caught.value.findings[0].code == code
    for language in ("zh", "en"):
        assert "{" not in caught.value.render(language)


def test_a_score_that_stands_on_a_threshold_but_for_rounding_stands_on_it():
    assert above(np.array([0.1 + 0.2, 0.3, 0.3 - 1e-8]), (0.3,), "right").tolist() == [1, 1, 1]
    assert above(np.array([0.1 + 0.7, 0.8, 0.8 + 1e-8]), (0.8,), "left").tolist() == [0, 0, 0]
    assert above(np.array([0.0, -1e-9, 1e-9]), (0.0,), "left").tolist() == [0, 1, 0]
