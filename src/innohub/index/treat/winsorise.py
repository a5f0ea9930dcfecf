"""Bring the outermost values in to the next ones."""

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.treat.moments import kurtosis, skewness
from innohub.index.treat.record import Step

Vector = NDArray[np.float64]


def passes(x: Vector, skew: float, kurt: float) -> bool:
    """Say whether |G1| < skew or G2 < kurt: a column fails only beyond both limits."""
    return abs(skewness(x)) < skew or kurtosis(x) < kurt


def winsorise_until(x: Vector, skew: float, kurt: float, winmax: int) -> Step:
    """Winsorise point by point until a column passes or ``winmax`` points are moved.

    A step takes all points tied at the maximum (G1 >= 0) or minimum to the next value. ``winmax`` limits the points
    moved in all; points moved before count once, and a step that meets ties may end above the limit (as in COINr,
    Becker et al. 2022). A step that would leave a single value is not taken.

    Parameters
    ----------
    x : (places,) without missing values, at least four and not all equal.
    """
    values, high, low = x.copy(), np.zeros(len(x), dtype=bool), np.zeros(len(x), dtype=bool)
    while not passes(values, skew, kurt) and high.sum() + low.sum() < winmax:
        rising = skewness(values) >= 0
        edge = values == (values.max() if rising else values.min())
        rest = values[~edge]
        if rest.min() == rest.max():
            break
        values[edge] = rest.max() if rising else rest.min()
        high, low = (edge, low) if rising else (high, edge)
    moved = high | low
    return Step(values, moved, "winsorise" if moved.any() else "")


def winsorise_points(x: Vector, low: int, high: int) -> Step:
    """Set the ``low`` smallest values to the next larger one, the ``high`` largest to the next smaller (Dixon 1960).

    Parameters
    ----------
    x : (places,) without missing values.

    Raises
    ------
    ScaleError
        S161 when fewer than two values would stay where they are.
    """
    if low + high > len(x) - 2 and low + high:
        raise ScaleError(Finding("S161", params={"points": low + high, "count": len(x)}))
    ordered = np.sort(x)
    values = np.clip(x, ordered[low], ordered[len(x) - 1 - high])
    moved = values != x
    return Step(values, moved, "winsorise" if moved.any() else "")
