"""Entropy weights 熵权法 with their variants."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.weight.weighing import Weighing, alike, cells_of, columns_of, unit_range

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def entropy_weights(y: Matrix, rows: int | None = None) -> tuple[Vector, Vector]:
    """Entropy weights 熵权法 of non-negative values, 0 · ln 0 = 0.

    p_ij = y_ij / sum_i y_ij, e_j = -sum_i p_ij ln p_ij / ln N, w_j = (1 - e_j) / sum_j (1 - e_j)
    (Shannon 1948; Zeleny 1982; 郭显光 1998).

    Parameters
    ----------
    y : (places, indicators), non-negative; NaN rows of a column are left out of that column.
    rows : N, when a published table is recomputed with another; else the rows that each column has.

    Returns
    -------
    weights (indicators,) and entropies e (indicators,). All e = 1 gives equal weights; a column
    that sums to zero, or has one row, carries no information and has e = 1.

    Raises
    ------
    ScaleError
        S103 when a value is negative; S155 when an entropy exceeds one, because N is not the number of rows.

    Examples
    --------
    >>> z = np.array([[0, 0, 0.571429], [1 / 3, 2 / 15, 0.714286], [2 / 3, 0.2, 0], [1, 1, 1]])
    >>> entropy_weights(z)[0].round(5).tolist()
    [0.2787, 0.48746, 0.23385]
    """
    e = entropies(y, rows)
    if (bad := np.flatnonzero(e > 1 + 1e-9)).size:
        params = {"most": float(e.max()), "rows": rows or len(y), **columns_of(bad)}
        raise ScaleError(Finding("S155", params=params))
    spare = np.maximum(1.0 - e, 0.0)
    if spare.sum() <= 1e-12:
        return np.full(len(e), 1 / len(e)), e
    return spare / spare.sum(), e


def entropies(y: Matrix, rows: int | None = None) -> Vector:
    """Entropies e (indicators,) as they come out, above one where ``rows`` is less than the rows there are."""
    if (y < 0).any():
        raise ScaleError(Finding("S103", params={"least": float(np.nanmin(y)), **cells_of(y < 0)}))
    count = np.full(y.shape[1], rows) if rows else (~np.isnan(y)).sum(axis=0)
    total = np.nansum(y, axis=0)
    p = np.divide(y, total, out=np.zeros_like(y), where=total > 0)
    terms = np.where(p > 0, p * np.log(np.where(p > 0, p, 1.0)), 0.0)
    informs = (total > 0) & (count > 1)
    return np.where(informs, -terms.sum(axis=0) / np.log(np.maximum(count, 2)), 1.0)


def _entropy(raw: Matrix, direction: Vector, given: Vector, p: Mapping[str, Any]) -> Weighing:
    if p["variant"] == "raw_sum":
        y, reversed_ = raw, np.flatnonzero(direction < 0)
    else:
        y, reversed_ = _SHIFT[p["variant"]](unit_range(raw, direction), p["e"]), np.empty(0, dtype=np.intp)
    weights, e = entropy_weights(y)
    if (e >= 1 - 1e-12).all():
        return alike(len(e))
    warning = (Finding("N002", "warning", params=columns_of(reversed_)),) if reversed_.size else ()
    return Weighing(weights, warning)


_SHIFT: Mapping[str, Callable[[Matrix, float], Matrix]] = {
    "limit": lambda z, e: z,
    "add_eps": lambda z, e: z + e,
    "affine": lambda z, e: z * (1 - e) + e,
    "zero_only": lambda z, e: np.where(z == 0, e, z),
    "range": lambda z, e: 0.002 + (0.998 - 0.002) * z,
}
METHODS = {"entropy": _entropy}
