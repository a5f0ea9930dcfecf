"""The land mask: coastlines without any border, clipped to a frame and at the 180th meridian.

From Natural Earth (public domain), 1:110 million and 1:50 million, in hundredths of a degree; see
``land.md`` beside the data. Country or province lines appear only from a file that the user supplies.
"""

import gzip
import json
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Literal

from shapely import STRtree, segmentize
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Detail = Literal["110m", "50m"]
Ring = list[tuple[float, float]]

WIDE = 90.0
LONGEST_EDGE = 2.0


def land_rings(
    west: float, south: float, east: float, north: float, detail: Detail | None = None
) -> list[Ring]:
    """Return the shores inside a frame as closed rings of (longitude, latitude).

    Parameters
    ----------
    west, south, east, north : the frame in degrees; ``west > east`` means a frame across the 180th
        meridian, whose two halves are returned as separate rings.
    detail : coastline to use; by default 110m for frames wider than 90 degrees, else 50m.

    Returns
    -------
    Rings within -180..180: land counter-clockwise, lakes (only the Caspian Sea) clockwise, so that one
    path of all rings fills rightly under the even-odd and the non-zero rule. No edge is longer than two
    degrees, so that straight cuts bend with the projection.

    Examples
    --------
    >>> len(land_rings(108.0, 18.0, 112.0, 20.5)) > 0
    True
    >>> land_rings(-140.0, 0.0, -130.0, 10.0)
    []
    """
    return [
        [(float(lon), float(lat)) for lon, lat in ring.coords]
        for polygon in land_polygons(west, south, east, north, detail)
        for ring in (polygon.exterior, *polygon.interiors)
    ]


def land_polygons(
    west: float, south: float, east: float, north: float, detail: Detail | None = None
) -> list[Polygon]:
    """Return the land inside a frame as polygons, largest first; see :func:`land_rings`."""
    if west > east:
        width = east - west + 360.0
        chosen = detail or _detail(width)
        halves = ((west, 180.0), (-180.0, east))
        return [part for left, right in halves for part in land_polygons(left, south, right, north, chosen)]
    frame = box(west, south, east, north)
    polygons, tree = _land(detail or _detail(east - west))
    clipped = (polygons[number].intersection(frame) for number in sorted(tree.query(frame)))
    found = [part for shape in clipped for part in _polygons(shape)]
    return [orient(segmentize(part, LONGEST_EDGE)) for part in found]


def _detail(width: float) -> Detail:
    return "110m" if width > WIDE else "50m"


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    parts = getattr(shape, "geoms", [shape])
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


@cache
def _land(detail: Detail) -> tuple[list[Polygon], STRtree]:
    text = files("innohub.chart").joinpath(f"land-{detail}.json.gz").read_bytes()
    rings = [[_points(ring) for ring in polygon] for polygon in json.loads(gzip.decompress(text))]
    polygons = [Polygon(shore, lakes) for shore, *lakes in rings]
    return polygons, STRtree(polygons)


def _points(steps: list[int]) -> Ring:
    """Undo the differences of a stored ring."""
    lons, lats = accumulate(steps[::2]), accumulate(steps[1::2])
    return [(lon / 100, lat / 100) for lon, lat in zip(lons, lats, strict=True)]
