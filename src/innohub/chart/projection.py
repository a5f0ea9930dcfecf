"""The Equal Earth projection (Šavrič, Patterson, Jenny 2018), on the unit sphere."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(
    lon: ArrayLike, lat: ArrayLike, centre: float = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Project degrees to the plane, keeping areas.

    Parameters
    ----------
    lon, lat : degrees, of one shape.
    centre : central meridian in degrees. Lines that cross ``centre ± 180`` must be cut there beforehand.

    Returns
    -------
    x, y : of the shape of the input, in radii of the sphere; ``|x| <= 2.706630``, ``|y| <= 1.317363``.

    Examples
    --------
    >>> x, y = equal_earth(116.39723, 39.9075)
    >>> round(float(x), 6), round(float(y), 6)
    (1.552151, 0.773001)
    """
    turned = np.asarray(lon, dtype=float) - centre
    # A half turn stays on the side it came from: +180 must not become -180.
    inside = np.where(np.abs(turned) <= 180.0, turned, (turned + 180.0) % 360.0 - 180.0)
    lam, phi = np.radians(inside), np.radians(np.asarray(lat, dtype=float))
    theta = np.arcsin(np.sqrt(3.0) / 2.0 * np.sin(phi))
    square = theta * theta
    sixth: Any = square**3
    slope = A1 + 3.0 * A2 * square + sixth * (7.0 * A3 + 9.0 * A4 * square)
    x = 2.0 / np.sqrt(3.0) * lam * np.cos(theta) / slope
    y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return np.asarray(x), np.asarray(y)
