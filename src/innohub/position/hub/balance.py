"""Balance of the hub triangle where the panel is too short for arrows: coupling coordination of its corners."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError, ScaleError
from innohub.position.hub.triangle import CORNERS

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Coupling:
    """Coupling C, level T and coordination D of each row, all (rows,) on 0-1; NaN where undefined."""

    coupling: Vector
    level: Vector
    coordination: Vector


def classic_coupling(values: Matrix, weights: Vector | None = None) -> Coupling:
    """Return the classic coupling coordination degree of n systems.

    C = n (prod U)^(1/n) / sum U, T = sum a_i U_i with weights that sum to one, D = sqrt(C T) (Liao Chongbin 1999,
    Tropical Geography 19(2):171-177; Liu Yaobin et al. 2005). C is close to 1 for any equal values, however low:
    read it with T. A zero makes C and D zero; C is undefined where all are zero.

    Parameters
    ----------
    values : (rows, systems) on 0-1; a row with NaN gives NaN.
    weights : (systems,) of zero or above; equal when None.

    Raises
    ------
    ModelError
        N149 for weights below zero or without a positive sum.
    ScaleError
        N156 for a value outside 0-1.

    Examples
    --------
    >>> found = classic_coupling(np.array([[0.2, 0.4, 0.8]]))
    >>> [round(float(part[0]), 6) for part in (found.coupling, found.level, found.coordination)]
    [0.857143, 0.466667, 0.632456]
    """
    systems = values.shape[1]
    weights = np.full(systems, 1.0) if weights is None else weights
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise ModelError(Finding("N149"))
    known = values[~np.isnan(values)]
    wrong = known[~((known >= 0) & (known <= 1))]
    if len(wrong):
        raise ScaleError(Finding("N156", params={"number": float(wrong[0])}))
    total = values.sum(axis=1)
    # The root is taken of each factor, so that the product of many small values does not vanish.
    mean = (values ** (1 / systems)).prod(axis=1) * systems
    coupling = np.divide(mean, total, out=np.full(len(values), np.nan), where=total > 0)
    coupling = np.minimum(coupling, 1.0)
    level = values @ (weights / weights.sum())
    return Coupling(coupling, level, np.sqrt(coupling * level))


def triangle_balance(
    panel: pd.DataFrame, weights: Vector | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return C, T and D of agglomeration, innovation and diffusion for each place and year.

    Parameters
    ----------
    panel : columns place, year, agglomeration, innovation, diffusion, on 0-1.
    weights : (3,) of the corners in T; equal when None.

    Returns
    -------
    Table place, year, C, T, D, lowest (the corner with the lowest value; several joined by ";"), gap (how far
    it is below the mean of the three), and a finding where a zero decides the result.
    """
    values = panel[list(CORNERS)].to_numpy(float)
    found = classic_coupling(values, weights)
    whole = np.isfinite(values).all(axis=1)
    low = np.where(whole, np.min(np.where(whole[:, None], values, 0.0), axis=1), np.nan)
    lowest = [
        ";".join(name for name, value in zip(CORNERS, row, strict=True) if value == least)
        for row, least in zip(values, low, strict=True)
    ]
    table = panel[["place", "year"]].reset_index(drop=True).assign(
        C=found.coupling, T=found.level, D=found.coordination, lowest=lowest, gap=values.mean(axis=1) - low
    )  # fmt: skip
    zeros = table[whole & (low == 0)]
    if not len(zeros):
        return table, ()
    told = tuple(f"{place} {year}" for place, year in zip(zeros["place"], zeros["year"], strict=True))
    return table, (Finding("N157", "warning", params={"count": len(told), "rows": told[:5]}),)
