"""How experts differ about the weights of an index, for draws."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec, parse_spec
from innohub.errors import Finding, ModelError
from innohub.index.compute import Nominal, weigh_children
from innohub.index.draws.weights import Chance, Spread, draw_weights
from innohub.index.weight.opinion import METHODS, Opinion, consult

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Positions = NDArray[np.intp]


def draw_around(nominal: Nominal, spec: Spec, draws: int, chance: Chance) -> Matrix:
    """Draw effective weights of an index; see :func:`draw_weights`.

    Raises
    ------
    ModelError
        M152 weights are to be drawn from experts where no node has any.
    """
    spread = expert_spread(nominal) if spec.name == "experts" else None
    if spread is not None and not spread:
        where = f"index.{nominal.model.name}.uncertainty.vary.weights"
        raise ModelError(
            Finding("M152", file="study.toml", column=where, params={"index": nominal.model.name})
        )
    return draw_weights(nominal.model.tree, nominal.shares, spec, draws, chance, spread=spread)


def expert_methods(nominal: Nominal, node: int) -> tuple[Spec, ...]:
    """Return how the experts of a node are asked: as its weights ask them, else by all they gave, judgements first."""
    used = tuple(spec for spec in nominal.model.weighted_by(node) if spec.name in METHODS)
    opinion = nominal.model.opinions.get(nominal.model.tree.nodes[node])
    if opinion is None or len(opinion.items) < 2:
        return ()
    given = {"ahp": opinion.judgements, "budget": opinion.points}
    return used or tuple(parse_spec(method, "weights") for method in METHODS if given[method])


def expert_spread(nominal: Nominal) -> dict[int, Spread]:
    """Return for each node that has experts the shares that each of them gives to its children.

    At a node that combines weightings, an expert's own weights take the place of the group's. Where the weights of a
    node ask no experts, their judgements are taken, else their points.
    """
    tree, found = nominal.model.tree, {}
    for node in sorted(tree.inner):
        if not (methods := expert_methods(nominal, node)):
            continue
        opinion = nominal.model.opinions[tree.nodes[node]]
        if nominal.model.weights_of(node).name == "combine":
            names = {spec.name for spec in methods}
            judged = opinion.judgements if "ahp" in names else {}
            experts = tuple(sorted({*judged, *(opinion.points if "budget" in names else {})}))
            shares = np.array([_combined(nominal, node, opinion, expert) for expert in experts])
        else:
            said = opinion.judgements if methods[0].name == "ahp" else opinion.points
            order = np.argsort(list(said))
            experts, shares = tuple(sorted(said)), consult(opinion, methods[0]).spread[order]
        found[node] = Spread(experts, _alive(nominal, node, shares))
    return found


def children_with_values(nominal: Nominal, node: int) -> Positions:
    """Return the children of a node that carry any value."""
    below = nominal.model.tree.children(node)
    return below[~np.isnan(nominal.scores[:, below]).all(axis=0)]


def _combined(nominal: Nominal, node: int, opinion: Opinion, expert: str) -> Vector:
    """Return the combined shares (children,) of a node if one expert spoke instead of the group."""
    own = opinion.of(expert)
    own = replace(own, judgements=own.judgements or opinion.judgements, points=own.points or opinion.points)
    tree = nominal.model.tree
    model = replace(nominal.model, opinions={**nominal.model.opinions, tree.nodes[node]: own})
    alive = children_with_values(nominal, node)
    raw, direction = nominal.panel.columns(tree.indicators)
    weighed = weigh_children(model, node, alive, nominal.scores, raw=raw, direction=direction)
    below = tree.children(node)
    shares = np.zeros(len(below))
    shares[np.isin(below, alive)] = weighed.shares
    return shares


def _alive(nominal: Nominal, node: int, shares: Matrix) -> Matrix:
    """Set aside the children without weight in the index itself, and scale the rest of each expert to one."""
    tree = nominal.model.tree
    shares = np.where(nominal.shares[tree.children(node)] > 0, shares, 0.0)
    total = shares.sum(axis=1, keepdims=True)
    if (total <= 0).any():
        params = {"node": tree.nodes[node], "index": nominal.model.name}
        raise ModelError(Finding("M111", params=params))
    return np.asarray(shares / total)
