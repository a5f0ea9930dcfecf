"""The slacks-based measure, with super-efficiency and undesirable outputs, against definitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from innohub.errors import ScaleError
from innohub.index.efficiency import radial, sbm, super_sbm

PLANE_X = np.array([[2.0, 4], [4, 2], [4, 4], [6, 2]])
ONE = np.ones((4, 1))


def table(seed, units=4, inputs=2, outputs=1, bads=0):
    rng = np.random.default_rng(seed)
    return tuple(np.exp(rng.normal(0, 0.7, (units, columns))) for columns in (inputs, outputs, bads))


def brute_sbm(best_vertex, data, unit, returns, orientation):
    """Tone's programme as printed, slacks and all: t, S-, S+, Sb, then the intensities."""
    x, y, b = data
    units, inputs, outputs, ill = len(x), x.shape[1], y.shape[1], b.shape[1]
    width = 1 + inputs + outputs + ill + units
    s_in, s_out, s_bad = 1, 1 + inputs, 1 + inputs + outputs
    lam = s_bad + ill
    equal, level = [], []
    for i in range(inputs):
        row = np.zeros(width)
        row[0], row[s_in + i], row[lam:] = x[unit, i], -1, -x[:, i]
        equal.append(row)
    for r in range(outputs):
        row = np.zeros(width)
        row[0], row[s_out + r], row[lam:] = y[unit, r], 1, -y[:, r]
        equal.append(row)
    for r in range(ill):
        row = np.zeros(width)
        row[0], row[s_bad + r], row[lam:] = b[unit, r], -1, -b[:, r]
        equal.append(row)
    level = [0.0] * len(equal)
    if returns == "variable":
        row = np.zeros(width)
        row[0], row[lam:] = -1, 1
        equal.append(row)
        level.append(0.0)
    numerator, denominator, scale = np.zeros((3, width))
    numerator[0] = denominator[0] = scale[0] = 1
    numerator[s_in : s_in + inputs] = -1 / (inputs * x[unit])
    denominator[s_out : s_out + outputs] = 1 / ((outputs + ill) * y[unit])
    denominator[s_bad : s_bad + ill] = 1 / ((outputs + ill) * b[unit])
    equal.append(denominator if orientation == "none" else scale)
    level.append(1.0)
    c = -denominator if orientation == "output" else numerator
    value = best_vertex(c, [], [], equal, level)
    return -1 / value if orientation == "output" else value


def brute_super(best_vertex, x, y, returns, unit):
    """Tone's (2002) programme as printed: t, xb t, yb t, intensities t."""
    units, inputs, outputs = len(x), x.shape[1], y.shape[1]
    others = [k for k in range(units) if k != unit]
    width, lam = 1 + inputs + outputs + len(others), 1 + inputs + outputs
    upper = []
    for i in range(inputs):
        row = np.zeros(width)
        row[1 + i], row[lam:] = -1, x[others, i]
        upper.append(row)
        row = np.zeros(width)
        row[1 + i], row[0] = -1, x[unit, i]
        upper.append(row)
    for r in range(outputs):
        row = np.zeros(width)
        row[1 + inputs + r], row[lam:] = 1, -y[others, r]
        upper.append(row)
        row = np.zeros(width)
        row[1 + inputs + r], row[0] = 1, -y[unit, r]
        upper.append(row)
    c, norm = np.zeros((2, width))
    c[1 : 1 + inputs] = 1 / (inputs * x[unit])
    norm[1 + inputs : lam] = 1 / (outputs * y[unit])
    equal, level = [norm], [1.0]
    if returns == "variable":
        row = np.zeros(width)
        row[0], row[lam:] = -1, 1
        equal.append(row)
        level.append(0.0)
    return best_vertex(c, upper, np.zeros(len(upper)), equal, level)


def test_handbook():
    np.testing.assert_allclose(sbm(PLANE_X, ONE).score, [1, 1, 0.75, 5 / 6], rtol=1e-12)
    np.testing.assert_allclose(super_sbm(PLANE_X, ONE).score, [1.5, 1.25, 0.75, 5 / 6], rtol=1e-12)


@pytest.mark.parametrize("returns", ["constant", "variable"])
@pytest.mark.parametrize("orientation", ["none", "input", "output"])
@pytest.mark.parametrize("bads", [0, 1])
@pytest.mark.parametrize("seed", range(2))
def test_every_vertex_tried(best_vertex, returns, orientation, bads, seed):
    x, y, b = table(seed, 4, 2, 1, bads)
    score = sbm(x, y, b if bads else None, returns, orientation).score
    expected = [brute_sbm(best_vertex, (x, y, b), unit, returns, orientation) for unit in range(4)]
    np.testing.assert_allclose(score, expected, rtol=1e-9)


