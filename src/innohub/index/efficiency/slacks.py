"""Slacks-based efficiency: every idle input and every missing output counts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from innohub.index.efficiency.production import (
    Efficiency,
    Matrix,
    Orientation,
    Returns,
    Vector,
    check_production,
    infeasible,
    no_bads,
)
from innohub.index.efficiency.programme import Programmes, minimise

Array = NDArray[np.float64]
Whole = NDArray[np.intp]
_EFFICIENT = 1e-7


def sbm(
    x: Matrix,
    y: Matrix,
    bad: Matrix | None = None,
    returns: Returns = "constant",
    orientation: Orientation = "none",
    *,
    units: Sequence[str] = (),
) -> Efficiency:
    """Slacks-based measure of efficiency (Tone 2001, doi 10.1016/S0377-2217(99)00407-5).

    rho = min (1 - mean of s-/x) / (1 + mean of s+/y), made linear by the transformation of Charnes and
    Cooper. Undesirable outputs b, such as emissions, count as in Tone (2003, GRIPS Research Report
    I-2003-0005): their excess joins the shortfall of the outputs in the denominator, with equal shares.

    Parameters
    ----------
    x : (units, inputs); y : (units, outputs); bad : (units, undesirable outputs) or None; all above zero.
    returns : "constant", "variable" or "non_increasing".
    orientation : "none" as above; "input" takes the numerator only, "output" the denominator only.
    units : names of the units, for messages.

    Returns
    -------
    Scores in (0, 1]; 1 only without any slack.

    Raises
    ------
    ScaleError
        S180 for values of zero or below, S181 for missing values.

    Examples
    --------
    >>> x = np.array([[2.0, 4], [4, 2], [4, 4], [6, 2]])
    >>> sbm(x, np.ones((4, 1))).score.round(6).tolist()
    [1.0, 1.0, 0.75, 0.833333]
    """
    findings = check_production(x, y, bad, units=units)
    b = no_bads(x, bad)
    value, solution = minimise(
        _slack_programmes(_relative(x), _relative(y), _relative(b), returns, orientation)
    )
    score = -1 / value if orientation == "output" else value
    intensity = solution[:, 1:] / solution[:, :1]
    return Efficiency(
        score=score,
        feasible=np.isfinite(score),
        intensity=intensity,
        input_target=intensity @ x,
        output_target=intensity @ y,
        bad_target=intensity @ b,
        findings=findings + infeasible(np.isfinite(score), units),
    )


def _slack_programmes(
    used: Array, made: Array, spoilt: Array, returns: Returns, orientation: Orientation
) -> Programmes:
    """State the measure for every unit, all columns relative to the unit's own value.

    Variables: the scale t of the transformation, then the intensities times t. The slacks are what is
    left, t - used, made - t and t - spoilt, and need no variables of their own.
    """
    upper = np.concatenate(
        [_with_scale(-1.0, used), _with_scale(1.0, -made), _with_scale(-1.0, spoilt)], axis=1
    )
    good, ill = made.shape[1], spoilt.shape[1]
    at_scale = np.full((len(used), 1), 2 * ill / (good + ill))
    gain = (made.sum(axis=1) - spoilt.sum(axis=1)) / (good + ill)
    numerator = np.hstack([0 * at_scale, used.mean(axis=1)])
    denominator = np.hstack([at_scale, gain])
    scale = np.zeros_like(numerator)
    scale[:, 0] = 1
    c = -denominator if orientation == "output" else numerator
    return _normed(c, upper, denominator if orientation == "none" else scale, returns, used.shape[2])


def super_sbm(
    x: Matrix,
    y: Matrix,
    returns: Returns = "constant",
    orientation: Orientation = "none",
    *,
    units: Sequence[str] = (),
) -> Efficiency:
    """Super-efficiency of the slacks-based measure (Tone 2002, doi 10.1016/S0377-2217(01)00324-1).

    A unit with SBM = 1 gets the least growth of inputs and loss of outputs that would bring it to the
    frontier of the others, delta >= 1; every other unit keeps its SBM score.

    Parameters
    ----------
    x : (units, inputs); y : (units, outputs); above zero.
    orientation : "none"; "input" lets inputs alone move, "output" outputs alone; under variable returns
        both may be infeasible, which N010 reports.
    units : names of the units, for messages.

    Examples
    --------
    >>> x = np.array([[2.0, 4], [4, 2], [4, 4], [6, 2]])
    >>> super_sbm(x, np.ones((4, 1))).score.round(6).tolist()
    [1.5, 1.25, 0.75, 0.833333]
    """
    plain = sbm(x, y, None, returns, orientation, units=units)
    top = np.flatnonzero(plain.score >= 1 - _EFFICIENT)
    score, intensity = plain.score.copy(), plain.intensity.copy()
    input_target, output_target = plain.input_target.copy(), plain.output_target.copy()
    score[top], intensity[top], far_x, far_y = _beyond(x, y, top, returns, orientation)
    input_target[top], output_target[top] = far_x * x[top], far_y * y[top]
    feasible = np.isfinite(score)
    return Efficiency(
        score=score,
        feasible=feasible,
        intensity=intensity,
        input_target=input_target,
        output_target=output_target,
        bad_target=np.empty((len(x), 0)),
        findings=plain.findings + infeasible(feasible, units),
    )


def _beyond(
    x: Matrix, y: Matrix, top: Whole, returns: Returns, orientation: Orientation
) -> tuple[Vector, Matrix, Matrix, Matrix]:
    """Solve the super-efficiency of the units ``top``: score, intensities, relative inputs and outputs.

    Variables: the scale t, the relative inputs, the relative outputs, the intensities, all times t.
    """
    inputs, outputs = x.shape[1], y.shape[1]
    start, first = 1 + inputs, 1 + inputs + outputs
    upper = _moved(_relative(x)[top], _relative(y)[top])
    mean_x, mean_y, scale = np.zeros((3, len(top), upper.shape[2]))
    mean_x[:, 1:start], mean_y[:, start:first], scale[:, 0] = 1 / inputs, 1 / outputs, 1
    held = {"input": range(start, first), "output": range(1, start)}.get(orientation, range(0))
    fixed = np.zeros((len(top), len(held) + 1, upper.shape[2]))
    for row, column in enumerate(held):
        fixed[:, row, 0], fixed[:, row, column] = -1, 1
    fixed[np.arange(len(top)), -1, first + top] = 1  # a unit is no part of its own frontier
    norm = mean_y if orientation == "none" else scale
    c = -mean_y if orientation == "output" else mean_x
    value, solution = minimise(_normed(c, upper, norm, returns, len(x), fixed=fixed))
    moved = solution / solution[:, :1]
    score = -1 / value if orientation == "output" else value
    return score, moved[:, first:], moved[:, 1:start], moved[:, start:first]


def _moved(used: Array, made: Array) -> Array:
    """State that inputs do not fall and outputs do not rise, and that the others' frontier dominates the result."""
    count, inputs, units = used.shape
    outputs = made.shape[1]
    start, first = 1 + inputs, 1 + inputs + outputs
    reach_x, grow_x, reach_y, grow_y = (
        np.zeros((count, rows, first + units)) for rows in (inputs, inputs, outputs, outputs)
    )
    reach_x[:, :, 1:start] = grow_x[:, :, 1:start] = -np.eye(inputs)
    reach_y[:, :, start:first] = grow_y[:, :, start:first] = np.eye(outputs)
    reach_x[:, :, first:], reach_y[:, :, first:] = used, -made
    grow_x[:, :, 0], grow_y[:, :, 0] = 1, -1
    return np.concatenate([reach_x, grow_x, reach_y, grow_y], axis=1)


def _normed(
    c: Matrix, upper: Array, norm: Matrix, returns: Returns, units: int, *, fixed: Array | None = None
) -> Programmes:
    """Complete the programmes: norm v = 1, the rule on the sum of the intensities, rows held at zero.

    The first variable is the scale t, the last ``units`` ones are the intensities.
    """
    total = np.zeros((len(c), 1, c.shape[1]))
    total[:, :, 0], total[:, :, -units:] = -1, 1
    parts = [norm[:, None], total] if returns == "variable" else [norm[:, None]]
    equal = np.concatenate(parts if fixed is None else [*parts, fixed], axis=1)
    if returns == "non_increasing":
        upper = np.concatenate([upper, total], axis=1)
    level = np.zeros(equal.shape[:2])
    level[:, 0] = 1
    return Programmes(c, upper, np.zeros(upper.shape[:2]), equal, level)


def _relative(table: Matrix) -> Matrix:
    """Return all units relative to each unit: (units, columns, units)."""
    return np.asarray(table.T[None, :, :] / table[:, :, None])


def _with_scale(scale: float, part: Matrix) -> Matrix:
    """Put a column for t before the intensities."""
    return np.concatenate([np.full((*part.shape[:2], 1), scale), part], axis=2)
