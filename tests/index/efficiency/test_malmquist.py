"""Malmquist indices against the handbook, closed forms and the definition."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innohub.errors import ScaleError
from innohub.index.efficiency import lag_outputs, malmquist, radial

REFERENCE = Path(__file__).parents[2] / "reference" / "dea_dealib.json"
X = np.array([[[2.0], [4], [5]]] * 2)
Y = np.array([[[2.0], [6], [5]], [[3.0], [6.6], [6]]])


def panel(seed, years=4, units=6, inputs=2, outputs=2):
    rng = np.random.default_rng(seed)
    return np.exp(rng.normal(0, 0.5, (years, units, inputs))), np.exp(
        rng.normal(0, 0.5, (years, units, outputs))
    )


def distance(x, y, t, s, unit):
    """Distance of a unit of year t to the frontier of year s: add it to that year's units, super-efficiency."""
    together = np.vstack([x[t, unit], x[s]]), np.vstack([y[t, unit], y[s]])
    return radial(*together, leave_out=False).score[0] if t == s else _outside(*together)


def _outside(x, y):
    return radial(x, y, leave_out=True).score[0]


def test_handbook():
    change = malmquist(X, Y)
    np.testing.assert_allclose(change.efficiency_change, [[15 / 11, 1, 12 / 11]], rtol=1e-12)
    np.testing.assert_allclose(change.technical_change, [[1.1, 1.1, 1.1]], rtol=1e-12)
    np.testing.assert_allclose(change.index, [[1.5, 1.1, 1.2]], rtol=1e-12)


@pytest.mark.reference
def test_another_program_agrees():
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    change = malmquist(np.array(told["x"]), np.array(told["y"]))
    np.testing.assert_allclose(change.index[0], told["malmquist"], rtol=1e-9)
    np.testing.assert_allclose(change.efficiency_change[0], told["efficiency_change"], rtol=1e-9)
    np.testing.assert_allclose(change.technical_change[0], told["technical_change"], rtol=1e-9)


def test_definition():
    x, y = panel(2)
    change = malmquist(x, y)
    for t in range(3):
        for unit in range(6):
            own, ahead = distance(x, y, t, t, unit), distance(x, y, t + 1, t, unit)
            back, later = distance(x, y, t, t + 1, unit), distance(x, y, t + 1, t + 1, unit)
            assert change.index[t, unit] == pytest.approx(np.sqrt(ahead / own * later / back), rel=1e-9)
            assert change.efficiency_change[t, unit] == pytest.approx(later / own, rel=1e-9)


def test_global_frontier_is_circular():
    x, y = panel(5)
    steps = malmquist(x, y, frontier="global")
    whole = malmquist(x, y, span=3, frontier="global")
    np.testing.assert_allclose(steps.index.prod(axis=0), whole.index[0], rtol=1e-9)
    np.testing.assert_allclose(steps.index, steps.efficiency_change * steps.technical_change)
    pooled = radial(x.reshape(-1, 2), y.reshape(-1, 2)).score.reshape(4, 6)
    np.testing.assert_allclose(steps.index, pooled[1:] / pooled[:-1], rtol=1e-9)
    adjacent = malmquist(x, y)
    np.testing.assert_allclose(steps.efficiency_change, adjacent.efficiency_change)


def test_one_input_one_output_is_the_growth_of_the_ratio():
    x, y = panel(8, 3, 10, 1, 1)
    ratio = (y / x)[:, :, 0]
    for frontier in ("adjacent", "global"):
        np.testing.assert_allclose(
            malmquist(x, y, frontier=frontier).index, ratio[1:] / ratio[:-1], rtol=1e-10
        )


def test_span_and_positions():
    x, y = panel(9)
    change = malmquist(x, y, span=2)
    assert change.first.tolist() == [0, 1]
    assert change.last.tolist() == [2, 3]
    np.testing.assert_allclose(change.index[1:], malmquist(x[1::2], y[1::2]).index)


def test_delay_between_inputs_and_outputs():
    x, y = panel(10)
    early, late = lag_outputs(x, y, 2)
    assert early.shape == (2, 6, 2)
    np.testing.assert_array_equal(late, y[2:])
    np.testing.assert_allclose(malmquist(early, late).index, malmquist(x[:2], y[2:]).index)
    np.testing.assert_array_equal(lag_outputs(x, y, 0)[1], y)


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_properties(seed, units):
    x, y = panel(seed, 3, units)
    change = malmquist(x, y)
    np.testing.assert_allclose(change.index, change.efficiency_change * change.technical_change)
    np.testing.assert_allclose(change.efficiency_change, change.pure_change * change.scale_change)
    scaled = malmquist(x * 1000, y / 7)
    np.testing.assert_allclose(scaled.index, change.index, rtol=1e-7)
    # everybody makes a fifth more: technical change alone
    twice = malmquist(x[[0, 0]], np.stack([y[0], y[0] * 1.2]))
    np.testing.assert_allclose(twice.technical_change, 1.2, rtol=1e-7)
    np.testing.assert_allclose(twice.efficiency_change, 1.0, rtol=1e-7)


def test_a_zero_is_named_with_its_year():
    y = Y.copy()
    y[1, 2, 0] = 0
    with pytest.raises(ScaleError, match=r"3 \(2\)/y1"):
        malmquist(X, y)
    with pytest.raises(ScaleError, match=r"c \(2\)/y1"):
        malmquist(X, y, units=list("abc"))


def test_few_units_are_noted_once():
    assert [finding.code for finding in malmquist(X, Y).findings] == ["S186"]
