"""Figure ``position``: the function x scope grid of a place."""

from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from innohub.chart import wording
from innohub.chart.cells import NARROW, SHORT_EDGE, draw_cell, draw_name, limit
from innohub.chart.comparisons import cited_sources
from innohub.chart.functions import Column, Grid, as_head, positioned, read_grid
from innohub.chart.heads import lay_heads
from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.picture import MOST_PLACES, Drawing
from innohub.chart.reading import View, bilingual, legible
from innohub.chart.rows import sentences
from innohub.chart.sheet import (
    key_box,
    key_room,
    legend,
    panel,
    sheet,
    width,
    wrap,
    write,
)
from innohub.chart.tables import records
from innohub.position.function.grid import MISSED, REACHED

KEY, FOOT = 5.0, 1.5
ROW, TALL_ROW, GROUP = 8.6, 11.4, 5.2
LEAST_NAME, MOST_NAME = 0.2, 0.32


@dataclass(frozen=True)
class Layout:
    """Where the grid stands on the sheet, in millimetres: ``left`` and ``step`` of the columns, height of a row."""

    names: tuple[str, ...]
    left: float
    step: float
    row: float


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the grid of a place that is positioned."""
    read = view.table
    places = positioned(read)
    grid = read_grid(read, view.place or places[0], view.language)
    laid = _layout(view, grid, width_mm)
    entries = _key(view, grid)
    heads = lay_heads([(_head(view, column), laid.step) for column in grid.columns])
    top = KEY + key_room(entries, 0.5, width_mm)[1] + 1.0 + heads.height + 1.2
    groups = _groups(grid)
    height = sum(GROUP + laid.row * len(members) for _, members in groups)
    figure = sheet(width_mm, top + height + FOOT)
    for number, head in enumerate(heads.texts):
        heads.write(figure, head, laid.left + (number + 0.5) * laid.step, top - 1.2)
    _rows(figure, view, grid, laid, top)
    legend(figure, entries, 0.5)
    return _drawing(figure, view, grid, places)


def _head(view: View, column: Column) -> str:
    return f"{as_head(legible(column.name), view.language)} {column.letter}".strip()


def _layout(view: View, grid: Grid, width_mm: float) -> Layout:
    said = [as_head(legible(function.name), view.language) for function in grid.functions]
    longest = max(map(width, said)) + 3.0
    left = min(max(longest, LEAST_NAME * width_mm), MOST_NAME * width_mm)
    step = (width_mm - left - 0.5) / len(grid.columns)
    names = tuple(wrap(name, left - 3.0) for name in said)
    return Layout(names, left, step, TALL_ROW if step < NARROW else ROW)


def _groups(grid: Grid) -> list[tuple[str, list[int]]]:
    """Return each group with the rows of its functions."""
    found: dict[str, list[int]] = {}
    for row, function in enumerate(grid.functions):
        found.setdefault(function.group_name, []).append(row)
    return list(found.items())


def _rows(figure: Figure, view: View, grid: Grid, laid: Layout, top: float) -> None:
    """Draw group by group: its name, then one row a function."""
    middle, across = top, float(figure.get_size_inches()[0]) * 25.4
    for name, members in _groups(grid):
        head = as_head(legible(name), view.language)
        write(figure, head, 0.5, middle + GROUP / 2 + 0.4, colour=GREY, weight="bold")
        middle += GROUP
        axes = panel(figure, 0.0, middle, across, laid.row * len(members))
        axes.set_xlim(0, across)
        axes.set_ylim(laid.row * len(members), 0)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.axhline(0, color=HAIRLINE, linewidth=0.6)
        for number, row in enumerate(members):
            up = number * laid.row
            draw_name(axes, laid.names[row], up + laid.row / 2)
            for at, column in enumerate(grid.columns):
                cell = grid.cell(grid.functions[row].id, column)
                draw_cell(axes, view, cell, (laid.step, laid.row), (laid.left + at * laid.step, up))
        middle += laid.row * len(members)


def _key(view: View, grid: Grid) -> list[tuple[Line2D | Patch, str]]:
    verdicts = {cell.verdict for cell in grid.cells.values()}
    entries: list[tuple[Line2D | Patch, str]] = []
    if REACHED in verdicts:
        entries.append((_dot(BLUE, BLUE), view.say("position.reached")))
        entries.append((key_box("white", INK), view.say("position.widest")))
    if MISSED in verdicts:
        entries.append((_dot("white", SHORT_EDGE), view.say("position.missed")))
    tick = Line2D([0], [0], marker="|", markersize=6, color=INK, markeredgewidth=0.9, linestyle="none")
    return [*entries, (tick, view.say("position.limit", bar=wording.level(limit(view))))]


def place_name(view: View, place: str) -> str:
    """Return the name of a place, ranked or not."""
    rows = [row for row in records(view.table("places")) if row["place"] == place]
    return (bilingual(rows[0], "name", view.language) if rows else "") or legible(place)


def left_out(view: View, places: int) -> str:
    """Say that more places are positioned than have a figure of this kind; empty if each has."""
    shown = MOST_PLACES
    return view.say("position.note_first", count=places, shown=shown) if places > shown else ""


def _drawing(figure: Figure, view: View, grid: Grid, places: tuple[str, ...]) -> Drawing:
    relations = view.table("relations")
    rows = relations[relations["place"] == grid.place] if not relations.empty else relations
    title = _title(view, grid)
    values = {"place": place_name(view, grid.place), "functions": len(grid.functions)}
    sure = any(cell.certainty == cell.certainty for cell in grid.cells.values())
    note = sentences(
        view,
        view.say("position.note", least=_least(view)),
        view.say("position.note_sure") if sure else "",
        _sets(view, grid),
        left_out(view, len(places)),
    )
    alt = view.say("position.alt", title=title, columns=len(grid.columns), **values)
    subtitle = view.say("position.subtitle", **values)
    return Drawing(figure, title, subtitle, note, alt, cited=cited_sources(view.table, rows))


def _sets(view: View, grid: Grid) -> str:
    """Say what the letters of the columns stand for."""
    parts = [
        view.say("position.set", letter=column.letter, name=legible(column.set_name))
        for column in grid.columns
        if column.letter
    ]
    return view.say("position.sets", list=view.say("source.join").join(parts)) if parts else ""


def _least(view: View) -> int:
    section = view.results.settings.position
    return section.min_peers if section else 3


def _title(view: View, grid: Grid) -> str:
    """Say at which scopes the place holds how many functions."""
    place = place_name(view, grid.place)
    names = {column.scope: legible(column.name) for column in grid.columns}
    parts = [
        view.say("position.at" if len(held) > 1 else "position.at_one", scope=names[scope],
                 count=wording.few(len(held), view.language))
        for scope, held in grid.reached.items()
    ]  # fmt: skip
    open_ones = len(grid.by_state("not tested"))
    values = {"place": place, "list": wording.listing(parts, view.language), "all": len(grid.functions)}
    if not parts:
        return view.say("position.title_none", **values)
    left = wording.few(open_ones, view.language)
    return view.say("position.title_open" if open_ones else "position.title", open=left, **values)


def _dot(fill: str, edge: str) -> Line2D:
    return Line2D(
        [0], [0], marker="o", markersize=4.4, markerfacecolor=fill, markeredgecolor=edge, markeredgewidth=0.9,
        linestyle="none",
    )  # fmt: skip
