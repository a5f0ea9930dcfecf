"""How exact a column is."""

import numpy as np

from innohub.panel.rounding import half_widths


def test_a_column_is_as_exact_as_its_most_exact_cell():
    half = half_widths(np.array([4.1, 3.25, 120000.0]), np.array([1, 2, 0]), np.array([1.0, 1.0, 1e4]))
    assert half.tolist() == [0.005, 0.005, 50.0]
