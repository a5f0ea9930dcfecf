"""Containment of general functions and special functions: brute force, the published table, gaps and ties."""

import csv
import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ModelError
from innohub.position.classes.containment import contain, location_quotients, special_functions

REFERENCE = Path(__file__).parents[2] / "reference"
TIERS = {"top": 0, "mid": 1, "low": 2}


def table(columns, **rows):
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=float)


def test_exceptions_are_listed_with_what_is_missing():
    found = contain(table(["f", "g"], top=[0.9, 0.2], mid=[0.5, 0.6], low=[0.5, 0.3]), TIERS)
    told = found.exceptions[["function", "higher", "lower"]].values.tolist()
    assert told == [["g", "top", "mid"], ["g", "top", "low"]]
    assert found.exceptions["gap"].tolist() == pytest.approx([0.4, 0.1])
    shares = found.shares.set_index("function")
    assert shares.loc["f"].tolist() == [3, 3, 1.0]
    assert shares.loc["g", "held"] == 1
    assert shares.loc["", ["compared", "held"]].tolist() == [6, 4]


def test_a_tie_reaches_and_missing_values_are_not_compared():
    found = contain(table(["f"], top=[0.5], mid=[0.5], low=[np.nan]), TIERS)
    assert found.exceptions.empty
    assert found.shares["compared"].tolist() == [1, 1]


def test_places_of_one_tier_are_not_compared():
    found = contain(table(["f"], a=[0.1], b=[0.9]), {"a": 1, "b": 1})
    assert found.exceptions.empty
    assert found.shares["share"].isna().all()


def test_places_without_a_tier_are_left_out_with_a_warning():
    found = contain(table(["f"], top=[0.1], other=[0.9]), TIERS)
    assert found.exceptions.empty
    assert [(f.code, f.level) for f in found.findings] == [("N178", "warning")]
    assert "other" in found.findings[0].render("zh")


@pytest.mark.reference
def test_universities_of_the_published_table():
    """The Greater Bay Area (4) has fewer first-class universities than three national centres and the North-east."""
    with (REFERENCE / "zhang2022_table1.csv").open(encoding="utf-8", newline="") as file:
        rows = {
            row["region_id"]: float(row["universities_double_first_class"]) for row in csv.DictReader(file)
        }
    tiers = {
        "yangtze-river-delta": 0, "jingjinji": 0, "gba": 0,
        "shandong": 1, "northeast": 1, "chengdu-chongqing": 1, "hubei": 1, "shaanxi": 1,
    }  # fmt: skip
    scores = pd.DataFrame({"universities": {place: rows[place] for place in tiers}})
    found = contain(scores, tiers).exceptions
    assert found["higher"].unique().tolist() == ["gba"]
    assert found["lower"].tolist() == ["northeast", "chengdu-chongqing", "hubei", "shaanxi"]
    assert found["gap"].tolist() == [7, 3, 3, 3]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(0, 1).map(lambda x: round(x, 2)) | st.just(float("nan"))),
        min_size=1,
        max_size=8,
    )
)
def test_containment_by_brute_force(rows):
    scores = pd.DataFrame({"f": {f"p{n}": x for n, (_, x) in enumerate(rows)}})
    tiers = {f"p{n}": t for n, (t, _) in enumerate(rows)}
    pairs = [
        (h, low) for h, low in itertools.permutations(scores.index, 2)
        if tiers[h] < tiers[low] and not np.isnan(scores["f"][[h, low]]).any()
    ]  # fmt: skip
    fails = {(h, low) for h, low in pairs if scores["f"][h] < scores["f"][low]}
    found = contain(scores, tiers)
    assert set(zip(found.exceptions["higher"], found.exceptions["lower"], strict=True)) == fails
    assert found.shares["compared"].iloc[0] == len(pairs)


AMOUNTS = table(["chips", "wine"], top=[90, 10], mid=[40, 10], low=[5, 35])


def test_location_quotients():
    found, findings = location_quotients(AMOUNTS)
    assert found.loc["low", "wine"] == pytest.approx((35 / 40) / (55 / 190))
    assert not findings
    other, _ = location_quotients(AMOUNTS, {"chips": 500, "wine": 500})
    assert other.loc["top"].tolist() == [1.8, 0.2]


def test_a_lower_centre_leads_where_no_higher_one_is_specialised():
    quotients, _ = location_quotients(AMOUNTS)
    found, _ = special_functions(quotients, TIERS)
    assert found[["place", "niche", "special"]].values.tolist() == [["low", "wine", "yes"]]
    assert found["higher"].item() == "mid"


def special(k=1.5, **rows):
    found, _ = special_functions(table(["n"], **rows), TIERS, k=k)
    return found.set_index("place")["special"].to_dict()


def test_both_sides_of_both_bars():
    assert special(top=[1.0], low=[1.51]) == {"low": "yes"}
    assert special(top=[1.0], low=[1.5]) == {}
    assert special(top=[1.01], low=[1.51]) == {"low": "no"}
    assert special(top=[0.2], mid=[1.6], low=[1.7]) == {"mid": "yes", "low": "no"}
    assert special(k=2.0, top=[0.2], low=[1.9]) == {}


def test_the_highest_tier_is_not_tested():
    assert special(top=[9.0], mid=[0.1]) == {}
    assert special(mid=[9.0]) == {}


def test_missing_quotients_leave_it_open():
    assert special(top=[np.nan], low=[2.0]) == {"low": "no data"}
    assert special(top=[np.nan], mid=[1.2], low=[2.0]) == {"low": "no"}


def test_totals_of_zero_are_undefined():
    found, findings = location_quotients(table(["x", "y"], a=[1, 0], b=[0, 0]))
    assert np.isnan(found.loc["b"]).all()
    assert np.isnan(found.loc["a", "y"])
    assert [f.code for f in findings] == ["N176"]
    assert "y, b" in findings[0].render("en")


def test_negative_amounts_and_missing_references_are_refused():
    with pytest.raises(ModelError) as error:
        location_quotients(table(["x"], a=[-1]))
    assert error.value.findings[0].code == "N179"
    with pytest.raises(ModelError) as error:
        location_quotients(table(["x", "y"], a=[1, 2]), {"x": 1})
    assert error.value.findings[0].params["wanted"] == "y"


@given(st.lists(st.floats(0.1, 100), min_size=6, max_size=6), st.floats(0.1, 50))
def test_quotients_do_not_change_with_the_unit(cells, factor):
    amounts = pd.DataFrame(np.array(cells).reshape(3, 2), index=list(TIERS), columns=["x", "y"])
    np.testing.assert_allclose(location_quotients(amounts)[0], location_quotients(factor * amounts)[0])
