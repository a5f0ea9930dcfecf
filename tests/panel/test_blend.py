"""One panel out of two."""

from dataclasses import replace

import numpy as np
import pandas as pd

from innohub.panel import build_panel
from innohub.panel.blend import aligned, blend


def panel(places, year, offset):
    values = pd.DataFrame(
        [
            (place, "a", year - back, offset + at + back / 10)
            for at, place in enumerate(places)
            for back in (0, 1)
        ],
        columns=["place", "indicator", "year", "value"],
    )
    told = pd.DataFrame({"indicator": ["a"], "direction": [1]})
    return build_panel(values, told, places, ["a"], year, years=[year - 1])


def test_each_place_comes_whole_from_one_panel():
    one, other = panel(["x", "y", "z"], 2020, 0.0), aligned(panel(["x", "y", "w"], 2022, 100.0), 2020)
    mixed = blend(one, other, {"y"}, ["w", "y", "x"])
    now = mixed.of_year(2020)
    assert now.places == ("w", "y", "x")
    # w is only in the second panel, so it stays there though it was not asked for.
    assert now.matrix[:, 0].tolist() == [102.0, 101.0, 0.0]
    assert mixed.of_year(2019).matrix[:, 0].tolist() == [102.1, 101.1, 0.1]


def test_alone_a_panel_stays_what_it_was():
    one = panel(["x", "y"], 2020, 0.0)
    same = blend(one, one, set(), one.of_year(2020).places)
    assert same.places == one.places
    np.testing.assert_array_equal(same.matrix, one.matrix)
    np.testing.assert_array_equal(same.years, one.years)
    np.testing.assert_array_equal(replace(same).flags, one.flags)
