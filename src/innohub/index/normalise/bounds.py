"""Normalisers whose scale the study gives: bounds, an interval, a best value."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.normalise.spread import bottom, top

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_GOALPOSTS, _SCALED, _INTERVAL = "goalposts", "scaled", "interval"


def _goalposts(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    if np.any(np.asarray(p["high"]) <= p["low"]):
        raise _disordered(p, method=_GOALPOSTS)
    unit = (x - p["low"]) / (p["high"] - p["low"])
    unit = np.where(direction < 0, 1 - unit, unit)
    unit = np.where(np.asarray(p["clip"], dtype=bool), np.clip(unit, 0, 1), unit)
    return np.asarray(p["floor"] + p["scale"] * unit)


def _scaled(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    low, high = p["low"], p["high"]
    if np.any(np.asarray(high) == low):
        raise _disordered(p, method=_SCALED)
    if np.ndim(low) or np.ndim(high):
        # Bounds of the indicators' own are in their units, not on the negated scale.
        low, high = np.where(direction < 0, -high, low), np.where(direction < 0, -low, high)
    return np.asarray(100 * (x * direction - low) / (high - low))


def _interval(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    """Return 1 inside [low, high], falling linearly to 0 at the distance ``reach`` outside."""
    low, high = p["low"], p["high"]
    if np.any(np.asarray(high) < low):
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
    pairs = np.broadcast_arrays(np.atleast_1d(p["low"]), p["high"])
    low, high = next(pair for pair in zip(*pairs, strict=True) if pair[0] >= pair[1])
    problem = f"low = {low:g}, high = {high:g}"
    return ModelError(Finding("S168", params={"method": method, "problem": problem}))


METHODS = {
    "goalposts": _goalposts,
    "scaled": _scaled,
    "interval": _interval,
    "middle": _middle,
    "none": _none,
}
