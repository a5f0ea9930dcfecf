"""Choose and apply a method of the family ``aggregate`` (OECD/JRC Handbook 2008, step 6)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.errors import Finding, ModelError
from innohub.index.aggregate import benefit, distance, means, outranking, penalty, preference

Array = NDArray[np.float64]
Aggregator = Callable[[Array, Array, Mapping[str, Any]], Array]


def aggregate(x: Array, weights: Array, spec: Spec) -> Array:
    """Aggregate the children of a node, for one or many weightings at once.

    Parameters
    ----------
    x : (places, children) values of which more is better, or (draws, places, children) when the children's
        scores differ by draw; NaN for missing.
    weights : (children,) or (draws, children), non-negative, any sum.
    spec : a spec of the family ``aggregate``.

    Returns
    -------
    (places,) for one weighting, (draws, places) for many; NaN where a place has no value at all.

    Raises
    ------
    ScaleError
        S106, S123, S124, S128 when a value lies outside the method's domain; S120 when the method refuses missing
        values; S121, S122 when it compares places and finds fewer than two, or none that differ; S126 when
        a parameter is out of range.
    ModelError
        S127 when a weight is negative or no weight is above zero.
    NoSolutionError
        S125 when the places beat each other in too long a cycle for an exact order.

    Examples
    --------
    >>> from innohub.catalog import parse_spec
    >>> half = parse_spec("geometric", "aggregate")
    >>> aggregate(np.array([[0.2, 0.5, 0.8]]), np.array([0.5, 0.3, 0.2]), half).round(6)
    array([0.347395])
    """
    if (weights < 0).any() or not (weights.sum(axis=-1) > 0).all():
        raise ModelError(Finding("S127", params={"method": spec.name, "least": float(np.min(weights))}))
    return _METHODS[spec.name](x, weights, spec.arguments)


def enough(x: Array, weights: Array, min_share: float, by: str) -> NDArray[np.bool_]:
    """Say for which places a node has enough children present, by ``count`` or by ``weight``.

    Parameters
    ----------
    x : (places, children); weights : (children,) the nominal shares.
    """
    present = ~np.isnan(x)
    share = present @ (weights / weights.sum()) if by == "weight" else present.mean(axis=1)
    return np.asarray(share >= min_share - 1e-12)


_METHODS: Mapping[str, Aggregator] = {
    **means.METHODS,
    **penalty.METHODS,
    **outranking.METHODS,
    **preference.METHODS,
    **distance.METHODS,
    **benefit.METHODS,
}
require_same("aggregate", _METHODS)
