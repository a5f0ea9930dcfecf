"""The drawing sheet: figures measured in millimetres, one typeface, bytes that depend on the data alone."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

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
KEY_MARK = 4.0
FAMILY = "Innohub Sans"
# A reader without the shipped font sees the SVG in the nearest face of the system.
FALLBACK = f"'{FAMILY}', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
STYLE = {
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
    with mpl.rc_context({**mpl.rcParamsDefault, "backend": mpl.rcParams["backend"], **STYLE}):
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
    across, _, _ = _ruler().get_text_width_height_descent(text, font, ismath=False)
    return float(across) / 10 * POINT


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(10, 10, 720)


def wrap(text: str, limit: float, size: float = BODY) -> str:
    """Break a text into lines no wider than a limit in millimetres: between words, in Chinese anywhere."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width((line + piece).strip(), size) > limit:
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
        elif wide or not pieces or pieces[-1][-1] in " -–/" or ord(pieces[-1][-1]) > 0x2E80:
            pieces.append(sign)
        else:
            pieces[-1] += sign
        joined = sign in "（《“("
    return pieces


def legend(figure: Figure, entries: Sequence[tuple[Line2D | Patch, str]], left: float, middle: float) -> None:
    """Draw a key in one row, each mark before its name; a row that is too long is broken."""
    across, down = figure.get_size_inches() / MM
    start = left
    for handle, text in entries:
        long = KEY_MARK + width(text, SMALL)
        if left > start and left + long > across:
            left, middle = start, middle + 4.0
        _place(handle, left / across, 1 - middle / down, 1 / across, 1 / down)
        handle.set_transform(figure.transFigure)
        figure.add_artist(handle)
        write(figure, text, left + KEY_MARK, middle)
        left += long + 4.0


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
