"""The facts behind a sentence, in their order."""

import pandas as pd
import pytest

from innohub.position.evidence.gather import Share, facts, gather, order_relations, share_of
from innohub.position.evidence.table import evidence_table
from innohub.position.function.comparison import compare
from innohub.position.function.relation import Value, compare_values, read_values

NAMES = {"zh": "名", "en": "name"}


class Same(dict):
    """Every id is called name."""

    def __missing__(self, key):
        return NAMES


def test_a_share_needs_the_same_years_and_a_unit_that_converts():
    own = Value("gz", "x", 5.0, "亿元", 2015)
    assert share_of(own, Value("cn", "x", 200.0, "亿元", 2015), {}).value == pytest.approx(2.5)
    assert share_of(own, Value("cn", "x", 0.02, "万亿元", 2015), {}).value == pytest.approx(2.5)
    for other in (
        Value("cn", "x", 200.0, "亿元", 2014),
        Value("cn", "x", 200.0, "亿美元", 2015),
        Value("cn", "x", 0.0, "亿元", 2015),
        Value("cn", "x", 200.0, "亿元", 2015, since=2011),
    ):
        assert share_of(own, other, {}) is None


def test_the_nearest_peer_comes_first_within_a_standing():
    own = Value("a", "x", 100.0)
    peers = [Value(str(v), "x", float(v)) for v in (300, 50, 150, 80, 104, 95, 100, 20)]
    ordered = order_relations(compare_values(own, peers))
    assert [r.peer.place for r in ordered] == ["80", "50", "20", "95", "100", "104", "150", "300"]


def test_facts_of_the_papers(values, peers):
    found = compare(values, "guangzhou", ["sci_papers"], peers["place"], directions={})
    one = gather(found, ["sci_papers"], places=Same(), names=Same(), shares={"sci_papers": [Share({}, 6.3)]})[
        0
    ]
    assert [kind for kind, _ in facts(one)] == [
        "value", "share", "passed", "passed", "passed", "not passed", "not passed", "not passed", "mark",
    ]  # fmt: skip
    table = evidence_table({"knowledge": [one]})
    assert table["value"].tolist() == [7.33, 6.3, 6.35, 6.08, 2.15, 7.69, 15.45, 21.02, 6.35]
    assert table["order"].tolist() == list(range(1, 10))
    assert table["peer"].tolist()[-1] == "singapore"
    assert table["marks"].tolist()[-1] == "boundary"
    assert table.loc[table["kind"] != "share", "row"].notna().all()
    assert table["zh"].tolist()[:3] == ["2011—2015年名名7.33万", "全国的6.3%", "名（6.35万）"]
    assert table["en"].tolist()[-1] == "name: the place is a city state"


def test_indicators_of_a_year_stand_together_and_missing_ones_drop_out():
    rows = [("a", "x", 2015, 1), ("a", "y", 2014, 1), ("a", "z", 2015, 1)]
    values = read_values(pd.DataFrame(rows, columns=["place", "indicator", "year", "value"]))
    found = compare(values, "a", list("xyzn"), [], directions={})
    told = gather(found, list("xyznx"), places=Same(), names=Same())
    assert [one.own.indicator for one in told] == ["x", "z", "y"]


def test_only_wanted_peers_are_named(values, peers):
    found = compare(values, "guangzhou", ["sci_papers"], peers["place"], directions={})
    one = gather(found, ["sci_papers"], places=Same(), names=Same(), peers=["london", "sydney"])[0]
    assert [r.peer.place for r in one.relations] == ["sydney", "london"]
    assert gather(found, ["sci_papers"], places=Same(), names=Same(), peers=[])[0].relations == ()


def test_no_evidence_is_an_empty_table():
    assert evidence_table({}).empty
    assert "kind" in evidence_table({"f": []}).columns
