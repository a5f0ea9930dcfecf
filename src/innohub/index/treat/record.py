"""What was done to a column, and to a table."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Step:
    """Values of one column after a step.

    ``values`` and ``moved`` are (places,) of the values present; ``transform`` is empty, ``winsorise`` or the name of a
    transform; ``power`` is the exponent of a Box–Cox transform, else NaN.
    """

    values: Vector
    moved: Mask
    transform: str = ""
    power: float = float("nan")


@dataclass(frozen=True)
class Treatment:
    """What was done to a column.

    ``points`` is the number of values winsorised; ``transform`` is empty for an untouched column, ``winsorise``, or the
    name of a transform; ``power`` is the exponent of Box–Cox. Skewness and kurtosis are of the values before and after,
    NaN with too few values or no spread. ``passed`` says whether the column ends within the limits of the rule (True
    for methods without limits).
    """

    points: int
    transform: str
    power: float
    skew_before: float
    kurt_before: float
    skew_after: float
    kurt_after: float
    passed: bool


@dataclass(frozen=True)
class Treated:
    """Values (rows, indicators) after treating; ``moved`` marks the winsorised cells; one record a column."""

    values: Matrix
    moved: Mask
    columns: tuple[Treatment, ...]
    findings: tuple[Finding, ...]
