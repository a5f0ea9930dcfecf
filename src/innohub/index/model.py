"""The definition of one index, checked and ready to compute."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from innohub.catalog import Spec, parse_spec
from innohub.index.tree import Tree, build_tree
from innohub.study.index_section import Alternative, IndexSection


@dataclass(frozen=True)
class Model:
    """An index: its tree, its normaliser, and for each inner node how it is weighted and aggregated.

    ``weights`` and ``aggregates`` are by node; ``default_weights`` and ``default_aggregate`` are what the index
    says for nodes without a rule of their own (``own`` names those nodes).
    """

    name: str
    tree: Tree
    normaliser: Spec
    default_weights: Spec
    default_aggregate: Spec
    own_weights: Mapping[str, Spec]
    own_aggregates: Mapping[str, Spec]
    min_share: float
    by: str
    pool: str = "all-years"

    def weights_of(self, node: int) -> Spec:
        """Return how the children of a node are weighted."""
        return self.own_weights.get(self.tree.nodes[node], self.default_weights)

    def aggregate_of(self, node: int) -> Spec:
        """Return how the children of a node are aggregated."""
        return self.own_aggregates.get(self.tree.nodes[node], self.default_aggregate)

    @property
    def is_linear(self) -> bool:
        """Say whether every node is an arithmetic mean, so that a score is one weighted sum of indicators."""
        return all(self.aggregate_of(node).name == "arithmetic" for node in self.tree.inner)

    def with_methods(self, normaliser: Spec, aggregate: Spec) -> "Model":
        """Return the same index with another normaliser and another default aggregation."""
        return replace(self, normaliser=normaliser, default_aggregate=aggregate)


def build_model(name: str, section: IndexSection, framework: pd.DataFrame) -> Model:
    """Build the model of ``[index.<name>]`` over its framework table."""
    nodes = section.nodes.items()
    return Model(
        name=name,
        tree=build_tree(framework),
        normaliser=section.spec("normalise"),
        default_weights=section.spec("weights"),
        default_aggregate=section.spec("aggregate"),
        own_weights={node: parse_spec(rule.weights, "weights") for node, rule in nodes if rule.weights},
        own_aggregates={
            node: parse_spec(rule.aggregate, "aggregate") for node, rule in nodes if rule.aggregate
        },
        min_share=section.missing.min_share,
        by=section.missing.by,
        pool=section.pool,
    )


def build_alternative(model: Model, alternative: Alternative) -> Model:
    """Return the index computed by another method; what the alternative leaves out stays.

    An alternative weighting or aggregation replaces the rules of all nodes: it asks what another
    method as a whole would have given.
    """
    weights = parse_spec(alternative.weights, "weights") if alternative.weights else None
    aggregate = parse_spec(alternative.aggregate, "aggregate") if alternative.aggregate else None
    return replace(
        model,
        normaliser=parse_spec(alternative.normalise, "normalise")
        if alternative.normalise
        else model.normaliser,
        default_weights=weights or model.default_weights,
        own_weights={} if weights else model.own_weights,
        default_aggregate=aggregate or model.default_aggregate,
        own_aggregates={} if aggregate else model.own_aggregates,
    )


def describe(model: Model) -> str:
    """Return the methods of a model in one line, as specs."""
    return f"{model.normaliser} · {model.default_weights} · {model.default_aggregate}"
