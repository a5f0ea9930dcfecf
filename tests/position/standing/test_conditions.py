"""Base conditions: verdicts by terciles of the peers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ModelError
from innohub.position.standing.conditions import Measure, base_conditions, declared_measures, verdict

PRINTED = Path(__file__).parents[2] / "reference" / "guangzhou_base_conditions.csv"
ONE = (Measure("research", "rd"),)


def values(own, *others, year=2015, **columns):
    table = pd.DataFrame(
        {
            "place": ["me", *(f"p{n}" for n in range(len(others)))],
            "indicator": "rd",
            "year": year,
            "value": [own, *others],
        }
    )
    return table.assign(**columns)


def judge(table, measures=ONE, **options):
    peers = [place for place in dict.fromkeys(table["place"]) if place != "me"]
    return base_conditions(table, "me", peers, measures, **options)


@pytest.mark.reference
def test_printed_facts_of_guangzhou():
    table = pd.read_csv(PRINTED)
    peers = [place for place in table["place"].unique() if place != "guangzhou"]
    claims = {"size": "high", "development": "high", "productivity": "high", "research": "medium"}
    found = base_conditions(table, "guangzhou", peers, declared_measures(table["indicator"]), claims=claims)
    rows = found.indicators.set_index("indicator")
    assert rows["verdict"].to_dict() == {
        "resident_population": "high", "gdp": "low", "gdp_per_capita": "low", "labour_productivity": "high",
        "rd_intensity": "high",
    }  # fmt: skip
    assert rows["peers"].to_dict() == {
        "resident_population": 4, "gdp": 4, "gdp_per_capita": 3, "labour_productivity": 3, "rd_intensity": 4,
    }  # fmt: skip
    assert rows.loc["rd_intensity", ["lower", "upper"]].tolist() == pytest.approx([1.19, 1.48])
    told = found.conditions.set_index("condition")
    assert told["verdict"].to_dict() == {
        "size": "mixed", "development": "low", "productivity": "high", "research": "high",
        "exchange": "not tested", "liveability": "not tested",
    }  # fmt: skip
    # What the text itself leaves loose: its words for these conditions are not what its own peers say.
    differ = told["agrees"].notna() & ~told["agrees"].fillna(value=True)
    assert told.index[differ].tolist() == ["size", "development", "research"]
    assert rows.loc["rd_intensity", "marks"] == "year"
    assert rows.loc["labour_productivity", "marks"] == ""
    years = found.peers.query("indicator == 'rd_intensity'").set_index("peer")["peer_year"].to_dict()
    assert years == {"inner-london": 2013, "singapore": 2014, "new-york-state": 2014, "hong-kong": 2014}


@pytest.mark.parametrize(
    ("own", "expected"),
    [(3, "low"), (4, "medium"), (5, "medium"), (7, "medium"), (7.0001, "high"), (3.9999, "low")],
)
def test_limits_from_both_sides(own, expected):
    # Terciles of 1 4 7 10 are 4 and 7.
    row = judge(values(own, 1, 4, 7, 10)).indicators.iloc[0]
    assert (row["lower"], row["upper"]) == (pytest.approx(4), pytest.approx(7))
    assert row["verdict"] == expected


def test_costs_are_reversed():
    table = values(2, 1, 4, 7, 10)
    assert judge(table).indicators.iloc[0]["verdict"] == "low"
    row = judge(table, [Measure("liveability", "rd", -1)]).indicators.iloc[0]
    assert (row["verdict"], row["direction"]) == ("high", -1)


def test_equal_peers_make_an_equal_place_medium():
    assert judge(values(5, 5, 5, 5)).indicators.iloc[0]["verdict"] == "medium"
    assert judge(values(0, 0, 0, 0)).indicators.iloc[0]["verdict"] == "medium"
    assert judge(values(5.1, 5, 5, 5)).indicators.iloc[0]["verdict"] == "high"


@pytest.mark.parametrize("others", [(), (1,), (1, 2), (1, 2, np.nan)])
def test_fewer_than_three_peers_are_not_tested(others):
    found = judge(values(5, *others))
    row = found.indicators.iloc[0]
    assert (row["verdict"], row["peers"]) == ("not tested", sum(np.isfinite(others)))
    assert np.isnan(row["upper"])
    assert [finding.code for finding in found.findings][-1] == "N125"
    assert "{" not in found.findings[-1].render("zh")


def test_a_place_without_a_value_is_not_tested():
    row = judge(values(np.nan, 1, 2, 3)).indicators.iloc[0]
    assert (row["verdict"], row["peers"]) == ("not tested", 0)
    assert judge(values(np.nan, 1, 2, 3)).peers.empty


def test_peers_of_other_years_are_marked_or_left_out():
    table = values(5, 1, 2, 3, 9, year=[2015, 2015, 2013, 2010, 2009])
    found = judge(table)
    row = found.indicators.iloc[0]
    assert (row["peers"], row["marks"], row["names"]) == (3, "year", "p0;p1;p2")
    assert found.findings[0].params["peers"] == ("p3",)
    assert found.peers["marks"].tolist() == ["", "year", "year"]
    assert judge(table, max_gap=0).indicators.iloc[0]["verdict"] == "not tested"


def test_boundary_and_qualifier_are_marked():
    table = values(5, 1, 2, 3, area=["city", "city", "country", np.nan], qualifier=["", "~", "", ""])
    found = judge(table)
    assert found.peers["marks"].tolist() == ["qualifier", "boundary", "boundary"]
    assert found.indicators.iloc[0]["marks"] == "qualifier;boundary"


def test_the_year_is_the_latest_or_the_one_asked_for():
    old = values(1, 4, 5, 6, year=2010)
    table = pd.concat([old, values(9, 4, 5, 6)])
    assert judge(table).indicators.iloc[0][["year", "verdict"]].tolist() == [2015, "high"]
    assert judge(table, year=2010).indicators.iloc[0][["year", "verdict"]].tolist() == [2010, "low"]
    assert judge(table, year=2012).indicators.iloc[0]["verdict"] == "not tested"


def test_the_place_may_not_be_its_own_peer():
    with pytest.raises(ModelError) as caught:
        base_conditions(values(5, 1, 2, 3), "me", ["me", "p0"], ONE)
    assert caught.value.findings[0].code == "N134"


def test_two_units_are_refused():
    with pytest.raises(ModelError) as caught:
        judge(values(5, 1, 2, 3, unit=["%", "%", "%", "CNY"]))
    assert "CNY" in caught.value.render("en")


def test_a_condition_of_ones_own_has_its_row():
    told = judge(values(5, 1, 2, 3), [Measure("harbour", "rd")], claims={"harbour": "low"}).conditions
    row = told.set_index("condition").loc["harbour"]
    assert (row["verdict"], row["name_zh"], bool(row["agrees"])) == ("high", "harbour", False)
    assert told.set_index("condition").loc["size", "verdict"] == "not tested"


@given(
    st.lists(st.integers(-20, 20), min_size=3, max_size=9), st.integers(-20, 20), st.floats(0.01, 100),
    st.integers(0, 99),
)  # fmt: skip
def test_unit_order_and_strangers_change_nothing_and_direction_mirrors(others, own, unit, seed):
    table = values(float(own), *map(float, others))
    first = judge(table).indicators.iloc[0]["verdict"]
    scaled = table.assign(value=table["value"] * unit).sample(frac=1, random_state=seed)
    assert judge(scaled).indicators.iloc[0]["verdict"] == first
    stranger = pd.concat([table, values(999.0).assign(place="stranger")])
    peers = [place for place in table["place"] if place != "me"]
    assert base_conditions(stranger, "me", peers, ONE).indicators.iloc[0]["verdict"] == first
    mirrored = judge(table.assign(value=-table["value"]), [Measure("research", "rd", -1)]).indicators.iloc[0]
    assert mirrored["verdict"] == first


@given(
    st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.integers(0, 10**6), st.integers(0, 10**5)
)
def test_a_verdict_never_falls_as_the_value_rises(value, lower, width, rise):
    order = ["low", "medium", "high"]
    before, after = (verdict(x / 1000, lower / 1000, (lower + width) / 1000) for x in (value, value + rise))
    assert order.index(before) <= order.index(after)


def test_peers_tell_how_the_place_stands_to_them():
    table = values(2, 1, 2, 2.1, 7)
    found = judge(table).peers.set_index("peer")["relation"].to_dict()
    assert found == {"p0": "above", "p1": "tie", "p2": "near below", "p3": "below"}
    fewer = judge(table, [Measure("research", "rd", -1)]).peers.set_index("peer")["relation"].to_dict()
    assert fewer == {"p0": "below", "p1": "tie", "p2": "near above", "p3": "above"}


def test_a_value_without_a_year_is_told_but_not_tested():
    table = values(54, 1, 2, 3).astype({"year": "Int64"})
    table.loc[table["place"] == "me", "year"] = pd.NA
    row = judge(table).indicators.iloc[0]
    assert (row["value"], row["verdict"], row["marks"]) == (54.0, "not tested", "year")
    # A peer without a year is no peer, and a dated value goes before an undated one.
    dated = values(54, 1, 2, 3, 4).astype({"year": "Int64"})
    dated.loc[dated["place"] == "p3", "year"] = pd.NA
    row = judge(dated).indicators.iloc[0]
    assert (row["peers"], row["verdict"], row["year"]) == (3, "high", 2015)
