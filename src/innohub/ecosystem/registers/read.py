"""Read and check a register: typed columns out, every finding with file and row."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog.money import read_money
from innohub.catalog.registers import Register, RegisterColumn, registers
from innohub.ecosystem.registers.cells import Cell, ends_before, read_cell, text_of
from innohub.errors import Finding, StudyError


@dataclass(frozen=True)
class _Sheet:
    """A register's rows as text by column, with file and row numbers."""

    register: Register
    file: str | None
    rows: tuple[int, ...]
    texts: Mapping[str, list[str]]
    cells: Mapping[str, list[Cell]]

    def spot(self, number: int, column: str) -> dict[str, Any]:
        value = self.texts[column][number] if column in self.texts else None
        return {"file": self.file, "row": self.rows[number], "column": column, "value": value or None}


def read_register(
    name: str, frame: pd.DataFrame, file: str | None = None, places: Collection[str] | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Read a register.

    Parameters
    ----------
    name : of the register, see :func:`innohub.catalog.registers.registers`.
    frame : one row an entry, cells as text or as a workbook gives them; heads are column ids or their names in
        either language. A column ``row`` tells the row in the file; else the head is row 1.
    file : for the findings.
    places : ids of known places; any text when None.

    Returns
    -------
    Table of all declared columns: text "" where empty, lists joined by ";", numbers NaN, integers and years Int64,
    dates as text (year, year-month or day), words by id, money in single units of ``currency`` (ISO 4217);
    ``<column>_qualifier`` for each number column with one; ``file`` and ``row``.
    Findings: S350 a column is missing; S351 an unknown one; S352 an empty cell; S353 an id twice; S354 a word that
    the column does not take; S355 no number; S356 no date; S357 ends before it begins; S358 money without
    currency; S359 money without year; S360 out of range; S361 unknown place; S362 unknown reference; S364 no rows;
    S367 money scaled twice.

    Raises
    ------
    StudyError
        S363 for a register that is not declared.
    """
    if name not in registers():
        raise StudyError(Finding("S363", file=file, params={"name": name, "known": tuple(registers())}))
    register = registers()[name]
    heads, found = _heads(register, frame, file)
    sheet = _sheet(register, frame, heads, file)
    if not sheet.rows:
        found.append(Finding("S364", "warning", file=file, params={"name": name}))
    found += [cell.finding for cells in sheet.cells.values() for cell in cells if cell.finding]
    found += [*_empty(sheet), *_twice(sheet), *_references(sheet), *_periods(sheet), *_places(sheet, places)]
    money, more = _money(sheet)
    found += more
    found.sort(key=lambda finding: finding.row or 0)
    return _table(sheet, money), tuple(found)


def _heads(register: Register, frame: pd.DataFrame, file: str | None) -> tuple[dict[str, str], list[Finding]]:
    """Return declared column to head of the frame, and findings S350 and S351."""
    names = {
        told.casefold(): column.name
        for column in register.columns.values()
        for told in (column.label["en"], column.label["zh"], column.name)
    }
    heads: dict[str, str] = {}
    found = []
    for head in frame.columns:
        column = names.get(str(head).strip().casefold())
        if column and column not in heads:
            heads[column] = head
        elif head not in ("row", "file"):
            near = difflib.get_close_matches(str(head).casefold(), names, n=1, cutoff=0.6)
            told = {"near": names[near[0]] if near else "–", "known": tuple(register.columns)}
            found.append(Finding("S351", "warning", file=file, column=str(head), params=told))
    missing = [c.name for c in register.columns.values() if c.required and c.name not in heads]
    found += [Finding("S350", file=file, column=name, params={"name": register.name}) for name in missing]
    return heads, found


def _sheet(register: Register, frame: pd.DataFrame, heads: Mapping[str, str], file: str | None) -> _Sheet:
    texts = {column: [text_of(cell) for cell in frame[head]] for column, head in heads.items()}
    full = [number for number in range(len(frame)) if any(text[number] for text in texts.values())]
    rows = frame["row"].astype(int).tolist() if "row" in frame else [n + 2 for n in range(len(frame))]
    texts = {column: [text[number] for number in full] for column, text in texts.items()}
    bare = _Sheet(register, file, tuple(rows[number] for number in full), texts, {})
    cells = {
        name: [read_cell(text, register.columns[name], bare.spot(k, name)) for k, text in enumerate(column)]
        for name, column in texts.items()
    }
    return _Sheet(register, file, bare.rows, texts, cells)


def _empty(sheet: _Sheet) -> Iterator[Finding]:
    for name, texts in sheet.texts.items():
        if sheet.register.columns[name].required:
            empty = [number for number, text in enumerate(texts) if not text]
            yield from (Finding("S352", **sheet.spot(number, name)) for number in empty)


def _twice(sheet: _Sheet) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for number, text in enumerate(sheet.texts.get("id", ())):
        if text and text in seen:
            yield Finding("S353", params={"first": sheet.rows[seen[text]]}, **sheet.spot(number, "id"))
        elif text:
            seen[text] = number


def _references(sheet: _Sheet) -> Iterator[Finding]:
    for name, texts in sheet.texts.items():
        if refers := sheet.register.columns[name].refers:
            known = set(sheet.texts.get(refers, ()))
            strange = [number for number, text in enumerate(texts) if text and text not in known]
            yield from (Finding("S362", "warning", **sheet.spot(number, name)) for number in strange)


def _periods(sheet: _Sheet) -> Iterator[Finding]:
    pairs = zip(sheet.cells.get("start", ()), sheet.cells.get("end", ()), strict=False)
    for number, (start, end) in enumerate(pairs):
        if start.value and end.value and ends_before(start.value, end.value):
            yield Finding(
                "S357", params={"start": start.value, "end": end.value}, **sheet.spot(number, "end")
            )


def _places(sheet: _Sheet, places: Collection[str] | None) -> Iterator[Finding]:
    if places is None:
        return
    for name in ("place", "other"):
        for number, text in enumerate(sheet.texts.get(name, ())):
            if text and text not in places:
                near = tuple(difflib.get_close_matches(text, sorted(places), n=3, cutoff=0.5)) or ("–",)
                yield Finding("S361", params={"near": near}, **sheet.spot(number, name))


def _money(sheet: _Sheet) -> tuple[dict[str, list[Any]], list[Finding]]:
    """Return money in single units and the currencies, with findings S358, S359 and S367."""
    columns = [name for name in sheet.register.money if name in sheet.cells]
    money: dict[str, list[Any]] = {name: [np.nan] * len(sheet.rows) for name in columns}
    money |= {"currency": [""] * len(sheet.rows)} if sheet.register.money else {}
    found = []
    currencies = sheet.texts.get("currency", [""] * len(sheet.rows))
    years = sheet.cells.get("year", [Cell()] * len(sheet.rows))
    for name in columns:
        for number, cell in enumerate(sheet.cells[name]):
            if cell.value is None:
                continue
            spot = sheet.spot(number, name)
            unit = read_money(currencies[number] or cell.number.unit_hint)
            if unit is None:
                found.append(Finding("S358", params={"given": currencies[number] or "–"}, **spot))
                continue
            if cell.number.scale != 1 and unit.factor != 1:
                found.append(Finding("S367", params={"unit": currencies[number]}, **spot))
                continue
            if years[number].value is None:
                found.append(Finding("S359", **spot))
            money[name][number], money["currency"][number] = cell.value * unit.factor, unit.currency
    return money, found


def _table(sheet: _Sheet, money: Mapping[str, list[Any]]) -> pd.DataFrame:
    table: dict[str, Any] = {}
    for name, column in sheet.register.columns.items():
        cells = sheet.cells.get(name, [Cell()] * len(sheet.rows))
        table[name] = _series(money.get(name, [cell.value for cell in cells]), column)
        qualifiers = [cell.number.qualifier for cell in cells]
        if any(qualifiers):
            table[f"{name}_qualifier"] = qualifiers
    table |= {"file": [sheet.file or ""] * len(sheet.rows), "row": list(sheet.rows)}
    return pd.DataFrame(table)


def _series(values: list[Any], column: RegisterColumn) -> Any:
    if column.type in {"integer", "year"}:
        return pd.array([pd.NA if value is None else value for value in values], dtype="Int64")
    if column.type in {"number", "share"}:
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    return np.array(["" if value is None else value for value in values], dtype=object)
