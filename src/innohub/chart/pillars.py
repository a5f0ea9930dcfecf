"""Figure ``pillars``: what registers hold of the five pillars, from input to external rank, and what is empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from innohub.catalog.registers import pillars, slots
from innohub.chart import wording
from innohub.chart.ecosystem import named
from innohub.chart.functions import as_head
from innohub.chart.palette import GREY, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.position import place_name
from innohub.chart.reading import View, legible
from innohub.chart.rows import sentences
from innohub.chart.sheet import (
    BODY,
    CAP,
    LINE,
    POINT,
    SMALL,
    key_box,
    key_room,
    legend,
    panel,
    sheet,
    wrap,
    write,
)
from innohub.chart.tables import records
from innohub.position.evidence.amount import amount
from innohub.words import Language, words

KEY, HEAD, FOOT, GAP, LEFT = 5.0, 5.5, 1.5, 1.0, 15.0
MOST, MOST_LINES, LEAST_NAME = 4, 2, 4
DOT = "·"
# A rank is told as such, with whatever word a study counts ranks.
RANK_UNITS = ("", "位", "rank")
QUALIFIED = {">": "over", "<": "under", "~": "about", "~<": "nearly"}
FULL, FULL_EDGE, EMPTY = "#EAF3F9", "#7FB2D3", "#FFFFFF"


@dataclass(frozen=True)
class Entry:
    """What stands in a slot: its name and, where one is told, its value as printed."""

    name: str
    value: str


@dataclass(frozen=True)
class Board:
    """The slots of a place by pillar and slot; a slot without entries is a gap."""

    place: str
    cells: Mapping[tuple[str, str], tuple[Entry, ...]]

    @property
    def filled(self) -> int:
        """The number of slots that hold something."""
        return sum(bool(entries) for entries in self.cells.values())


def read_boards(view: View) -> tuple[Board, ...]:
    """Read the five pillars of every place, the fullest first."""
    frame = view.table("pillars")
    boards = [_board(view, str(place), rows) for place, rows in frame.groupby("place", sort=False)]
    return tuple(sorted(boards, key=lambda board: -board.filled))


def _board(view: View, place: str, rows: pd.DataFrame) -> Board:
    held = rows[rows["filled"].astype(bool)]
    cells: dict[tuple[str, str], list[Entry]] = {
        (pillar, slot): [] for pillar in pillars() for slot in slots()
    }
    for row in records(held):
        value = row.get("value")
        said = "" if value is None or pd.isna(value) else shown(float(value), row, view)
        cells[str(row["pillar"]), str(row["slot"])].append(Entry(legible(named(row, view.language)), said))
    return Board(place, {key: tuple(dict.fromkeys(entries)) for key, entries in cells.items()})


def shown(value: float, row: Mapping[str, object], view: View) -> str:
    """Print a value with its qualifier; a rank as a rank."""
    unit, qualifier = str(row.get("unit") or ""), str(row.get("qualifier") or "")
    if row.get("slot") == "rank" and unit in RANK_UNITS:
        return wording.ordinal(value, view.language)
    return qualified(amount(value, unit, view.language), qualifier, view.language)


def qualified(text: str, qualifier: str, language: Language) -> str:
    """Put what a source says of a number's exactness before it.

    >>> qualified("30个", "~<", "zh"), qualified("30", ">", "en"), qualified("30", "", "en")
    ('近30个', 'over 30', '30')
    """
    key = QUALIFIED.get(qualifier, "")
    return words(language).say(f"chart.pillars.{key}", value=text) if key else text


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the grid of the place with most."""
    boards = read_boards(view)
    board, columns = boards[0], list(slots())
    step = (width_mm - LEFT) / len(columns)
    lines = {key: _lines(view, entries, step - GAP - 2.4) for key, entries in board.cells.items()}
    heights = [
        max(9.0, max(len(lines[pillar, slot]) for slot in columns) * LINE + 3.0) + GAP for pillar in pillars()
    ]
    entries = _key(view)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + HEAD
    figure = sheet(width_mm, top + sum(heights) + FOOT)
    for number, slot in enumerate(columns):
        head = as_head(slots()[slot][view.language], view.language)
        write(
            figure, head, LEFT + (number + 0.5) * step, top - 2.6, align="center", colour=INK, weight="bold"
        )
    axes = panel(figure, 0.0, top, width_mm, sum(heights))
    axes.set_xlim(0, width_mm)
    axes.set_ylim(sum(heights), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    up = 0.0
    for (name, pillar), tall in zip(pillars().items(), heights, strict=True):
        label = wrap(as_head(pillar.label[view.language], view.language), LEFT - 1.5).split("\n")
        for number, text in enumerate(label):
            write(
                figure,
                text,
                0.5,
                top + up + tall / 2 + (number - (len(label) - 1) / 2) * LINE,
                size=BODY,
                colour=INK,
            )
        for number, slot in enumerate(columns):
            _cell(axes, lines[name, slot], (LEFT + number * step, up), (step, tall))
        up += tall
    legend(figure, entries, 0.5)
    return _drawing(figure, view, boards)


def _lines(view: View, entries: Sequence[Entry], room: float) -> list[str]:
    """Return the lines of a cell; a long name gives way to its value."""
    found: list[str] = []
    for entry in entries[:MOST]:
        found += _told(view, entry, room)
    if len(entries) > MOST:
        found.append(view.say("pillars.more", number=len(entries) - MOST))
    return found


def _told(view: View, entry: Entry, room: float) -> list[str]:
    """Return the lines of an entry, its name cut so far that the value still stands on the last of them."""
    name, cut = as_head(entry.name, view.language), False
    while True:
        shown = f"{name}…" if cut else name
        said = view.say("pillars.entry", name=shown, value=entry.value) if entry.value else shown
        lines = wrap(f"{DOT}{said}", room, SMALL).split("\n")
        if len(lines) <= MOST_LINES or len(name) < LEAST_NAME:
            return lines
        name, cut = name[:-1].rstrip(), True


def _cell(axes: Axes, lines: Sequence[str], corner: tuple[float, float], size: tuple[float, float]) -> None:
    left, up = corner[0] + GAP / 2, corner[1] + GAP / 2
    wide, tall = size[0] - GAP, size[1] - GAP
    axes.add_patch(
        Rectangle(
            (left, up), wide, tall, facecolor=FULL if lines else EMPTY, edgecolor=FULL_EDGE if lines else HAIRLINE,
            linewidth=0.6, linestyle="-" if lines else (0, (2, 2)),
        )
    )  # fmt: skip
    first = up + tall / 2 - (len(lines) - 1) / 2 * LINE
    for number, text in enumerate(lines):
        axes.text(
            left + 1.2,
            first + number * LINE + CAP * SMALL * POINT,
            text,
            size=SMALL,
            color=INK,
            va="baseline",
        )
    if not lines:
        axes.text(
            left + wide / 2, up + tall / 2 + CAP * SMALL * POINT, "–", size=SMALL, color=GREY, ha="center",
            va="baseline",
        )  # fmt: skip


def _key(view: View) -> list[tuple[Line2D | Patch, str]]:
    return [
        (key_box(FULL, FULL_EDGE), view.say("pillars.filled")),
        (key_box(EMPTY, HAIRLINE), view.say("pillars.empty")),
    ]


def _drawing(figure: Figure, view: View, boards: Sequence[Board]) -> Drawing:
    board = boards[0]
    total = len(board.cells)
    values: dict[str, object] = {
        "place": place_name(view, board.place),
        "filled": board.filled,
        "total": total,
    }
    title = view.say("pillars.title_all" if board.filled == total else "pillars.title", **values)
    more = any(len(entries) > MOST for entries in board.cells.values())
    note = sentences(
        view,
        view.say("pillars.note"),
        view.say("pillars.note_more") if more else "",
        view.say("pillars.note_first", count=len(boards)) if len(boards) > 1 else "",
    )
    rows = view.table("pillars")
    used = rows.loc[(rows["place"] == board.place) & rows["source"].notna(), "source"].astype(str)
    listed = list(view.table("sources").get("source", ()))
    cited = sorted(
        set(used) - {""}, key=lambda name: (listed.index(name) if name in listed else len(listed), name)
    )
    alt = view.say("pillars.alt", title=title, **values)
    return Drawing(figure, title, view.say("pillars.subtitle", **values), note, alt, cited=tuple(cited))
