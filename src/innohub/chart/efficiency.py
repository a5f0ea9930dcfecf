"""Figure ``efficiency``: efficiency by place with the frontier, beside the change of productivity."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from innohub.chart import wording
from innohub.chart.frontier import PARTS, Performance, Productivity, read_performances, read_productivity
from innohub.chart.palette import BLUE, GREY, INK
from innohub.chart.periods import COLOURS, EDGES, HEAD, draw_periods, least_depth, panel_head
from innohub.chart.picture import Drawing, Spot
from innohub.chart.reading import MOST_ROWS, View
from innohub.chart.rows import Rows, lay_names, sentences, write_names
from innohub.chart.sheet import CAP, SMALL, key_box, key_room, legend, panel, sheet, width, write

KEY, FOOT, GAP = 5.0, 6.5, 8.0
NARROW, TALLEST = 110.0, 222.0
# Scores farther beyond the frontier are drawn at its edge; their value stands beside them.
FARTHEST = 2.0
LIGHT, RIM = "#9CC7E2", "#004A75"


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
        return pd.Series(pd.concat([scores, lost])).head(MOST_ROWS)


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
    change = found.productivity
    laid = lay_names([str(view.places["name"][place]) for place in found.rows.index], width_mm)
    beside = change is not None and width_mm >= NARROW
    wide = (width_mm - GAP) * 0.56 if beside else width_mm
    # half a page has no room for both side by side, and perhaps none below either
    top = KEY + key_room(_key(view, found, change=True), 0.5, width_mm)[1] + HEAD
    deep, depth = top + laid.total + FOOT, least_depth(change)
    below = change is not None and not beside and deep + HEAD + depth + FOOT <= TALLEST
    total = max(deep, top + depth + FOOT) if beside else deep + (HEAD + depth + FOOT if below else 0.0)
    figure = sheet(width_mm, total)
    _scores(figure, view, found, laid, Spot(0.0, top, wide))
    if change is not None and (beside or below):
        step = laid.total / len(change.periods) if beside else 0.0
        spot = Spot(wide + GAP, top, width_mm - wide - GAP) if beside else Spot(0.0, deep + HEAD, width_mm)
        draw_periods(figure, view, change, spot, step)
    legend(figure, _key(view, found, change=beside or below), 0.5)
    title, note = _title(view, found), _note(view, found, change=beside or below)
    return Drawing(figure, title, _subtitle(view, found), note, _alt(view, found, title))


def _key(view: View, found: Found, *, change: bool) -> list[tuple[Line2D | Patch, str]]:
    entries: list[tuple[Line2D | Patch, str]] = [(_dot(BLUE), view.say("efficiency.frontier"))]
    if len(found.performance.frontier) < len(found.performance.table):
        entries.append((_dot(LIGHT), view.say("efficiency.below")))
    if change and found.productivity is not None:
        entries += [
            (key_box(COLOURS[part], EDGES[part]), view.say(f"efficiency.{part}")) for part in PARTS[1:]
        ]
        entries.append((_dot(INK, "D"), view.say("efficiency.index")))
    return entries


def _dot(colour: str, marker: str = "o") -> Line2D:
    return Line2D(
        [0], [0], marker=marker, markersize=4.6, markerfacecolor=colour, markeredgecolor=RIM, markeredgewidth=0.6,
        linestyle="none",
    )  # fmt: skip


def _scores(figure: Figure, view: View, found: Found, laid: Rows, spot: Spot) -> None:
    """Draw one line a place from zero to its score."""
    left, room = laid.width + 9.0, width("0.000", SMALL) + 2.5
    axes = panel(figure, left, spot.top, spot.wide - left - room, laid.total)
    performance = found.performance
    limit = min(max(1.0, float(performance.scores.max())), FARTHEST)
    axes.set_xlim(0, limit * 1.04)
    axes.axvline(1.0, color=INK, linewidth=0.8, linestyle=(0, (3, 2)), zorder=1)
    for row, (place, score) in enumerate(found.rows.items()):
        if np.isnan(score):
            shift = (2.0, -CAP * SMALL)
            axes.annotate(view.say("efficiency.infeasible"), (0, row), shift, textcoords="offset points", size=SMALL,
                          color=GREY)  # fmt: skip
            continue
        _line(axes, row, float(score), limit, BLUE if place in performance.frontier else LIGHT)
        middle = spot.top + (row + 0.5) * laid.height
        write(figure, wording.fixed(float(score), 3), spot.wide - 0.5, middle, colour=INK, align="right")
    write_names(axes, laid, [_rank(performance, str(place)) for place in found.rows.index])
    axes.xaxis.grid(True)
    axes.set_xticks([tick for tick in (0, 0.5, 1.0, 1.5, 2.0) if tick <= limit * 1.04])
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(value))
    axes.tick_params(axis="x", pad=2)
    panel_head(figure, view, "score", spot)


def _line(axes: Axes, row: int, score: float, limit: float, colour: str) -> None:
    """Draw the line of a place; a score beyond the axis ends in an arrow."""
    end = min(score, limit)
    axes.plot([0, end], [row, row], color=colour, linewidth=1.6, solid_capstyle="butt", zorder=2)
    axes.plot(
        end, row, marker=">" if score > limit else "o", markersize=4.6, color=colour, markeredgecolor=RIM,
        markeredgewidth=0.6, zorder=3,
    )  # fmt: skip


def _rank(performance: Performance, place: str) -> str:
    rank = performance.table["rank"].get(place)
    return "" if rank is None or pd.isna(rank) else f"{int(rank)}"


def _title(view: View, found: Found) -> str:
    performance = found.performance
    frontier = list(performance.frontier)
    values = {"mean": wording.fixed(performance.mean, 2), "lowest": view.places["name"][performance.lowest]}
    if len(frontier) == len(performance.table):
        return view.say("efficiency.title_all", **values)
    key = "efficiency.title_one" if len(frontier) == 1 else "efficiency.title"
    return view.say(key, frontier=view.subject(frontier, 4), **values)


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
        view.say("efficiency.note_far") if (performance.scores > FARTHEST).any() else "",
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
