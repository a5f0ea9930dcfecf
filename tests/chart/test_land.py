"""The land mask: whole, without borders, cut at the 180th meridian."""

import importlib.util
from importlib.resources import files
from itertools import pairwise

import pytest
from shapely import get_coordinates
from shapely.geometry import Point, Polygon

from innohub.chart.land import land_polygons, land_rings

WORLD = (-180.0, -90.0, 180.0, 90.0)
DETAILS = ("110m", "50m")
# Points on both sides of land borders, and of the borders between Chinese provinces.
NEIGHBOURS = [
    ((116.4, 39.9), (105.0, 47.9)),
    ((87.6, 43.8), (76.9, 43.3)),
    ((108.3, 22.8), (105.8, 21.0)),
    ((125.3, 43.9), (131.9, 43.3)),
    ((2.3, 48.9), (13.4, 52.5)),
    ((-97.7, 30.3), (-99.1, 19.4)),
    ((104.1, 30.7), (106.6, 29.6)),
]


@pytest.mark.parametrize("detail", DETAILS)
def test_rings_are_valid_and_stay_within_the_world(detail):
    for polygon in land_polygons(*WORLD, detail=detail):
        assert polygon.is_valid
        west, south, east, north = polygon.bounds
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


@pytest.mark.parametrize("detail", DETAILS)
def test_no_edge_runs_across_the_map(detail):
    for ring in land_rings(*WORLD, detail=detail):
        assert ring[0] == ring[-1]
        assert max(abs(a[0] - b[0]) for a, b in pairwise(ring)) < 3


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize(("here", "there"), NEIGHBOURS)
def test_no_border_divides_the_land(detail, here, there):
    holding = [
        p for p in land_polygons(*WORLD, detail=detail) if p.covers(Point(here)) or p.covers(Point(there))
    ]
    assert len(holding) == 1


@pytest.mark.parametrize("detail", DETAILS)
def test_no_sliver_is_left_along_borders(detail):
    holes = [hole for p in land_polygons(*WORLD, detail=detail) for hole in p.interiors]
    assert [Polygon(hole).covers(Point(51, 42)) for hole in holes] == [True], "only the Caspian Sea is a hole"


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("sea", [(0.0, 0.0), (-150.0, 0.0), (180.0, -30.0), (-40.0, 30.0), (118.0, 15.0)])
def test_the_sea_is_sea(detail, sea):
    assert not any(polygon.covers(Point(sea)) for polygon in land_polygons(*WORLD, detail=detail))


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("land", [(121.0, 24.0), (110.3, 19.5), (0.0, -85.0), (179.0, -86.0), (-45.0, 70.0)])
def test_islands_and_the_far_south_are_land(detail, land):
    assert any(polygon.covers(Point(land)) for polygon in land_polygons(*WORLD, detail=detail))


def test_rings_are_clipped_to_the_frame():
    for ring in land_rings(100, 18, 125, 45):
        assert all(100 <= lon <= 125 and 18 <= lat <= 45 for lon, lat in ring)


def test_a_frame_across_the_180th_meridian_is_given_in_two_halves():
    rings = land_rings(170, 60, -165, 72)
    assert {ring[0][0] > 0 for ring in rings} == {True, False}
    assert all(abs(lon) >= 165 for ring in rings for lon, _ in ring)


def test_wide_frames_take_the_coarse_coast():
    china, world = land_rings(73, 15, 137, 54), land_rings(73, 15, 170, 54)
    assert china == land_rings(73, 15, 137, 54, detail="50m")
    assert world == land_rings(73, 15, 170, 54, detail="110m")


def test_land_runs_counter_clockwise_and_lakes_clockwise():
    for polygon in land_polygons(20, 20, 80, 60):
        assert polygon.exterior.is_ccw
        assert all(not hole.is_ccw for hole in polygon.interiors)


def test_the_data_are_small():
    data = [files("innohub.chart").joinpath(f"land-{detail}.json.gz").read_bytes() for detail in DETAILS]
    assert sum(map(len, data)) < 500_000


def test_the_tool_cuts_and_closes_rings(root):
    spec = importlib.util.spec_from_file_location("land_tool", root / "tools" / "land.py")
    land = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(land)
    across = land.cut([[(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]])
    assert across.bounds == (-180.0, 0.0, 180.0, 10.0)
    assert across.area == pytest.approx(200.0)
    around = land.cut([[(-180.0, -80.0), (-60.0, -80.0), (60.0, -80.0), (180.0, -80.0), (-180.0, -80.0)]])
    assert around.area == pytest.approx(3600.0)
    assert len(get_coordinates(around)) < 10


def test_the_area_is_that_of_the_origin():
    assert sum(polygon.area for polygon in land_polygons(*WORLD, detail="110m")) == pytest.approx(
        21_380, rel=0.01
    )
