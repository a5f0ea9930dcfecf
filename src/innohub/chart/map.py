"""Figure ``map``: places on the land mask, marked by tier and sized by score."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from numpy.typing import NDArray

from innohub.chart import wording
from innohub.chart.frame import Frame, frame_around
from innohub.chart.labels import DISTANCES, LED, Box, Mark, place_labels
from innohub.chart.palette import GREY, HAIRLINE, INK, LAND, SHORE
from innohub.chart.picture import Drawing
from innohub.chart.reading import View, bilingual
from innohub.chart.rows import sentences, tier_key
from innohub.chart.sheet import BODY, CAP, POINT, SMALL, key_room, legend, panel, sheet, width, wrap
from innohub.chart.tables import records

KEY = 6.0
SMALLEST, LARGEST = 2.2, 8.5
CITY = 0.55
LONGEST_LIST = 60
WIDEST_LABEL = 0.225


@dataclass(frozen=True)
class Points:
    """Positions on the map in millimetres from its lower left corner, diameters (mm) and names."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    size: NDArray[np.float64]
    names: tuple[str, ...]

    def marks(self, points: float) -> list[Mark]:
        """Return the marks with the size of their labels in type of some points."""
        rows = zip(self.x, self.y, self.size, self.names, strict=True)
        return [
            Mark(x, y, s / 2, max(width(line, points) for line in lines), points * POINT * 1.1 * len(lines))
            for x, y, s, name in rows
            if (lines := name.split("\n"))
        ]


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the map."""
    placed = view.places.dropna(subset=["lat", "lon"])
    cities = _cities(view)
    every = pd.concat([placed[["lon", "lat"]], cities[["lon", "lat"]]])
    window = frame_around(every["lon"].to_numpy(dtype=float), every["lat"].to_numpy(dtype=float))
    tall = width_mm * window.shape
    entries = _key(view, len(cities) > 0)
    top = KEY + key_room(entries, 0.0, width_mm)[1]
    figure = sheet(width_mm, top + tall)
    axes = panel(figure, 0.0, top, width_mm, tall)
    _ground(axes, window, width_mm, tall)
    regions = _points(placed, window, width_mm, _diameters(placed["score"], width_mm))
    towns = _points(cities, window, width_mm, np.full(len(cities), 2 * CITY))
    _draw_marks(axes, view, placed, regions, towns)
    inside = Box(0.8, 0.8, width_mm - 0.8, tall - 0.8)
    _draw_labels(axes, regions, towns, inside, _size_key(axes, view, regions, placed, inside))
    legend(figure, entries, 0.0)
    return Drawing(
        figure,
        _title(view),
        view.say("map.subtitle", index=view.title, year=view.year, count=len(placed), noun=view.noun),
        sentences(
            view, view.say("map.note", noun=view.noun), view.say("map.note_cities") if len(cities) else ""
        ),
        _alt(view, placed),
        ground=view.say("map.ground"),
    )


def _cities(view: View) -> pd.DataFrame:
    """Return the plan's centre cities that have a position, each once."""
    plan = view.table("plan")
    if plan.empty or not {"lat", "lon"} <= set(plan.columns):
        return pd.DataFrame({"lon": [], "lat": [], "name": []})
    plan = plan.dropna(subset=["lat", "lon"]).drop_duplicates(["lat", "lon"])
    return plan.assign(name=[bilingual(row, "centre", view.language) for row in records(plan)])


def _diameters(scores: pd.Series, width_mm: float) -> NDArray[np.float64]:
    """Return diameters in millimetres whose areas grow evenly with the score."""
    values = scores.to_numpy(dtype=float)
    low = min(0.0, float(values.min()))
    share = (values - low) / max(float(values.max()) - low, 1e-12)
    shrink = min(1.0, max(0.6, width_mm / 160))
    return np.asarray(shrink * np.sqrt(SMALLEST**2 + share * (LARGEST**2 - SMALLEST**2)))


def _points(table: pd.DataFrame, window: Frame, width_mm: float, size: NDArray[np.float64]) -> Points:
    x, y = window.project(table["lon"].to_numpy(dtype=float), table["lat"].to_numpy(dtype=float))
    scale = width_mm / (window.right - window.left)
    names = tuple(wrap(name, WIDEST_LABEL * width_mm) for name in table["name"])
    return Points((x - window.left) * scale, (y - window.low) * scale, size, names)


def _ground(axes: Axes, window: Frame, wide: float, tall: float) -> None:
    axes.set_xlim(0, wide)
    axes.set_ylim(0, tall)
    axes.set_xticks([])
    axes.set_yticks([])
    if window.land is not None:
        scale = wide / (window.right - window.left)
        land = window.land.deepcopy()
        land.vertices = (np.asarray(land.vertices) - [window.left, window.low]) * scale
        axes.add_patch(PathPatch(land, facecolor=LAND, edgecolor=SHORE, linewidth=0.3, zorder=0))
    axes.add_patch(Rectangle((0, 0), wide, tall, fill=False, edgecolor=HAIRLINE, linewidth=0.8, zorder=6))


def _draw_marks(axes: Axes, view: View, placed: pd.DataFrame, regions: Points, towns: Points) -> None:
    axes.plot(
        towns.x, towns.y, linestyle="none", marker="o", markersize=2 * CITY / POINT, color="white",
        markeredgecolor=INK, markeredgewidth=0.5, zorder=4,
    )  # fmt: skip
    for x, y, size, tier in zip(regions.x, regions.y, regions.size, placed["tier"], strict=True):
        look = view.look(tier)
        axes.plot(
            x, y, marker=look.marker, markersize=size * look.size / POINT, color=look.colour,
            markeredgecolor=look.edge, markeredgewidth=0.6, alpha=0.88, zorder=3,
        )  # fmt: skip


