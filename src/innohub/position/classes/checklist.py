"""Test places against the checklist of a tier: each mark a value, a bar, and yes, no or no data."""

import difflib
import operator
from collections.abc import Callable, Mapping
from math import isnan, nan
from typing import Any

import pandas as pd

from innohub.catalog.checklists import Checklist, Mark
from innohub.errors import Finding, ModelError

RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}
COLUMNS = ("place", "tier", "passage", "mark", "indicator", "value", "relation", "bar", "verdict", "zh", "en")


def verdict_of(value: float, relation: str, bar: float) -> str:
    """Return ``yes``, ``no``, or ``no data`` for a missing value.

    >>> verdict_of(0.5, ">=", 0.5), verdict_of(0.5, ">", 0.5), verdict_of(float("nan"), ">", 0.5)
    ('yes', 'no', 'no data')
    """
    if isnan(value):
        return "no data"
    return "yes" if RELATIONS[relation](value, bar) else "no"


def check_marks(
    values: pd.DataFrame, checklist: Checklist, *, places: list[str], tests: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Test every mark of a checklist for every place; a mark without a value is ``no data``, never ``no``.

    Parameters
    ----------
    values : columns place, mark, value[, indicator]; several indicators a mark are several tests.
    places : whom to test, also when they have no value at all.
    tests : columns mark, relation, bar[, indicator] that replace the suggested ones; an empty or absent
        indicator holds for every indicator of the mark.

    Returns
    -------
    Columns :data:`COLUMNS`, one row a place, mark and indicator, in the order of places and marks.

    Raises
    ------
    ModelError
        N171 for a mark that the checklist does not have or a relation that does not exist.
    """
    own = _own_tests(checklist, values, tests)
    by_place = {key: group for key, group in values.groupby(["place", "mark"], sort=False)}
    rows = [
        row
        for place in places
        for mark in checklist.marks
        for row in _rows(place, checklist, mark, by_place.get((place, mark.id)), own)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _own_tests(
    checklist: Checklist, values: pd.DataFrame, tests: pd.DataFrame | None
) -> dict[tuple[str, str], tuple[str, float]]:
    """Return (mark, indicator) to (relation, bar), after checking the names."""
    known = [mark.id for mark in checklist.marks]
    given = [] if tests is None else tests.to_dict("records")
    marks = [*values["mark"].unique(), *(row["mark"] for row in given)]
    findings = [_unknown(checklist, str(name), known) for name in dict.fromkeys(marks) if name not in known]
    findings += [
        _unknown(checklist, str(row["relation"]), list(RELATIONS))
        for row in given
        if row["relation"] not in RELATIONS
    ]
    if findings:
        raise ModelError(findings)
    return {
        (str(row["mark"]), _text(row.get("indicator"))): (str(row["relation"]), float(row["bar"]))
        for row in given
    }


def _unknown(checklist: Checklist, name: str, known: list[str]) -> Finding:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    near = (*close, *(other for other in known if other not in close))
    return Finding("N171", value=name, params={"name": name, "tier": checklist.tier, "near": near})


def _text(cell: object) -> str:
    return "" if cell is None or cell != cell else str(cell)  # noqa: PLR0124 (NaN is not itself)


def _rows(
    place: str,
    checklist: Checklist,
    mark: Mark,
    given: pd.DataFrame | None,
    own: Mapping[tuple[str, str], tuple[str, float]],
) -> list[dict[str, Any]]:
    cells = [{"value": nan}] if given is None else given.to_dict("records")
    rows = []
    for cell in cells:
        indicator, value = _text(cell.get("indicator")), float(cell["value"])
        relation, bar = own.get((mark.id, indicator)) or own.get((mark.id, "")) or (mark.relation, mark.bar)
        rows.append(
            {
                "place": place,
                "tier": checklist.tier,
                "passage": checklist.passage,
                "mark": mark.id,
                "indicator": indicator,
                "value": value,
                "relation": relation,
                "bar": bar,
                "verdict": verdict_of(value, relation, bar),
                "zh": mark.title("zh"),
                "en": mark.title("en"),
            }
        )
    return rows


def count_marks(table: pd.DataFrame) -> pd.DataFrame:
    """Count the marks of each place: yes when every test of a mark is passed, no when one fails.

    Returns
    -------
    Columns place, tier, marks, yes, no, no_data, met (``yes`` when all marks are, ``no`` when one fails,
    ``no data`` otherwise).
    """
    columns = ["place", "tier", "marks", "yes", "no", "no_data", "met"]
    rows = []
    for (place, tier), group in table.groupby(["place", "tier"], sort=False):
        verdicts = [join_verdicts(list(tests)) for _, tests in group.groupby("mark", sort=False)["verdict"]]
        count = {word: verdicts.count(word) for word in ("yes", "no", "no data")}
        rows.append((place, tier, len(verdicts), *count.values(), join_verdicts(verdicts)))
    return pd.DataFrame(rows, columns=columns)


def join_verdicts(verdicts: list[str]) -> str:
    """Join verdicts that must all hold: one ``no`` decides, then one ``no data``.

    >>> join_verdicts(["yes", "no data", "no"])
    'no'
    """
    return next((word for word in ("no", "no data") if word in verdicts), "yes")
