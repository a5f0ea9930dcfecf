"""Lag types at the bar, the lowest of many, and trajectories with moves between classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem.coupling_table import coupling_table
from innohub.ecosystem.lag import lag_table, lowest, pair_lag, trajectories
from innohub.ecosystem.subsystems import Subsystems
from innohub.errors import ModelError

NAMES = ("a", "b", "c")


def systems(values, names=NAMES, years=None, places=None):
    values = np.asarray(values, dtype=float)
    places = places or tuple(f"p{n}" for n in range(len(values)))
    return Subsystems(tuple(places), tuple(years or (2020,) * len(values)), names, values)


def test_the_bar_itself_is_in_step():
    first = np.array([0.4, 0.5, 0.3, 0.3, 0.61, np.nan])
    second = np.array([0.3, 0.4, 0.4, 0.41, 0.5, 0.5])
    assert pair_lag(first, second).tolist() == [0, 0, 0, 1, 2, -1]
    assert pair_lag(first, second, 0.0).tolist() == [2, 2, 1, 1, 2, -1]
    assert pair_lag(np.array([0.5]), np.array([0.5]), 0.0).tolist() == [0]


@pytest.mark.parametrize("bar", [-0.1, np.nan])
def test_a_bar_below_zero_is_refused(bar):
    with pytest.raises(ModelError, match="N179"):
        pair_lag(np.zeros(1), np.zeros(1), bar)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5))
def test_turning_a_pair_turns_the_verdict(a, b, bar):
    one, other = np.array([a]), np.array([b])
    assert {0: 0, 1: 2, 2: 1}[int(pair_lag(one, other, bar)[0])] == pair_lag(other, one, bar)[0]


def test_pairs_and_the_lowest_of_three():
    table = lag_table(systems([[0.2, 0.4, 0.8], [0.3, 0.3, 0.6], [0.2, np.nan, 0.5]]))
    whole = table[table["first"] == ""]
    assert whole["lag"].tolist() == ["lowest", "lowest", ""]
    assert whole["lagging"].tolist() == ["a", "a;b", ""]
    assert whole["gap"].tolist()[:2] == pytest.approx([1.4 / 3 - 0.2, 0.1])
    pairs = table[table["place"] == "p0"].query("first != ''")
    assert pairs[["first", "second", "lag", "lagging"]].to_numpy().tolist() == [
        ["a", "b", "lagging", "a"], ["a", "c", "lagging", "a"], ["b", "c", "lagging", "b"]]  # fmt: skip
    assert pairs["gap"].tolist() == pytest.approx([0.2, 0.6, 0.4])
    assert set(pairs["bar"]) == {0.1}
    in_step = table.query("place == 'p1' and first == 'a' and second == 'b'").iloc[0]
    assert (in_step["lag"], in_step["lagging"]) == ("synchronous", "")
    unknown = table.query("place == 'p2' and first == 'a' and second == 'b'").iloc[0]
    assert unknown["lag"] == ""


def test_two_subsystems_have_one_row_a_place():
    table = lag_table(systems([[0.3, 0.6]], NAMES[:2]), pairs=False)
    assert table[["first", "lag", "lagging"]].to_numpy().tolist() == [["", "lagging", "a"]]


def test_the_lowest_does_not_depend_on_order():
    values = np.random.default_rng(4).uniform(0, 1, (50, 5))
    assert (lowest(values)[:, ::-1] == lowest(values[:, ::-1])).all()


def test_probability_is_the_share_of_draws_with_the_same_verdict():
    rng = np.random.default_rng(7)
    values = np.array([[0.3, 0.42, 0.5], [0.5, 0.5, 0.5]])
    draws = np.clip(values + rng.normal(0, 0.05, (300, 2, 3)), 0, 1)
    draws[:30, 0, 1] = np.nan
    table = lag_table(systems(values), draws=draws)
    pair = table.query("place == 'p0' and first == 'a' and second == 'b'").iloc[0]
    apart = draws[30:, 0, 1] - draws[30:, 0, 0]
    assert (pair["lag"], pair["lagging"]) == ("lagging", "a")
    assert pair["probability"] == pytest.approx((apart > 0.1).mean())
    whole = table.query("place == 'p0' and first == ''").iloc[0]
    assert whole["probability"] == pytest.approx((draws[30:, 0].argmin(axis=1) == 0).mean())


def test_trajectories_step_by_step_and_over_the_whole_period():
    found = systems(
        [[0.3, 0.3, 0.3], [0.45, 0.45, 0.45], [0.42, 0.42, 0.42], [0.8, 0.8, 0.8]],
        years=(2020, 2021, 2023, 2020), places=("x", "x", "x", "y"),
    )  # fmt: skip
    result = coupling_table(found, pairs=False)
    told = trajectories(result, "ccd-10")
    assert told[["start", "end", "whole"]].to_numpy().tolist() == [
        [2020, 2021, False], [2021, 2023, False], [2020, 2023, True]]  # fmt: skip
    assert told["level_change"].tolist() == pytest.approx([0.15, -0.03, 0.12])
    steps = [*np.diff(np.sqrt([0.3, 0.45, 0.42])), 0.42**0.5 - 0.3**0.5]
    assert told["coordination_change"].tolist() == pytest.approx(steps)
    assert told["from_class"].tolist() == ["bare", "primary", "bare"]
    assert told["move"].tolist() == ["up", "same", "up"]
    assert told["steps"].tolist() == [1, 0, 1]
    assert "rise" not in told


def test_undefined_years_have_no_move():
    found = systems([[0, 0], [0.5, 0.5]], NAMES[:2], years=(2020, 2021), places=("x", "x"))
    told = trajectories(coupling_table(found), "ccd-4")
    assert told["move"].tolist() == ["", ""]
    assert told["steps"].isna().all()
    assert told["level_change"].tolist() == [0.5, 0.5]


def test_years_with_a_missing_score_are_skipped():
    found = systems(
        [[0.1, np.nan], [0.2, 0.2], [np.nan, 0.1], [0.7, 0.7]], NAMES[:2],
        years=(2020, 2021, 2022, 2023), places=("x",) * 4,
    )  # fmt: skip
    told = trajectories(coupling_table(found), "ccd-4")
    assert told[["start", "end", "whole"]].to_numpy().tolist() == [[2021, 2023, False], [2021, 2023, True]]
    assert told["move"].tolist() == ["up", "up"]


def test_one_year_gives_no_trajectory():
    told = trajectories(coupling_table(systems([[0.5, 0.5]], NAMES[:2])), "ccd-4")
    assert len(told) == 0
    assert {"move", "steps", "coordination_change"} <= set(told.columns)


def test_draws_are_paired_over_the_years():
    rng = np.random.default_rng(9)
    shock = rng.uniform(0, 0.3, (200, 1, 1))
    values = np.array([[0.3, 0.3], [0.4, 0.4]])
    result = coupling_table(
        systems(values, NAMES[:2], years=(2020, 2021), places=("x", "x")), draws=values + shock, level=0.9
    )
    told = trajectories(result, "ccd-10").iloc[0]
    assert told["rise"] == 1
    d = result.draws["coordination"]
    assert told["coordination_change_low"] == pytest.approx(np.quantile(d[:, 1] - d[:, 0], 0.05))
    assert told["coordination_change_low"] > 0
