"""Parts that several figures share: place names at the left of rows, the key of tiers, common notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from innohub.chart import wording
from innohub.chart.palette import GREY, INK
from innohub.chart.reading import View
from innohub.chart.sheet import BODY, CAP, LINE, POINT, SMALL, key_mark, width, wrap
from innohub.chart.tables import read_table, varied

ROW = 5.4


@dataclass(frozen=True)
class Rows:
    """Names of the ranked places, wrapped, with the width of their column and the height of a row (mm)."""

    names: tuple[str, ...]
    width: float
    height: float

    @property
    def total(self) -> float:
        """The height of all rows."""
        return self.height * len(self.names)


def rows(view: View, width_mm: float) -> Rows:
    """Lay out the names of the ranked places."""
    return lay_names(list(view.shown["name"]), width_mm)


def lay_names(names: Sequence[str], width_mm: float) -> Rows:
    """Lay out names in a column of a quarter of the figure, wider if names need three lines."""
    limits = (share * width_mm for share in (0.25, 0.28, 0.32, 0.36, 0.4))
    laid = [[wrap(name, limit) for name in names] for limit in limits]
    texts = next((found for found in laid if max(text.count("\n") for text in found) < 2), laid[-1])
    widest = max(width(line, _size(text)) for text in texts for line in text.split("\n"))
    lines = max(text.count("\n") + 1 for text in texts)
    return Rows(tuple(texts), widest, ROW if lines == 1 else max(ROW, lines * LINE + 0.9))


def _size(text: str) -> float:
    return SMALL if "\n" in text else BODY


def name_rows(axes: Axes, laid: Rows, view: View) -> None:
    """Write rank and name of the ranked places at the left of their rows."""
    write_names(axes, laid, [f"{rank:.0f}" for rank in view.shown["rank"]])


def write_names(axes: Axes, laid: Rows, numbers: Sequence[str]) -> None:
    """Write number and name at the left of every row of axes whose y runs downwards from row 0."""
    axes.set_ylim(len(laid.names) - 0.5, -0.5)
    axes.set_yticks([])
    left = -(laid.width + 1.5) / POINT
    for row, (text, number) in enumerate(zip(laid.names, numbers, strict=True)):
        beside(axes, text, row, left, size=_size(text), colour=INK, align="left")
        beside(axes, number, row, left - 5, size=SMALL, colour=GREY, align="right")


def beside(axes: Axes, text: str, row: float, shift: float, *, size: float, colour: str, align: str) -> None:
    """Write text in a row, some points to the right of the left edge of the axes."""
    single = "\n" not in text
    axes.annotate(
        text, (0, row), (shift, -CAP * size if single else 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", va="baseline" if single else "center", ha=align, size=size, color=colour,
        annotation_clip=False, linespacing=1.05,
    )  # fmt: skip


def tier_lines(axes: Axes, view: View) -> None:
    """Draw a hairline where the tier changes."""
    tiers = list(view.shown["tier"])
    for row in range(1, len(tiers)):
        if tiers[row] != tiers[row - 1]:
            axes.axhline(row - 0.5, color=GREY, linewidth=0.5, zorder=0)


def tier_key(view: View) -> list[tuple[Line2D, str]]:
    """Return the key of the tiers that have a place."""
    used = [tier for tier in view.tiers if (view.places["tier"] == tier).any()]
    return [(key_mark(look), view.tiers[tier]) for tier in used if (look := view.look(tier))]


def level(view: View) -> str:
    """Print the share of draws that intervals cover."""
    return wording.level(view.results.settings.index[view.index].uncertainty.level)


def draws_phrase(view: View) -> str:
    """Say what the draws vary: weights, methods, values."""
    section = view.results.settings.index[view.index]
    number = wording.count(section.uncertainty.draws, view.language)
    moved = varied(section, read_table(view.results, "indicators"))
    names = [view.say(f"moved.{name}") for name in moved]
    return view.say("draws.vary", draws=number, list=wording.listing(names, view.language))


def subtitle(view: View, key: str, **values: object) -> str:
    """Say what a figure measures: index, year, number of places."""
    return view.say(
        f"{key}.subtitle", index=view.title, year=view.year, count=len(view.places), noun=view.noun, **values
    )


def cut_note(view: View) -> str:
    """Say that a figure shows only the first places; empty if it shows all."""
    shown, total = len(view.shown), len(view.places)
    return "" if shown == total else view.say("shown", shown=shown, total=total, noun=view.noun)


def sentences(view: View, *parts: str) -> str:
    """Join sentences of a note."""
    return ("" if view.language == "zh" else " ").join(part for part in parts if part)
