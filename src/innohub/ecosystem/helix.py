"""Triple helix: how much universities, firms and government reduce each other's uncertainty, in bits."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.bootstrap import FEW_WORKS, bootstrap_interval
from innohub.ecosystem.shares import require_amounts
from innohub.errors import Finding

Array = NDArray[np.float64]

# The combinations of sectors that a work can have, and which of university, industry, government each holds.
COMBINATIONS = ("u", "i", "g", "ui", "ug", "ig", "uig")
_HOLDS = np.array([[letter in name for letter in "uig"] for name in COMBINATIONS])
_TERMS = ((1.0, "u"), (1.0, "i"), (1.0, "g"), (-1.0, "ui"), (-1.0, "ug"), (-1.0, "ig"), (1.0, "uig"))
# A research institute counts on the side of science; the study may sort its sectors otherwise.
SIDES: Mapping[str, str] = {"university": "u", "institute": "u", "firm": "i", "government": "g"}


def triple_helix(counts: Array) -> Array:
    """Return T(uig) = H_u + H_i + H_g - H_ui - H_ug - H_ig + H_uig in bits (Leydesdorff 2003).

    The more negative, the more the three sectors reduce uncertainty together: synergy. Works of no sector are
    left out. Source: Scientometrics 58(2):445-467, doi 10.1023/A:1026253130577.

    Parameters
    ----------
    counts : (..., 7) works by combination, in the order of ``COMBINATIONS``.

    Returns
    -------
    (...); NaN where there is no work at all.

    Raises
    ------
    ScaleError
        N159 for a count below zero or infinite.

    Examples
    --------
    >>> round(float(triple_helix(np.array([40.0, 20, 10, 10, 12, 3, 5]))), 6)
    -0.177809
    """
    require_amounts(counts)
    total = counts.sum(axis=-1)
    shares = np.divide(
        counts, total[..., None], out=np.full(counts.shape, np.nan), where=total[..., None] > 0
    )
    result = np.zeros(total.shape)
    for sign, sides in _TERMS:
        result = result + sign * _entropy(shares, sides)
    # Where one sector alone is there, the terms cancel up to the last digit.
    return np.where(np.abs(result) < 1e-15, 0.0, result)


def _entropy(shares: Array, sides: str) -> Array:
    """Return the entropy in bits of the joint distribution of some sides."""
    columns = ["uig".index(side) for side in sides]
    patterns = _HOLDS[:, columns]
    entropy = np.zeros(shares.shape[:-1])
    for pattern in np.unique(patterns, axis=0):
        p = shares[..., (patterns == pattern).all(axis=1)].sum(axis=-1)
        log = np.log2(p, out=np.zeros_like(p), where=p > 0)
        entropy = entropy - p * log
    return entropy


def combination(sectors: Collection[str], sides: Mapping[str, str] = SIDES) -> str:
    """Return the combination of the sectors of a work; "" where none of them has a side.

    >>> combination(["firm", "university", "university"]), combination(["charity"])
    ('ui', '')
    """
    letters = {sides[sector] for sector in sectors if sector in sides}
    return "".join(letter for letter in "uig" if letter in letters)


def helix_table(
    members: pd.DataFrame,
    draws: int,
    rng: np.random.Generator,
    by: Sequence[str] = (),
    *,
    sides: Mapping[str, str] = SIDES,
    level: float = 0.9,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the triple helix of each group of works with an interval from drawing works anew.

    Parameters
    ----------
    members : columns work, sector, and those of ``by``: a row for each sector that takes part in a work.
    by : columns that tell groups, such as place and year; a work may belong to several.
    sides : sector to u, i or g.

    Returns
    -------
    Table with the columns of ``by``, u, i, g, ui, ug, ig, uig (counts), works, left_out (works of no sector),
    bits, low, high. Findings N207 (works left out) and N206 (fewer than ten works in a group).
    """
    keys = [*by, "work"]
    whole = members.groupby(keys, sort=False, dropna=False)["sector"].agg(
        lambda s: combination(set(s), sides)
    )
    cells = whole.rename("cell").reset_index()
    rows, few = [], []
    for key, part in cells.groupby(list(by), sort=False) if by else [((), cells)]:
        names = [name for name in part["cell"] if name]
        parts = np.array([[name == other for other in COMBINATIONS] for name in names], float).reshape(-1, 7)
        found = bootstrap_interval(parts, triple_helix, draws, rng, level)
        rows.append(
            (*key, *parts.sum(axis=0).astype(int), len(names), len(part) - len(names),
             found.value, found.low, found.high)
        )  # fmt: skip
        if len(names) < FEW_WORKS:
            few.append(" ".join(map(str, key)) or "–")
    table = pd.DataFrame(rows, columns=[*by, *COMBINATIONS, "works", "left_out", "bits", "low", "high"])
    findings = []
    if lost := int(table["left_out"].sum()):
        findings.append(Finding("N207", "warning", params={"count": lost}))
    if few:
        told = {"count": len(few), "rows": tuple(few[:5]), "least": FEW_WORKS}
        findings.append(Finding("N206", "warning", params=told))
    return table, tuple(findings)
