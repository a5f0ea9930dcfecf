"""Which subsystem is behind, and how coupling moves over the years."""

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.scheme import Side, scheme
from innohub.ecosystem.classes import coupling_classes, intervals
from innohub.ecosystem.coupling import pair_positions
from innohub.ecosystem.coupling_table import MEASURES, CouplingResult
from innohub.ecosystem.subsystems import Subsystems, require_rows
from innohub.errors import Finding, ModelError

Array = NDArray[np.float64]
Codes = NDArray[np.int8]

# A difference of decimals such as 0.4 - 0.3 must not miss the bar by rounding.
_SLACK = 1e-12
# Steps whose draws are compared at a time.
_STEPS = 64


def pair_lag(first: Array, second: Array, bar: float = 0.1) -> Codes:
    """Say which of two subsystems lags: 0 in step (apart by the bar or less), 1 the first, 2 the second, -1 unknown.

    Raises
    ------
    ModelError
        N179 a bar below zero.

    Examples
    --------
    >>> pair_lag(np.array([0.3, 0.4, 0.9]), np.array([0.6, 0.3, 0.7])).tolist()
    [1, 0, 2]
    """
    if not bar >= 0:
        raise ModelError(Finding("N179", params={"name": "bar", "given": f"{bar:g}", "wanted": "bar ≥ 0"}))
    apart = first - second
    codes = np.where(np.abs(apart) <= bar + _SLACK, 0, np.where(apart < 0, 1, 2))
    return np.where(np.isnan(apart), -1, codes).astype(np.int8)


def lowest(values: Array) -> NDArray[np.bool_]:
    """Mark the lowest subsystem, ties all marked; none in a row with a missing score.

    Parameters
    ----------
    values : (..., subsystems).
    """
    least = values.min(axis=-1, keepdims=True)
    return np.asarray(values <= least + _SLACK)


def lag_table(
    found: Subsystems, *, bar: float = 0.1, pairs: bool = True, draws: Array | None = None
) -> pd.DataFrame:
    """Return the lag type of every pair, and of all subsystems the lowest with its gap to the mean.

    Parameters
    ----------
    bar : two subsystems that are apart by the bar or less are in step; more than two have no bar.
    draws : (draws, rows, subsystems); gives the share of draws that come to the same verdict.

    Returns
    -------
    place, year, first, second (empty for more than two together), lag (``synchronous``, ``lagging``, ``lowest``,
    empty where unknown), lagging (the subsystem behind; several joined by ";"), gap (how far it is behind the other,
    or the mean of all), bar, probability (NaN without draws; among draws without a missing score).
    """
    if draws is not None:
        require_rows(draws, found)
    blocks = []
    if len(found.names) > 2:
        blocks.append(_lowest_block(found, draws))
    if pairs or len(found.names) == 2:
        blocks += [_pair_block(found, pair, bar, draws) for pair in pair_positions(len(found.names))]
    table = pd.concat(blocks, ignore_index=True)
    if len(found.names) == 2:
        return table.assign(first="", second="")
    return table


def _block(found: Subsystems, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"place": found.places, "year": found.years, **columns})


def _pair_block(found: Subsystems, pair: tuple[int, int], bar: float, draws: Array | None) -> pd.DataFrame:
    first, second = (found.values[:, position] for position in pair)
    names = [found.names[position] for position in pair]
    codes = pair_lag(first, second, bar)
    share = np.full(len(codes), np.nan)
    if draws is not None:
        share = _share(pair_lag(draws[..., pair[0]], draws[..., pair[1]], bar), codes)
    return _block(
        found, first=names[0], second=names[1],
        lag=np.array(["", "synchronous", "lagging", "lagging"])[codes + 1],
        lagging=np.array(["", "", *names])[codes + 1],
        gap=np.abs(first - second), bar=bar, probability=share,
    )  # fmt: skip


def _share(drawn: Codes, codes: Codes) -> Array:
    known = (drawn >= 0).sum(axis=0)
    same = ((drawn == codes) & (drawn >= 0)).sum(axis=0)
    is_known = (known > 0) & (codes >= 0)
    share: Array = np.divide(same, known, out=np.full(len(codes), np.nan), where=is_known)
    return share


