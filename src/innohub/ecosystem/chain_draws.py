"""Chains under errors of their amounts: intervals of coordination, gaps and mismatch, certainty of the weakest."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.chains import CHAINS, Compared, Scaling, chain_groups, scale_chains, weakest_chains
from innohub.ecosystem.coupling import couple
from innohub.ecosystem.shares import talent_mismatch

Array = NDArray[np.float64]


def draw_amounts(amounts: Array, spread: Array, draws: int, rng: np.random.Generator) -> Array:
    """Return amounts with errors: x (1 + s N), N a standard normal number of its own; never below zero.

    Parameters
    ----------
    amounts : (...) of zero or above, NaN where missing.
    spread : relative standard deviations, of a shape that fits.

    Returns
    -------
    (draws, ...).

    Examples
    --------
    >>> draw_amounts(np.array([2.0, 0.0]), np.array(0.0), 2, np.random.default_rng(1)).tolist()
    [[2.0, 0.0], [2.0, 0.0]]
    """
    errors = rng.standard_normal((draws, *amounts.shape))
    return np.asarray(np.maximum(amounts * (1 + spread * errors), 0))


def limits(drawn: Array, level: float) -> tuple[Array, Array]:
    """Return the ends of the middle ``level`` of the draws; NaN where no draw has a value.

    Parameters
    ----------
    drawn : (draws, ...).
    """
    ends = np.full((2, *drawn.shape[1:]), np.nan)
    known = np.isfinite(drawn).any(axis=0)
    if known.any():
        ends[:, known] = np.nanquantile(drawn[:, known], [(1 - level) / 2, (1 + level) / 2], axis=0)
    return ends[0], ends[1]


def fusion_certainty(
    draws: Array,
    table: pd.DataFrame,
    *,
    compared: Compared = "places",
    scaling: Scaling = "maximum",
    variant: str = "classic",
    weights: Sequence[float] | None = None,
    level: float = 0.9,
) -> pd.DataFrame:
    """Return intervals of D and how often each row's weakest chain comes out as the weakest.

    Parameters
    ----------
    draws : (draws, rows, 4) amounts drawn, rows in the order of ``table``.
    table : the table of :func:`fuse_chains`.
    level : share of the draws within the limits.

    Returns
    -------
    The keys of the table with D, D_low, D_high, weakest, certainty (share of the draws in which the same
    chain is the weakest; a draw in which chains tie counts in parts; NaN where it is not known).
    """
    keys = [name for name in ("place", "field", "year") if name in table]
    scaled = (
        draws if compared == "given" else scale_chains(draws, chain_groups(table, keys, compared), scaling)
    )
    coordination = couple(scaled, variant, weights).coordination
    low, high = limits(coordination, level)
    nominal, _ = weakest_chains(table[list(CHAINS)].to_numpy(float))
    lowest = weakest_chains(scaled)[0]
    # Where chains tie in a draw, the draw counts by the part of them that is named.
    same = (lowest & nominal).sum(axis=-1) / np.maximum(lowest.sum(axis=-1), 1)
    whole = np.isfinite(scaled).all(axis=-1)
    times = whole.sum(axis=0)
    share = np.divide((same * whole).sum(axis=0), times, out=np.full(len(table), np.nan), where=times > 0)
    share[~nominal.any(axis=-1)] = np.nan
    return table[[*keys, "D", "weakest"]].assign(D_low=low, D_high=high, certainty=share)


def gap_limits(
    draws: Array,
    table: pd.DataFrame,
    *,
    compared: Compared = "places",
    scaling: Scaling = "maximum",
    level: float = 0.9,
) -> tuple[Array, Array]:
    """Return the limits of the gaps of :func:`innohub.ecosystem.chains.fuse_chains`, in the order of its gaps.

    Parameters
    ----------
    draws : (draws, rows, 4) amounts drawn, rows in the order of ``table``.
    """
    keys = [name for name in ("place", "field", "year") if name in table]
    scaled = (
        draws if compared == "given" else scale_chains(draws, chain_groups(table, keys, compared), scaling)
    )
    first, second = np.array(list(combinations(range(len(CHAINS)), 2))).T
    low, high = limits(scaled[:, :, first] - scaled[:, :, second], level)
    return low.ravel(), high.ravel()


def mismatch_limits(talent: Array, industry: Array, level: float = 0.9) -> tuple[float, float]:
    """Return the limits of a mismatch over fields.

    Parameters
    ----------
    talent, industry : (draws, fields) amounts drawn.
    """
    low, high = limits(talent_mismatch(talent, industry), level)
    return float(low), float(high)
