"""Choose and apply a method of the family ``impute``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.errors import Finding
from innohub.panel.impute import columns, expectation, neighbours, rows, years
from innohub.panel.impute.table import Table

Matrix = NDArray[np.float64]
Filling = tuple[Matrix, tuple[Finding, ...]]
Imputer = Callable[[Table, Mapping[str, Any]], Filling]


@dataclass(frozen=True)
class Imputed:
    """Values (rows, indicators) after filling.

    ``filled`` marks the cells that were missing and now have a value; observed values are never changed.
    ``findings`` are warnings: what stays missing, series held constant, a fit that stopped early.
    """

    values: Matrix
    filled: NDArray[np.bool_]
    findings: tuple[Finding, ...]


def impute(table: Table, spec: Spec, *, by_year: bool = False) -> Imputed:
    """Fill the missing values of a table.

    Parameters
    ----------
    table : values with their rows and columns.
    spec : a spec of the family ``impute``. ``multiple`` gives its centre here, the conditional expectation; see
        :func:`draw_imputations` for the draws.
    by_year : fill each year from its own rows; without effect on the methods that run along the years.

    Raises
    ------
    PanelError
        P125 a group without a value; P127 a place twice in a year; P128 years are needed; P130 an indicator without
        a value; P131 an unknown grouping.
    NoSolutionError
        P133 the normal distribution cannot be estimated from so few rows.

    Examples
    --------
    >>> from innohub.catalog import parse_spec
    >>> table = Table(np.array([[1.0], [np.nan], [5.0]]), ["a", "b", "c"], ["x"])
    >>> done = impute(table, parse_spec("column_mean", "impute"))
    >>> done.values[:, 0].tolist(), done.filled[:, 0].tolist()
    ([1.0, 3.0, 5.0], [False, True, False])
    """
    missing = np.isnan(table.values)
    if not missing.any():
        return Imputed(table.values.copy(), missing, ())
    method = _METHODS[spec.name]
    if by_year and table.years is not None and spec.name not in years.METHODS:
        values, found = _each_year(table, method, spec.arguments)
    else:
        values, found = method(table, spec.arguments)
    values = np.where(missing, values, table.values)
    return Imputed(values, missing & ~np.isnan(values), (*found, *_left(table, values)))


def _each_year(table: Table, method: Imputer, p: Mapping[str, Any]) -> Filling:
    values = table.values.copy()
    found: list[Finding] = []
    for year in np.unique(np.asarray(table.years)):
        rows_of = np.flatnonzero(table.years == year)
        part = table.take(rows_of)
        if np.isnan(part.values).any():
            values[rows_of], more = method(part, p)
            found += more
    return values, tuple(found)


def _left(table: Table, values: Matrix) -> list[Finding]:
    """Warn of indicators that still have missing values."""
    count = np.isnan(values).sum(axis=0)
    return [
        Finding(
            "P126",
            "warning",
            column=table.indicators[column],
            params={"indicator": table.indicators[column], "count": int(count[column])},
        )
        for column in np.flatnonzero(count).tolist()
    ]


def _none(table: Table, p: Mapping[str, Any]) -> Filling:
    return table.values.copy(), ()


_METHODS: Mapping[str, Imputer] = {
    "none": _none,
    **columns.METHODS,
    **rows.METHODS,
    **years.METHODS,
    **neighbours.METHODS,
    **expectation.METHODS,
}
require_same("impute", _METHODS)
