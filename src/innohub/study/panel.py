"""Lay out a panel table, long or wide, as one row a value, with everything still as written."""

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.columns import fold, known_columns, match_heads, note_unknown, split_unit
from innohub.study.names import Names
from innohub.study.numbers import PLAIN
from innohub.study.report import near, shown, some
from innohub.study.stated import STATED
from innohub.study.tables import Table

TOTALS: Final = frozenset(
    {
        *("合计", "总计", "共计", "小计", "总和", "全国", "全国合计", "全省合计"),
        *("东部地区", "中部地区", "西部地区", "东北地区", "东部", "中部", "西部"),
        *("total", "totals", "sum", "subtotal", "national", "nationwide", "grandtotal"),
    }
)
_OF_WHICH = re.compile(r"^(?:#|＃|其中\s*[:：]?)\s*")
# Stands for a year that a row should have and has not.
NO_YEAR: Final = "?"
NOTES: Final = ("note", "note_zh", "note_en")
_BESIDE: Final = ("source", "flag", *NOTES, *STATED)
RAW: Final = [
    "place", "indicator", "year", "cell", "unit", "unit_from", *_BESIDE, "file", "row", "column",
]  # fmt: skip


def lay_out(
    table: Table, places: Names, indicators: Names, found: list[Finding], *, undated: bool = False
) -> pd.DataFrame | None:
    """Return one row a value, texts as written; None when the table is no panel.

    Parameters
    ----------
    undated : whether a row of a table with years may do without one.

    Returns
    -------
    Columns of ``RAW``; ``indicator`` of a wide table already holds ids; ``unit_from`` says where the unit was named
    (``cell``, ``head`` or ``table``); a year "" means that the table has no year column.
    """
    heads = dict(match_heads(table, "panel").heads)
    if "place" in heads and "indicator" in heads and "value" in heads:
        frame = _long(table, found, undated=undated)
    elif "place" in heads and (wide := _indicator_heads(table, heads, indicators)):
        frame = _wide(table, heads, wide, indicators, found, undated=undated)
    else:
        missing = [name for name in ("place", "indicator", "value") if name not in heads]
        found.append(_no_panel(table, missing, indicators))
        return None
    return _without_totals(frame, places, table.file, found)


def _no_panel(table: Table, missing: list[str], indicators: Names) -> Finding:
    params = {
        "missing": tuple(missing),
        "heads": some(table.frame.columns),
        "near": some(indicators.ids),
    }
    return Finding("P026", file=table.file, row=1, params=params)


def _long(table: Table, found: list[Finding], *, undated: bool) -> pd.DataFrame:
    matched = match_heads(table, "panel")
    heads = matched.heads
    note_unknown(
        table, matched.unknown, [name for name in known_columns("panel") if name not in heads], found
    )
    parts = {
        name: table.frame[heads[name]].to_numpy()
        if name in heads
        else np.full(len(table.rows), "", dtype=object)
        for name in ("place", "indicator", "year", "unit", *_BESIDE)
    }
    frame = pd.DataFrame({**parts, "cell": table.frame[heads["value"]].to_numpy()}, dtype=object)
    if fallback := matched.units.get("value") or table.unit:
        frame["unit_from"] = np.where(
            frame["unit"] != "", "cell", "head" if "value" in matched.units else "table"
        )
        frame["unit"] = frame["unit"].where(frame["unit"] != "", fallback)
    else:
        frame["unit_from"] = "cell"
    _check_years(heads, frame, table, found, undated=undated)
    frame["file"], frame["row"], frame["column"] = table.file, table.rows, heads["value"]
    return frame[RAW]


def _check_years(
    heads: Mapping[str, str], frame: pd.DataFrame, table: Table, found: list[Finding], *, undated: bool
) -> None:
    """Name rows without a year in a table that has years; say so once when it has none."""
    if "year" not in heads:
        found.append(Finding("P029", "note", file=table.file))
        return
    blank = (frame["year"] == "").to_numpy()
    found += [
        Finding("P020", file=table.file, row=int(row), column=heads["year"])
        for row in table.rows[blank & (not undated)]
    ]
    frame["year"] = frame["year"].where(~blank, NO_YEAR)


