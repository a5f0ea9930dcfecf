"""Place x function matrix, specialisation and scores of groups."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from innohub.position.function.specialise import function_table, mean_by, specialisation, standing_matrix


def test_standing_counts_those_behind_and_half_the_ties():
    x = np.array([[1.0, 9], [2, 5], [2, np.nan], [4, 1]])
    found = standing_matrix(x, np.array([1, -1]), least=2)
    assert found[:, 0].tolist() == pytest.approx([0, 0.5, 0.5, 1])
    assert found[:, 1].tolist() == pytest.approx([0, 0.5, np.nan, 1], nan_ok=True)
    assert np.isnan(standing_matrix(x, np.array([1, -1]), least=3)[:, 1]).all()


@given(arrays(float, (6, 2), elements=st.integers(0, 5).map(float)))
def test_standings_average_one_half(x):
    assert standing_matrix(x, np.array([1, 1])).mean(axis=0) == pytest.approx([0.5, 0.5])


def test_means_skip_what_is_missing():
    q = np.array([[1.0, 0.0], [0.5, np.nan], [np.nan, np.nan]])
    found = mean_by(q, np.array([[3.0, 1.0], [0.0, 1.0]]))
    assert found[:, 0].tolist() == pytest.approx([0.75, 0.5, np.nan], nan_ok=True)
    assert found[:, 1].tolist() == pytest.approx([0.0, np.nan, np.nan], nan_ok=True)


@given(arrays(float, (4, 3), elements=st.floats(0.1, 9)))
def test_complete_scores_give_the_location_quotient(scores):
    expected = (scores / scores.sum(axis=1, keepdims=True)) / (scores.sum(axis=0) / scores.sum())
    assert specialisation(scores) == pytest.approx(expected)


def test_missing_and_zero_scores():
    found = specialisation(np.array([[1.0, np.nan], [3.0, 1.0], [0.0, 0.0]]))
    assert found[0].tolist() == pytest.approx([1.0, np.nan], nan_ok=True)
    assert np.isnan(found[2]).all()


def test_the_table_has_functions_then_groups():
    x = pd.DataFrame({"u": [1.0, 2, 3, 4], "v": [4.0, 3, 2, 1], "unused": [1.0] * 4}, index=list("abcd"))
    functions = pd.DataFrame(
        [("f", "u", 1.0), ("g", "v", 1.0), ("h", "nothing", 1.0)], columns=["function", "indicator", "weight"]
    )
    table = function_table(x, functions, {"f": "one", "g": "one", "h": "two"}, {"v": 1})
    wide = table.set_index(["place", "function"])["score"]
    assert wide["a", "f"] == 0
    assert wide["a", "g"] == 1
    assert np.isnan(wide["a", "h"])
    by_group = table[table["function"] == ""].set_index(["place", "group"])["score"]
    assert by_group["a", "one"] == 0.5
    assert np.isnan(by_group["a", "two"])
    assert len(table) == 4 * 3 + 4 * 2
