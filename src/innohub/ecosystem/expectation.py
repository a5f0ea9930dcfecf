"""Shares against what a null expects, with intervals of share and ratio from drawing works anew."""

from collections.abc import Callable, Hashable, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.bootstrap import FEW_WORKS, quantile_limits, resampled_sums
from innohub.errors import Finding

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
# From sums over works, (rows, parts), to share and expected share, (rows,) each.
Statistic = Callable[[Matrix], tuple[Vector, Vector]]

COLUMNS = ("value", "low", "high", "expected", "ratio", "ratio_low", "ratio_high")


def group_rows(frame: pd.DataFrame, by: Sequence[str]) -> Iterator[tuple[tuple[Hashable, ...], pd.DataFrame]]:
    """Yield each group of rows with its key; all rows under an empty key where no column tells groups."""
    if by:
        yield from frame.groupby(list(by), sort=False)
    else:
        yield (), frame


def expected_rates(
    parts: pd.DataFrame,
    names: Sequence[str],
    statistic: Statistic,
    by: Sequence[str],
    *,
    draws: int,
    rng: np.random.Generator,
    level: float,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return share, expected share and their ratio by group, each work adding its parts.

    Parameters
    ----------
    parts : columns work, those of ``by``, and ``names``, of which ``whole`` is the weight in all.
    statistic : of the sums of ``names`` over works, in their order.

    Returns
    -------
    Table of ``by`` with value, low, high, expected, ratio, ratio_low, ratio_high, weight, works. The ratio is missing
    where nothing is expected. Findings N208 (no weight) and N206 (few works).
    """
    rows, none, few = [], [], []
    for key, part in group_rows(parts, by):
        of_works = part.groupby("work")[list(names)].sum()
        matrix = of_works.to_numpy(float)
        told = _told(matrix, statistic, draws if len(matrix) > 1 else 0, rng, level=level)
        weight = float(of_works["whole"].sum())
        rows.append((*key, *told, weight, len(matrix)))
        label = " ".join(map(str, key)) or "–"
        if not weight > 0:
            none.append(label)
        elif len(matrix) < FEW_WORKS:
            few.append(label)
    findings = [
        Finding(code, "warning", params={"count": len(found), "rows": tuple(found[:5]), "least": FEW_WORKS})
        for code, found in (("N208", none), ("N206", few))
        if found
    ]
    return pd.DataFrame(rows, columns=[*by, *COLUMNS, "weight", "works"]), tuple(findings)


def _told(
    matrix: Matrix, statistic: Statistic, draws: int, rng: np.random.Generator, *, level: float
) -> tuple[float, ...]:
    share, expected = statistic(matrix.sum(axis=0, keepdims=True))
    sums = resampled_sums(matrix, draws, rng) if draws else matrix[:0]
    drawn, awaited = statistic(sums)
    return (
        float(share[0]),
        *quantile_limits(drawn, level),
        float(expected[0]),
        float(over(share, expected)[0]),
        *quantile_limits(over(drawn, awaited), level),
    )


def over(share: Vector, expected: Vector) -> Vector:
    """Return the ratio of share and expectation; NaN where nothing is expected, up to the last digit.

    >>> over(np.array([0.5, 0.0]), np.array([0.25, 0.0])).tolist()
    [2.0, nan]
    """
    ratio: Vector = np.divide(share, expected, out=np.full(len(share), np.nan), where=expected > 1e-12)
    return ratio
