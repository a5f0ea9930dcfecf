"""The land of the page's map: framed the short way round, cut half a turn from its middle."""

from itertools import pairwise

import pytest

from innohub.web.land_data import land_data, narrowest_arc


def points(*places):
    return [{"lon": lon, "lat": lat} for lon, lat in places]


PACIFIC = points((178.4, -18.1), (-175.2, -21.1), (174.8, -41.3), (-157.9, 21.3), (151.2, -33.9))
WORLD = points(*((lon, lat) for lon in range(-170, 180, 20) for lat in (-40, 0, 60)))


@pytest.mark.parametrize(
    ("lon", "middle", "span"),
    [
        ([100.0, 130.0], 115.0, 30.0),
        ([178.0, -172.0], -177.0, 10.0),
        ([170.0, -150.0], -170.0, 40.0),
        ([5.0], 5.0, 0.0),
        ([0.0, 90.0, 180.0, -90.0], 11.0, 360.0),
    ],
)
def test_takes_the_short_way_round(lon, middle, span):
    arc = narrowest_arc(lon)
    assert (arc.middle, arc.span) == (pytest.approx(middle), pytest.approx(span))


@pytest.mark.parametrize("places", [PACIFIC, WORLD, points((-179.0, 65.0), (-100.0, 40.0))])
def test_rings_stay_within_half_a_turn_and_never_cross_the_map(places):
    land = land_data(places)
    assert len(land.rings) > 10
    for ring in land.rings:
        assert ring[0] == ring[-1]
        assert all(abs(lon - land.meridian) <= 180.01 for lon, _ in ring)
        assert max(abs(a[0] - b[0]) for a, b in pairwise(ring)) < 90


def test_the_180th_meridian_is_no_shore():
    """Fiji and Chukotka lie across it; the halves of an island may miss each other by a hundredth of a degree."""
    rings = land_data(PACIFIC).rings
    along = [
        abs(a[1] - b[1]) for ring in rings for a, b in pairwise(ring) if a[0] == b[0] == 180.0 and a[1] > -60
    ]
    assert sum(along) < 0.1


def test_no_coordinates_no_land():
    assert land_data([{"lon": None, "lat": None}]) == (0.0, [])
