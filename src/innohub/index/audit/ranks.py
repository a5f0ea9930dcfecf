"""Which rule gives printed ranks: how ties are ranked, and whether 1 is the best or the worst."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from innohub.index.audit.outcome import Fit, Outcome, decide, undecided

Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

RULES: Final = ("min", "max", "average", "dense", "order")
_TESTED: Final = 10


def rank_by(values: Vector, rule: str) -> Vector:
    """Rank values from the least (1), ties by a rule: ``min max average dense order`` (as they stand).

    >>> rank_by(np.array([2.0, 4.0, 4.0, 10.0]), "average").tolist()
    [1.0, 2.5, 2.5, 4.0]
    """
    method: Any = "ordinal" if rule == "order" else rule
    return np.asarray(rankdata(values, method=method), dtype=np.float64)


def audit_ranks(values: Vector, ranks: Vector, *, column: str = "") -> Outcome:
    """Find the rule that gives the printed ranks of printed values.

    Values that are printed alike may differ in decimals that are not printed; ranks that part them say ``order``
    and leave open which. Without two equal values only the direction is decidable. Ranks with gaps that no rule of
    ties explains are those of a longer list; then only their order is tested.

    Parameters
    ----------
    values, ranks : (rows,), NaN where not printed.

    Examples
    --------
    >>> found = audit_ranks(np.array([9.0, 7, 7, 5, 3, 2, 1]), np.array([1.0, 2, 2, 4, 5, 6, 7]))
    >>> found.verdict, found.fits[0].convention, found.fits[0].parameters["best"]
    ('one', 'min', 1)
    """
    rows = np.isfinite(values) & np.isfinite(ranks)
    x, r = values[rows], ranks[rows]
    if len(x) < 3:
        return undecided("ranks", column, len(x), "few_rows")
    if np.ptp(x) == 0:
        return undecided("ranks", column, len(x), "constant")
    place, most = np.flatnonzero(rows), len(x) // 5
    falling = bool(np.corrcoef(rank_by(x, "average"), rank_by(r, "average"))[0, 1] < 0)
    tied = len(np.unique(x)) < len(x)
    fits = [fit for rule in RULES if (fit := _fit(rule, x, r, falling=falling, most=most))]
    longer = False
    if not fits and (fit := _longer(x, r, falling=falling, most=most)):
        fits, longer = [fit], True
    detail = {"place": place, "tied": tied, "longer": longer}
    found = decide("ranks", column, fits, RULES, len(x))
    if found.fits and not tied:
        # Without ties all rules give the same ranks: the direction is found, the rule is not.
        found = undecided("ranks", column, len(x), "no_ties")
        return _with(found, detail, fits)
    return _with(found, detail, found.fits)


def _with(found: Outcome, detail: dict[str, object], fits: tuple[Fit, ...] | list[Fit]) -> Outcome:
    return Outcome(
        found.aspect, found.column, found.verdict, tuple(fits), found.tested or RULES, found.rows, found.confidence,
        found.reason, found.nearest, detail,
    )  # fmt: skip


def _fit(rule: str, x: Vector, r: Vector, *, falling: bool, most: int) -> Fit | None:
    """Return how a rule gives the ranks; equal values may stand in any order under ``order``."""
    turned = -x if falling else x
    expected = rank_by(turned, rule)
    if rule == "order":
        # Among equal values take the order that is printed.
        expected = np.empty(len(x))
        expected[np.lexsort((r, turned))] = np.arange(1.0, len(x) + 1)
        if len(np.unique(r)) < len(r) - 2 * most:
            return None
    off = np.flatnonzero(np.abs(expected - r) > 1e-9)
    # Two rows that changed places are one slip, but both are shown.
    if len(off) > 2 * max(most, 1):
        return None
    chance = -float(len(x) - len(off)) + np.log10(_TESTED)
    return Fit(
        rule, len(x) - len(off), tuple(off.tolist()), expected, 0.0, min(chance, 0.0),
        {"best": 1 if falling else len(x)}, strays=(np.inf,) * len(off),
    )  # fmt: skip


def _longer(x: Vector, r: Vector, *, falling: bool, most: int) -> Fit | None:
    """Return the fit of ranks out of a longer list: their order is that of the values, whatever the gaps."""
    own = rank_by(-x if falling else x, "min")
    other = rank_by(r, "min")
    off = np.flatnonzero(np.abs(own - other) > 1e-9)
    if len(off) > 2 * max(most, 1) or r.max() <= len(x):
        return None
    chance = -float(len(x) - len(off)) + np.log10(_TESTED)
    return Fit("min", len(x) - len(off), tuple(off.tolist()), r.copy(), 0.0, min(chance, 0.0), {"best": 1})
