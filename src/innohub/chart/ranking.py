"""Figure ``ranking``: score with interval, tier and rank interval, in rank order."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from innohub.chart import wording
from innohub.chart.palette import INK, tint
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import (
    Rows,
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
from innohub.chart.sheet import BODY, SMALL, legend, panel, sheet, width, write

TOP, FOOT, GAP = 11.0, 8.5, 3.0


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the ranking."""
    laid = rows(view, 0.27 * width_mm)
    left = laid.width + 9.0
    scores = [view.score(value) for value in view.places["score"]]
    spans = _spans(view)
    heads = (view.say("ranking.score"), view.say("ranking.rank", level=level(view)))
    score_width = max(width(text, size) for text, size in [*((s, BODY) for s in scores), (heads[0], SMALL)])
    span_width = max(width(text, SMALL) for text in [*spans, heads[1]])
    plot = width_mm - left - score_width - span_width - 2 * GAP - 1.5
    figure = sheet(width_mm, TOP + laid.total + FOOT)
    axes = panel(figure, left, TOP, plot, laid.total)
    _plot(axes, view)
    name_rows(axes, laid, view)
    tier_lines(axes, view)
    score_at, span_at = left + plot + GAP + score_width, left + plot + 2 * GAP + score_width
    write(figure, heads[0], score_at, TOP - 2.4, align="right")
    write(figure, heads[1], span_at, TOP - 2.4)
    _columns(figure, laid, (scores, score_at), (spans, span_at))
    entries = tier_key(view)
    if view.places["score_low"].notna().any():
        entries.append(
            (Line2D([0], [0], color=INK, linewidth=1.0), view.say("ranking.interval", level=level(view)))
        )
    legend(figure, entries, left, 2.6)
    return Drawing(
        figure,
        _title(view),
        subtitle(view, "ranking"),
        sentences(view, _note(view), cut_note(view)),
        _alt(view),
    )


def _plot(axes: Axes, view: View) -> None:
    places = view.places
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
    axes.locator_params(axis="x", nbins=6)
    axes.xaxis.set_major_formatter(lambda value, _: wording.fixed(value, _digits(axes)))
    axes.set_xlabel(view.say("ranking.axis"), labelpad=2)
    axes.tick_params(axis="x", pad=2)


def _digits(axes: Axes) -> int:
    ticks = axes.get_xticks()
    step = float(ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
    return max(0, int(np.ceil(-np.log10(step) - 1e-9)))


def _columns(
    figure: Figure, laid: Rows, scores: tuple[list[str], float], spans: tuple[list[str], float]
) -> None:
    for row, (score, span) in enumerate(zip(scores[0], spans[0], strict=True)):
        middle = TOP + (row + 0.5) * laid.height
        write(figure, score, scores[1], middle, size=BODY, colour=INK, align="right")
        write(figure, span, spans[1], middle, colour=INK)


def _spans(view: View) -> list[str]:
    ends = zip(view.places["rank_low"], view.places["rank_high"], strict=True)
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
