"""Land for the page's map: shores around the study's places, whichever way round the globe they lie."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from shapely import unary_union
from shapely.affinity import translate
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

from innohub.chart import land_polygons
from innohub.web.schema import Centre, Place

FINE = 60.0
# Places on most of the globe are shown on a whole world, cut where it hurts least: in the Bering Strait.
WORLDWIDE = 250.0
WORLD_MERIDIAN = 11.0


class Arc(NamedTuple):
    """Longitudes around a middle meridian, in degrees; ``span`` is its whole width."""

    middle: float
    span: float


class Land(NamedTuple):
    """The meridian in the middle of the map, and shores as rings of (lon, lat) within half a turn of it."""

    meridian: float
    rings: list[list[list[float]]]


def land_data(points: Sequence[Place | Centre]) -> Land:
    """Return land around the points, wide enough for any shape of window, in hundredths of a degree."""
    located = [(p["lon"], p["lat"]) for p in points if p["lon"] is not None and p["lat"] is not None]
    if not located:
        return Land(0.0, [])
    lon, lat = zip(*located, strict=True)
    arc = narrowest_arc(lon)
    reach = min(180.0, arc.span / 2 + 20 + 0.7 * arc.span)
    room = 10 + 0.4 * (max(lat) - min(lat))
    south, north = max(-90.0, min(lat) - room), min(90.0, max(lat) + room)
    polygons = _polygons(arc.middle - reach, south, arc.middle + reach, north, fine=arc.span < FINE)
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Land(arc.middle, [[[round(x, 2), round(y, 2)] for x, y in ring.coords] for ring in rings])


def narrowest_arc(lon: Sequence[float]) -> Arc:
    """Return the narrowest arc that holds all longitudes; the conventional world where they are all round.

    Examples
    --------
    >>> narrowest_arc([178.0, -172.0])
    Arc(middle=-177.0, span=10.0)
    >>> narrowest_arc([-150.0, -60.0, 30.0, 120.0])
    Arc(middle=11.0, span=360.0)
    """
    around = sorted(value % 360.0 for value in lon)
    after = [*around[1:], around[0] + 360.0]
    gap, start = max((b - a, b) for a, b in zip(around, after, strict=True))
    span = 360.0 - gap
    if span > WORLDWIDE:
        return Arc(WORLD_MERIDIAN, 360.0)
    return Arc((start + span / 2 + 180.0) % 360.0 - 180.0, span)


def _polygons(west: float, south: float, east: float, north: float, *, fine: bool) -> list[Polygon]:
    """Return land between two longitudes, one of which may lie beyond the 180th meridian."""
    detail: Literal["50m", "110m"] = "50m" if fine else "110m"
    parts = [land_polygons(max(west, -180.0), south, min(east, 180.0), north, detail)]
    for left, right, turn in ((west + 360.0, 180.0, -360.0), (-180.0, east - 360.0, 360.0)):
        if left < right:
            beyond = land_polygons(left, south, right, north, detail)
            parts.append([translate(polygon, turn) for polygon in beyond])
    polygons = [polygon for part in parts for polygon in part]
    if len(parts) == 1:
        return polygons
    # Joined again, or the 180th meridian would be drawn as a shore.
    joined = unary_union(polygons)
    return [orient(part) for part in getattr(joined, "geoms", [joined]) if isinstance(part, Polygon)]
