"""Find the head of a table: lines above it, heads of several levels, merged head cells."""

import re
from dataclasses import dataclass

from innohub.errors import Finding
from innohub.study.grid import Grid, refuse
from innohub.study.report import shown

_UNIT_LINE = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]\s*([^）)]*)[）)]?|unit\s*:\s*(.*)", re.IGNORECASE)
_LEVELS = 6


@dataclass(frozen=True)
class Head:
    """The names of the columns, the row (from zero) where the head ends, the unit named above it."""

    names: list[str]
    last: int
    unit: str


def find_head(grid: Grid) -> Head:
    """Find the head of a table.

    Titles and a line such as 单位：万人 may stand above it. Merged head cells are filled, levels joined by ``/``.

    Raises
    ------
    RecordError
        R001 when the grid is empty.
    """
    if not any(any(row) for row in grid.rows):
        raise refuse(grid.file, "R001")
    first, unit = _first_row(grid)
    last = _last_row(grid, first)
    width = max(len(row) for row in grid.rows[first : last + 1])
    levels = [row + [""] * (width - len(row)) for row in grid.rows[first : last + 1]]
    merged = [merge for merge in grid.merges if first <= merge.top <= last and merge.left < width]
    for merge in merged:
        text = levels[merge.top - first][merge.left]
        for row in range(merge.top, min(merge.bottom, last) + 1):
            for column in range(merge.left, min(merge.right, width - 1) + 1):
                levels[row - first][column] = text
    if merged:
        grid.findings.append(
            Finding("R006", "note", file=grid.file, row=first + 1, params={"count": len(merged)})
        )
    names = ["/".join(dict.fromkeys(part for part in column if part)) for column in zip(*levels, strict=True)]
    while names and not names[-1]:
        names.pop()
    return Head([" ".join(name.split()) for name in names], last, unit)


def _first_row(grid: Grid) -> tuple[int, str]:
    """Skip blank rows, titles and the unit line; a table of one column has no titles."""
    unit = ""
    several = any(len([cell for cell in row if cell]) > 1 for row in grid.rows)
    for number, row in enumerate(grid.rows):
        filled = [place for place, cell in enumerate(row) if cell]
        if not filled:
            continue
        text = row[filled[0]]
        named = _UNIT_LINE.fullmatch(text)
        alone = len(filled) == 1 and several and len(grid.rows) > number + 1
        if not alone or not (named or (filled[0] == 0 and not _heads_below(grid, number))):
            return number, unit
        if named:
            unit = (named[1] or named[2] or "").strip()
        grid.findings.append(Finding("R022", "note", file=grid.file, row=number + 1, value=shown(text)))
    return len(grid.rows) - 1, unit


def _heads_below(grid: Grid, number: int) -> bool:
    """Say whether a lone first cell reaches down beside a second level of heads."""
    return any(merge.top == number and merge.left == 0 and merge.bottom > number for merge in grid.merges)


def _last_row(grid: Grid, first: int) -> int:
    """Follow merged head cells down to the row where the head ends."""
    last = row = first
    while row <= last and last - first < _LEVELS:
        for merge in grid.merges:
            if merge.top == row:
                last = max(last, merge.bottom + (1 if merge.right > merge.left else 0))
        row += 1
    return min(last, len(grid.rows) - 1, first + _LEVELS)
