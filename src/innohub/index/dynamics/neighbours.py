"""Which places are near each other: neighbour matrices from coordinates or from a table of pairs."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
EARTH_KM = 6371.0088


def great_circle(lat: Vector, lon: Vector) -> Matrix:
    """Distances in kilometres on a sphere of the earth's mean radius, by the haversine formula.

    Parameters
    ----------
    lat, lon : (places,) degrees; NaN gives NaN.

    Examples
    --------
    >>> float(great_circle(np.array([0.0, 0.0]), np.array([0.0, 180.0]))[0, 1].round(1))
    20015.1
    """
    phi, lam = np.radians(lat), np.radians(lon)
    across = np.sin((phi[:, None] - phi[None, :]) / 2) ** 2
    along = np.cos(phi)[:, None] * np.cos(phi)[None, :] * np.sin((lam[:, None] - lam[None, :]) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(across + along, 0, 1))))


def nearest_neighbours(lat: Vector, lon: Vector, count: int) -> Matrix:
    """Weights of the nearest places of each place, equal and with a row sum of one.

    Parameters
    ----------
    lat, lon : (places,) degrees; a place without them has no neighbours and is nobody's neighbour.
    count : how many; all others where there are fewer. At equal distances the earlier place comes first.

    Returns
    -------
    (places, places), not symmetric: a place may be near to one that has nearer ones.
    """
    distance = great_circle(lat, lon).round(6)
    np.fill_diagonal(distance, np.nan)
    order = np.argsort(distance, axis=1, kind="stable")[:, :count]
    weight = np.zeros_like(distance)
    np.put_along_axis(weight, order, 1.0, axis=1)
    weight[np.isnan(distance)] = 0.0
    return share_rows(weight)


def paired_neighbours(pairs: Iterable[tuple[str, str, float]], places: Sequence[str]) -> Matrix:
    """Weights from a table of pairs, each row with a sum of one.

    Parameters
    ----------
    pairs : place, neighbour, weight of zero or above. A pair holds both ways unless the other way is there itself;
        pairs with a place that is not among ``places`` are left out.
    places : the places, in the order of rows and columns.

    Examples
    --------
    >>> paired_neighbours([("a", "b", 1), ("b", "c", 3)], ["a", "b", "c"]).tolist()
    [[0.0, 1.0, 0.0], [0.25, 0.0, 0.75], [0.0, 1.0, 0.0]]
    """
    at = {place: row for row, place in enumerate(places)}
    weight = np.full((len(places), len(places)), np.nan)
    for place, other, value in pairs:
        if place in at and other in at:
            weight[at[place], at[other]] = value
    weight = np.where(np.isnan(weight), weight.T, weight)
    return share_rows(np.nan_to_num(weight))


def share_rows(weight: Matrix) -> Matrix:
    """Divide each row by its sum; a row of zeros stays."""
    total = weight.sum(axis=1, keepdims=True)
    return np.asarray(weight / np.where(total > 0, total, 1.0))
