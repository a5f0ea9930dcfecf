"""The transform that an indicator's own entry asks for, such as the logarithm of income, with its goalposts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.panel import Panel

Matrix = NDArray[np.float64]
_MOST_NAMED = 10
# How it is computed, and whether it takes zero.
_TRANSFORMS: Mapping[str, tuple[Callable[[Matrix], Matrix], bool]] = {
    "log": (np.log, False),
    "sqrt": (np.sqrt, True),
}


def transform_columns(
    x: Matrix, kinds: Sequence[str], *, indicators: Sequence[str], places: Sequence[str]
) -> Matrix:
    """Transform each column as its indicator asks; missing values stay missing.

    Parameters
    ----------
    x : (rows, columns), NaN for missing.
    kinds : (columns,) ``log`` (natural), ``sqrt``, or empty for a column that stays as it is.
    indicators, places : ids of columns and rows, for messages.

    Returns
    -------
    (rows, columns).

    Raises
    ------
    ScaleError
        C207 values of zero or below under a logarithm, or below zero under a square root; one finding an indicator.

    Examples
    --------
    >>> x = np.array([[1.0, 4.0], [np.e, 9.0]])
    >>> transform_columns(x, ["log", "sqrt"], indicators=["a", "b"], places=["p", "q"])
    array([[0., 2.],
           [1., 3.]])
    """
    chosen = set(kinds) - {""}
    if not chosen:
        return x
    done, asked = x.copy(), np.array(kinds, dtype=object)
    findings: dict[str, Finding] = {}
    for kind in sorted(chosen):
        columns = np.flatnonzero(asked == kind)
        compute, zero = _TRANSFORMS[kind]
        part = x[:, columns]
        outside = part < 0 if zero else part <= 0
        for at in np.flatnonzero(outside.any(axis=0)).tolist():
            indicator = indicators[columns[at]]
            findings.setdefault(indicator, _outside(indicator, kind, outside[:, at], places))
        with np.errstate(invalid="ignore", divide="ignore"):
            done[:, columns] = compute(part)
    if findings:
        raise ScaleError(list(findings.values()))
    return done


def _outside(indicator: str, kind: str, rows: NDArray[np.bool_], places: Sequence[str]) -> Finding:
    """Name the places whose values a transform is not defined for."""
    where = [places[row] for row in np.flatnonzero(rows).tolist()]
    shown = (*where[:_MOST_NAMED], *(["…"] if len(where) > _MOST_NAMED else []))
    params = {"indicator": indicator, "transform": kind, "count": len(where), "places": shown}
    return Finding("C207", column=indicator, params=params)


def transform_panel(panel: Panel) -> Panel:
    """Transform the values of a panel, and the bounds and targets of its indicators with them.

    A cap on the value and a cap on its logarithm are the same cap, because both transforms keep the order.

    Raises
    ------
    ScaleError
        As :func:`transform_columns`.
    """
    kinds = [panel.transforms.get(indicator, "") for indicator in panel.indicators]
    if not any(kinds):
        return panel
    matrix = transform_columns(panel.matrix, kinds, indicators=panel.indicators, places=panel.places)
    limits = {
        name: transform_columns(numbers[None], kinds, indicators=panel.indicators, places=(name,))[0]
        for name, numbers in panel.limits.items()
    }
    return replace(panel, matrix=matrix, limits=limits)
