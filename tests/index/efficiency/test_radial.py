"""CCR, BCC, scale and super-efficiency against worked examples and brute force."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innohub.errors import NoSolutionError, ScaleError
from innohub.index.efficiency import check_production, radial, scale_efficiency
from innohub.index.efficiency.programme import Programmes, minimise

REFERENCE = Path(__file__).parents[2] / "reference" / "dea_dealib.json"
LINE_X = np.array([[2.0], [4], [5], [8]])
LINE_Y = np.array([[2.0], [6], [5], [8]])
PLANE_X = np.array([[2.0, 4], [4, 2], [4, 4], [6, 2]])
ONE = np.ones((4, 1))


def table(seed, units=4, inputs=2, outputs=1):
    rng = np.random.default_rng(seed)
    return np.exp(rng.normal(0, 1, (units, inputs))), np.exp(rng.normal(0, 1, (units, outputs)))


def brute(best_vertex, x, y, unit, *, returns, orientation, leave_out):
    """Find theta or phi by trying every vertex; variables are the factor, then the intensities."""
    units, inputs, outputs = len(x), x.shape[1], y.shape[1]
    shrinks = orientation == "input"
    upper, limit = [], []
    for i in range(inputs):
        upper.append([-x[unit, i] if shrinks else 0, *x[:, i]])
        limit.append(0 if shrinks else x[unit, i])
    for r in range(outputs):
        upper.append([0 if shrinks else y[unit, r], *(-y[:, r])])
        limit.append(-y[unit, r] if shrinks else 0)
    equal = [[0] + [1] * units] if returns == "variable" else []
    level = [1] * len(equal)
    if leave_out:
        equal.append([0] + [float(k == unit) for k in range(units)])
        level.append(0)
    value = best_vertex(np.array([1.0 if shrinks else -1.0] + [0.0] * units), upper, limit, equal, level)
    return value if shrinks else -1 / value


def test_handbook_line():
    np.testing.assert_allclose(radial(LINE_X, LINE_Y).score, [2 / 3, 1, 2 / 3, 2 / 3], rtol=1e-12)
    np.testing.assert_allclose(radial(LINE_X, LINE_Y, "variable").score, [1, 1, 0.7, 1], rtol=1e-12)
    best = radial(LINE_X, LINE_Y, leave_out=True).score
    np.testing.assert_allclose(best, [2 / 3, 1.5, 2 / 3, 2 / 3], rtol=1e-12)


def test_handbook_plane():
    np.testing.assert_allclose(radial(PLANE_X, ONE).score, [1, 1, 0.75, 1], rtol=1e-12)


def test_infeasible_super_efficiency_is_named_not_numbered():
    beyond = radial(LINE_X, LINE_Y, "variable", leave_out=True, units=list("abcd"))
    np.testing.assert_allclose(beyond.score, [2, 1.5, 0.7, np.nan], rtol=1e-12)
    assert beyond.feasible.tolist() == [True, True, True, False]
    finding = beyond.findings[-1]
    assert (finding.code, finding.level, finding.params["units"]) == ("N010", "warning", ("d",))
    assert "infeasible" in finding.render("en")
    assert np.isnan(beyond.intensity[3]).all()


def test_scale_efficiency_tells_the_regime():
    scale = scale_efficiency(LINE_X, LINE_Y)
    np.testing.assert_allclose(scale.score, [2 / 3, 1, 20 / 21, 2 / 3], rtol=1e-12)
    assert scale.regime.tolist() == ["increasing", "constant", "increasing", "decreasing"]
    assert scale_efficiency(LINE_X, LINE_Y, "output").regime.tolist()[3] == "decreasing"


def test_targets_leave_no_slack():
    """The fourth unit is as good as the second but uses two more of the first input."""
    result = radial(PLANE_X, ONE)
    np.testing.assert_allclose(result.input_target[3], [4, 2], rtol=1e-9)
    np.testing.assert_allclose(result.intensity[3], [0, 1, 0, 0], atol=1e-9)
    result = radial(LINE_X, LINE_Y, "variable")
    np.testing.assert_allclose(result.input_target[:, 0], [2, 4, 3.5, 8], rtol=1e-9)


@pytest.mark.parametrize("returns", ["constant", "variable"])
@pytest.mark.parametrize("orientation", ["input", "output"])
@pytest.mark.parametrize("leave_out", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_every_vertex_tried(best_vertex, returns, orientation, leave_out, seed):
    x, y = table(seed)
    score = radial(x, y, returns, orientation, leave_out=leave_out).score
    expected = [
        brute(best_vertex, x, y, unit, returns=returns, orientation=orientation, leave_out=leave_out)
        for unit in range(len(x))
    ]
    np.testing.assert_allclose(score, expected, rtol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_two_ratios_have_a_closed_form(seed):
    """With one input and one output CCR is the ratio to the best ratio."""
    x, y = table(seed, 40, 1, 1)
    ratio = (y / x)[:, 0]
    np.testing.assert_allclose(radial(x, y).score, ratio / ratio.max(), rtol=1e-12)
    np.testing.assert_allclose(radial(x, y, "constant", "output").score, ratio / ratio.max(), rtol=1e-12)


@pytest.mark.reference
def test_another_program_agrees():
    told = json.loads(REFERENCE.read_text(encoding="utf-8"))
    x, y = np.array(told["x"][0]), np.array(told["y"][0])
    np.testing.assert_allclose(radial(x, y).score, told["ccr"], rtol=1e-9)
    np.testing.assert_allclose(radial(x, y, "variable").score, told["bcc"], rtol=1e-9)
    np.testing.assert_allclose(1 / radial(x, y, "variable", "output").score, told["bcc_output"], rtol=1e-9)
    np.testing.assert_allclose(radial(x, y, leave_out=True).score, told["super_ccr"], rtol=1e-9)


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10_000), st.integers(3, 40), st.integers(1, 3), st.integers(1, 3))
def test_properties(seed, units, inputs, outputs):
    x, y = table(seed, units, inputs, outputs)
    rng = np.random.default_rng(seed)
    constant, variable = radial(x, y), radial(x, y, "variable")
    assert (constant.score <= variable.score + 1e-9).all()
    assert (variable.score <= 1 + 1e-9).all()
    assert constant.score.max() == pytest.approx(1)
    assert np.isfinite(constant.intensity).all()
    assert np.isfinite(variable.intensity).all()
    assert (constant.input_target <= x * constant.score[:, None] * (1 + 1e-7)).all()
    assert (constant.output_target >= y * (1 - 1e-7)).all()
    unit_x, unit_y = np.exp(rng.normal(0, 6, inputs)), np.exp(rng.normal(0, 6, outputs))
    np.testing.assert_allclose(radial(x * unit_x, y * unit_y).score, constant.score, rtol=1e-7)
    order = rng.permutation(units)
    np.testing.assert_allclose(radial(x[order], y[order], "variable").score, variable.score[order], rtol=1e-7)
    without = radial(x, y, leave_out=True).score
    inside = constant.score < 1 - 1e-6
    np.testing.assert_allclose(without[inside], constant.score[inside], rtol=1e-7)
    assert (without[~inside] >= 1 - 1e-7).all()
    np.testing.assert_allclose(radial(x, y, "constant", "output").score, constant.score, rtol=1e-7)


def test_provinces_and_tiny_places_side_by_side():
    """Sizes that differ by ten orders of magnitude do not disturb the scores."""
    rng = np.random.default_rng(1)
    size = 10.0 ** rng.uniform(0, 10, (31, 1))
    x, y = size * rng.uniform(0.5, 2, (31, 2)), size * rng.uniform(0.5, 2, (31, 2))
    np.testing.assert_allclose(radial(x, y).score, radial(x / size, y / size).score, rtol=1e-7)


@pytest.mark.parametrize(
    ("value", "code"), [(0.0, "S180"), (-1.0, "S180"), (np.nan, "S181"), (np.inf, "S181")]
)
def test_values_that_no_ratio_takes(value, code):
    x = PLANE_X.copy()
    x[2, 1] = value
    with pytest.raises(ScaleError) as caught:
        check_production(x, ONE, units=list("abcd"), columns=["people", "money", "papers"])
    assert caught.value.findings[0].code == code
    assert caught.value.findings[0].params["cells"] == ("c/money",)
    with pytest.raises(ScaleError, match="3/x2"):
        radial(x, ONE)


def test_few_units_are_noted():
    assert [finding.code for finding in radial(PLANE_X, ONE).findings] == ["S186"]
    x, y = table(1, 9, 2, 1)
    assert radial(x, y).findings == ()


def test_one_unit_is_its_own_frontier():
    assert radial(np.array([[3.0]]), np.array([[2.0]])).score.tolist() == [1.0]


def test_any_other_failure_of_the_solver_is_an_error():
    unbounded = Programmes(
        -np.ones((1, 1)), np.zeros((1, 1, 1)), np.ones((1, 1)), np.empty((1, 0, 1)), np.empty((1, 0))
    )
    with pytest.raises(NoSolutionError, match="N011"):
        minimise(unbounded)
