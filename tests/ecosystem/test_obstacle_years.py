"""Obstacles over the years: trends, leading obstacles, years that are too empty."""

import numpy as np
import pandas as pd
import pytest

from innohub.ecosystem.obstacle import find_obstacles
from innohub.ecosystem.obstacle_years import obstacle_trends

INDICATORS = ["a1", "a2", "b1", "b2", "b3"]
Z = np.array([0.2, 0.9, 0.5, 1.0, 0.1])
FACTORS = pd.DataFrame(
    {"indicator": INDICATORS, "group": list("AABBB"), "weight": [0.2, 0.2, 0.18, 0.18, 0.24]}
)


def values(*rows):
    return pd.DataFrame(
        [(place, year, name, x) for place, year, z in rows for name, x in zip(INDICATORS, z, strict=True)],
        columns=["place", "year", "indicator", "value"],
    )


def years():
    return find_obstacles(
        values(("x", 2023, [0.9, 0.9, 0.5, 1, 0.1]), ("x", 2020, Z), ("x", 2021, [0.0, 0.9, 0.5, 1, 0.1])), FACTORS
    ).indicators  # fmt: skip


def test_trends_over_the_years():
    table = years()
    told = obstacle_trends(table).set_index("indicator")
    series = table[table["indicator"] == "a1"].set_index("year")["degree"]
    row = told.loc["a1"]
    assert (row["start"], row["end"], row["years"]) == (2020, 2023, 3)
    assert row["mean"] == pytest.approx(series.mean())
    assert row["trend"] == pytest.approx(np.polyfit(series.index, series, 1)[0])
    assert row["change"] == pytest.approx(series[2023] - series[2020])
    assert told.loc["b3", "rank"] == 1
    one = obstacle_trends(table[table["year"] == 2020]).set_index("indicator")
    assert one["trend"].isna().all()
    assert (one["change"] == 0).all()


def test_years_with_too_little_data_are_left_out():
    sparse = [np.nan, np.nan, np.nan, np.nan, 0.1]
    table = find_obstacles(
        values(("x", 2020, Z), ("x", 2021, sparse), ("y", 2020, sparse)), FACTORS
    ).indicators
    told = obstacle_trends(table)
    assert told["place"].unique().tolist() == ["x"]
    assert set(told["years"]) == {1}
    assert set(told["known"]) == {1}
    assert obstacle_trends(table, least=0.2).query("place == 'x' and indicator == 'b3'")["last"].item() == 1
