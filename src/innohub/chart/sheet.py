"""The drawing sheet: figures measured in millimetres, one typeface, bytes that depend on the data alone."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from innohub.chart.palette import GREY, HAIRLINE, INK, Look
from innohub.fonts import font_files

BODY, SMALL = 8.0, 7.0
MM = 1 / 25.4
POINT = 25.4 / 72
DOTS = 300
# Half the height of a capital letter or ideograph, in sizes: from the middle of a line to its baseline.
CAP = 0.37
LINE = SMALL * 1.15 * POINT
KEY_MARK, KEY_GAP, KEY_ROW, KEY_TOP, KEY_EDGE = 4.0, 4.0, 4.0, 2.5, 0.5
FAMILY = "Innohub Sans"
# A reader without the shipped font sees the SVG in the nearest face of the system.
FALLBACK = f"'{FAMILY}', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
STYLE: Any = {
    "font.family": [FAMILY],
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": GREY,
    "axes.labelsize": SMALL,
    "axes.linewidth": 0.5,
    "axes.axisbelow": True,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": HAIRLINE,
    "grid.linewidth": 0.4,
    "svg.fonttype": "none",
    "svg.hashsalt": "innohub",
    "path.simplify": False,
}


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in the house style: settings hold inside the block only."""
    _register()
    with mpl.rc_context():
        # A user's own matplotlibrc must not change a figure.
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        yield


@cache
def _register() -> None:
    for path in font_files(FAMILY):
        fontManager.addfont(str(path))


def sheet(width_mm: float, height_mm: float) -> Figure:
    """Return an empty figure of a size."""
    figure = Figure(figsize=(width_mm * MM, height_mm * MM), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes at a place in millimetres from the top left corner, without a frame."""
    across, down = figure.get_size_inches() / MM
    axes = figure.add_axes((left / across, 1 - (top + height) / down, width / across, height / down))
    axes.spines[:].set_visible(False)
    return axes


def write(
    figure: Figure, text: str, left: float, middle: float, *, size: float = SMALL, colour: str = GREY,
    align: str = "left", weight: str = "normal",
) -> None:  # fmt: skip
    """Write text around a height in millimetres from the top left corner."""
    across, down = figure.get_size_inches() / MM
    single = "\n" not in text
    # One baseline whatever the letters: centred by their outlines, lines would dance.
    drop = CAP * size * POINT if single else 0.0
    figure.text(
        left / across, 1 - (middle + drop) / down, text, size=size, color=colour, ha=align, weight=weight,
        va="baseline" if single else "center", linespacing=1.15,
    )  # fmt: skip


@cache
def width(text: str, size: float = BODY, weight: str = "normal") -> float:
    """Return the width of a line of text in millimetres."""
    _register()
    font = FontProperties(family=FAMILY, size=size, weight=weight)
    across, _, _ = _ruler().get_text_width_height_descent(text, font, ismath=False)  # type: ignore[no-untyped-call]
    return float(across) / 10 * POINT


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(10, 10, 720)  # type: ignore[no-untyped-call]


def wrap(text: str, limit: float, size: float = BODY, weight: str = "normal") -> str:
    """Break a text into lines no wider than a limit in millimetres: between words, in Chinese anywhere."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width((line + piece).strip(), size, weight) > limit:
            lines.append(line.strip())
            line = ""
        line += piece
    return "\n".join([*lines, line.strip()])


def _pieces(text: str) -> list[str]:
    """Split a text where a line may end; closing marks stay with what they close."""
    pieces: list[str] = []
    joined = False
    for sign in text:
        wide = ord(sign) > 0x2E80
        if pieces and (sign in "，。、）》”：；！？%） " or joined):
            pieces[-1] += sign
        elif wide or not pieces or pieces[-1][-1] in " -/" or ord(pieces[-1][-1]) > 0x2E80:
            pieces.append(sign)
        else:
            pieces[-1] += sign
        joined = sign in "（《“("
    return pieces


Key = Sequence[tuple[Line2D | Patch, str]]


def key_room(entries: Key, left: float, across: float) -> tuple[float, float]:
    """Return where a key begins and the height of its rows beyond the first, in millimetres.

    A key stands over the figure's plot; where that is too narrow for one row it takes the whole width.
    """
    longest = sum(KEY_MARK + width(text, SMALL) + KEY_GAP for _, text in entries) - KEY_GAP
    start = left if left + longest <= across else KEY_EDGE
    return start, KEY_ROW * max((row for _, row in _key_spots(entries, start, across)), default=0)


def legend(figure: Figure, entries: Key, left: float) -> None:
    """Draw a key at the top of a figure, each mark before its name."""
    across, down = figure.get_size_inches() / MM
    start, _ = key_room(entries, left, float(across))
    spots = _key_spots(entries, start, float(across))
    for (handle, text), (at, row) in zip(entries, spots, strict=True):
        middle = KEY_TOP + KEY_ROW * row
        _place(handle, at / across, 1 - middle / down, 1 / across, 1 / down)
        handle.set_transform(figure.transFigure)
        figure.add_artist(handle)
        write(figure, text, at + KEY_MARK, middle)


def _key_spots(entries: Key, start: float, across: float) -> list[tuple[float, int]]:
    """Return the left edge and the row of each entry."""
    spots, left, row = [], start, 0
    for _, text in entries:
        long = KEY_MARK + width(text, SMALL)
        if left > start and left + long > across:
            left, row = start, row + 1
        spots.append((left, row))
        left += long + KEY_GAP
    return spots


def _place(handle: Line2D | Patch, x: float, y: float, across: float, down: float) -> None:
    """Put a mark of the key at a place, in shares of the figure; ``across`` and ``down`` are a millimetre."""
    if isinstance(handle, Rectangle):
        handle.set_bounds(x + 0.2 * across, y - 1.2 * down, 2.8 * across, 2.4 * down)
    elif isinstance(handle, Line2D) and handle.get_linestyle() not in {"None", "none"}:
        handle.set_data([x + 0.2 * across, x + 3.0 * across], [y, y])
    elif isinstance(handle, Line2D):
        handle.set_data([x + 1.6 * across], [y])


def key_mark(look: Look, size: float = 5.5) -> Line2D:
    """Return a tier's mark for the key."""
    return Line2D(
        [0], [0], marker=look.marker, markersize=size * look.size, markerfacecolor=look.colour,
        markeredgecolor=look.edge, markeredgewidth=0.6, linestyle="none",
    )  # fmt: skip


def key_box(colour: str, edge: str | None = None) -> Rectangle:
    """Return a filled box for the key."""
    return Rectangle((0, 0), 1, 1, facecolor=colour, edgecolor=edge or colour, linewidth=1.0 if edge else 0.0)


def printed(figure: Figure) -> tuple[bytes, bytes]:
    """Return a figure as SVG and PNG, without clock, random ids or names of programs."""
    vector, raster = io.BytesIO(), io.BytesIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(vector, format="svg", metadata=metadata)
    figure.savefig(raster, format="png", dpi=DOTS, metadata={"Software": None})
    text = vector.getvalue().decode("utf-8")
    return text.replace(f"'{FAMILY}'", FALLBACK).encode("utf-8"), raster.getvalue()
