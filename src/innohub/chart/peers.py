"""Figure ``peers``: the values of a place beside those of its peers, indicator by indicator."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from innohub.chart import wording
from innohub.chart.comparisons import SHOWN_MARKS, Dot, Line, cited_sources, read_lines
from innohub.chart.functions import Grid, as_head, positioned, read_grid
from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.position import left_out, place_name
from innohub.chart.ratios import Scale
from innohub.chart.reading import View, bilingual, legible
from innohub.chart.rows import sentences
from innohub.chart.sheet import (
    BODY,
    CAP,
    LINE,
    POINT,
    SMALL,
    key_room,
    legend,
    panel,
    sheet,
    width,
    wrap,
    write,
)
from innohub.chart.tables import records
from innohub.position.evidence.amount import amount
from innohub.position.function.relation import PASSED, TIED

KEY, FOOT, GROUP, NARROW = 5.0, 9.5, 5.2, 110.0
LAYER, MIDDLE, MOST_LAYERS = 3.1, 3.6, 5
SHORT, SHORT_EDGE, EVEN, RIM = "#E69F00", "#7A5200", "#767676", "#004A75"
# The shape says what differs, the fill whether anything does.
SHAPES = {(): "o", ("year",): "s", ("boundary",): "D", ("year", "boundary"): "^"}
SIZES = {"o": 4.8, "s": 4.4, "D": 4.2, "^": 5.4}


@dataclass(frozen=True)
class Row:
    """A line of the figure: names, and for each dot where it stands and in which layer its name is (-1: none)."""

    line: Line
    name: str
    own: str
    places: tuple[float, ...]
    layers: tuple[int, ...]
    height: float


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the comparisons of a place that is positioned."""
    grid = read_grid(view.table, view.place or positioned(view.table)[0], view.language)
    lines = read_lines(view.table, grid)
    scale = Scale.around([dot.ratio for line in lines for dot in line.dots])
    left = width_mm * (0.36 if width_mm < NARROW else 0.3)
    plot = width_mm - left - 2.0
    rows = [_row(view, line, scale, (left, plot)) for line in lines]
    groups = _groups(grid, rows)
    entries = _key(view, lines)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + 1.0
    height = sum(GROUP + sum(row.height for row in members) for _, members in groups)
    figure = sheet(width_mm, top + height + FOOT)
    axes = panel(figure, left, top, plot, height)
    axes.set_xlim(0, plot)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    _axis(axes, scale, plot)
    up = 0.0
    for name, members in groups:
        head = as_head(legible(name), view.language)
        write(figure, head, 0.5, top + up + GROUP / 2 + 0.6, colour=GREY, weight="bold")
        axes.axhline(up + 0.4, color=HAIRLINE, linewidth=0.5, xmin=-left / plot, clip_on=False)
        up += GROUP
        for row in members:
            _draw_row(figure, axes, view, row, (top, up))
            up += row.height
    place = place_name(view, grid.place)
    below = view.say("peers.axis_log" if scale.log else "peers.axis", place=place)
    for number, text in enumerate(wrap(below, width_mm - 1, SMALL).split("\n")):
        at = left + plot / 2 if width(below, SMALL) < plot else width_mm / 2
        write(figure, text, at, top + height + 5.6 + number * LINE, align="center")
    legend(figure, entries, 0.5)
    return _drawing(figure, view, grid, lines, hidden=any(-1 in row.layers for row in rows))


def _row(view: View, line: Line, scale: Scale, across: tuple[float, float]) -> Row:
    left, plot = across
    named = {row["indicator"]: row for row in records(view.table("indicators"))}
    name = as_head(
        bilingual(named.get(line.indicator, {}), "name", view.language) or line.indicator, view.language
    )
    name += view.say("peers.lower") if line.direction < 0 else ""
    places = tuple(plot * scale.at(dot.ratio) for dot in line.dots)
    names = [place_name(view, dot.peer) for dot in line.dots]
    layers = lay_names(places, [width(text, SMALL) for text in names], plot)
    text = wrap(name, left - 3.0)
    own = wrap(amount(line.value, line.unit, view.language), left - 3.0, SMALL)
    words = (text.count("\n") + own.count("\n") + 2) * LINE + 2.2
    dots = MIDDLE + LAYER * (max(layers, default=0) + 1) + 1.6
    return Row(line, text, own, places, layers, max(words, dots))


def lay_names(places: Sequence[float], widths: Sequence[float], room: float) -> tuple[int, ...]:
    """Give the name of each dot a layer below the dots, so that none lies upon another; -1 where there is no room.

    >>> lay_names([5, 6, 30], [8, 8, 8], 40)
    (0, 1, 0)
    """
    ends = [float("-inf")] * MOST_LAYERS
    found = []
    for at, wide in zip(places, widths, strict=True):
        start = _start(at, wide, room)
        layer = next((n for n, end in enumerate(ends) if start > end + 1.0), -1)
        if layer >= 0:
            ends[layer] = start + wide
        found.append(layer)
    return tuple(found)


def _start(at: float, wide: float, room: float) -> float:
    """Return the left edge of a name centred on a dot, kept inside the plot."""
    return min(max(at - wide / 2, 0.0), max(room - wide, 0.0))


