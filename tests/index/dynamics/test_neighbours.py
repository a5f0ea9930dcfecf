"""Who is near whom."""

import numpy as np
import pytest

from innohub.index.dynamics import great_circle, nearest_neighbours, paired_neighbours


def test_distances_between_known_cities():
    # Beijing, Shanghai, Urumqi.
    distance = great_circle(np.array([39.9, 31.23, 43.83]), np.array([116.4, 121.47, 87.62]))
    assert distance[0, 1] == pytest.approx(1068, abs=5)
    assert distance[0, 2] == pytest.approx(2410, abs=15)
    assert np.array_equal(distance, distance.T)


def test_the_date_line_does_not_part_neighbours():
    distance = great_circle(np.array([0.0, 0.0]), np.array([179.5, -179.5]))
    assert distance[0, 1] == pytest.approx(111.2, abs=0.1)


def test_the_nearest_by_brute_force():
    rng = np.random.default_rng(2)
    lat, lon = rng.uniform(-80, 80, 30), rng.uniform(-180, 180, 30)
    weight = nearest_neighbours(lat, lon, 4)
    at = np.column_stack(
        [np.cos(np.radians(lat)) * np.cos(np.radians(lon)), np.cos(np.radians(lat)) * np.sin(np.radians(lon))]
    )
    at = np.column_stack([at, np.sin(np.radians(lat))])
    for place in range(30):
        chord = np.linalg.norm(at - at[place], axis=1)
        chord[place] = np.inf
        assert set(np.flatnonzero(weight[place])) == set(np.argsort(chord)[:4])
    assert weight.sum(axis=1) == pytest.approx(1)


def test_a_place_without_coordinates_is_alone():
    weight = nearest_neighbours(np.array([0.0, 1, np.nan, 3]), np.array([0.0, 0, 0, 0]), 2)
    assert weight[2].tolist() == [0] * 4
    assert weight[:, 2].tolist() == [0] * 4
    assert weight[0].tolist() == [0, 0.5, 0, 0.5]


def test_more_neighbours_than_places_are_all_others():
    weight = nearest_neighbours(np.array([0.0, 1, 2]), np.zeros(3), 9)
    assert weight.tolist() == [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]


def test_places_at_one_point_do_not_confuse_themselves():
    weight = nearest_neighbours(np.zeros(3), np.zeros(3), 1)
    assert weight.tolist() == [[0, 1, 0], [1, 0, 0], [1, 0, 0]]


def test_a_pair_holds_both_ways_unless_the_other_way_is_there():
    pairs = [("a", "b", 2.0), ("b", "a", 0.0), ("a", "c", 2.0), ("a", "elsewhere", 9.0)]
    weight = paired_neighbours(pairs, ["a", "b", "c"])
    assert weight.tolist() == [[0, 0.5, 0.5], [0, 0, 0], [1, 0, 0]]
