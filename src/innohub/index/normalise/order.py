"""Normalisers that use the order of the values only, or classes of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

# A quantile between two equal values may differ from them in the last bit.
_SLACK = 1e-12


def _rank(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    """Rank ascending from 1; ties take the smallest rank."""
    y = x * direction
    order = np.argsort(y, axis=0, kind="stable")
    ordered = np.take_along_axis(y, order, axis=0)
    first = np.ones(y.shape, dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    start = np.maximum.accumulate(np.where(first, np.arange(len(y))[:, None], 0), axis=0)
    ranks = np.empty_like(y)
    np.put_along_axis(ranks, order, start + 1.0, axis=0)
    return np.where(np.isnan(y), np.nan, ranks)


def _borda(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    return _rank(x, direction, p) - 1


def _percentile(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    count = (~np.isnan(x)).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((_rank(x, direction, p) - 1) / (count - 1))


def _category(x: Matrix, direction: Vector, p: Mapping[str, Any]) -> Matrix:
    """Score classes from 0 to ``top`` in equal steps; a value on a limit belongs to the better class.

    ``share``: limits are shares of the places, counted from the worst, at linearly interpolated quantiles (type 7 of
    Hyndman & Fan 1996). ``value``: limits are values in the indicator's unit.
    """
    limits = np.sort(np.asarray(p["limits"], dtype=float))
    if p["variant"] == "share" and not ((limits > 0) & (limits < 1)).all():
        raise ModelError(
            Finding("S168", params={"method": "category", "problem": ", ".join(map(str, limits))})
        )
    y, z = x * direction, np.full_like(x, np.nan)
    for column in range(x.shape[1]):
        known = ~np.isnan(y[:, column])
        if not known.any():
            continue
        values = y[known, column]
        own = limits * direction[column] if p["variant"] == "value" else np.quantile(values, limits)
        slack = _SLACK * max(1.0, float(np.abs(values).max()))
        passed = (values[:, None] >= own - slack).sum(axis=1)
        z[known, column] = p["top"] * passed / len(limits)
    return z


METHODS = {"rank": _rank, "borda": _borda, "percentile": _percentile, "category": _category}
