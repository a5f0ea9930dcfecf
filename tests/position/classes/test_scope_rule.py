"""The widest scope in which enough functions stand out: bars from both sides, gaps, brute force."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.catalog.scheme import scheme
from innohub.errors import ModelError
from innohub.position.classes.scope_rule import ScopeRule, measure_scopes, place_by_scope

FOUR = scheme("tiers-scope")
SCOPES = ("world", "nation", "region")
FUNCTIONS = ("science", "technology", "industry")


def measures(shares, ranks=None, place="a"):
    """Build measures of one place from matrices (scopes, functions)."""
    ranks = np.full((3, 3), 99.0) if ranks is None else np.array(ranks, dtype=float)
    cells = itertools.product(range(3), range(3))
    rows = [(place, FUNCTIONS[f], SCOPES[s], shares[s][f], ranks[s, f]) for s, f in cells]
    return pd.DataFrame(rows, columns=["place", "function", "scope", "share", "rank"])


def tier(shares, ranks=None, rule=ScopeRule(0.1, 3, 2)):  # noqa: B008
    table, findings = place_by_scope(measures(shares, ranks), FOUR, rule)
    return table.iloc[0], findings


def codes(error):
    return [finding.code for finding in error.value.findings]


LOW = [0.01, 0.01, 0.01]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([[0.1, 0.1, 0.0], LOW, LOW], "international"),
        ([[0.1, 0.0999, 0.0], [0.2, 0.2, 0.2], LOW], "national"),
        ([[0.5, 0.0, 0.0], [0.5, 0.0, 0.0], [0.5, 0.1, 0.0]], "regional"),
        ([LOW, LOW, LOW], "local"),
    ],
)
def test_the_widest_scope_decides(shares, expected):
    row, findings = tier(shares)
    assert row["class"] == expected
    assert not findings


@pytest.mark.parametrize(
    ("rule", "signs", "told"),
    [
        (ScopeRule(0.1, None, 2), "s ≥ 0.1", "a share of at least 10 per cent in the nation"),
        (ScopeRule(None, 3, 2), "r ≤ 3", "a rank of at most 3 in the nation"),
        (
            ScopeRule(0.1, 3, 2),
            "s ≥ 0.1 | r ≤ 3",
            "a share of at least 10 per cent or a rank of at most 3 in the nation",
        ),
    ],
)
def test_the_rule_tells_what_was_asked_and_where(rule, signs, told):
    ranks = np.full((3, 3), 99.0)
    ranks[1, :2] = 1
    row, _ = tier([LOW, [0.2, 0.2, 0.0], LOW], ranks, rule)
    assert row["rule"] == f"2 ≥ 2: {signs}"
    assert told in row["rule_en"]
    assert "在国家范围内" in row["rule_zh"]


def test_a_rank_will_do_where_the_share_does_not():
    ranks = np.full((3, 3), 99.0)
    ranks[1, :2] = 3
    assert tier([LOW] * 3, ranks)[0]["class"] == "national"
    ranks[1, :2] = 4
    assert tier([LOW] * 3, ranks)[0]["class"] == "local"


def test_the_row_tells_rule_and_what_is_missing():
    row, _ = tier([[0.2, 0, 0], [0.2, 0.3, 0], LOW])
    assert row["rule"] == "2 ≥ 2: s ≥ 0.1 | r ≤ 3"
    assert (row["next_class"], row["distance"], row["distance_in"]) == ("international", 1, "functions")
    assert "科学与知识研究、技术孵化、生产和传播" in row["rule_zh"]
    assert "at least 10 per cent" in row["rule_en"]


def test_missing_numbers_leave_a_scope_open():
    gap = np.nan
    row, findings = tier(
        [[0.2, gap, 0.0], [0.2, 0.2, 0.0], LOW], np.full((3, 3), gap), ScopeRule(0.1, None, 2)
    )
    assert row["class"] == "national"
    assert [(f.code, f.level) for f in findings] == [("N172", "warning")]
    assert "world" in findings[0].render("en")
    row, findings = tier([[gap, gap, gap], LOW, LOW], None, ScopeRule(0.1, None, 2))
    assert (row["class"], row["rule_zh"]) == ("", "数据不足，无法判断")
    row, findings = tier([[gap, 0.0, 0.0], LOW, LOW], None, ScopeRule(0.1, None, 2))
    assert row["class"] == "local"
    assert not findings


def test_a_known_rank_settles_what_an_unknown_share_leaves_open():
    rule = ScopeRule(0.1, 3, 1)
    assert rule.meets(np.nan, 2) is True
    assert rule.meets(np.nan, 4) is None
    assert rule.meets(0.05, 4) is False
    assert ScopeRule(None, 3, 1).meets(np.nan, 4) is False


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        (ScopeRule(None, None, 2), "s, k"),
        (ScopeRule(0, 3, 2), "s"),
        (ScopeRule(1.1, 3, 2), "s"),
        (ScopeRule(0.1, 0, 2), "k"),
        (ScopeRule(0.1, 3, 0), "m"),
        (ScopeRule(0.1, 3, 4), "m"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(rule, name):
    with pytest.raises(ModelError) as error:
        place_by_scope(measures([LOW] * 3), FOUR, rule)
    assert [(f.code, f.params["name"]) for f in error.value.findings] == [("N179", name)]


def test_a_function_given_twice_is_refused():
    table = measures([LOW] * 3)
    with pytest.raises(ModelError) as error:
        place_by_scope(pd.concat([table, table.head(1)]), FOUR, ScopeRule(0.1, 3, 2))
    assert codes(error) == ["N179"]


def test_scopes_must_fit_the_classes():
    with pytest.raises(ModelError) as error:
        place_by_scope(measures([LOW] * 3), FOUR, ScopeRule(0.1, 3, 2), scopes=("world", "nation"))
    assert codes(error) == ["N179"]


def test_shares_and_ranks_of_scopes():
    values = pd.DataFrame(
        [("a", "science", 6.0), ("b", "science", 3.0), ("c", "science", 3.0), ("d", "science", np.nan)],
        columns=["place", "function", "value"],
    )
    areas = pd.DataFrame(
        [(p, "world", "world") for p in "abcd"]
        + [("a", "nation", "X"), ("b", "nation", "Y"), ("c", "nation", "Y")],
        columns=["place", "scope", "area"],
    )
    found = measure_scopes(values, areas).set_index(["scope", "place"])
    assert found.loc[("world", "a"), ["share", "rank", "places"]].tolist() == [0.5, 1, 3]
    assert found.loc[("world", "b"), "rank"] == found.loc[("world", "c"), "rank"] == 2
    assert np.isnan(found.loc[("world", "d"), "share"])
    assert found.loc[("nation", "b"), ["share", "rank"]].tolist() == [0.5, 1]
    whole = measure_scopes(values, areas, {("world", "world", "science"): 60.0}).set_index(["scope", "place"])
    assert whole.loc[("world", "a"), "share"] == 0.1


def test_no_area_no_measure():
    values = pd.DataFrame([("a", "science", 1.0)], columns=["place", "function", "value"])
    assert measure_scopes(values, pd.DataFrame(columns=["place", "scope", "area"])).empty


@given(
    st.lists(
        st.lists(st.floats(0, 1).map(lambda x: round(x, 1)), min_size=3, max_size=3), min_size=3, max_size=3
    ),
    st.lists(st.lists(st.integers(1, 6), min_size=3, max_size=3), min_size=3, max_size=3),
    st.builds(ScopeRule, st.sampled_from([0.1, 0.3, 0.5]), st.integers(1, 5), st.integers(1, 3)),
    st.randoms(),
)
def test_brute_force_and_row_order(shares, ranks, rule, random):
    expected = "local"
    for level, row_shares, row_ranks in zip(
        ("international", "national", "regional"), shares, ranks, strict=True
    ):
        if sum(x >= rule.s or r <= rule.k for x, r in zip(row_shares, row_ranks, strict=True)) >= rule.m:
            expected = level
            break
    table = measures(shares, ranks)
    order = list(range(len(table)))
    random.shuffle(order)
    first = place_by_scope(table, FOUR, rule)[0]
    second = place_by_scope(table.iloc[order], FOUR, rule)[0]
    assert first["class"].item() == expected
    pd.testing.assert_frame_equal(first, second)
