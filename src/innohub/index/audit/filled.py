"""Which rule filled the cells that a table marks as filled."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit.outcome import Fit, Outcome, chance_of, decide, tightness_of, undecided

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

RULES: Final = (
    "column_mean", "column_median", "group_mean", "group_median", "row_mean", "column_least", "column_largest", "zero",
)  # fmt: skip


def audit_filled(
    x: Matrix,
    marked: NDArray[np.bool_],
    half: Vector,
    groups: Sequence[str] | None = None,
    *,
    column: str = "",
) -> Outcome:
    """Find the rule that gives the cells said to be filled, each from the cells that are not.

    Parameters
    ----------
    x : (rows, columns) as printed; marked : the same shape, True for filled; half : (columns,) half-units.
    groups : (rows,) labels; without them no group rule is tried.

    Returns
    -------
    The outcome; ``place`` in ``detail`` holds (row, column) of each cell, in the order of ``misfits``.

    Examples
    --------
    >>> x = np.array([[1.0], [2.0], [6.0], [4.0], [11.0], [4.0]])
    >>> marked = np.array([[False], [False], [False], [True], [False], [True]])
    >>> audit_filled(x, marked, np.array([0.05])).fits[0].convention
    'column_median'
    """
    cells = np.argwhere(marked & np.isfinite(x))
    if not len(cells):
        return undecided("filled", column, 0, "no_cells")
    known = np.where(marked, np.nan, x)
    printed, unit = x[marked & np.isfinite(x)], half[cells[:, 1]]
    tight = float(
        np.median(
            [tightness_of(x[:, j] - half[j], x[:, j] + half[j]) for j in sorted(set(cells[:, 1].tolist()))]
        )
    )
    tested = [rule for rule in RULES if groups is not None or not rule.startswith("group")]
    fits = []
    for rule in tested:
        expected = np.array([_value(rule, known, groups, int(i), int(j)) for i, j in cells])
        off = np.flatnonzero(~(np.abs(expected - printed) <= unit + 1e-9))
        if len(off) > len(cells) // 5:
            continue
        chance = chance_of(len(tested), len(cells), len(off), 0, tight)
        left = float(np.abs(expected - printed)[np.abs(expected - printed) <= unit + 1e-9].max(initial=0.0))
        strays = tuple((np.abs(expected - printed) / unit)[off])
        fits.append(
            Fit(rule, len(cells) - len(off), tuple(off.tolist()), expected, left, chance, strays=strays)
        )
    found = decide("filled", column, fits, tested, len(cells))
    reason = "several_cells" if found.reason == "chance" and len(fits) != 1 else found.reason
    return Outcome(
        found.aspect, found.column, found.verdict, found.fits, found.tested, found.rows, found.confidence, reason,
        found.nearest, {"place": [tuple(cell) for cell in cells.tolist()]},
    )  # fmt: skip


def _value(rule: str, known: Matrix, groups: Sequence[str] | None, row: int, column: int) -> float:
    """Return what a rule puts into one cell; NaN where it has nothing to go by."""
    if rule == "zero":
        return 0.0
    values = known[row] if rule == "row_mean" else known[:, column]
    if rule.startswith("group") and groups is not None:
        values = values[np.array([group == groups[row] for group in groups])]
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan")
    how: dict[str, Callable[[Vector], Any]] = {
        "mean": np.mean,
        "median": np.median,
        "least": np.min,
        "largest": np.max,
    }
    return float(how[rule.rpartition("_")[2]](values))
