"""PROMETHEE II: net flows of pairwise preference."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from innohub.index.aggregate.compare import Params, Weighting, comparing, require, tie_width, to_shares, total

Array = NDArray[np.float64]
Shape = Callable[[Array, Array, Array, Array, Array], Array]


def _v_shape(gap: Array, tie: Array, q: Array, p: Array, s: Array) -> Array:
    return np.minimum(gap / p, 1.0)


def _linear(gap: Array, tie: Array, q: Array, p: Array, s: Array) -> Array:
    return np.clip((gap - q) / (p - q), 0.0, 1.0)


def _gaussian(gap: Array, tie: Array, q: Array, p: Array, s: Array) -> Array:
    return np.asarray(-np.expm1(-(gap**2) / (2 * s**2)))


_SHAPES: Mapping[str, Shape] = {
    "usual": lambda gap, tie, q, p, s: (gap > tie).astype(float),
    "u": lambda gap, tie, q, p, s: (gap > q + tie).astype(float),
    "v": _v_shape,
    "level": lambda gap, tie, q, p, s: 0.5 * (gap > q + tie) + 0.5 * (gap > p + tie),
    "linear": _linear,
    "gaussian": _gaussian,
}


def net_flows(
    x: Array, shape: str, q: float | Array = 0.0, p: float | Array = 0.0, s: float | Array = 0.0
) -> Array:
    """Net flow of every place on every child alone: (1/(n-1)) sum over k of F(x_i - x_k) - F(x_k - x_i).

    F(d) is 0 for d <= 0; for d > 0, by shape: ``usual`` 1; ``u`` 1 above q; ``v`` d/p up to 1; ``level`` 1/2 above
    q and 1 above p; ``linear`` (d - q)/(p - q) between q and p; ``gaussian`` 1 - exp(-d²/2s²). A value at a threshold
    belongs to the weaker side. Values that agree in ten digits tie.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better, no gaps, two places or more.
    q, p, s : indifference and preference thresholds and the Gaussian's inflection point, in the unit of x: one for
        all children or (children,).

    Returns
    -------
    the shape of x; each column sums to zero.

    References
    ----------
    Brans & Vincke (1985), Management Science 31:647–656, doi 10.1287/mnsc.31.6.647.
    """
    q, p, s = np.asarray(q), np.asarray(p), np.asarray(s)
    flows = np.empty_like(x)
    for place in range(x.shape[-2]):
        own = x[..., place : place + 1, :]
        d = own - x
        preferred = _SHAPES[shape](np.abs(d), tie_width(own, x), q, p, s)
        flows[..., place, :] = np.copysign(preferred, d).sum(axis=-2)
    return np.asarray(flows / (x.shape[-2] - 1))


def promethee(x: Array, p: Params) -> Weighting:
    """PROMETHEE II: net flow sum w · phi over children, between -1 and 1, with one preference function for all.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better, no gaps. ``usual`` needs no normalising;
        the thresholds of the others are in the unit of x, hence in that of the normaliser.
    p : variant, q, p, s as in :func:`net_flows`.

    Returns
    -------
    The function from weightings (draws, children) to net flows (draws, places).

    Raises
    ------
    ScaleError
        S126 when a threshold that the variant needs is missing or out of order.
    """
    variant, q, limit, s = p["variant"], p["q"], p["p"], p["s"]
    require(q >= 0, "promethee", "q", q, "≥ 0")
    require(variant not in ("v", "level", "linear") or limit > 0, "promethee", "p", limit, "> 0")
    require(variant not in ("level", "linear") or limit > q, "promethee", "p", limit, f"> q = {q:g}")
    require(variant != "gaussian" or s > 0, "promethee", "s", s, "> 0")
    flows = net_flows(x, variant, q, limit, s)

    def score(weights: Array) -> Array:
        return total(flows, to_shares(weights))

    return score


METHODS = {"promethee": comparing("promethee", promethee)}
