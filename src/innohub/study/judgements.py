"""Read and check experts' pairwise judgements."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import Spot
from innohub.study.columns import fit
from innohub.study.experts import (
    Mask,
    Rows,
    Trees,
    doubtful,
    incomplete,
    opinions,
    spots_of,
    take_ids,
    take_numbers,
)
from innohub.study.report import shown, some
from innohub.study.tables import Table

COLUMNS = ["expert", "node", "first", "second", "value", "file", "row"]
# Saaty's scale ends at nine. What two written decimals or fractions miss of a reciprocal stays below the second bound.
_SCALE, _RECIPROCAL, _SAME = 9.0, 1e-6, 1e-9
_MOST_PAIRS = 12


def read_judgements(table: Table, trees: Trees, found: list[Finding]) -> pd.DataFrame | None:
    """Return the judgements of experts, each pair once: how many times more the first matters than the second.

    A pair may also be written both ways, and an item against itself, as in a whole matrix; what such rows repeat is
    left out. None when the table lacks its columns.
    """
    frame = fit(table, "judgements", found)
    if frame is None:
        return None
    spots = spots_of(frame, "value")
    sound = take_numbers(frame, "value", found)
    sound &= take_ids(frame, ("first", "second"), trees, found)
    sound &= _positive(frame, sound, spots, found)
    keep = np.zeros(len(frame), dtype=bool)
    for expert, node, rows in opinions(frame, sound):
        keep[_pairs(frame, rows[sound[rows]], spots, found)] = True
        if not sound[rows].all() or doubtful(frame, expert, node):
            continue
        if lacking := _lacking(frame, rows, trees.children[node]):
            told = some((f"{a} – {b}" for a, b in lacking), _MOST_PAIRS)
            found.append(incomplete(frame, rows, "M055", pairs=told, count=len(lacking)))
    return frame.loc[keep, COLUMNS]


def _positive(frame: pd.DataFrame, sound: Mask, spots: Sequence[Spot], found: list[Finding]) -> Mask:
    """Refuse judgements of zero or below and blank ones; warn of those beyond Saaty's scale."""
    values = frame["value"].to_numpy(dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        positive = values > 0
        beyond = positive & (np.maximum(values, 1 / values) > _SCALE * (1 + _RECIPROCAL))
    for row in np.flatnonzero(sound & ~positive).tolist():
        expert, first, second = frame.loc[row, ["expert", "first", "second"]]
        value = spots[row].text or "–"
        told = spots[row].finding("S148", expert=shown(expert), first=first, second=second, value=value)
        found.append(told)
    found += [spots[row].finding("N014", "warning") for row in np.flatnonzero(sound & beyond).tolist()]
    return np.asarray(positive)


def _pairs(frame: pd.DataFrame, rows: Rows, spots: Sequence[Spot], found: list[Finding]) -> list[int]:
    """Return the rows that judge a pair for the first time; what repeats one must say the same."""
    first: dict[tuple[str, str], int] = {}
    values = frame["value"].to_numpy(dtype=float)
    for row in rows.tolist():
        expert, a, b = frame.loc[row, ["expert", "first", "second"]]
        told = {"expert": shown(expert), "first": a, "second": b}
        if a == b:
            if abs(values[row] - 1) > _SAME:
                found.append(spots[row].finding("M053", **told))
        elif (a, b) in first:
            found.append(spots[row].finding("M054", **told, before=spots[first[a, b]].row))
        elif (b, a) in first:
            back = float(values[first[b, a]])
            if abs(values[row] * back - 1) > _RECIPROCAL:
                found.append(spots[row].finding("S147", **told, value=float(values[row]), back=back))
        else:
            first[a, b] = row
    return list(first.values())


def _lacking(frame: pd.DataFrame, rows: Rows, sets: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Return the pairs of a node's children that are not judged; a node of several frameworks needs those of one."""
    judged = {frozenset(pair) for pair in frame.loc[rows, ["first", "second"]].itertuples(index=False)}
    lacking = ([pair for pair in combinations(items, 2) if frozenset(pair) not in judged] for items in sets)
    return min(lacking, key=len)
