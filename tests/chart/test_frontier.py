"""Readings of efficiency: frontier, mean, those left out, productivity a year."""

import numpy as np
import pandas as pd
import pytest

from innohub.chart.frontier import read_performances, read_productivity, read_targets


def efficiency(scores, year=2020, name="m"):
    rows = [
        {"efficiency": name, "place": p, "year": year, "score": s, "feasible": not np.isnan(s)}
        for p, s in scores.items()
    ]
    table = pd.DataFrame(rows)
    return table.assign(rank=table["score"].rank(ascending=False, method="min"))


def test_the_frontier_counts_as_one_in_the_mean():
    table = efficiency({"a": 1.5, "b": 1.0 - 1e-9, "c": 0.5, "d": np.nan})
    (found,) = read_performances(table, 2020, pd.Index(["a", "b", "c", "d", "e"]))
    assert found.frontier == ("a", "b")
    assert found.mean == pytest.approx(2.5 / 3)
    assert found.beyond
    assert found.lowest == "c"
    assert (found.infeasible, found.absent) == (("d",), ("e",))


def test_the_last_year_stands_in_for_a_missing_one_and_models_keep_their_order():
    table = pd.concat(
        [efficiency({"a": 0.5}, 2018, "z"), efficiency({"a": 1.0}, 2019, "z"), efficiency({"a": 0.2})]
    )
    found = read_performances(table, 2021, pd.Index(["a"]))
    assert [(p.name, p.year) for p in found] == [("z", 2019), ("m", 2020)]
    assert not found[0].beyond
    assert read_performances(pd.DataFrame(), 2020, pd.Index(["a"])) == []
    assert read_performances(efficiency({"a": np.nan}), 2020, pd.Index(["a"])) == []


def malmquist(rows):
    columns = ["efficiency", "place", "start", "end", "index", "efficiency_change", "technical_change"]
    return pd.DataFrame([("m", "", *row) for row in rows], columns=columns)


def test_the_yearly_mean_counts_the_years_of_each_period():
    table = malmquist([(2010, 2011, 1.1, 1.0, 1.1), (2011, 2013, 1.21, 0.9, 1.21 / 0.9)])
    found = read_productivity(table, "m")
    assert found.years == (2010, 2013)
    assert found.yearly("index") == pytest.approx((1.1 * 1.21) ** (1 / 3))
    assert found.driver == "technical_change"


def test_a_loss_is_driven_by_the_part_that_falls():
    found = read_productivity(malmquist([(2010, 2011, 0.9, 0.8, 1.125)]), "m")
    assert found.driver == "efficiency_change"


def test_without_means_there_is_no_productivity():
    table = malmquist([(2010, 2011, 1.0, 1.0, 1.0)])
    assert read_productivity(table, "other") is None
    assert read_productivity(table.assign(place="a"), "m") is None
    assert read_productivity(table.assign(index=np.nan), "m") is None
    assert read_productivity(pd.DataFrame(), "m") is None


def test_targets_are_those_of_one_place_without_what_may_stay():
    table = pd.DataFrame(
        [
            ("m", "a", 2020, "x", 0.0),
            ("m", "a", 2020, "y", -0.2),
            ("m", "a", 2020, "z", 0.5),
            ("m", "b", 2020, "z", 9.0),
        ],
        columns=["efficiency", "place", "year", "indicator", "change"],
    )
    assert list(read_targets(table, "m", 2020, "a")["indicator"]) == ["z", "y"]
    assert read_targets(table, "m", 2019, "a").empty
    assert read_targets(pd.DataFrame(), "m", 2020, "a").empty
