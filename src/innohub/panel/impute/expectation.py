"""Fill with the conditional expectation under a multivariate normal distribution."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.panel.impute.normal import NormalFit, fit_normal, patterns, regression
from innohub.panel.impute.table import Table

Matrix = NDArray[np.float64]


def conditional_mean(x: Matrix, fit: NormalFit) -> Matrix:
    """Fill each missing value with its expectation given the observed values of its row.

    Parameters
    ----------
    x : (rows, indicators), NaN for missing.
    fit : a distribution of the same indicators.

    Returns
    -------
    (rows, indicators); a row without any value takes the mean.
    """
    values = x.copy()
    for rows, seen, gone in patterns(x):
        slopes, _ = regression(fit.mean, fit.covariance, seen, gone)
        centred = x[np.ix_(rows, seen)] - fit.mean[seen]
        values[np.ix_(rows, gone)] = fit.mean[gone] + centred @ slopes
    return values


def _em(table: Table, p: Mapping[str, Any]) -> tuple[Matrix, tuple[Finding, ...]]:
    table.require_values()
    fit = fit_normal(table.values, ridge=p["ridge"], tolerance=p["tolerance"], most=p["most"])
    found = () if fit.converged else (Finding("P135", "warning", params={"most": p["most"]}),)
    return conditional_mean(table.values, fit), found


METHODS = {"em": _em, "multiple": _em}
