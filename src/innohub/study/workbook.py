"""Read a sheet of an .xlsx workbook: values, merged ranges, and what a reader of values would lose."""

import datetime
import io
import math
import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from innohub.errors import Finding
from innohub.study.archive import Sheet, guard_archive, scan_sheet, sheet_parts
from innohub.study.grid import CELL_CHARACTERS, CELLS, Grid, Merge, guard_cells, letters, refuse
from innohub.study.report import near, shown


def read_workbook(path: Path, file: str, sheet: str = "") -> tuple[Grid, bytes]:
    """Read a sheet, the first visible one unless named, into a grid; also return the bytes of the file.

    Raises
    ------
    RecordError
        When the workbook is damaged, locked or absurdly large, or has no such sheet.
    """
    data = path.read_bytes()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as problem:  # a forged archive fails in every way there is
        raise refuse(file, "F010", problem=shown(problem) or "-") from None
    with archive:
        guard_archive(archive, file)
        book = _open(data, file)
        name, findings = _choose(book, sheet, file)
        member = sheet_parts(archive, file).get(name)
        raw = scan_sheet(archive, member, file) if member else Sheet()
    grid = _read(book, name, file)
    grid.findings += findings
    _restore(grid, raw)
    return grid, data


def text_of(value: Any) -> str:
    """Return a value of a workbook or Parquet file as a reader would see it written.

    >>> text_of(27.0), text_of(0.1), text_of(True), text_of(None)
    ('27', '0.1', 'TRUE', '')
    """
    if isinstance(value, str):
        return value.strip()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return str(value)


def _open(data: bytes, file: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except BaseException as problem:
        raise _failure(problem, file) from None


def _failure(problem: BaseException, file: str) -> BaseException:
    """Return our error for a failure of the compiled reader, whose panics Python does not count as an Exception."""
    if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
        return refuse(file, "F010", problem=shown(problem) or "-")
    return problem


def _choose(book: CalamineWorkbook, wanted: str, file: str) -> tuple[str, list[Finding]]:
    names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    visible = [
        meta.name
        for meta in book.sheets_metadata
        if meta.name in names and meta.visible == SheetVisibleEnum.Visible
    ] or names
    if wanted:
        if wanted not in names:
            raise refuse(file, "F011", value=wanted, near=near(wanted, names))
        return wanted, []
    if not visible:
        raise refuse(file, "R001")
    params = {"sheet": visible[0], "count": len(visible)}
    return visible[0], [Finding("F020", "note", file=file, params=params)] if len(visible) > 1 else []


def _read(book: CalamineWorkbook, name: str, file: str) -> Grid:
    try:
        sheet: CalamineSheet = book.get_sheet_by_name(name)
        height, width = sheet.total_height, sheet.total_width
        cells = sheet.to_python(skip_empty_area=False) if height * width <= CELLS else []
        merges = sheet.merged_cell_ranges or []
    except BaseException as problem:
        raise _failure(problem, file) from None
    guard_cells(height, width, file)
    rows = [[text_of(value) for value in row] for row in cells]
    for number, row in enumerate(rows, 1):
        if max(map(len, row), default=0) > CELL_CHARACTERS:
            raise refuse(file, "R009", row=number, limit=f"{CELL_CHARACTERS:,}")
    ranges = tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in merges)
    return Grid(file, rows, ranges)


def _restore(grid: Grid, raw: Sheet) -> None:
    """Put back error texts and per-cent signs; name formulas that were never computed."""
    for row, column in raw.empty_formulas:
        grid.findings.append(Finding("R008", file=grid.file, row=row + 1, column=letters(column)))
    for (row, column), text in raw.errors.items():
        _cell(grid, row, column)
        grid.rows[row][column] = text
    for row, column in raw.percents:
        _cell(grid, row, column)
        if grid.rows[row][column]:
            grid.rows[row][column] = f"{float(grid.rows[row][column]) * 100:.12g}%"


def _cell(grid: Grid, row: int, column: int) -> None:
    """Widen the grid to hold a cell."""
    while len(grid.rows) <= row:
        grid.rows.append([])
    grid.rows[row] += [""] * (column + 1 - len(grid.rows[row]))
