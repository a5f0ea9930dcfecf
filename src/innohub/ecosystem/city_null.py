"""What a null model expects of ties between cities, in all and by city."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

_WIDEST_DECAY = 20.0


def expected_shares(mass: Vector, distance: Matrix | None = None, decay: float = 0.0) -> Matrix:
    """Return the share of tie weight that a null expects in each pair of cities.

    The two ends of a tie fall on cities in proportion to mass, and to distance^-decay: p_ij ~ m_i m_j d_ij^-decay,
    i = j included, so that ties within a city are part of the whole. decay 0 is the configuration null of Newman
    (2006, doi 10.1073/pnas.0601602103) on the level of cities; above it a gravity model without constraints.

    Parameters
    ----------
    mass : (cities,) of zero or above: their tie weight, or another size.
    distance : (cities, cities), symmetric, above zero, the diagonal being a mean distance within the city.

    Returns
    -------
    (cities, cities), symmetric, sum 1; off the diagonal, half of the pair's share stands on either side.

    Examples
    --------
    >>> expected_shares(np.array([1.0, 3.0])).tolist()
    [[0.0625, 0.1875], [0.1875, 0.5625]]
    """
    kernel = np.ones((len(mass), len(mass))) if distance is None else distance**-decay
    weight = mass[:, None] * mass[None, :] * kernel
    total = weight.sum()
    share: Matrix = weight / total if total > 0 else np.full(weight.shape, np.nan)
    return share


def fit_decay(observed: Matrix, mass: Vector, distance: Matrix) -> float:
    """Return the decay of largest likelihood: that at which expected and observed mean log distance agree.

    Parameters
    ----------
    observed : (cities, cities) tie weight, symmetric, half of a pair's weight on either side.

    Returns
    -------
    The exponent, within 0 to 20; a negative one is cut at 0, because distance does not then hinder. NaN where no
    exponent gives the observed mean.
    """
    log = np.log(distance)
    wanted = (observed * log).sum() / observed.sum()

    def off(decay: float) -> float:
        return float((expected_shares(mass, distance, decay) * log).sum() - wanted)

    if off(0.0) <= 0:
        return 0.0
    return float("nan") if off(_WIDEST_DECAY) > 0 else float(brentq(off, 0.0, _WIDEST_DECAY))


@dataclass(frozen=True)
class Compared:
    """Ties against expectation, in all (``ratio``, ``cross``, ``awaited``) and by city (``leaves``, ``should``)."""

    ratio: float
    cross: float
    awaited: float
    decay: float
    observed: Matrix
    expected: Matrix
    leaves: Vector
    should: Vector


@dataclass(frozen=True)
class CityNull:
    """What a null knows: distances, sizes that are given, the decay that is given (fitted where None)."""

    distance: Matrix | None
    mass: Vector | None
    decay: float | None

    def compare(self, half: Matrix) -> Compared:
        """Compare tie weights (cities, cities), each tie on one of the two sides, with what is expected."""
        observed: Matrix = (half + half.T) / 2
        total, void = observed.sum(), np.full(half.shape, np.nan)
        if not total > 0:
            nothing = np.full(len(half), np.nan)
            return Compared(np.nan, np.nan, np.nan, np.nan, observed, void, nothing, nothing)
        size = observed.sum(axis=1) if self.mass is None else self.mass
        used = float(self.decay or 0)
        if self.decay is None and self.distance is not None:
            used = fit_decay(observed, size, self.distance)
        expected = void if np.isnan(used) else expected_shares(size, self.distance, used)
        cross, awaited = 1 - np.trace(observed) / total, 1 - np.trace(expected)
        # One city alone expects no ties across, up to the last digit.
        ratio = cross / awaited if awaited > 1e-12 else np.nan
        return Compared(
            float(ratio), float(cross), float(awaited), used, observed, expected,
            leaving(observed), leaving(expected),
        )  # fmt: skip


def leaving(weight: Matrix) -> Vector:
    """Return the share of the ties that touch each city and lead out of it."""
    inside = np.diag(weight)
    across = 2 * (weight.sum(axis=1) - inside)
    touching = across + inside
    share: Vector = np.divide(across, touching, out=np.full(len(weight), np.nan), where=touching > 0)
    return share
