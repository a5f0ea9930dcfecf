"""Weighted means of a node's children."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Array = NDArray[np.float64]


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


def require_positive(x: Array) -> None:
    """Refuse values of zero or below, which a logarithm or a reciprocal does not take.

    Raises
    ------
    ScaleError
        S106 with their number and the least.
    """
    if (x <= 0).any():
        raise ScaleError(Finding("S106", params={"count": int((x <= 0).sum()), "least": float(np.nanmin(x))}))


def _arithmetic(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    return weighted_mean(x, weights)


def _geometric(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    require_positive(x)
    return np.asarray(np.exp(weighted_mean(np.log(x), weights)))


METHODS = {"arithmetic": _arithmetic, "geometric": _geometric}
