"""Read delimited text: comma, semicolon or tab, any line end, quoted cells."""

import csv
import io
from collections import Counter
from pathlib import Path

from innohub.errors import Finding
from innohub.study.encoding import decode
from innohub.study.grid import CELL_CHARACTERS, CELLS, COLUMNS, FILE_BYTES, Grid, guard_size, refuse

_BLOCK = 1 << 20
# The longest line of honest tables: every column of a spreadsheet filled with a sentence.
_LINE_BYTES = 4_000_000


def read_delimited(path: Path, file: str) -> tuple[Grid, bytes]:
    """Read a delimited text file into a grid; also return its bytes.

    Raises
    ------
    RecordError
        When the file is too large, no text, or not a table.
    """
    guard_size(path, file)
    data = _read_lines(path, file)
    text, encoding = decode(data, file)
    grid = Grid(file, [])
    if encoding == "gb18030":
        grid.findings.append(Finding("F017", "note", file=file))
    _fill(grid, text)
    return grid, data


def _fill(grid: Grid, text: str) -> None:
    """Split the text into the grid's rows."""
    limit, cells = f"{CELL_CHARACTERS:,}", 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            grid.rows.append([cell.strip() for cell in row])
            cells += len(row)
            if max(map(len, row), default=0) > CELL_CHARACTERS:
                raise refuse(grid.file, "R009", row=len(grid.rows), limit=limit)
            if cells > CELLS or len(row) > COLUMNS:
                rows, columns = f"{len(grid.rows):,}", f"{len(row):,}"
                raise refuse(grid.file, "R010", rows=rows, columns=columns, limit=f"{CELLS:,}")
    except csv.Error as problem:
        code = "R009" if "field larger" in str(problem) else "R024"
        raise refuse(grid.file, code, row=len(grid.rows) + 1, limit=limit) from None


def _read_lines(path: Path, file: str) -> bytes:
    """Read the bytes block by block, refusing a monstrous line before it fills the memory."""
    blocks: list[bytes] = []
    line, row, total = 0, 1, 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            blocks.append(block)
            total += len(block)
            row += block.count(b"\n")
            last = max(block.rfind(b"\n"), block.rfind(b"\r"))
            line = line + len(block) if last < 0 else len(block) - last
            if line > _LINE_BYTES:
                raise refuse(file, "R009", row=row, limit=f"{CELL_CHARACTERS:,}")
            if total > FILE_BYTES:
                raise refuse(file, "F007", size=round(total / 1e6), limit=round(FILE_BYTES / 1e6))
    return b"".join(blocks)


def _delimiter(text: str) -> str:
    """Return the sign that splits the first lines most evenly; comma when none does."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:12]
    outside = ["".join(line.split('"')[::2]) for line in head]

    def evenness(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in outside if sign in line)
        return max(((often, count) for count, often in counts.items()), default=(0, 0))

    return max(",;\t", key=evenness)
