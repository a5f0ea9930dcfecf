"""How an index changes over the years: dispersion, convergence, and moves between classes, as result tables."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import InnohubError
from innohub.index.compute import Nominal
from innohub.index.dynamics import beta_convergence, classify_pooled, markov, sigma_convergence
from innohub.index.inequality import gini, theil

Matrix = NDArray[np.float64]
CLASSES = 4
_LEAST_YEARS = 3
Measure = Callable[[Matrix], float]


def change_tables(history: Nominal) -> dict[str, pd.DataFrame]:
    """Lay out what the years of an index say together; nothing for a single year.

    Returns
    -------
    ``inequality`` (index, year, places, mean, cv, gini, theil): dispersion of the scores within each year (sigma
    convergence reads it over time). ``convergence`` (index, start, end, places, slope, slope_error, p, speed,
    half_life, reason): absolute beta convergence of the scores from the first to the last year; ``reason`` is the
    code of the message that says why it is not defined. From three years on ``transitions`` (index, from_class,
    to_class, lower, upper, count, probability, steady): moves between four pooled quantile classes, 1 the lowest.
    """
    years = history.panel.calendar
    if len(years) < 2:
        return {}
    scores = np.stack([history.index_scores[history.panel.at(year)] for year in years])
    tables = {"inequality": _inequality(scores, years), "convergence": _convergence(scores, years)}
    if len(years) >= _LEAST_YEARS:
        tables["transitions"] = _transitions(scores)
    for table in tables.values():
        table.insert(0, "index", history.model.name)
    return tables


def _inequality(scores: Matrix, years: tuple[int, ...]) -> pd.DataFrame:
    rows = []
    for year, row in zip(years, scores, strict=True):
        y = row[~np.isnan(row)]
        rows.append(
            (year, len(y), y.mean() if len(y) else np.nan, _cv(y, year), _or_missing(gini, y), _theil(y))
        )
    return pd.DataFrame(rows, columns=["year", "places", "mean", "cv", "gini", "theil"])


def _cv(y: Matrix, year: int) -> float:
    return _or_missing(
        lambda values: float(sigma_convergence(values[None, :], np.array([float(year)])).cv[0]), y
    )


def _theil(y: Matrix) -> float:
    return _or_missing(lambda values: theil(values).total, y)


def _convergence(scores: Matrix, years: tuple[int, ...]) -> pd.DataFrame:
    both = ~np.isnan(scores[[0, -1]]).any(axis=0)
    start, end, span = scores[0, both], scores[-1, both], float(years[-1] - years[0])
    row: dict[str, object] = {"start": years[0], "end": years[-1], "places": int(both.sum())}
    numbers = dict.fromkeys(("slope", "slope_error", "p", "speed", "half_life"), np.nan)
    reason = ""
    try:
        beta = beta_convergence(start, end, span)
    except InnohubError as problem:
        reason = problem.findings[0].code
    else:
        numbers |= {"slope": beta.slope, "slope_error": beta.slope_error, "p": float(beta.line.p[1])}
        numbers |= {"speed": beta.speed, "half_life": beta.half_life}
    return pd.DataFrame([{**row, **numbers, "reason": reason}])


def _transitions(scores: Matrix) -> pd.DataFrame:
    classes = classify_pooled(scores, CLASSES)
    chain = markov(classes.number, CLASSES)
    edges = np.concatenate([[-np.inf], classes.limits, [np.inf]])
    rows = [
        (
            a + 1,
            b + 1,
            edges[a],
            edges[a + 1],
            int(chain.counts[a, b]),
            chain.transition[a, b],
            chain.steady[a],
        )
        for a in range(CLASSES)
        for b in range(CLASSES)
    ]
    columns = ["from_class", "to_class", "lower", "upper", "count", "probability", "steady"]
    return pd.DataFrame(rows, columns=columns)


def _or_missing(measure: Measure, y: Matrix) -> float:
    """Return a measure, or missing where it is not defined (a mean of zero or below, no values)."""
    try:
        return float(measure(y))
    except InnohubError:
        return float("nan")
