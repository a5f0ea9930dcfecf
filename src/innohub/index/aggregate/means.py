"""Weighted means of a node's children."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Array = NDArray[np.float64]
NEARLY_GEOMETRIC = 0.01


def weighted_mean(x: Array, weights: Array) -> Array:
    """Weighted arithmetic mean over the children present; weights are rescaled over those.

    Parameters
    ----------
    x : (places, children), or (draws, places, children).
    weights : (children,) or (draws, children); matrix products where the values are the same in every draw.

    Returns
    -------
    (places,) or (draws, places); NaN where no child is present.
    """
    present = ~np.isnan(x)
    filled = np.where(present, x, 0.0)
    if x.ndim == 2:
        total = weights @ filled.T
        mass = weights.sum(axis=-1, keepdims=True) if present.all() else weights @ present.T.astype(float)
    else:
        total = np.einsum("...pc,...c->...p", filled, weights)
        mass = np.einsum("...pc,...c->...p", present.astype(float), weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(total / mass)


def require_positive(x: Array, method: str) -> None:
    """Refuse values of zero or below, which a logarithm or a reciprocal does not take.

    Raises
    ------
    ScaleError
        S106 with their number and the least.
    """
    if (x <= 0).any():
        params = {"method": method, "count": int((x <= 0).sum()), "least": float(np.nanmin(x))}
        raise ScaleError(Finding("S106", params=params))


def harmonic_mean(x: Array, weights: Array) -> Array:
    """Weighted harmonic mean, sum w / sum(w / x), of positive values; shapes as in :func:`weighted_mean`."""
    require_positive(x, "harmonic")
    return np.asarray(1.0 / weighted_mean(1.0 / x, weights))


def power_mean(x: Array, weights: Array, p: float) -> Array:
    """Weighted power mean, (sum w x^p / sum w)^(1/p); p = 0 is the geometric mean, its limit.

    Values are taken relative to the largest of a place (the smallest for p < 0), so that no power overflows.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); positive for p <= 0, not negative for p > 0.
    weights : (children,) or (draws, children).
    p : any number; 1 arithmetic, 0 geometric, -1 harmonic; the larger, the more compensation.

    Raises
    ------
    ScaleError
        S106 values of zero or below with p <= 0; S128 negative values with p > 0.

    References
    ----------
    Hardy, Littlewood & Polya (1934), Inequalities, chapter 2; Bullen (2003), Handbook of Means, chapter 3.
    """
    if p == 1:
        return weighted_mean(x, weights)
    if p <= 0:
        require_positive(x, "power")
    elif (x < 0).any():
        params = {"p": p, "count": int((x < 0).sum()), "least": float(np.nanmin(x))}
        raise ScaleError(Finding("S128", params=params))
    pick = np.fmax if p > 0 else np.fmin
    scale = pick.reduce(x, axis=-1)
    scale = np.where(scale == 0, 1.0, scale)
    ratio = x / scale[..., None]
    if abs(p) >= NEARLY_GEOMETRIC:
        return np.asarray(scale * weighted_mean(ratio**p, weights) ** (1 / p))
    with np.errstate(divide="ignore"):
        logs = np.log(ratio)
        if p == 0:
            return np.asarray(scale * np.exp(weighted_mean(logs, weights)))
        # (sum w r^p)^(1/p) loses the digits of r^p - 1 for a small p; expm1 and log1p keep them.
        return np.asarray(scale * np.exp(np.log1p(weighted_mean(np.expm1(p * logs), weights)) / p))


def _arithmetic(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    return weighted_mean(x, weights)


def _geometric(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    require_positive(x, "geometric")
    return np.asarray(np.exp(weighted_mean(np.log(x), weights)))


def _harmonic(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    return harmonic_mean(x, weights)


def _power(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    return power_mean(x, weights, p["p"])


METHODS = {"arithmetic": _arithmetic, "geometric": _geometric, "harmonic": _harmonic, "power": _power}
