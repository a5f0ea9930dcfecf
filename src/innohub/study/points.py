"""Read and check the points that experts share out among the children of a node."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import Spot
from innohub.study.columns import fit
from innohub.study.experts import (
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

COLUMNS = ["expert", "node", "item", "points", "file", "row"]
_SAME = 1e-9


def read_points(table: Table, trees: Trees, found: list[Finding]) -> pd.DataFrame | None:
    """Return the points that experts give to the children of a node; None when the table lacks its columns."""
    frame = fit(table, "points", found)
    if frame is None:
        return None
    spots = spots_of(frame, "points")
    sound = take_numbers(frame, "points", found)
    sound &= take_ids(frame, ("item",), trees, found)
    given = frame["points"].to_numpy(dtype=float) >= 0
    for row in np.flatnonzero(sound & ~given).tolist():
        expert, item = frame.loc[row, ["expert", "item"]]
        found.append(
            spots[row].finding("S152", expert=shown(expert), item=item, points=spots[row].text or "–")
        )
    sound &= given
    keep = np.zeros(len(frame), dtype=bool)
    whole: dict[str, dict[str, int]] = {}
    for expert, node, rows in opinions(frame, sound):
        once = _once(frame, rows[sound[rows]], spots, found)
        keep[once] = True
        if not sound[rows].all():
            continue
        if lacking := _lacking(frame, rows, trees.children[node]):
            found += (
                []
                if doubtful(frame, expert, node)
                else [incomplete(frame, rows, "M057", items=some(lacking))]
            )
        elif len(once) == len(rows):
            whole.setdefault(node, {})[expert] = int(rows[0])
    for node, experts in whole.items():
        _totals(frame[keep & frame["node"].eq(node).to_numpy()], experts, spots, found)
    return frame.loc[keep, COLUMNS]


def _once(frame: pd.DataFrame, rows: Rows, spots: Sequence[Spot], found: list[Finding]) -> list[int]:
    """Return the rows that give an item points for the first time; a second time is an error."""
    first: dict[str, int] = {}
    for row in rows.tolist():
        expert, item = frame.loc[row, ["expert", "item"]]
        if item in first:
            told = {"expert": shown(expert), "item": item, "before": spots[first[item]].row}
            found.append(spots[row].finding("M056", **told))
        first.setdefault(item, row)
    return list(first.values())


def _lacking(frame: pd.DataFrame, rows: Rows, sets: Sequence[Sequence[str]]) -> list[str]:
    """Return the children that get no points; a node of several frameworks needs those of one."""
    given = set(frame.loc[rows, "item"])
    return min(([item for item in items if item not in given] for items in sets), key=len)


def _totals(
    frame: pd.DataFrame, experts: Mapping[str, int], spots: Sequence[Spot], found: list[Finding]
) -> None:
    """Name the experts whose points have another total than those of the others."""
    totals = frame[frame["expert"].isin(list(experts))].groupby("expert", sort=False)["points"].sum()
    wanted = float(totals.mode(dropna=False).pipe(lambda most: totals[totals.isin(most)].iloc[0]))
    for expert, total in totals.items():
        if total <= 0 or abs(total - wanted) > _SAME * wanted:
            spot, name = spots[experts[str(expert)]], shown(expert)
            found.append(spot.finding("S159", expert=name, total=float(total), wanted=wanted))
