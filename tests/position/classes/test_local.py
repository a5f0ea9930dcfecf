"""Types of local centres: bars from both sides, several types, none, gaps."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.position.classes.local import find_local_types

NOTHING = {
    "education_lq": 0.5, "culture_lq": 0.5, "science_lq": 0.5, "ties_upward": 0.0, "people_density": 1.0,
    "industry_density": 1.0, "niche_lq": 0.5, "liveability": 1.0, "growth": 1.0,
}  # fmt: skip
RECEIVER = {"education_lq": 1.0, "culture_lq": 1.0, "science_lq": 1.0, "ties_upward": 1}
CLUSTER = {"people_density": 5.0, "industry_density": 5.0, "niche_lq": 1.5}
LIVEABLE = {"liveability": 9.0, "growth": 5.0}


def places(*changes):
    ground = [
        NOTHING | {"people_density": x, "industry_density": x, "liveability": x, "growth": x}
        for x in (2, 3, 4)
    ]
    rows = [NOTHING | change for change in changes] + ground
    names = [f"p{n}" for n in range(len(changes))] + ["g2", "g3", "g4"]
    return pd.DataFrame(rows, index=names, dtype=float)


def types(*changes, **more):
    found = find_local_types(places(*changes), **more)
    return found.types.set_index("place")["types"].to_dict()


def test_three_types_and_none():
    found = types(RECEIVER, CLUSTER, LIVEABLE, {})
    assert [found[f"p{n}"] for n in range(4)] == ["receiver", "cluster", "liveable", ""]


def test_several_types_are_allowed():
    found = find_local_types(places(RECEIVER | CLUSTER | LIVEABLE, {}))
    assert found.types["types"][0] == "receiver;cluster;liveable"
    assert found.types["classified"].tolist()[:2] == [True, False]


@pytest.mark.parametrize(
    ("change", "measure", "under"),
    [(RECEIVER, name, 0.999) for name in ("education_lq", "culture_lq", "science_lq")]
    + [(RECEIVER, "ties_upward", 0), (CLUSTER, "niche_lq", 1.499)],
)
def test_one_failed_test_settles_a_type(change, measure, under):
    assert types(change)["p0"] != ""
    assert types(change | {measure: under})["p0"] == ""


def test_bars_are_median_and_upper_quartile_of_the_places():
    among = pd.DataFrame({"liveability": [0.0, 1, 2, 3, 4], "growth": [0.0, 1, 2, 3, 4]})
    for value, expected in ((3.0, "liveable"), (2.99, "")):
        found = find_local_types(places(LIVEABLE | {"liveability": value, "growth": 2.0}), among=among)
        assert found.types["types"][0] == expected
    bars = found.tests.query("place == 'p0' and type == 'liveable'")["bar"].tolist()
    assert bars == [3.0, 2.0]
    assert types(LIVEABLE | {"growth": 1.99}, among=among)["p0"] == ""


def test_missing_values_leave_a_type_open_unless_another_test_fails():
    gap = {"niche_lq": np.nan}
    found = find_local_types(places(CLUSTER | gap, gap | {"people_density": 0.0}))
    rows = found.types.set_index("place")
    assert (rows.loc["p0", "types"], rows.loc["p0", "untested"]) == ("", "cluster")
    assert rows.loc["p1", "untested"] == ""
    assert [(f.code, f.params["place"]) for f in found.findings] == [("N172", "p0")]
    assert "location quotient of the niche" in found.findings[0].render("en")
    assert "专精特新集群型" in found.findings[0].render("zh")


def test_an_absent_column_is_missing():
    found = find_local_types(places(LIVEABLE).drop(columns=["growth"]))
    assert found.types.set_index("place").loc["p0", "untested"] == "liveable"


def test_tests_tell_value_bar_and_verdict():
    row = find_local_types(places(CLUSTER)).tests.query("place == 'p0' and measure == 'niche_lq'").iloc[0]
    assert row[["value", "relation", "bar", "against", "verdict", "zh"]].tolist() == [
        1.5, ">=", 1.5, "number", "yes", "细分领域区位商",
    ]  # fmt: skip


def test_one_place_is_its_own_median():
    only = pd.DataFrame([NOTHING | LIVEABLE], index=["p0"])
    assert find_local_types(only).types["types"].tolist() == ["liveable"]


@given(st.floats(0.001, 1000), st.permutations(range(6)))
def test_types_do_not_change_with_the_unit_of_densities_or_the_order(factor, order):
    table = places(RECEIVER, CLUSTER, LIVEABLE)
    changed = table.assign(people_density=table["people_density"] * factor, growth=table["growth"] * factor)
    first = find_local_types(table).types.set_index("place")["types"]
    second = find_local_types(changed.iloc[list(order)]).types.set_index("place")["types"]
    assert first.to_dict() == second.to_dict()
