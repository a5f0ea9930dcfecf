"""Heads of columns, shared by the figures that are tables: level where they fit, else upright."""

from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from innohub.chart.palette import INK
from innohub.chart.sheet import LINE, SMALL, width, wrap, write

MOST_LINES = 5


@dataclass(frozen=True)
class Heads:
    """Heads of columns, wrapped: level where every word fits its column, else all of them upright."""

    texts: tuple[str, ...]
    upright: bool
    height: float

    def write(self, figure: Figure, text: str, at: float, foot: float) -> None:
        """Write a head above a height in millimetres from the top of the figure."""
        if not self.upright:
            lines = text.split("\n")
            for number, line in enumerate(lines):
                write(figure, line, at, foot - LINE * (len(lines) - number - 0.5), align="center", colour=INK)
            return
        across, down = figure.get_size_inches() * 25.4
        figure.text(
            at / across, 1 - foot / down, text, size=SMALL, color=INK, rotation=90, ha="center", va="bottom",
            linespacing=1.05,
        )  # fmt: skip


def lay_heads(columns: list[tuple[str, float]]) -> Heads:
    """Lay out the heads of columns, each with the width of its column in millimetres."""
    level = [wrap(head, room - 0.8, SMALL) for head, room in columns]
    fits = all(
        width(line, SMALL) <= room - 0.4
        for text, (_, room) in zip(level, columns, strict=True)
        for line in text.split("\n")
    )
    most = max((text.count("\n") + 1 for text in level), default=0)
    if fits and most <= MOST_LINES:
        return Heads(tuple(level), upright=False, height=LINE * most)
    longest = max(width(head, SMALL) for head, _ in columns)
    limits = (float(limit) for limit in np.arange(20.0, longest + 1, 1.0))
    limit = next((limit for limit in limits if _upright_fits(columns, limit)), longest)
    upright = tuple(wrap(head, limit, SMALL) for head, _ in columns)
    return Heads(
        upright, upright=True, height=max(width(line, SMALL) for t in upright for line in t.split("\n"))
    )


def _upright_fits(columns: list[tuple[str, float]], limit: float) -> bool:
    return all((wrap(head, limit, SMALL).count("\n") + 1) * LINE <= room - 0.6 for head, room in columns)
