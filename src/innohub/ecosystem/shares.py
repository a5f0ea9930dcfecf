"""Vectors of shares: scaled to one with a word about it, compared for mismatch and overlap."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

_CLOSE = 1e-6


def require_amounts(values: NDArray[np.float64]) -> None:
    """Raise ScaleError N159 for a value below zero or infinite; NaN may stand for a missing one."""
    wrong = values[(values < 0) | np.isinf(values)]
    if wrong.size:
        raise ScaleError(Finding("N159", params={"number": float(wrong.flat[0])}))


def shares_of_one(vectors: Matrix, names: Sequence[str] | None = None) -> tuple[Matrix, tuple[Finding, ...]]:
    """Scale each vector to the sum of one.

    Parameters
    ----------
    vectors : (vectors, parts) of zero or above; NaN makes its vector NaN.
    names : (vectors,) for the findings; numbers from 1 when None.

    Returns
    -------
    The shares, NaN for a vector of zeros, and warnings: N204 for vectors that did not sum to one, N205 for
    vectors without anything.

    Raises
    ------
    ScaleError
        N159 for an amount below zero or infinite.

    Examples
    --------
    >>> shares, found = shares_of_one(np.array([[1.0, 3.0]]))
    >>> shares.tolist(), found[0].code
    ([[0.25, 0.75]], 'N204')
    """
    names = [str(number + 1) for number in range(len(vectors))] if names is None else names
    shares, total = _scaled(vectors), vectors.sum(axis=1)
    other = (total > 0) & (np.abs(total - 1) > _CLOSE)
    return shares, (*_told("N204", names, other), *_told("N205", names, total == 0))


def _told(code: str, names: Sequence[str], which: NDArray[np.bool_]) -> tuple[Finding, ...]:
    told = tuple(name for name, marked in zip(names, which, strict=True) if marked)
    return (Finding(code, "warning", params={"count": len(told), "names": told[:5]}),) if told else ()


def talent_mismatch(talent: Matrix, industry: Matrix) -> Vector:
    """Return the mismatch of talent and industry over fields: half the sum of absolute differences of shares.

    It is the share of people that would have to change field (the dissimilarity index of Duncan and Duncan 1955,
    American Sociological Review 20(2):210-217, doi 10.2307/2088328): 0 when the shares are the same, 1 when no
    field has both.

    Parameters
    ----------
    talent, industry : (..., fields) shares or amounts of zero or above; each is scaled to the sum of one.

    Returns
    -------
    (...); NaN where an amount is missing or a side is all zero.

    Raises
    ------
    ScaleError
        N159 for an amount below zero or infinite.

    Examples
    --------
    >>> round(float(talent_mismatch(np.array([0.5, 0.3, 0.2, 0.0]), np.array([0.2, 0.2, 0.3, 0.3]))), 6)
    0.4
    """
    mismatch: Vector = 0.5 * np.abs(_scaled(talent) - _scaled(industry)).sum(axis=-1)
    return mismatch


def _scaled(amounts: Matrix) -> Matrix:
    """Return shares along the last axis, NaN where all is zero."""
    require_amounts(amounts)
    total = amounts.sum(axis=-1, keepdims=True)
    shares: Matrix = np.divide(amounts, total, out=np.full(amounts.shape, np.nan), where=total > 0)
    return shares


def mismatch_table(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the mismatch of each place (and year) with its widest shortage and surplus of talent.

    Parameters
    ----------
    frame : columns place, field, talent, industry, and year if there are several.

    Returns
    -------
    Table place, (year,) mismatch, short_of (field where the share of industry most exceeds that of talent),
    shortage, surplus_in, surplus (both as shares); missing where a value is missing or a side is zero.
    Findings N204 and N205 name the places.
    """
    keys = [name for name in ("place", "year") if name in frame]
    rows, talent, industry = [], [], []
    for key, part in frame.groupby(keys, sort=False):
        fields = part["field"].tolist()
        sides = part[["talent", "industry"]].to_numpy(float)
        label = " ".join(map(str, key))
        shares = _scaled(sides.T)
        talent.append((label, sides[:, 0].sum()))
        industry.append((label, sides[:, 1].sum()))
        gap = shares[0] - shares[1]
        if np.isnan(gap).any():
            rows.append((*key, np.nan, None, np.nan, None, np.nan))
            continue
        low, high = int(np.argmin(gap)), int(np.argmax(gap))
        short = (fields[low], -gap[low]) if gap[low] < 0 else (None, 0.0)
        over = (fields[high], gap[high]) if gap[high] > 0 else (None, 0.0)
        rows.append((*key, float(talent_mismatch(*sides.T)), *short, *over))
    totals = np.array([[total for _, total in side] for side in (talent, industry)])
    names = [label for label, _ in talent]
    far = ((totals > 0) & (np.abs(totals - 1) > _CLOSE)).any(axis=0)
    found = (*_told("N204", names, far), *_told("N205", names, (totals == 0).any(axis=0)))
    head = [*keys, "mismatch", "short_of", "shortage", "surplus_in", "surplus"]
    return pd.DataFrame(rows, columns=head), found


def platform_overlap(vectors: Matrix, platforms: Sequence[str]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Return the overlap of platforms by field: the cosine of their field vectors.

    Parameters
    ----------
    vectors : (platforms, fields) shares or amounts; the cosine does not depend on their sums.

    Returns
    -------
    Table platform, other, overlap (0 no common field, 1 the same mix; NaN where a vector is zero or not whole),
    and N205 for platforms without a field.

    Examples
    --------
    >>> table, _ = platform_overlap(np.array([[0.5, 0.3, 0.2, 0.0], [0.2, 0.2, 0.3, 0.3]]), ["a", "b"])
    >>> round(float(table.loc[0, "overlap"]), 6)
    0.699913
    """
    require_amounts(vectors)
    length = np.sqrt((vectors**2).sum(axis=1))
    unit = np.divide(vectors, length[:, None], out=np.full(vectors.shape, np.nan), where=length[:, None] > 0)
    first, second = np.triu_indices(len(vectors), 1)
    table = pd.DataFrame(
        {
            "platform": [platforms[k] for k in first.tolist()],
            "other": [platforms[k] for k in second.tolist()],
            "overlap": np.minimum((unit[first] * unit[second]).sum(axis=1), 1.0),
        }
    )
    return table, _told("N205", platforms, length == 0)


def platform_pull(levels: pd.DataFrame, ties: pd.DataFrame, upper: str = "national") -> pd.DataFrame:
    """Return how far platforms of the upper level pull others along: the share of lower platforms tied to each.

    Parameters
    ----------
    levels : columns platform, level.
    ties : columns platform, other; a tie between two platforms, in any order.
    upper : the level whose platforms should pull; all other levels are lower.

    Returns
    -------
    Table platform, lower (platforms of other levels), reached (of them tied to it), reach (share; NaN without
    lower platforms). The last row, with platform "", counts lower platforms tied to any of the upper ones.
    """
    level = levels.drop_duplicates("platform").set_index("platform")["level"]
    top = level.index[level == upper]
    lower = set(level.index[level != upper])
    both = pd.concat([ties, ties.rename(columns={"platform": "other", "other": "platform"})])
    of: dict[str, set[str]] = {name: set(both.loc[both["platform"] == name, "other"]) & lower for name in top}
    rows = [(name, len(lower), len(reached)) for name, reached in of.items()]
    rows.append(("", len(lower), len(set().union(*of.values()))))
    table = pd.DataFrame(rows, columns=["platform", "lower", "reached"])
    return table.assign(reach=table["reached"] / table["lower"].where(table["lower"] > 0))
