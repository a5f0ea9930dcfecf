"""A table of coloured cells with printed values, shared by the heat-map figures."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.colors import Colormap, Normalize
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from innohub.chart.palette import GREY, INK, ink_on
from innohub.chart.sheet import CAP, SMALL

Matrix = NDArray[np.float64]


def heat(
    axes: Axes, values: Matrix, texts: Sequence[Sequence[str]], colours: Colormap, limits: tuple[float, float]
) -> None:
    """Fill cells of one unit with colour and text; a missing value leaves a hairline box with a dash."""
    scale = Normalize(*limits, clip=True)
    rows, columns = values.shape
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    boxes, fills = [], []
    for row, column in np.ndindex(rows, columns):
        missing = np.isnan(values[row, column])
        fill = "#FFFFFF" if missing else colours(scale(float(values[row, column])))
        boxes.append(Rectangle((column - 0.5, row - 0.5), 1, 1))
        fills.append(fill)
        text = "–" if missing else texts[row][column]
        if text:
            colour = GREY if missing else ink_on(fill)
            cell_text(axes, text, column, row, colour)
    axes.add_collection(
        PatchCollection(boxes, facecolors=fills, edgecolors="white", linewidths=0.8, zorder=1)
    )


def cell_text(axes: Axes, text: str, column: float, row: float, colour: str) -> None:
    """Write a value in the middle of a cell."""
    axes.annotate(
        text, (column, row), (0, -CAP * SMALL), textcoords="offset points", ha="center", va="baseline",
        size=SMALL, color=colour, annotation_clip=False,
    )  # fmt: skip


def outline(axes: Axes, column: float, row: float) -> None:
    """Draw a dark frame around a cell."""
    axes.add_patch(
        Rectangle(
            (column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=INK, linewidth=0.9, zorder=3, clip_on=False
        )
    )


def rule(axes: Axes, start: float, end: float, height: float) -> None:
    """Draw a bracket line over a group of columns, at a height in shares of the axes."""
    axes.plot(
        [start - 0.42, end + 0.42], [height, height], transform=axes.get_xaxis_transform(), color=GREY,
        linewidth=0.7, clip_on=False, solid_capstyle="butt",
    )  # fmt: skip
