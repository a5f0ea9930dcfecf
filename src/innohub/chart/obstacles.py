"""Figure ``obstacles``: what holds a place back, by subsystem and indicator, beside the weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from numpy.typing import NDArray

from innohub.chart import wording
from innohub.chart.ecosystem import Diagnosis, cited_by, within
from innohub.chart.functions import as_head
from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.place_table import order_places, place_table
from innohub.chart.position import place_name
from innohub.chart.reading import View, legible
from innohub.chart.rows import sentences
from innohub.chart.sheet import (
    BODY,
    CAP,
    POINT,
    SMALL,
    key_box,
    key_room,
    legend,
    panel,
    sheet,
    width,
    wrap,
    write,
)
from innohub.chart.tables import records

KEY, FOOT, ROW, GROUP, GAP = 5.0, 1.5, 4.6, 6.0, 5.0
LIGHT, EDGE = "#9CC7E2", "#004A75"
HEAD = 5.0
NARROW = 110.0


@dataclass(frozen=True)
class Bar:
    """An obstacle: name, share of the whole obstacle and of the weight; a subsystem or one of its indicators."""

    name: str
    degree: float
    weight: float
    inner: bool


@dataclass(frozen=True)
class Bars:
    """The obstacles of a place, subsystem by subsystem, the larger first; missing values leave no bar."""

    place: str
    bars: tuple[Bar, ...]

    @property
    def groups(self) -> tuple[Bar, ...]:
        """The subsystems."""
        return tuple(bar for bar in self.bars if bar.inner)


def read_bars(view: View, found: Diagnosis, place: str) -> Bars:
    """Read the obstacles of a place in the year to tell of."""
    groups = found.now("obstacle_groups", place).sort_values("degree", ascending=False, kind="stable")
    leaves = found.now("obstacles", place)
    bars: list[Bar] = []
    for row in records(groups):
        bars.append(_bar(view, found, str(row["subsystem"]), row, inner=True))
        own = leaves[leaves["subsystem"] == row["subsystem"]] if not leaves.empty else leaves
        if not own.empty:
            own = own.sort_values("degree", ascending=False, kind="stable")
            bars += [_bar(view, found, str(leaf["indicator"]), leaf, inner=False) for leaf in records(own)]
    return Bars(place, tuple(bars))


def _bar(view: View, found: Diagnosis, node: str, row: dict[str, float], *, inner: bool) -> Bar:
    name = as_head(legible(found.name(node, view.language)), view.language)
    return Bar(name, float(row["degree"]), float(row["weight"]), inner)


def draw(view: View, width_mm: float) -> Drawing:
    """Draw bars for few places, a table of subsystems for many."""
    found = Diagnosis(view.results)
    known = set(found.now("obstacle_groups")["place"])
    places = [place for place in found.asked if place in known]
    return _few(view, found, places, width_mm) if found.few and places else _many(view, found, width_mm)


def _few(view: View, found: Diagnosis, places: Sequence[str], width_mm: float) -> Drawing:
    tables = [read_bars(view, found, place) for place in (places if width_mm >= NARROW else places[:1])]
    left = min(max(width(f"{bar.name}  ", SMALL) for bar in tables[0].bars) + 3.0, 0.42 * width_mm)
    names = [wrap(bar.name, left - 3.0, SMALL) for bar in tables[0].bars]
    heights = [
        max(GROUP if bar.inner else ROW, (name.count("\n") + 1) * SMALL * POINT * 1.15 + 1.0)
        for bar, name in zip(tables[0].bars, names, strict=True)
    ]
    entries = _key(view)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + (HEAD if len(tables) > 1 else 0.0)
    figure = sheet(width_mm, top + sum(heights) + FOOT)
    step = (width_mm - left - GAP * (len(tables) - 1)) / len(tables)
    reach = max(max(bar.degree, bar.weight) for one in tables for bar in one.bars if bar.degree == bar.degree)
    by_name = [{(bar.name, bar.inner): bar for bar in one.bars} for one in tables]
    for number, one in enumerate(tables):
        bars = [by_name[number].get((bar.name, bar.inner)) for bar in tables[0].bars]
        spot = left + number * (step + GAP)
        _column(figure, bars, heights, (spot, top, step), reach)
        if len(tables) > 1:
            write(figure, place_name(view, one.place), spot, top - 3.0, size=BODY, colour=INK, weight="bold")
    _names(figure, tables[0], names, heights, top)
    legend(figure, entries, 0.5)
    return _drawing(figure, view, found, tables, len(places))


def _names(figure: Figure, one: Bars, names: Sequence[str], heights: Sequence[float], top: float) -> None:
    middle = top
    for bar, name, height in zip(one.bars, names, heights, strict=True):
        lines = name.split("\n")
        for number, line in enumerate(lines):
            shift = (number - (len(lines) - 1) / 2) * SMALL * POINT * 1.15
            write(
                figure, line, 0.5 if bar.inner else 3.0, middle + height / 2 + shift, colour=INK if bar.inner else GREY,
                weight="bold" if bar.inner else "normal",
            )  # fmt: skip
        middle += height


def _column(
    figure: Figure,
    bars: Sequence[Bar | None],
    heights: Sequence[float],
    spot: tuple[float, float, float],
    reach: float,
) -> None:
    """Draw the bars of one place; a tick marks the share of the weight."""
    left, top, wide = spot
    axes = panel(figure, left, top, wide, sum(heights))
    axes.set_xlim(0, wide)
    axes.set_ylim(sum(heights), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.plot([0, 0], [0, sum(heights)], color=GREY, linewidth=0.6)
    scale = (wide - width("00.0%", SMALL) - 2.5) / max(reach, 1e-9)
    up = 0.0
    for bar, height in zip(bars, heights, strict=True):
        if bar is not None:
            _draw_bar(axes, bar, scale, up + height / 2, up)
        up += height


def _draw_bar(axes: Axes, bar: Bar, scale: float, middle: float, up: float) -> None:
    if bar.inner and up:
        axes.plot([0, axes.get_xlim()[1]], [up, up], color=HAIRLINE, linewidth=0.5)
    missing = bar.degree != bar.degree
    tall = 3.0 if bar.inner else 2.2
    length = 0.0 if missing else bar.degree * scale
    fill = BLUE if bar.inner else LIGHT
    axes.add_patch(
        Rectangle(
            (0, middle - tall / 2), length, tall, facecolor=fill, edgecolor=EDGE, linewidth=0.3, zorder=2
        )
    )
    end = max(length, 0.0 if missing else bar.weight * scale)
    if not missing:
        at = bar.weight * scale
        axes.plot(
            [at, at], [middle - tall / 2 - 0.5, middle + tall / 2 + 0.5], color=INK, linewidth=1.0, zorder=3
        )
    text = "–" if missing else wording.exact(bar.degree, 1)
    axes.text(
        end + 1.2, middle + CAP * SMALL * POINT, text, size=SMALL, color=INK if bar.inner else GREY, va="baseline",
        weight="bold" if bar.inner else "normal",
    )  # fmt: skip


def _key(view: View) -> list[tuple[Line2D | Patch, str]]:
    tick = Line2D([0], [0], marker="|", markersize=6, color=INK, markeredgewidth=1.0, linestyle="none")
    return [
        (key_box(BLUE, EDGE), view.say("obstacles.subsystem")),
        (key_box(LIGHT, EDGE), view.say("obstacles.indicator")),
        (tick, view.say("obstacles.weight")),
    ]


def _drawing(figure: Figure, view: View, found: Diagnosis, tables: Sequence[Bars], known: int) -> Drawing:
    first = tables[0]
    place = place_name(view, first.place)
    values: dict[str, object] = {"place": place, "year": found.year}
    top = first.groups[0]
    title = view.say(
        "obstacles.title", group=within(top.name, view.language), share=wording.exact(top.degree, 0), **values
    )
    if top.degree != top.degree or top.degree == 0:
        title = view.say("obstacles.title_none", **values)
    places = wording.listing([place_name(view, one.place) for one in tables], view.language)
    note = sentences(
        view,
        view.say("obstacles.note"),
        view.say("obstacles.note_first", count=known) if known > len(tables) else "",
    )
    subtitle = view.say("obstacles.subtitle", places=places, year=found.year)
    alt = view.say(
        "obstacles.alt", title=title, count=len(first.groups), rows=len(first.bars) - len(first.groups)
    )
    cited = cited_by(view.results, [one.place for one in tables])
    return Drawing(figure, title, subtitle, note, alt, cited=cited)


def _many(view: View, found: Diagnosis, width_mm: float) -> Drawing:
    """Draw the obstacle of each subsystem for each place as a table, the largest of a row framed."""
    rows = found.now("obstacle_groups")
    wide = order_places(
        found, rows.pivot_table(index="place", columns="subsystem", values="degree", sort=False)
    )
    heads = [found.name(str(name), view.language) for name in wide]
    most = max(float(np.nanmax(wide.to_numpy(float))), 1e-9)
    limits = (0.0, most)
    figure = place_table(view, wide, heads, wording.exact, limits=limits, framed=_largest, width_mm=width_mm)
    return _many_drawing(figure, view, found, wide)


def _largest(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark the largest value of each row, none where all are zero or missing."""
    known = np.nan_to_num(values)
    marks: NDArray[np.bool_] = (known == known.max(axis=1, keepdims=True)) & (known > 0)
    return marks


def _many_drawing(figure: Figure, view: View, found: Diagnosis, wide: pd.DataFrame) -> Drawing:
    ruled = wide[wide.max(axis=1) > 0]
    worst = ruled.idxmax(axis=1).value_counts()
    values: dict[str, object] = {"year": found.year, "count": len(wide)}
    if worst.empty:
        title = view.say("obstacles.title_free", **values)
    else:
        name = legible(found.name(str(worst.index[0]), view.language))
        title = view.say(
            "obstacles.title_many", group=as_head(name, view.language), number=int(worst.iloc[0]), **values
        )
    note = sentences(view, view.say("obstacles.note_many"))
    subtitle = view.say("obstacles.subtitle_many", **values)
    alt = view.say("obstacles.alt_many", title=title, columns=wide.shape[1], **values)
    return Drawing(
        figure, title, subtitle, note, alt, cited=cited_by(view.results, [str(p) for p in wide.index])
    )
