"""Skewness and kurtosis of a sample."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

# Below this the deviations are rounding errors of equal values.
_FLAT = 1e-14


def is_flat(x: Vector) -> bool:
    """Say whether values are all equal, up to rounding."""
    return bool(np.ptp(x) <= _FLAT * np.abs(x).max()) if len(x) else True


def skewness(x: Vector) -> float:
    """Skewness G1 = sqrt(n(n-1))/(n-2) · m3/m2^1.5, central moments with 1/n (Joanes & Gill 1998; Excel's SKEW).

    Parameters
    ----------
    x : (places,) without missing values.

    Returns
    -------
    NaN with fewer than three values or without any spread.

    Examples
    --------
    >>> round(skewness(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 100.0])), 6)
    3.118896
    """
    n = len(x)
    if n < 3 or is_flat(x):
        return float("nan")
    # Moments are of a scale-free deviation, so that neither huge nor tiny values overflow.
    d = (x - x.mean()) / np.ptp(x)
    m2, m3 = (d**2).mean(), (d**3).mean()
    return float(np.sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5)


def kurtosis(x: Vector) -> float:
    """Excess kurtosis G2 = ((n+1)(r-3)+6)(n-1)/((n-2)(n-3)), r = m4/m2² (Joanes & Gill 1998; Excel's KURT).

    Parameters
    ----------
    x : (places,) without missing values.

    Returns
    -------
    NaN with fewer than four values or without any spread.

    Examples
    --------
    >>> round(kurtosis(np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 100.0])), 6)
    9.799245
    """
    n = len(x)
    if n < 4 or is_flat(x):
        return float("nan")
    d = (x - x.mean()) / np.ptp(x)
    r = (d**4).mean() / (d**2).mean() ** 2
    return float(((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))
