"""Figure ``coupling``: level and coupling of places over the years, with lines of equal coordination."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from innohub.catalog.coupling import parse_coupling
from innohub.chart import wording
from innohub.chart.ecosystem import cited_by
from innohub.chart.labels import Box, Mark, place_labels
from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import View, legible
from innohub.chart.rows import sentences
from innohub.chart.sheet import CAP, LINE, SMALL, key_room, legend, panel, sheet, width, write
from innohub.chart.tables import common_kind, records
from innohub.chart.trails import Map, Trail, read_map

TOP, FOOT, LEFT, RIGHT = 6.0, 9.5, 13.0, 9.0
SHAPE, TALLEST, CLOSE = 0.62, 105.0, 0.07
PALE, RIM = "#C4C4C4", "#8A8A8A"
# Colours and line styles of the places in front, which differ in grey as well.
LOOKS: tuple[tuple[str, Any, str], ...] = (
    (BLUE, "-", "o"),
    ("#B35900", "--", "D"),
    ("#00563E", ":", "s"),
    ("#7A3D5E", "-.", "^"),
    (INK, "-", "v"),
)


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the plane of level and coupling."""
    found = read_map(view)
    entries = _key(view, found)
    top = TOP + key_room(entries, 0.5, width_mm)[1]
    plot = width_mm - LEFT - RIGHT
    tall = min(SHAPE * plot + 10.0, TALLEST)
    figure = sheet(width_mm, top + tall + FOOT)
    axes = panel(figure, LEFT, top, plot, tall)
    _frame(axes, found)
    _contours(axes, found)
    _trails(axes, found)
    _labels(axes, found, plot, tall)
    write(figure, view.say("coupling.level"), LEFT + plot / 2, top + tall + 7.2, align="center")
    across, down = figure.get_size_inches() * 25.4
    figure.text(
        1.2 / across, 1 - (top + tall / 2) / down, view.say("coupling.coupling"), size=SMALL, color=GREY,
        rotation=90, ha="left", va="center",
    )  # fmt: skip
    legend(figure, entries, 0.5)
    return _drawing(figure, view, found)


def _frame(axes: Axes, found: Map) -> None:
    """Frame the trails in front and where the others are now; earlier years of the others may lie outside."""
    for name, limit in (("level", axes.set_xlim), ("coupling", axes.set_ylim)):
        front = [getattr(trail, name) for trail in found.front]
        values = np.concatenate([*front, [getattr(trail, name)[-1] for trail in found.rest]])
        low, high = float(values.min()), float(values.max())
        margin = max(0.07 * (high - low), 0.01)
        limit(max(0.0, low - margin), high + margin)
    axes.spines[["left", "bottom"]].set_visible(True)
    axes.spines[["left", "bottom"]].set_color(HAIRLINE)
    axes.locator_params(nbins=6)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: wording.value(round(value, 4)))
    axes.tick_params(pad=2)


def _levels(axes: Axes, found: Map) -> list[float]:
    """Return the values of D to draw: the limits of the classes that cross the frame, else tenths."""
    limits = found.scheme.limits if found.scheme else tuple(np.arange(1, 10) / 10)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    return sorted(float(limit) for limit in limits if np.sqrt(left * low) < limit < np.sqrt(right * high))


def _contours(axes: Axes, found: Map) -> None:
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    named = -right
    for level in reversed(_levels(axes, found)):
        start, end = max(left, level**2 / min(high, 1.0)), min(right, level**2 / max(low, 1e-9))
        x = np.linspace(start, end, 120)
        axes.plot(x, level**2 / x, color=RIM, linewidth=0.6, linestyle=(0, (4, 2)), zorder=1)
        text, at = f"D={wording.value(level)}", float(level**2 / end)
        beside = end >= right - 1e-12
        # at the foot, lines of low coordination stand too close for a name each
        if not beside and named > 0 and named - end < CLOSE * (right - left):
            continue
        named = named if beside else end
        axes.annotate(
            text, (end, at), (2, -CAP * SMALL) if beside else (2, 2), textcoords="offset points", size=SMALL,
            color=GREY, ha="left", va="baseline", annotation_clip=False, zorder=2,
        )  # fmt: skip


def _trails(axes: Axes, found: Map) -> None:
    for trail in found.rest:
        axes.plot(trail.level, trail.coupling, color=PALE, linewidth=0.5, zorder=2)
        axes.plot(
            trail.level[-1], trail.coupling[-1], marker="o", markersize=3.0, color=PALE, markeredgecolor=RIM,
            markeredgewidth=0.4, zorder=3,
        )  # fmt: skip
    for trail, (colour, style, marker) in zip(found.front, LOOKS, strict=False):
        axes.plot(trail.level, trail.coupling, color=colour, linewidth=1.5, linestyle=style, zorder=5)
        for at, fill in ((0, "white"), (-1, colour)):
            axes.plot(
                trail.level[at], trail.coupling[at], marker=marker, markersize=5.4, markerfacecolor=fill,
                markeredgecolor=colour, markeredgewidth=1.0, linestyle="none", zorder=6,
            )  # fmt: skip


