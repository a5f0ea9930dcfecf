"""Random weights: effective weights of the indicators, one row a draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.index.draws.points import Points
from innohub.index.tree import Tree
from innohub.index.weight import expert_draws

Matrix = NDArray[np.float64]
Chance = np.random.Generator | Points


@dataclass(frozen=True)
class Spread:
    """How experts differ about the children of a node: their names, and the shares (experts, children) of each."""

    experts: tuple[str, ...]
    shares: Matrix


def draw_weights(
    tree: Tree,
    shares: Matrix,
    spec: Spec,
    draws: int,
    rng: Chance,
    *,
    spread: Mapping[int, Spread] | None = None,
) -> Matrix:
    """Draw effective weights of the leaves.

    Parameters
    ----------
    tree : the framework.
    shares : (nodes,) the nominal shares within each parent; a share of zero stays zero.
    spec : ``dirichlet(c)`` on all leaves at once, ``nested(c)`` and ``pm(share)`` within each parent, ``experts(…)``
        from the spread of experts, or ``fixed``.
    draws : number of draws.
    rng : random numbers, or points that stand in for them.
    spread : by position of a node, how experts differ about its children; the other nodes keep their shares.

    Returns
    -------
    (draws, leaves), each row sums to one.
    """
    if spec.name == "dirichlet":
        alive = tree.spread(shares)[tree.leaves] > 0
        return _on_simplex(rng, draws, alive, spec["concentration"])
    drawn = np.ones((draws, len(tree.nodes)))
    if spec.name == "experts":
        drawn[:] = shares
        _among_experts(tree, drawn, spec["variant"], rng, spread or {})
        return np.asarray(tree.spread(drawn)[:, tree.leaves])
    for node in sorted(tree.inner):
        below = tree.children(node)
        if spec.name == "nested":
            drawn[:, below] = _on_simplex(rng, draws, shares[below] > 0, spec["concentration"])
        elif spec.name == "pm":
            moved = shares[below] * (1 + rng.uniform(-spec["share"], spec["share"], (draws, len(below))))
            drawn[:, below] = moved / moved.sum(axis=1, keepdims=True)
        else:
            drawn[:, below] = shares[below]
    return np.asarray(tree.spread(drawn)[:, tree.leaves])


def _among_experts(
    tree: Tree,
    drawn: Matrix,
    of: Literal["expert", "panel"],
    rng: Chance,
    spread: Mapping[int, Spread],
) -> None:
    """Fill in the shares of experts drawn; nodes with the same experts get the same ones in each draw."""
    panels: dict[tuple[str, ...], list[int]] = {}
    for node in sorted(spread):
        panels.setdefault(spread[node].experts, []).append(node)
    for nodes in panels.values():
        columns = np.concatenate([tree.children(node) for node in nodes])
        said = np.concatenate([spread[node].shares for node in nodes], axis=1)
        drawn[:, columns] = expert_draws(said, len(drawn), rng, of)


def _on_simplex(rng: Chance, draws: int, alive: NDArray[np.bool_], concentration: float) -> Matrix:
    """Draw from a symmetric Dirichlet distribution over the alive columns; the others are zero."""
    size = (draws, int(alive.sum()))
    if concentration == 1.0:
        gamma = rng.standard_exponential(size)
    else:
        gamma = np.maximum(rng.standard_gamma(concentration, size), np.finfo(float).tiny)
    weights = np.zeros((draws, len(alive)))
    weights[:, alive] = gamma / gamma.sum(axis=1, keepdims=True)
    return weights
