"""Degrees of obstacle: which indicators and subsystems hold a score back, and how that changes over the years."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.coupling import obstacle_variants
from innohub.ecosystem.subsystems import SHOWN
from innohub.errors import Finding, ModelError, PanelError, ScaleError
from innohub.index.rank import rank_scores, round_significant
from innohub.index.tree import Tree

Array = NDArray[np.float64]
Vector = NDArray[np.float64]


def factor_weights(tree: Tree, weights: Vector | None = None) -> Vector:
    """Return F of each indicator: the product of its weight shares from the root down; they sum to one.

    Parameters
    ----------
    weights : (nodes,) as written or computed, of any sum; those of the tree when None. Children of one parent that
        all have NaN count the same.

    Returns
    -------
    (leaves,) in the order of ``tree.indicators``.

    Raises
    ------
    ModelError
        N149 children with a weight below zero, some without any, or none above zero.
    """
    given = tree.given if weights is None else weights
    shares = np.ones(len(tree.nodes))
    for node in tree.inner:
        children = tree.children(node)
        own = np.ones(len(children)) if np.isnan(given[children]).all() else given[children]
        if not (np.isfinite(own).all() and (own >= 0).all() and own.sum() > 0):
            raise ModelError(Finding("N149"))
        shares[children] = own / own.sum()
    factors: Vector = tree.spread(shares)[tree.leaves]
    return factors


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
    obstacle; ties share it; missing for a degree of zero). ``groups``: place, year, group, weight, degree, rank.
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
    indicators = _long(keys, "indicator", names, degrees, shares)
    indicators.insert(3, "group", np.tile(factors["group"].astype(str).to_numpy(), len(keys)))
    indicators.insert(5, "value", z.ravel())
    of_groups = _long(keys, "group", labels, by_group, np.bincount(groups, shares, len(labels)).astype(float))
    return Obstacles(indicators, of_groups, variant, _doubts(keys, z, names))


def _long(keys: pd.DataFrame, kind: str, names: list[str], degrees: Array, weight: Vector) -> pd.DataFrame:
    ranks = np.array([rank_scores(np.where(row > 0, row, np.nan)) for row in degrees]).reshape(-1)
    return keys.loc[keys.index.repeat(len(names))].reset_index(drop=True).assign(
        **{kind: names * len(keys)}, weight=np.tile(weight, len(keys)), degree=degrees.ravel(), rank=ranks
    )  # fmt: skip


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
    rows = np.array([f"{row.place} {row.year}" for row in keys.itertuples(index=False)], dtype=object)
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


def obstacle_trends(table: pd.DataFrame, kind: str = "indicator") -> pd.DataFrame:
    """Return for every place and indicator (or ``group``) the mean over the years, the trend and the change.

    Parameters
    ----------
    table : columns place, year, the kind, degree.

    Returns
    -------
    place, the kind, years (number with a degree), mean, trend (least-squares slope a year; NaN with one year), start,
    end (years), first, last (degrees), change, rank (by the mean, 1 the largest obstacle of the place).
    """
    rows = []
    for (place, name), series in table.dropna(subset=["degree"]).groupby(["place", kind], sort=False):
        ordered = series.sort_values("year")
        year, degree = ordered["year"].to_numpy(float), ordered["degree"].to_numpy(float)
        apart = year - year.mean()
        slope = float(apart @ degree / (apart @ apart)) if len(year) > 1 else np.nan
        ends = (int(year[0]), int(year[-1]), degree[0], degree[-1])
        rows.append((place, name, len(year), degree.mean(), slope, *ends))
    columns = ["place", kind, "years", "mean", "trend", "start", "end", "first", "last"]
    out = pd.DataFrame(rows, columns=columns).assign(change=lambda t: t["last"] - t["first"])
    out["rank"] = [np.nan] * len(out)
    for _, group in out.groupby("place"):
        out.loc[group.index, "rank"] = rank_scores(group["mean"].to_numpy(float))
    return out


def leading_obstacles(table: pd.DataFrame, kind: str = "indicator") -> pd.DataFrame:
    """Return the largest obstacle of every place and year, and whether it is another than the year before.

    Returns
    -------
    place, year, leading (ties joined by ";"; empty without an obstacle), degree, before (leading in the year at hand
    before; missing in the first), changed (missing in the first).
    """
    rows = []
    for place, own in table.groupby("place", sort=False):
        before: str | None = None
        for year, now in own.sort_values("year", kind="stable").groupby("year"):
            degree = round_significant(now["degree"].to_numpy(float))
            most = np.nanmax(degree) if (~np.isnan(degree)).any() else np.nan
            names = now[kind].to_numpy()[degree == most] if most > 0 else []
            leading = ";".join(names)
            size = now["degree"].max() if len(now) else np.nan
            rows.append((place, year, leading, size, before, None if before is None else before != leading))
            before = leading
    columns = ["place", "year", "leading", "degree", "before", "changed"]
    return pd.DataFrame(rows, columns=columns).astype({"changed": "boolean", "before": "string"})
