"""Degrees of obstacle: which indicators and subsystems hold a score back."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.coupling import obstacle_variants
from innohub.ecosystem.subsystems import SHOWN
from innohub.errors import Finding, ModelError, PanelError, ScaleError
from innohub.index.rank import rank_scores

Array = NDArray[np.float64]
Vector = NDArray[np.float64]


def obstacle_degrees(factors: Array, values: Array, variant: str = "share") -> Array:
    """Return the obstacle that each indicator is: O_j = F_j (1 - z_j) / sum of F (1 - z).

    Degrees sum to one, or are all zero where every value is the best: no obstacle. A missing value has no degree,
    and the others share the whole. ``gap`` is F_j (1 - z_j) as it is, with factors scaled to a sum of one: the
    points lost. Sources: see ``catalog/coupling.toml``.

    Parameters
    ----------
    factors : (..., indicators) of zero or above, of any sum; values : (..., indicators), 1 the best; the two are
        broadcast, so that factors may differ by draw.
    variant : ``share`` or ``gap``.

    Returns
    -------
    (..., indicators).

    Raises
    ------
    ModelError
        N149 factors without sense; N179 an unknown variant.
    ScaleError
        N156 a value outside 0-1.

    Examples
    --------
    >>> obstacle_degrees(np.array([0.5, 0.5]), np.array([0.2, 0.9])).round(4).tolist()
    [0.8889, 0.1111]
    """
    if variant not in obstacle_variants():
        told = {"name": "variant", "given": variant, "wanted": ", ".join(obstacle_variants())}
        raise ModelError(Finding("N179", params=told))
    if not (np.isfinite(factors).all() and (factors >= 0).all() and (factors.sum(axis=-1) > 0).all()):
        raise ModelError(Finding("N149"))
    if (wrong := (values < 0) | (values > 1)).any():
        raise ScaleError(Finding("N156", params={"number": float(values[wrong][0])}))
    gaps: Array = factors / factors.sum(axis=-1, keepdims=True) * (1 - values)
    if variant == "gap":
        return gaps
    total = np.nansum(gaps, axis=-1, keepdims=True)
    # Dividing by one where there is no gap leaves zeros zero and missing values missing.
    shares: Array = gaps / np.where(total > 0, total, 1.0)
    return shares


def sum_by_group(degrees: Array, groups: NDArray[np.intp], count: int) -> Array:
    """Add degrees up by subsystem; NaN for a subsystem none of whose indicators has a degree.

    Parameters
    ----------
    degrees : (..., indicators); groups : (indicators,) position of each one's subsystem; count : of subsystems.

    Returns
    -------
    (..., count); where nothing is missing, of the same sum.
    """
    out = np.full((*degrees.shape[:-1], count), np.nan)
    for group in range(count):
        own = degrees[..., groups == group]
        known = ~np.isnan(own).all(axis=-1)
        out[..., group] = np.where(known, np.nansum(own, axis=-1), np.nan)
    return out


@dataclass(frozen=True)
class Obstacles:
    """Obstacles of every place and year.

    ``indicators``: place, year, indicator, group, weight (F, sum one), value (z), degree, rank (1 the largest
    obstacle; ties share it; missing for a degree of zero), known (share of the place's and year's weight that has
    values). ``groups``: place, year, group, weight, degree, rank, known.
    """

    indicators: pd.DataFrame
    groups: pd.DataFrame
    variant: str
    findings: tuple[Finding, ...]


def find_obstacles(values: pd.DataFrame, factors: pd.DataFrame, variant: str = "share") -> Obstacles:
    """Compute the obstacles of every place and year, by indicator and by subsystem.

    Parameters
    ----------
    values : columns place, year, indicator, value (on 0-1, 1 the best); a missing row is a missing value.
    factors : columns indicator, group (the subsystem), weight (product of the shares down the tree, any sum).
    variant : as in :func:`obstacle_degrees`.

    Raises
    ------
    PanelError
        S333 a value given twice. ScaleError: S330 values outside 0-1, named. ModelError: N149, N179.
    """
    names = factors["indicator"].astype(str).tolist()
    table = values.assign(indicator=values["indicator"].astype(str))
    table = table[table["indicator"].isin(names)]
    _check(table)
    wide = table.pivot(index=["place", "year"], columns="indicator", values="value").reindex(columns=names)
    z = wide.to_numpy(dtype=float)
    weight = factors["weight"].to_numpy(dtype=float)
    degrees = obstacle_degrees(weight, z, variant)
    labels = list(dict.fromkeys(factors["group"].astype(str)))
    groups = np.array([labels.index(str(group)) for group in factors["group"]], dtype=np.intp)
    shares = weight / weight.sum()
    by_group = sum_by_group(degrees, groups, len(labels))
    keys = wide.index.to_frame(index=False)
    keys["known"] = (~np.isnan(z)) @ shares
    indicators = _long(keys, "indicator", names, degrees, shares)
    indicators.insert(3, "group", np.tile(factors["group"].astype(str).to_numpy(), len(keys)))
    indicators.insert(5, "value", z.ravel())
    of_groups = _long(keys, "group", labels, by_group, np.bincount(groups, shares, len(labels)).astype(float))
    return Obstacles(indicators, of_groups, variant, _doubts(keys, z, names))


def _long(keys: pd.DataFrame, kind: str, names: list[str], degrees: Array, weight: Vector) -> pd.DataFrame:
    ranks = np.array([rank_scores(np.where(row > 0, row, np.nan)) for row in degrees]).reshape(-1)
    long = keys.loc[keys.index.repeat(len(names))].reset_index(drop=True)
    long = long.assign(
        **{kind: names * len(keys)}, weight=np.tile(weight, len(keys)), degree=degrees.ravel(), rank=ranks
    )
    return long[["place", "year", kind, "weight", "degree", "rank", "known"]]


def _check(table: pd.DataFrame) -> None:
    twice = table.duplicated(["place", "year", "indicator"])
    wrong = (table["value"] < 0) | (table["value"] > 1)
    for code, kind, marks in (("S333", PanelError, twice), ("S330", ScaleError, wrong)):
        rows = table[marks]
        if len(rows):
            cells = tuple(
                f"{row.place} {row.year} {row.indicator} ({row.value:.4g})"
                for row in rows.head(SHOWN).itertuples()
            )
            raise kind(Finding(code, params={"count": len(rows), "cells": cells}))


def _doubts(keys: pd.DataFrame, z: Array, names: list[str]) -> tuple[Finding, ...]:
    """Tell of rows without any obstacle and of missing values."""
    rows = np.array(
        [f"{place} {year}" for place, year in zip(keys["place"], keys["year"], strict=True)], dtype=object
    )
    known = ~np.isnan(z)
    best = known.any(axis=1) & ((z == 1) | ~known).all(axis=1)
    findings = []
    if best.any():
        told = {"count": int(best.sum()), "cells": tuple(rows[best][:SHOWN])}
        findings.append(Finding("S343", "note", params=told))
    if not known.all():
        where = [f"{rows[row]} {names[column]}" for row, column in np.argwhere(~known)[:SHOWN]]
        told = {"count": int((~known).sum()), "cells": tuple(where)}
        findings.append(Finding("S344", "warning", params=told))
    return tuple(findings)
