"""Audit a published table of coupling: which convention reproduces its columns C, T and D, and which rows cannot be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.ecosystem.coupling import couple, weight_shares
from innohub.ecosystem.subsystems import SHOWN
from innohub.errors import Finding, ModelError, ScaleError

Array = NDArray[np.float64]
Vector = NDArray[np.float64]
Formula = Callable[[Array, Vector], Vector]

MOST = 12
# Conventions that are right; every other name is a known error.
RIGHT = frozenset({"classic", "corrected", "weighted_mean", "root"})


@dataclass(frozen=True)
class Audit:
    """What reproduces a published table.

    ``conventions``: column (coupling, level, coordination), convention, right (bool), rows (tested), reproduced,
    max_error (of the recomputed value against the printed one), holds (every tested row reproduced). ``rows``: row
    (from 1), implied_level (D^2/C), low, high (of the scores), holds; missing where it cannot be tested.
    ``verdict`` names by column the conventions that hold, the right ones first; several where the rows cannot tell.
    """

    conventions: pd.DataFrame
    rows: pd.DataFrame
    verdict: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Column:
    """A printed column, (rows,), and half a unit of its last decimal."""

    name: str
    printed: Vector
    half: float


def _classic(u: Array, a: Vector) -> Vector:
    coupling: Vector = couple(u).coupling
    return coupling


def _n_missing(u: Array, a: Vector) -> Vector:
    lowered: Vector = _classic(u, a) / u.shape[-1]
    return lowered


def _no_root(u: Array, a: Vector) -> Vector:
    raised: Vector = _classic(u, a) ** u.shape[-1]
    return raised


def _ratio(top: Vector, bottom: Vector) -> Vector:
    ratio: Vector = np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0)
    return ratio


def _weights_inside(u: Array, a: Vector) -> Vector:
    """C of a_i U_i in place of U_i."""
    coupling: Vector = couple(a * u).coupling
    return coupling


def _weighted_means(u: Array, a: Vector) -> Vector:
    """C as the weighted geometric over the weighted arithmetic mean."""
    coupling: Vector = _ratio((u**a).prod(axis=-1), u @ a)
    return coupling


_COUPLING: dict[str, Formula] = {
    "classic": _classic,
    "corrected": lambda u, a: couple(u, "corrected").coupling,
    "n_missing": _n_missing,
    "no_root": _no_root,
    "weights_inside": _weights_inside,
    "weighted_means": _weighted_means,
}
_LEVEL: dict[str, Formula] = {
    "weighted_mean": lambda u, a: u @ a,
    "plain_mean": lambda u, a: u.mean(axis=-1),
    "sum": lambda u, a: u.sum(axis=-1),
    "geometric_mean": lambda u, a: (u ** (1 / u.shape[-1])).prod(axis=-1),
}
# Of the printed C and T, (rows, 2); is_coupling: the column D repeats C.
_COORDINATION: dict[str, Formula] = {
    "root": lambda ct, a: np.sqrt(ct[:, 0] * ct[:, 1]),
    "no_root": lambda ct, a: ct[:, 0] * ct[:, 1],
    "is_coupling": lambda ct, a: ct[:, 0],
    "is_level": lambda ct, a: ct[:, 1],
}
_FORMULAS = {"coupling": _COUPLING, "level": _LEVEL, "coordination": _COORDINATION}


def audit_table(
    scores: Array,
    coupling: Vector,
    level: Vector,
    coordination: Vector,
    *,
    weights: Sequence[float] | None = None,
    decimals: Mapping[str, int] | None = None,
) -> Audit:
    """Find the conventions that reproduce the printed C, T and D from the printed scores.

    A printed number stands for every number that rounds to it, so a convention reproduces a row when some scores
    within the rounding give the printed value within its own rounding. D is tested against the printed C and T.
    T' = D^2/C is a mean of the scores, so it must lie between the lowest and the highest. Conventions: the right ones
    and the common errors of Liu Chunlin 2017 (n missing, power instead of root, weights inside C, T no weighted mean,
    D that repeats C).

    Parameters
    ----------
    scores : (rows, subsystems) as printed; coupling, level, coordination : (rows,), NaN where not printed.
    weights : of the subsystems as the paper tells them; equal when None, and then weights inside C change nothing.
    decimals : by ``scores``, ``coupling``, ``level``, ``coordination``; the most of any number in it when not told.

    Raises
    ------
    ModelError
        S348 columns of different lengths; S349 fewer than 2 or more than 12 subsystems; N149 weights.
    ScaleError
        N156 a score outside 0-1.
    """
    _check(scores, (coupling, level, coordination))
    shares = weight_shares(weights, scores.shape[1])
    given = {"scores": scores, "coupling": coupling, "level": level, "coordination": coordination}
    half = {name: 0.5 * 10.0 ** -(decimals or {}).get(name, _decimals(x)) for name, x in given.items()}
    printed = np.column_stack([coupling, level])
    of_scores = np.full(scores.shape[1], half["scores"])
    of_printed = np.array([half["coupling"], half["level"]])
    columns = {name: _Column(name, given[name], half[name]) for name in _FORMULAS}
    rows = [
        *_tests(_FORMULAS["coupling"], columns["coupling"], scores, of_scores, shares),
        *_tests(_FORMULAS["level"], columns["level"], scores, of_scores, shares),
        *_tests(_FORMULAS["coordination"], columns["coordination"], printed, of_printed, shares),
    ]
    table = pd.DataFrame(rows)
    even = bool(np.ptp(shares) < 1e-12)
    # With equal weights these are the classic degree and the weighted mean under another name.
    table = table[~(table["convention"].isin(["weights_inside", "weighted_means", "plain_mean"]) & even)]
    table = table.reset_index(drop=True)
    implied = _implied(scores, coupling, coordination, half)
    verdict = {
        str(column): tuple(own.loc[own["holds"], "convention"])
        for column, own in table.sort_values("right", ascending=False, kind="stable").groupby("column")
    }
    return Audit(table, implied, verdict, _doubts(table, implied, verdict))


def _check(scores: Array, columns: Sequence[Vector]) -> None:
    if scores.ndim != 2 or any(column.shape != (len(scores),) for column in columns):
        shapes = " / ".join(str(len(part)) for part in (scores, *columns))
        raise ModelError(Finding("S348", params={"lengths": shapes}))
    if not 2 <= scores.shape[1] <= MOST:
        raise ModelError(Finding("S349", params={"count": scores.shape[1], "most": MOST}))
    if (wrong := (scores < 0) | (scores > 1)).any():
        raise ScaleError(Finding("N156", params={"number": float(scores[wrong][0])}))


def _decimals(values: Array) -> int:
    """Return the most decimals of any number as Python would write it."""
    texts = (np.format_float_positional(x, trim="-") for x in values.ravel() if np.isfinite(x))
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def _tests(
    formulas: Mapping[str, Formula], column: _Column, given: Array, halves: Vector, shares: Vector
) -> Iterator[dict[str, object]]:
    """Test each formula of a column on every row with a printed value."""
    printed = column.printed
    known = ~np.isnan(printed) & ~np.isnan(given).any(axis=1)
    for name, formula in formulas.items():
        low, middle, high = _reach(formula, given[known], halves, shares)
        slack = column.half + 1e-9
        fits = (printed[known] >= low - slack) & (printed[known] <= high + slack)
        tested = ~np.isnan(middle)
        errors = np.abs(middle - printed[known])[tested]
        yield {
            "column": column.name, "convention": name, "right": name in RIGHT, "rows": int(tested.sum()),
            "reproduced": int((fits & tested).sum()),
            "max_error": float(errors.max()) if len(errors) else np.nan,
            "holds": bool(tested.any() and fits[tested].all()),
        }  # fmt: skip


def _reach(formula: Formula, given: Array, halves: Vector, shares: Vector) -> tuple[Vector, Vector, Vector]:
    """Return the least, the plain and the greatest value of a formula over the corners of what was rounded."""
    middle = formula(given, shares)
    low, high = middle.copy(), middle.copy()
    for signs in product((-1.0, 1.0), repeat=given.shape[1]):
        value = formula(np.clip(given + np.array(signs) * halves, 0.0, 1.0), shares)
        low, high = np.fmin(low, value), np.fmax(high, value)
    return low, middle, high


def _implied(
    scores: Array, coupling: Vector, coordination: Vector, half: Mapping[str, float]
) -> pd.DataFrame:
    """Return T' = D^2/C by row, and whether it can lie between the lowest and the highest score."""
    level = _ratio(coordination**2, coupling)
    least = _ratio(np.maximum(coordination - half["coordination"], 0) ** 2, coupling + half["coupling"])
    most = _ratio((coordination + half["coordination"]) ** 2, np.maximum(coupling - half["coupling"], 0))
    low, high = scores.min(axis=1), scores.max(axis=1)
    slack = half["scores"] + 1e-9
    # Where C may be zero within its rounding, T' has no upper end.
    fits = (least <= high + slack) & (np.where(np.isnan(most), np.inf, most) >= low - slack)
    known = ~np.isnan(level) & ~np.isnan(low)
    return pd.DataFrame(
        {
            "row": np.arange(1, len(scores) + 1),
            "implied_level": level,
            "low": low,
            "high": high,
            "holds": pd.Series(fits, dtype="boolean").mask(~known),
        }
    )


def _doubts(
    table: pd.DataFrame, implied: pd.DataFrame, verdict: Mapping[str, tuple[str, ...]]
) -> tuple[Finding, ...]:
    findings = []
    bad = implied.loc[~implied["holds"].fillna(value=True), "row"].tolist()
    if bad:
        told = {"count": len(bad), "rows": tuple(bad[:SHOWN])}
        findings.append(Finding("S346", "warning", params=told))
    for column, names in verdict.items():
        tested = table.loc[table["column"] == column, "rows"].max()
        if tested and not names:
            findings.append(Finding("S337", "warning", params={"column": column, "rows": int(tested)}))
        elif names and not RIGHT & set(names):
            findings.append(Finding("S345", "warning", params={"column": column, "conventions": names}))
    return tuple(findings)
