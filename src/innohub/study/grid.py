"""The grid: what a file holds before it is understood as a table, and the limits on its size."""

import stat
from dataclasses import dataclass, field
from pathlib import Path

from innohub.errors import Finding, RecordError
from innohub.study.report import unopened

FILE_BYTES = 200_000_000
TEXT_BYTES = 500_000_000
CELLS = 5_000_000
CELL_CHARACTERS = 32_767
COLUMNS = 16_384


@dataclass(frozen=True)
class Merge:
    """A merged range, rows and columns counted from zero, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """Rows of cell texts; the first row of the list is row 1 of the spreadsheet."""

    file: str
    rows: list[list[str]]
    merges: tuple[Merge, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def refuse(file: str, code: str, **params: object) -> RecordError:
    """Return the error that says why a file cannot be read."""
    where = {name: params.pop(name) for name in ("row", "column", "value") if name in params}
    return RecordError(Finding(code, file=file, params=params, **where))  # type: ignore[arg-type]


def guard_file(path: Path, file: str) -> None:
    """Refuse a path that is no regular file, or a file of an absurd size.

    Raises
    ------
    RecordError
        F008, F021 or F007.
    """
    try:
        status = path.stat()
    except OSError as problem:
        raise RecordError(unopened(file, problem)) from None
    if not stat.S_ISREG(status.st_mode):
        raise refuse(file, "F021")
    size = status.st_size
    if size > FILE_BYTES:
        raise refuse(file, "F007", size=round(size / 1e6), limit=round(FILE_BYTES / 1e6))


def guard_cells(rows: int, columns: int, file: str) -> None:
    """Refuse a table of too many cells (R010)."""
    if rows * columns > CELLS:
        raise refuse(file, "R010", rows=f"{rows:,}", columns=f"{columns:,}", limit=f"{CELLS:,}")


def a1(merge: Merge) -> str:
    """Write a range as a spreadsheet does.

    >>> a1(Merge(0, 0, 1, 27))
    'A1:AB2'
    """
    corners = ((merge.left, merge.top), (merge.right, merge.bottom))
    return ":".join(f"{letters(column)}{row + 1}" for column, row in corners)


def letters(column: int) -> str:
    """Write the number of a column, from zero, as a spreadsheet does."""
    high, low = divmod(column, 26)
    return (letters(high - 1) if high else "") + chr(65 + low)
