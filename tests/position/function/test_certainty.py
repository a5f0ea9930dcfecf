"""Draws stay within what spreads and qualifiers allow."""

import numpy as np
import pytest
from scipy.stats import norm

from innohub.position.function.certainty import draw_points, draw_value, has_spread
from innohub.position.function.relation import Value, compare_values

DRAWS = 20_000


def drawn(qualifier="", *, value=100.0, spread=float("nan"), default=0.0, seed=3, place="a"):
    return draw_value(Value(place, "x", value, qualifier=qualifier, spread=spread), DRAWS, seed, default)


def test_a_plain_value_without_spread_stays():
    assert (drawn() == 100).all()


def test_a_plain_value_varies_by_its_own_spread_before_the_common_one():
    assert drawn(default=0.05).std() == pytest.approx(5, rel=0.03)
    assert drawn(spread=0.02, default=0.05).std() == pytest.approx(2, rel=0.03)
    assert drawn(value=-100.0, default=0.05).mean() == pytest.approx(-100, abs=0.2)


@pytest.mark.parametrize(
    ("qualifier", "low", "high"), [(">", 100, 110), ("<", 90, 100), ("~", 95, 105), ("~<", 90, 100)]
)
def test_qualifiers_widen_one_side_or_both(qualifier, low, high):
    found = drawn(qualifier)
    assert low <= found.min() < low + 0.1
    assert high - 0.1 < found.max() <= high
    assert qualifier != "~<" or found.max() < 100


def test_more_than_never_falls_below_even_with_a_spread():
    assert drawn(">", default=0.1).min() >= 100
    assert drawn("<", default=0.1).max() <= 100


def test_draws_repeat_and_depend_on_place_and_seed_alone():
    assert (drawn("~") == drawn("~")).all()
    assert (drawn("~") != drawn("~", seed=4)).any()
    assert (drawn("~") != drawn("~", place="b")).any()


def test_points_of_an_even_match():
    own, peers = (
        Value("a", "x", 100.0),
        [Value("b", "x", 100.0), Value("c", "x", 1.0), Value("d", "x", 900.0)],
    )
    relations = {r.peer.place: r for r in compare_values(own, peers)}
    assert (draw_points(relations, 5, 1) == np.array([0.5, 1, 0])).all()
    assert draw_points(relations, DRAWS, 1, 0.05).mean(axis=0) == pytest.approx([0.5, 1, 0], abs=0.02)
    reversed_ = {r.peer.place: r for r in compare_values(own, peers, direction=-1)}
    assert (draw_points(reversed_, 5, 1) == np.array([0.5, 0, 1])).all()


def test_normal_values_pass_as_often_as_theory_says():
    own, peer = Value("a", "x", 105.0), Value("b", "x", 100.0)
    found = draw_points({"b": compare_values(own, [peer])[0]}, DRAWS, 7, 0.05).mean()
    assert found == pytest.approx(norm.cdf(5 / np.hypot(5.25, 5.0)), abs=0.01)


def test_spread_is_known_or_not():
    assert not has_spread(Value("a", "x", 1.0))
    assert has_spread(Value("a", "x", 1.0, qualifier="~"))
    assert has_spread(Value("a", "x", 1.0), 0.1)
    assert not has_spread(Value("a", "x", 1.0, spread=0.0), 0.1)
