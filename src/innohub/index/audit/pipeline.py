"""How scores or raw values became an index: normalisation, direction, weights, aggregation, rounding between levels."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit.aggregation import (
    AGGREGATIONS,
    Scores,
    fit_aggregation,
    mean_of,
    name_parameters,
)
from innohub.index.audit.normalisation import NORMALISERS, normalised
from innohub.index.audit.outcome import Fit, Outcome, about, decide, undecided
from innohub.index.audit.ranks import RULES, rank_by
from innohub.index.audit.stated import Case, hold_stated
from innohub.index.audit.weights import least_squares_shares

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

# Up to so many columns every combination of directions is tried.
_ALL_SIGNS: Final = 3


def audit_index(
    inputs: Matrix,
    low: Vector,
    high: Vector,
    *,
    half: Vector | None = None,
    raw: bool = False,
    directions: Vector | None = None,
    stated: Vector | None = None,
    column: str = "",
    totals: Rows | None = None,
) -> Outcome:
    """Find how printed scores, or raw values, became a printed index.

    First the numbers that go in are taken as printed. Where nothing fits, they are taken as roundings of what the
    authors had (``parameters["inputs"]`` of a fit says which).

    Parameters
    ----------
    inputs : (rows, columns); low, high : (rows,) ends of what the printed index stands for; NaN where not printed.
    half : (columns,) half-units of the inputs; zero where exact.
    raw : whether the inputs still have to be normalised; all columns in one way.
    directions : (columns,) 1 or -1; found where None and ``raw``.
    stated : (columns,) weights that the text states, any sum.
    totals : (rows,) rows of totals: bounds and moments are tried without them and with them.

    Returns
    -------
    The outcome; ``detail`` holds place (rows tested), stated (see :func:`hold_stated`).
    """
    totals = np.zeros(len(inputs), dtype=bool) if totals is None else totals
    rows = ~totals & np.isfinite(inputs).all(axis=1) & np.isfinite(low) & np.isfinite(high)
    if why := _undecidable(inputs[rows], low[rows], high[rows]):
        return undecided("aggregation", column, int(rows.sum()), why, place=np.flatnonzero(rows))
    wide = np.zeros(inputs.shape[1]) if half is None else half
    cases = list(_cases(inputs, rows, totals, (low, high), directions, raw=raw))
    found = _search(cases, rows, (low, high), column, np.zeros_like(wide))
    if wide.any() and (found.verdict in ("none", "undecidable") or found.fits[0].misfits):
        found = _less_missed(found, _search(cases, rows, (low, high), column, wide))
    elif wide.any():
        found = about(found, printed_decides=_printed_decides(found, wide, (low[rows], high[rows])))
    told = {} if stated is None else {"stated": hold_stated(found, cases, rows, (low, high), (stated, wide))}
    return about(found, place=np.flatnonzero(rows), **told)


def _less_missed(printed: Outcome, hidden: Outcome) -> Outcome:
    """Return the outcome of scores taken as roundings where it leaves out fewer rows, else that as printed."""
    if hidden.verdict not in ("one", "several"):
        return printed
    if printed.verdict not in ("one", "several"):
        return hidden
    return hidden if len(hidden.fits[0].misfits) < len(printed.fits[0].misfits) else printed


def _undecidable(inputs: Matrix, low: Vector, high: Vector) -> str:
    rows, columns = inputs.shape
    if rows < columns + 1:
        return "few_rows"
    middle = (low + high) / 2
    if np.ptp(middle) <= float((high - low).max()):
        return "constant"
    if (middle % 1 == 0).all() and any((rank_by(middle, rule) == middle).all() for rule in RULES[:4]):
        return "ranks_only"
    return "constant_input" if (np.ptp(inputs, axis=0) == 0).any() else ""


def _cases(
    inputs: Matrix,
    rows: Rows,
    totals: Rows,
    printed: tuple[Vector, Vector],
    directions: Vector | None,
    *,
    raw: bool,
) -> Iterator[Case]:
    """Yield normaliser, directions, rows its bounds are over, scores, and what one unit of each input moves them by."""
    columns = inputs.shape[1]
    if not raw:
        yield "none", (1,) * columns, "rows", inputs, np.ones_like(inputs)
        return
    middle = (printed[0] + printed[1]) / 2
    signs = (
        [tuple(int(d) for d in directions)] if directions is not None else _signs(inputs[rows], middle[rows])
    )
    overs = {"rows": rows} | ({"rows_and_totals": rows | totals} if totals.any() else {})
    for sign in signs:
        for over, own in overs.items():
            for name in NORMALISERS:
                z = normalised(name, inputs, np.array(sign, dtype=float), own)
                spread = np.ptp(z[rows], axis=0) / np.ptp(inputs[rows], axis=0)
                # An error of the bounds or moments adds at most that of the value itself.
                yield name, sign, over, z, np.broadcast_to(2 * spread, z.shape)


def _signs(inputs: Matrix, middle: Vector) -> list[tuple[int, ...]]:
    """Return the directions worth trying: all, for few columns; else those of a straight line and one turned."""
    columns = inputs.shape[1]
    if columns <= _ALL_SIGNS:
        grid = np.indices((2,) * columns).reshape(columns, -1).T
        return [tuple(int(1 - 2 * digit) for digit in row) for row in grid]
    z = (inputs - np.median(inputs, axis=0)) / inputs.std(axis=0)
    slopes = _robust_slopes(z, middle)
    first = tuple(int(sign) for sign in np.where(slopes < 0, -1, 1))
    turned = [tuple(-s if j == k else s for j, s in enumerate(first)) for k in np.argsort(np.abs(slopes))[:2]]
    return list(dict.fromkeys([first, (1,) * columns, *turned]))


def _robust_slopes(z: Matrix, y: Vector) -> Vector:
    """Return slopes of least squares, rows weighted down by their residuals (Huber), so that a slip turns no sign."""
    matrix = np.column_stack([z, np.ones(len(z))])
    weight = np.ones(len(z))
    for _ in range(10):
        solved = np.linalg.lstsq(matrix * weight[:, None], y * weight, rcond=None)[0]
        left = np.abs(y - matrix @ solved)
        bar = max(1.5 * float(np.median(left)), 1e-12)
        weight = np.sqrt(np.minimum(1.0, bar / np.maximum(left, 1e-300)))
    return np.asarray(solved[:-1])


def _search(
    cases: Sequence[Case], rows: Rows, printed: tuple[Vector, Vector], column: str, half: Vector
) -> Outcome:
    """Fit every aggregation to every case."""
    low, high = printed[0][rows], printed[1][rows]
    names = _aggregations(cases)
    tested = len(cases) * len(names)
    how = "unrounded" if half.any() else "printed"
    fits: list[Fit] = []
    nearest: tuple[float, Fit] | None = None
    for normaliser, signs, over, z, reach in cases:
        room = (reach * half)[rows]
        scores = Scores(z[rows] - room, z[rows] + room, low, high)
        told = {"normaliser": normaliser, "directions": signs, "over": over, "inputs": how}
        for name in names:
            if not _sensible(name, normaliser):
                continue
            if fit := fit_aggregation(name, scores, tested):
                fits.append(name_parameters(fit, **told))
            elif not fits and not half.any() and name in ("arithmetic", "geometric"):
                miss, near = _near(name, scores)
                nearest = (
                    (miss, name_parameters(near, **told)) if nearest is None or miss < nearest[0] else nearest
                )
    kinds = list(dict.fromkeys(names))
    found = decide("aggregation", column, fits, kinds, len(low), nearest=nearest[1] if nearest else None)
    return about(found, conventions=tested)


def _aggregations(cases: Sequence[Case]) -> tuple[str, ...]:
    return AGGREGATIONS if cases else ()


def _sensible(name: str, normaliser: str) -> bool:
    """Say whether a mean goes with a normaliser: the penalty wants values around 100, other means none below zero."""
    if name.startswith("mpi"):
        return normaliser in ("none", "zscore(100, 10, 0)", "zscore(100, 10, 1)")
    return name == "arithmetic" or not normaliser.startswith("zscore(0")


def _near(name: str, scores: Scores) -> tuple[float, Fit]:
    """Return how far least squares is from the index in the middle row, and the fit that does not fit."""
    usable = np.ones(len(scores.low), dtype=bool) if name == "arithmetic" else (scores.least > 0).all(axis=1)
    if usable.sum() < 2:
        return np.inf, Fit(name, 0, (), scores.printed, np.inf, 0.0)
    matrix = scores.middle[usable]
    target = scores.printed[usable]
    if name == "geometric":
        positive = target > 0
        matrix, target = np.log(matrix[positive]), np.log(target[positive])
    weights = least_squares_shares(matrix, target)
    expected = mean_of(name, scores.middle, weights)
    misses = np.abs(expected - scores.printed)
    off = np.flatnonzero(misses > (scores.high - scores.low) / 2 + 1e-9)
    fit = Fit(
        name, len(misses) - len(off), tuple(off.tolist()), expected, float(misses.max()), 0.0, weights=weights
    )
    return float(np.median(misses)), fit


def _printed_decides(found: Outcome, half: Vector, printed: tuple[Vector, Vector]) -> bool:
    """Say whether hidden decimals would have shown: more rows would miss by them than chance lets pass."""
    weights = found.fits[0].weights
    if weights is None or found.fits[0].parameters.get("normaliser") != "none":
        return False
    hidden = np.sqrt(((weights * half) ** 2).sum() / 3)
    unit = float(np.median(printed[1] - printed[0])) / 2
    # A row passes by chance with a probability of about unit / hidden; all of them with that to the power of rows.
    return bool(len(printed[0]) * np.log10(max(hidden / unit, 1.0)) >= 3)
