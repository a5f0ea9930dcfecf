"""Read delimited text: comma, semicolon or tab, any line end, quoted cells."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from innohub.errors import Finding
from innohub.study.encoding import decode
from innohub.study.grid import CELL_CHARACTERS, CELLS, COLUMNS, FILE_BYTES, Grid, refuse

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
    data, longest = _read_blocks(path, file)
    text, encoding = decode(data, file)
    grid = Grid(file, [])
    if encoding == "gb18030":
        grid.findings.append(Finding("F017", "note", file=file))
    # Without quotes no cell is longer than its line, and measuring every cell would be idle.
    measured = '"' in text or longest > CELL_CHARACTERS
    delimiter = _delimiter(text)
    marked = "\ufeff" in text
    del text
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="") as stream:
        # Files that were joined end to end carry a byte order mark in their middle.
        lines = (line.replace("\ufeff", "") for line in stream) if marked else stream
        _fill(grid, csv.reader(lines, delimiter=delimiter, strict=True), measured=measured)
    return grid, data


def _fill(grid: Grid, reader: Iterator[list[str]], *, measured: bool) -> None:
    """Read the rows of the grid, watching the length and the number of cells."""
    limit, cells = f"{CELL_CHARACTERS:,}", 0
    try:
        for row in reader:
            grid.rows.append(list(map(str.strip, row)))
            cells += len(row) or 1
            if measured and max(map(len, row), default=0) > CELL_CHARACTERS:
                raise refuse(grid.file, "R009", row=len(grid.rows), limit=limit)
            if cells > CELLS or len(row) > COLUMNS:
                rows, columns = f"{len(grid.rows):,}", f"{len(row):,}"
                raise refuse(grid.file, "R010", rows=rows, columns=columns, limit=f"{CELLS:,}")
    except csv.Error as problem:
        code = "R009" if "field larger" in str(problem) else "R024"
        raise refuse(grid.file, code, row=len(grid.rows) + 1, limit=limit) from None


def _read_blocks(path: Path, file: str) -> tuple[bytes, int]:
    """Return the bytes and the longest line, refusing a monstrous line before it fills the memory."""
    blocks: list[bytes] = []
    line, longest, row, total = 0, 0, 1, 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            blocks.append(block)
            total += len(block)
            row += block.count(b"\n")
            signs = np.frombuffer(block, dtype=np.uint8)
            ends = np.flatnonzero((signs == 10) | (signs == 13))
            gaps = np.diff(ends, prepend=-line, append=len(block))
            longest, line = max(longest, int(gaps.max())), int(gaps[-1])
            if longest > _LINE_BYTES:
                raise refuse(file, "R009", row=row, limit=f"{CELL_CHARACTERS:,}")
            if total > FILE_BYTES:
                raise refuse(file, "F007", size=round(total / 1e6), limit=round(FILE_BYTES / 1e6))
    return b"".join(blocks), longest


def _delimiter(text: str) -> str:
    """Return the sign that splits the first lines most evenly; comma when none does."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:12]
    outside = ["".join(line.split('"')[::2]) for line in head]

    def evenness(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in outside if sign in line)
        return max(((often, count) for count, often in counts.items()), default=(0, 0))

    return max(",;\t", key=evenness)
