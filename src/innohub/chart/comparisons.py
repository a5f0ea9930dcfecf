"""What figures and briefs read of comparisons with peers: ratios, standings, marks, and where the values are from."""

from dataclasses import dataclass

import pandas as pd

from innohub.chart.functions import Grid, Read
from innohub.chart.tables import records

# What keeps a comparison from being one of like with like, as figures show it.
SHOWN_MARKS = ("year", "boundary")


@dataclass(frozen=True)
class Dot:
    """A peer's value beside the place's: ``ratio`` is the peer's over the place's."""

    peer: str
    ratio: float
    relation: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One indicator of a function with the peers that it was compared with."""

    function: str
    indicator: str
    value: float
    unit: str
    direction: int
    dots: tuple[Dot, ...]


def read_lines(read: Read, grid: Grid) -> tuple[Line, ...]:
    """Return the comparisons of a place, one line a function and indicator, in the order of the grid.

    A peer of several scopes stands once. Comparisons without a ratio (a value of zero) are left out.
    """
    frame = read("relations")
    frame = frame[frame["place"] == grid.place] if not frame.empty else frame
    order = [function.id for function in grid.functions]
    found = []
    for function in order:
        rows = frame[frame["function"] == function] if not frame.empty else frame
        names = dict.fromkeys(rows["indicator"]) if not rows.empty else ()
        found += [_line(function, str(name), rows[rows["indicator"] == name]) for name in names]
    return tuple(line for line in found if line.dots)


def _line(function: str, indicator: str, rows: pd.DataFrame) -> Line:
    first = records(rows)[0]
    own = float(first["value"])
    dots = [
        Dot(str(row["peer"]), float(row["peer_value"]) / own, str(row["relation"]), marks_of(row["marks"]))
        for row in records(rows.drop_duplicates("peer"))
        if own
    ]
    return Line(
        function, indicator, own, str(first["unit"] or ""), int(first["direction"]),
        tuple(sorted(dots, key=lambda dot: dot.ratio)),
    )  # fmt: skip


def marks_of(text: object) -> tuple[str, ...]:
    """Return the marks of a comparison."""
    return tuple(part for part in str(text or "").split(";") if part)


def cited_sources(read: Read, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the sources of the values in rows of relations, in the order of the study's sources."""
    panel = read("panel")
    if panel.empty or rows.empty or not {"file", "row", "source"} <= set(panel.columns):
        return ()
    known = {
        (row["file"], row["row"]): str(row["source"]) for row in records(panel[["file", "row", "source"]])
    }
    spots = {(row[f"{side}file"], row[f"{side}row"]) for row in records(rows) for side in ("", "peer_")}
    used = {known[spot] for spot in spots if spot in known}
    listed = list(read("sources").get("source", ()))
    return tuple(sorted(used, key=lambda name: (listed.index(name) if name in listed else len(listed), name)))
