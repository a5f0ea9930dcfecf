"""Division of the chain: which group of places is specialised in which stage, as in hatch here, produce there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Matrix = NDArray[np.float64]


def stage_quotients(amounts: Matrix) -> Matrix:
    """Return location quotients of groups of places by stage of the chain.

    LQ = (x_gs / x_g) / (x_s / x) with totals over the groups given (Isard 1960, Methods of Regional Analysis).

    Parameters
    ----------
    amounts : (groups, stages) of zero or above, for example firms or projects; NaN where not known.

    Returns
    -------
    (groups, stages); NaN for a group or stage without any amount, and everywhere when an amount is missing, because
    the totals are not known then.

    Raises
    ------
    ScaleError
        N159 for an amount below zero or infinite.

    Examples
    --------
    >>> stage_quotients(np.array([[30.0, 10.0], [20.0, 60.0]])).round(4).tolist()
    [[1.8, 0.4286], [0.6, 1.2857]]
    """
    wrong = amounts[(amounts < 0) | np.isinf(amounts)]
    if wrong.size:
        raise ScaleError(Finding("N159", params={"number": float(wrong[0])}))
    group, stage, whole = amounts.sum(axis=1, keepdims=True), amounts.sum(axis=0), amounts.sum()
    expected = group * stage
    quotient: Matrix = np.divide(
        amounts * whole, expected, out=np.full(amounts.shape, np.nan), where=expected > 0
    )
    return quotient


@dataclass(frozen=True)
class PartTest:
    """One half of a division: its group, stage, location quotient, and whether it is above one."""

    group: str
    stage: str
    quotient: float

    @property
    def holds(self) -> bool | None:
        """Whether the group is specialised in the stage; None without data."""
        return None if np.isnan(self.quotient) else self.quotient > 1


def check_division(
    amounts: Matrix, groups: Sequence[str], stages: Sequence[str], parts: Sequence[tuple[str, str]]
) -> tuple[tuple[PartTest, ...], Literal["holds", "does not hold", "no data"]]:
    """Test a division such as "hatched in Hong Kong and Macao, industrialised in Guangdong".

    It holds when every group named is specialised in its stage: a location quotient above one. A part without
    data leaves the verdict open unless another part already fails.

    Parameters
    ----------
    amounts : (groups, stages); parts : (group, stage) pairs; a pair that the data lack has no data.
    """
    quotients = stage_quotients(amounts)
    tests = tuple(
        PartTest(group, stage, float(quotients[groups.index(group), stages.index(stage)]))
        if group in groups and stage in stages
        else PartTest(group, stage, float("nan"))
        for group, stage in parts
    )
    answers = [test.holds for test in tests]
    if False in answers:
        return tests, "does not hold"
    return tests, "no data" if None in answers or not answers else "holds"
