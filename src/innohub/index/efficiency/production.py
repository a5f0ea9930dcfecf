"""What every efficiency model takes and gives: inputs, outputs, scores, targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Returns = Literal["constant", "variable", "non_increasing"]
Orientation = Literal["input", "output", "none"]


@dataclass(frozen=True)
class Efficiency:
    """Scores of an efficiency model and the point of the frontier that each unit is compared with.

    ``score`` (units,), NaN where the model is infeasible; ``feasible`` (units,); ``intensity`` (units,
    units) the weights of the reference units, the peers; ``input_target`` (units, inputs),
    ``output_target`` (units, outputs) and ``bad_target`` (units, undesirable outputs) the point of
    comparison in the units of the data; ``findings`` warnings. Scores are unique, peers and targets
    need not be: where several optima exist, one is shown.
    """

    score: Vector
    feasible: NDArray[np.bool_]
    intensity: Matrix
    input_target: Matrix
    output_target: Matrix
    bad_target: Matrix
    findings: tuple[Finding, ...] = ()


def check_production(
    x: Matrix,
    y: Matrix,
    bad: Matrix | None = None,
    *,
    units: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Refuse inputs and outputs that a ratio model cannot take; warn when there are few units.

    Parameters
    ----------
    x : (units, inputs); y : (units, outputs); bad : (units, undesirable outputs) or None.
    units : names of the units; columns : names of inputs, outputs and undesirable outputs, in this order.

    Returns
    -------
    Warnings: S186 when there are fewer than three units for each input and output.

    Raises
    ------
    ScaleError
        S180 for values of zero or below, S181 for missing values; names the cells.
    """
    table = np.hstack([x, y] if bad is None else [x, y, bad])
    for code, wrong in (("S181", ~np.isfinite(table)), ("S180", table <= 0)):
        if wrong.any():
            cells = _cells(wrong, units, columns or _column_names(x.shape[1], y.shape[1], table.shape[1]))
            raise ScaleError(Finding(code, params={"count": int(wrong.sum()), "cells": cells}))
    needed = 3 * table.shape[1]
    if len(table) >= needed:
        return ()
    few = {"units": len(table), "columns": table.shape[1], "needed": needed}
    return (Finding("S186", level="warning", params=few),)


def _column_names(inputs: int, outputs: int, total: int) -> list[str]:
    names = [f"x{n + 1}" for n in range(inputs)] + [f"y{n + 1}" for n in range(outputs)]
    return names + [f"b{n + 1}" for n in range(total - inputs - outputs)]


def _cells(
    wrong: NDArray[np.bool_], units: Sequence[str], columns: Sequence[str], most: int = 8
) -> tuple[str, ...]:
    """Name the first few marked cells as unit/column."""
    named = [
        f"{units[int(row)] if units else row + 1}/{columns[int(column)]}"
        for row, column in zip(*np.nonzero(wrong), strict=True)
    ]
    return (*named[:most], *(["…"] if len(named) > most else []))


def no_bads(x: Matrix, bad: Matrix | None) -> Matrix:
    """Return the undesirable outputs, or a table without columns."""
    return np.empty((len(x), 0)) if bad is None else bad


def infeasible(feasible: NDArray[np.bool_], units: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Say which units have no solution: N010, a warning, because the others keep theirs."""
    if feasible.all():
        return ()
    names = tuple(units[int(unit)] if units else str(unit + 1) for unit in np.flatnonzero(~feasible))
    return (Finding("N010", level="warning", params={"count": int((~feasible).sum()), "units": names}),)
