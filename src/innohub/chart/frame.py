"""The frame of a map: a window on the plane around the study's places, with the land inside it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely import unary_union
from shapely.affinity import translate
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from innohub.chart.land import land_polygons
from innohub.chart.projection import equal_earth

Vector = NDArray[np.float64]
MARGIN = 0.12
SMALLEST = 0.02
TALLEST, FLATTEST = 0.76, 0.48


@dataclass(frozen=True)
class Frame:
    """A window on the Equal Earth plane around a central meridian, in radii of the sphere."""

    centre: float
    left: float
    right: float
    low: float
    high: float

    @property
    def shape(self) -> float:
        """Height over width."""
        return (self.high - self.low) / (self.right - self.left)

    def project(self, lon: Vector, lat: Vector) -> tuple[Vector, Vector]:
        """Project degrees to the plane of the map."""
        return equal_earth(lon, lat, self.centre)

    @cached_property
    def land(self) -> Path | None:
        """The land inside the window and a little beyond it, as one compound path."""
        west, south, east, north = self._degrees
        polygons = land_polygons(west, south, east, north)
        if west > east:
            # Joined again across the 180th meridian, or its line would be drawn as a shore.
            polygons = _parts(unary_union([_unturn(polygon, west) for polygon in polygons]))
        rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
        if not rings:
            return None
        parts = [Path(np.column_stack(self.project(*np.array(ring.coords).T)), closed=True) for ring in rings]
        return Path.make_compound_path(*parts)

    @property
    def _degrees(self) -> tuple[float, float, float, float]:
        """A box of degrees that holds the window; ``west > east`` across the 180th meridian."""
        lats = np.linspace(-90, 90, 721)
        heights = equal_earth(np.zeros_like(lats), lats)[1]
        south = (
            float(lats[np.searchsorted(heights, self.low, "right") - 1]) if self.low > heights[0] else -90.0
        )
        north = float(lats[np.searchsorted(heights, self.high)]) if self.high < heights[-1] else 90.0
        # A degree of longitude is shortest where the window is farthest from the equator.
        degree = equal_earth(np.ones(2), np.array([south, north]))[0].min()
        reach = max(-self.left, self.right) / max(degree, 1e-6) + 0.5
        if reach >= 180.0:
            # The seam of a whole world lies half a turn from its centre: begin and end just inside it.
            reach = 180.0 - 1e-6
        return _turn(self.centre - reach), south, _turn(self.centre + reach), north


def frame_around(lon: Vector, lat: Vector) -> Frame:
    """Frame some points with a margin, neither very tall nor very flat."""
    centre = _middle(lon)
    x, y = equal_earth(lon, lat, centre)
    wide, tall = max(np.ptp(x), SMALLEST) * (1 + 2 * MARGIN), max(np.ptp(y), SMALLEST) * (1 + 2 * MARGIN)
    wide, tall = max(wide, tall / TALLEST), max(tall, wide * FLATTEST)
    middle_x, middle_y = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    return Frame(
        centre,
        float(middle_x - wide / 2),
        float(middle_x + wide / 2),
        float(middle_y - tall / 2),
        float(middle_y + tall / 2),
    )


def _middle(lon: Vector) -> float:
    """Return the meridian in the middle of the narrowest arc that holds all points."""
    around = np.sort(np.mod(lon, 360.0))
    gaps = np.diff(np.append(around, around[0] + 360.0))
    widest = int(gaps.argmax())
    start = around[(widest + 1) % len(around)]
    return float(_turn(start + (360.0 - gaps[widest]) / 2))


def _unturn(polygon: Polygon, west: float) -> Polygon:
    """Bring a polygon east of the 180th meridian behind the one west of it."""
    return translate(polygon, 360.0) if polygon.bounds[2] < west else polygon


def _parts(shape: BaseGeometry) -> list[Polygon]:
    return [orient(part) for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon)]


def _turn(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0
