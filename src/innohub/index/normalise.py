"""Bring indicators to a common scale (OECD/JRC Handbook 2008, step 5)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def normalise(x: Matrix, direction: Vector, spec: Spec) -> Matrix:
    """Normalise indicators after turning them so that more is better.

    Parameters
    ----------
    x : (places, indicators) raw values, NaN for missing.
    direction : (indicators,) of 1 and -1.
    spec : a spec of the family ``normalise``.

    Returns
    -------
    (places, indicators); a column on which a method is not defined (a constant one under min–max
    or z-score) is all NaN: see :func:`undefined_columns`.
    """
    return _METHODS[spec.name](x, direction, spec.arguments)


def undefined_columns(x: Matrix, z: Matrix) -> NDArray[np.intp]:
    """Return the columns that have values but lost all of them in normalising."""
    return np.flatnonzero(~np.isnan(x).all(axis=0) & np.isnan(z).all(axis=0))


def _is_constant(x: Matrix) -> NDArray[np.bool_]:
    return np.asarray(_top(x) == _bottom(x))


def _top(x: Matrix) -> Vector:
    return np.asarray(np.max(np.where(np.isnan(x), -np.inf, x), axis=0))


def _bottom(x: Matrix) -> Vector:
    return np.asarray(np.min(np.where(np.isnan(x), np.inf, x), axis=0))


def _minmax(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    y = x * direction
    low, high = _bottom(y), _top(y)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = (y - low) / (high - low)
    return np.asarray(p["low"] + (p["high"] - p["low"]) * unit)


def _goalposts(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    unit = (x - p["low"]) / (p["high"] - p["low"])
    unit = np.where(direction < 0, 1 - unit, unit)
    return np.asarray(p["scale"] * (np.clip(unit, 0, 1) if p["clip"] else unit))


def _zscore(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    y = x * direction
    count = (~np.isnan(y)).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(y, axis=0) / count
        variance = np.nansum((y - mean) ** 2, axis=0) / (count - p["ddof"])
        z = (y - mean) / np.sqrt(variance)
    z[:, _is_constant(y)] = np.nan
    return np.asarray(p["mean"] + p["sd"] * z)


def _rank(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    """Rank ascending from 1; ties take the smallest rank."""
    y = x * direction
    below = (y[None, :, :] < y[:, None, :]).sum(axis=1) + 1.0
    return np.where(np.isnan(y), np.nan, below)


def _percentile(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    count = (~np.isnan(x)).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((_rank(x, direction, p) - 1) / (count - 1))


def _none(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    return x * direction


_METHODS: Mapping[str, Callable[[Matrix, Vector, Mapping[str, Any]], Matrix]] = {
    "minmax": _minmax,
    "goalposts": _goalposts,
    "zscore": _zscore,
    "rank": _rank,
    "percentile": _percentile,
    "none": _none,
}
require_same("normalise", _METHODS)
