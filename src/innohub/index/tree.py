"""The framework of an index as a tree of nodes in computing order."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Tree:
    """A framework: ``nodes`` from the root down (parents before children).

    ``parent`` is (nodes,), -1 for the root; ``depth`` (nodes,); ``leaves`` (leaves,) are positions in
    ``nodes`` and ``indicators`` (leaves,) their indicator codes; ``given`` (nodes,) weights as written, NaN if none.
    """

    nodes: tuple[str, ...]
    parent: NDArray[np.intp]
    depth: NDArray[np.intp]
    leaves: NDArray[np.intp]
    indicators: tuple[str, ...]
    given: Vector

    @cached_property
    def is_leaf(self) -> NDArray[np.bool_]:
        """Say of each node whether it is an indicator, (nodes,)."""
        marks = np.zeros(len(self.nodes), dtype=bool)
        marks[self.leaves] = True
        return marks

    @property
    def root(self) -> str:
        """The topmost node."""
        return self.nodes[0]

    @property
    def inner(self) -> tuple[int, ...]:
        """Positions of the inner nodes, deepest first, so that children come before their parent."""
        above = set(self.parent.tolist()) - {-1}
        return tuple(sorted(above, key=lambda node: (-self.depth[node], node)))

    def children(self, node: int) -> NDArray[np.intp]:
        """Return the positions of a node's children, in the order of the framework."""
        return np.flatnonzero(self.parent == node)

    def spread(self, shares: Vector) -> Vector:
        """Return effective weights (…, nodes): the product of shares (…, nodes) from the root down."""
        effective = np.array(shares, dtype=float)
        effective[..., 0] = 1.0
        for node in range(1, len(self.nodes)):
            effective[..., node] = effective[..., self.parent[node]] * shares[..., node]
        return effective

    def gather(self, leaf_weights: Vector) -> Vector:
        """Return node weights (…, nodes) as the sums of the weights (…, leaves) of the leaves below."""
        mass = np.zeros((*leaf_weights.shape[:-1], len(self.nodes)))
        mass[..., self.leaves] = leaf_weights
        for node in range(len(self.nodes) - 1, 0, -1):
            mass[..., self.parent[node]] += mass[..., node]
        return mass


def build_tree(framework: pd.DataFrame) -> Tree:
    """Order a checked framework table (node, parent, weight, indicator) from the root down."""
    parents = framework["parent"].tolist()
    names = framework["node"].tolist()
    order: list[int] = [parents.index("")]
    depth = {names[order[0]]: 0}
    for position in order:
        below = [child for child, parent in enumerate(parents) if parent == names[position]]
        depth |= {names[child]: depth[names[position]] + 1 for child in below}
        order += below
    ordered = framework.iloc[order]
    place_of = {node: position for position, node in enumerate(ordered["node"])}
    indicator = ordered["indicator"].fillna("").to_numpy(dtype=object)
    leaves = np.flatnonzero(indicator != "")
    return Tree(
        nodes=tuple(ordered["node"]),
        parent=np.array([place_of.get(parent, -1) for parent in ordered["parent"]], dtype=np.intp),
        depth=np.array([depth[node] for node in ordered["node"]], dtype=np.intp),
        leaves=leaves,
        indicators=tuple(indicator[leaves]),
        given=ordered["weight"].to_numpy(dtype=float),
    )
