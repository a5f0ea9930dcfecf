"""Means with a penalty for imbalance: Mazziotta–Pareto, its adjusted form, and the mean–min function."""

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.aggregate.compare import require
from innohub.index.aggregate.means import weighted_mean

Array = NDArray[np.float64]
SPAN = (60.0, 140.0)
_SIGN = {"minus": -1.0, "plus": 1.0}


def penalised_mean(x: Array, weights: Array, sign: float) -> Array:
    """Mazziotta–Pareto penalty: M + sign · S · cv with cv = S / M.

    M and S are the mean and the population standard deviation of a place's own values. The paper takes both with
    equal weights; with other weights both are weighted alike, which is ours. A missing child is left out of both.

    Parameters
    ----------
    x : (places, children), or (draws, places, children), standardised around 100.
    weights : (children,) or (draws, children).
    sign : -1 where more is better and imbalance lowers the score, +1 where more is worse.

    Returns
    -------
    (places,) or (draws, places), on the scale of x.

    Raises
    ------
    ScaleError
        S123 when a mean is zero or below, where a coefficient of variation has no meaning.
    """
    centre = (np.fmax.reduce(x, axis=-1) + np.fmin.reduce(x, axis=-1)) / 2
    around = x - centre[..., None]
    shift = weighted_mean(around, weights)
    mean = centre + shift
    variance = np.maximum(weighted_mean(around**2, weights) - shift**2, 0.0)
    if (mean <= 0).any():
        params = {"count": int((mean <= 0).sum()), "least": float(np.nanmin(mean))}
        raise ScaleError(Finding("S123", params=params))
    return np.asarray(mean + sign * variance / mean)


def mpi(x: Array, weights: Array, variant: str) -> Array:
    """Mazziotta–Pareto index of values standardised to mean 100 and standard deviation 10.

    It presumes ``normalise = "zscore(100, 10)"`` (population standard deviation, ddof 0, over the places compared).

    Parameters
    ----------
    x : (places, children), or (draws, places, children).
    weights : (children,) or (draws, children).
    variant : ``minus`` (more is better) or ``plus`` (more is worse).

    Raises
    ------
    ScaleError
        S123 as :func:`penalised_mean`; S124 when the values do not lie around 100.

    References
    ----------
    De Muro, Mazziotta & Pareto (2011), doi 10.1007/s11205-010-9727-z; Mazziotta & Pareto (2016),
    doi 10.1007/s11205-015-0998-2.
    """
    _require_scale("mpi", x, "zscore(100, 10)")
    return penalised_mean(x, weights, _SIGN[variant])


def ampi(x: Array, weights: Array, variant: str, low: float = 70.0, high: float = 130.0) -> Array:
    """Score by the adjusted Mazziotta–Pareto index: goalposts brought to 70 and 130, then the same penalty.

    ``low`` and ``high`` say which values of x stand for the two goalposts: 70 and 130 if the normaliser gives
    these already (``minmax(70, 130)``, or the scores of a node that is itself an AMPI), 0 and 1 after goalposts
    that give the unit interval. Goalposts that stay the same over the years make scores comparable in time.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better.
    weights : (children,) or (draws, children).
    variant : ``minus`` (more is better) or ``plus`` (more is worse).
    low, high : values of x at the goalposts.

    Raises
    ------
    ScaleError
        S123 as :func:`penalised_mean`; S124 when the values do not lie around 100 once rescaled; S126 when low
        is not below high.

    References
    ----------
    Mazziotta & Pareto (2016), doi 10.1007/s11205-015-0998-2.
    """
    require(low < high, "ampi", "high", high, f"> {low:g}")
    r = 70.0 + 60.0 * (x - low) / (high - low)
    _require_scale("ampi", r, "minmax(70, 130)")
    return penalised_mean(r, weights, _SIGN[variant])


def _require_scale(method: str, x: Array, normaliser: str) -> None:
    """Refuse values on another scale, for which the penalty would be a plausible but wrong number."""
    mean = float(np.nanmean(x))
    low, high = SPAN
    if not low <= mean <= high:
        params = {"method": method, "mean": mean, "low": low, "high": high, "normaliser": normaliser}
        raise ScaleError(Finding("S124", params=params))


def mean_min(x: Array, weights: Array, alpha: float, beta: float) -> Array:
    """Mean–min function: M - alpha · (sqrt((M - m)² + beta²) - beta), m the least value of the place.

    alpha = 0 is the arithmetic mean; alpha = 1 and beta = 0 the minimum. beta is on the scale of x: the larger, the
    longer small imbalances go unpunished. The least value is taken among children with a weight above zero.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); the paper standardises to 100 ± 10.
    weights : (children,) or (draws, children).
    alpha : between 0 and 1; beta : zero or more.

    Raises
    ------
    ScaleError
        S126 when alpha or beta lies outside its range.

    References
    ----------
    Casadio Tarabusi & Guarini (2013), doi 10.1007/s11205-012-0070-4.
    """
    require(0 <= alpha <= 1, "mean_min", "alpha", alpha, "0…1")
    require(beta >= 0, "mean_min", "beta", beta, "≥ 0")
    mean = weighted_mean(x, weights)
    gap = np.maximum(mean - _least(x, weights), 0.0)
    reach = np.hypot(gap, beta) + beta
    bend = np.divide(gap**2, reach, out=np.zeros_like(gap), where=reach > 0)
    return np.asarray(mean - alpha * np.where(np.isnan(gap), np.nan, bend))


def _least(x: Array, weights: Array) -> Array:
    """Return the least value of each place among the children that weigh: (places,) or (draws, places)."""
    if (weights > 0).all():
        return np.asarray(np.fmin.reduce(x, axis=-1))
    least = np.full(np.broadcast_shapes(x.shape[:-1], (*weights.shape[:-1], 1)), np.nan)
    for child in range(x.shape[-1]):
        weighs = weights[..., child, None] > 0
        least = np.fmin(least, np.where(weighs, x[..., child], np.nan))
    return least


METHODS = {
    "mpi": lambda x, weights, p: mpi(x, weights, **p),
    "ampi": lambda x, weights, p: ampi(x, weights, **p),
    "mean_min": lambda x, weights, p: mean_min(x, weights, **p),
}
