"""Fill a place from its own other indicators below the same parent."""

import warnings
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.panel.impute.table import Table

Matrix = NDArray[np.float64]
Centre = Callable[..., Matrix]


def _row(table: Table, p: Mapping[str, Any], *, centre: Centre) -> tuple[Matrix, tuple[Finding, ...]]:
    """Fill with the centre of the row within each group of indicators.

    Indicators have units of their own: under ``minmax`` each is turned by its direction and brought to 0–1, filled
    there, and taken back (Becker et al. 2022). A constant indicator lends no position and takes its constant.
    """
    x = table.values
    parents = np.asarray(table.parents or [""] * x.shape[1], dtype=object)
    low, spread = _scale(table, p["variant"])
    # A constant indicator has no position between worst and best.
    unit = (x - low) / np.where(spread == 0, np.nan, spread)
    values = x.copy()
    for parent in dict.fromkeys(parents):
        inside = np.flatnonzero(parents == parent)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a row without any value has no centre
            middle = np.asarray(centre(unit[:, inside], axis=1))
        fill = np.where(spread[inside] == 0, low[inside], low[inside] + middle[:, None] * spread[inside])
        values[:, inside] = np.where(np.isnan(x[:, inside]), fill, x[:, inside])
    return values, ()


def _scale(table: Table, variant: str) -> tuple[Matrix, Matrix]:
    """Return the worst value of each indicator and the signed way from there to the best; NaN without any value."""
    x = table.values
    if variant == "as_is":
        return np.zeros(x.shape[1]), np.ones(x.shape[1])
    present = ~np.isnan(x)
    known = present.any(axis=0)
    least = np.where(known, np.where(present, x, np.inf).min(axis=0), np.nan)
    most = np.where(known, np.where(present, x, -np.inf).max(axis=0), np.nan)
    down = np.zeros(x.shape[1], dtype=bool) if table.direction is None else table.direction < 0
    return np.where(down, most, least), np.where(down, least - most, most - least)


METHODS = {
    "row_mean": partial(_row, centre=np.nanmean),
    "row_median": partial(_row, centre=np.nanmedian),
}
