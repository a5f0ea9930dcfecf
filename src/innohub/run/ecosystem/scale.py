"""On which scale the scores of an index stand: what its best possible score is."""

from collections.abc import Callable, Mapping
from typing import Any

from innohub.catalog import OWN, Spec
from innohub.errors import Finding, ModelError
from innohub.index import Model

Arguments = Mapping[str, Any]


def _minmax(given: Arguments) -> float | None:
    return None if OWN in (given["low"], given["high"]) or given["low"] < 0 else given["high"]


def _goalposts(given: Arguments) -> float | None:
    free = given["scale"] == OWN or given["clip"] is not True or given["floor"] < 0
    return None if free else given["floor"] + given["scale"]


def _one(given: Arguments) -> float | None:
    return 1.0


# What the best value becomes; those that are missing here have no fixed best value.
_TOPS: Mapping[str, Callable[[Arguments], float | None]] = {
    "minmax": _minmax,
    "goalposts": _goalposts,
    "scaled": lambda given: 100.0,
    "category": lambda given: given["top"],
    **dict.fromkeys(
        ("percentile", "dist_max", "dist_ref", "dist_target", "frac_max", "interval", "middle", "logistic"),
        _one,
    ),
    "none": _one,
}
# A mean stays between its least and its greatest value; these scores lie between 0 and 1 whatever they are made of.
_MEANS = frozenset({"arithmetic", "geometric", "harmonic", "power", "mean_min"})
_SHARES = frozenset({"topsis", "vikor", "grey", "bod"})


def leaf_top(spec: Spec) -> float | None:
    """Return what the best value becomes under a normaliser; None where that is not fixed, as with z-scores.

    Values that are not normalised are taken to be on 0-1 already; whoever uses them has to check.
    """
    top = _TOPS.get(spec.name)
    return None if top is None else top(spec.arguments)


def node_top(model: Model, node: int) -> float:
    """Return the best possible score of a node, by which its scores are divided to stand on 0-1.

    Raises
    ------
    ModelError
        S371 a normaliser, S372 an aggregation without a scale that is known.
    """
    where = {"index": model.name, "node": model.tree.nodes[node]}
    if model.tree.is_leaf[node]:
        top = leaf_top(model.normaliser)
        if top is None:
            params = {**where, "method": str(model.normaliser)}
            column = f"index.{model.name}.normalise"
            raise ModelError(Finding("S371", "error", "study.toml", column=column, params=params))
        return top
    spec = model.aggregate_of(node)
    if spec.name in _SHARES:
        return 1.0
    tops = (
        {node_top(model, int(child)) for child in model.tree.children(node)} if spec.name in _MEANS else set()
    )
    if len(tops) != 1:
        column = f"index.{model.name}.aggregate"
        params = {**where, "method": str(spec)}
        raise ModelError(Finding("S372", "error", "study.toml", column=column, params=params))
    return tops.pop()
