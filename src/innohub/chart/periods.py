"""A panel of the figure on efficiency: the change of productivity by period, with its parts."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from innohub.chart import wording
from innohub.chart.frontier import PARTS, Productivity
from innohub.chart.palette import HAIRLINE, INK
from innohub.chart.picture import Spot
from innohub.chart.reading import View
from innohub.chart.sheet import BODY, SMALL, panel, width, wrap, write
from innohub.chart.tables import records

HEAD = 9.0
LEAST, MOST = 8.0, 14.0
COLOURS = {"efficiency_change": "#E69F00", "technical_change": "#56B4E9"}
EDGES = {"efficiency_change": "#7A5200", "technical_change": "#1D6A94"}


def least_depth(change: Productivity | None) -> float:
    """Return the height in millimetres that the periods need, zero where there are none."""
    return LEAST * len(change.periods) if change is not None else 0.0


def panel_head(figure: Figure, view: View, key: str, spot: Spot) -> None:
    """Write name and meaning of a panel above it."""
    name, means = view.say(f"efficiency.{key}"), view.say(f"efficiency.{key}_means")
    write(figure, name, spot.left + 0.5, spot.top - HEAD + 2.6, size=BODY, colour=INK, weight="bold")
    write(figure, wrap(means, spot.wide, SMALL).split("\n")[0], spot.left + 0.5, spot.top - HEAD + 6.0)


def draw_periods(figure: Figure, view: View, change: Productivity, spot: Spot, step: float) -> None:
    """Draw, for each period, both parts as bars from 1 and the index as a mark; ``step`` is the height wanted."""
    step = min(MOST, max(LEAST, step))
    ends = [(str(row["start"]), str(row["end"])) for row in records(change.periods)]
    labels = [wording.between(start, end, view.language) for start, end in ends]
    inner = max(width(label, SMALL) for label in labels) + 2.5
    room = width("0.000", SMALL) + 2.5
    axes = panel(figure, spot.left + inner, spot.top, spot.wide - inner - room, step * len(labels))
    values = change.periods[list(PARTS)].to_numpy(float)
    _bars(axes, values)
    for row, label in enumerate(labels):
        middle = spot.top + (row + 0.5) * step
        write(figure, label, spot.left + 0.5, middle)
        index = wording.fixed(float(values[row, 0]), 3)
        write(figure, index, spot.left + spot.wide - 0.5, middle, colour=INK, align="right")
    panel_head(figure, view, "change", spot)


def _bars(axes: Axes, values: np.ndarray) -> None:
    reach = max(0.05, float(np.nanmax(np.abs(values - 1)))) * 1.06
    axes.set_xlim(1 - reach, 1 + reach)
    axes.set_ylim(len(values) - 0.5, -0.5)
    axes.set_yticks([])
    axes.axvline(1.0, color=INK, linewidth=0.8, zorder=4)
    for row, (index, *parts) in enumerate(values):
        for at, (part, value) in enumerate(zip(PARTS[1:], parts, strict=True)):
            axes.barh(
                row - 0.18 + 0.36 * at, value - 1, left=1, height=0.34, color=COLOURS[part], edgecolor=EDGES[part],
                linewidth=0.35, zorder=2,
            )  # fmt: skip
        axes.plot(index, row, marker="D", markersize=4.2, color=INK, zorder=5)
        if row:
            axes.axhline(row - 0.5, color=HAIRLINE, linewidth=0.4, zorder=0)
    axes.xaxis.grid(True)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(round(value, 4)))
    axes.tick_params(axis="x", pad=2)
