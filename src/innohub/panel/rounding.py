"""How exact a column of numbers is by the digits that it is written with."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


def half_widths(values: Vector, decimals: NDArray[np.int64], scales: Vector) -> Vector:
    """Return half the last digit of each value.

    A column is taken to be rounded to the most decimals found in it: spreadsheets drop the zero of 4.10.

    Parameters
    ----------
    values : (cells,).
    decimals : (cells,) as written.
    scales : (cells,) value of one unit of the written number.

    Examples
    --------
    >>> half_widths(np.array([4.1, 3.25]), np.array([1, 2]), np.ones(2)).tolist()
    [0.005, 0.005]
    """
    most = int(decimals.max(initial=0))
    return np.asarray(0.5 * 10.0**-most * np.abs(scales) * np.ones(len(values)))
