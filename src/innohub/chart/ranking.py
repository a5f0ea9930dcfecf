"""Figure ``ranking``: score with interval, tier and rank interval, in rank order."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from innohub.chart import wording
from innohub.chart.palette import INK, tint
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import (
    cut_note,
    draws_phrase,
    level,
    name_rows,
    rows,
    sentences,
    subtitle,
    tier_key,
    tier_lines,
)
from innohub.chart.sheet import BODY, SMALL, key_room, legend, panel, sheet, width, write

TOP, FOOT, GAP = 11.0, 8.5, 3.0
NARROW = 110.0


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the ranking."""
    laid, entries = rows(view, width_mm), _key(view)
    left = laid.width + 9.0
    columns = _columns(view, width_mm)
    plot = width_mm - left - sum(column.width + GAP for column in columns) - 1.5
    top = TOP + key_room(entries, left, width_mm)[1]
    figure = sheet(width_mm, top + laid.total + FOOT)
    axes = panel(figure, left, top, plot, laid.total)
    _plot(axes, view, plot)
    name_rows(axes, laid, view)
    tier_lines(axes, view)
    at = left + plot
    for column in columns:
        spot = at + GAP + (column.width if column.align == "right" else 0.0)
        write(figure, column.head, spot, top - 2.4, align=column.align)
        for row, text in enumerate(column.texts):
            middle = top + (row + 0.5) * laid.height
            write(figure, text, spot, middle, size=column.size, colour=INK, align=column.align)
        at += GAP + column.width
    legend(figure, entries, left)
    return Drawing(
        figure,
        _title(view),
        subtitle(view, "ranking"),
        sentences(view, _note(view), cut_note(view)),
        _alt(view),
    )


@dataclass(frozen=True)
class Column:
    """A column of printed values at the right of the plot."""

    head: str
    texts: list[str]
    size: float
    align: str

    @property
    def width(self) -> float:
        """The width in millimetres that head and values need."""
        return max(width(self.head, SMALL), *(width(text, self.size) for text in self.texts))


def _columns(view: View, width_mm: float) -> list[Column]:
    """Return the columns: scores and intervals of ranks; in a narrow figure the latter only."""
    scores = [view.score(value) for value in view.shown["score"]]
    if width_mm < NARROW:
        return [Column(view.say("ranking.rank_short"), _spans(view), SMALL, "left")]
    return [
        Column(view.say("ranking.score"), scores, BODY, "right"),
        Column(view.say("ranking.rank", level=level(view)), _spans(view), SMALL, "left"),
    ]


def _key(view: View) -> list[tuple[Line2D, str]]:
    entries = tier_key(view)
    if view.places["score_low"].notna().any():
        line = Line2D([0], [0], color=INK, linewidth=1.0)
        entries.append((line, view.say("ranking.interval", level=level(view))))
    return entries


def _plot(axes: Axes, view: View, wide: float) -> None:
    places = view.shown
    low, high = places["score_low"].fillna(places["score"]), places["score_high"].fillna(places["score"])
    anchored = bool(low.min() >= 0)
    room = 0.04 * (high.max() - min(low.min(), 0 if anchored else low.min()) or 1.0)
    axes.set_xlim(0 if anchored else low.min() - room, high.max() + room)
    looks = [view.look(tier) for tier in places["tier"]]
    for row, (look, score, start, end) in enumerate(zip(looks, places["score"], low, high, strict=True)):
        if anchored:
            axes.barh(row, score, height=0.56, color=tint(look.colour, 0.32), zorder=1)
        if end > start:
            axes.plot([start, end], [row, row], color=INK, linewidth=1.0, solid_capstyle="butt", zorder=2)
        axes.plot(
            score, row, marker=look.marker, markersize=5.5 * look.size, color=look.colour,
            markeredgecolor=look.edge, markeredgewidth=0.6, zorder=3,
        )  # fmt: skip
    axes.xaxis.grid(True)
    axes.locator_params(axis="x", nbins=max(2, min(6, int(wide / 9))))
    axes.xaxis.set_major_formatter(lambda value, _: wording.fixed(value, _digits(axes)))
    axes.set_xlabel(view.say("ranking.axis"), labelpad=2)
    axes.tick_params(axis="x", pad=2)


def _digits(axes: Axes) -> int:
    ticks = axes.get_xticks()
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    return max(0, int(np.ceil(-np.log10(step) - 1e-9)))


def _spans(view: View) -> list[str]:
    ends = zip(view.shown["rank_low"], view.shown["rank_high"], strict=True)
    return ["" if np.isnan(low) else wording.span(low, high, view.language) for low, high in ends]


def _title(view: View) -> str:
    scores = view.places["score"].to_numpy(dtype=float)
    leader = str(view.places["name"].iloc[0])
    if len(scores) < 3:
        return view.say("ranking.title_few", leader=leader)
    above = int(np.argmax(scores[:-1] - scores[1:])) + 1
    return view.say("ranking.title", leader=leader, above=above, below=above + 1)


def _note(view: View) -> str:
    if not view.places["score_low"].notna().any():
        return ""
    return view.say("ranking.note", level=level(view), draws=draws_phrase(view))


def _alt(view: View) -> str:
    first, last = view.places.iloc[0], view.places.iloc[-1]
    return view.say(
        "ranking.alt", title=_title(view), count=len(view.places), noun=view.noun, first=first["name"],
        high=view.score(first["score"]), last=last["name"], low=view.score(last["score"]),
    )  # fmt: skip
