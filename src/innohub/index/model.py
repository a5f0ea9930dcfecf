"""The definition of one index, checked and ready to compute."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from innohub.catalog import Spec, parse_spec
from innohub.index.tree import Tree, build_tree
from innohub.index.weight.experts import Experts, gather_opinions, require_opinions
from innohub.index.weight.opinion import Opinion
from innohub.study.index_section import Alternative, IndexSection


@dataclass(frozen=True)
class Model:
    """An index: its tree, its normaliser, and for each inner node how it is weighted and aggregated.

    ``weights`` and ``aggregates`` are by node; ``default_weights`` and ``default_aggregate`` are what the index
    says for nodes without a rule of their own (``own`` names those nodes). ``combine`` are the weightings that a
    combined one joins; ``opinions`` say by node what ``experts`` said of its children.
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
    combine: tuple[Spec, ...] = ()
    experts: Experts = field(default=Experts(), compare=False)
    opinions: Mapping[str, Opinion] = field(default_factory=dict, compare=False)

    def weights_of(self, node: int) -> Spec:
        """Return how the children of a node are weighted."""
        return self.own_weights.get(self.tree.nodes[node], self.default_weights)

    def aggregate_of(self, node: int) -> Spec:
        """Return how the children of a node are aggregated."""
        return self.own_aggregates.get(self.tree.nodes[node], self.default_aggregate)

    def weighted_by(self, node: int) -> tuple[Spec, ...]:
        """Return the weightings that a node uses: its own, or those that it combines."""
        spec = self.weights_of(node)
        return self.combine if spec.name == "combine" else (spec,)

    @property
    def is_linear(self) -> bool:
        """Say whether every node is an arithmetic mean, so that a score is one weighted sum of indicators."""
        return all(self.aggregate_of(node).name == "arithmetic" for node in self.tree.inner)

    def with_methods(self, normaliser: Spec, aggregate: Spec) -> "Model":
        """Return the same index with another normaliser and another default aggregation."""
        return replace(self, normaliser=normaliser, default_aggregate=aggregate)


def build_model(
    name: str, section: IndexSection, framework: pd.DataFrame, experts: Experts | None = None
) -> Model:
    """Build the model of ``[index.<name>]`` over its framework table.

    Raises
    ------
    ModelError
        M150, M151, S149 when nodes are to be weighed by experts whose judgements or points do not carry it.
    """
    nodes = section.nodes.items()
    tree, experts = build_tree(framework), experts or Experts()
    random_index = {int(size): value for size, value in section.ahp.random_index.items()}
    model = Model(
        name=name,
        tree=tree,
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
        combine=tuple(parse_spec(text, "weights", key="combine") for text in section.combine),
        experts=experts,
        opinions=gather_opinions(tree, experts, random_index),
    )
    return _checked(model)


def _checked(model: Model) -> Model:
    """Refuse a model that asks experts who have said nothing."""
    specs = {model.tree.nodes[node]: model.weighted_by(node) for node in model.tree.inner}
    require_opinions(model.name, model.opinions, specs)
    return model


def build_alternative(model: Model, alternative: Alternative) -> Model:
    """Return the index computed by another method; what the alternative leaves out stays.

    An alternative weighting or aggregation replaces the rules of all nodes: it asks what another
    method as a whole would have given.
    """
    weights = parse_spec(alternative.weights, "weights") if alternative.weights else None
    aggregate = parse_spec(alternative.aggregate, "aggregate") if alternative.aggregate else None
    changed = replace(
        model,
        normaliser=parse_spec(alternative.normalise, "normalise")
        if alternative.normalise
        else model.normaliser,
        default_weights=weights or model.default_weights,
        own_weights={} if weights else model.own_weights,
        default_aggregate=aggregate or model.default_aggregate,
        own_aggregates={} if aggregate else model.own_aggregates,
    )
    return _checked(changed) if weights and model.opinions else changed


def describe(model: Model) -> str:
    """Return the methods of a model in one line, as specs."""
    return f"{model.normaliser} · {model.default_weights} · {model.default_aggregate}"
