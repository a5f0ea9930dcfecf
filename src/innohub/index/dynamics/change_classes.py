"""Moves of places between classes of an index, alone and by the class of their neighbours, as result tables."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.index.dynamics import Markov, classify_pooled, markov, spatial_markov
from innohub.index.dynamics.markov import relative_to_mean
from innohub.index.dynamics.scores import Scores
from innohub.study.index_section import ChangeSection

Matrix = NDArray[np.float64]
Tables = dict[str, pd.DataFrame]
LEAST_YEARS = 3


def transition_table(scores: Scores, section: ChangeSection, found: list[Finding]) -> Tables:
    """Return moves between pooled quantile classes, 1 the lowest; nothing for fewer than three years.

    Columns: from_class, to_class, lower, upper (limits of the class before, relative to the mean of the year where
    the study says so), count, probability, steady. Only steps of the same number of years count.
    """
    matrix, years, index = scores.matrix, scores.years, scores.index
    if len(years) < LEAST_YEARS or not _classed(matrix, section, index, found):
        return {}
    values = relative_to_mean(matrix) if section.relative else matrix
    classes = classify_pooled(values, section.classes)
    even = _even_steps(years, index, found)
    chain = markov(classes.number, classes.count, even=even)
    _pass_on((*classes.findings, *chain.findings), index, found)
    edges = np.concatenate([[-np.inf], classes.limits, [np.inf]])
    table = _long(chain)
    before = table["from_class"].to_numpy() - 1
    table.insert(2, "lower", edges[before])
    table.insert(3, "upper", edges[before + 1])
    return {"transitions": table}


def spatial_tables(
    scores: Scores, neighbours: Matrix, section: ChangeSection, found: list[Finding]
) -> Tables:
    """Return moves between classes by the class of the neighbours at the start, and the test that it matters not.

    ``spatial_transitions``: lag_class, from_class, to_class, count, probability, steady; ``spatial_test``: statistic,
    freedom, p. Places without neighbours are left out and named.
    """
    matrix, years, places, index = scores.matrix, scores.years, scores.places, scores.index
    column = f"index.{index}.change.neighbours"
    alone = tuple(place for place, total in zip(places, neighbours.sum(axis=1), strict=True) if total == 0)
    if alone:
        found.append(Finding("S191", "warning", "study.toml", column=column, params={"places": alone}))
    if len(years) < LEAST_YEARS or len(alone) == len(places):
        params = {"years": len(years), "least": LEAST_YEARS, "places": len(places) - len(alone)}
        found.append(Finding("S314", "warning", "study.toml", column=column, params=params))
        return {}
    if not _classed(matrix, section, index, []):
        return {}
    even = _even_steps(years, index, [])
    result = spatial_markov(matrix, neighbours, section.classes, relative=section.relative, even=even)
    empty = sum(int((chain.counts.sum(axis=1) == 0).sum()) for chain in result.given)
    if empty:
        params = {"count": empty, "rows": section.classes**2}
        found.append(Finding("S319", "warning", "study.toml", column=column, params=params))
    parts = []
    for number, chain in enumerate(result.given, 1):
        part = _long(chain)
        part.insert(0, "lag_class", number)
        parts.append(part)
    test = pd.DataFrame({"statistic": [result.statistic], "freedom": [result.freedom], "p": [result.p]})
    return {"spatial_transitions": pd.concat(parts, ignore_index=True), "spatial_test": test}


def _long(chain: Markov) -> pd.DataFrame:
    """Return a chain with a row for each pair of classes."""
    classes = len(chain.counts)
    return pd.DataFrame(
        {
            "from_class": np.repeat(np.arange(1, classes + 1), classes),
            "to_class": np.tile(np.arange(1, classes + 1), classes),
            "count": chain.counts.ravel(),
            "probability": chain.transition.ravel(),
            "steady": np.repeat(chain.steady, classes),
        }
    )


def _classed(matrix: Matrix, section: ChangeSection, index: str, found: list[Finding]) -> bool:
    """Say whether scores can be classed: there are some, and relative ones have means above zero."""
    if not np.isfinite(matrix).any():
        return False
    known = np.isfinite(matrix).any(axis=1)
    if section.relative and (np.nanmean(matrix[known], axis=1) <= 0).any():
        column = f"index.{index}.change.relative"
        found.append(Finding("S315", "warning", "study.toml", column=column))
        return False
    return True


def _even_steps(years: Sequence[int], index: str, found: list[Finding]) -> NDArray[np.bool_]:
    """Mark the steps of the most frequent length; the others are named, because a longer step moves places farther."""
    lengths = [after - before for before, after in pairwise(years)]
    usual = min(Counter(lengths).items(), key=lambda item: (-item[1], item[0]))[0]
    other = [f"{before}–{after}" for before, after in pairwise(years) if after - before != usual]
    if other:
        params = {"steps": tuple(other), "usual": usual}
        found.append(
            Finding("S313", "note", "study.toml", column=f"index.{index}.change.classes", params=params)
        )
    return np.asarray(np.array(lengths) == usual)


def _pass_on(findings: Sequence[Finding], index: str, found: list[Finding]) -> None:
    """Add warnings of the chain with the place in the study that they are about."""
    column = f"index.{index}.change.classes"
    found += [
        Finding(each.code, each.level, "study.toml", column=column, params=each.params) for each in findings
    ]
