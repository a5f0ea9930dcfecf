"""Hub position: percentiles, limits from both sides, ties, what is missing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from innohub.catalog.hub import HubClass
from innohub.errors import ScaleError
from innohub.position.hub.classes import hub_position, hub_table, percentile


def spread(places):
    return np.arange(places, dtype=float)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_percentile_is_the_mean_rank(values):
    x = np.array(values, dtype=float)
    assert percentile(x) == pytest.approx((rankdata(x) - 0.5) / len(x))


def test_ten_places_in_one_order():
    found = hub_position(spread(10), spread(10) - 4, spread(10) / 20)
    assert found.assigned == ("node",) * 7 + ("hub", "hub", "centre")
    assert found.control == pytest.approx((spread(10) + 0.5) / 10)
    assert found.next_class == ("hub",) * 7 + ("centre", "centre", "")
    assert found.distance[6] == pytest.approx(0.05)
    assert found.distance[8] == pytest.approx(0.05)
    assert np.isnan(found.distance[9])
    assert found.findings == ()


def test_concentration_without_control_is_a_node_and_control_without_concentration_a_hub():
    shares, control = spread(10), spread(10)[::-1]
    found = hub_position(shares, control, control / 10)
    assert found.assigned[9] == "node"
    assert found.assigned[0] == "hub"
    assert "centre" not in found.assigned


def test_control_is_the_mean_of_two_percentiles():
    found = hub_position(spread(4), np.array([0.0, 1, 2, 3]), np.array([0.3, 0.2, 0.1, 0]))
    assert found.control == pytest.approx([0.5] * 4)


@pytest.mark.parametrize(("limit", "name"), [(0.95, "top"), (0.9501, "rest")])
def test_a_limit_belongs_to_the_class(limit, name):
    label = {"zh": "", "en": ""}
    classes = (HubClass("top", label, 0.0, limit), HubClass("rest", label, 0.0, 0.0))
    assert hub_position(spread(10), spread(10), spread(10) / 10, classes).assigned[9] == name


def test_places_that_all_tie_are_nodes():
    found = hub_position(np.ones(6), np.zeros(6), np.zeros(6))
    assert set(found.assigned) == {"node"}


@given(st.integers(0, 1000), st.floats(0.001, 1000))
def test_units_and_order_do_not_matter(seed, factor):
    rng = np.random.default_rng(seed)
    shares, net, through = (
        rng.integers(0, 5, 9) * 1.0,
        rng.integers(-3, 4, 9) * 1.0,
        rng.integers(0, 4, 9) / 4,
    )
    order = rng.permutation(9)
    plain = hub_position(shares, net, through)
    other = hub_position(shares[order] * factor, net[order] * factor, through[order] / 2)
    assert other.assigned == tuple(plain.assigned[i] for i in order)


def test_a_missing_value_leaves_the_place_out_and_does_not_count_for_others():
    net = spread(11)
    net[3] = np.nan
    found = hub_position(spread(11), net, spread(11) / 11)
    keep = np.arange(11) != 3
    alone = hub_position(spread(11)[keep], net[keep], (spread(11) / 11)[keep])
    assert found.assigned[3] == ""
    assert np.isnan(found.distance[3])
    assert found.control[keep] == pytest.approx(alone.control)
    assert hub_table(tuple("abcdefghijk"), found)["class"].tolist()[:3] == ["node"] * 3


def test_too_few_places_for_a_class_are_told():
    found = hub_position(spread(3), spread(3), spread(3) / 3)
    assert found.findings[0].code == "N148"
    assert "centre" in found.findings[0].render("en")
    assert "中心" in found.findings[0].render("zh")
    assert hub_position(spread(5), spread(5), spread(5) / 5).findings == ()
    assert hub_position(spread(1), np.array([np.nan]), spread(1)).assigned == ("",)


def test_impossible_values_are_refused():
    with pytest.raises(ScaleError, match="N159"):
        hub_position(np.array([-1.0, 1]), spread(2), spread(2) / 2)
    with pytest.raises(ScaleError, match="N156"):
        hub_position(spread(2), spread(2), np.array([0, 1.5]))
