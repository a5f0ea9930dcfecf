"""Read the table of the five pillars: which indicator or register stands in which slot."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from innohub.catalog.registers import pillars, registers, slots
from innohub.errors import Finding
from innohub.study.columns import fit, fold
from innohub.study.files import Shelf
from innohub.study.names import resolve
from innohub.study.report import near, shown
from innohub.study.settings import Configuration
from innohub.study.values import Known


def read_pillars(
    shelf: Shelf,
    configuration: Configuration,
    known: Known,
    tables: Mapping[str, pd.DataFrame],
    found: list[Finding],
) -> pd.DataFrame | None:
    """Read what stands where; None without the table.

    A row names an indicator of the panel, or a register: alone for the number of its entries, with a column for
    the value of each entry there, with an entry and a column for one value.

    Returns
    -------
    pillar, slot (ids), indicator, register, entry, column, name_zh, name_en, file, row.
    """
    name = configuration.settings.files.pillars
    table = shelf.table(name, ("files", "pillars"), needed=name != "pillars.csv")
    frame = fit(table, "pillars", found) if table else None
    if frame is None:
        return None
    words = {
        "pillar": {key: pillar.label for key, pillar in pillars().items()},
        "slot": slots(),
        "register": {key: register.label for key, register in registers().items()},
    }
    for column, labels in words.items():
        frame[column] = _ids(frame, column, labels, found)
    frame["indicator"] = resolve(frame, "indicator", known.indicators, found)
    for row in frame.to_dict("records"):
        _check(row, tables, found)
    _check_once(frame, found)
    return frame


def _ids(
    frame: pd.DataFrame, column: str, labels: Mapping[str, Mapping[str, str]], found: list[Finding]
) -> list[str]:
    """Return the ids of words given by id or by name in either language; M261 for others, P020 for blanks."""
    known = {fold(text): key for key, told in labels.items() for text in (key, *told.values())}
    ids = []
    for text, file, row in frame[[column, "file", "row"]].itertuples(index=False):
        word = known.get(fold(text), "")
        ids.append(word)
        if text and not word:
            params = {"column": column, "near": near(text, labels), "options": tuple(labels)}
            found.append(Finding("M261", "error", file, int(row), column, shown(text), params))
        elif not text and column != "register":
            found.append(Finding("P020", file=file, row=int(row), column=column))
    return ids


def _check(row: Mapping[Any, Any], tables: Mapping[str, pd.DataFrame], found: list[Finding]) -> None:
    """Check that a row names one thing, and that it is there."""
    spot = {"file": row["file"], "row": int(row["row"])}
    register, entry, column = row["register"], row["entry"], row["column"]
    if bool(row["indicator"]) == bool(register):
        found.append(Finding("P116", column="indicator", **spot))
        return
    if not register:
        return
    if register not in tables:
        params = {"name": register, "known": tuple(tables) or "–"}
        found.append(Finding("P113", value=register, column="register", params=params, **spot))
        return
    numbers = [
        c.name for c in registers()[register].columns.values() if c.type in {"number", "integer", "share"}
    ]
    if (entry and not column) or (column and column not in numbers):
        params = {"name": shown(column) or "–", "register": register, "near": near(column, numbers)}
        found.append(Finding("P118", value=shown(column), column="column", params=params, **spot))
    ids = tables[register]["id"].tolist()
    if entry and entry not in ids:
        params = {"name": shown(entry), "register": register, "near": near(entry, ids)}
        found.append(Finding("P117", value=shown(entry), column="entry", params=params, **spot))


def _check_once(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Name every row that puts the same thing into the same slot again."""
    first: dict[tuple[str, ...], int] = {}
    keys = ["pillar", "slot", "indicator", "register", "entry", "column"]
    for *key, file, row in frame[[*keys, "file", "row"]].itertuples(index=False):
        told = ", ".join(part for part in key if part)
        if tuple(key) in first:
            params = {"what": told, "first": first[tuple(key)]}
            found.append(Finding("M260", "error", file, int(row), "indicator", shown(told), params))
        first.setdefault(tuple(key), int(row))
