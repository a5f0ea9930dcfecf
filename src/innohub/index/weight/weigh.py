"""Choose and apply a method of the family ``weights`` (OECD/JRC Handbook 2008, step 6)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.errors import InnohubError
from innohub.index.weight import critic, entropy, influence, pca, simple
from innohub.index.weight.combine import join
from innohub.index.weight.opinion import METHODS as BY_EXPERTS
from innohub.index.weight.opinion import Opinion, weigh_by_experts
from innohub.index.weight.weighing import Weighing, unit_range, with_names

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Weigher = Callable[[Matrix, Vector, Vector, Mapping[str, Any]], Weighing]
ValueWeigher = Callable[[Matrix, Vector, Mapping[str, Any]], Weighing]


def weigh(raw: Matrix, direction: Vector, given: Vector, spec: Spec) -> Vector:
    """Return the shares of the children of one node.

    Parameters
    ----------
    raw : (places, children) raw values of indicators, or scores of inner nodes.
    direction : (children,) of 1 and -1; 1 for inner nodes.
    given : (children,) weights as written in the framework.
    spec : a spec of the family ``weights``.

    Returns
    -------
    (children,) shares that sum to one.
    """
    return weighing(raw, direction, given, spec).shares


def weighing(
    raw: Matrix,
    direction: Vector,
    given: Vector,
    spec: Spec,
    *,
    names: Sequence[str] | None = None,
    values: Matrix | None = None,
    opinion: Opinion | None = None,
    combine: Sequence[Spec] = (),
) -> Weighing:
    """Return the shares of the children of one node with what a reader must know of them.

    Parameters
    ----------
    raw, direction, given, spec : as in :func:`weigh`.
    names : (children,) what messages call the children; numbered from one if left out.
    values : (places, children) as they enter the node's mean, for methods that depend on its scale
        (``influence``); direction-turned min-max values if left out.
    opinion : what experts said of the children, for ``ahp`` and ``budget``.
    combine : the weightings that ``combine`` joins.

    An only child has nothing to be weighed against, so that no method looks at its values.

    Raises
    ------
    ScaleError, ModelError, NoSolutionError
        Those of the method, with the children named.
    """
    if raw.shape[1] == 1 and spec.name not in simple.METHODS:
        return Weighing(np.ones(1))
    if spec.name == "combine":
        parts = [
            weighing(raw, direction, given, part, names=names, values=values, opinion=opinion)
            for part in combine
        ]
        return join(parts, combine, spec, opinion.node if opinion else "–")
    if spec.name in BY_EXPERTS:
        return weigh_by_experts(opinion, spec, names, raw.shape[1])
    try:
        found = _by_values(raw, direction, given, spec, values)
    except InnohubError as problem:
        if names is None:
            raise
        raise type(problem)([with_names(finding, names) for finding in problem.findings]) from None
    if names is None:
        return found
    return Weighing(found.shares, tuple(with_names(finding, names) for finding in found.findings))


def _by_values(raw: Matrix, direction: Vector, given: Vector, spec: Spec, values: Matrix | None) -> Weighing:
    if spec.name in _ON_VALUES:
        z = unit_range(raw, direction) if values is None else values
        return _ON_VALUES[spec.name](z, given, spec.arguments)
    return _METHODS[spec.name](raw, direction, given, spec.arguments)


_METHODS: Mapping[str, Weigher] = {**simple.METHODS, **entropy.METHODS, **critic.METHODS, **pca.METHODS}
_ON_VALUES: Mapping[str, ValueWeigher] = influence.ON_VALUES
require_same("weights", [*_METHODS, *_ON_VALUES, *BY_EXPERTS, "combine"])
