"""Figure ``history``: the ranks of the places over the years."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from innohub.chart import wording
from innohub.chart.palette import GREY, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import sentences, subtitle, tier_key
from innohub.chart.sheet import (
    BODY,
    LINE,
    SMALL,
    key_room,
    legend,
    panel,
    sheet,
    width,
    wrap,
    write,
)
from innohub.chart.tables import number
from innohub.chart.years import Course, read_course, spaced_years

TOP, FOOT, GAP = 10.0, 5.0, 2.0
NARROW = 110.0
ROW, TALLEST = 5.0, 176.0
FEW, MOVERS, LEADERS = 14, 3, 2


@dataclass(frozen=True)
class Lines:
    """The ranks to draw: those in colour and those in grey, and how many ranks there are."""

    course: Course
    bright: tuple[str, ...]
    depth: int


def draw(view: View, width_mm: float) -> Drawing:
    """Draw ranks over the years."""
    found = read_lines(view)
    entries = tier_key(view)
    limit = (0.2 if width_mm >= NARROW else 0.3) * width_mm
    ends = [_labels(view, found, side, limit) for side in (0, -1)]
    both = width_mm >= NARROW
    number = width("00", SMALL) + GAP
    widths = [max((_wide(text) for _, _, text in labels), default=0.0) for labels in ends]
    change = width("+00", SMALL) + GAP
    left = number + (widths[0] + GAP if both else 0.0)
    plot = width_mm - left - number - widths[1] - change - 2 * GAP
    row = min(max(ROW, _tallest(ends[1]) * LINE + 0.8), TALLEST / found.depth)
    top = TOP + key_room(entries, left, width_mm)[1]
    figure = sheet(width_mm, top + row * found.depth + FOOT)
    axes = panel(figure, left, top, plot, row * found.depth)
    _paths(axes, view, found, plot)
    for side, labels in enumerate(ends):
        _names(figure, view, found, labels, _Edge(left, plot, top, row, side, named=both or side == 1))
    _changes(figure, view, found, ends[1], _Edge(left, plot, top, row, 1, named=True))
    legend(figure, entries, left)
    return Drawing(
        figure,
        _title(view, found.course),
        subtitle(view, "history", first=found.course.years[0], last=found.course.years[-1]),
        sentences(view, view.say("history.note"), _grey_note(view, found), _gap_note(view, found.course)),
        view.say(
            "history.alt", title=_title(view, found.course), count=len(found.course.ranks), noun=view.noun,
            first=found.course.years[0], last=found.course.years[-1],
        ),
    )  # fmt: skip


def read_lines(view: View) -> Lines:
    """Read the ranks, and choose the places in colour: all of a few, else leaders of tiers and those that move far."""
    course = read_course(view.table("history"), view.root, view.places.index)
    if course is None:
        message = "no ranks of several years"
        raise KeyError(message)
    places = [str(place) for place in course.ranks.index]
    chosen = set(places) if len(places) <= FEW else set(_leaders(view, places))
    chosen |= {*course.risen(MOVERS), *course.fallen(MOVERS)}
    depth = int(np.ceil(course.ranks.max().max()))
    return Lines(course, tuple(place for place in places if place in chosen), depth)


def _leaders(view: View, places: list[str]) -> list[str]:
    if not view.tiers:
        return places[: LEADERS + 1]
    tiers = view.places["tier"]
    heads = [next((place for place in places if tiers[place] == tier), "") for tier in view.tiers]
    return [*places[:LEADERS], *(place for place in heads if place)]


Label = tuple[str, float, str]


def _labels(view: View, found: Lines, side: int, limit: float) -> list[Label]:
    """Return place, rank and wrapped name at one end; where rows are too low, the coloured ones only."""
    ranks = found.course.ranks.iloc[:, side].dropna()
    crowded = TALLEST / found.depth < LINE
    named = [str(place) for place in ranks.index if not crowded or place in found.bright]
    return [(place, float(ranks[place]), wrap(str(view.places["name"][place]), limit)) for place in named]


def _wide(text: str) -> float:
    return max(width(line, _size(text)) for line in text.split("\n"))


def _size(text: str) -> float:
    return SMALL if "\n" in text else BODY


def _tallest(labels: list[Label]) -> int:
    return max((text.count("\n") + 1 for _, _, text in labels), default=1)


def _paths(axes: Axes, view: View, found: Lines, plot: float) -> None:
    years = found.course.years
    axes.set_ylim(found.depth + 0.5, 0.5)
    axes.set_yticks([])
    axes.set_xlim(years[0] - 0.02 * (years[-1] - years[0]), years[-1] + 0.02 * (years[-1] - years[0]))
    room = (years[-1] - years[0]) * (width("2000", SMALL) + 2.0) / max(plot, 1.0)
    axes.set_xticks(spaced_years(years, room))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    axes.xaxis.grid(True)
    axes.tick_params(axis="x", pad=2)
    for bright in (False, True):
        for place, row in zip(found.course.ranks.index, found.course.ranks.to_numpy(float), strict=True):
            if (place in found.bright) != bright:
                continue
            look = view.look(str(view.places["tier"][place]))
            colour = look.colour if bright else "#C9C9C9"
            axes.plot(years, row, color=colour, linewidth=1.5 if bright else 0.8, zorder=3 if bright else 1)
            if bright:
                axes.plot(
                    years, row, linestyle="none", marker=look.marker, markersize=4.2 * look.size, color=look.colour,
                    markeredgecolor=look.edge, markeredgewidth=0.5, zorder=4,
                )  # fmt: skip


@dataclass(frozen=True)
class _Edge:
    """One side of the plot, in millimetres: 0 the first year, 1 the last."""

    left: float
    plot: float
    top: float
    row: float
    side: int
    named: bool

    @property
    def number(self) -> float:
        """Where the ranks stand."""
        return self.left - GAP / 2 if self.side == 0 else self.left + self.plot + GAP / 2

    @property
    def name(self) -> float:
        """Where the names stand."""
        room = width("00", SMALL) + GAP
        return self.number - room if self.side == 0 else self.number + room

    def height(self, rank: float) -> float:
        """Return the middle of the row of a rank."""
        return self.top + (rank - 0.5) * self.row


def _names(figure: Figure, view: View, found: Lines, labels: list[Label], edge: _Edge) -> None:
    align = "right" if edge.side == 0 else "left"
    for (place, rank, text), spot in zip(labels, _apart(labels, edge.row), strict=True):
        bright = place in found.bright
        middle, colour = edge.height(spot), INK if bright else GREY
        if len(labels) == len(found.course.ranks) or bright:
            write(figure, f"{rank:.0f}", edge.number, middle, align=align)
        if edge.named:
            for number, line in enumerate(text.split("\n")):
                shift = (number - text.count("\n") / 2) * LINE
                write(figure, line, edge.name, middle + shift, size=_size(text), colour=colour, align=align)
    years = found.course.years
    # without names at the left there is hardly room for a year
    at = max(edge.number, width("2000", SMALL, "bold") + 0.5) if edge.side == 0 else edge.number
    write(figure, str(years[-edge.side]), at, edge.top - 2.4, align=align, weight="bold")


def _apart(labels: list[Label], row: float) -> list[float]:
    """Return the ranks at which labels stand: their own, moved down where two would touch."""
    least = LINE / row
    spots = {}
    below = -np.inf
    for place, rank, _ in sorted(labels, key=lambda label: (label[1], label[0])):
        below = max(rank, below + least)
        spots[place] = below
    return [spots[place] for place, _, _ in labels]


def _changes(figure: Figure, view: View, found: Lines, labels: list[Label], edge: _Edge) -> None:
    """Write at the right how far each place moved."""
    at = float(figure.get_size_inches()[0]) * 25.4 - 0.5
    write(figure, view.say("history.change"), at, edge.top - 2.4, align="right")
    for (place, _, _), spot in zip(labels, _apart(labels, edge.row), strict=True):
        move = found.course.moves.get(place)
        bright = place in found.bright
        text = "" if pd.isna(move) else wording.signed(int(move))
        write(
            figure, text, at, edge.height(spot), align="right", colour=INK if bright and move else GREY,
            weight="bold" if bright and move else "normal",
        )  # fmt: skip


def _title(view: View, course: Course) -> str:
    values: dict[str, object] = {"first": course.years[0], "last": course.years[-1]}
    up, down = course.risen(1), course.fallen(1)
    if not up or not down:
        return view.say("history.title_same", **values)
    for key, place in (("up", up[0]), ("down", down[0])):
        values[key] = view.places["name"][place]
        values[f"{key}_from"] = wording.ordinal(number(course.ranks, place, course.years[0]), view.language)
        values[f"{key}_to"] = wording.ordinal(number(course.ranks, place, course.years[-1]), view.language)
    return view.say("history.title", **values)


def _gap_note(view: View, course: Course) -> str:
    whole = course.years[-1] - course.years[0] + 1 == len(course.years)
    return "" if whole else view.say("history.gap")


def _grey_note(view: View, found: Lines) -> str:
    return "" if len(found.bright) == len(found.course.ranks) else view.say("history.grey", noun=view.noun)