@pytest.mark.parametrize("returns", ["constant", "variable"])
@pytest.mark.parametrize("seed", range(3))
def test_super_efficiency_with_every_vertex_tried(best_vertex, returns, seed):
    x, y, _ = table(seed, 4, 2, 1)
    plain, beyond = sbm(x, y, None, returns), super_sbm(x, y, returns)
    for unit in range(4):
        if plain.score[unit] > 1 - 1e-7:
            expected = brute_super(best_vertex, x, y, returns, unit)
            assert beyond.score[unit] == pytest.approx(expected, rel=1e-9)
        else:
            assert beyond.score[unit] == plain.score[unit]


def test_the_ratio_itself_without_linear_form():
    """Minimise Tone's ratio over the intensities by a general optimiser."""
    x, y, b = table(7, 5, 2, 1, 1)
    scores = sbm(x, y, b).score
    for unit in range(5):

        def ratio(lam, o=unit):
            shrink = 1 - np.mean((x[o] - lam @ x) / x[o])
            return shrink / (1 + (np.sum((lam @ y - y[o]) / y[o]) + np.sum((b[o] - lam @ b) / b[o])) / 2)

        rules = [
            {"type": "ineq", "fun": lambda lam, o=unit: x[o] - lam @ x},
            {"type": "ineq", "fun": lambda lam, o=unit: lam @ y - y[o]},
            {"type": "ineq", "fun": lambda lam, o=unit: b[o] - lam @ b},
        ]
        found = minimize(ratio, np.eye(5)[unit], bounds=[(0, None)] * 5, constraints=rules, method="SLSQP")
        assert scores[unit] == pytest.approx(found.fun, rel=1e-5)


def test_a_dirty_unit_loses():
    x, y, b = np.ones((3, 1)), np.ones((3, 1)), np.array([[1.0], [1.0], [2.0]])
    np.testing.assert_allclose(sbm(x, y).score, 1)
    # Half of the bad output is excess: 1 / (1 + (0 + .5) / 2)
    result = sbm(x, y, b)
    np.testing.assert_allclose(result.score, [1, 1, 0.8])
    np.testing.assert_allclose(result.bad_target[2], [1.0])


def test_oriented_super_efficiency_may_be_infeasible():
    x, y = np.array([[2.0], [4], [5], [8]]), np.array([[2.0], [6], [5], [8]])
    beyond = super_sbm(x, y, "variable", "input")
    np.testing.assert_allclose(beyond.score[:2], [2, 1.5])
    assert np.isnan(beyond.score[3])
    assert beyond.findings[-1].code == "N010"
    assert super_sbm(x, y, "variable").feasible.all()


def test_super_targets_are_on_the_others_frontier():
    beyond = super_sbm(PLANE_X, ONE)
    np.testing.assert_allclose((beyond.input_target / PLANE_X).mean(axis=1)[:2], [1.5, 1.25])
    np.testing.assert_allclose(np.diag(beyond.intensity)[:2], 0)


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 10_000), st.integers(3, 34), st.integers(1, 3), st.integers(1, 2), st.integers(0, 2))
def test_properties(seed, units, inputs, outputs, bads):
    x, y, b = table(seed, units, inputs, outputs, bads)
    bad = b if bads else None
    rng = np.random.default_rng(seed)
    plain = sbm(x, y, bad)
    assert ((plain.score > 0) & (plain.score <= 1 + 1e-8)).all()
    if not bads:
        assert (plain.score <= radial(x, y).score + 1e-8).all()
        beyond = super_sbm(x, y)
        assert ((beyond.score >= 1 - 1e-7) == (plain.score >= 1 - 1e-7)).all()
    assert (plain.score <= sbm(x, y, bad, "variable").score + 1e-8).all()
    assert (plain.score <= sbm(x, y, bad, "constant", "input").score + 1e-8).all()
    assert (plain.score <= sbm(x, y, bad, "constant", "output").score + 1e-8).all()
    again = sbm(x * 1e6, y / 1e4, None if bad is None else bad * 37)
    np.testing.assert_allclose(again.score, plain.score, rtol=1e-7)
    order = rng.permutation(units)
    again = sbm(x[order], y[order], None if bad is None else bad[order])
    np.testing.assert_allclose(again.score, plain.score[order], rtol=1e-7)
    worse = x.copy()
    worse[0, 0] *= 1.5
    assert sbm(worse, y, bad).score[0] <= plain.score[0] + 1e-8


def test_zero_undesirable_output_is_refused():
    with pytest.raises(ScaleError, match="2/b1"):
        sbm(PLANE_X, ONE, np.array([[1.0], [0.0], [1.0], [1.0]]))
