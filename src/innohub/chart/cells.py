"""A part of the figure on positions: one cell of the grid, with its bar, its count and its certainty."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from innohub.chart import wording
from innohub.chart.functions import Cell
from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.reading import View
from innohub.chart.sheet import BODY, CAP, LINE, POINT, SMALL, width
from innohub.position.function.grid import MISSED, REACHED

GAP = 1.2
NARROW, TIGHT = 19.0, 12.0
SHORT, SHORT_EDGE = "#E69F00", "#7A5200"
TRACK, BLANK = "#EDEDED", "#F6F6F6"


def draw_name(axes: Axes, text: str, middle: float) -> None:
    """Write the name of a row around a height in millimetres."""
    size = BODY if "\n" not in text else SMALL
    for number, line in enumerate(text.split("\n")):
        shift = (number - text.count("\n") / 2) * LINE
        _text(axes, line, 1.0, middle + shift, size=size, colour=INK)


def _text(
    axes: Axes, text: str, left: float, middle: float, *, size: float = SMALL, colour: str = GREY, align: str = "left",
    weight: str = "normal",
) -> None:  # fmt: skip
    drop = CAP * size * POINT
    axes.text(left, middle + drop, text, size=size, color=colour, ha=align, va="baseline", weight=weight)


def draw_cell(
    axes: Axes, view: View, cell: Cell | None, size: tuple[float, float], corner: tuple[float, float]
) -> None:
    """Draw a cell: how many comparisons are passed, how sure that is, and a bar for the share against the limit."""
    left, up = corner[0] + GAP / 2, corner[1] + GAP / 2
    wide, tall = size[0] - GAP, size[1] - GAP
    if cell is None or cell.verdict not in (REACHED, MISSED):
        axes.add_patch(Rectangle((left, up), wide, tall, facecolor=BLANK, edgecolor="none"))
        peers = (
            view.say("position.few", peers=cell.peers) if cell and cell.peers else view.say("position.none")
        )
        _text(axes, peers, left + wide / 2, up + tall / 2, align="center")
        return
    held = cell.verdict == REACHED
    edge = INK if cell.widest else HAIRLINE
    line = 1.1 if cell.widest else 0.5
    axes.add_patch(
        Rectangle((left, up), wide, tall, facecolor="white", edgecolor=edge, linewidth=line, zorder=2)
    )
    _bar(axes, view, cell, (left + 1.2, up + tall - 3.0), wide - 2.4)
    first = up + 2.1
    at, start = (1.6, 2.8) if size[0] < TIGHT else (2.3, 4.2)
    axes.plot(
        left + at, first, marker="o", markersize=4.2, markerfacecolor=BLUE if held else "white",
        markeredgecolor=BLUE if held else SHORT_EDGE, markeredgewidth=0.9, zorder=4,
    )  # fmt: skip
    count = f"{wording.value(cell.passed + cell.tied / 2)}/{cell.compared}"
    _text(axes, count, left + start, first, colour=INK, weight="bold" if cell.widest else "normal")
    if cell.certainty == cell.certainty:
        sure = wording.percent(cell.certainty)
        said = view.say("position.sure", share=sure)
        room = wide - start - width(count, SMALL, "bold") - 2.2
        if size[0] < NARROW:
            _text(axes, sure, left + wide / 2, up + 5.0, align="center")
        else:
            _text(axes, said if width(said, SMALL) < room else sure, left + wide - 1.2, first, align="right")


def _bar(axes: Axes, view: View, cell: Cell, corner: tuple[float, float], wide: float) -> None:
    """Draw the share of peers passed as a bar, with a tick at the limit to reach."""
    left, up = corner
    colour, edge = (BLUE, BLUE) if cell.verdict == REACHED else (SHORT, SHORT_EDGE)
    axes.add_patch(Rectangle((left, up), wide, 1.7, facecolor=TRACK, edgecolor="none", zorder=3))
    axes.add_patch(
        Rectangle((left, up), wide * cell.q, 1.7, facecolor=colour, edgecolor=edge, linewidth=0.3, zorder=3)
    )
    at = left + wide * limit(view)
    axes.plot([at, at], [up - 0.5, up + 2.2], color=INK, linewidth=0.8, zorder=4, solid_capstyle="butt")


def limit(view: View) -> float:
    """Return the share of peers to pass."""
    section = view.results.settings.position
    return section.bar if section else 0.5
