"""Read a CSV, XLSX or Parquet file as a table: heads, rows as a spreadsheet numbers them, texts as written."""

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, Level
from innohub.study.delimited import read_delimited
from innohub.study.encoding import find_garbled
from innohub.study.grid import Grid, a1, guard_file, refuse
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
    guard_file(path, file)
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
    cells = _square(grid, head)
    rows = np.arange(head.last + 2, head.last + 2 + len(cells), dtype=np.int64)
    keep = _data_rows(grid, head, cells)
    cells, rows = cells[keep], rows[keep]
    if not len(rows):
        raise refuse(grid.file, "R002")
    names = head.names + [""] * (cells.shape[1] - len(head.names))
    _check_lengths(grid, head, cells, rows)
    columns = _columns(grid, names, cells, rows, head.last + 1)
    _check_merges(grid, head, set(rows.tolist()))
    frame = pd.DataFrame({names[place]: cells[:, place] for place in columns}, dtype=object)
    grid.findings += find_garbled(_distinct(names, frame, rows, head.last + 1), grid.file)
    return Table(grid.file, frame, rows, head.unit, digest, tuple(grid.findings))


def _square(grid: Grid, head: Head) -> NDArray[np.object_]:
    """Return the cells below the head, rows padded to one width."""
    below = grid.rows[head.last + 1 :]
    width = max(len(head.names), max(map(len, below), default=0))
    if all(len(row) == width for row in below):
        return np.array(below, dtype=object).reshape(len(below), width)
    return np.array([row + [""] * (width - len(row)) for row in below], dtype=object).reshape(
        len(below), width
    )


def _data_rows(grid: Grid, head: Head, cells: NDArray[np.object_]) -> NDArray[np.intp]:
    """Return the rows that hold data: no blank rows, repeated heads (续表) or notes below the table."""
    filled = cells != ""
    keep = filled.any(axis=1)
    alone = keep & (filled[:, 0] & (filled.sum(axis=1) == 1) if cells.shape[1] else keep)
    raw = np.array((grid.rows[head.last] + [""] * cells.shape[1])[: cells.shape[1]], dtype=object)
    several = (raw != "").sum() > 1
    for place in np.flatnonzero(alone | (several & (cells[:, :1] == raw[:1]).all(axis=1))):
        if (alone[place] and cells[place, 0].startswith("续表")) or (several and (cells[place] == raw).all()):
            grid.findings.append(Finding("R023", "note", file=grid.file, row=head.last + 2 + int(place)))
            keep[place] = False
    for place in np.flatnonzero(keep)[:0:-1]:
        if not (alone[place] and _AFTER_TABLE.fullmatch(cells[place, 0])):
            break
        value = shown(cells[place, 0])
        grid.findings.append(Finding("R022", "note", grid.file, head.last + 2 + int(place), value=value))
        keep[place] = False
    return np.flatnonzero(keep)


def _check_lengths(grid: Grid, head: Head, cells: NDArray[np.object_], rows: NDArray[np.int64]) -> None:
    """Name rows that are longer or shorter than the head."""
    heads = len(head.names)
    lengths = np.array([len(grid.rows[row - 1]) for row in rows])
    beyond = (
        (cells[:, heads:] != "").any(axis=1) if cells.shape[1] > heads else np.zeros(len(rows), dtype=bool)
    )
    for place in np.flatnonzero((lengths < heads) | beyond):
        level: Level = "error" if beyond[place] else "warning"
        params = {"cells": int(lengths[place]), "heads": heads}
        grid.findings.append(Finding("R005", level, grid.file, int(rows[place]), params=params))


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
