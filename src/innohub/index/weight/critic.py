"""CRITIC weights: spread times conflict."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.correlate import FEWEST_PAIRS, correlations
from innohub.index.weight.weighing import Weighing, alike, columns_of, require_spread, unit_range

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def critic_weights(z: Matrix) -> Weighing:
    """CRITIC weights: an indicator counts for its spread and for its disagreement with the others.

    C_j = s_j · sum_k (1 - r_jk), w_j = C_j / sum C (Diakoulaki, Mavrotas & Papayannakis 1995, Computers &
    Operations Research 22:763-770). The divisor of the standard deviation cancels out.

    Parameters
    ----------
    z : (places, indicators) between 0 and 1, more is better. Missing values are left out: of s_j by indicator,
        of r_jk by pair (warning N008 with the fewest pairs).

    Returns
    -------
    Shares; equal ones with warning N001 when all indicators agree completely.

    Raises
    ------
    ScaleError
        S141 an indicator is constant; S154 values are missing and a pair has fewer than four places in common.

    Examples
    --------
    >>> z = np.array([[0, 0, 0.571429], [1 / 3, 2 / 15, 0.714286], [2 / 3, 0.2, 0], [1, 1, 1]])
    >>> critic_weights(z).shares.round(6).tolist()
    [0.347795, 0.207978, 0.444227]
    """
    require_spread(z, "CRITIC")
    gaps = np.isnan(z).any()
    r, pairs = correlations(z, fewest=FEWEST_PAIRS if gaps else 2)
    if (bad := np.flatnonzero(np.isnan(r).any(axis=0))).size:
        params = {"pairs": int(pairs[np.isnan(r)].min()), "fewest": FEWEST_PAIRS, **columns_of(bad)}
        raise ScaleError(Finding("S154", params=params))
    information = np.nanstd(z, axis=0) * (1 - r).sum(axis=0)
    if information.sum() <= 1e-12:
        return alike(z.shape[1])
    shares = information / information.sum()
    if not gaps:
        return Weighing(shares)
    params = {"method": "CRITIC", "pairs": int(pairs.min()), "places": len(z)}
    return Weighing(shares, (Finding("N008", "warning", params=params),))


def _critic(raw: Matrix, direction: Vector, given: Vector, p: Mapping[str, Any]) -> Weighing:
    return critic_weights(unit_range(raw, direction))


METHODS = {"critic": _critic}
