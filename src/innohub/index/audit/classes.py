"""Which limits give printed classes: the span of every limit, its closed side, and the schemes that agree."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit.outcome import Fit, Outcome, decide, undecided

Vector = NDArray[np.float64]
SIDES: Final = ("left", "right")
_SLACK = 1e-10


@dataclass(frozen=True)
class Limits:
    """A scheme of classes as numbers: limits from the lowest up, the side that holds a value on each, class names.

    ``sides`` (limits,) holds ``left`` (the upper class has the limit), ``right`` (the lower one) or an empty text
    where the source is silent and both are tried. ``names`` (classes,) holds the names of each class, lowest first.
    """

    id: str
    limits: tuple[float, ...]
    sides: tuple[str, ...]
    names: tuple[frozenset[str], ...]


def audit_classes(
    values: Vector, half: float, labels: Sequence[str], schemes: Sequence[Limits], *, column: str = ""
) -> Outcome:
    """Find which schemes give the printed classes of printed values, and which values decide.

    A value printed within half a unit of a limit may lie on either side of it and contradicts neither; a value that
    is printed exactly on a limit shows its closed side if the classes were given by the printed values. A scheme whose
    names do not match the labels is tried by its limits alone.

    Parameters
    ----------
    values : (rows,), NaN where not printed; half : half a unit of their last decimal.
    labels : (rows,) class names as printed; an empty text is no class.

    Returns
    -------
    The outcome; ``detail`` holds classes (from the lowest: name, least, greatest, rows), order (positions of rows
    that stand in no order of classes) and place (rows tested). ``parameters`` of a fit: side, by (``names`` or
    ``limits``), deciders (positions of the values nearest to its limits).
    """
    rows = np.flatnonzero(np.isfinite(values) & np.array([bool(label) for label in labels]))
    x, own = values[rows], np.array([labels[row] for row in rows.tolist()], dtype=np.object_)
    if len(set(own)) < 2 or len(x) < 3:
        return undecided("classes", column, len(x), "few_rows" if len(x) < 3 else "constant")
    ladder, tangled = _ladder(x, own)
    tried = [(one, side) for one in schemes for side in (SIDES if "" in one.sides else ("",))]
    fits = [fit for one, side in tried if (fit := _fit(one, side, (x, half), own, ladder))]
    named = [fit for fit in fits if fit.parameters["by"] == "names"]
    found = decide("classes", column, named or fits, [one.id for one in schemes], len(x))
    detail = {"classes": _spans(x, own, ladder), "order": tangled, "place": rows}
    return Outcome(
        found.aspect, found.column, found.verdict, found.fits, found.tested, found.rows, found.confidence,
        found.reason, found.nearest, detail,
    )  # fmt: skip


def _ladder(x: Vector, own: NDArray[np.object_]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the classes from the lowest, by their medians, and rows that stand inside another class's span."""
    middles = {label: float(np.median(x[own == label])) for label in dict.fromkeys(own)}
    ladder = tuple(sorted(middles, key=middles.__getitem__))
    level = np.array([ladder.index(label) for label in own])
    order = np.lexsort((level, x))
    keep = _longest_rising(level[order])
    return ladder, tuple(sorted(int(row) for row in np.delete(order, keep)))


def _longest_rising(level: NDArray[np.int64]) -> list[int]:
    """Return positions of a longest non-decreasing run; what is left out is the fewest rows out of order.

    Piles of the least last level for every length of a run (Schensted 1961).
    """
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(level)
    for here, step in enumerate(level.tolist()):
        pile = bisect_right(tops, step)
        before[here] = ends[pile - 1] if pile else -1
        tops[pile : pile + 1] = [step]
        ends[pile : pile + 1] = [here]
    kept, at = [], ends[-1] if ends else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return kept[::-1]


def _fit(
    one: Limits, side: str, printed: tuple[Vector, float], own: NDArray[np.object_], ladder: tuple[str, ...]
) -> Fit | None:
    """Return how a scheme gives the classes; None where more than a tenth of the rows contradict it."""
    x, half = printed
    limits = np.array(one.limits)
    right = np.array([(given or side) == "right" for given in one.sides])
    exact = _place(x, limits, right)
    floor, ceiling = _place(x - half, limits, right), _place(x + half, limits, right)
    wanted, by = _wanted(one, own, ladder, exact)
    if wanted is None:
        return None
    on_limit = (np.abs(x[:, None] - limits) <= _SLACK).any(axis=1)
    fits = np.where(on_limit, exact == wanted, (wanted >= floor) & (wanted <= ceiling))
    off = np.flatnonzero(~fits)
    if len(off) > len(x) // 10:
        return None
    away = np.abs(x[:, None] - limits)
    deciders = sorted({int(row) for row in away.argmin(axis=0)})
    # Every further class that falls into its place, and every row beyond its first, is a proof.
    chance = -float(len(set(own[fits])) - 1 if by == "names" else 0) - 0.3 * float(fits.sum() - len(set(own)))
    told = {"side": side or (_one_side(one) if on_limit.any() else ""), "by": by, "deciders": tuple(deciders)}
    strays = tuple((away.min(axis=1) / half)[off]) if half > 0 else (np.inf,) * len(off)
    return Fit(
        one.id,
        int(fits.sum()),
        tuple(off.tolist()),
        exact.astype(float),
        0.0,
        min(chance, 0.0),
        told,
        strays=strays,
    )


def _one_side(one: Limits) -> str:
    return one.sides[0] if len(set(one.sides)) == 1 else "mixed"


def _place(x: Vector, limits: Vector, right: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the class of each value, from the lowest (0)."""
    above = np.where(right, x[:, None] > limits + _SLACK, x[:, None] >= limits - _SLACK)
    return np.asarray(above.sum(axis=1))


def _wanted(
    one: Limits, own: NDArray[np.object_], ladder: tuple[str, ...], exact: NDArray[np.int64]
) -> tuple[NDArray[np.int64] | None, str]:
    """Return the class that each row's label means: by name, else the one that most of its rows fall in."""
    known = {label: [k for k, names in enumerate(one.names) if label.casefold() in names] for label in ladder}
    if all(len(found) == 1 for found in known.values()):
        return np.array([known[label][0] for label in own]), "names"
    if len(ladder) < 3:
        return None, ""
    usual = {label: int(np.bincount(exact[own == label]).argmax()) for label in ladder}
    steps = [usual[label] for label in ladder]
    if sorted(set(steps)) != steps or steps[-1] - steps[0] != len(steps) - 1:
        return None, ""
    return np.array([usual[label] for label in own]), "limits"


def _spans(x: Vector, own: NDArray[np.object_], ladder: tuple[str, ...]) -> list[Mapping[str, object]]:
    return [
        {
            "class": label, "least": float(x[own == label].min()), "greatest": float(x[own == label].max()),
            "rows": int((own == label).sum()),
        }
        for label in ladder
    ]  # fmt: skip
