"""Read and check a register: typed columns out, every finding with file and row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog.money import read_money
from innohub.catalog.registers import Register, RegisterColumn, registers
from innohub.errors import Finding
from innohub.study.names import Names, resolve
from innohub.study.registers.cells import Cell, ends_before, read_cell
from innohub.study.registers.heads import RegisterHeads, match_register
from innohub.study.report import shown
from innohub.study.tables import Table


@dataclass(frozen=True)
class _Sheet:
    """A register's rows as text by column, with file and row numbers, and what its cells were read as."""

    register: Register
    table: Table
    heads: RegisterHeads
    texts: Mapping[str, list[str]]
    cells: Mapping[str, list[Cell]]

    @property
    def count(self) -> int:
        return len(self.table.rows)

    def row(self, number: int) -> int:
        return int(self.table.rows[number])

    def spot(self, number: int, column: str) -> dict[str, Any]:
        value = self.texts[column][number] if column in self.texts else ""
        return {
            "file": self.table.file, "row": self.row(number), "column": column, "value": shown(value) or None,
        }  # fmt: skip


def read_register(
    name: str, table: Table, places: Names | None, sources: Names | None, found: list[Finding]
) -> pd.DataFrame:
    """Read a register.

    Parameters
    ----------
    name : of the register, see :func:`innohub.catalog.registers.registers`.
    table : one row an entry; heads are column ids, their names in either language, or other names for them.
    places, sources : what is known; any text when None.
    found : gets S350 a column is missing; S351 an unknown one; S352 an empty cell; S353 an id twice; S354 a word that
        the column does not take; S355 no number; S356 no date; S357 ends before it begins; S358 money without
        currency; S359 money without year; S360 out of range; S362 unknown reference; S367 money scaled twice;
        P001, P004 and P005 for places, P003 for sources.

    Returns
    -------
    place, all other declared columns, unstated, file, row. Text "" where empty, lists joined by ";", numbers NaN,
    integers and years Int64, dates as text (year, year-month or day), words by id, money in single units of
    ``currency`` (ISO 4217); ``<column>_qualifier`` beside each number that may be approximate. ``unstated`` names
    the columns of which the source does not tell, joined by ";".
    """
    register = registers()[name]
    sheet = _sheet(register, table, match_register(register, table, found))
    found += [cell.finding for cells in sheet.cells.values() for cell in cells if cell.finding]
    found += [*_empty(sheet), *_twice(sheet), *_references(sheet), *_periods(sheet)]
    money = _money(sheet, found)
    frame = _table(sheet, money)
    for column, names in (("place", places), ("other", places), ("source", sources)):
        if column in frame and names is not None:
            frame[column] = resolve(frame, column, names, found)
    return frame


def _sheet(register: Register, table: Table, heads: RegisterHeads) -> _Sheet:
    texts = {column: table.frame[head].tolist() for column, head in heads.heads.items()}
    bare = _Sheet(register, table, heads, texts, {})
    cells = {
        name: [read_cell(text, register.columns[name], bare.spot(k, name)) for k, text in enumerate(column)]
        for name, column in texts.items()
    }
    return _Sheet(register, table, heads, texts, cells)


def _empty(sheet: _Sheet) -> Iterator[Finding]:
    for name, texts in sheet.texts.items():
        if sheet.register.columns[name].required:
            empty = [number for number, text in enumerate(texts) if not text]
            yield from (Finding("S352", **sheet.spot(number, name)) for number in empty)


def _twice(sheet: _Sheet) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for number, text in enumerate(sheet.texts.get("id", ())):
        if text and text in seen:
            yield Finding("S353", params={"first": sheet.row(seen[text])}, **sheet.spot(number, "id"))
        elif text:
            seen[text] = number


def _references(sheet: _Sheet) -> Iterator[Finding]:
    for name, cells in sheet.cells.items():
        if refers := sheet.register.columns[name].refers:
            known = set(sheet.texts.get(refers, ()))
            for number, cell in enumerate(cells):
                strange = [part for part in str(cell.value or "").split(";") if part and part not in known]
                spot = sheet.spot(number, name)
                yield from (Finding("S362", "warning", **{**spot, "value": shown(one)}) for one in strange)


def _periods(sheet: _Sheet) -> Iterator[Finding]:
    pairs = zip(sheet.cells.get("start", ()), sheet.cells.get("end", ()), strict=False)
    for number, (start, end) in enumerate(pairs):
        if start.value and end.value and ends_before(start.value, end.value):
            told = {"start": start.value, "end": end.value}
            yield Finding("S357", params=told, **sheet.spot(number, "end"))


def _money(sheet: _Sheet, found: list[Finding]) -> dict[str, list[Any]]:
    """Return money in single units and the currencies, with findings S358, S359 and S367."""
    columns = [name for name in sheet.register.money if name in sheet.cells]
    money: dict[str, list[Any]] = {name: [np.nan] * sheet.count for name in columns}
    money |= {"currency": [""] * sheet.count} if sheet.register.money else {}
    currencies = [str(cell.value or "") for cell in sheet.cells.get("currency", [Cell()] * sheet.count)]
    years = sheet.cells.get("year", [Cell()] * sheet.count)
    for name in columns:
        for number, cell in enumerate(sheet.cells[name]):
            if cell.value is None:
                continue
            spot = sheet.spot(number, name)
            given = currencies[number] or cell.number.unit_hint or sheet.heads.units[name]
            unit = read_money(given)
            if unit is None:
                found.append(Finding("S358", params={"given": given or "–"}, **spot))
                continue
            if cell.number.scale != 1 and unit.factor != 1:
                found.append(Finding("S367", params={"unit": given}, **spot))
                continue
            if years[number].value is None and not years[number].unstated:
                found.append(Finding("S359", **spot))
            money[name][number], money["currency"][number] = cell.value * unit.factor, unit.currency
    return money


def _table(sheet: _Sheet, money: Mapping[str, list[Any]]) -> pd.DataFrame:
    columns = sheet.register.columns
    none = [Cell()] * sheet.count
    frame: dict[str, Any] = {}
    for name in dict.fromkeys(("place", *columns)):
        cells = sheet.cells.get(name, none)
        frame[name] = _series(money.get(name, [cell.value for cell in cells]), columns[name])
        if columns[name].measured:
            frame[f"{name}_qualifier"] = _texts([cell.number.qualifier for cell in cells])
    open_cells = [
        ";".join(name for name in columns if name in sheet.cells and sheet.cells[name][number].unstated)
        for number in range(sheet.count)
    ]
    frame |= {"unstated": _texts(open_cells), "file": _texts([sheet.table.file] * sheet.count)}
    return pd.DataFrame(frame | {"row": sheet.table.rows})


def _series(values: list[Any], column: RegisterColumn) -> Any:
    if column.type in {"integer", "year"}:
        return pd.array([pd.NA if value is None else value for value in values], dtype="Int64")
    if column.type in {"number", "share"}:
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    return _texts(["" if value is None else value for value in values])


def _texts(values: list[str]) -> Any:
    return np.array(values, dtype=object)
