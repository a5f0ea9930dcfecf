"""Choose and apply a method of the family ``weights`` (OECD/JRC Handbook 2008, step 6)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.index.weight import entropy, simple

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Weigher = Callable[[Matrix, Vector, Vector, Mapping[str, Any]], Vector]


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
    return _METHODS[spec.name](raw, direction, given, spec.arguments)


_METHODS: Mapping[str, Weigher] = {**simple.METHODS, **entropy.METHODS}
require_same("weights", _METHODS)
