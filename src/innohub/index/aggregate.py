"""Aggregate the children of one node (OECD/JRC Handbook 2008, step 6), for one or many weightings at once."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from innohub.catalog.methods import require_same
from innohub.errors import Finding, ScaleError

Array = NDArray[np.float64]


def aggregate(x: Array, weights: Array, method: str) -> Array:
    """Aggregate by weighted mean over the values present; weights are rescaled over those.

    Parameters
    ----------
    x : (places, children), or (draws, places, children) when the children's scores differ by draw.
    weights : (children,) or (draws, children), non-negative, any sum.
    method : ``arithmetic`` or ``geometric``.

    Returns
    -------
    (places,) for one weighting, (draws, places) for many; NaN where no child is present.

    Raises
    ------
    ScaleError
        S106 if the geometric mean meets a value of zero or below.

    Examples
    --------
    >>> aggregate(np.array([[0.2, 0.5, 0.8]]), np.array([0.5, 0.3, 0.2]), "geometric").round(6)
    array([0.347395])
    """
    return _METHODS[method](x, weights)


def enough(x: Array, weights: Array, min_share: float, by: str) -> NDArray[np.bool_]:
    """Say for which places a node has enough children present, by ``count`` or by ``weight``.

    Parameters
    ----------
    x : (places, children); weights : (children,) the nominal shares.
    """
    present = ~np.isnan(x)
    share = present @ (weights / weights.sum()) if by == "weight" else present.mean(axis=1)
    return np.asarray(share >= min_share - 1e-12)


def _weighted_mean(x: Array, weights: Array) -> Array:
    """Mean over the children present: matrix products where the values are the same in every draw."""
    present = ~np.isnan(x)
    filled = np.where(present, x, 0.0)
    if x.ndim == 2:
        total = weights @ filled.T
        mass = weights.sum(axis=-1, keepdims=True) if present.all() else weights @ present.T.astype(float)
    else:
        total = np.einsum("...pc,...c->...p", filled, weights)
        mass = np.einsum("...pc,...c->...p", present.astype(float), weights)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(total / mass)


def _geometric(x: Array, weights: Array) -> Array:
    if (x <= 0).any():
        bad = int((x <= 0).sum())
        raise ScaleError(Finding("S106", params={"count": bad, "least": float(np.nanmin(x))}))
    return np.exp(_weighted_mean(np.log(x), weights))


_METHODS: Mapping[str, Callable[[Array, Array], Array]] = {
    "arithmetic": _weighted_mean,
    "geometric": _geometric,
}
require_same("aggregate", _METHODS)
