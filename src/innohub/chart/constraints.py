"""Figure ``constraints``: the groups of constraints by severity, with the gap to peers and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from innohub.chart import wording
from innohub.chart.ecosystem import Diagnosis, cited_by
from innohub.chart.functions import as_head
from innohub.chart.palette import GREY, HAIRLINE, INK, ink_on
from innohub.chart.picture import Drawing
from innohub.chart.place_table import order_places, place_table
from innohub.chart.position import place_name
from innohub.chart.reading import View, legible
from innohub.chart.rows import sentences
from innohub.chart.sheet import (
    BODY,
    CAP,
    LINE,
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

KEY, FOOT, ROW, HEAD, PLACE = 5.0, 7.0, 8.6, 8.0, 6.5
BINDS, BINDS_EDGE, LOOSE, LOOSE_EDGE = "#D55E00", "#7A3500", "#D9D9D9", "#767676"


@dataclass(frozen=True)
class Constraint:
    """A group of constraints of a place, as the figure shows it."""

    name: str
    verdict: str
    severity: float
    gap: float
    confidence: float


def read_constraints(view: View, found: Diagnosis, place: str) -> tuple[Constraint, ...]:
    """Read the constraints of a place, the most severe first, those that cannot be judged last."""
    rows = found.now("constraints", place).sort_values("rank", kind="stable", na_position="last")
    return tuple(_constraint(view, found, row) for row in records(rows))


def _constraint(view: View, found: Diagnosis, row: dict[str, Any]) -> Constraint:
    name = as_head(legible(found.group(str(row["group"]), view.language)), view.language)
    numbers = (float(row[key]) for key in ("severity", "gap", "confidence"))
    return Constraint(name, str(row["verdict"]), *numbers)


def draw(view: View, width_mm: float) -> Drawing:
    """Draw bars for few places, a table of groups for many."""
    found = Diagnosis(view.results)
    known = set(found.now("constraints")["place"])
    places = [place for place in found.asked if place in known]
    return _few(view, found, places, width_mm) if found.few and places else _many(view, found, width_mm)


def _few(view: View, found: Diagnosis, places: Sequence[str], width_mm: float) -> Drawing:
    told = {place: read_constraints(view, found, place) for place in places}
    every = [one for rows in told.values() for one in rows]
    heads = [view.say(f"constraints.{key}") for key in ("gap", "confidence")]
    rooms = [max(width(line, SMALL) for line in wrap(head, 21.0, SMALL).split("\n")) + 3.0 for head in heads]
    left = min(max(width(one.name) for one in every) + 2.5, 0.4 * width_mm)
    plot = width_mm - left - sum(rooms) - 2.0
    entries = _key(view)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + HEAD
    several = len(told) > 1
    height = sum(len(rows) * ROW + (PLACE if several else 0.0) for rows in told.values())
    figure = sheet(width_mm, top + height + FOOT)
    reach = max([1.0, *(one.severity for one in every if one.severity == one.severity)]) * 1.12
    axes = panel(figure, left, top, plot, height)
    _axis(axes, height, reach)
    up = 0.0
    for place, rows in told.items():
        if several:
            write(
                figure,
                place_name(view, place),
                0.5,
                top + up + PLACE / 2,
                size=BODY,
                colour=INK,
                weight="bold",
            )
            up += PLACE
        for one in rows:
            _row(axes, view, one, (left, top, up), (width_mm, rooms, reach, plot))
            up += ROW
    ends = (width_mm - rooms[1] - 0.5, width_mm - 0.5)
    for head, end in zip(heads, ends, strict=True):
        for number, line in enumerate(reversed(wrap(head, 21.0, SMALL).split("\n"))):
            write(figure, line, end, top - 2.4 - LINE * number, align="right")
    write(figure, view.say("constraints.severity"), left + plot / 2, top + height + 5.4, align="center")
    legend(figure, entries, 0.5)
    return _drawing(figure, view, found, told)


def _axis(axes: Axes, height: float, reach: float) -> None:
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.set_xlim(0, reach)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(round(value, 4)))
    axes.xaxis.grid(True)
    axes.tick_params(axis="x", pad=2)
    axes.axvline(1.0, color=INK, linewidth=0.9, linestyle=(0, (3, 2)), zorder=3)


def _row(
    axes: Axes, view: View, one: Constraint, spot: tuple[float, float, float],
    room: tuple[float, list[float], float, float],
) -> None:  # fmt: skip
    """Draw a group: its bar with the severity, and its gap and confidence at the right."""
    figure = cast("Figure", axes.figure)
    left, top, up = spot
    across, rooms, reach, plot = room
    middle = up + ROW / 2
    lines = wrap(one.name, left - 2.0).split("\n")
    for number, line in enumerate(lines):
        size = BODY if len(lines) == 1 else SMALL
        write(figure, line, 0.5, top + middle + (number - (len(lines) - 1) / 2) * LINE, size=size, colour=INK)
    if up:
        axes.axhline(up, color=HAIRLINE, linewidth=0.4, zorder=0)
    missing = one.severity != one.severity
    fill, edge = (BINDS, BINDS_EDGE) if one.verdict == "binds" else (LOOSE, LOOSE_EDGE)
    if not missing:
        axes.add_patch(
            Rectangle(
                (0, middle - 1.9), one.severity, 3.8, facecolor=fill, edgecolor=edge, linewidth=0.5, zorder=2
            )
        )
    said = (
        view.say(f"constraints.verdict.{one.verdict.replace(' ', '_')}")
        if missing
        else wording.fixed(one.severity, 2)
    )
    # a value at the end of its bar would often lie on the line at one
    inside = not missing and plot * one.severity / reach > width(said, SMALL) + 3.0
    at = (0.0 if inside or missing else one.severity) + 1.5 * reach / plot
    colour = ink_on(fill) if inside else GREY if missing else INK
    axes.text(at, middle + CAP * SMALL * POINT, said, size=SMALL, color=colour, va="baseline", zorder=4)
    gap = "–" if one.gap != one.gap else wording.fixed(one.gap, 2)
    sure = "–" if one.confidence != one.confidence else wording.percent(one.confidence)
    write(figure, gap, across - rooms[1] - 0.5, top + middle, colour=INK, align="right")
    write(figure, sure, across - 0.5, top + middle, colour=INK, align="right")


def _key(view: View) -> list[tuple[Line2D | Patch, str]]:
    line = Line2D([0], [0], color=INK, linewidth=0.9, linestyle=(0, (3, 2)))
    return [
        (key_box(BINDS, BINDS_EDGE), view.say("constraints.verdict.binds")),
        (key_box(LOOSE, LOOSE_EDGE), view.say("constraints.verdict.does_not_bind")),
        (line, view.say("constraints.even")),
    ]


def _drawing(
    figure: Figure, view: View, found: Diagnosis, told: dict[str, tuple[Constraint, ...]]
) -> Drawing:
    place, rows = next(iter(told.items()))
    binding = [one for one in rows if one.verdict == "binds"]
    values: dict[str, object] = {"place": place_name(view, place), "year": found.year}
    if binding:
        values |= {"group": binding[0].name, "severity": wording.fixed(binding[0].severity, 2)}
        # above the median of the peers a place loses points there, but is not behind
        title = view.say(f"constraints.title{'_ahead' if binding[0].gap > 0 else ''}", **values)
    else:
        title = view.say("constraints.title_none", **values)
    sure = any(one.confidence == one.confidence for rows in told.values() for one in rows)
    note = sentences(
        view,
        view.say("constraints.note"),
        view.say("constraints.note_sure") if sure else "",
    )
    places = wording.listing([place_name(view, name) for name in told], view.language)
    subtitle = view.say("constraints.subtitle", places=places, year=found.year)
    alt = view.say("constraints.alt", title=title, count=len(rows))
    return Drawing(figure, title, subtitle, note, alt, cited=cited_by(view.results, list(told)))


def _many(view: View, found: Diagnosis, width_mm: float) -> Drawing:
    """Draw the severity of each group for each place as a table, groups that bind framed."""
    frame = found.now("constraints")
    wide = frame.pivot_table(index="place", columns="group", values="severity", sort=False, dropna=False)
    wide = order_places(found, wide)
    heads = [found.group(str(name), view.language) for name in wide]
    values = wide.to_numpy(float)
    most = max(1.5, float(np.nanmax(values))) if np.isfinite(values).any() else 1.5
    figure = place_table(
        view, wide, heads, lambda value: wording.fixed(value, 2), limits=(0.5, most), framed=lambda v: v > 1,
        width_mm=width_mm,
    )  # fmt: skip
    counts = (wide > 1).sum().sort_values(ascending=False, kind="stable")
    told: dict[str, object] = {"year": found.year, "count": len(wide)}
    group = legible(found.group(str(counts.index[0]), view.language))
    title = view.say("constraints.title_many", group=group, number=int(counts.iloc[0]), **told)
    note = view.say("constraints.note_many")
    subtitle = view.say("constraints.subtitle_many", **told)
    alt = view.say("constraints.alt_many", title=title, columns=wide.shape[1], **told)
    return Drawing(
        figure, title, subtitle, note, alt, cited=cited_by(view.results, [str(p) for p in wide.index])
    )
