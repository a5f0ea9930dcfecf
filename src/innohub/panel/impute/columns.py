"""Fill an indicator from the other places: all of them, or those of the same group."""

import difflib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError
from innohub.panel.impute.table import Table

Matrix = NDArray[np.float64]
Centre = Callable[[Matrix], Matrix]


def _column(table: Table, p: Mapping[str, Any], *, centre: Centre) -> tuple[Matrix, tuple[Finding, ...]]:
    table.require_values()
    return _filled(table.values, centre), ()


def _group(table: Table, p: Mapping[str, Any], *, centre: Centre) -> tuple[Matrix, tuple[Finding, ...]]:
    """Fill each group from its own values; rows without a label keep their gaps."""
    labels = np.asarray(_labels(table, p["group"]), dtype=object)
    names = [label for label in dict.fromkeys(labels) if label]
    _require_group_values(table, p["group"], labels, names)
    values = table.values.copy()
    for label in names:
        values[labels == label] = _filled(values[labels == label], centre)
    return values, ()


def _filled(x: Matrix, centre: Centre) -> Matrix:
    """Fill the columns that have gaps; a column without any value is left alone."""
    values, gaps = x.copy(), np.isnan(x)
    for column in np.flatnonzero(gaps.any(axis=0) & ~gaps.all(axis=0)):
        values[gaps[:, column], column] = centre(x[~gaps[:, column], column])
    return values


def _labels(table: Table, group: str) -> list[str]:
    if group not in table.groups:
        near = tuple(difflib.get_close_matches(group, table.groups, n=3, cutoff=0.4) or table.groups)
        raise PanelError(Finding("P131", value=group, params={"group": group, "near": near or ("–",)}))
    return list(table.groups[group])


def _require_group_values(table: Table, group: str, labels: NDArray[np.object_], names: list[str]) -> None:
    """Refuse a group in which an indicator is missing everywhere."""
    findings = []
    for label in names:
        empty = np.isnan(table.values[labels == label]).all(axis=0)
        for column in np.flatnonzero(empty).tolist():
            indicator = table.indicators[column]
            params = {"indicator": indicator, "group": label, "grouping": group}
            findings.append(Finding("P125", file="panel", column=indicator, value=label, params=params))
    if findings:
        raise PanelError(findings)


METHODS = {
    "column_mean": partial(_column, centre=np.mean),
    "column_median": partial(_column, centre=np.median),
    "group_mean": partial(_group, centre=np.mean),
    "group_median": partial(_group, centre=np.median),
}
