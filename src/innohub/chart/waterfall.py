"""Figure: from the rank before to the rank after, one bar for each cause of the change."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.picture import Picture
from innohub.chart.reading import legible
from innohub.chart.sheet import BODY, SMALL, drawing, panel, printed, sheet, width, wrap, write
from innohub.words import Language, Words, words

LOST = "#C75B12"
ROW, GAP, EDGE, SIDE = 8.0, 3.0, 0.5, 6.0
HEAD, FOOT, LINE = 12.0, 10.0, 3.6
WIDEST_NAME = 52.0


@dataclass(frozen=True)
class Fall:
    """What a waterfall shows: a place's ranks on two sides and the steps between, in places gained.

    ``steps`` are names and amounts that add up to ``start`` less ``end``; ``printed`` the amounts as they are told.
    """

    place: str
    before: str
    after: str
    start: float
    end: float
    steps: Sequence[tuple[str, float]]
    printed: Sequence[str]


def waterfall(fall: Fall, language: Language, width_mm: float = 160) -> Picture:
    """Draw how a place came from one rank to another.

    Parameters
    ----------
    fall : ranks and steps.
    language : of every word in and around the figure.

    Returns
    -------
    The figure as SVG and PNG with its words; the same input gives the same bytes.
    """
    text = words(language)
    names = [
        text.say("chart.waterfall.rank_of", side=legible(fall.before)),
        *(name for name, _ in fall.steps),
        text.say("chart.waterfall.rank_of", side=legible(fall.after)),
    ]
    wrapped = [wrap(name, WIDEST_NAME, SMALL) for name in names]
    left = max(width(line, SMALL) for name in wrapped for line in name.split("\n")) + GAP
    told = _told(fall, text)
    note = wrap(told["note"], width_mm - 2 * EDGE, SMALL)
    tall = ROW * len(names)
    height = HEAD + tall + FOOT + LINE * (note.count("\n") + 1)
    with drawing():
        figure = sheet(width_mm, height)
        # A file of its own has no caption beside it: message, measure and note stand in the picture.
        write(figure, told["title"], EDGE, 2.5, size=BODY, colour=INK, weight="bold")
        write(figure, told["subtitle"], EDGE, 7.0)
        axes = panel(figure, left, HEAD, width_mm - left - SIDE, tall)
        _bars(axes, fall)
        for row, name in enumerate(wrapped):
            edge = row in (0, len(names) - 1)
            write(figure, name, EDGE, HEAD + ROW * (row + 0.5), colour=INK if edge else GREY)
        write(figure, text.say("chart.waterfall.axis"), left, HEAD + tall + 6.0)
        write(figure, note, EDGE, height - LINE * (note.count("\n") + 1) / 2)
        svg, png = printed(figure)
    words_around = (told["title"], told["subtitle"], told["note"], text.say("chart.source.none"), told["alt"])
    return Picture("waterfall", language, svg, png, *words_around, width_mm=width_mm, height_mm=height)


def _told(fall: Fall, text: Words) -> dict[str, str]:
    """Return the words in and around the figure."""
    values = {
        "place": legible(fall.place),
        "start": f"{fall.start:g}",
        "end": f"{fall.end:g}",
        "before": legible(fall.before),
        "after": legible(fall.after),
    }
    key = "same" if fall.start == fall.end else "up" if fall.end < fall.start else "down"
    steps = text.say("where.list").join(
        f"{name} {amount}" for (name, _), amount in zip(fall.steps, fall.printed, strict=True)
    )
    return {
        "title": text.say(f"chart.waterfall.title_{key}", **values),
        "subtitle": text.say("chart.waterfall.subtitle", **values),
        "note": text.say("chart.waterfall.note"),
        "alt": text.say("chart.waterfall.alt", steps=steps, **values),
    }


def _bars(axes: Axes, fall: Fall) -> None:
    """Draw the ranks as marks and the steps as bars that begin where the one before ended."""
    rows = len(fall.steps) + 2
    ends = [0.0]
    for _, amount in fall.steps:
        ends.append(ends[-1] + amount)
    low, high = min(ends), max(ends)
    # Room for the printed amounts beyond both ends.
    room = max(0.14 * (high - low), 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xlim(low - room, high + room)
    axes.yaxis.set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:+.0f}".replace("-", "−") if value else "0")
    )
    axes.grid(axis="x", color=HAIRLINE)
    for row, ((_, amount), shown) in enumerate(zip(fall.steps, fall.printed, strict=True), start=1):
        _step(axes, row, ends[row - 1], amount, shown)
    axes.plot([ends[-1]] * 2, [rows - 1.7, rows - 1], color=GREY, linewidth=0.6)
    for row, at, rank in ((0, ends[0], fall.start), (rows - 1, ends[-1], fall.end)):
        axes.plot([at], [row], marker="o", markersize=6, color=INK)
        axes.annotate(
            f"{rank:g}", (at, row), (7, 0), textcoords="offset points", va="center",
            size=BODY, weight="bold", color=INK,
        )  # fmt: skip


def _step(axes: Axes, row: int, start: float, amount: float, shown: str) -> None:
    """Draw one bar with its amount beyond its end, so that the line to the next one stays free."""
    colour, up = (BLUE, True) if amount >= 0 else (LOST, False)
    end = start + amount
    axes.add_patch(
        Rectangle((min(start, end), row - 0.3), abs(amount), 0.6, facecolor=colour, edgecolor="none")
    )
    axes.plot([start, start], [row - 0.7, row + 0.3], color=GREY, linewidth=0.6)
    axes.annotate(
        shown, (end, row), (4 if up else -4, 0), textcoords="offset points", va="center",
        ha="left" if up else "right", size=BODY, color=INK,
    )  # fmt: skip
