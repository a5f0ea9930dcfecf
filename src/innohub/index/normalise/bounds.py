"""Normalisers whose scale the study gives: bounds, an interval, a best value."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.normalise.spread import bottom, top

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_SCALED, _INTERVAL = "scaled", "interval"


def _goalposts(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    unit = (x - p["low"]) / (p["high"] - p["low"])
    unit = np.where(direction < 0, 1 - unit, unit)
    return np.asarray(p["scale"] * (np.clip(unit, 0, 1) if p["clip"] else unit))


def _scaled(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    if p["high"] == p["low"]:
        raise _disordered(p, method=_SCALED)
    return np.asarray(100 * (x * direction - p["low"]) / (p["high"] - p["low"]))


def _interval(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    """Return 1 inside [low, high], falling linearly to 0 at the distance ``reach`` outside."""
    low, high = p["low"], p["high"]
    if high < low:
        raise _disordered(p, method=_INTERVAL)
    outside = np.maximum(np.maximum(low - x, x - high), 0.0)
    reach = np.full(x.shape[1], p["reach"]) if p["reach"] else np.maximum(low - bottom(x), top(x) - high)
    # With every value inside, nothing falls short.
    reach = np.where(np.isfinite(reach) & (reach > 0), reach, 1.0)
    return np.asarray(np.maximum(1 - outside / reach, 0.0))


def _middle(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    """Return 1 at ``best``, falling linearly to 0 at the farthest value."""
    return _interval(x, direction, {"low": p["best"], "high": p["best"], "reach": 0.0})


def _none(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    return x * direction


def _disordered(p: Mapping[str, Any], method: str) -> ModelError:
    problem = f"low = {p['low']:g}, high = {p['high']:g}"
    return ModelError(Finding("S168", params={"method": method, "problem": problem}))


METHODS = {
    "goalposts": _goalposts,
    "scaled": _scaled,
    "interval": _interval,
    "middle": _middle,
    "none": _none,
}
