"""The frame of a map holds its points, keeps a bearable shape, and copes with the 180th meridian."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.chart.frame import frame_around

POINTS = st.lists(st.tuples(st.floats(-180, 180), st.floats(-70, 75)), min_size=1, max_size=12)


@given(points=POINTS)
def test_points_lie_inside_a_frame_of_bearable_shape(points):
    lon, lat = np.array(points).T
    frame = frame_around(lon, lat)
    x, y = frame.project(lon, lat)
    assert ((frame.left < x) & (x < frame.right)).all()
    assert ((frame.low < y) & (y < frame.high)).all()
    assert 0.47 < frame.shape < 0.77


def test_the_pacific_is_framed_from_its_own_middle():
    frame = frame_around(np.array([174.8, -157.9, 151.2]), np.array([-36.8, 21.3, -33.9]))
    assert abs(frame.centre) > 150
    assert frame.right - frame.left < 2.0


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ([116.0, 121.0], [40.0, 31.0]),
        ([-74.0, 139.0, 18.0], [40.0, 35.0, -33.0]),
        ([174.0, -157.0], [-36.0, 21.0]),
    ],
)
def test_land_has_no_stroke_across_the_map(lon, lat):
    frame = frame_around(np.array(lon), np.array(lat))
    starts = frame.land.codes == frame.land.MOVETO
    steps = np.abs(np.diff(frame.land.vertices, axis=0)).max(axis=1)
    closing = frame.land.codes == frame.land.CLOSEPOLY
    assert steps[~starts[1:] & ~closing[1:]].max() < 0.25


def test_open_sea_has_no_land():
    assert frame_around(np.array([-130.0, -129.5]), np.array([-10.0, -9.5])).land is None
