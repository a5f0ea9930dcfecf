"""Figure ``efficiency``: efficiency by place with the frontier, beside the change of productivity."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from innohub.chart import wording
from innohub.chart.frontier import (
    PARTS,
    Performance,
    Productivity,
    read_performances,
    read_productivity,
)
from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import MOST_ROWS, View
from innohub.chart.rows import Rows, lay_names, sentences, write_names
from innohub.chart.sheet import BODY, SMALL, key_box, key_room, legend, panel, sheet, width, wrap, write

KEY, HEAD, FOOT, GAP = 5.0, 9.0, 6.5, 8.0
NARROW, TALLEST = 110.0, 222.0
LEAST_PERIOD, MOST_PERIOD = 8.0, 14.0
# Scores farther beyond the frontier are drawn at its edge; their value stands beside them.
FARTHEST = 2.0
COLOURS = {"efficiency_change": "#E69F00", "technical_change": "#56B4E9"}
EDGES = {"efficiency_change": "#7A5200", "technical_change": "#1D6A94"}
LIGHT = "#9CC7E2"


@dataclass(frozen=True)
class Found:
    """What the figure shows: the first model of the run, and its change of productivity if there is one."""

    performance: Performance
    productivity: Productivity | None
    models: int

    @property
    def rows(self) -> pd.Series:
        """Scores by place as drawn: the first ones, then places without a solution."""
        scores = self.performance.scores.head(MOST_ROWS)
        lost = pd.Series(np.nan, index=list(self.performance.infeasible))
        return pd.concat([scores, lost]).head(MOST_ROWS)


def read_found(view: View) -> Found:
    """Read what the figure shows."""
    performances = read_performances(view.table("efficiency"), view.year, view.places.index)
    if not performances:
        message = "no place has an efficiency"
        raise KeyError(message)
    first = performances[0]
    return Found(first, read_productivity(view.table("malmquist"), first.name), len(performances))


def draw(view: View, width_mm: float) -> Drawing:
    """Draw efficiency and change of productivity."""
    found = read_found(view)
    names = [str(view.places["name"][place]) for place in found.rows.index]
    laid = lay_names(names, width_mm)
    change = found.productivity
    both = change is not None and width_mm >= NARROW
    wide = (width_mm - GAP) * 0.56 if both else width_mm
    entries = _key(view, found, both or change is not None)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + HEAD
    deep = top + laid.total + FOOT
    below = change is not None and not both and deep + _depth(change) + HEAD + FOOT <= TALLEST
    total = max(deep, top + (_depth(change) + FOOT if both and change is not None else 0.0))
    figure = sheet(width_mm, total + (HEAD + _depth(change) + FOOT if below and change is not None else 0.0))
    _scores(figure, view, found, laid, top, wide)
    if both and change is not None:
        step = min(MOST_PERIOD, max(LEAST_PERIOD, laid.total / len(change.periods)))
        _periods(figure, view, change, wide + GAP, top, width_mm - wide - GAP, step)
    elif below and change is not None:
        _periods(figure, view, change, 0.0, deep + HEAD, width_mm, LEAST_PERIOD)
    legend(figure, _key(view, found, both or below), 0.5)
    shown = both or below
    title = _title(view, found)
    return Drawing(
        figure, title, _subtitle(view, found), _note(view, found, change=shown), _alt(view, found, title)
    )


def _depth(change: Productivity) -> float:
    return LEAST_PERIOD * len(change.periods)


def _key(view: View, found: Found, change: bool) -> list[tuple[object, str]]:
    def dot(colour: str, marker: str = "o") -> Line2D:
        return Line2D([0], [0], marker=marker, markersize=4.6, markerfacecolor=colour, markeredgecolor="#004A75",
                      markeredgewidth=0.6, linestyle="none")  # fmt: skip

    entries: list[tuple[object, str]] = [(dot(BLUE), view.say("efficiency.frontier"))]
    if len(found.performance.frontier) < len(found.performance.table):
        entries.append((dot(LIGHT), view.say("efficiency.below")))
    if change and found.productivity is not None:
        entries += [
            (key_box(COLOURS[part], EDGES[part]), view.say(f"efficiency.{part}")) for part in PARTS[1:]
        ]
        entries.append((dot(INK, "D"), view.say("efficiency.index")))
    return entries


def _head(figure: Figure, view: View, key: str, left: float, top: float, wide: float) -> None:
    write(
        figure,
        view.say(f"efficiency.{key}"),
        left + 0.5,
        top - HEAD + 2.6,
        size=BODY,
        colour=INK,
        weight="bold",
    )
    means = wrap(view.say(f"efficiency.{key}_means"), wide, SMALL).split("\n")[0]
    write(figure, means, left + 0.5, top - HEAD + 6.0)


def _scores(figure: Figure, view: View, found: Found, laid: Rows, top: float, wide: float) -> None:
    """Draw one line a place from zero to its score."""
    left = laid.width + 9.0
    room = width("0.000", SMALL) + 2.5
    axes = panel(figure, left, top, wide - left - room, laid.total)
    performance = found.performance
    limit = min(max(1.0, float(performance.scores.max())), FARTHEST)
    axes.set_xlim(0, limit * 1.04)
    axes.axvline(1.0, color=INK, linewidth=0.8, linestyle=(0, (3, 2)), zorder=1)
    ranks = []
    for row, (place, score) in enumerate(found.rows.items()):
        ranks.append(_rank(performance, str(place)))
        if np.isnan(score):
            _beside(axes, view.say("efficiency.infeasible"), 0.02 * limit, row, GREY)
            continue
        end, reached = min(float(score), limit), place in performance.frontier
        axes.plot(
            [0, end],
            [row, row],
            color=BLUE if reached else LIGHT,
            linewidth=1.6,
            solid_capstyle="butt",
            zorder=2,
        )
        axes.plot(end, row, marker=">" if score > limit else "o", markersize=4.6, color=BLUE if reached else LIGHT,
                  markeredgecolor="#004A75", markeredgewidth=0.6, zorder=3)  # fmt: skip
        middle = top + (row + 0.5) * laid.height
        write(figure, wording.fixed(float(score), 3), wide - 0.5, middle, colour=INK, align="right")
    write_names(axes, laid, ranks)
    axes.xaxis.grid(True)
    axes.set_xticks([tick for tick in (0, 0.5, 1.0, 1.5, 2.0) if tick <= limit * 1.04])
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(value))
    axes.tick_params(axis="x", pad=2)
    _head(figure, view, "score", 0.0, top, wide)


def _rank(performance: Performance, place: str) -> str:
    rank = performance.table["rank"].get(place)
    return "" if rank is None or pd.isna(rank) else f"{int(rank)}"


def _beside(axes: Axes, text: str, at: float, row: float, colour: str) -> None:
    axes.annotate(text, (at, row), (0, -0.37 * SMALL), textcoords="offset points", size=SMALL, color=colour)


def _periods(
    figure: Figure, view: View, change: Productivity, left: float, top: float, wide: float, step: float
) -> None:
    """Draw, for each period, both parts as bars from 1 and the index as a mark."""
    labels = [_period(view, row.start, row.end) for row in change.periods.itertuples()]
    inner = max(width(label, SMALL) for label in labels) + 2.5
    room = width("0.000", SMALL) + 2.5
    axes = panel(figure, left + inner, top, wide - inner - room, step * len(labels))
    values = change.periods[list(PARTS)].to_numpy(float)
    reach = max(0.05, float(np.nanmax(np.abs(values - 1)))) * 1.06
    axes.set_xlim(1 - reach, 1 + reach)
    axes.set_ylim(len(values) - 0.5, -0.5)
    axes.set_yticks([])
    axes.axvline(1.0, color=INK, linewidth=0.8, zorder=4)
    for row, (index, *parts) in enumerate(values):
        for number, (part, value) in enumerate(zip(PARTS[1:], parts, strict=True)):
            axes.barh(row - 0.18 + 0.36 * number, value - 1, left=1, height=0.34, color=COLOURS[part],
                      edgecolor=EDGES[part], linewidth=0.35, zorder=2)  # fmt: skip
        axes.plot(index, row, marker="D", markersize=4.2, color=INK, zorder=5)
        middle = top + (row + 0.5) * step
        write(figure, labels[row], left + 0.5, middle)
        write(figure, wording.fixed(index, 3), left + wide - 0.5, middle, colour=INK, align="right")
        if row:
            axes.axhline(row - 0.5, color=HAIRLINE, linewidth=0.4, zorder=0)
    axes.xaxis.grid(True)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(round(value, 4)))
    axes.tick_params(axis="x", pad=2)
    _head(figure, view, "change", left, top, wide)


def _period(view: View, start: int, end: int) -> str:
    return wording.between(str(int(start)), str(int(end)), view.language)


def _title(view: View, found: Found) -> str:
    performance = found.performance
    frontier = list(performance.frontier)
    values = {"mean": wording.fixed(performance.mean, 2), "lowest": view.places["name"][performance.lowest]}
    if len(frontier) == len(performance.table):
        return view.say("efficiency.title_all", **values)
    return view.say("efficiency.title", frontier=view.subject(frontier, 4), **values)


def _subtitle(view: View, found: Found) -> str:
    section = view.results.settings.efficiency.get(found.performance.name)
    named = section.title.text(view.language) if section else ""
    return view.say(
        "efficiency.subtitle", title=named or found.performance.name, year=found.performance.year,
        count=len(found.performance.table), noun=view.noun,
    )  # fmt: skip


def _note(view: View, found: Found, *, change: bool) -> str:
    performance = found.performance
    left_out = len(performance.table) - len(performance.scores.head(MOST_ROWS))
    return sentences(
        view,
        view.say("efficiency.note"),
        view.say("efficiency.note_beyond") if performance.beyond else "",
        view.say("efficiency.note_change") if change else "",
        view.say("shown", shown=MOST_ROWS, total=len(performance.table), noun=view.noun) if left_out else "",
        view.say("efficiency.note_first", count=wording.few(found.models, view.language))
        if found.models > 1
        else "",
    )


def _alt(view: View, found: Found, title: str) -> str:
    scores = found.performance.scores
    return view.say(
        "efficiency.alt", title=title, count=len(scores), noun=view.noun,
        low=wording.fixed(float(scores.min()), 3), high=wording.fixed(float(scores.max()), 3),
    )  # fmt: skip
