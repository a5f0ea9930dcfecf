"""Read and check the indicators and sources of a study."""

import pandas as pd

from innohub.errors import Finding
from innohub.study.columns import blank, fit, fold
from innohub.study.limits import read_denominators, read_limits
from innohub.study.places import check_ids, fill_names
from innohub.study.preset_indicators import Supplied, supply
from innohub.study.report import shown
from innohub.study.tables import Table
from innohub.study.transforms import CONTEXT, read_transforms

INDICATOR_COLUMNS = [
    "indicator", "name_zh", "name_en", "unit", "direction", "denominator", "factor", "low", "high", "target",
    "noise", "area", "transform", "note_zh", "note_en", "file", "row",
]  # fmt: skip
SOURCE_COLUMNS = ["source", "title", "publisher", "year", "url", "licence", "accessed", "file", "row"]
_DIRECTIONS = {
    1: ("1", "+1", "+", "1.0", "positive", "benefit", "正", "正向", "正向指标", "效益型", "越大越好"),
    -1: (
        "-1",
        "-",
        "−1",
        "-1.0",
        "−",
        "negative",
        "cost",
        "负",
        "负向",
        "逆",
        "逆向",
        "逆向指标",
        "成本型",
        "越小越好",
    ),
    0: ("0", "0.0", "context", "none", "背景", "背景指标", "不计"),
}
_WORDS = {fold(word): direction for direction, words in _DIRECTIONS.items() for word in words}


def read_indicators(table: Table | None, found: list[Finding], presets: Supplied = ()) -> pd.DataFrame | None:
    """Return the indicators of a study; None when the table lacks the ids.

    What the table leaves blank, or does not list, is supplied by the presets that the study names.

    ``direction`` is 1, -1 or 0 (context only); 0 also stands where it is missing or unreadable, which are errors.
    ``denominator`` is an id or blank, ``factor`` 1 unless said; ``low``, ``high``, ``target`` and ``noise`` are
    numbers, NaN where there is none; ``transform`` is ``log``, ``sqrt`` or blank.
    """
    frame = fit(table, "indicators", found) if table else blank("indicators")
    if frame is None:
        return None
    frame = supply(frame, presets, found)
    frame = check_ids(frame, "indicator", "P020", "P018", found)
    fill_names(frame, "indicator")
    frame["note_zh"] = frame["note_zh"].where(frame["note_zh"] != "", frame["note"])
    frame["note_en"] = frame["note_en"].where(frame["note_en"] != "", frame["note"])
    wanted = ["indicator", "direction", "transform", "unit", "file", "row"]
    directions: list[int] = []
    for key, direction, transform, unit, file, row in frame[wanted].itertuples(index=False):
        text = direction or (CONTEXT if fold(transform) == CONTEXT else "")
        directions.append(_WORDS.get(fold(text), 0))
        if not text:
            params = {"id": shown(key)}
            found.append(Finding("P012", file=file, row=row, column="direction", params=params))
        elif fold(text) not in _WORDS:
            params = {"id": shown(key)}
            found.append(Finding("P011", "error", file, row, "direction", shown(text), params))
        if not unit:
            params = {"id": shown(key)}
            found.append(Finding("P025", "warning", file, row, "unit", params=params))
    frame["direction"] = directions
    read_denominators(frame, found)
    read_limits(frame, found)
    read_transforms(frame, found)
    return frame[INDICATOR_COLUMNS]


def read_sources(table: Table, found: list[Finding]) -> pd.DataFrame | None:
    """Return the sources of a study; None when the table lacks the ids."""
    frame = fit(table, "sources", found)
    if frame is None:
        return None
    return check_ids(frame, "source", "P020", "P019", found)[SOURCE_COLUMNS]
