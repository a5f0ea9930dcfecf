"""Equal and given weights."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.index.weight.weighing import Weighing

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


def _equal(raw: Matrix, direction: Vector, given: Vector, p: Mapping[str, Any]) -> Weighing:
    return Weighing(np.full(raw.shape[1], 1 / raw.shape[1]))


def _given(raw: Matrix, direction: Vector, given: Vector, p: Mapping[str, Any]) -> Weighing:
    # No weight above zero gives shares that are not finite; who asked knows which node to name.
    with np.errstate(invalid="ignore"):
        return Weighing(np.asarray(given / given.sum()))


METHODS = {"equal": _equal, "given": _given}
