"""Entropy weights 熵权法 with their variants."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import Finding, ScaleError
from innohub.index.normalise import normalise

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def entropy_weights(y: Matrix) -> tuple[Vector, Vector]:
    """Entropy weights 熵权法 of non-negative values, 0 · ln 0 = 0.

    p_ij = y_ij / sum_i y_ij, e_j = -sum_i p_ij ln p_ij / ln N, w_j = (1 - e_j) / sum_j (1 - e_j)
    (Shannon 1948; Zeleny 1982; 郭显光 1998).

    Parameters
    ----------
    y : (places, indicators), non-negative; NaN rows of a column are left out of that column.

    Returns
    -------
    weights (indicators,) and entropies e (indicators,). All e = 1 gives equal weights; a column
    that sums to zero carries no information and has e = 1.

    Raises
    ------
    ScaleError
        S103 when a value is negative.

    Examples
    --------
    >>> z = np.array([[0, 0, 0.571429], [1 / 3, 2 / 15, 0.714286], [2 / 3, 0.2, 0], [1, 1, 1]])
    >>> entropy_weights(z)[0].round(5).tolist()
    [0.2787, 0.48746, 0.23385]
    """
    if (y < 0).any():
        raise ScaleError(Finding("S103", params={"least": float(np.nanmin(y))}))
    count = np.maximum((~np.isnan(y)).sum(axis=0), 2)
    total = np.nansum(y, axis=0)
    p = np.divide(y, total, out=np.zeros_like(y), where=total > 0)
    terms = np.where(p > 0, p * np.log(np.where(p > 0, p, 1.0)), 0.0)
    e = np.where(total > 0, -terms.sum(axis=0) / np.log(count), 1.0)
    spare = np.maximum(1.0 - e, 0.0)
    if spare.sum() <= 1e-12:
        return np.full(len(e), 1 / len(e)), e
    return spare / spare.sum(), e


def _entropy(raw: Matrix, direction: Vector, given: Vector, p: Mapping[str, Any]) -> Vector:
    if p["variant"] == "raw_sum":
        return entropy_weights(raw)[0]
    z = normalise(raw, direction, _UNIT)
    z = np.where(np.isnan(raw), np.nan, np.where(np.isnan(z), 0.0, z))
    return entropy_weights(_SHIFT[p["variant"]](z, p["e"]))[0]


_UNIT = Spec("normalise", "minmax", (("low", 0.0), ("high", 1.0)))
_SHIFT: Mapping[str, Callable[[Matrix, float], Matrix]] = {
    "limit": lambda z, e: z,
    "add_eps": lambda z, e: z + e,
    "affine": lambda z, e: z * (1 - e) + e,
    "zero_only": lambda z, e: np.where(z == 0, e, z),
    "range": lambda z, e: 0.002 + (0.998 - 0.002) * z,
}
METHODS = {"entropy": _entropy}
