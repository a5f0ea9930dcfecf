"""Which normalisation turns a raw column into a printed one: range, deviation, largest value, rank, goalposts."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit.aggregation import Scores, fit_fixed, name_parameters
from innohub.index.audit.goalposts import audit_goalposts
from innohub.index.audit.outcome import Fit, Outcome, about, decide, undecided
from innohub.index.audit.ranks import RULES, rank_by

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

SPANS: Final = ((0.0, 1.0), (0.0, 100.0), (1.0, 100.0))
SCALES: Final = ((0.0, 1.0), (100.0, 10.0), (50.0, 10.0))
NORMALISERS: Final = (
    *(f"minmax({low:g}, {high:g})" for low, high in SPANS),
    *(f"zscore({mean:g}, {sd:g}, {ddof})" for mean, sd in SCALES for ddof in (0, 1)),
)
# Goalposts, with and without a logarithm and a cap, are tried where none of these fits.
_MORE: Final = ("goalposts", "goalposts_log")


def normalised(name: str, x: Matrix, direction: Vector, over: Rows) -> Matrix:
    """Return columns normalised as :data:`NORMALISERS` names it, with bounds or moments over some of the rows.

    Parameters
    ----------
    x : (rows, columns) raw values; direction : (columns,) 1 or -1; over : (rows,) what bounds and moments are of.

    Examples
    --------
    >>> x = np.array([[2.0], [4.0], [4.0], [10.0]])
    >>> normalised("zscore(0, 1, 1)", x, np.ones(1), np.ones(4, bool)).ravel().round(4).tolist()
    [-0.866, -0.2887, -0.2887, 1.4434]
    """
    y = x * direction
    kind, numbers = name.removesuffix(")").split("(")
    given = [float(part) for part in numbers.split(",")]
    own = y[over]
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "minmax":
            low, high = np.nanmin(own, axis=0), np.nanmax(own, axis=0)
            return np.asarray(given[0] + (given[1] - given[0]) * (y - low) / (high - low))
        deviation = np.nanstd(own, axis=0, ddof=int(given[2]))
        return np.asarray(given[0] + given[1] * (y - np.nanmean(own, axis=0)) / deviation)


def audit_column(
    raw: Vector,
    low: Vector,
    high: Vector,
    *,
    column: str = "",
    totals: Rows | None = None,
    direction: int = 0,
) -> Outcome:
    """Find how a raw column became a printed one.

    Parameters
    ----------
    raw : (rows,) values that go in.
    low, high : (rows,) ends of what each printed value stands for; NaN in rows that print none.
    totals : (rows,) rows of totals; bounds and moments are tried without them and with them. None of them is tested.
    direction : 1 or -1 where it is known, 0 to try both.

    Returns
    -------
    The outcome; ``parameters`` of a fit hold direction, over (``rows`` or ``rows_and_totals``) and, for goalposts,
    lower, upper with their ranges and caps.

    Examples
    --------
    >>> x = np.array([2.0, 4, 4, 10, 7, 3, 5, 9])
    >>> z = ((10 - x) / 8).round(3)
    >>> found = audit_column(x, z - 0.0005, z + 0.0005)
    >>> found.verdict, found.fits[0].convention, found.fits[0].parameters["direction"]
    ('one', 'minmax(0, 1)', -1)
    """
    totals = np.zeros(len(raw), dtype=bool) if totals is None else totals
    rows = ~totals & np.isfinite(raw) & np.isfinite(low) & np.isfinite(high)
    if why := _undecidable(raw[rows], low[rows], high[rows]):
        return undecided("normalisation", column, int(rows.sum()), why)
    scores = Scores(raw[rows, None], raw[rows, None], low[rows], high[rows])
    place = np.flatnonzero(rows)
    candidates = list(_candidates(raw, rows, totals, direction))
    tested = len(candidates)
    fits = [
        name_parameters(fit, **told)
        for name, told, z in candidates
        if (fit := fit_fixed(name, scores, z[rows], tested))
    ]
    names = tuple(dict.fromkeys(name for name, _, _ in candidates))
    if not any(fit.chance <= -3.0 for fit in fits):
        posts = audit_goalposts(raw[rows], low[rows], high[rows], column=column, direction=direction)
        if posts.fits:
            return about(posts, place=place, conventions=len(names) + len(_MORE))
        names += _MORE
    nearest = None if fits else _nearest(candidates, rows, scores)
    return about(decide("normalisation", column, fits, names, int(rows.sum()), nearest=nearest), place=place)


def _undecidable(raw: Vector, low: Vector, high: Vector) -> str:
    if len(raw) < 3:
        return "few_rows"
    middle = (low + high) / 2
    return "constant" if np.ptp(raw) == 0 or np.ptp(middle) <= float((high - low).max()) else ""


def _candidates(
    raw: Vector, rows: Rows, totals: Rows, direction: int
) -> Iterator[tuple[str, dict[str, object], Vector]]:
    """Yield each convention that leaves nothing to choose: name, parameters, what it gives in every row."""
    overs = {"rows": rows} | ({"rows_and_totals": rows | (totals & np.isfinite(raw))} if totals.any() else {})
    for sign in (direction,) if direction else (1, -1):
        for over, own in overs.items():
            for name in NORMALISERS:
                z = normalised(name, raw[:, None], np.array([float(sign)]), own)[:, 0]
                yield name, {"direction": sign, "over": over}, z
        yield from _others(raw, rows, sign)


def _others(raw: Vector, rows: Rows, sign: int) -> Iterator[tuple[str, dict[str, object], Vector]]:
    told: dict[str, object] = {"direction": sign, "over": "rows"}
    own = raw[rows]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = raw / own.max() if sign > 0 else own.min() / raw
    for scale in (1.0, 100.0):
        yield f"frac_max({scale:g})", told, scale * share
    if sign < 0:
        with np.errstate(divide="ignore"):
            yield "reciprocal", told, 1.0 / raw
    else:
        yield "none", told, raw
    spread = np.full((len(RULES), len(raw)), np.nan)
    for number, rule in enumerate(RULES):
        spread[number, rows] = rank_by(own * sign, rule)
        yield f"rank({rule})", told, spread[number]
    least, count = spread[RULES.index("min")], len(own)
    for name, z in (
        ("percentile((r - 1)/(n - 1))", (least - 1) / (count - 1)),
        ("percentile((r - 0.5)/n)", (least - 0.5) / count),
        ("percentile(r/n)", least / count),
    ):
        yield name, told, z
        yield f"100 {name}", told, 100 * z


def _nearest(
    candidates: list[tuple[str, dict[str, object], Vector]], rows: Rows, scores: Scores
) -> Fit | None:
    """Return the convention that comes nearest in most rows, for the report of a column that none reproduces."""
    unit = (scores.high - scores.low) / 2
    best: tuple[float, int] | None = None
    for place, (_, _, z) in enumerate(candidates):
        miss = float(np.median(np.abs(z[rows] - scores.printed) / unit))
        if np.isfinite(miss) and (best is None or miss < best[0]):
            best = (miss, place)
    if best is None:
        return None
    name, told, z = candidates[best[1]]
    misses = np.abs(z[rows] - scores.printed)
    off = np.flatnonzero(misses > unit + 1e-9)
    gone = tuple(off.tolist())
    return Fit(name, len(unit) - len(off), gone, z[rows], float(misses.max()), 0.0, told)
