"""Degrees of obstacle: the worked example, their sum, missing values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.ecosystem.obstacle import (
    find_obstacles,
    obstacle_degrees,
    sum_by_group,
)
from innohub.errors import ModelError, PanelError, ScaleError

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


@pytest.mark.reference
def test_worked_example():
    # Pillars .4 and .6, times the weights within each.
    factors = np.array([0.4, 0.4, 0.6, 0.6, 0.6]) * [0.5, 0.5, 0.3, 0.3, 0.4]
    degrees = obstacle_degrees(factors, Z)
    assert degrees == pytest.approx([0.16 / 0.486, 0.02 / 0.486, 0.09 / 0.486, 0, 0.216 / 0.486], abs=1e-12)
    assert degrees.round(4).tolist() == [0.3292, 0.0412, 0.1852, 0, 0.4444]
    pillars = sum_by_group(degrees, np.array([0, 0, 1, 1, 1]), 2)
    assert pillars.round(4).tolist() == [0.3704, 0.6296]
    assert factors @ Z == pytest.approx(0.514)
    assert obstacle_degrees(factors, Z, "gap").sum() == pytest.approx(1 - 0.514)


@given(st.integers(0, 1000), st.integers(1, 8))
def test_degrees_sum_to_one_and_do_not_depend_on_order_or_scale(seed, many):
    rng = np.random.default_rng(seed)
    factors, z = rng.uniform(0.01, 3, many), rng.uniform(0, 0.99, (3, many))
    degrees = obstacle_degrees(factors, z)
    assert degrees.sum(axis=1) == pytest.approx(np.ones(3))
    assert obstacle_degrees(factors[::-1] * 7, z[:, ::-1])[:, ::-1] == pytest.approx(degrees)
    gaps = obstacle_degrees(factors, z, "gap")
    assert gaps.sum(axis=1) == pytest.approx(1 - z @ factors / factors.sum())


def test_all_best_is_no_obstacle():
    assert obstacle_degrees(np.array([0.5, 0.5]), np.array([[1.0, 1.0]])).tolist() == [[0, 0]]
    found = find_obstacles(values(("x", 2020, np.ones(5)), ("y", 2020, Z)), FACTORS)
    assert [finding.code for finding in found.findings] == ["S343"]
    assert "x 2020" in found.findings[0].render("en")
    own = found.indicators[found.indicators["place"] == "x"]
    assert own["degree"].tolist() == [0] * 5
    assert own["rank"].isna().all()


def test_missing_values_have_no_degree_and_the_others_share_the_whole():
    z = Z.copy()
    z[4] = np.nan
    found = find_obstacles(values(("x", 2020, z), ("y", 2020, np.full(5, np.nan))), FACTORS)
    assert [finding.code for finding in found.findings] == ["S344"]
    own = found.indicators[found.indicators["place"] == "x"]
    assert np.isnan(own["degree"].iloc[4])
    assert own["degree"].sum() == pytest.approx(1)
    assert own["known"].tolist() == pytest.approx([0.76] * 5)
    assert own["degree"].iloc[0] == pytest.approx(0.16 / 0.27)
    assert found.groups.query("place == 'y'")["degree"].isna().all()


def test_tables_by_indicator_and_group():
    found = find_obstacles(values(("x", 2020, Z)), FACTORS)
    columns = ["place", "year", "indicator", "group", "weight", "value", "degree", "rank", "known"]
    assert found.indicators.columns.tolist() == columns
    assert found.indicators["rank"].tolist() == pytest.approx([2, 4, 3, np.nan, 1], nan_ok=True)
    assert found.groups["group"].tolist() == ["A", "B"]
    assert found.groups["weight"].tolist() == pytest.approx([0.4, 0.6])
    assert found.groups["degree"].tolist() == pytest.approx([0.18 / 0.486, 0.306 / 0.486])
    gaps = find_obstacles(values(("x", 2020, Z)), FACTORS, "gap")
    assert gaps.groups["degree"].sum() == pytest.approx(0.486)


def test_factors_may_differ_by_draw():
    rng = np.random.default_rng(3)
    factors = rng.dirichlet(np.ones(5), 20)
    together = obstacle_degrees(factors[:, None, :], np.tile(Z, (1, 3, 1)))
    assert together.shape == (20, 3, 5)
    for draw in range(20):
        assert together[draw, 1] == pytest.approx(obstacle_degrees(factors[draw], Z))


@pytest.mark.parametrize(
    ("rows", "error", "code", "told"),
    [
        ([("x", 2020, [0.2, 0.9, 0.5, 1.2, 0.1])], ScaleError, "S330", "x 2020 b2 (1.2)"),
        ([("x", 2020, Z), ("x", 2020, Z)], PanelError, "S333", "x 2020 a1"),
    ],
)
def test_bad_values_are_refused_with_their_cell(rows, error, code, told):
    with pytest.raises(error, match=code) as raised:
        find_obstacles(values(*rows), FACTORS)
    assert told in raised.value.render("en")


def test_bad_numbers_are_refused():
    with pytest.raises(ScaleError, match="N156"):
        obstacle_degrees(np.ones(2), np.array([0.5, -0.1]))
    with pytest.raises(ModelError, match="N149"):
        obstacle_degrees(np.array([1.0, -1]), np.array([0.5, 0.1]))
    with pytest.raises(ModelError, match="share, gap"):
        obstacle_degrees(np.ones(2), np.array([0.5, 0.1]), "raw")
