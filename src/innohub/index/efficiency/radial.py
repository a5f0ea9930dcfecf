"""Radial efficiency: CCR, BCC, scale efficiency, super-efficiency."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.index.efficiency.production import (
    Efficiency,
    Matrix,
    Orientation,
    Returns,
    Vector,
    check_production,
    infeasible,
)
from innohub.index.efficiency.programme import Programmes, minimise

_SAME = 1e-8


@dataclass(frozen=True)
class Scale:
    """Scale efficiency and the two models behind it.

    ``score`` (units,) = CCR / BCC; ``regime`` (units,): constant, increasing or decreasing returns at the
    unit's size; ``constant`` and ``variable`` the results of CCR and BCC.
    """

    score: Vector
    regime: NDArray[np.str_]
    constant: Efficiency
    variable: Efficiency
    findings: tuple[Finding, ...] = ()


def radial(
    x: Matrix,
    y: Matrix,
    returns: Returns = "constant",
    orientation: Orientation = "input",
    *,
    leave_out: bool = False,
    units: Sequence[str] = (),
) -> Efficiency:
    """Radial efficiency of every unit against the frontier that all units span.

    CCR (Charnes, Cooper & Rhodes 1978, doi 10.1016/0377-2217(78)90138-8) with constant returns, BCC
    (Banker, Charnes & Cooper 1984, doi 10.1287/mnsc.30.9.1078) with variable ones. With ``leave_out``
    a unit is not part of its own frontier: super-efficiency (Andersen & Petersen 1993, doi
    10.1287/mnsc.39.10.1261), which tells efficient units apart and may be infeasible under variable
    returns. A second programme finds the largest slacks, so that targets are fully efficient.

    Parameters
    ----------
    x : (units, inputs); y : (units, outputs); above zero, any unit of measurement.
    orientation : "input" shrinks inputs by theta; "output" stretches outputs by phi, the score is 1/phi.
    units : names of the units, for messages.

    Returns
    -------
    Scores in (0, 1], above 1 possible with ``leave_out``; infeasible units have NaN and are named by N010.

    Raises
    ------
    ScaleError
        S180 for values of zero or below, S181 for missing values.

    Examples
    --------
    >>> x, y = np.array([[2.0], [4], [5], [8]]), np.array([[2.0], [6], [5], [8]])
    >>> radial(x, y).score.round(4).tolist()
    [0.6667, 1.0, 0.6667, 0.6667]
    >>> radial(x, y, "variable", leave_out=True).score.round(4).tolist()
    [2.0, 1.5, 0.7, nan]
    """
    findings = check_production(x, y, units=units)
    factor = radial_factor(x, y, (x, y), returns, orientation, leave_out=leave_out)
    feasible = np.isfinite(factor)
    intensity = _largest_slacks(x, y, factor, returns, orientation, leave_out=leave_out)
    return Efficiency(
        score=1 / factor if orientation == "output" else factor,
        feasible=feasible,
        intensity=intensity,
        input_target=intensity @ x,
        output_target=intensity @ y,
        bad_target=np.empty((len(x), 0)),
        findings=findings + infeasible(feasible, units),
    )


def scale_efficiency(
    x: Matrix, y: Matrix, orientation: Orientation = "input", *, units: Sequence[str] = ()
) -> Scale:
    """Scale efficiency CCR / BCC, and whether a unit is too small or too large.

    The regime is read off a third model with non-increasing returns: where it agrees with BCC, returns
    decrease, otherwise they increase (Färe, Grosskopf & Lovell 1985, The Measurement of Efficiency of Production).

    Parameters
    ----------
    x : (units, inputs); y : (units, outputs); above zero.
    units : names of the units, for messages.

    Examples
    --------
    >>> x, y = np.array([[2.0], [4], [5], [8]]), np.array([[2.0], [6], [5], [8]])
    >>> scale_efficiency(x, y).regime.tolist()
    ['increasing', 'constant', 'increasing', 'decreasing']
    """
    constant = radial(x, y, "constant", orientation, units=units)
    variable = radial(x, y, "variable", orientation)
    shrunk = radial_factor(x, y, (x, y), "non_increasing", orientation)
    shrunk = 1 / shrunk if orientation == "output" else shrunk
    score = constant.score / variable.score
    shrinks = np.abs(shrunk - variable.score) <= _SAME
    regime = np.where(score >= 1 - _SAME, "constant", np.where(shrinks, "decreasing", "increasing"))
    return Scale(score, regime, constant, variable, constant.findings)


def radial_factor(
    x: Matrix,
    y: Matrix,
    frontier: tuple[Matrix, Matrix],
    returns: Returns,
    orientation: Orientation = "input",
    *,
    leave_out: bool = False,
) -> Vector:
    """Return theta (input) or phi (output) of each unit against a frontier spanned by other observations.

    Parameters
    ----------
    x, y : (units, inputs), (units, outputs) of the units measured.
    frontier : inputs and outputs of the observations that span the frontier; the units themselves with ``leave_out``.

    Returns
    -------
    (units,), NaN where the frontier cannot reach the unit.
    """
    used, made = _relative(x, frontier[0]), _relative(y, frontier[1])
    ones_x, ones_y = np.ones(used.shape[:2]), np.ones(made.shape[:2])
    shrinks = orientation == "input"
    of_inputs, of_outputs = (-ones_x, 0 * ones_y) if shrinks else (0 * ones_x, ones_y)
    upper = np.concatenate(
        [
            np.concatenate([of_inputs[:, :, None], used], axis=2),
            np.concatenate([of_outputs[:, :, None], -made], axis=2),
        ],
        axis=1,
    )
    limit = np.hstack([0 * ones_x if shrinks else ones_x, -ones_y if shrinks else 0 * ones_y])
    c = np.zeros((len(x), upper.shape[2]))
    c[:, 0] = 1.0 if shrinks else -1.0
    value, _ = minimise(_with_returns(c, upper, limit, returns, first=1, leave_out=leave_out))
    return value if shrinks else -value


def _largest_slacks(
    x: Matrix, y: Matrix, factor: Vector, returns: Returns, orientation: Orientation, *, leave_out: bool
) -> Matrix:
    """Return the intensities with the largest total slack, each slack relative to the unit's own value."""
    used, made = _relative(x, x), _relative(y, y)
    ones_x, ones_y = np.ones(used.shape[:2]), np.ones(made.shape[:2])
    reach = np.where(np.isfinite(factor), factor, 1.0)[:, None]
    slack = 1e-12  # the first programme is solved to rounding only
    inputs = ones_x * (reach if orientation == "input" else 1.0) * (1 + slack)
    outputs = ones_y * (reach if orientation == "output" else 1.0) * (1 - slack)
    c = used.sum(axis=1) - made.sum(axis=1)
    upper, limit = np.concatenate([used, -made], axis=1), np.hstack([inputs, -outputs])
    _, intensity = minimise(_with_returns(c, upper, limit, returns, first=0, leave_out=leave_out))
    intensity[~np.isfinite(factor)] = np.nan
    return intensity


def _relative(own: Matrix, frontier: Matrix) -> Matrix:
    """Return every observation of the frontier relative to each unit: (units, columns, observations).

    Ratios to the unit's own values make the programmes free of units of measurement and well scaled.
    """
    return np.asarray(frontier.T[None, :, :] / own[:, :, None])


def _with_returns(
    c: Matrix, upper: Matrix, limit: Matrix, returns: Returns, *, first: int, leave_out: bool
) -> Programmes:
    """Add the rule on the sum of the intensities, which begin at column ``first``; bar a unit from its own frontier."""
    count, _, variables = upper.shape
    total = np.zeros((count, 1, variables))
    total[:, :, first:] = 1.0
    if returns == "non_increasing":
        upper, limit = np.concatenate([upper, total], axis=1), np.hstack([limit, np.ones((count, 1))])
    bounds = 1 if returns == "variable" else 0
    equal, level = total[:, :bounds], np.ones((count, bounds))
    if leave_out:
        own = np.zeros((count, 1, variables))
        own[np.arange(count), 0, first + np.arange(count)] = 1.0
        equal, level = np.concatenate([equal, own], axis=1), np.hstack([level, np.zeros((count, 1))])
    return Programmes(c, upper, limit, equal, level)