def _groups(grid: Grid, rows: list[Row]) -> list[tuple[str, list[Row]]]:
    names = {function.id: function.name for function in grid.functions}
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(names[row.line.function], []).append(row)
    return list(found.items())


def _axis(axes: Axes, scale: Scale, plot: float) -> None:
    axes.set_xticks([plot * scale.at(tick) for tick in scale.ticks])
    axes.set_xticklabels([wording.value(round(tick, 6)) for tick in scale.ticks])
    axes.xaxis.grid(True)
    axes.tick_params(axis="x", pad=2)
    axes.axvline(plot * scale.at(1.0), color=INK, linewidth=0.9, zorder=1)


def _draw_row(figure: Figure, axes: Axes, view: View, row: Row, spot: tuple[float, float]) -> None:
    top, up = spot
    middle = top + up + 2.6
    for line in row.name.split("\n"):
        write(figure, line, 2.0, middle, size=BODY, colour=INK)
        middle += LINE * 1.12
    for line in row.own.split("\n"):
        write(figure, line, 2.0, middle, size=SMALL)
        middle += LINE
    axes.plot(
        [min(row.places), max(row.places)], [up + MIDDLE - 1.0] * 2, color=HAIRLINE, linewidth=1.0, zorder=1
    )
    room = float(axes.get_xlim()[1])
    for dot, at, layer in zip(row.line.dots, row.places, row.layers, strict=True):
        _dot(axes, dot, at, up + MIDDLE - 1.0)
        if layer < 0:
            continue
        name = place_name(view, dot.peer)
        start = _start(at, width(name, SMALL), room)
        low = up + MIDDLE + 0.6 + LAYER * (layer + 0.5)
        if layer:
            axes.plot([at, at], [up + MIDDLE + 0.2, low - 1.5], color=HAIRLINE, linewidth=0.5, zorder=1)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
        axes.text(start, low + CAP * SMALL * POINT, name, size=SMALL, color=INK, ha="left", va="baseline", bbox=box,
                  zorder=2)  # fmt: skip


def shown_marks(dot: Dot) -> tuple[str, ...]:
    """Return the marks that the shape of a dot tells."""
    return tuple(mark for mark in SHOWN_MARKS if mark in dot.marks)


def _dot(axes: Axes, dot: Dot, at: float, middle: float) -> None:
    handle = _mark(_colour(dot.relation), shown_marks(dot))
    handle.set_data([at], [middle])
    handle.set_zorder(5)
    handle.set_clip_on(False)
    axes.add_line(handle)


def _colour(relation: str) -> tuple[str, str]:
    if relation in PASSED:
        return BLUE, RIM
    return (EVEN, INK) if relation in TIED else (SHORT, SHORT_EDGE)


def _mark(colours: tuple[str, str], marks: tuple[str, ...]) -> Line2D:
    fill, edge = colours
    shape = SHAPES[marks]
    return Line2D(
        [0], [0], marker=shape, markersize=SIZES[shape], markerfacecolor="white" if marks else fill,
        markeredgecolor=edge, markeredgewidth=1.0 if marks else 0.6, linestyle="none",
    )  # fmt: skip


def _key(view: View, lines: Sequence[Line]) -> list[tuple[Line2D, str]]:
    dots = [dot for line in lines for dot in line.dots]
    standings = {_colour(dot.relation) for dot in dots}
    marks = {shown_marks(dot) for dot in dots}
    texts = (("above", "passed"), ("tie", "tied"), ("below", "not_passed"))
    entries = [
        (_mark(_colour(relation), ()), view.say(f"peers.{name}"))
        for relation, name in texts
        if _colour(relation) in standings
    ]
    named = {("year",): "year", ("boundary",): "boundary", ("year", "boundary"): "both"}
    grey = ("white", INK)
    return [*entries, *((_mark(grey, m), view.say(f"peers.{n}")) for m, n in named.items() if m in marks)]


def _drawing(figure: Figure, view: View, grid: Grid, lines: Sequence[Line], *, hidden: bool) -> Drawing:
    relations = view.table("relations")
    mine = relations[relations["place"] == grid.place]
    pairs = mine.drop_duplicates(["function", "indicator", "peer"])
    dots = [dot for line in lines for dot in line.dots]
    passed = [dot for dot in dots if dot.relation in PASSED]
    place, left = place_name(view, grid.place), len(pairs) - len(dots)
    exact = sum(not shown_marks(dot) for dot in passed)
    title = view.say("peers.title", place=place, count=len(dots), passed=len(passed), exact=exact)
    note = sentences(
        view,
        view.say("peers.note", place=place),
        view.say("peers.note_names") if hidden else "",
        view.say("peers.note_left", count=left) if left else "",
        left_out(view, len(positioned(view.table))),
    )
    low, high = (wording.value(end(dot.ratio for dot in dots)) for end in (min, max))
    alt = view.say("peers.alt", title=title, lines=len(lines), low=low, high=high)
    subtitle = view.say("peers.subtitle", place=place)
    return Drawing(figure, title, subtitle, note, alt, cited=cited_sources(view.table, mine))
