"""How an index changes over the years: dispersion, convergence, groups, classes, shape, as result tables."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, InnohubError
from innohub.index.dynamics import beta_convergence, kernel_density, sigma_convergence
from innohub.index.dynamics.change_classes import spatial_tables, transition_table
from innohub.index.dynamics.change_groups import group_table
from innohub.index.dynamics.inequality import gini, theil
from innohub.index.dynamics.scores import Scores
from innohub.study.index_section import ChangeSection

Matrix = NDArray[np.float64]
Tables = dict[str, pd.DataFrame]
Measure = Callable[[Matrix], float]


def change_tables(
    scores: Scores,
    section: ChangeSection,
    labels: Mapping[str, str] | None = None,
    neighbours: Matrix | None = None,
) -> tuple[Tables, tuple[Finding, ...]]:
    """Lay out what the years of an index say together.

    Parameters
    ----------
    section : the rules of the study for classes, groups and bandwidth.
    labels : the group of each place, "" for none; only with ``section.groups``.
    neighbours : (places, places) weights in the order of ``scores.places``; only with ``section.neighbours``.

    Returns
    -------
    From two years on ``inequality`` (year, places, mean, cv, gini, theil), ``convergence`` (start, end, places, slope,
    slope_error, p, speed, half_life, reason: the code of the message that says why it is not defined) and
    ``density``; from three years on ``transitions``, and with neighbours ``spatial_transitions`` and
    ``spatial_test``; with groups ``inequality_groups``. Every table begins with ``index``. Then the warnings that say
    what was left out, and why a table is missing.
    """
    tables: Tables = {}
    found: list[Finding] = []
    if len(scores.years) > 1:
        tables["inequality"] = inequality_table(scores)
        tables["convergence"] = _convergence(scores)
        tables |= _density(scores, section, found)
        tables |= transition_table(scores, section, found)
    if neighbours is not None:
        tables |= spatial_tables(scores, neighbours, section, found)
    if labels is not None:
        tables |= group_table(scores, labels, found)
    for table in tables.values():
        table.insert(0, "index", scores.index)
    return tables, tuple(found)


def inequality_table(scores: Scores) -> pd.DataFrame:
    """Return the dispersion of scores by year: year, places, mean, cv, gini, theil; missing where undefined."""
    rows = []
    for year, row in zip(scores.years, scores.matrix, strict=True):
        y = row[~np.isnan(row)]
        mean = y.mean() if len(y) else np.nan
        rows.append((year, len(y), mean, _cv(y, year), _or_missing(gini, y), _theil(y)))
    return pd.DataFrame(rows, columns=["year", "places", "mean", "cv", "gini", "theil"])


def _cv(y: Matrix, year: int) -> float:
    return _or_missing(
        lambda values: float(sigma_convergence(values[None, :], np.array([float(year)])).cv[0]), y
    )


def _theil(y: Matrix) -> float:
    return _or_missing(lambda values: theil(values).total, y)


def _or_missing(measure: Measure, y: Matrix) -> float:
    """Return a measure, or missing where it is not defined (a mean of zero or below, no values)."""
    try:
        return float(measure(y))
    except InnohubError:
        return float("nan")


def _convergence(scores: Scores) -> pd.DataFrame:
    years, matrix = scores.years, scores.matrix
    both = ~np.isnan(matrix[[0, -1]]).any(axis=0)
    start, end, span = matrix[0, both], matrix[-1, both], float(years[-1] - years[0])
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


def _density(scores: Scores, section: ChangeSection, found: list[Finding]) -> Tables:
    """Return the density of the scores on one grid for all years; a year in which all places agree has none."""
    shape = kernel_density(scores.matrix, section.bandwidth) if np.isfinite(scores.matrix).any() else None
    flat = [
        year
        for row, year in enumerate(scores.years)
        if shape is None or not np.isfinite(shape.value[row]).all()
    ]
    if flat:
        column = f"index.{scores.index}.change"
        found.append(
            Finding("S193", "warning", "study.toml", column=column, params={"years": tuple(map(str, flat))})
        )
    if shape is None or len(flat) == len(scores.years):
        return {}
    table = pd.DataFrame(
        {
            "year": np.repeat(scores.years, len(shape.grid)),
            "score": np.tile(shape.grid, len(scores.years)),
            "density": shape.value.ravel(),
            "width": np.repeat(shape.width, len(shape.grid)),
        }
    )
    return {"density": table[table["density"].notna()].reset_index(drop=True)}
