"""Four chains by field and place: how far industry, innovation, capital and talent go together, and which is weak."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.coupling import couple
from innohub.ecosystem.shares import require_amounts
from innohub.errors import Finding, ModelError
from innohub.words import Language, words

Array = NDArray[np.float64]
Compared = Literal["places", "fields", "given"]
Scaling = Literal["maximum", "range", "share"]

CHAINS = ("industry", "innovation", "capital", "talent")
_SHOWN = 5


@dataclass(frozen=True)
class Fusion:
    """The fusion of chains.

    ``table`` has a row for each place, field (and year): the chains on 0-1, C, T, D, weakest (several joined by
    ";", "" where a chain is missing), lag (how far the weakest is below the mean). ``gaps`` has the 6 pairs of
    each: chain, other, gap (chain minus other). ``variant``, ``compared`` and ``scaling`` are to be printed.
    """

    table: pd.DataFrame
    gaps: pd.DataFrame
    variant: str
    compared: Compared
    scaling: Scaling
    findings: tuple[Finding, ...]


def scale_chains(amounts: Array, groups: NDArray[np.int64], scaling: Scaling = "maximum") -> Array:
    """Scale amounts of chains to 0-1 within groups of rows that are compared.

    ``maximum`` divides shares by the largest share, so that the total of the group drops out and a gap elsewhere
    does no harm; ``range`` is min-max, which makes a zero for somebody; ``share`` keeps the share of the total,
    which is missing where an amount of the group is.

    Parameters
    ----------
    amounts : (..., rows, chains) of zero or above; NaN for a missing one.
    groups : (rows,) numbers of the group from 0.

    Returns
    -------
    (..., rows, chains); NaN where all of a group is zero, and for ``range`` where all are the same.

    Raises
    ------
    ScaleError
        N159 for an amount below zero or infinite.

    Examples
    --------
    >>> scale_chains(np.array([[1.0], [4.0]]), np.array([0, 0])).tolist()
    [[0.25], [1.0]]
    """
    require_amounts(amounts)
    scaled = np.full(amounts.shape, np.nan)
    for group in range(int(groups.max()) + 1 if len(groups) else 0):
        rows = np.flatnonzero(groups == group)
        part = amounts[..., rows, :]
        known = ~np.isnan(part)
        top = np.where(known, part, -np.inf).max(axis=-2, keepdims=True)
        low = np.where(known, part, np.inf).min(axis=-2, keepdims=True)
        if scaling == "share":
            above, below = part, part.sum(axis=-2, keepdims=True)
        elif scaling == "range":
            above, below = part - low, top - low
        else:
            above, below = part, top
        usable = np.broadcast_to(np.isfinite(below) & (below > 0), part.shape) & known
        scaled[..., rows, :] = np.divide(above, below, out=np.full(part.shape, np.nan), where=usable)
    return scaled


def scaling_text(scaling: str, compared: str, language: Language) -> str:
    """Say how chains came to 0-1, as the table of :func:`fuse_chains` names it; an empty scaling: as given.

    >>> scaling_text("", "given", "en")
    'The chains are taken as the study gives them, on 0–1'
    """
    return words(language).say(f"ecosystem.scaling.{f'{scaling}_{compared}' if scaling else 'given'}")


def fuse_chains(
    amounts: pd.DataFrame,
    compared: Compared = "places",
    scaling: Scaling = "maximum",
    variant: str = "classic",
    weights: Sequence[float] | None = None,
) -> Fusion:
    """Return coupling, gaps and weakest chain of four chains by field and place.

    Parameters
    ----------
    amounts : columns place, field, industry, innovation, capital, talent, and year if there are several.
    compared : with whom: ``places`` the places of the same field, ``fields`` the fields of the same place,
        ``given`` nobody: the chains are on 0-1 already.
    scaling : how shares are brought to 0-1, see :func:`scale_chains`; not used for ``given``.
    variant : of coupling, see :func:`innohub.ecosystem.coupling.couple`.
    weights : (4,) of the chains in T; equal when None.

    Returns
    -------
    Fusion
        With findings N201 (a chain without any amount, or all the same), N202 (a zero decides), N203 (nothing
        to compare with).

    Raises
    ------
    ModelError
        N200 for a place, field and year with two rows.
    ScaleError
        N159 for a negative amount; N156 for a given value outside 0-1.
    """
    keys = [name for name in ("place", "field", "year") if name in amounts]
    _require_single(amounts, keys)
    table = amounts[[*keys, *CHAINS]].reset_index(drop=True)
    values = table[list(CHAINS)].to_numpy(float)
    groups = chain_groups(table, keys, compared)
    scaled = values if compared == "given" else scale_chains(values, groups, scaling)
    found = couple(scaled, variant, weights)
    weakest, lag = weakest_chains(scaled)
    table = table.assign(**dict(zip(CHAINS, scaled.T, strict=True)))
    table = table.assign(
        C=found.coupling, T=found.level, D=found.coordination,
        weakest=[";".join(name for name, low in zip(CHAINS, row, strict=True) if low) for row in weakest],
        lag=lag,
    )  # fmt: skip
    findings = _findings(table, keys, values=values, scaled=scaled, groups=groups, compared=compared)
    return Fusion(table, _gaps(table, keys, scaled), variant, compared, scaling, findings)


def weakest_chains(scaled: Array) -> tuple[NDArray[np.bool_], Array]:
    """Tell which chain is the lowest of each row, and how far it is below the mean.

    Parameters
    ----------
    scaled : (..., chains).

    Returns
    -------
    (..., chains) True for the lowest, several where they tie; none and NaN where a chain is missing, because the
    missing one might be the weakest. (...) distances from the mean of the row.
    """
    low = scaled.min(axis=-1)
    return scaled == low[..., None], scaled.mean(axis=-1) - low


def _require_single(amounts: pd.DataFrame, keys: list[str]) -> None:
    twice = amounts[amounts.duplicated(keys)]
    if len(twice):
        told = tuple(" ".join(map(str, row)) for row in twice[keys].itertuples(index=False))
        raise ModelError(Finding("N200", params={"count": len(told), "rows": told[:_SHOWN]}))


def chain_groups(table: pd.DataFrame, keys: list[str], compared: Compared) -> NDArray[np.int64]:
    """Return the group of each row: rows that are compared with each other share a number."""
    apart = "place" if compared == "places" else "field"
    together = [name for name in keys if name != apart]
    return table.groupby(together, sort=False).ngroup().to_numpy().astype(np.int64)


def _gaps(table: pd.DataFrame, keys: list[str], scaled: Array) -> pd.DataFrame:
    parts = [
        table[keys].assign(chain=CHAINS[a], other=CHAINS[b], gap=scaled[:, a] - scaled[:, b])
        for a, b in combinations(range(len(CHAINS)), 2)
    ]
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _findings(
    table: pd.DataFrame,
    keys: list[str],
    *,
    values: Array,
    scaled: Array,
    groups: NDArray[np.int64],
    compared: Compared,
) -> tuple[Finding, ...]:
    names = [" ".join(map(str, row)) for row in table[keys].itertuples(index=False)]
    alone = np.bincount(groups, minlength=1)[groups] == 1 if len(groups) else np.zeros(0, bool)
    marks = {
        "N201": (~np.isnan(values) & np.isnan(scaled)).any(axis=1),
        "N202": np.isfinite(scaled).all(axis=1) & (scaled == 0).any(axis=1),
        "N203": alone if compared != "given" else np.zeros(len(table), bool),
    }
    told = {
        code: [name for name, mark in zip(names, marked, strict=True) if mark]
        for code, marked in marks.items()
    }
    return tuple(
        Finding(code, "warning", params={"count": len(rows), "rows": tuple(rows[:_SHOWN])})
        for code, rows in told.items()
        if rows
    )
