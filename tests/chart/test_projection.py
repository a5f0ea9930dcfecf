"""Equal Earth against the figures of its authors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from innohub.chart.projection import equal_earth

BEIJING = (116.39723, 39.9075)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("point", "centre", "expected"),
    [
        (BEIJING, 0.0, (1.552151, 0.773001)),
        (BEIJING, 150.0, (-0.448091, 0.773001)),
        ((180.0, 0.0), 0.0, (2.706630, 0.0)),
        ((0.0, 90.0), 0.0, (0.0, 1.317363)),
        ((-180.0, 0.0), 0.0, (-2.706630, 0.0)),
    ],
)
def test_published_points(point, centre, expected):
    assert np.allclose(equal_earth(*point, centre), expected, atol=5e-7)


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90), turn=st.floats(-180, 180))
def test_turning_world_and_centre_together_changes_nothing(lon, lat, turn):
    x, y = equal_earth(lon, lat)
    turned_x, turned_y = equal_earth(lon + turn, lat, turn)
    assert np.allclose((abs(turned_x), turned_y), (abs(x), y), atol=1e-9)


def test_arrays_keep_their_shape_and_areas_are_equal():
    lon, lat = np.meshgrid(np.linspace(-60, 60, 61), np.linspace(-80, 80, 81))
    x, y = equal_earth(lon, lat)
    assert x.shape == y.shape == lon.shape
    step = np.diff(x, axis=1)[:-1, :] * np.diff(y, axis=0)[:, :-1]
    on_sphere = np.cos(np.radians(lat[:-1, :-1] + 1)) * np.radians(2) ** 2
    assert np.allclose(step / on_sphere, 1.0, atol=0.03)
