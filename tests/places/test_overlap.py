"""Which places overlap, and what each rule makes of it."""

import pandas as pd
import pytest

from innohub.errors import PlaceError
from innohub.places import overlaps, select


def places(*rows, members=None):
    table = pd.DataFrame(rows, columns=["place", "part_of"]).assign(name_zh="", name_en="")
    return table.assign(members=members) if members else table


NESTED = places(("nation", ""), ("region", "nation"), ("city", "region"), ("other", ""))


def test_containment_is_transitive():
    pairs = {(pair.part, pair.whole) for pair in overlaps(NESTED)}
    assert pairs == {("region", "nation"), ("city", "nation"), ("city", "region")}


def test_containment_reaches_through_a_place_without_data():
    held = NESTED[NESTED["place"] != "region"]
    assert overlaps(held) == ()
    linked = places(("nation", ""), ("city", "region;nation"))
    assert [(pair.part, pair.whole) for pair in overlaps(linked)] == [("city", "nation")]


@pytest.mark.parametrize(("rule", "kept"), [("wholes", ("nation", "other")), ("parts", ("city", "other"))])
def test_wholes_and_parts(rule, kept):
    assert select(NESTED, rule).kept == kept


def test_refusal_names_the_pairs_and_both_ways_out():
    with pytest.raises(PlaceError) as caught:
        select(NESTED, "refuse")
    text = caught.value.render("en")
    assert "3 pairs" in text
    assert "city (city) ~ region (region)" in text
    assert "nation, other" in text
    assert "city, other" in text
    assert "不能一并排序" in caught.value.render("zh")


def test_allow_keeps_all_with_a_warning():
    selection = select(NESTED, "allow")
    assert selection.left_out == ()
    assert [finding.code for finding in selection.findings] == ["L103"]


def test_a_tilde_says_who_stands_for_both():
    table = places(("guangdong", "~gba"), ("gba", ""))
    assert select(table, "wholes").kept == ("gba",)
    assert select(table, "parts").kept == ("guangdong",)


def test_shared_members_without_containment_need_a_decision():
    table = places(("bay", ""), ("province", ""), members=["shenzhen;macao", "shenzhen;zhanjiang"])
    with pytest.raises(PlaceError, match="L102"):
        select(table, "wholes")


def test_members_contain():
    table = places(("bay", ""), ("macao", ""), members=["shenzhen;macao", ""])
    assert select(table, "wholes").kept == ("bay",)


def test_no_overlap_nothing_to_say():
    selection = select(places(("a", ""), ("b", "")), "refuse")
    assert selection == select(places(("a", ""), ("b", "")), "wholes")
    assert selection.kept == ("a", "b")