def _draw_labels(axes: Axes, regions: Points, towns: Points, frame: Box, key: Box | None) -> None:
    """Label the places, best rank first, then the centre cities where room is left."""
    marks, small = regions.marks(BODY), towns.marks(SMALL)
    reserved = [key] if key else []
    boxes = place_labels(marks, frame, [mark.box for mark in small] + reserved)
    for mark, box, name in zip(marks, boxes, regions.names, strict=True):
        if box:
            _lead(axes, mark, box)
            _label(axes, box, name, BODY, INK)
    named = {name for name, box in zip(regions.names, boxes, strict=True) if box}
    taken = [mark.box for mark in marks] + [box for box in boxes if box] + reserved
    for box, name in zip(place_labels(small, frame, taken, DISTANCES[:1]), towns.names, strict=True):
        if box and name not in named:
            _label(axes, box, name, SMALL, GREY)


def _label(axes: Axes, box: Box, name: str, size: float, colour: str) -> None:
    lines = name.split("\n")
    for number, line in enumerate(lines):
        middle = box.high - (number + 0.5) * (box.high - box.low) / len(lines)
        axes.annotate(
            line, ((box.left + box.right) / 2, middle), (0, -CAP * size), textcoords="offset points",
            ha="center", va="baseline", size=size, color=colour, zorder=5,
        )  # fmt: skip


def _lead(axes: Axes, mark: Mark, box: Box) -> None:
    """Join a label that stands off to its mark."""
    if mark.gap(box) > LED:
        x, y = min(max(mark.x, box.left), box.right), min(max(mark.y, box.low), box.high)
        start = mark.radius / float(np.hypot(x - mark.x, y - mark.y))
        axes.plot(
            [mark.x + (x - mark.x) * start, x], [mark.y + (y - mark.y) * start, y], color=GREY, linewidth=0.4,
            zorder=5,
        )  # fmt: skip


def _size_key(axes: Axes, view: View, regions: Points, placed: pd.DataFrame, frame: Box) -> Box | None:
    """Show what sizes mean, in a corner without marks; ``None`` if every corner is taken."""
    scores = placed["score"].to_numpy(dtype=float)
    ends = [int(scores.argmax()), int(scores.argmin())]
    large, small = regions.size[ends]
    texts, head = [view.score(scores[end]) for end in ends], view.say("map.size")
    wide = max(large + 1.0 + max(width(text, SMALL) for text in texts), width(head, SMALL)) + 2.0
    tall = large + small + 7.0
    corner = _free_corner(wide, tall, frame, [mark.box for mark in regions.marks(BODY)])
    if corner is None:
        return None
    axes.add_patch(
        Rectangle(
            (corner.left, corner.low), wide, tall, facecolor="white", edgecolor="none", alpha=0.8, zorder=2
        )
    )
    _label(axes, Box(corner.left, corner.high - 4.0, corner.right, corner.high - 0.5), head, SMALL, GREY)
    heights = (corner.low + small + 2.2 + large / 2, corner.low + 1.0 + small / 2)
    for size, text, height in zip((large, small), texts, heights, strict=True):
        axes.plot(
            corner.left + 1.0 + large / 2, height, marker="o", markersize=size / POINT, color="white",
            markeredgecolor=GREY, markeredgewidth=0.6, zorder=3,
        )  # fmt: skip
        at = corner.left + large + 2.0
        _label(axes, Box(at, height - 1, at + width(text, SMALL), height + 1), text, SMALL, GREY)
    return corner


def _free_corner(wide: float, tall: float, frame: Box, marks: list[Box]) -> Box | None:
    """Return the first corner, beginning at the lower left, that holds no mark."""
    lefts, lows = (frame.left, frame.right - wide), (frame.low, frame.high - tall)
    corners = (Box(left, low, left + wide, low + tall) for low in lows for left in lefts)
    return next((corner for corner in corners if not any(map(corner.meets, marks))), None)


def _key(view: View, cities: bool) -> list[tuple[Line2D, str]]:
    city = Line2D(
        [0], [0], marker="o", markersize=2 * CITY / POINT, color="white", markeredgecolor=INK,
        markeredgewidth=0.5, linestyle="none",
    )  # fmt: skip
    return [*tier_key(view), *([(city, view.say("map.city"))] if cities else [])]


def _title(view: View) -> str:
    if not view.tiers:
        first, last = view.places["name"].iloc[0], view.places["name"].iloc[-1]
        return view.say("map.title_untiered", first=first, last=last, index=view.title)
    tiers = view.places["tier"]
    members = {tier: list(tiers.index[tiers == tier]) for tier in view.tiers if (tiers == tier).any()}
    (top, places), *others = members.items()
    rest = [
        view.say("map.tier_count", tier=view.tier_phrase(tier), count=len(found)) for tier, found in others
    ]
    named = view.names(places)
    key = "one" if not rest else "named" if len(named) <= LONGEST_LIST else "counts"
    return view.say(
        f"map.title_{key}",
        tier=view.tiers[top] if key == "named" else view.tier_phrase(top),
        rest=wording.listing(rest, view.language),
        count=len(places),
        total=len(tiers),
        noun=view.noun,
        places=named,
    )


def _alt(view: View, placed: pd.DataFrame) -> str:
    return view.say(
        "map.alt", title=_title(view), count=len(placed), noun=view.noun,
        low=view.score(placed["score"].min()), high=view.score(placed["score"].max()),
    )  # fmt: skip
