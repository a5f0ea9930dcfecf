"""Size equivalents against a ranking made by sorting."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ModelError, ScaleError
from innohub.position.standing.equivalent import size_equivalent

COUNTRIES = Path(__file__).parents[2] / "reference" / "gdp_2015_countries.csv"
# Mexico, Spain and the Netherlands as the founding text prints them, from the edition of its time.
PRINTED = {"MEX": 11_443.0, "ESP": 11_990.0, "NLD": 7_525.0}


def countries():
    return pd.read_csv(COUNTRIES)


def ranking(**values):
    return pd.DataFrame({"place": list(values), "year": 2015, "value": list(values.values())})


@pytest.mark.reference
def test_guangdong_stands_fifteenth_between_spain_and_mexico():
    table = countries()
    table["value"] = table["place"].map(PRINTED).fillna(table["value"])
    found = size_equivalent(
        "guangdong", 72_812.55, 2015, table, indicator="gdp", unit="100 million CNY",
        ranking_unit="100 million USD", rate=72_812.55 / 11_693,
    )  # fmt: skip
    assert found.rate == pytest.approx(6.2270, abs=5e-5)
    assert found.converted == pytest.approx(11_693)
    assert found.rank == 15
    assert found.above == ("ESP", 11_990.0, 2015)
    assert found.below == ("MEX", 11_443.0, 2015)
    assert (found.members, found.other_years, found.marks, found.findings) == (30, 0, "", ())


@pytest.mark.reference
def test_a_later_edition_of_the_table_moves_it_by_one():
    found = size_equivalent("guangdong", 11_693, 2015, countries())
    assert (found.rank, found.above[0], found.below[0]) == (16, "ESP", "TUR")


@pytest.mark.parametrize(
    ("value", "rank", "above", "below"), [(99, 1, None, "a"), (1, 4, "c", None), (25, 2, "a", "b")]
)
def test_ends_have_one_neighbour(value, rank, above, below):
    found = size_equivalent("x", value, 2015, ranking(a=30.0, b=20.0, c=10.0))
    assert found.rank == rank
    assert (found.above and found.above[0]) == above
    assert (found.below and found.below[0]) == below
    assert found.row()["above"] == (above or "")


def test_a_tie_shares_the_rank_and_is_no_neighbour():
    found = size_equivalent("x", 20, 2015, ranking(a=30.0, b=20.0, d=20.0, c=10.0))
    assert (found.rank, found.level, found.above[0], found.below[0]) == (2, ("b", "d"), "a", "c")
    assert found.row()["level"] == "b;d"


def test_other_years_are_refused_unless_allowed():
    table = ranking(a=30.0, b=20.0)
    table.loc[1, "year"] = 2013
    with pytest.raises(ModelError) as caught:
        size_equivalent("x", 25, 2015, table)
    assert caught.value.findings[0].code == "N124"
    assert "2013" in caught.value.render("en")
    found = size_equivalent("x", 25, 2015, table, max_gap=2)
    assert (found.rank, found.other_years, found.marks) == (2, 1, "year")
    assert found.below == ("b", 20.0, 2013)
    left = size_equivalent("x", 25, 2015, table, leave_out=True)
    assert (left.members, left.below, left.marks) == (1, None, "")
    assert left.findings[0].code == "N133"


def test_of_several_years_the_nearest_counts_and_of_two_as_near_the_later():
    table = pd.DataFrame({"place": "a", "year": [2012, 2014, 2016], "value": [1.0, 2.0, 3.0]})
    assert size_equivalent("x", 9, 2015, table, max_gap=3).below == ("a", 3.0, 2016)
    assert size_equivalent("x", 9, 2013, table, max_gap=3).below == ("a", 2.0, 2014)


def test_members_without_a_value_are_named():
    found = size_equivalent("x", 25, 2015, ranking(a=30.0, b=np.nan))
    assert (found.rank, found.members) == (2, 1)
    assert found.findings[0].params["peers"] == ("b",)


def test_the_place_itself_is_passed_over():
    found = size_equivalent("a", 30, 2015, ranking(a=30.0, b=20.0))
    assert (found.rank, found.members, found.level, found.findings[0].code) == (1, 1, (), "N126")


@pytest.mark.parametrize(("value", "table"), [(5, {}), (5, {"a": np.nan}), (np.nan, {"a": 3.0})])
def test_nothing_to_compare_is_refused(value, table):
    with pytest.raises(ModelError) as caught:
        size_equivalent("x", value, 2015, ranking(**table))
    assert caught.value.findings[0].code == "N127"


def test_another_currency_needs_a_rate_above_zero():
    for rate, error in (
        (None, ModelError),
        (float("nan"), ModelError),
        (0.0, ScaleError),
        (-6.0, ScaleError),
    ):
        with pytest.raises(error):
            size_equivalent("x", 5, 2015, ranking(a=3.0), unit="亿元", ranking_unit="亿美元", rate=rate)


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=12),
    st.integers(1, 30),
    st.integers(0, 999),
    st.floats(0.01, 99),
)
def test_the_rank_is_that_of_a_sorted_list(values, own, seed, unit):
    table = ranking(**{f"p{n}": float(value) for n, value in enumerate(values)})
    found = size_equivalent("x", own, 2015, table)
    assert found.rank == sorted([*values, own], reverse=True).index(own) + 1
    shuffled = table.sample(frac=1, random_state=seed).assign(value=lambda t: t["value"] * unit)
    again = size_equivalent("x", own * unit, 2015, shuffled)
    assert (again.rank, again.level) == (found.rank, found.level)
    assert (again.above and again.above[0]) == (found.above and found.above[0])
