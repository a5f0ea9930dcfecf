"""Breadth and balance, quotas, ratings: limits from both sides, gaps, refusals, properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.scheme import scheme
from innohub.errors import ModelError, ScaleError
from innohub.position.classes.breadth import measure_breadth, place_by_breadth
from innohub.position.classes.quota import place_by_quota
from innohub.position.classes.ratings import place_by_ratings

FIVE, FOUR, WIRED = scheme("2thinknow-5"), scheme("2thinknow-4"), scheme("wired-2000")
scores = st.lists(st.floats(0, 1).map(lambda x: round(x, 2)), min_size=4, max_size=4)


def table(**rows):
    width = len(next(iter(rows.values())))
    return pd.DataFrame.from_dict(rows, orient="index", columns=[f"s{n}" for n in range(width)], dtype=float)


def classes(found=FIVE, bar=0.6, **rows):
    return place_by_breadth(table(**rows), found, bar=bar)[0].set_index("place")["class"].to_dict()


def codes(error):
    return [finding.code for finding in error.value.findings]


def test_breadth_and_balance():
    found = measure_breadth([0.8, 0.6, 0.4, 0.2], 0.6)
    assert (found.reached, found.share) == (2, 0.5)
    assert found.cv == pytest.approx(np.std([0.8, 0.6, 0.4, 0.2]) / 0.5)


def test_five_classes_from_words():
    assert classes(
        nexus=[0.9, 0.8, 0.8, 0.7],
        hub=[0.9, 0.8, 0.4, 0.3],
        node=[1.0, 1.0, 0.1, 0.0],
        influencer=[0.9, 0.1, 0.1, 0.1],
        none=[0.5, 0.5, 0.5, 0.5],
        zero=[0, 0, 0, 0],
    ) == {"nexus": "nexus", "hub": "hub", "node": "node", "influencer": "influencer", "none": "", "zero": ""}


def test_an_upstart_has_one_segment_of_many():
    row = [0.9, *[0.1] * 9]
    assert classes(a=row) == {"a": "upstart"}
    assert classes(found=FOUR, a=[0.9, 0.1, 0.1, 0.1]) == {"a": "upstart"}


def test_both_sides_of_bar_breadth_and_balance():
    assert classes(on=[0.6, 0, 0, 0], under=[0.599, 0, 0, 0]) == {"on": "influencer", "under": ""}
    assert classes(on=[0.6, 0.6, 0.6, 0.4], under=[0.6, 0.6, 0.4, 0.4]) == {"on": "nexus", "under": "hub"}
    limits = {"nexus": (0.5, 0.5)}
    even, uneven = [0.9, 0.3], [0.91, 0.3]
    assert np.std(even) / np.mean(even) == pytest.approx(0.5)
    found, _ = place_by_breadth(table(on=even, over=uneven), FIVE, bar=0.6, own=limits)
    assert found["class"].tolist() == ["nexus", "node"]


def test_what_is_missing_to_the_next_class():
    found = place_by_breadth(
        table(a=[0.9, 0.1, 0.1, 0.1], b=[1.0, 1.0, 0.1, 0.0], c=[0.1] * 4), FIVE, bar=0.6
    )[0]
    rows = found.set_index("place")
    assert (rows.loc["a", "next_class"], rows.loc["a", "distance"], rows.loc["a", "distance_in"]) == (
        "node", 1, "segments",
    )  # fmt: skip
    assert (rows.loc["b", "next_class"], rows.loc["b", "distance_in"]) == ("hub", "cv")
    cv = np.std([1.0, 1.0, 0.1, 0.0]) / np.mean([1.0, 1.0, 0.1, 0.0])
    assert rows.loc["b", "distance"] == pytest.approx(cv - 0.5)
    assert (rows.loc["c", "class"], rows.loc["c", "distance"]) == ("", 1)


def test_the_rule_is_told_in_both_languages():
    row = place_by_breadth(table(a=[0.9, 0.8, 0.8, 0.7]), FIVE, bar=0.6)[0].iloc[0]
    assert row["rule"] == "4/4 ≥ 0.6; 1.00 ≥ 0.75; cv 0.09 ≤ 0.25"
    assert "4 个领域中 4 个达到 0.6" in row["rule_zh"]
    assert "4 of 4 segments reach 0.6" in row["rule_en"]
    assert row["status"] == "from description"


def test_a_missing_segment_leaves_a_place_out_with_a_warning():
    found, findings = place_by_breadth(table(a=[0.9, np.nan], b=[0.9, 0.9]), FIVE, bar=0.6)
    assert found["class"].tolist() == ["", "nexus"]
    assert [(f.code, f.level) for f in findings] == [("N169", "warning")]
    assert "s1" in findings[0].render("en")


@pytest.mark.parametrize("bad", [-0.1, np.inf])
def test_scores_off_the_scale_are_refused(bad):
    with pytest.raises(ScaleError) as error:
        place_by_breadth(table(a=[0.9, bad]), FIVE, bar=0.6)
    assert codes(error) == ["N164"]


@given(
    st.lists(scores, min_size=1, max_size=6),
    st.floats(0.1, 0.9).map(lambda x: round(x, 2)),
    st.floats(0.5, 20),
)
def test_classes_do_not_change_with_the_unit_or_the_order(rows, bar, factor):
    given_rows = {f"p{n}": row for n, row in enumerate(rows)}
    plain = classes(bar=bar, **given_rows)
    scaled = classes(bar=bar * factor, **{p: [x * factor for x in row] for p, row in given_rows.items()})
    shuffled = classes(bar=bar, **{p: row[::-1] for p, row in reversed(given_rows.items())})
    assert plain == scaled == shuffled


def test_quota_takes_the_top_shares():
    rows = {f"p{n:02}": [1 - n / 20] * 4 for n in range(20)}
    found, _ = place_by_quota(table(**rows), FIVE, bar=0.6)
    assert found["class"].tolist()[:8] == ["nexus"] * 2 + ["hub"] * 4 + ["node"] * 2
    assert found["rule"][0] == "rank 1 ≤ 2"
    assert found["rule"][5] == "rank 6 ≤ 6"
    assert found["rule"][6].startswith("rank 7 > 6; 4/4 ≥ 0.6")
    assert found["distance"][2] == pytest.approx(0.95 - 0.9)
    assert found["distance"][6] == pytest.approx(0.75 - 0.7)
    assert (found["next_class"][6], found["distance_in"][6]) == ("hub", "score")
    assert found["class"][19] == ""
    assert "前 30% 之内" in found["rule_zh"][5]


def test_quota_takes_all_that_tie_on_the_last_rank():
    rows = {f"p{n}": [x] * 2 for n, x in enumerate([0.9, 0.9, 0.8, 0.7, 0.7, 0.1, 0.1, 0.1, 0.1, 0.1])}
    found, _ = place_by_quota(table(**rows), FIVE, bar=0.6)
    assert found["class"].tolist()[:5] == ["nexus", "nexus", "hub", "node", "node"]


def test_quota_counts_only_places_with_scores():
    rows = {f"p{n}": [x, x] for n, x in enumerate([0.9, 0.8, 0.7, 0.6])} | {"gap": [np.nan, 0.9]}
    found, findings = place_by_quota(table(**rows), FIVE, bar=0.6, quota=(0.25, 0.25))
    assert found["class"].tolist() == ["nexus", "hub", "node", "node", ""]
    assert [f.code for f in findings] == ["N169"]


@pytest.mark.parametrize("quota", [None, (0.0, 0.2), (0.6, 0.6), (0.1, 0.1, 0.1, 0.1)])
def test_a_quota_that_does_not_fit_is_refused(quota):
    with pytest.raises(ModelError) as error:
        place_by_quota(table(a=[0.5]), FOUR, bar=0.6, quota=quota)
    assert codes(error) == ["N179"]


def wired(**rows):
    return pd.DataFrame.from_dict(rows, orient="index", columns=["training", "companies", "drive", "capital"])


def test_wired_adds_four_ratings():
    found, findings = place_by_ratings(wired(top=[4, 4, 4, 4], least=[1, 1, 1, 1], mid=[4, 3, 2, 3]), WIRED)
    assert found["class"].tolist() == ["16", "4", "12"]
    assert found["next_class"].tolist() == ["", "5", "13"]
    assert found["rule"][2] == "4 + 3 + 2 + 3 = 12"
    assert found["class_zh"][2] == "12/16"
    assert np.isnan(found["distance"][0])
    assert found["distance"][2] == 1
    assert not findings


def test_wired_refuses_other_numbers_and_names_them_all():
    with pytest.raises(ScaleError) as error:
        place_by_ratings(wired(a=[0, 5, 2.5, 4]), WIRED)
    assert codes(error) == ["N170"] * 3
    with pytest.raises(ModelError) as error:
        place_by_ratings(wired(a=[1, 1, 1, 1]).rename(columns={"drive": "luck"}), WIRED)
    assert codes(error) == ["N179"]


def test_wired_leaves_gaps_open():
    found, findings = place_by_ratings(wired(a=[1, np.nan, 2, 3]), WIRED)
    assert found["class"].tolist() == [""]
    assert [f.code for f in findings] == ["N169"]
