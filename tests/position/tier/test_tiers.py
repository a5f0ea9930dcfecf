"""The tier methods, their refusals, and the three definitions of probability."""

import numpy as np
import pytest

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
