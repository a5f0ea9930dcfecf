"""One year of values as a matrix."""

import numpy as np
import pandas as pd
import pytest

from innohub.errors import PanelError
from innohub.panel import build_panel

VALUES = pd.DataFrame(
    [
        ("a", "x", 2020, 1.0),
        ("b", "x", 2020, 2.0),
        ("b", "y", 2020, 3.0),
        ("a", "x", 2019, 9.0),
        ("c", "x", 2020, 7.0),
    ],
    columns=["place", "indicator", "year", "value"],
)
INDICATORS = pd.DataFrame({"indicator": ["y", "x", "z"], "direction": [-1, 1, 1]})


def test_layout():
    panel = build_panel(VALUES, INDICATORS, ["b", "a"], ["x", "y"], 2020)
    np.testing.assert_array_equal(panel.matrix, [[2.0, 3.0], [1.0, np.nan]])
    assert panel.directions.tolist() == [1, -1]
    assert len(panel.cells) == 3
    x, direction = panel.columns(["y"])
    assert x.shape == (2, 1)
    assert direction.tolist() == [-1]


def test_all_findings_at_once():
    with pytest.raises(PanelError) as caught:
        build_panel(VALUES, INDICATORS, ["a"], ["x", "y", "z"], 2020)
    assert [finding.code for finding in caught.value.findings] == ["P101", "P101", "P102"]
