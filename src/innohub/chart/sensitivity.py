"""Figure ``sensitivity``: which choice of method moves the ranks, by place and over all places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.figure import Figure

from innohub.chart import wording
from innohub.chart.causes import SHIFT, Causes, Steadiness, read_causes, read_steadiness
from innohub.chart.heat import heat
from innohub.chart.palette import BLUE, BLUES, GREY, INK, tint
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import Rows, cut_note, name_rows, rows, sentences, subtitle
from innohub.chart.sheet import BODY, LINE, SMALL, key_box, key_room, legend, panel, sheet, width, wrap, write
from innohub.words import words

KEY, HEAD, FOOT, GAP = 5.0, 7.5, 1.5, 9.0
NARROW = 110.0
BAR, MOST_BAR, BLOCK = 4.3, 7.0, 7.0
# Half a page holds the bars of one output above the rows of so many places.
MOST_NARROW = 30
SOFT = tint(BLUE, 0.35)


@dataclass(frozen=True)
class Frame:
    """Where a part of the figure stands, in millimetres."""

    left: float
    top: float
    wide: float


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the shares of each choice by place and over all places."""
    causes = read_causes(view.table("sensitivity"))
    if causes is None:
        message = "no choice was varied"
        raise KeyError(message)
    steady = read_steadiness(view.table("design"), view.places.index, sizes(view))
    both = width_mm >= NARROW
    shown = view if both else replace(view, places=view.places.head(MOST_NARROW))
    laid = rows(shown, width_mm if both else width_mm)
    entries = [(key_box(BLUE), view.say("sensitivity.first")), (key_box(SOFT), view.say("sensitivity.total"))]
    outputs = [name for name in causes.total.index if both or name == SHIFT] or list(causes.total.index[:1])
    bar = BAR
    if both:
        # beside many places the bars may take their height
        free = laid.total / len(outputs) - BLOCK
        bar = min(MOST_BAR, max(BAR, free / len(causes.factors)))
    bars = len(outputs) * (BLOCK + bar * len(causes.factors))
    wide = (width_mm - GAP) * 0.6 if both else width_mm
    first = KEY + key_room(entries, 0.5, width_mm)[1]
    over = 0.0 if both else bars + HEAD
    heads = _heads(view, causes, laid, wide, steady)
    top = first + over + HEAD + LINE * max(head.count("\n") + 1 for head in heads) + 1.5
    deep = top + laid.total + FOOT
    figure = sheet(width_mm, max(deep, first + HEAD + bars + FOOT) if both else deep)
    _heat(figure, shown, causes, steady, laid, heads, Frame(0.0, top, wide))
    at = (
        Frame(wide + GAP, first + HEAD, width_mm - wide - GAP) if both else Frame(0.0, first + HEAD, width_mm)
    )
    _bars(figure, view, causes, outputs, at, bar)
    write(
        figure, view.say("sensitivity.places"), 0.5, first + over + 2.6, size=BODY, colour=INK, weight="bold"
    )
    write(
        figure,
        view.say("sensitivity.overall"),
        at.left + 0.5,
        first + 2.6,
        size=BODY,
        colour=INK,
        weight="bold",
    )
    legend(figure, entries, 0.5)
    title = _title(view, causes)
    return Drawing(
        figure,
        title,
        _subtitle(view, causes, steady),
        sentences(view, view.say("sensitivity.note"), view.say(f"sensitivity.note_{causes.analysis}"), cut_note(shown)
                  if both else ""),
        view.say("sensitivity.alt", title=title, count=len(view.places), noun=view.noun, factors=len(causes.factors)),
    )  # fmt: skip


def sizes(view: View) -> list[int]:
    """Return the sizes of the tiers as assigned, highest first; empty without tiers."""
    tiers = list(view.places["tier"])
    return [tiers.count(tier) for tier in view.tiers] if all(tiers) else []


def factor_name(view: View, factor: str) -> str:
    """Return the name of a choice; one that the words do not know stands for itself."""
    book = words(view.language)
    return view.say(f"factor.{factor}") if book.has(f"chart.factor.{factor}") else factor


def output_name(view: View, output: str) -> str:
    """Return what an output measures."""
    if output.startswith("boundary_"):
        at = int(output.removeprefix("boundary_")) - 1
        names = list(view.tiers.values())
        if at + 1 < len(names):
            return view.say("sensitivity.boundary", upper=names[at], lower=names[at + 1])
    return view.say("sensitivity.shift") if output == SHIFT else output


