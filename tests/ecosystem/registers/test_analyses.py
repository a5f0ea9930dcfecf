"""What follows from registers."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.registers import pillars, registers, slots, word_list
from innohub.ecosystem.registers import (
    chain_links,
    completeness,
    dashboard,
    field_matrix,
    five_ones,
    institution_coverage,
    only_place_with,
    policy_stacks,
    rank_series,
    register_gaps,
    strategy_cards,
    talent_pyramid,
)
from innohub.ecosystem.registers.platforms import national_classes
from innohub.errors import ModelError


def frame(head, rows):
    return pd.DataFrame(rows, columns=head.split())


def test_completeness_vectors():
    table = frame(
        "place class",
        [("a", "national-laboratory"), ("a", "national-laboratory"), ("a", "other"), ("b", "other")],
    )
    found = completeness(table).set_index("place")
    assert found.loc["a"].to_dict() == {
        "national-laboratory": 2, "national-technology-centre": 0, "large-facility": 0, "big-science-programme": 0,
        "other": 1, "unclassed": 0, "platforms": 3, "present": 1,
        "missing": "national-technology-centre;large-facility;big-science-programme",
    }  # fmt: skip
    assert found.loc["b", "present"] == 0
    assert completeness(table.assign(**{"class": ""}))["unclassed"].tolist() == [3, 1]
    assert completeness(table.head(0)).empty


ALL = frame("place class", [("a", "x"), ("a", "y"), ("b", "x")])


@pytest.mark.parametrize(
    ("table", "place", "complete", "verdict"),
    [
        (ALL, "a", False, "not refuted"),
        (ALL, "a", True, "holds"),
        (ALL, "b", False, "refuted"),
        (ALL[ALL["place"].eq("b")], "b", False, "not shown"),
        (ALL[ALL["place"].eq("b")], "b", True, "refuted"),
        (ALL[ALL["place"].eq("a")], "a", False, "not tested"),
        (pd.concat([ALL, frame("place class", [("b", "y")])]), "a", True, "refuted"),
        (ALL, "nowhere", False, "refuted"),
        (ALL.head(0), "a", False, "not shown"),
    ],
)
def test_the_only_place(table, place, complete, verdict):
    assert only_place_with(table, place, ["x", "y"], complete=complete).verdict == verdict


def test_who_refutes_and_who_comes_close():
    more = pd.concat([ALL, frame("place class", [("c", "y"), ("c", "x"), ("d", "z")])])
    found = only_place_with(more, "a", ["x", "y", "x"])
    assert found.others == ("c",) and found.wanted == ("x", "y") and found.compared == 3
    assert found.nearest == (("c", ()),)
    far = only_place_with(ALL, "a", ["x", "y"], complete=True, among=["b", "e"])
    assert far.verdict == "holds" and far.compared == 2 and far.nearest == (("b", ("y",)),)
    assert only_place_with(more, "a", ["x", "y"], among=["b"]).verdict == "not refuted"


@given(st.integers(0, 300))
def test_the_only_place_against_a_loop(seed):
    rng = np.random.default_rng(seed)
    rows = [(p, c) for p, c in product("abc", "xyz") if rng.random() < 0.6]
    table = frame("place class", rows)
    everything = [p for p in "abc" if {(p, c) for c in "xyz"} <= set(rows)]
    found = only_place_with(table, "a", list("xyz"), complete=True, among=list("abc"))
    assert (found.verdict == "holds") == (everything == ["a"])
    assert set(found.others) == set(everything) - {"a"}


POLICY = "id place role part_of topic instrument year file row"


def test_orphans_and_heads_alone():
    table = frame(POLICY, [
        ("m", "gz", "general", "", "", "", 2023, "p.csv", 2),
        ("n1", "gz", "supporting", "m", "fund", "grant", 2024, "p.csv", 3),
        ("n2", "gz", "supporting", "m", "fund", "guideline", pd.NA, "p.csv", 4),
        ("n3", "gz", "supporting", "", "park", "", 2024, "p.csv", 5),
        ("k", "sz", "general", "", "", "", pd.NA, "p.csv", 6),
    ])  # fmt: skip
    stacks, found = policy_stacks(table)
    assert stacks.iloc[0].to_dict() == {
        "place": "gz", "general": "m", "supporting": 2, "topics": "fund", "instruments": "grant;guideline",
        "first_year": 2023, "last_year": 2024, "complete": True,
    }  # fmt: skip
    assert stacks["complete"].tolist() == [True, False, False]
    assert stacks[["place", "general", "supporting"]].values.tolist()[1:] == [["sz", "k", 0], ["gz", "", 1]]
    assert [(f.code, f.row, f.value) for f in found] == [("S365", 5, "n3"), ("S366", 6, "k")]
    assert policy_stacks(table.head(0))[0].empty


def test_five_ones():
    rows = [("gz", "p1", element, "tianhe") for element in word_list("transfer-element")]
    rows += [("gz", "p2", "fund", "nansha"), ("gz", "p2", "fund", "nansha"), ("gz", "", "park", "nansha")]
    found = five_ones(frame("place project element district", rows)).set_index("project")
    assert found["score"].to_dict() == {"p1": 5, "p2": 1}
    assert found.loc["p2", "missing"] == "institution;team;results;park" and found.loc["p1", "missing"] == ""
    by = five_ones(frame("place project element district", rows), by="district").set_index("district")
    assert by["score"].to_dict() == {"tianhe": 5, "nansha": 2}
    share, without = institution_coverage(
        frame("place project element district", rows), ["tianhe", "nansha", "yuexiu"]
    )
    assert share == pytest.approx(1 / 3) and without == ("nansha", "yuexiu")
    assert np.isnan(institution_coverage(frame("element district", []), [])[0])


def test_pyramid_and_growth():
    table = frame("place year rung count", [
        ("gz", 2020, "set-out", 100), ("gz", 2020, "carry-on", 20), ("gz", 2020, "carry-on", 20),
        ("gz", 2020, "lead", 50),
        ("gz", 2022, "set-out", 121), ("gz", 2022, "lead", 0), ("gz", 2023, "lead", 5),
    ]).astype({"count": "Int64", "year": "Int64"})  # fmt: skip
    found = talent_pyramid(table).set_index(["year", "rung"])
    assert found["count"].loc[2020].tolist() == [100, 40, 50]
    assert found["share"].loc[2020].tolist() == pytest.approx([100 / 190, 40 / 190, 50 / 190])
    assert found["to_lower"].loc[2020].tolist() == pytest.approx([np.nan, 0.4, 1.25], nan_ok=True)
    assert found["inverted"].loc[2020].tolist() == [False, False, True]
    assert found.loc[(2022, "set-out"), "growth"] == pytest.approx(0.1)
    assert found.loc[(2022, "lead"), "growth"] == -1
    assert found.loc[(2023, "lead"), "growth"] == pytest.approx((5 / 50) ** (1 / 3) - 1)
    assert pd.isna(found.loc[(2022, "carry-on"), "count"]) and np.isnan(
        found.loc[(2022, "carry-on"), "growth"]
    )
    assert talent_pyramid(table.head(0)).empty


def test_links_of_chains():
    rows = [
        ("gz", "chips", "test", "weak", 3),
        ("gz", "chips", "design", "strong", 1),
        ("gz", "chips", "fab", "weak", 2),
    ]
    found = chain_links(frame("place chain link strength order", rows)).iloc[0]
    assert (found["weak_links"], found["strong_links"], found["weak_share"]) == (
        "fab;test",
        "design",
        pytest.approx(2 / 3),
    )
    assert (found["links"], found["weak"], found["middle"], found["strong"]) == (3, 2, 0, 1)


RANK = "index place boundary edition data_year rank of series"


def test_ranks_over_editions():
    table = frame(RANK, [
        ("NI", "gz", "city", 2024, 2023, 8, 200, ""), ("NI", "gz", "city", 2022, 2021, 15, 200, ""),
        ("NI", "gz", "cluster", 2023, 2022, 2, 100, ""), ("NI", "gz", "city", 2023, 2022, 10, pd.NA, ""),
        ("NI", "sz", "city", 2024, 2023, 30, 200, ""), ("NI", "sz", "city", 2024, 2023, 31, 200, ""),
    ]).astype({"rank": "Int64", "edition": "Int64", "of": "Int64"})  # fmt: skip
    found, told = rank_series(table)
    city = found[found["boundary"].eq("city")]
    assert city["edition"].tolist() == [2022, 2023, 2024] and city["rank"].tolist() == [15, 10, 8]
    assert city["change"].tolist()[1:] == [5, 2] and pd.isna(city["change"].iloc[0])
    assert city["previous_edition"].tolist()[1:] == [2022, 2023]
    assert city["top_share"].iloc[2] == 0.04 and np.isnan(city["top_share"].iloc[1])
    assert found["series"].tolist() == [1, 1, 1, 2] and "sz" not in set(found["place"])
    assert [(f.code, f.params["ranks"]) for f in told] == [("S369", ("30", "31"))]
    assert rank_series(table.head(0))[0].empty


def test_fields_by_place():
    table = frame("place field", [("gz", "AI;chips"), ("sz", "AI"), ("sz", ""), ("gz", "AI"), ("bj", "bio")])
    assert field_matrix(table).values.tolist() == [
        ["gz", "AI", 2, 2], ["sz", "AI", 1, 2], ["bj", "bio", 1, 1], ["gz", "chips", 1, 1],
    ]  # fmt: skip


def test_dashboard_has_all_slots():
    entries = frame("place pillar slot name value", [
        ("gz", "finance", "input", "funds", 2000.0), ("gz", "finance", "input", "pool", 3.0),
        ("gz", "talent", "rank", "foreign", np.nan),
    ])  # fmt: skip
    found = dashboard(entries, ["gz", "sz"])
    assert len(found) == 2 * len(pillars()) * len(slots()) + 1 == 41
    assert found.loc[found["filled"], ["place", "pillar", "slot", "name", "value"]].values.tolist() == [
        ["gz", "finance", "input", "funds", 2000.0],
        ["gz", "finance", "input", "pool", 3.0],
    ]
    assert found["pillar"].drop_duplicates().tolist() == list(pillars())
    with pytest.raises(ModelError, match="weather"):
        dashboard(entries.assign(pillar="weather"), ["gz"])


def test_gaps_of_registers():
    firms = frame(
        "place source year start unstated",
        [("gz", "s", 2020, "", ""), ("gz", "", pd.NA, "", "year;amount"), ("sz", "s", pd.NA, "2020-01", "")],
    )
    found = register_gaps({"firms": firms}, ["gz", "sz"]).set_index(["register", "place"])
    assert len(found) == len(registers()) * 2
    assert found.loc[("firms", "gz")].tolist() == [2, 1, 1, 2]
    assert found.loc[("firms", "sz")].tolist() == [1, 0, 0, 0]
    assert found.loc[("ranks", "gz")].tolist() == [0, 0, 0, 0]
    assert national_classes()[0] == "national-laboratory"


def test_cards_of_strategies():
    rows = [
        {"id": "a", "name_zh": "x", "place": "gz", "start": "2021", "end": "2025-12", "budget": "10亿元",
         "year": "2021", "field": "AI;芯片", "source": "s"},
        {"id": "b", "name_zh": "y", "place": "sz", "start": "", "end": "", "budget": "", "year": "",
         "field": "", "source": ""},
    ]  # fmt: skip
    table = pd.DataFrame(rows).assign(
        budget=[1e9, np.nan], currency=["CNY", ""], year=pd.array([2021, pd.NA], "Int64")
    )
    cards = strategy_cards(table)
    assert cards.loc[0, ["years", "budget_a_year", "currency", "fields", "dated", "sourced"]].tolist() == [
        5, 2e8, "CNY", 2, True, True,
    ]  # fmt: skip
    assert pd.isna(cards.loc[1, "years"]) and cards.loc[1, ["fields", "dated", "sourced"]].tolist() == [
        0,
        False,
        False,
    ]
