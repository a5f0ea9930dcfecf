"""A table of places by columns as coloured cells, for figures on more places than can be told one by one."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from innohub.chart.ecosystem import Diagnosis
from innohub.chart.functions import as_head
from innohub.chart.heads import lay_heads
from innohub.chart.heat import heat, outline
from innohub.chart.palette import BLUES
from innohub.chart.position import place_name
from innohub.chart.reading import MOST_ROWS, View, legible
from innohub.chart.rows import lay_names, write_names
from innohub.chart.sheet import panel, sheet

FOOT = 1.5
Framed = Callable[[NDArray[np.float64]], NDArray[np.bool_]]


def order_places(found: Diagnosis, wide: pd.DataFrame) -> pd.DataFrame:
    """Put rows in the order of coordination, places without one last."""
    order = dict.fromkeys([*(place for place in found.state.index if place in wide.index), *wide.index])
    return wide.loc[list(order)]


def place_table(
    view: View,
    wide: pd.DataFrame,
    heads: list[str],
    show: Callable[[float], str],
    *,
    limits: tuple[float, float],
    framed: Framed,
    width_mm: float,
) -> Figure:
    """Draw places (rows) by columns.

    Parameters
    ----------
    heads : of the columns, as they stand within a sentence.
    show : prints a value; a missing one is a dash.
    limits : values of the lightest and the darkest colour.
    framed : takes the values and marks the cells that get a frame.
    """
    shown = wide.head(MOST_ROWS)
    laid = lay_names([place_name(view, str(place)) for place in shown.index], width_mm)
    left = laid.width + 9.0
    step = (width_mm - left - 1.0) / len(heads)
    written = lay_heads([(as_head(legible(head), view.language), step) for head in heads])
    top = written.height + 4.0
    figure = sheet(width_mm, top + laid.total + FOOT)
    axes = panel(figure, left, top, step * len(heads), laid.total)
    values = shown.to_numpy(float)
    texts = [["" if np.isnan(value) else show(float(value)) for value in row] for row in values]
    heat(axes, values, texts, BLUES, limits)
    for row, column in np.argwhere(framed(values)):
        outline(axes, int(column), int(row))
    write_names(axes, laid, ["" for _ in shown.index])
    for column, text in enumerate(written.texts):
        written.write(figure, text, left + step * (column + 0.5), top - 1.6)
    return figure