def _lowest_block(found: Subsystems, draws: Array | None) -> pd.DataFrame:
    marks = lowest(found.values)
    whole = ~np.isnan(found.values).any(axis=1)
    names = np.array(found.names)
    share = np.full(len(marks), np.nan)
    if draws is not None:
        known = (~np.isnan(draws).any(axis=2)).sum(axis=0)
        same = (lowest(draws) & marks).any(axis=2).sum(axis=0)
        share = np.divide(same, known, out=share, where=(known > 0) & whole)
    return _block(
        found, first="", second="", lag=np.where(whole, "lowest", ""),
        lagging=[";".join(names[row]) for row in marks],
        gap=found.values.mean(axis=1) - found.values.min(axis=1), bar=np.nan, probability=share,
    )  # fmt: skip


def trajectories(
    result: CouplingResult, name: str, *, measure: str = "coordination", closed: Side = ""
) -> pd.DataFrame:
    """Return how C, T and D change from year to year and over the whole period, and the moves between classes.

    Parameters
    ----------
    name, measure, closed : the class scheme and what it classes, as in :func:`coupling_classes`.

    Returns
    -------
    place, first, second, start, end, whole (bool: from the first to the last year), coupling_change, level_change,
    coordination_change, scheme, from_class, to_class, steps (classes up, below zero for down; missing where a
    class is), move (up, down, same or empty) and, where draws of D are kept, coordination_change_low,
    coordination_change_high and rise (share of draws in which D rises). Years without a row or with a missing score
    are skipped: a step goes to the next year at hand.
    """
    table = result.table.reset_index(drop=True)
    placed = coupling_classes(table, name, measure=measure, closed=closed)
    starts, ends, whole = _steps(table)
    from_class, to_class = (placed["class"].to_numpy()[rows] for rows in (starts, ends))
    order = {grade.id: -number for number, grade in enumerate(scheme(name).grades)}
    steps = pd.array(
        [order[b] - order[a] if a and b else pd.NA for a, b in zip(from_class, to_class, strict=True)],
        "Int64",
    )
    told = {
        f"{part}_change": table[part].to_numpy()[ends] - table[part].to_numpy()[starts] for part in MEASURES
    }
    moved = ["" if pd.isna(step) else "up" if step > 0 else "down" if step < 0 else "same" for step in steps]
    years = table["year"].to_numpy()
    out = table.loc[starts, ["place", "first", "second"]].reset_index(drop=True).assign(
        start=years[starts], end=years[ends], whole=whole, **told, scheme=name,
        from_class=from_class, to_class=to_class, steps=steps, move=moved,
    )  # fmt: skip
    if "coordination" not in result.draws:
        return out
    return out.assign(**_changes(result.draws["coordination"], starts, ends, result.level))


def _changes(
    drawn: Array, starts: NDArray[np.intp], ends: NDArray[np.intp], level: float
) -> dict[str, Array]:
    """Summarise the change of D in each draw, some steps at a time so that little is held at once."""
    low, high, rise = (np.full(len(starts), np.nan) for _ in range(3))
    for first in range(0, len(starts), _STEPS):
        some = slice(first, first + _STEPS)
        change = drawn[:, ends[some]] - drawn[:, starts[some]]
        span = intervals(change, level)
        low[some], high[some] = span.low, span.high
        known = np.count_nonzero(~np.isnan(change), axis=0)
        np.divide((change > 0).sum(axis=0), known, out=rise[some], where=known > 0)
    return {"coordination_change_low": low, "coordination_change_high": high, "rise": rise}


def _steps(table: pd.DataFrame) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
    """Return the rows where each step starts and ends: from year to year of a series, then the whole period."""
    steps: list[tuple[int, int, bool]] = []
    whole_rows = table[table["level"].notna()]
    for _, series in whole_rows.groupby(["place", "first", "second"], sort=False):
        rows = series.sort_values("year").index.to_list()
        steps += [(a, b, False) for a, b in pairwise(rows)]
        steps += [(rows[0], rows[-1], True)] if len(rows) > 1 else []
    starts, ends, whole = zip(*steps, strict=True) if steps else ((), (), ())
    return np.array(starts, dtype=np.intp), np.array(ends, dtype=np.intp), np.array(whole, dtype=bool)
