"""Whose values are compared, and what is said of those that are not."""

import pandas as pd
import pytest

from innohub.position.function.comparison import Rules, check_functions, compare
from innohub.position.function.relation import read_values


def panel(*rows):
    columns = ["place", "indicator", "year", "value", "unit", "since", "area", "qualifier"]
    return read_values(pd.DataFrame(rows, columns=columns))


ANY = Rules()


def run(values, rules=ANY, peers=("b", "c"), **more):
    return compare(values, "a", ["x"], peers, directions=more.get("directions", {}), rules=rules)


def codes(found):
    return [finding.code for finding in found.findings]


def row(place, year, value, *, unit="人", since=None, area="city", qualifier=""):
    return (place, "x", year, value, unit, since, area, qualifier)


def test_the_latest_own_value_meets_the_nearest_peer_value():
    values = panel(
        row("a", 2014, 1), row("a", 2015, 5), row("b", 2010, 1), row("b", 2014, 4), row("c", 2016, 3)
    )
    found = run(values)
    assert found.own["x"].year == 2015
    assert {key[1]: r.peer.year for key, r in found.relations.items()} == {"b": 2014, "c": 2016}
    assert run(values, Rules(year=2014)).relations["x", "b"].own.year == 2014


def test_of_two_years_equally_near_the_later_counts():
    values = panel(row("a", 2015, 5), row("b", 2014, 4), row("b", 2016, 6))
    assert run(values).relations["x", "b"].peer.year == 2016


def test_what_is_left_out_is_told_by_cause():
    values = panel(
        row("a", 2015, 5),
        row("b", 2005, 4),
        row("d", 2015, 4, unit="亿元"),
        row("e", 2015, 20, since=2011),
    )
    found = run(values, peers=["a", "b", "c", "d", "e"])
    assert not found.relations
    assert codes(found) == ["N105", "N106", "N107", "N109", "N116"]
    assert found.findings[2].params["peers"] == ("b",)
    assert all(
        f.text(part, lang) for f in found.findings for part in ("title", "reason") for lang in ("zh", "en")
    )


def test_refused_marks_filter_peers():
    values = panel(row("a", 2015, 5), row("b", 2014, 4), row("c", 2015, 4, area="country"))
    assert codes(run(values)) == ["N112"]
    assert run(values).findings[0].params["peers"] == ("b", "c")
    found = run(values, Rules(refuse=frozenset({"boundary"})))
    assert set(found.relations) == {("x", "b")}
    assert codes(found) == ["N108", "N112"]
    found = run(values, Rules(refuse=frozenset({"boundary", "year"})))
    assert not found.relations


def test_years_too_far_apart():
    values = panel(row("a", 2015, 5), row("b", 2010, 4), row("c", 2009, 4))
    assert set(run(values).relations) == {("x", "b")}
    assert set(run(values, Rules(max_gap=4)).relations) == set()


def test_a_year_that_is_not_told_is_used_last_and_marked():
    values = panel(row("a", 2015, 5), row("b", None, 4), row("c", None, 9), row("c", 2012, 4))
    found = run(values)
    assert found.relations["x", "b"].marks == ("year",)
    assert found.relations["x", "c"].peer.year == 2012


def test_units_are_converted_to_the_place_s():
    values = panel(row("a", 2015, 5, unit="万人"), row("b", 2015, 40_000))
    assert run(values).relations["x", "b"].peer.value == pytest.approx(4)


def test_a_place_without_a_value():
    found = run(panel(row("b", 2015, 1)))
    assert codes(found) == ["N117"]
    assert not found.own


def test_direction_is_taken_by_indicator():
    values = panel(row("a", 2015, 5), row("b", 2015, 9))
    assert run(values, directions={"x": -1}).relations["x", "b"].relation == "above"
    assert run(values).relations["x", "b"].relation == "below"


def test_a_function_without_indicators_is_named():
    table = pd.DataFrame({"function": ["talent"], "indicator": ["x"]})
    found = check_functions(table, ["talent", "mode"])
    assert [(f.code, f.params["function"]) for f in found] == [("N111", "mode")]


@pytest.mark.reference
def test_broadband_has_four_peers_of_another_boundary(values, peers):
    found = compare(values, "guangzhou", ["fixed_broadband_subscriptions"], peers["place"], directions={})
    marked = {peer for (_, peer), r in found.relations.items() if "boundary" in r.marks}
    assert marked == {"israel", "singapore", "united-states", "south-korea"}
    assert len(found.relations) == 5
