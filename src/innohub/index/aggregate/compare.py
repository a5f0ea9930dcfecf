"""What every method needs whose scores depend on the places compared."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Array = NDArray[np.float64]
Params = Mapping[str, Any]
Aggregator = Callable[[Array, Array, Params], Array]
Weighting = Callable[[Array], Array]
Comparison = Callable[[Array, Params], Weighting]

TIE = 1e-10
_BLOCK = 1 << 17


def require(holds: bool, method: str, parameter: str, value: float, wanted: str) -> None:
    """Refuse a parameter outside its range.

    Raises
    ------
    ScaleError
        S126 with the parameter, its value and the range.
    """
    if not holds:
        params = {"method": method, "parameter": parameter, "number": value, "wanted": wanted}
        raise ScaleError(Finding("S126", params=params))


def comparing(method: str, compare: Comparison, *, gaps: bool = False) -> Aggregator:
    """Make an aggregator of a comparison of places.

    ``compare(x, p)`` looks at the values once, (places, children) or (draws, places, children), and returns the
    function from weightings (draws, children) to scores (draws, places). The aggregator hands it blocks of draws
    that fit into the cache. Places without any value are no part of the comparison and score NaN.

    Parameters
    ----------
    method : its name in the catalogue, for messages.
    compare : the comparison.
    gaps : whether it takes missing values.

    Raises
    ------
    ScaleError
        S120 missing values that the method does not take, S121 fewer than two places.
    """

    def aggregator(x: Array, weights: Array, p: Params) -> Array:
        rows = _compared(method, x, gaps)
        draws = np.atleast_2d(weights)
        if x.ndim == 3:
            draws = np.broadcast_to(draws, (len(x), x.shape[-1]))
        kept = x if rows.all() else x[..., rows, :]
        scores = np.full((len(draws), len(rows)), np.nan)
        scores[:, rows] = _in_blocks(compare, kept, draws, p)
        return scores[0] if weights.ndim == 1 and x.ndim == 2 else scores

    return aggregator


def _compared(method: str, x: Array, gaps: bool) -> NDArray[np.bool_]:
    """Say which places take part: those with any value, in any draw."""
    missing = np.isnan(x)
    rows = np.asarray(~missing.all(axis=(0, -1) if x.ndim == 3 else -1))
    cells = np.asarray(missing[:, rows].any(axis=0) if x.ndim == 3 else missing[rows])
    if not gaps and cells.any():
        places = int(cells.any(axis=1).sum())
        params = {"method": method, "count": int(cells.sum()), "places": places, "cells": ("–",)}
        raise ScaleError(Finding("S120", params=params))
    if rows.sum() < 2:
        raise ScaleError(Finding("S121", params={"method": method}))
    return rows


def _in_blocks(compare: Comparison, x: Array, weights: Array, p: Params) -> Array:
    scores = np.empty((len(weights), x.shape[-2]))
    width = x.shape[-2] * (x.shape[-1] if x.ndim == 3 else 1)
    size = max(_BLOCK // width, 1)
    score = compare(x, p) if x.ndim == 2 else None
    for start in range(0, len(weights), size):
        block = slice(start, start + size)
        scores[block] = (score or compare(x[block], p))(weights[block])
    return scores


def total(values: Array, weights: Array) -> Array:
    """Sum values (places, children), or by draw (draws, places, children), with weights (draws, children)."""
    if values.ndim == 2:
        return np.asarray(weights @ values.T)
    return np.asarray(np.matmul(values, weights[:, :, None])[..., 0])


def to_shares(weights: Array) -> Array:
    """Rescale weightings (draws, children) to sum to one."""
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def tie_width(one: Array, other: Array) -> Array:
    """Return the difference up to which two values tie: ten significant digits."""
    return np.asarray(TIE * np.maximum(np.abs(one), np.abs(other)))


def spread(x: Array, axis: int) -> tuple[Array, Array, Array]:
    """Return the largest and the least values along an axis and their range, zero where they tie."""
    top, bottom = x.max(axis=axis, keepdims=True), x.min(axis=axis, keepdims=True)
    distance = top - bottom
    return top, bottom, np.where(distance > tie_width(top, bottom), distance, 0.0)
