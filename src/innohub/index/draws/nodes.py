"""The draws of an index carried to its nodes, in every place and year."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from innohub.index.compute import Nominal
from innohub.index.draws.score import climb
from innohub.index.tree import Tree

Matrix = NDArray[np.float64]
Array = NDArray[np.float64]
Rows = NDArray[np.intp]
Whole = NDArray[np.int64]

# Draws scored at a time where a node is no plain weighted sum.
_STEP = 2_000


def score_nodes(
    history: Nominal,
    weights: Matrix,
    nodes: Sequence[int],
    rows: Rows,
    *,
    scale: Sequence[float] | None = None,
) -> Array:
    """Score some nodes of an index in some of its rows (place-years) under drawn weights.

    Normaliser and aggregations are the index's own, so that all draws stand on the scale of the nominal scores; at
    the nominal weights the nominal scores come out. A leaf has no weights below it and keeps its value. Rows with gaps
    are scored as the index scores them.

    Parameters
    ----------
    history : the index over all its years.
    weights : (draws, leaves) effective; a leaf whose weight is zero takes no part in that draw.
    nodes : (nodes,) positions in the tree, none inside another.
    rows : (rows,) of the panel. An aggregation that compares places needs all rows of a year.
    scale : (nodes,) what each node's scores are divided by.

    Returns
    -------
    (draws, rows, nodes), laid out node by node; NaN where a row has no score, or no weight is left below the node.
    """
    out = np.empty((len(nodes), len(weights), len(rows)))
    for position, node in enumerate(nodes):
        by = 1.0 if scale is None else scale[position]
        tree = history.model.tree
        if tree.is_leaf[node]:
            out[position] = history.scores[rows, node] / by
            continue
        inner = inner_below(tree, node)
        if _is_linear(history, inner):
            _sums(history, weights, node, rows, out[position], by=by)
        else:
            _climbed(history, weights, inner, rows, out[position])
            out[position] /= by
    return np.moveaxis(out, 0, -1)


def inner_below(tree: Tree, node: int) -> tuple[int, ...]:
    """Return the inner nodes at and below a node, children before their parents."""
    inside = np.zeros(len(tree.nodes), dtype=bool)
    inside[node] = True
    for child in range(node + 1, len(tree.nodes)):
        inside[child] = inside[tree.parent[child]]
    return tuple(one for one in tree.inner if inside[one])


def leaves_below(tree: Tree, node: int) -> Rows:
    """Return the positions, among the leaves, of those at and below a node."""
    below = np.zeros(len(tree.nodes))
    below[node] = 1.0
    for child in range(node + 1, len(tree.nodes)):
        below[child] = below[tree.parent[child]]
    return np.flatnonzero(below[tree.leaves] > 0)


def _is_linear(history: Nominal, inner: Sequence[int]) -> bool:
    return all(history.model.aggregate_of(node).name == "arithmetic" for node in inner)


def _sums(history: Nominal, weights: Matrix, node: int, rows: Rows, out: Matrix, *, by: float) -> None:
    """Fill (draws, rows) with weighted sums of the leaves; rows with a gap go up the tree."""
    tree = history.model.tree
    leaves = leaves_below(tree, node)
    leaves = leaves[history.effective[tree.leaves[leaves]] > 0]
    own = weights[:, leaves]
    with np.errstate(invalid="ignore"):
        shares = own / (own.sum(axis=1, keepdims=True) * by)
    values = history.normalised[np.ix_(rows, leaves)]
    whole = ~np.isnan(values).any(axis=1) & ~np.isnan(history.scores[rows, node])
    if whole.all():
        np.matmul(shares, np.ascontiguousarray(values.T), out=out)
        return
    out[:, whole] = shares @ np.ascontiguousarray(values[whole].T)
    gaps = np.flatnonzero(~whole)
    part = _take(history, rows[gaps])
    with np.errstate(invalid="ignore"):
        out[:, gaps] = climb(part, weights, part.normalised, inner_below(tree, node))[node] / by


def _climbed(history: Nominal, weights: Matrix, inner: Sequence[int], rows: Rows, out: Matrix) -> None:
    """Fill (draws, rows) of the last of some nodes year by year, by the index's own aggregations."""
    removed = _dropped(history, weights, inner)
    years = history.panel.years[rows]
    for year in np.unique(years):
        here = np.flatnonzero(years == year)
        part = _take(history, rows[here])
        for start in range(0, len(weights), _STEP):
            some = slice(start, start + _STEP)
            gone = None if removed is None else removed[some]
            out[some, here] = climb(part, weights[some], part.normalised, inner, gone)[inner[-1]]


def _dropped(history: Nominal, weights: Matrix, inner: Sequence[int]) -> Whole | None:
    """Return the topmost node below that has no weight left in each draw, -1 for none; None without any."""
    tree = history.model.tree
    mass = tree.gather(weights)
    below = np.flatnonzero(np.isin(tree.parent, inner) & (history.effective > 0))
    void = mass[:, below] <= 0
    if not void.any():
        return None
    # Parents stand before their children in the tree.
    return np.where(void.any(axis=1), below[void.argmax(axis=1)], -1)


def _take(history: Nominal, rows: Rows) -> Nominal:
    return replace(
        history,
        panel=history.panel.take(rows),
        normalised=history.normalised[rows],
        scores=history.scores[rows],
        ranks=history.ranks[rows],
    )
