"""Compare computed scores with the published values of the same index."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
# Binary fractions of decimals differ in the last bits, which is no difference of the index.
_EXACT = 1e-9


def allowed_difference(digits: int, within: float | None = None) -> float:
    """Return by how much a score may differ from a value published to some decimals: half a unit of the last.

    >>> allowed_difference(3)
    0.0005
    """
    return within if within is not None else 0.5 * 10.0**-digits


def reproduces(score: Vector, published: Vector, allowed: float) -> NDArray[np.bool_]:
    """Say which published values the scores reproduce; a score that is missing reproduces nothing.

    Parameters
    ----------
    score, published : (rows,).
    allowed : the largest difference, itself allowed.

    Examples
    --------
    >>> reproduces(np.array([0.8067, 0.8061, np.nan]), np.array([0.807, 0.807, 0.8]), 0.0005).tolist()
    [True, False, False]
    """
    return np.asarray(np.abs(score - published) <= allowed + _EXACT)
