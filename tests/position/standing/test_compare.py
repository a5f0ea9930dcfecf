"""Up to six places side by side."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import rankdata

from innohub.errors import ModelError
from innohub.position.standing.compare import compare

PLACES = list("abcdefgh")


def long(**nodes):
    return pd.concat(
        pd.DataFrame({"node": node, "place": PLACES[: len(values)], "value": values})
        for node, values in nodes.items()
    )


def test_ranks_run_over_all_places():
    scores = [3.0, 9, 9, 1, 5, np.nan, 7, 2]
    table = compare(long(centre=scores), ["d", "b", "f", "c"])
    assert table["place"].tolist() == ["d", "b", "f", "c"]
    wanted = rankdata([-9, -9, -7, -5, -3, -2, -1], method="min")
    assert table["rank"].tolist()[:2] == [int(wanted[-1]), 1]
    assert pd.isna(table["rank"][2])
    assert table["of"].tolist() == [7] * 4
    assert table["rank_here"].tolist()[:2] == [3, 1]
    assert table["best"].tolist() == [False, True, False, True]


def test_less_is_better_where_it_says_so():
    values = long(cost=[3.0, 9, 5]).assign(direction=-1)
    assert compare(values, ["a", "b", "c"])["rank"].tolist() == [1, 3, 2]


def test_any_framework_in_its_own_order():
    framework = pd.DataFrame(
        {
            "node": ["root", "left"],
            "parent": ["", "root"],
            "depth": [0, 1],
            "name_zh": ["总", "左"],
            "name_en": ["All", "Left"],
        }
    )
    table = compare(long(left=[1.0, 2], root=[4.0, 3]), ["a", "b"], framework)
    assert table[["node", "place", "value", "rank"]].values.tolist() == [
        ["root", "a", 4.0, 1], ["root", "b", 3.0, 2], ["left", "a", 1.0, 2], ["left", "b", 2.0, 1],
    ]  # fmt: skip
    assert table["name_zh"].tolist() == ["总", "总", "左", "左"]
    assert table["depth"].tolist() == [0, 0, 1, 1]
    missing = compare(long(root=[4.0, 3]), ["a", "b"], framework).query("node == 'left'")
    assert missing["value"].isna().all()
    assert (missing["of"] == 0).all()


def test_mixed_years_are_marked_per_node():
    values = long(x=[1.0, 2], y=[1.0, 2]).assign(year=[2015, 2014, 2015, 2015], unit="%")
    table = compare(values, ["a", "b"])
    assert table["marks"].tolist() == ["year", "year", "", ""]
    assert table["year"].tolist() == [2015, 2014, 2015, 2015]
    assert set(table["unit"]) == {"%"}


def test_six_are_allowed_and_one():
    assert len(compare(long(x=np.arange(8.0)), PLACES[:6])) == 6
    assert compare(long(x=[1.0]), ["a"])["rank"].tolist() == [1]


@pytest.mark.parametrize("places", [[], PLACES[:7], ["a", "a"], ["a", "zz"]])
def test_other_choices_are_refused(places):
    with pytest.raises(ModelError) as caught:
        compare(long(x=np.arange(8.0)), places)
    assert caught.value.findings[0].code == "N136"
    assert "{" not in caught.value.render("en") + caught.value.render("zh")


def test_two_values_or_two_units_of_a_node_are_refused():
    twice = pd.concat([long(x=[1.0]), long(x=[2.0])])
    with pytest.raises(ModelError, match="more than one value"):
        compare(twice, ["a"])
    with pytest.raises(ModelError, match="different units"):
        compare(long(x=[1.0, 2]).assign(unit=["%", "CNY"]), ["a"])


def test_row_order_does_not_matter():
    values = long(x=[3.0, 1, 2], y=[1.0, 5, 4])
    framework = pd.DataFrame({"node": ["x", "y"], "parent": "", "depth": 0})
    assert compare(values.iloc[::-1], ["b", "a"], framework).equals(compare(values, ["b", "a"], framework))
