"""Classes of coupling and coordination by a named scheme, and the probability of each from draws."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.scheme import Scheme, Side, scheme
from innohub.errors import Finding, ModelError
from innohub.index.draws.summary import score_intervals
from innohub.position.classes.scheme import place_in_scheme

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

KEYS = ["place", "year", "first", "second"]
_TAKEN = [
    "scheme", "edition", "value", "class", "class_zh", "class_en", "rule", "closed", "next_class", "distance",
    "status",
]  # fmt: skip


@dataclass(frozen=True)
class Interval:
    """Central interval of each row's draws, (rows,); ``defined`` is the share of draws that have a value."""

    low: Vector
    high: Vector
    defined: Vector


def intervals(draws: Matrix, level: float) -> Interval:
    """Return central intervals over draws; draws without a value are left out and counted.

    Parameters
    ----------
    draws : (draws, rows), NaN where undefined; level : such as 0.9.

    Raises
    ------
    ModelError
        N179 a level that is not between 0 and 1.
    """
    if not 0 < level < 1:
        told = {"name": "level", "given": f"{level:g}", "wanted": "0 < level < 1"}
        raise ModelError(Finding("N179", params=told))
    known = len(draws) - np.isnan(draws).sum(axis=0)
    low, high = score_intervals(draws, level)
    for row in np.flatnonzero(known < len(draws)):
        some = draws[~np.isnan(draws[:, row]), row][:, None]
        low[row], high[row] = (float(end[0]) for end in score_intervals(some, level))
    return Interval(low, high, known / len(draws))


def class_shares(
    draws: Matrix, found: Scheme, *, closed: Side = "", names: Sequence[str] | None = None
) -> Matrix:
    """Return the probability of each class: the share of draws in it, among the draws that have a value.

    Limits and their closed sides are those of ``place_in_scheme``: a value that agrees with a limit to about
    ten digits stands on it.

    Parameters
    ----------
    draws : (draws, rows), NaN where undefined.
    closed : for limits of which the scheme does not say the side; it never overrules one that does.
    names : of the rows, for messages.

    Returns
    -------
    (rows, classes), highest class first; rows sum to one, or are NaN without any value.

    Raises
    ------
    ModelError
        N163 a scheme without fixed limits, N162 a draw on a limit that no class claims.
    """
    if found.kind != "limits":
        raise ModelError(Finding("N163", params={"scheme": found.id, "wanted": len(found.grades) - 1}))
    known = len(draws) - np.isnan(draws).sum(axis=0)
    reached = np.empty((len(found.limits) + 2, draws.shape[1]))
    reached[0], reached[-1] = 0, known
    largest = max(map(abs, found.limits))
    for number, (limit, side) in enumerate(zip(found.limits, found.sides, strict=True)):
        slack = max(1e-10 * abs(limit), 1e-12 * largest)
        at_least = np.count_nonzero(draws >= limit - slack, axis=0)
        above = np.count_nonzero(draws > limit + slack, axis=0)
        if not (side or closed) and (at_least > above).any():
            raise ModelError(_unclaimed(found, number, int(np.argmax(at_least > above)), names))
        reached[number + 1] = at_least if (side or closed) == "left" else above
    with np.errstate(invalid="ignore"):
        shares: Matrix = (np.diff(reached, axis=0) / known).T
    return shares


def _unclaimed(found: Scheme, number: int, row: int, names: Sequence[str] | None) -> Finding:
    upper, lower = found.grades[number].title, found.grades[number + 1].title
    limit = f"{found.limits[number]:g}"
    told = {"scheme": found.id, "place": names[row] if names else str(row), "limit": limit}
    return Finding("N162", value=limit, params={**told, "upper": upper, "lower": lower})


def coupling_classes(
    table: pd.DataFrame, name: str, *, measure: str = "coordination", closed: Side = ""
) -> pd.DataFrame:
    """Class the rows of a coupling table by a named scheme.

    Parameters
    ----------
    table : columns place, year, first, second and the measure.
    name : ``ccd-10``, ``ccd-4`` or ``ccd-5`` for coordination, ``c-4`` for coupling.

    Returns
    -------
    One row a row of the table, in its order: place, year, first, second, measure, scheme, edition, value, class,
    class_zh, class_en, rule, closed, next_class, distance, status. An undefined value has no class.

    Raises
    ------
    ModelError, ScaleError
        As ``place_in_scheme``: N162, N163, N164; N166 an unknown scheme.
    """
    keys = table[KEYS].reset_index(drop=True)
    labels = row_labels(keys)
    placed = place_in_scheme(
        dict(zip(labels, table[measure].to_numpy(float).tolist(), strict=True)), scheme(name), closed=closed
    )
    return pd.concat([keys.assign(measure=measure), placed[_TAKEN]], axis=1)


def row_labels(keys: pd.DataFrame) -> tuple[str, ...]:
    """Name rows (place, year, first, second) as a reader would."""
    columns = (keys[name].astype(str) for name in KEYS)
    labels = [
        f"{place} {year} {first}–{second}" if first else f"{place} {year}"
        for place, year, first, second in zip(*columns, strict=True)
    ]
    is_twice = len(set(labels)) < len(labels)
    return tuple(f"{label} #{row}" if is_twice else label for row, label in enumerate(labels, 1))


def class_probabilities(
    table: pd.DataFrame, draws: Matrix, name: str, *, measure: str = "coordination", closed: Side = ""
) -> pd.DataFrame:
    """Return the probability of every class for every row, with the class of the value itself marked.

    Parameters
    ----------
    table : as in :func:`coupling_classes`; draws : (draws, rows) of the measure, rows in the same order.

    Returns
    -------
    Long table: place, year, first, second, measure, scheme, class, class_zh, class_en, probability, assigned.
    """
    found = scheme(name)
    placed = coupling_classes(table, name, measure=measure, closed=closed)
    shares = class_shares(draws, found, closed=closed, names=row_labels(placed))
    many = len(found.grades)
    long = placed.loc[placed.index.repeat(many), [*KEYS, "measure", "scheme", "class"]].reset_index(drop=True)
    grades = list(found.grades) * len(placed)
    return long.assign(
        **{"class": [grade.id for grade in grades]},
        class_zh=[grade.title("zh") for grade in grades],
        class_en=[grade.title("en") for grade in grades],
        probability=shares.ravel(),
        assigned=[grade.id for grade in grades] == long["class"].to_numpy(),
    )
