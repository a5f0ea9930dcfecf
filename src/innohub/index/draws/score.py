"""Score the places of an index under many weightings at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.index.aggregate import aggregate
from innohub.index.compute import Nominal
from innohub.index.tree import Tree

Matrix = NDArray[np.float64]
Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Rows = slice | NDArray[np.intp]

# Multiplications that one thread does, and the fewest draws that make a product of their own worth while.
_SMALL, _FEWEST = 512_000, 16


def set_aside(nominal: Nominal, weights: Matrix, left: Whole) -> tuple[Matrix, Whole]:
    """Set one leaf of each draw aside: its weight goes to its siblings in proportion.

    Where no sibling weighs, the parent drops out in its place and its own siblings take the weight, and so on up.

    Parameters
    ----------
    weights : (draws, leaves) effective; left : (draws,) the leaf set aside.

    Returns
    -------
    (draws, leaves) weights and (draws,) the topmost node that drops out.

    Raises
    ------
    ModelError
        M143 when no other indicator weighs.
    """
    tree = nominal.model.tree
    below = _leaves_below(tree)
    weights, removed = weights.copy(), np.empty(len(left), dtype=np.int64)
    for leaf in np.unique(left):
        node, rows = int(tree.leaves[leaf]), np.flatnonzero(left == leaf)
        while len(rows):
            parent = int(tree.parent[node])
            if parent < 0:
                raise ModelError(Finding("M143", file="study.toml", params={"index": nominal.model.name}))
            others = np.flatnonzero(below[parent] & ~below[node])
            rest = weights[np.ix_(rows, others)]
            mass = rest.sum(axis=1)
            able = mass > 0
            done, share = rows[able], mass[able]
            whole = share + weights[np.ix_(done, np.flatnonzero(below[node]))].sum(axis=1)
            weights[np.ix_(done, others)] = rest[able] * (whole / share)[:, None]
            weights[np.ix_(done, np.flatnonzero(below[node]))] = 0.0
            removed[done] = node
            node, rows = parent, rows[~able]
    return weights, removed


def _leaves_below(tree: Tree) -> NDArray[np.bool_]:
    """Say which leaves stand below each node, itself included: (nodes, leaves)."""
    below = np.zeros((len(tree.nodes), len(tree.leaves)), dtype=bool)
    below[tree.leaves, np.arange(len(tree.leaves))] = True
    for node in range(len(tree.nodes) - 1, 0, -1):
        below[tree.parent[node]] |= below[node]
    return below


def score_draws(
    part: Nominal, weights: Matrix, scored: NDArray[np.bool_], values: Array, removed: Whole | None = None
) -> Matrix:
    """Score the chosen places under every weighting.

    Who has enough data for a score is decided once, by the index without draws.

    Parameters
    ----------
    part : the index in the study's year, by the methods of these draws.
    weights : (draws, leaves) effective.
    scored : (places,) the places wanted.
    values : normalised, (places, leaves), or (draws, places, leaves) when they differ by draw.
    removed : (draws,) the node that drops out of each draw.

    Returns
    -------
    (draws, places wanted); NaN where a place has no value left.
    """
    wanted = values if scored.all() and values.ndim == 3 else values[..., scored, :]
    if part.model.is_linear and not np.isnan(wanted).any():
        if values.ndim == 2:
            return _product(weights, np.ascontiguousarray(wanted.T))
        return np.asarray(np.einsum("dpl,dl->dp", wanted, weights))
    return climb(part, weights, values, part.model.tree.inner, removed)[0][:, scored]


def climb(
    part: Nominal, weights: Matrix, values: Array, nodes: Sequence[int], removed: Whole | None = None
) -> dict[int, Matrix]:
    """Score inner nodes from the leaves up under every weighting, by the aggregations of the index.

    Parameters
    ----------
    part, weights, values, removed : as in :func:`score_draws`.
    nodes : inner nodes, children before their parents; all inner nodes below them must be among them.

    Returns
    -------
    By node (draws, places); NaN where the index without draws has no score, or nothing is left below the node.
    """
    tree = part.model.tree
    mass = tree.gather(weights)
    known = _Known(part, values, {})
    for node in nodes:
        below = np.array([child for child in tree.children(node) if part.shares[child] > 0], dtype=np.intp)
        fit = ~np.isnan(part.scores[:, node])
        score = np.full((len(weights), len(fit)), np.nan)
        for rows, kids in _cases(tree, node, below, removed):
            x = known.children(kids, fit, rows, len(mass[rows]))
            done = aggregate(x, mass[rows][:, kids], part.model.aggregate_of(node))
            if isinstance(rows, slice):
                score[:, fit] = done
            else:
                score[np.ix_(rows, fit)] = done
        known.drawn[node] = score
    return known.drawn


def _product(weights: Matrix, values: Matrix) -> Matrix:
    """Multiply weights (draws, leaves) and values (leaves, places), a few draws at a time.

    Larger products start the threads of the library of linear algebra, which then wait longer than they work.
    """
    step = _SMALL // values.size
    if step < _FEWEST:
        return np.asarray(weights @ values)
    scores = np.empty((len(weights), values.shape[1]))
    for start in range(0, len(weights), step):
        np.matmul(weights[start : start + step], values, out=scores[start : start + step])
    return scores


def _cases(
    tree: Tree, node: int, below: NDArray[np.intp], removed: Whole | None
) -> Iterator[tuple[Rows, NDArray[np.intp]]]:
    """Yield the draws that use the same children of a node, with these; not those without the node itself."""
    if removed is None:
        yield slice(None), below
        return
    above, up = [], node
    while up >= 0:
        above.append(up)
        up = int(tree.parent[up])
    key = np.where(tree.parent[removed] == node, removed, -1)
    key[np.isin(removed, above)] = -2
    for gone in np.unique(key):
        kids = below[below != gone]
        if gone > -2 and len(kids):
            yield np.flatnonzero(key == gone), kids


@dataclass(frozen=True)
class _Known:
    """The values of the nodes so far: of leaves (places, leaves) or by draw; of inner nodes ``drawn``, by draw."""

    part: Nominal
    values: Array
    drawn: dict[int, Matrix]

    def children(self, kids: NDArray[np.intp], fit: NDArray[np.bool_], rows: Rows, draws: int) -> Array:
        """Return the values of children for the places that fit: by draw where they differ by draw."""
        if self.values.ndim == 2 and not any(child in self.drawn for child in kids.tolist()):
            return self.part.scores[np.ix_(fit, kids)]
        column = {leaf: position for position, leaf in enumerate(self.part.model.tree.leaves.tolist())}
        shape = (draws, int(fit.sum()))
        columns = []
        for child in kids.tolist():
            if child in self.drawn:
                columns.append(self.drawn[child][rows][:, fit])
            elif self.values.ndim == 3:
                columns.append(self.values[rows][:, fit, column[child]])
            else:
                columns.append(np.broadcast_to(self.part.scores[fit, child], shape))
        return np.stack(columns, axis=-1)
