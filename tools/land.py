"""Build the shipped land mask from Natural Earth TopoJSON. Run by maintainers only.

    python tools/land.py LAND-110M.json COUNTRIES-50M.json[.gz] src/innohub/chart

Writes ``land-110m.json.gz`` and ``land-50m.json.gz``: lists of polygons, each a list of rings (the
exterior first, then its lakes), each ring the whole-number differences ``[x0, y0, dx, dy, ...]`` in
hundredths of a degree. No border survives, no ring crosses the 180th meridian, and the bytes depend on
the input files alone.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from shapely import make_valid, set_precision, unary_union
from shapely.affinity import translate
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

GRID = 0.01
Ring = list[tuple[float, float]]


def main() -> None:
    """Read the two files named on the command line and write both land masks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("land_110m", type=Path)
    parser.add_argument("countries_50m", type=Path)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    write(dissolve(read(asked.land_110m), "land"), asked.folder / "land-110m.json.gz")
    write(dissolve(read(asked.countries_50m), "land"), asked.folder / "land-50m.json.gz")


def read(path: Path) -> dict[str, Any]:
    """Read a TopoJSON file, gzipped or not."""
    data = path.read_bytes()
    return dict(json.loads(gzip.decompress(data) if path.suffix == ".gz" else data))


def dissolve(topology: dict[str, Any], name: str) -> list[Polygon]:
    """Merge all geometries of an object into polygons without inner borders, cut at the 180th meridian."""
    arcs = decode(topology)
    parts = [cut(rings) for rings in polygons(topology["objects"][name], arcs)]
    land = set_precision(unary_union(parts), GRID)
    found = [p for p in getattr(land, "geoms", [land]) if isinstance(p, Polygon) and p.area > GRID * GRID]
    return sorted((without_slivers(orient(p)) for p in found), key=lambda p: (-p.area, p.bounds))


def without_slivers(polygon: Polygon) -> Polygon:
    """Drop holes thinner than the grid: remains of borders, not lakes."""
    lakes = [ring for ring in polygon.interiors if not Polygon(ring).buffer(-2 * GRID).is_empty]
    return Polygon(polygon.exterior, lakes)


def decode(topology: dict[str, Any]) -> list[Ring]:
    """Undo the differences and the quantisation of the arcs."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((left + x * scale_x, bottom + y * scale_y))
        arcs.append(points)
    return arcs


def polygons(geometry: dict[str, Any], arcs: Sequence[Ring]) -> Iterator[list[Ring]]:
    """Yield the rings of every polygon below a geometry."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from polygons(part, arcs)
    elif kind in {"Polygon", "MultiPolygon"}:
        for part in [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"]:
            yield [stitch(ring, arcs) for ring in part]


def stitch(ring: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Join the arcs of a ring; a negative number is an arc walked backwards."""
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def cut(rings: Sequence[Ring]) -> BaseGeometry:
    """Return a polygon cut at the 180th meridian and brought back into -180..180."""
    shore, *lakes = [make_valid(Polygon(unroll(ring))) for ring in rings]
    # Shore and lake may have been unrolled into different turns, so each turn is brought home first.
    return home(shore).difference(unary_union([home(lake) for lake in lakes]))


def home(shape: BaseGeometry) -> BaseGeometry:
    """Bring the parts of an unrolled shape that lie beyond the 180th meridian back into -180..180."""
    worlds = ((k, box(360 * k - 180, -90, 360 * k + 180, 90)) for k in (-1, 0, 1))
    parts = [translate(shape.intersection(world), -360 * k) for k, world in worlds]
    return unary_union([part for part in parts if part.area > 0])


def unroll(ring: Ring) -> Ring:
    """Make longitudes continuous; a ring that goes round the south pole is closed along it."""
    turns = 0
    points = [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        turns -= round((lon - before) / 360)
        points.append((lon + 360 * turns, lat))
    if turns:
        points += [(points[-1][0], -90.0), (points[0][0], -90.0)]
    return points


def write(land: Sequence[Polygon], path: Path) -> None:
    """Write polygons as differences of whole numbers, compressed without a time stamp."""
    data = [[differences(ring.coords) for ring in (polygon.exterior, *polygon.interiors)] for polygon in land]
    text = json.dumps(data, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


def differences(points: Sequence[tuple[float, ...]]) -> list[int]:
    """Return a closed ring as its first point and the steps from point to point, without the last."""
    whole = [(round(lon / GRID), round(lat / GRID)) for lon, lat in points[:-1]]
    steps = list(whole[0])
    for (x, y), (next_x, next_y) in pairwise(whole):
        steps += [next_x - x, next_y - y]
    return steps


if __name__ == "__main__":
    main()
