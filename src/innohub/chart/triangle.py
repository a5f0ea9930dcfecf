"""Figure ``triangle``: agglomeration, innovation and diffusion with the links between them."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle

from innohub.catalog.hub import corner_name
from innohub.chart import wording
from innohub.chart.functions import as_head
from innohub.chart.palette import BLUE, GREY, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import sentences
from innohub.chart.sheet import BODY, CAP, LINE, POINT, SMALL, key_room, legend, panel, sheet, width
from innohub.chart.tables import records

KEY, HEIGHT, BOX, GAP = 5.0, 58.0, 7.0, 1.0
SHORT = "#7A5200"
# Colour and dash say the same, so that the figure can be read in grey.
LOOKS: dict[str, tuple[str, Any]] = {
    "supported": (BLUE, "solid"),
    "open": (GREY, (0, (2.5, 2.0))),
    "against": (SHORT, (0, (5.0, 1.5, 1.0, 1.5))),
}
THIN, THICK, HEAD = 0.9, 3.0, 3.0
# Where the corners stand: shares of width and height.
SPOTS = {"agglomeration": (0.5, 0.12), "innovation": (0.84, 0.8), "diffusion": (0.16, 0.8)}
Row = dict[str, Any]


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the links of the triangle."""
    rows = records(view.table("triangle"))
    entries = _key(view, rows)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + 1.0
    figure = sheet(width_mm, top + HEIGHT)
    axes = panel(figure, 0.0, top, width_mm, HEIGHT)
    axes.set_xlim(0, width_mm)
    axes.set_ylim(HEIGHT, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    spots = {name: (across * width_mm, down * HEIGHT) for name, (across, down) in SPOTS.items()}
    for row in rows:
        _arrow(axes, view, row, spots)
    for name, (across, down) in spots.items():
        _corner(axes, _name_of(view, name), across, down)
    legend(figure, entries, 0.5)
    return _drawing(figure, view, rows)


def _name_of(view: View, corner: str) -> str:
    """Return the name of a corner as it stands in its box."""
    return as_head(corner_name(corner, view.language), view.language)


def _box(name: str) -> float:
    return width(name, BODY, "bold") + 6.0


def _edge(own: tuple[float, float], other: tuple[float, float], wide: float) -> tuple[float, float]:
    """Return where the line from a corner to another leaves the box of the corner, and a little beyond."""
    across, down = other[0] - own[0], other[1] - own[1]
    half = (wide / 2 + GAP, BOX / 2 + GAP)
    steps = [side / abs(way) for side, way in zip(half, (across, down), strict=True) if abs(way) > 1e-9]
    step = min(steps)
    return own[0] + step * across, own[1] + step * down


def _corner(axes: Axes, name: str, across: float, down: float) -> None:
    wide = _box(name)
    axes.add_patch(
        Rectangle(
            (across - wide / 2, down - BOX / 2),
            wide,
            BOX,
            facecolor="white",
            edgecolor=INK,
            linewidth=0.8,
            zorder=4,
        )
    )
    drop = CAP * BODY * POINT
    axes.text(
        across, down + drop, name, size=BODY, color=INK, ha="center", va="baseline", weight="bold", zorder=5
    )


def _arrow(axes: Axes, view: View, row: Row, spots: dict[str, tuple[float, float]]) -> None:
    """Draw a link from corner to corner."""
    start, end = spots[str(row["start"])], spots[str(row["end"])]
    colour, dash = LOOKS[str(row["verdict"])]
    ends = [
        _edge(a, b, _box(_name_of(view, str(row[name]))))
        for a, b, name in ((start, end, "start"), (end, start, "end"))
    ]
    thick = _weight(row)
    (left_at, top_at), (right_at, low_at) = ends
    length = max(((right_at - left_at) ** 2 + (low_at - top_at) ** 2) ** 0.5, 1e-9)
    back = (right_at - HEAD * (right_at - left_at) / length, low_at - HEAD * (low_at - top_at) / length)
    axes.plot(
        [left_at, back[0]], [top_at, back[1]], color=colour, linewidth=thick, linestyle=dash, zorder=2,
        solid_capstyle="butt",
    )  # fmt: skip
    # the head is drawn by itself: dashes would break its outline
    axes.add_patch(
        FancyArrowPatch(
            back, ends[1], arrowstyle="-|>", mutation_scale=8 + 2.5 * thick, linewidth=thick, color=colour, shrinkA=0,
            shrinkB=0, zorder=3, joinstyle="miter", capstyle="butt",
        )
    )  # fmt: skip
    _tell(axes, view, row, (start, end))


def _tell(axes: Axes, view: View, row: Row, ends: tuple[tuple[float, float], tuple[float, float]]) -> None:
    """Write the coefficient of a link and its interval beside it."""
    start, end = ends
    lines = [_coefficient(view, row)]
    if row["is_weakest"]:
        lines.append(view.say("triangle.weakest"))
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    is_flat = abs(start[1] - end[1]) < 1.0
    left = middle[0] < axes.get_xlim()[1] / 2
    across = middle[0] if is_flat else middle[0] + (-4.0 if left else 4.0)
    align = "center" if is_flat else "right" if left else "left"
    if align == "right":
        # on a narrow sheet the text must not leave it
        across = max(across, max(width(line, SMALL, "bold") for line in lines) + 0.5)
    # beside a slanting line, text must stay above its lower half
    down = middle[1] + (4.4 if is_flat else -1.5 - (len(lines) - 1) * LINE)
    for number, line in enumerate(lines):
        weight = "bold" if row["is_weakest"] else "normal"
        axes.text(
            across,
            down + number * LINE * 1.1,
            line,
            size=SMALL,
            color=INK,
            ha=align,
            va="center",
            weight=weight,
            zorder=5,
        )


def _weight(row: Row) -> float:
    """Return the thickness of a link, by its standardised coefficient."""
    strength = float(row["standardised"])
    return THIN if pd.isna(strength) else min(THICK, THIN + 2.5 * max(strength, 0.0))


def _coefficient(view: View, row: Row) -> str:
    interval = wording.between(
        wording.fixed(float(row["low"]), 2), wording.fixed(float(row["high"]), 2), view.language
    )
    return view.say(
        "triangle.coefficient", value=wording.fixed(float(row["coefficient"]), 2), interval=interval
    )


def _key(view: View, rows: list[Row]) -> list[tuple[Line2D, str]]:
    used = {str(row["verdict"]) for row in rows}
    return [
        (Line2D([0], [0], color=colour, linestyle=dash, linewidth=1.6), view.say(f"triangle.{verdict}"))
        for verdict, (colour, dash) in LOOKS.items()
        if verdict in used
    ]


def _level(view: View) -> float:
    section = view.results.settings.position
    return section.triangle.level if section and section.triangle else 0.95


def _drawing(figure: Figure, view: View, rows: list[Row]) -> Drawing:
    supported = sum(row["verdict"] == "supported" for row in rows)
    number, every = (wording.few(count, view.language) for count in (supported, len(rows)))
    title = view.say(
        "triangle.title_all" if supported == len(rows) else "triangle.title", number=number, all=every
    )
    subtitle = view.say(
        "triangle.subtitle", lag=int(rows[0]["lag"]), places=max(int(row["places"]) for row in rows),
        observations=max(int(row["observations"]) for row in rows),
    )  # fmt: skip
    note = sentences(
        view, view.say("triangle.note", level=wording.level(_level(view))), view.say("triangle.not_cause")
    )
    parts = [
        view.say(
            "triangle.part", start=corner_name(str(row["start"]), view.language),
            end=corner_name(str(row["end"]), view.language), value=_coefficient(view, row),
        )
        for row in rows
    ]  # fmt: skip
    return Drawing(
        figure,
        title,
        subtitle,
        note,
        view.say("triangle.alt", title=title, list=wording.listing(parts, view.language)),
    )
