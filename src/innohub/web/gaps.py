"""Score a place that lacks values: the weight of what is missing goes to its siblings, node by node.

The rule is that of the index itself: a node needs a least share of its children, by count or by weight. It is the
Python twin of ``webui/src/gaps.ts``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class GapRule:
    """A framework and its rule for missing values.

    ``parent`` (nodes,) is -1 for the root, which comes first, and parents come before children; ``leaf`` (nodes,) is
    the position of a node among the leaves, -1 for inner nodes; ``by_weight`` counts the present share by weight.
    """

    parent: tuple[int, ...]
    leaf: tuple[int, ...]
    min_share: float
    by_weight: bool

    def children(self, node: int) -> list[int]:
        """Return the positions of a node's children."""
        return [child for child, parent in enumerate(self.parent) if parent == node]

    @property
    def inner(self) -> list[int]:
        """Positions of the inner nodes, children before parents."""
        return [node for node in range(len(self.leaf) - 1, -1, -1) if self.leaf[node] < 0]


def gather(rule: GapRule, weights: Matrix) -> Matrix:
    """Return the mass of every node (draws, nodes): the weights (draws, leaves) of the leaves below."""
    mass = np.zeros((len(weights), len(rule.leaf)))
    for node in range(len(rule.leaf) - 1, -1, -1):
        if rule.leaf[node] >= 0:
            mass[:, node] = weights[:, rule.leaf[node]]
        if rule.parent[node] >= 0:
            mass[:, rule.parent[node]] += mass[:, node]
    return mass


def kept_children(rule: GapRule, values: Vector, mass: Vector) -> list[list[int]]:
    """Return the children that count in the score of every node of one place; none where there is no score.

    Parameters
    ----------
    values : (leaves,) normalised, NaN for missing; mass : (nodes,) under the weights in force.
    """
    kept: list[list[int]] = [[] for _ in rule.leaf]
    for node in rule.inner:
        used = [child for child in rule.children(node) if mass[child] > 0]
        there = [
            child
            for child in used
            if (not np.isnan(values[rule.leaf[child]]) if rule.leaf[child] >= 0 else kept[child])
        ]
        if there and _share(rule, mass, used, there) >= rule.min_share - 1e-12:
            kept[node] = there
    return kept


def _share(rule: GapRule, mass: Vector, used: Sequence[int], there: Sequence[int]) -> float:
    if not rule.by_weight:
        return len(there) / len(used)
    return float(mass[list(there)].sum() / mass[list(used)].sum())


def score_place(rule: GapRule, values: Vector, kept: list[list[int]], mass: Matrix) -> Vector:
    """Score one place under every weighting: (draws,), NaN where nothing that counts has any weight."""
    scores = np.full(mass.shape, np.nan)
    for node, leaf in enumerate(rule.leaf):
        if leaf >= 0:
            scores[:, node] = values[leaf]
    for node in rule.inner:
        total, above = np.zeros(len(mass)), np.zeros(len(mass))
        for child in kept[node]:
            has = ~np.isnan(scores[:, child])
            total += np.where(has, mass[:, child], 0.0)
            above += np.where(has, mass[:, child] * np.where(has, scores[:, child], 0.0), 0.0)
        scores[:, node] = np.divide(above, total, out=np.full(len(mass), np.nan), where=total > 0)
    return np.asarray(scores[:, 0])
