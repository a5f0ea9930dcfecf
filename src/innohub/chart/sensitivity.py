"""Figure ``sensitivity``: which choice of method moves the ranks, by place and over all places."""

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from innohub.chart import wording
from innohub.chart.causes import SHIFT, Causes, Steadiness, read_causes, read_steadiness
from innohub.chart.heads import Heads, lay_heads
from innohub.chart.heat import heat
from innohub.chart.palette import BLUE, BLUES, GREY, INK, tint
from innohub.chart.picture import Drawing, Spot
from innohub.chart.reading import View
from innohub.chart.rows import Rows, name_rows, rows, sentences, subtitle
from innohub.chart.sheet import BODY, SMALL, key_box, key_room, legend, panel, sheet, width, wrap, write
from innohub.chart.tables import number
from innohub.words import words

KEY, HEAD, FOOT, GAP = 5.0, 7.5, 1.5, 9.0
NARROW = 110.0
BAR, MOST_BAR, BLOCK = 4.3, 7.0, 7.0
# Half a page holds the bars of one output above the rows of so many places.
MOST_NARROW = 30
SOFT = tint(BLUE, 0.35)


@dataclass(frozen=True)
class Found:
    """What the figure shows; ``shown`` has the places that get a row, ``outputs`` those that get bars."""

    view: View
    shown: View
    causes: Causes
    steady: Steadiness | None
    outputs: tuple[str, ...]

    @property
    def title(self) -> str:
        """The message."""
        if not self.causes.moving:
            return self.view.say("sensitivity.title_still")
        output = SHIFT if SHIFT in self.causes.moving else self.causes.moving[0]
        return self.view.say(
            "sensitivity.title", factor=factor_name(self.view, self.causes.strongest(output))
        )


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the shares of each choice by place and over all places."""
    beside = width_mm >= NARROW
    found = read_found(view, whole=beside)
    laid = rows(found.shown, width_mm)
    entries = [(key_box(BLUE), view.say("sensitivity.first")), (key_box(SOFT), view.say("sensitivity.total"))]
    first = KEY + key_room(entries, 0.5, width_mm)[1]
    # beside many places the bars may take their height
    bar = _bar(found, laid.total) if beside else BAR
    bars = len(found.outputs) * (BLOCK + bar * len(found.causes.factors))
    wide = (width_mm - GAP) * 0.6 if beside else width_mm
    over = first + (0.0 if beside else bars + HEAD)
    step = _step(found, laid, wide)
    heads = lay_heads([(factor_name(view, factor), step) for factor in found.causes.factors])
    top = over + HEAD + heads.height + 1.5
    deep = top + laid.total + FOOT
    figure = sheet(width_mm, max(deep, first + HEAD + bars + FOOT))
    _heat(figure, found, laid, heads, Spot(0.0, top, wide))
    _name(figure, view.say("sensitivity.places"), 0.5, over)
    if found.outputs:
        at = Spot(wide + GAP if beside else 0.0, first + HEAD, width_mm - wide - GAP if beside else width_mm)
        _bars(figure, found, at, bar)
        _name(figure, view.say("sensitivity.overall"), at.left + 0.5, first)
    legend(figure, entries, 0.5)
    return Drawing(figure, found.title, _subtitle(found), _note(found), _alt(found))


def read_found(view: View, *, whole: bool) -> Found:
    """Read what the figure shows; in half a page fewer places and the first output only."""
    causes = read_causes(view.table("sensitivity"))
    if causes is None:
        message = "no choice was varied"
        raise KeyError(message)
    known = tuple(str(name) for name in causes.total.index)
    main = tuple(name for name in known if name == SHIFT) or known[:1]
    return Found(
        view,
        view if whole else replace(view, places=view.places.head(MOST_NARROW)),
        causes,
        read_steadiness(view.table("design"), view.places.index, sizes(view)),
        known if whole else main,
    )


def _name(figure: Figure, text: str, left: float, top: float) -> None:
    write(figure, text, left, top + 2.6, size=BODY, colour=INK, weight="bold")


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


def _bar(found: Found, height: float) -> float:
    free = height / max(1, len(found.outputs)) - BLOCK
    return min(MOST_BAR, max(BAR, free / len(found.causes.factors)))


def _step(found: Found, laid: Rows, wide: float) -> float:
    span = width("00–00", SMALL) + 3.0 if found.steady is not None else 0.0
    return (wide - laid.width - 9.0 - span) / len(found.causes.factors)


def _heat(figure: Figure, found: Found, laid: Rows, heads: Heads, at: Spot) -> None:
    """Draw the total index of each choice for the rank of each place."""
    left, step = laid.width + 9.0, _step(found, laid, at.wide)
    axes = panel(figure, left, at.top, step * len(heads.texts), laid.total)
    values = found.causes.places.reindex(found.shown.shown.index).to_numpy(dtype=float)
    texts = [["" if np.isnan(value) else wording.fixed(value, 2) for value in row] for row in values]
    if max((width(text, SMALL) for row in texts for text in row), default=0.0) > step - 0.6:
        texts = [["" for _ in row] for row in values]
    heat(axes, values, texts, BLUES, (0.0, 1.0))
    name_rows(axes, laid, found.shown)
    for column, head in enumerate(heads.texts):
        heads.write(figure, head, left + step * (column + 0.5), at.top - 1.5)
    if found.steady is not None:
        _spans(figure, found, found.steady, laid, at)


def _spans(figure: Figure, found: Found, steady: Steadiness, laid: Rows, at: Spot) -> None:
    """Write the ranks of each place over all combinations; one that never moves stands out."""
    write(figure, found.view.say("sensitivity.span"), at.wide - 0.5, at.top - 2.8, align="right")
    for row, place in enumerate(found.shown.shown.index):
        ends = (f"{steady.best[place]:.0f}", f"{steady.worst[place]:.0f}")
        same, middle = ends[0] == ends[1], at.top + (row + 0.5) * laid.height
        text = wording.between(*ends, found.view.language)
        write(
            figure, text, at.wide - 0.5, middle, align="right", colour=INK if same else GREY,
            weight="bold" if same else "normal",
        )  # fmt: skip


def _bars(figure: Figure, found: Found, at: Spot, bar: float) -> None:
    """Draw, for each output, one bar a choice: what it moves alone within what it moves with others."""
    names = [factor_name(found.view, factor) for factor in found.causes.factors]
    inner, room = max(width(name, SMALL) for name in names) + 2.5, width("0.00", SMALL) + 2.0
    top = at.top
    for output in found.outputs:
        head = wrap(output_name(found.view, output), at.wide - 1.0, SMALL).split("\n")[0]
        write(figure, head, at.left + 0.5, top + BLOCK - 2.4, colour=INK)
        axes = panel(figure, at.left + inner, top + BLOCK, at.wide - inner - room, bar * len(names))
        texts = _shares(axes, found.causes, output)
        for row, (name, text) in enumerate(zip(names, texts, strict=True)):
            middle = top + BLOCK + (row + 0.5) * bar
            write(figure, name, at.left + inner - 1.5, middle, align="right")
            write(figure, text, at.left + at.wide - 0.5, middle, align="right", colour=INK)
        top += BLOCK + bar * len(names)


def _shares(axes: Axes, causes: Causes, output: str) -> list[str]:
    """Draw the bars of one output and return the printed total of each; a dash where nothing moves."""
    axes.set_xlim(0, 1)
    axes.set_ylim(len(causes.factors) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvline(0, color=GREY, linewidth=0.5)
    if output not in causes.moving:
        return ["–" for _ in causes.factors]
    texts = []
    for row, factor in enumerate(causes.factors):
        first, total = (number(part, output, factor) for part in (causes.first, causes.total))
        axes.barh(row, min(max(total, 0.0), 1.0), height=0.66, color=SOFT)
        axes.barh(row, min(max(first, 0.0), 1.0), height=0.66, color=BLUE)
        texts.append(wording.fixed(total, 2))
    return texts


def _subtitle(found: Found) -> str:
    view = found.view
    if found.causes.analysis == "exact" and found.steady is not None:
        models = wording.count(found.steady.models, view.language)
        return subtitle(view, "sensitivity", models=view.say("sensitivity.models", count=models))
    return subtitle(view, "sensitivity", models=view.say("sensitivity.sampled"))


def _note(found: Found) -> str:
    view = found.view
    return sentences(
        view, view.say("sensitivity.note"), view.say(f"sensitivity.note_{found.causes.analysis}"), _cut(found)
    )


def _cut(found: Found) -> str:
    shown, total = len(found.shown.shown), len(found.view.places)
    return "" if shown == total else found.view.say("shown", shown=shown, total=total, noun=found.view.noun)


def _alt(found: Found) -> str:
    view = found.view
    return view.say(
        "sensitivity.alt", title=found.title, count=len(view.places), noun=view.noun,
        factors=len(found.causes.factors),
    )  # fmt: skip
