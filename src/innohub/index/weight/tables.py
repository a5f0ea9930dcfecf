"""What weights owe to experts, to a combination, or to each place's benefit of the doubt, as result tables."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.index.compute import Nominal, weigh_children
from innohub.index.draws.experts import children_with_values, expert_methods
from innohub.index.weight import Benefit, GroupPriorities, benefit_of_the_doubt
from innohub.index.weight.opinion import consult

_EXPERTS = ["node", "expert", "item", "share", "consistency", "method"]
_COMBINATION = ["node", "method", "coefficient", "item", "share"]
_BENEFIT = ["node", "place", "item", "weight", "share"]
Row = tuple[object, ...]


def expert_tables(history: Nominal) -> dict[str, pd.DataFrame]:
    """Lay out the tables experts, combination and benefit; a table without rows is left out.

    Returns
    -------
    ``experts`` (index, node, expert, item, share, consistency, method): the shares that each expert, and in rows with
    a blank expert all of them together, give to the children of a node; consistency ratios where judgements are
    compared. ``combination`` (index, node, method, coefficient, item, share): the weightings joined at a node and, in
    rows without coefficient, the result. ``benefit`` (index, node, place, item, weight, share): how each place is
    weighed in the study's year where a node gives the benefit of the doubt, and what each child contributes.
    """
    tables = {
        "experts": pd.DataFrame(_experts(history), columns=_EXPERTS),
        "combination": pd.DataFrame(_combination(history), columns=_COMBINATION),
        "benefit": pd.DataFrame(_benefit(history.now), columns=_BENEFIT),
    }
    filled = {name: table for name, table in tables.items() if len(table)}
    for table in filled.values():
        table.insert(0, "index", history.model.name)
    return filled


def _experts(nominal: Nominal) -> list[Row]:
    rows: list[Row] = []
    tree = nominal.model.tree
    for node in sorted(tree.inner):
        for method in expert_methods(nominal, node):
            opinion, name = nominal.model.opinions[tree.nodes[node]], tree.nodes[node]
            found = consult(opinion, method)
            if isinstance(found, GroupPriorities):
                ratios = [expert.consistency_ratio for expert in found.experts]
                joint = found.group.consistency_ratio if found.group else np.nan
                experts = list(opinion.judgements)
            else:
                ratios, joint, experts = [np.nan] * len(opinion.points), np.nan, list(opinion.points)
            said = zip(["", *experts], [found.shares, *found.spread], [joint, *ratios], strict=True)
            rows += [
                (name, expert, item, float(share), ratio, str(method))
                for expert, shares, ratio in said
                for item, share in zip(found.items, shares, strict=True)
            ]
    return rows


def _combination(nominal: Nominal) -> list[Row]:
    rows: list[Row] = []
    model, tree = nominal.model, nominal.model.tree
    raw, direction = nominal.panel.columns(tree.indicators)
    for node in sorted(tree.inner):
        alive = children_with_values(nominal, node)
        if model.weights_of(node).name != "combine" or len(alive) < 2:
            continue
        joined = weigh_children(model, node, alive, nominal.scores, raw=raw, direction=direction)
        coefficients = np.array([]) if joined.coefficients is None else joined.coefficients
        each = [*zip(map(str, model.combine), coefficients.tolist(), joined.parts, strict=True)]
        rows += [
            (tree.nodes[node], method, coefficient, tree.nodes[child], float(share))
            for method, coefficient, part in [*each, (str(model.weights_of(node)), np.nan, joined)]
            for child, share in zip(alive, part.shares, strict=True)
        ]
    return rows


def _benefits(now: Nominal) -> list[tuple[int, NDArray[np.intp], list[str], Benefit]]:
    """Return for each node that gives the benefit of the doubt its children, its places, and how they are weighed."""
    found = []
    for node in sorted(now.model.tree.inner):
        spec = now.model.aggregate_of(node)
        if spec.name != "bod":
            continue
        below = now.model.tree.children(node)
        below = below[now.shares[below] > 0]
        rows = np.flatnonzero(~np.isnan(now.scores[:, node]))
        places = [now.panel.places[row] for row in rows]
        x = now.scores[np.ix_(rows, below)]
        found.append((node, below, places, benefit_of_the_doubt(x, spec["low"], spec["high"], places=places)))
    return found


def _benefit(now: Nominal) -> list[Row]:
    nodes = now.model.tree.nodes
    return [
        (nodes[node], place, nodes[child], float(done.weights[i, j]), float(done.shares[i, j]))
        for node, below, places, done in _benefits(now)
        for i, place in enumerate(places)
        for j, child in enumerate(below)
    ]


def benefit_warnings(now: Nominal) -> tuple[Finding, ...]:
    """Return the warnings of nodes that give the benefit of the doubt: places of which every value is zero."""
    return tuple(finding for _, _, _, done in _benefits(now) for finding in done.findings)
