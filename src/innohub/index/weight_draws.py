"""Random weights: effective weights of the indicators, one row a draw."""

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.index.points import Points
from innohub.index.tree import Tree

Matrix = NDArray[np.float64]
Chance = np.random.Generator | Points


def draw_weights(tree: Tree, shares: Matrix, spec: Spec, draws: int, rng: Chance) -> Matrix:
    """Draw effective weights of the leaves.

    Parameters
    ----------
    tree : the framework.
    shares : (nodes,) the nominal shares within each parent; a share of zero stays zero.
    spec : ``dirichlet(c)`` on all leaves at once, ``nested(c)`` and ``pm(share)`` within each parent, or ``fixed``.
    draws : number of draws.
    rng : random numbers, or points that stand in for them.

    Returns
    -------
    (draws, leaves), each row sums to one.
    """
    if spec.name == "dirichlet":
        alive = tree.spread(shares)[tree.leaves] > 0
        return _on_simplex(rng, draws, alive, spec["concentration"])
    drawn = np.ones((draws, len(tree.nodes)))
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
