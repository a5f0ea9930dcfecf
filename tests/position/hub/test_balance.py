"""Coupling coordination of the triangle's corners."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.errors import ModelError, ScaleError
from innohub.position.hub.balance import classic_coupling, triangle_balance


@pytest.mark.reference
@pytest.mark.parametrize(
    ("values", "level", "coupling", "coordination"),
    [
        ([0.5, 0.5], 0.5, 1, 0.707107),
        ([0.3, 0.6], 0.45, 0.942809, 0.651356),
        ([0.1, 0.9], 0.5, 0.6, 0.547723),
        ([0.05, 0.06], 0.055, 0.995859, 0.234035),
        ([0.2, 0.4, 0.8], 0.466667, 0.857143, 0.632456),
        ([0.2, 0.4, 0.6, 0.8], 0.5, 0.885346, 0.665337),
    ],
)
def test_worked_examples(values, level, coupling, coordination):
    found = classic_coupling(np.array([values]))
    assert found.level[0] == pytest.approx(level, abs=1e-6)
    assert found.coupling[0] == pytest.approx(coupling, abs=1e-6)
    assert found.coordination[0] == pytest.approx(coordination, abs=1e-6)


@given(st.lists(st.floats(0.001, 1), min_size=3, max_size=3))
def test_equal_values_couple_fully_and_coordination_lies_between_the_values(values):
    found = classic_coupling(np.array([values, [values[0]] * 3]))
    assert found.coupling[1] == pytest.approx(1)
    assert 0 < found.coupling[0] <= 1
    implied = found.coordination[0] ** 2 / found.coupling[0]
    assert min(values) - 1e-9 <= implied <= max(values) + 1e-9


def panel(*rows):
    return pd.DataFrame(
        [(f"p{n}", 2020, *row) for n, row in enumerate(rows)],
        columns=["place", "year", "agglomeration", "innovation", "diffusion"],
    )


def test_lowest_corner_and_its_gap():
    table, findings = triangle_balance(panel((0.2, 0.4, 0.8), (0.5, 0.3, 0.3), (0.4, np.nan, 0.4)))
    assert table["lowest"].tolist() == ["agglomeration", "innovation;diffusion", ""]
    assert table["gap"].tolist()[:2] == pytest.approx([1.4 / 3 - 0.2, 1.1 / 3 - 0.3])
    assert table.loc[2, ["C", "T", "D", "gap"]].isna().all()
    assert findings == ()


def test_a_zero_decides_and_is_told():
    table, findings = triangle_balance(panel((0, 0.5, 0.9), (0, 0, 0), (0.1, 0.2, 0.3)))
    assert table["D"].tolist()[0] == 0
    assert np.isnan(table["C"].tolist()[1])
    assert [finding.code for finding in findings] == ["N157"]
    assert "p0 2020, p1 2020" in findings[0].render("en")


def test_weights_count_in_the_level_only():
    values = np.array([[0.2, 0.4, 0.8]])
    plain, weighted = classic_coupling(values), classic_coupling(values, np.array([2.0, 0, 2]))
    assert weighted.coupling[0] == plain.coupling[0]
    assert weighted.level[0] == pytest.approx(0.5)


@pytest.mark.parametrize("value", [-0.01, 1.01, np.inf])
def test_values_outside_are_refused(value):
    with pytest.raises(ScaleError, match="N156"):
        triangle_balance(panel((value, 0.5, 0.5)))


@pytest.mark.parametrize("weights", [[1, -1, 1], [0, 0, 0], [1, np.nan, 1]])
def test_weights_without_sense_are_refused(weights):
    with pytest.raises(ModelError, match="N149"):
        classic_coupling(np.array([[0.1, 0.2, 0.3]]), np.array(weights, dtype=float))
