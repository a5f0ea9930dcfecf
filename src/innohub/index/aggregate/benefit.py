"""Benefit of the doubt as an aggregator: every place is weighed as suits it best."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.index.weight.benefit import benefit_scores

Array = NDArray[np.float64]


def _bod(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    """Score places by benefit of the doubt.

    There are no common weights: of ``weights`` it only matters which are zero, because those children do not count.
    Where the children's values are the same in every draw, so are the scores. Places without any value take no part.
    """
    draws = np.atleast_2d(weights)
    if x.ndim == 3:
        draws = np.broadcast_to(draws, (len(x), x.shape[-1]))
    rows = np.asarray(~np.isnan(x).all(axis=(0, -1) if x.ndim == 3 else -1))
    scores = np.full((len(draws), len(rows)), np.nan)
    patterns, which = np.unique(draws > 0, axis=0, return_inverse=True)
    for number, used in enumerate(patterns):
        at = np.flatnonzero(which.ravel() == number)
        y = x[at] if x.ndim == 3 else x[None]
        scores[np.ix_(at, rows)] = benefit_scores(y[:, rows][:, :, used], p["low"], p["high"])
    return scores[0] if weights.ndim == 1 and x.ndim == 2 else scores


METHODS = {"bod": _bod}