def _heads(view: View, causes: Causes, laid: Rows, wide: float, steady: Steadiness | None) -> list[str]:
    step = _step(causes, laid, wide, steady)
    return [wrap(factor_name(view, factor), step - 1.2, SMALL) for factor in causes.factors]


def _step(causes: Causes, laid: Rows, wide: float, steady: Steadiness | None) -> float:
    span = _span_room() if steady is not None else 0.0
    return (wide - laid.width - 9.0 - span) / len(causes.factors)


def _span_room() -> float:
    return width("00–00", SMALL) + 3.0


def _heat(
    figure: Figure,
    view: View,
    causes: Causes,
    steady: Steadiness | None,
    laid: Rows,
    heads: Sequence[str],
    at: Frame,
) -> None:
    """Draw the total index of each choice for the rank of each place, and the span of its ranks."""
    left, step = laid.width + 9.0, _step(causes, laid, at.wide, steady)
    axes = panel(figure, left, at.top, step * len(heads), laid.total)
    values = causes.places.reindex(view.shown.index).to_numpy(dtype=float)
    texts = [["" if np.isnan(value) else wording.fixed(value, 2) for value in row] for row in values]
    if max((width(text, SMALL) for row in texts for text in row), default=0.0) > step - 0.6:
        texts = [["" for _ in row] for row in values]
    heat(axes, values, texts, BLUES, (0.0, 1.0))
    name_rows(axes, laid, view)
    for number, head in enumerate(heads):
        lines = head.split("\n")
        for line, text in enumerate(lines):
            middle = at.top - 1.5 - (len(lines) - line - 0.5) * LINE
            write(figure, text, left + step * (number + 0.5), middle, align="center", colour=INK)
    if steady is None:
        return
    write(figure, view.say("sensitivity.span"), at.wide, at.top - 2.8, align="right")
    for row, place in enumerate(view.shown.index):
        text = wording.between(f"{steady.best[place]:.0f}", f"{steady.worst[place]:.0f}", view.language)
        same = steady.best[place] == steady.worst[place]
        write(
            figure, text, at.wide, at.top + (row + 0.5) * laid.height, align="right", colour=INK if same else GREY,
            weight="bold" if same else "normal",
        )  # fmt: skip


def _bars(figure: Figure, view: View, causes: Causes, outputs: Sequence[str], at: Frame, bar: float) -> None:
    """Draw, for each output, one bar a choice: what it moves alone within what it moves with others."""
    names = {factor: factor_name(view, factor) for factor in causes.factors}
    inner = max(width(name, SMALL) for name in names.values()) + 2.5
    room = width("0.00", SMALL) + 2.0
    top = at.top
    for output in outputs:
        head = wrap(output_name(view, output), at.wide - 1.0, SMALL).split("\n")[0]
        write(figure, head, at.left + 0.5, top + BLOCK - 2.4, colour=INK)
        axes = panel(figure, at.left + inner, top + BLOCK, at.wide - inner - room, bar * len(names))
        axes.set_xlim(0, 1)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.axvline(0, color=GREY, linewidth=0.5)
        moved = output in causes.moving
        for row, factor in enumerate(causes.factors):
            middle = top + BLOCK + (row + 0.5) * bar
            write(figure, names[factor], at.left + inner - 1.5, middle, align="right")
            first, total = (float(part.loc[output, factor]) for part in (causes.first, causes.total))
            axes.barh(row, min(total, 1.0) if moved else 0.0, height=0.66, color=SOFT)
            axes.barh(row, min(max(first, 0.0), 1.0) if moved else 0.0, height=0.66, color=BLUE)
            text = wording.fixed(total, 2) if moved else "–"
            write(figure, text, at.left + at.wide - 0.5, middle, align="right", colour=INK)
        top += BLOCK + bar * len(names)


def _title(view: View, causes: Causes) -> str:
    if not causes.moving:
        return view.say("sensitivity.title_still")
    output = SHIFT if SHIFT in causes.moving else causes.moving[0]
    return view.say("sensitivity.title", factor=factor_name(view, causes.strongest(output)))


def _subtitle(view: View, causes: Causes, steady: Steadiness | None) -> str:
    if causes.analysis == "exact" and steady is not None:
        models = wording.count(steady.models, view.language)
        return subtitle(view, "sensitivity", models=view.say("sensitivity.models", count=models))
    return subtitle(view, "sensitivity", models=view.say("sensitivity.sampled"))
