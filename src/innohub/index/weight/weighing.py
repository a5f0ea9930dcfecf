"""What a weighting gives, and the checks that weightings share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.correlate import constant_columns
from innohub.index.magnitude import tamed

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
# Stands where there is no column to name.
_NONE = ("–",)
_MOST_NAMED = 8


@dataclass(frozen=True)
class Weighing:
    """Shares (children,) that sum to one, and what a reader must know of how they came about.

    A combination has its ``parts``, the weightings joined, and their ``coefficients`` (parts,), NaN for a product.
    """

    shares: Vector
    findings: tuple[Finding, ...] = ()
    parts: tuple["Weighing", ...] = ()
    coefficients: Vector | None = None


def columns_of(positions: NDArray[np.intp]) -> dict[str, Any]:
    """Return the parameters of a finding that name columns; numbered from one until names are known."""
    return {
        "positions": tuple(positions.tolist()),
        "columns": tuple(str(position + 1) for position in positions) or _NONE,
    }


def cells_of(wrong: NDArray[np.bool_]) -> dict[str, Any]:
    """Return the parameter of a finding that names cells (rows, columns) as row/column, numbered from one."""
    named = tuple(f"{row + 1}/{column + 1}" for row, column in np.argwhere(wrong).tolist())
    return {"cells": (*named[:_MOST_NAMED], *(["…"] if len(named) > _MOST_NAMED else []))}


def with_names(finding: Finding, names: Sequence[str]) -> Finding:
    """Return a finding that calls its columns by their names."""
    if "positions" not in finding.params:
        return finding
    columns = tuple(names[position] for position in finding.params["positions"]) or _NONE
    return replace(finding, params={**finding.params, "columns": columns})


def require_complete(x: Matrix, method: str) -> None:
    """Refuse missing values.

    Raises
    ------
    ScaleError
        S140 with the columns.
    """
    if (gaps := np.isnan(x)).any():
        bad = np.flatnonzero(gaps.any(axis=0))
        raise ScaleError(Finding("S140", params={"method": method, **columns_of(bad), **cells_of(gaps)}))


def require_spread(x: Matrix, method: str) -> None:
    """Refuse columns in which all places have the same value.

    Raises
    ------
    ScaleError
        S141 with the columns.
    """
    if (bad := constant_columns(x)).size:
        raise ScaleError(Finding("S141", params={"method": method, **columns_of(bad)}))


def unit_range(raw: Matrix, direction: Vector) -> Matrix:
    """Return direction-turned min-max values between 0 and 1; a column without spread is all zero."""
    y = tamed(raw * direction)
    present = ~np.isnan(y)
    low = np.min(np.where(present, y, np.inf), axis=0)
    high = np.max(np.where(present, y, -np.inf), axis=0)
    varies = high > low
    unit = np.where(varies, y - low, 0.0) / np.where(varies, high - low, 1.0)
    return np.where(present, unit, np.nan)


def alike(count: int) -> Weighing:
    """Return equal shares because no column tells more than another, with the warning that says so."""
    shares = np.full(count, 1 / count)
    return Weighing(shares, (Finding("N001", "warning"),) if count > 1 else ())
