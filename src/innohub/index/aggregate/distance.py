"""Distances to an ideal: TOPSIS, VIKOR, grey relational grade.

The aggregators get values of which more is better. The textbook starts from raw values with directions; under
``normalise = "none"`` a cost indicator arrives as -x, whose best is its largest value -min x and whose distances are
those of x, so that ideal points by direction come out exactly: no reciprocal, no other reversal.
"""

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.aggregate.compare import Params, Weighting, comparing, require, spread, to_shares, total

Array = NDArray[np.float64]


def _over(values: Array, scale: Array) -> Array:
    """Divide by a scale; a column without extent is at no distance from anything."""
    return np.divide(values, scale, out=np.zeros_like(values), where=scale > 0)


def closeness(x: Array, p: Params) -> Weighting:
    """TOPSIS: relative closeness to the ideal, c = d⁻ / (d⁺ + d⁻), 0…1.

    v = w · x / norm, d⁺ and d⁻ the Euclidean distances to the best and the worst v of every child. The norm is
    ``vector``, sqrt(sum x²) over the places compared (Hwang & Yoon 1981), or ``minmax``, the range. The textbook's
    numbers need ``normalise = "none"`` with ``vector``; ``minmax`` gives the same after any linear normaliser.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better, no gaps.
    p : variant.

    Returns
    -------
    The function from weightings (draws, children) to closeness (draws, places).

    Raises
    ------
    ScaleError
        S122 when no two places differ in an indicator that weighs: c is 0/0.

    References
    ----------
    Hwang & Yoon (1981), Multiple Attribute Decision Making, doi 10.1007/978-3-642-48318-9.
    """
    top, bottom, extent = spread(x, axis=-2)
    scale = extent if p["variant"] == "minmax" else np.sqrt((x**2).sum(axis=-2, keepdims=True))
    scale = np.where(extent > 0, scale, 0.0)
    to_best, to_worst = _over(top - x, scale) ** 2, _over(x - bottom, scale) ** 2

    def score(weights: Array) -> Array:
        squares = to_shares(weights) ** 2
        far, near = np.sqrt(total(to_best, squares)), np.sqrt(total(to_worst, squares))
        whole = far + near
        if (whole == 0).any():
            raise ScaleError(Finding("S122"))
        return np.asarray(near / whole)

    return score


def compromise(x: Array, p: Params) -> Weighting:
    """VIKOR: 1 - Q, so that more is better, 0…1.

    With d = (best - x) / (best - worst) by child: S = sum w d, R = max w d, and
    Q = v (S - min S) / (max S - min S) + (1 - v) (R - min R) / (max R - min R). A constant child has d = 0; where
    all S, or all R, tie, that term is 0. The conditions of an accepted compromise are not part of the score.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better, no gaps. Linear normalising changes nothing.
    p : v, the weight of the group utility S against the individual regret R.

    Returns
    -------
    The function from weightings (draws, children) to 1 - Q (draws, places).

    References
    ----------
    Opricovic (1998); Opricovic & Tzeng (2004), doi 10.1016/S0377-2217(03)00020-1.
    """
    v = p["v"]
    require(0 <= v <= 1, "vikor", "v", v, "0…1")
    top, _, extent = spread(x, axis=-2)
    regret = _over(top - x, extent)

    def score(weights: Array) -> Array:
        shares = to_shares(weights)
        return np.asarray(1.0 - v * _unit(total(regret, shares)) - (1 - v) * _unit(_worst(regret, shares)))

    return score


def _worst(regret: Array, shares: Array) -> Array:
    """Return the largest weighted regret of each place, (draws, places)."""
    columns = np.moveaxis(regret, -1, 0)
    worst = shares[:, :1] * columns[0]
    product = np.empty_like(worst)
    for child, column in enumerate(columns[1:], start=1):
        np.multiply(shares[:, child, None], column, out=product)
        np.maximum(worst, product, out=worst)
    return np.asarray(worst)


def _unit(values: Array) -> Array:
    """Bring each row to 0…1; a row of ties is 0 throughout."""
    _, bottom, extent = spread(values, axis=1)
    return _over(values - bottom, extent)


def grey_grade(x: Array, p: Params) -> Weighting:
    """Grey relational grade with the best place of every child as reference, 0…1.

    xi = (dmin + rho dmax) / (d + rho dmax), d the distance to the reference, dmin and dmax over all places and
    children; the grade is sum w xi with weights that sum to one. Values must be on one scale: the textbook takes
    ``minmax(0, 1)``. Where no place differs from the reference every grade is 1.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better, no gaps.
    p : rho, the distinguishing coefficient, above 0 and at most 1.

    Returns
    -------
    The function from weightings (draws, children) to grades (draws, places).

    References
    ----------
    Deng (1982), doi 10.1016/S0167-6911(82)80025-X; Deng (1989), Journal of Grey System 1:1–24.
    """
    rho = p["rho"]
    require(0 < rho <= 1, "grey", "rho", rho, "0…1 (0 excluded)")
    top, _, extent = spread(x, axis=-2)
    distance = np.where(extent > 0, top - x, 0.0)
    least = distance.min(axis=(-2, -1), keepdims=True)
    widest = distance.max(axis=(-2, -1), keepdims=True)
    below = distance + rho * widest
    xi = np.divide(least + rho * widest, below, out=np.ones_like(below), where=below > 0)

    def score(weights: Array) -> Array:
        return total(xi, to_shares(weights))

    return score


METHODS = {
    "topsis": comparing("topsis", closeness),
    "vikor": comparing("vikor", compromise),
    "grey": comparing("grey", grey_grade),
}
