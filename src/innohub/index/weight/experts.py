"""From the tables of experts to what they said of the children of each node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import Finding, ModelError
from innohub.index.tree import Tree
from innohub.index.weight import judgement_matrix
from innohub.index.weight.ahp import RANDOM_INDEX
from innohub.index.weight.opinion import METHODS, Opinion, lacking

Vector = NDArray[np.float64]
JUDGED = ["expert", "first", "second", "value", "file", "row"]


@dataclass(frozen=True)
class Experts:
    """The tables of experts as read: pairwise judgements and points, None where the study has none."""

    judgements: pd.DataFrame | None = None
    points: pd.DataFrame | None = None


def gather_opinions(tree: Tree, experts: Experts, random_index: Mapping[int, float]) -> dict[str, Opinion]:
    """Return by inner node what experts said of its children; a node that nobody spoke of has an empty opinion.

    An expert counts at a node when all pairs of its children are judged, or all its children given points.
    """
    known = {**RANDOM_INDEX, **random_index}
    found = {}
    for position in sorted(tree.inner):
        node = tree.nodes[position]
        items = tuple(tree.nodes[child] for child in tree.children(position))
        judged = _of(experts.judgements, node)
        complete = [
            (str(expert), rows)
            for expert, rows in judged.groupby("expert", sort=False)
            for rows in [rows[rows["first"].isin(items) & rows["second"].isin(items)]]
            if len(rows) == len(items) * (len(items) - 1) // 2
        ]
        matrices = {
            expert: judgement_matrix(
                rows[["first", "second", "value"]].itertuples(index=False), items, expert
            )
            for expert, rows in complete
        }
        where = {
            (expert, first, second): (str(file), int(row))
            for expert, rows in complete
            for _, first, second, _, file, row in rows[JUDGED].itertuples(index=False)
        }
        found[node] = Opinion(node, items, matrices, _points(experts.points, node, items), known, where)
    return found


def _of(table: pd.DataFrame | None, node: str) -> pd.DataFrame:
    return (
        pd.DataFrame(columns=[*JUDGED, "item", "points"]) if table is None else table[table["node"] == node]
    )


def _points(table: pd.DataFrame | None, node: str, items: Sequence[str]) -> dict[str, Vector]:
    """Return the points by expert, of those who gave points to every item."""
    points = {}
    for expert, rows in _of(table, node).groupby("expert", sort=False):
        given = dict(zip(rows["item"], rows["points"], strict=True))
        if set(items) <= set(given):
            points[str(expert)] = np.array([given[item] for item in items], dtype=float)
    return points


def require_opinions(
    index: str, opinions: Mapping[str, Opinion], specs: Mapping[str, Sequence[Spec]]
) -> None:
    """Refuse an index that is to be weighed by experts where they have said nothing, or judged too many items.

    Parameters
    ----------
    opinions : by node; specs : by node, the weightings in use, those of a combination included.

    Raises
    ------
    ModelError
        M150 judgements are missing, M151 points are missing, each node named; S149 no random index for so many items.
    """
    found = []
    for node, used in specs.items():
        opinion = opinions[node]
        wanted = {spec.name for spec in used} & set(METHODS)
        found += [
            lacking(node, opinion.items, method)
            for method in METHODS
            if method in wanted and not opinion.has(method)
        ]
        known, size = opinion.random_index or RANDOM_INDEX, len(opinion.items)
        if "ahp" in wanted and opinion.judgements and size > 2 and size not in known:
            params = {"size": size, "known": max(known), "node": node}
            where = f"index.{index}.ahp.random_index"
            found.append(Finding("S149", file="study.toml", column=where, params=params))
    if found:
        raise ModelError(found)
