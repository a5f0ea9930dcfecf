"""What several years of an index say together."""

import numpy as np
import pandas as pd
import pytest

from innohub.index import build_model, compute
from innohub.index.change import change_tables
from innohub.panel import build_panel
from innohub.study.index_section import IndexSection

FRAMEWORK = pd.DataFrame(
    [("i", "", 1.0, ""), ("a", "i", 1.0, "a")], columns=["node", "parent", "weight", "indicator"]
)


def history(values):
    """Score one indicator as it is: (years, places)."""
    places = [f"p{n}" for n in range(len(values[0]))]
    rows = [
        (p, "a", 2010 + t, v, "") for t, row in enumerate(values) for p, v in zip(places, row, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["place", "indicator", "year", "value", "flag"])
    years = [2010 + t for t in range(len(values))]
    panel = build_panel(
        table, pd.DataFrame({"indicator": ["a"], "direction": [1]}), places, ["a"], years[-1], years=years
    )
    return compute(build_model("x", IndexSection.model_validate({"normalise": "none"}), FRAMEWORK), panel)


def test_nothing_for_a_single_year():
    assert change_tables(history([[1.0, 2, 3]])) == {}


def test_halving_gaps_converge():
    logs = np.array([0.0, 1.0, 2.0, 3.0])
    values = [np.exp(1 + 0.5**t * (logs - 1.5)).tolist() for t in range(5)]
    tables = change_tables(history(values))
    assert tables["inequality"]["cv"].is_monotonic_decreasing
    convergence = tables["convergence"].iloc[0]
    assert convergence["slope"] == pytest.approx((0.5**4 - 1) / 4)
    assert convergence["speed"] == pytest.approx(np.log(2))
    assert convergence["half_life"] == pytest.approx(1.0)
    assert convergence["reason"] == ""


def test_transitions_count_every_move():
    values = [[1.0, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 8, 7], [8, 2, 3, 4, 5, 6, 7, 1]]
    table = change_tables(history(values))["transitions"]
    assert table["count"].sum() == 16
    sums = table.groupby("from_class")["probability"].sum()
    assert sums.to_numpy() == pytest.approx(1.0)


def test_a_zero_score_says_why_there_is_no_convergence():
    row = change_tables(history([[0.0, 1, 2], [1.0, 2, 3]]))["convergence"].iloc[0]
    assert row["reason"] == "S184"
    assert np.isnan(row["slope"])
