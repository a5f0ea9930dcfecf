"""Roll-ups: weighted means a slot, gaps, tags that do not fit, nothing dropped unseen."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.hierarchies import hierarchies
from innohub.errors import ModelError
from innohub.position.classes.rollup import COLUMNS, roll_up

FRAME = hierarchies()["four-functions"]


def tags(*rows):
    return pd.DataFrame(rows, columns=["hierarchy", "indicator", "slot", "weight"])


def own(*rows):
    return tags(*(("four-functions", *row) for row in rows))


VALUES = pd.DataFrame(
    {"papers": [0.2, 1.0], "labs": [0.8, np.nan], "patents": [0.5, 0.0], "museums": [0.1, 0.1]},
    index=["a", "b"],
)
TAGS = own(("papers", "science", 1.0), ("labs", "science", 3.0), ("patents", "technology", 1.0))


def slots(found, column="score"):
    return found.scores.pivot(index="place", columns="slot", values=column)


def test_slot_scores_are_weighted_means():
    found = roll_up(VALUES, TAGS, FRAME)
    assert list(found.scores.columns) == list(COLUMNS)
    assert slots(found).loc["a", "science"] == pytest.approx((0.2 + 3 * 0.8) / 4)
    assert slots(found).loc["b", "technology"] == 0.0
    assert found.scores.query("slot == 'science'")["zh"].unique().tolist() == ["科学研究"]


def test_a_slot_with_too_little_data_has_no_score():
    found = roll_up(VALUES, TAGS, FRAME)
    assert np.isnan(slots(found).loc["b", "science"])
    assert slots(found, "share").loc["b", "science"] == 0.25
    assert slots(roll_up(VALUES, TAGS, FRAME, min_share=0.25)).loc["b", "science"] == 1.0


def test_exactly_the_least_share_will_do():
    two_of_three = own(("papers", "science", 2.0), ("labs", "science", 1.0))
    assert slots(roll_up(VALUES, two_of_three, FRAME)).loc["b", "science"] == 1.0


def test_untagged_indicators_and_empty_slots_are_reported():
    found = roll_up(VALUES, TAGS, FRAME)
    assert found.untagged == ("museums",)
    assert [(f.code, f.level) for f in found.findings] == [("N173", "note"), ("N175", "note")]
    assert "museums" in found.findings[0].render("en")
    assert "industry, culture" in found.findings[1].render("en")
    assert slots(found)["culture"].isna().all()


def test_an_indicator_may_serve_two_slots_and_other_frames_are_passed_over():
    both = own(("papers", "science", 1.0), ("papers", "culture", 1.0))
    found = roll_up(VALUES, pd.concat([both, tags(("five-pillars", "labs", "talent", 1.0))]), FRAME)
    assert slots(found).loc["a", ["science", "culture"]].tolist() == [0.2, 0.2]
    assert "labs" in found.untagged


def test_weights_are_one_where_none_is_given():
    bare = TAGS.drop(columns="weight")
    assert slots(roll_up(VALUES, bare, FRAME)).loc["a", "science"] == 0.5
    blank = TAGS.assign(weight=[np.nan, 1.0, 1.0])
    assert slots(roll_up(VALUES, blank, FRAME)).loc["a", "science"] == 0.5


def test_tags_that_do_not_fit_are_named_at_once():
    wrong = own(("papers", "sciense", 1.0), ("labs", "science", 0.0), ("patents", "culture", 1.0))
    with pytest.raises(ModelError) as error:
        roll_up(VALUES, pd.concat([wrong, wrong.tail(1)]), FRAME)
    assert [f.code for f in error.value.findings] == ["N174", "N179", "N179"]
    assert "science" in error.value.render("en")


@given(
    st.lists(st.floats(0, 1), min_size=6, max_size=6),
    st.lists(st.floats(0.1, 5), min_size=3, max_size=3),
    st.floats(0.1, 10),
    st.permutations(range(3)),
)
def test_scores_lie_within_the_values_and_ignore_order_and_weight_scale(cells, weights, factor, order):
    names = ["x", "y", "z"]
    values = pd.DataFrame(np.array(cells).reshape(2, 3), columns=names, index=["a", "b"])
    table = own(*((name, "science", w) for name, w in zip(names, weights, strict=True)))
    score = slots(roll_up(values, table, FRAME))["science"]
    assert (score <= values.max(axis=1) + 1e-12).all()
    assert (score >= values.min(axis=1) - 1e-12).all()
    other = table.iloc[list(order)].assign(weight=lambda t: t["weight"] * factor)
    again = slots(roll_up(values[[names[n] for n in order]], other, FRAME))["science"]
    np.testing.assert_allclose(score, again, atol=1e-12)
