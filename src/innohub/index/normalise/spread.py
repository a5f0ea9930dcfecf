"""Normalisers that take their scale from the values compared: range, deviation, largest value, a reference."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError, ScaleError
from innohub.index.magnitude import tamed

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def top(x: Matrix) -> Vector:
    """Return the largest value of each column."""
    return np.asarray(np.max(np.where(np.isnan(x), -np.inf, x), axis=0))


def bottom(x: Matrix) -> Vector:
    """Return the smallest value of each column."""
    return np.asarray(np.min(np.where(np.isnan(x), np.inf, x), axis=0))


def _is_constant(x: Matrix) -> NDArray[np.bool_]:
    return np.asarray(top(x) == bottom(x))


def _minmax(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    y = tamed(x * direction)
    low, high = bottom(y), top(y)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = (y - low) / (high - low)
    return np.asarray(p["low"] + (p["high"] - p["low"]) * unit)


def _standard(x: Matrix, direction: Vector, ddof: int) -> Matrix:
    """Return (x - mean)/sd of the turned values; NaN for a constant column."""
    y = tamed(x * direction)
    count = (~np.isnan(y)).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(y, axis=0) / count
        variance = np.nansum((y - mean) ** 2, axis=0) / (count - ddof)
        z = (y - mean) / np.sqrt(variance)
    z[:, _is_constant(y)] = np.nan
    return np.asarray(z)


def _zscore(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    return np.asarray(p["mean"] + p["sd"] * _standard(x, direction, p["ddof"]))


def _logistic(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    """Softmax scaling 1/(1 + exp(-(x - mean)/(width · sd))) (Theodoridis & Koutroumbas 2009, 5.2.2)."""
    if p["width"] <= 0:
        raise ModelError(Finding("S168", params={"method": "logistic", "problem": f"width = {p['width']:g}"}))
    # tanh is the same curve and cannot overflow
    return np.asarray(0.5 + 0.5 * np.tanh(_standard(x, direction, p["ddof"]) / (2 * p["width"])))


def _dist_max(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    y = tamed(x * direction)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(1 - (top(y) - y) / (top(y) - bottom(y)))


def _dist_ref(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    y = x * direction
    reference = y[p["row"]]
    lost = np.flatnonzero(np.isnan(reference) & ~np.isnan(x).all(axis=0))
    if len(lost):
        raise ScaleError(
            [Finding("S167", params={"indicator": int(column), "place": p["place"]}) for column in lost]
        )
    return _distance(y, reference, cap=p["cap"])


def _dist_target(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    return _distance(x * direction, p["target"] * direction, cap=p["cap"])


def _distance(y: Matrix, aim: Vector, *, cap: bool | Vector) -> Matrix:
    """Return 1 - (aim - y)/(aim - worst); ``cap`` says, for all or by indicator, whether 1 is the limit.

    An aim at or below the worst value would divide by zero or turn the order over; it is refused.
    """
    worst, constant = bottom(y), _is_constant(y)
    wrong = np.flatnonzero(~constant & (aim <= worst) & ~np.isnan(y).all(axis=0))
    if len(wrong):
        raise ScaleError(
            [
                Finding(
                    "S169",
                    params={"indicator": int(j), "aim": float(abs(aim[j])), "worst": float(abs(worst[j]))},
                )
                for j in wrong
            ]
        )
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = tamed(np.vstack([y, np.broadcast_to(aim, worst.shape), worst]))
        y, aim, worst = scaled[:-2], scaled[-2], scaled[-1]
        z = 1 - (aim - y) / (aim - worst)
    z[:, constant] = np.nan
    return np.asarray(np.where(np.asarray(cap, dtype=bool), np.minimum(z, 1.0), z))


def _frac_max(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    y = x * direction
    high = top(y)
    wrong = np.flatnonzero(np.isfinite(high) & (high <= 0))
    if len(wrong):
        raise ScaleError(
            [Finding("S165", params={"indicator": int(j), "largest": float(high[j])}) for j in wrong]
        )
    return np.asarray(y / high)


METHODS = {
    "minmax": _minmax,
    "zscore": _zscore,
    "logistic": _logistic,
    "dist_max": _dist_max,
    "dist_ref": _dist_ref,
    "dist_target": _dist_target,
    "frac_max": _frac_max,
}
