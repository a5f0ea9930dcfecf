"""Read a CSV, XLSX or Parquet file as a table: heads, rows as a spreadsheet numbers them, texts as written."""

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.study.delimited import read_delimited
from innohub.study.encoding import find_garbled
from innohub.study.grid import Grid, Merge, refuse
from innohub.study.heads import Head, find_head
from innohub.study.parquet import read_parquet
from innohub.study.report import shown
from innohub.study.workbook import read_workbook

TEXT, WORKBOOK, PARQUET = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm"), (".parquet",)
_AFTER_TABLE = re.compile(
    r"(注|备注|说明|资料来源|数据来源|note|notes|source|sources)\s*[:：].*", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Table:
    """A table of texts as written.

    Attributes
    ----------
    file : the name used in findings.
    frame : one column a head, texts (object), blank cells "".
    rows : (rows,) spreadsheet row numbers; the first row of the file is 1.
    unit : what a line such as 单位：万人 above the head says, else "".
    digest : SHA-256 of the bytes read.
    findings : what was noticed on the way; may hold errors of single cells.
    """

    file: str
    frame: pd.DataFrame
    rows: NDArray[np.int64]
    unit: str = ""
    digest: str = ""
    findings: tuple[Finding, ...] = field(default=())


def read_table(path: str | Path, sheet: str = "", name: str | None = None) -> Table:
    """Read a table from a file; ``book.xlsx#Sheet`` names a sheet. The file is never changed.

    Parameters
    ----------
    path : a ``.csv`` (UTF-8, GB18030, UTF-16), ``.xlsx`` or ``.parquet`` file.
    sheet : the sheet of a workbook, the first visible one unless named.
    name : the name of the file in findings.

    Raises
    ------
    RecordError
        When the file cannot be read as a table at all; says where and why.
    """
    if not sheet and "#" in str(path) and not Path(path).exists():
        head, _, sheet = str(path).rpartition("#")
        path = head
    path = Path(path)
    file = name or path.name
    kind = path.suffix.lower()
    if kind in WORKBOOK:
        grid, data = read_workbook(path, file, sheet)
    elif kind in PARQUET:
        grid, data = read_parquet(path, file)
    elif kind in TEXT:
        grid, data = read_delimited(path, file)
    else:
        raise refuse(file, "F006", value=kind or "-")
    return shape(grid, sha256(data).hexdigest())


def shape(grid: Grid, digest: str) -> Table:
    """Turn a grid into a table: find the head, drop what is not the table, check its outline.

    Raises
    ------
    RecordError
        R001 or R002 when nothing is there.
    """
    head = find_head(grid)
    width = max(len(head.names), max((len(row) for row in grid.rows), default=0))
    names = head.names + [""] * (width - len(head.names))
    numbered = [
        (number, row) for number, row in enumerate(grid.rows[head.last + 1 :], head.last + 2) if any(row)
    ]
    numbered = _drop_repeats(grid, head, _drop_notes(grid, numbered))
    if not numbered:
        raise refuse(grid.file, "R002")
    cells = _square(grid, numbered, len(head.names), width)
    rows = np.array([number for number, _ in numbered], dtype=np.int64)
    keep = _columns(grid, names, cells, rows, head.last + 1)
    _check_merges(grid, head, {number for number, _ in numbered})
    frame = pd.DataFrame({names[place]: cells[:, place] for place in keep}, dtype=object)
    grid.findings += find_garbled(_distinct(names, frame, rows, head.last + 1), grid.file)
    return Table(grid.file, frame, rows, head.unit, digest, tuple(grid.findings))


def _drop_notes(grid: Grid, numbered: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Drop notes that stand below the table in its first column."""
    kept = list(numbered)
    while len(kept) > 1 and _AFTER_TABLE.fullmatch(kept[-1][1][0]) and not any(kept[-1][1][1:]):
        number, row = kept.pop()
        grid.findings.append(Finding("R022", "note", file=grid.file, row=number, value=shown(row[0])))
    return kept


def _drop_repeats(
    grid: Grid, head: Head, numbered: list[tuple[int, list[str]]]
) -> list[tuple[int, list[str]]]:
    """Drop heads repeated where a long table was continued on a new page (续表)."""
    raw = grid.rows[head.last]
    kept: list[tuple[int, list[str]]] = []
    for number, row in numbered:
        continued = row[0].startswith("续表") and not any(row[1:])
        if continued or (row[0] == raw[0] and row == raw and len([cell for cell in row if cell]) > 1):
            grid.findings.append(Finding("R023", "note", file=grid.file, row=number))
        else:
            kept.append((number, row))
    return kept


def _square(grid: Grid, numbered: list[tuple[int, list[str]]], heads: int, width: int) -> NDArray[np.object_]:
    """Pad the rows to one width; rows that are longer or shorter than the head are named."""
    cells = np.full((len(numbered), width), "", dtype=object)
    for place, (number, row) in enumerate(numbered):
        cells[place, : len(row)] = row
        if len(row) < heads or any(row[heads:]):
            level = "error" if len(row) > heads else "warning"
            params = {"cells": len(row), "heads": heads}
            grid.findings.append(Finding("R005", level, file=grid.file, row=number, params=params))  # type: ignore[arg-type]
    return cells


def _columns(
    grid: Grid, names: list[str], cells: NDArray[np.object_], rows: NDArray[np.int64], head_row: int
) -> list[int]:
    """Return the columns to keep; columns without a head and heads that stand twice are named."""
    keep: list[int] = []
    seen: dict[str, int] = {}
    counts = Counter(names)
    ragged = {finding.row for finding in grid.findings if finding.code == "R005" and finding.level == "error"}
    for place, name in enumerate(names):
        if name and name in seen:
            params = {"first": seen[name] + 1, "second": place + 1, "count": counts[name]}
            grid.findings.append(Finding("R003", file=grid.file, row=head_row, column=name, params=params))
        elif name:
            seen[name] = place
            keep.append(place)
        else:
            filled = [
                row for row, cell in zip(rows, cells[:, place], strict=True) if cell and row not in ragged
            ]
            if filled:
                params = {"number": place + 1, "first": int(filled[0])}
                grid.findings.append(Finding("R004", file=grid.file, row=head_row, params=params))
    return keep


def _check_merges(grid: Grid, head: Head, rows: set[int]) -> None:
    for merge in grid.merges:
        if (
            merge.top > head.last
            and (merge.bottom > merge.top or merge.right > merge.left)
            and merge.top + 1 in rows
        ):
            params = {"range": a1(merge)}
            grid.findings.append(Finding("R007", file=grid.file, row=merge.top + 1, params=params))


def a1(merge: Merge) -> str:
    """Write a range as a spreadsheet does.

    >>> a1(Merge(0, 0, 1, 27))
    'A1:AB2'
    """
    corners = ((merge.left, merge.top), (merge.right, merge.bottom))
    return ":".join(f"{_letters(column)}{row + 1}" for column, row in corners)


def _letters(column: int) -> str:
    high, low = divmod(column, 26)
    return (_letters(high - 1) if high else "") + chr(65 + low)


def _distinct(
    names: list[str], frame: pd.DataFrame, rows: NDArray[np.int64], head_row: int
) -> list[tuple[int, str]]:
    """Return every distinct text of a table with the first row where it stands."""
    texts = [(head_row, name) for name in names if name]
    for name in frame.columns:
        codes, distinct = pd.factorize(frame[name])
        first = np.full(len(distinct), -1, dtype=np.int64)
        first[codes[::-1]] = rows[::-1]
        texts += [(int(row), text) for row, text in zip(first, distinct, strict=True) if not text.isascii()]
    return texts
