"""Benefit of the doubt as an aggregator: every place is weighed as suits it best."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.index.weight.benefit import benefit_of_the_doubt, benefit_scores

Array = NDArray[np.float64]


def _bod(x: Array, weights: Array, p: Mapping[str, Any]) -> Array:
    """Score places by benefit of the doubt; there are no common weights, so that ``weights`` only say how many draws.

    The children's values decide; where these are the same in every draw, so are the scores.
    """
    if x.ndim == 2:
        scores = benefit_of_the_doubt(x, p["low"], p["high"]).scores
        return scores if weights.ndim == 1 else np.broadcast_to(scores, (len(weights), len(scores)))
    return benefit_scores(x, p["low"], p["high"])


METHODS = {"bod": _bod}