def _labels(axes: Axes, found: Map, plot: float, tall: float) -> None:
    """Write the names of the places in front with their years, then of as many others as there is room for."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()

    def spot(x: float, y: float) -> tuple[float, float]:
        return (x - left) / (right - left) * plot, (y - low) / (high - low) * tall

    path = [
        Box(x - 0.4, y - 0.4, x + 0.4, y + 0.4)
        for trail in found.front
        for x, y in (spot(float(a), float(b)) for a, b in _between(trail))
    ]
    frame = Box(0.5, 0.5, plot - 0.5, tall - 0.5)
    front = [label for trail in found.front for label in _of_front(trail)]
    rest = [(trail.name, float(trail.level[-1]), float(trail.coupling[-1]), GREY) for trail in found.rest]
    marks = [Mark(*spot(x, y), 1.1, width(text, SMALL, "bold"), LINE) for text, x, y, _ in front]
    boxes = place_labels(marks, frame, path)
    taken = [*path, *(mark.box for mark in marks), *(box for box in boxes if box is not None)]
    others = [Mark(*spot(x, y), 1.1, width(text, SMALL), LINE) for text, x, y, _ in rest]
    boxes += place_labels(others, frame, taken, (0.5, 1.6))
    for (text, _, _, colour), box in zip([*front, *rest], boxes, strict=True):
        if box is not None:
            axes.annotate(
                text, (box.left / plot, (box.low + box.high) / 2 / tall), (0, -CAP * SMALL),
                xycoords="axes fraction", textcoords="offset points", size=SMALL, color=colour, va="baseline",
                weight="normal" if colour == GREY else "bold", zorder=7 if colour == GREY else 8,
                bbox=None if colour == GREY else {"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85},
            )  # fmt: skip


def _of_front(trail: Trail) -> list[tuple[str, float, float, str]]:
    ends = [(f"{trail.name} {trail.years[-1]}", -1), (str(trail.years[0]), 0)]
    return [
        (text, float(trail.level[at]), float(trail.coupling[at]), INK)
        for text, at in ends[: min(2, len(trail.years))]
    ]


def _between(trail: Trail) -> list[tuple[float, float]]:
    """Return points along a trail close enough that no label can lie on it."""
    steps = np.linspace(0, len(trail.years) - 1, 12 * len(trail.years))
    at = np.arange(len(trail.years))
    return list(zip(np.interp(steps, at, trail.level), np.interp(steps, at, trail.coupling), strict=True))


def _key(view: View, found: Map) -> list[tuple[Line2D, str]]:
    first, last = found.years
    entries = [
        (Line2D([0], [0], color=colour, linewidth=1.5, linestyle=style), trail.name)
        for trail, (colour, style, _) in zip(found.front, LOOKS, strict=False)
    ]
    if found.rest:
        entries.append((Line2D([0], [0], color=RIM, linewidth=0.7), view.say("coupling.others")))
    ends = [("white", first), (INK, last)] if first != last else [(INK, last)]
    for fill, year in ends:
        mark = Line2D(
            [0], [0], marker="o", markersize=4.6, markerfacecolor=fill, markeredgecolor=INK, linestyle="none"
        )
        entries.append((mark, view.say("coupling.at", year=year)))
    dashes = Line2D([0], [0], color=RIM, linewidth=0.6, linestyle=(0, (4, 2)))
    return [*entries, (dashes, view.say("coupling.limit" if found.scheme else "coupling.contour"))]


def _drawing(figure: Figure, view: View, found: Map) -> Drawing:
    first, last = found.years
    title = _title(view, found)
    values: dict[str, object] = {
        "first": first,
        "last": last,
        "count": len(found.front) + len(found.rest),
        "noun": view.say(f"noun.{_kind(view, found)}"),
        "variant": legible(parse_coupling(found.variant).variant.label[view.language]),
    }
    note = sentences(
        view,
        view.say("coupling.note", **values),
        view.say("coupling.note_high") if parse_coupling(found.variant).variant.gathers == "high" else "",
        view.say("coupling.note_scheme", scheme=found.scheme.label[view.language]) if found.scheme else "",
    )
    alt = view.say("coupling.alt", title=title, **values)
    places = [trail.place for trail in (*found.front, *found.rest)]
    subtitle = view.say("coupling.subtitle" if first != last else "coupling.subtitle_year", **values)
    return Drawing(figure, title, subtitle, note, alt, cited=cited_by(view.results, places))


def _kind(view: View, found: Map) -> str:
    places = {trail.place for trail in (*found.front, *found.rest)}
    return common_kind(pd.Series([r["kind"] for r in records(view.table("places")) if r["place"] in places]))


def _title(view: View, found: Map) -> str:
    """Say how far coordination came, of the first place in front, or of the highest where several are."""
    if not found.front:
        return view.say("coupling.title_all")
    trail = found.front[0]
    values = {
        "place": trail.name,
        "first": trail.years[0],
        "last": trail.years[-1],
        "before": wording.fixed(float(trail.coordination[0]), 3),
        "after": wording.fixed(float(trail.coordination[-1]), 3),
    }
    if len(trail.years) < 2:
        return view.say("coupling.title_year", **values)
    change = float(trail.coordination[-1] - trail.coordination[0])
    return view.say("coupling.title_up" if change > 0 else "coupling.title_down", **values)
