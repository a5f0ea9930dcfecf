"""Fill a place from the places most like it in the other indicators."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.panel.impute.table import Table

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

# Equal distances differ in the last bits; the tie must not depend on the order of the places.
_TIE = 1e-12


def distances(x: Matrix) -> Matrix:
    """Euclidean distances between rows with gaps (Dixon 1979).

    The squared differences over the indicators both rows have are scaled up by all / shared indicators.

    Parameters
    ----------
    x : (rows, indicators) on a common scale, NaN for missing.

    Returns
    -------
    (rows, rows); NaN where two rows share no indicator.

    Examples
    --------
    >>> distances(np.array([[3.0, np.nan], [0.0, 4.0]])).round(6)[0, 1]
    np.float64(4.242641)
    """
    present = (~np.isnan(x)).astype(float)
    shared = present @ present.T
    total = np.zeros((len(x), len(x)))
    for row in range(len(x)):
        total[row] = np.nansum((x - x[row]) ** 2, axis=1)
    square = np.divide(total * x.shape[1], shared, out=np.full_like(shared, np.nan), where=shared > 0)
    return np.asarray(np.sqrt(square))


def _knn(table: Table, p: Mapping[str, Any]) -> tuple[Matrix, tuple[Finding, ...]]:
    """Fill with the mean of the k nearest places that have the indicator (Troyanskaya et al. 2001)."""
    table.require_values()
    values = table.values.copy()
    away = distances(_standardised(table.values))
    np.fill_diagonal(away, np.nan)
    for row, column in np.argwhere(np.isnan(table.values)):
        usable = ~np.isnan(table.values[:, column]) & ~np.isnan(away[row])
        if usable.any():
            values[row, column] = _mean(
                table.values[usable, column],
                away[row, usable],
                p["k"],
                is_weighted=p["variant"] == "distance",
            )
    return values, ()


def _mean(values: Vector, away: Vector, k: int, *, is_weighted: bool) -> float:
    limit = np.sort(away)[min(k, len(away)) - 1]
    near = away <= limit * (1 + _TIE)
    values, away = values[near], away[near]
    if not is_weighted:
        return float(values.mean())
    if (away == 0).any():
        return float(values[away == 0].mean())
    return float(np.average(values, weights=1 / away))


def _standardised(x: Matrix) -> Matrix:
    """Divide by the population standard deviation; a constant indicator separates nobody."""
    count = (~np.isnan(x)).sum(axis=0)
    centred = x - np.nansum(x, axis=0) / count
    sd = np.sqrt(np.nansum(centred**2, axis=0) / count)
    constant = np.nanmax(x, axis=0) == np.nanmin(x, axis=0)
    return np.asarray(np.where(constant, centred * 0, centred / np.where(constant, 1.0, sd)))


METHODS = {"knn": _knn}