def _indicator_heads(table: Table, heads: Mapping[str, str], indicators: Names) -> dict[str, str]:
    """Return the heads that name an indicator, with its id; joined heads are tried whole, then by their last level."""
    fixed = {heads.get("place"), heads.get("year")}
    wide: dict[str, str] = {}
    for head in table.frame.columns:
        if head in fixed:
            continue
        for form in (head, head.rpartition("/")[2]):
            hits = indicators.find(form) if form else ()
            if len(hits) == 1 and head not in wide:
                wide[head] = hits[0]
    return wide


def _wide(
    table: Table,
    heads: dict[str, str],
    wide: dict[str, str],
    indicators: Names,
    found: list[Finding],
    *,
    undated: bool,
) -> pd.DataFrame:
    heads = {name: head for name, head in heads.items() if head not in wide}
    _note_wide_heads(table, heads, wide, indicators, found)
    count, width = len(table.rows), len(wide)
    texts = {
        name: table.frame[heads[name]].to_numpy() if name in heads else np.full(count, "", dtype=object)
        for name in ("place", "year", *_BESIDE)
    }
    frame = pd.DataFrame({name: np.repeat(column, width) for name, column in texts.items()}, dtype=object)
    frame["indicator"] = np.tile(np.array(list(wide.values()), dtype=object), count)
    frame["cell"] = table.frame[list(wide)].to_numpy().ravel()
    # A bracket that belongs to the indicator's own name says nothing new about the unit.
    units = ["" if fold(head) in indicators.by_name else split_unit(head)[1] for head in wide]
    frame["unit"] = np.tile(np.array([unit or table.unit for unit in units], dtype=object), count)
    frame["unit_from"] = np.tile(
        np.array(["head" if unit else "table" for unit in units], dtype=object), count
    )
    frame["file"], frame["row"] = table.file, np.repeat(table.rows, width)
    frame["column"] = np.tile(np.array(list(wide), dtype=object), count)
    wide_years = frame.iloc[::width].reset_index(drop=True)
    _check_years(heads, wide_years, table, found, undated=undated)
    frame["year"] = np.repeat(wide_years["year"].to_numpy(), width)
    return frame[RAW]


def _note_wide_heads(
    table: Table, heads: dict[str, str], wide: dict[str, str], indicators: Names, found: list[Finding]
) -> None:
    """Name the columns of a wide table that are no indicators, and indicators that have two columns."""
    used = {heads[name] for name in ("place", "year", *_BESIDE) if name in heads}
    for head in table.frame.columns:
        if head in used or head in wide:
            continue
        numeric = any(PLAIN.fullmatch(cell) for cell in table.frame[head].head(50))
        params = {"near": indicators.near(head) if numeric else near(head, known_columns("panel"))}
        code, level = ("P022", "warning") if numeric else ("R012", "note")
        found.append(Finding(code, level, table.file, 1, shown(head), params=params))  # type: ignore[arg-type]
    first: dict[str, str] = {}
    for head, key in wide.items():
        if key in first:
            twins = {"id": key, "first": first[key], "second": head}
            found.append(Finding("P031", file=table.file, row=1, column=shown(head), params=twins))
        first.setdefault(key, head)


def _without_totals(frame: pd.DataFrame, places: Names, file: str, found: list[Finding]) -> pd.DataFrame:
    """Set rows of totals apart; take "of which" marks off the names of places."""
    distinct = pd.unique(frame["place"])
    bare = {text: _OF_WHICH.sub("", text) for text in distinct}
    totals = [text for text in distinct if fold(bare[text]) in TOTALS and not places.find(bare[text])]
    for text in totals:
        rows = frame.loc[frame["place"] == text, "row"]
        params = {"count": rows.nunique()}
        found.append(Finding("P024", "note", file, int(rows.iloc[0]), "place", shown(text), params))
    kept = frame[~frame["place"].isin(totals)].reset_index(drop=True) if totals else frame
    if any(bare[text] != text and not places.find(text) for text in distinct):
        kept["place"] = (
            kept["place"].map(lambda text: text if places.find(text) else bare[text]).astype(object)
        )
    return kept
