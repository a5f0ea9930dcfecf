"""Read the two tables of COINr, ``iData`` and ``iMeta``, and write them back as they were.

The format is that of the R package COINr (Becker et al. 2022, JOSS 7(78):4567). Codes may be any text, the framework
may be ragged, and the level of a code follows from its parents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError, RecordError
from innohub.study.coinr_meta import Meta, read_meta
from innohub.study.coinr_sizes import match_sizes
from innohub.study.numbers import parse_number
from innohub.study.report import has_error, near, ordered, shown
from innohub.study.tables import Table, read_table

DATA, META, SIZES = "iData.csv", "iMeta.csv", "denominators.csv"
_NO_CODES: Final = ("uCode", "uName", "Time")


@dataclass(frozen=True)
class Coinr:
    """Two tables of COINr, understood.

    ``file`` and ``meta_file`` are the names of the tables; ``data`` and ``meta`` are the tables of texts as written.
    ``units`` and ``years`` are (rows,), the years all 0 when there is no ``Time``; ``values`` is (rows, indicators) and
    ``denominators`` (rows, denominators) of numbers, NaN for missing; ``groups`` gives by grouping the label of every
    row. ``indicators`` has code, name, unit, direction, weight, denominator, parent and the numbers of ``iMeta``;
    ``framework`` has node, parent, weight, indicator and level (1 for indicators, else one more than the highest
    child). Indicators outside the framework are in neither. ``below`` is the extra table of denominators as written,
    with its name ``below_file``, if there is one.
    """

    file: str
    meta_file: str
    data: pd.DataFrame
    meta: pd.DataFrame
    units: tuple[str, ...]
    years: NDArray[np.int64]
    values: pd.DataFrame
    denominators: pd.DataFrame
    groups: Mapping[str, tuple[str, ...]]
    indicators: pd.DataFrame
    framework: pd.DataFrame
    findings: tuple[Finding, ...]
    below: pd.DataFrame | None = None
    below_file: str = ""

    @property
    def has_time(self) -> bool:
        """Whether the table has a column of years."""
        return "Time" in self.data

    @property
    def row_names(self) -> tuple[str, ...]:
        """What messages call the rows: the unit, with its year in a panel."""
        if len(np.unique(self.years)) < 2:
            return self.units
        return tuple(f"{unit} {year}" for unit, year in zip(self.units, self.years, strict=True))


def read_coinr(data: Path, meta: Path, denominators: Path | None = None) -> Coinr:
    """Read and check the two tables.

    Parameters
    ----------
    data, meta : the tables ``iData`` and ``iMeta``.
    denominators : a table of its own with ``uCode``, ``Time`` if it has years, and a column for each denominator; it
        takes the place of the denominators of the data.

    Raises
    ------
    RecordError
        A file cannot be read as a table; R201 a column is missing, R202 a unit stands twice, R203 a cell is no number,
        R204 a year cannot be read, R205 a unit has no code.
    ModelError
        M201 a code has no data, M203 to M212 the framework does not hold together. All findings of both tables at once.
    """
    table, told = read_table(data), read_table(meta)
    found = [*table.findings, *told.findings]
    offered = read_table(denominators) if denominators else None
    known = read_meta(told, found, _offered(offered))
    _require_units(table, found)
    _match(table, known, told.file, found)
    values = _numbers(table, known.used, found)
    units, years = _units(table, found)
    sizes = _sizes(table, offered, known, (units, years), found)
    if has_error(found):
        errors = [finding for finding in ordered(found) if finding.level == "error"]
        raise (ModelError if any(finding.code[0] == "M" for finding in errors) else RecordError)(errors)
    groups = {
        code: tuple("" if label == "NA" else str(label) for label in table.frame[code])
        for code in known.of_type("Group")
    }
    return Coinr(
        file=table.file,
        meta_file=told.file,
        data=table.frame,
        meta=told.frame,
        units=units,
        years=years,
        values=values,
        denominators=sizes,
        groups=groups,
        indicators=known.indicators(),
        framework=known.framework(),
        findings=tuple(ordered(found)),
        below=offered.frame if offered else None,
        below_file=offered.file if offered else "",
    )


def data_csv(coinr: Coinr) -> str:
    """Return ``iData`` as it was written."""
    return str(coinr.data.to_csv(index=False, lineterminator="\n"))


def meta_csv(coinr: Coinr) -> str:
    """Return ``iMeta`` as it was written."""
    return str(coinr.meta.to_csv(index=False, lineterminator="\n"))


def sizes_csv(coinr: Coinr) -> str:
    """Return the extra table of denominators as it was written; empty without one."""
    return "" if coinr.below is None else str(coinr.below.to_csv(index=False, lineterminator="\n"))


def _offered(table: Table | None) -> tuple[str, ...] | None:
    return None if table is None else tuple(str(name) for name in table.frame if name not in _NO_CODES)


def _sizes(
    table: Table,
    offered: Table | None,
    known: Meta,
    wanted: tuple[tuple[str, ...], NDArray[np.int64]],
    found: list[Finding],
) -> pd.DataFrame:
    """Return the denominators (rows, denominators) of the data, from the extra table if there is one."""
    if offered is None:
        return _numbers(table, known.of_type("Denominator"), found)
    _require_units(offered, found)
    named = dict.fromkeys(known.denominator(code) for code in known.used)
    sizes = _numbers(offered, [name for name in named if name], found)
    at = _units(offered, found)
    if not wanted[1].any() and len(np.unique(at[1])) > 1:
        found.append(Finding("R207", file=offered.file, column="Time"))
    return match_sizes(sizes, at, wanted) if not has_error(found) else sizes


def _require_units(table: Table, found: list[Finding]) -> None:
    if "uCode" not in table.frame:
        found.append(
            Finding(
                "R201", file=table.file, column="uCode",
                params={"name": "uCode", "near": near("uCode", table.frame.columns)},
            )
        )  # fmt: skip


def _match(table: Table, known: Meta, meta: str, found: list[Finding]) -> None:
    """Name the codes that stand in one of the tables only."""
    columns = [str(column) for column in table.frame.columns]
    needed = [code for code in known.rows if known.types.get(code) != "Aggregate" and code not in columns]
    free = [column for column in columns if column not in known.rows and column not in _NO_CODES]
    for code in needed:
        if code in known.used or known.types.get(code) in ("Group", "Denominator"):
            params = {"code": shown(code), "data": table.file, "near": near(code, free or columns)}
            found.append(Finding("M201", "error", meta, known.rows[code], "iCode", shown(code), params))
    for column in free:
        params = {"code": shown(column), "meta": meta, "near": near(column, needed or list(known.rows))}
        found.append(Finding("M202", "warning", table.file, column=shown(column), params=params))


def _numbers(table: Table, codes: list[str], found: list[Finding]) -> pd.DataFrame:
    """Return the columns of some codes as numbers; what is no number is named."""
    columns = {}
    for code in (code for code in codes if code in table.frame):
        numbers = np.full(len(table.rows), np.nan)
        for place, text in enumerate(table.frame[code]):
            number = parse_number(str(text))
            numbers[place] = number.value
            if number.problem:
                row, value = int(table.rows[place]), shown(text)
                found.append(
                    Finding("R203", "error", table.file, row, shown(code), value, {"code": shown(code)})
                )
        columns[code] = numbers
    return pd.DataFrame(columns, index=range(len(table.rows)))


def _units(table: Table, found: list[Finding]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return codes and years of the rows; every unit may stand once a year."""
    rows = table.rows.tolist()
    units = [str(code) for code in table.frame.get("uCode", [""] * len(rows))]
    years = _years(table, found)
    first: dict[tuple[str, int], int] = {}
    for unit, year, row in zip(units, years.tolist(), rows, strict=True):
        if not unit:
            if "uCode" in table.frame:
                found.append(Finding("R205", file=table.file, row=row, column="uCode"))
        elif (unit, year) in first:
            params = {"unit": shown(unit), "first": first[unit, year]}
            found.append(Finding("R202", "error", table.file, row, "uCode", shown(unit), params))
        else:
            first[unit, year] = row
    return tuple(units), years


def _years(table: Table, found: list[Finding]) -> NDArray[np.int64]:
    years = np.zeros(len(table.rows), dtype=np.int64)
    for place, text in enumerate(table.frame.get("Time", ())):
        value = parse_number(str(text)).value
        if value.is_integer() and abs(value) < 1e6:
            years[place] = int(value)
        else:
            row = int(table.rows[place])
            found.append(Finding("R204", "error", table.file, row, "Time", shown(text)))
    return years
