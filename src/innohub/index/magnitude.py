"""Numbers near the ends of what a computer holds."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

# Beyond this power of two the square of a value is out of the range of floating-point numbers.
_EXTREME = 500


def tamed(y: Matrix) -> Matrix:
    """Scale columns of extreme size by a power of two, so that differences and squares neither overflow nor vanish.

    For what has no unit, such as a share of the range, the scale does not matter; other columns stay as they are.

    Parameters
    ----------
    y : (rows, columns), NaN for missing.

    Examples
    --------
    >>> bool(np.ptp(tamed(np.array([[1e308], [-1e308]]))) < 4)
    True
    """
    size = np.max(np.where(np.isfinite(y), np.abs(y), 0.0), axis=0, initial=0.0)
    exponent = np.frexp(size)[1]
    return np.asarray(np.ldexp(y, np.where((size > 0) & (np.abs(exponent) > _EXTREME), -exponent, 0)))
