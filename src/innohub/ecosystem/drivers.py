"""Which subsystem's rise explains the rise of coordination: exact Shapley shares of the change of D."""

from collections.abc import Sequence
from math import factorial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.coupling import CouplingSpec, parse_coupling
from innohub.ecosystem.coupling import couple, squeeze
from innohub.ecosystem.subsystems import Subsystems, require_rows
from innohub.errors import Finding, ModelError
from innohub.index.rank import rank_scores

Array = NDArray[np.float64]
MOST = 12


def split_change(
    start: Array, end: Array, spec: CouplingSpec | str = "classic", weights: Sequence[float] | None = None
) -> Array:
    """Split the change of D between two states into a part for each subsystem.

    A part is the mean, over all orders in which the subsystems could move one by one from start to end, of the
    change of D when it is this one's turn (Shapley 1953). Parts sum to the change. Between the two states all scores
    may be zero; D is then taken as zero, its limit, because T is zero and C at most one.

    Parameters
    ----------
    start, end : (..., subsystems) on 0-1, at most 12 subsystems.

    Returns
    -------
    (..., subsystems); NaN where D of either state is undefined or a score is missing.

    Raises
    ------
    ModelError
        S349 more than 12 subsystems; else as :func:`couple`.

    Examples
    --------
    >>> split_change(np.array([0.25, 0.25]), np.array([0.25, 1.0])).round(6).tolist()
    [0.0, 0.207107]
    """
    spec = parse_coupling(spec) if isinstance(spec, str) else spec
    many = start.shape[-1]
    if many > MOST:
        raise ModelError(Finding("S349", params={"count": many, "most": MOST}))
    parts = np.zeros(start.shape)
    for state in range(2**many):
        moved = np.array([state >> position & 1 for position in range(many)], dtype=bool)
        values = np.where(moved, end, start)
        d = couple(values, spec, weights).coordination
        if 0 < state < 2**many - 1:
            d = np.where((values == 0).all(axis=-1), 0.0, d)
        size = int(moved.sum())
        joins = factorial(size - 1) * factorial(many - size) / factorial(many) if size else 0.0
        stays = factorial(size) * factorial(many - size - 1) / factorial(many) if size < many else 0.0
        parts += np.where(moved, joins, -stays) * d[..., None]
    # Who stays where it was explains nothing, not even the last digit.
    parts[(start == end) & ~np.isnan(parts)] = 0.0
    return parts


def driver_table(
    found: Subsystems,
    spec: CouplingSpec | str = "classic",
    *,
    weights: Sequence[float] | None = None,
    squeezed: tuple[float, float] | None = None,
    years: tuple[int, int] | None = None,
    draws: Array | None = None,
) -> pd.DataFrame:
    """Rank the subsystems by how much of the change of D they explain, for every place.

    Parameters
    ----------
    years : start and end; the first and the last year in which a place has every score when None. Places without
        both years are left out.
    draws : (draws, rows, subsystems); gives the share of draws in which a subsystem explains the most.

    Returns
    -------
    place, start, end, subsystem, score_change, contribution (to the change of D), share (of the change; NaN where D
    does not change), rank (1 explains the most of the change, in its direction; ties share it; NaN
    where D does not change), probability (NaN without draws).
    """
    if draws is not None:
        require_rows(draws, found)
    values = squeeze(found.values, *squeezed) if squeezed else found.values
    starts, ends = _ends(found, years)
    parts = split_change(values[starts], values[ends], spec, weights)
    total = parts.sum(axis=-1, keepdims=True)
    share = np.divide(parts, total, out=np.full(parts.shape, np.nan), where=np.abs(total) > 1e-12)
    probability = np.full(parts.shape, np.nan)
    if draws is not None and len(starts):
        drawn = squeeze(draws, *squeezed) if squeezed else draws
        probability = _leads(split_change(drawn[:, starts], drawn[:, ends], spec, weights))
    directed = np.where(np.isnan(share), np.nan, parts * np.where(total < 0, -1.0, 1.0))
    many = len(found.names)
    return pd.DataFrame(
        {
            "place": np.repeat(np.array(found.places, dtype=object)[starts], many),
            "start": np.repeat(np.array(found.years)[starts], many),
            "end": np.repeat(np.array(found.years)[ends], many),
            "subsystem": list(found.names) * len(starts),
            "score_change": (found.values[ends] - found.values[starts]).ravel(),
            "contribution": parts.ravel(),
            "share": share.ravel(),
            "rank": np.array([rank_scores(row) for row in directed]).reshape(-1),
            "probability": probability.ravel(),
        }
    )


def _leads(parts: Array) -> Array:
    """Return the share of draws in which each part is the largest in the direction of the change; (rows, systems)."""
    total = parts.sum(axis=-1, keepdims=True)
    directed = parts * np.where(total < 0, -1.0, 1.0)
    most = directed >= directed.max(axis=-1, keepdims=True) - 1e-12
    known = np.count_nonzero(~np.isnan(total), axis=0)
    leads: Array = np.divide(most.sum(axis=0), known, out=np.full(parts.shape[1:], np.nan), where=known > 0)
    return leads


def _ends(found: Subsystems, years: tuple[int, int] | None) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    whole = np.asarray(~np.isnan(found.values).any(axis=1))
    starts, ends = [], []
    for place in dict.fromkeys(found.places):
        own = {year: row for row, year in enumerate(found.years) if found.places[row] == place and whole[row]}
        first, last = years or (min(own, default=0), max(own, default=0))
        if first in own and last in own and first != last:
            starts.append(own[first])
            ends.append(own[last])
    return np.array(starts, dtype=np.intp), np.array(ends, dtype=np.intp)
