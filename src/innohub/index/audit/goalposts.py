"""Goalposts from a raw and a printed column: lower and upper, with or without a logarithm, capped or not."""

from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit.outcome import Fit, Outcome, chance_of, decide, most_left_out, tightness_of
from innohub.index.audit.robust import keep_rows
from innohub.index.audit.weights import Band, ranges, simplest

Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

TOPS: Final = (1.0, 100.0)
_CAPS: Final[tuple[tuple[str, ...], ...]] = ((), ("upper",), ("lower",), ("upper", "lower"))


def audit_goalposts(
    raw: Vector, low: Vector, high: Vector, *, column: str = "", direction: int = 0
) -> Outcome:
    """Find the goalposts l and u with printed = top (f(x) - l)/(u - l), f the identity or the logarithm.

    With f(x) = l + (u - l) z every printed value bounds l and u - l in a line, so the ranges of both are linear
    programs. A value printed at the top or at zero may have been cut off there and then bounds one side only; caps
    are taken up only where the column cannot be reproduced without them.

    Parameters
    ----------
    raw : (rows,) values that go in; low, high : (rows,) ends of what each printed value stands for.
    direction : 1 or -1 where it is known, 0 to try both.

    Examples
    --------
    >>> x = np.array([45.0, 58.4, 66.9, 75.6, 82.1, 84.5, 87.9])
    >>> z = np.minimum((x - 20) / 65, 1).round(3)
    >>> found = audit_goalposts(x, z - 0.0005, z + 0.0005).fits[0]
    >>> found.parameters["lower"], found.parameters["upper"], found.parameters["caps"]
    (20.0, 85.0, ('upper',))
    """
    middle = (low + high) / 2
    tops = [TOPS[0] if np.quantile(middle, 0.9) < 2 else TOPS[1]]
    tried = [*product(("goalposts", "goalposts_log"), tops, (direction,) if direction else (1, -1))]
    fits = [
        fit for name, top, sign in tried if (fit := _fit(name, raw, (low, high), (top, sign), len(tried)))
    ]
    return decide("normalisation", column, fits, ["goalposts", "goalposts_log"], len(raw))


def _fit(
    name: str, raw: Vector, printed: tuple[Vector, Vector], scale: tuple[float, int], tested: int
) -> Fit | None:
    (low, high), (top, sign) = printed, scale
    is_log = name == "goalposts_log"
    if is_log and (raw <= 0).any():
        return None
    f = (np.log(raw) if is_log else raw) * sign
    ends = {
        "upper": high >= top,
        "lower": low <= 0,
    }
    z = low / top, high / top
    fits = [
        (int((~found[2]).sum()), len(caps), caps, found)
        for caps in _CAPS
        if all(ends[cap].any() for cap in caps)
        and (found := _fit_with(name, f, z, {cap: ends[cap] for cap in caps}, tested))
    ]
    if not fits:
        return None
    # A cap explains what would otherwise be a row that does not fit; without need none is claimed.
    _, _, caps, best = min(fits, key=lambda fit: fit[:2])
    return _told(best, raw, printed, scale, caps)


def _fit_with(
    name: str, f: Vector, z: tuple[Vector, Vector], ends: dict[str, Rows], tested: int
) -> tuple[str, Band, Rows, Vector, float] | None:
    """Return the band, the rows kept, the goalposts and the chance; None where too many rows differ."""
    low, high = z
    slope = _slope((low + high) / 2, f, ends)
    if not slope > 0:
        return None
    ones = np.ones(len(f))
    reach_low, reach_high = f.copy(), f.copy()
    if "upper" in ends:
        reach_low[ends["upper"]] = -np.inf
    if "lower" in ends:
        reach_high[ends["lower"]] = np.inf
    band = Band(
        np.column_stack([ones, low]), np.column_stack([ones, high]), reach_low, reach_high,
        slope * (high - low) / 2, shares=False,
    )  # fmt: skip
    inside = np.isfinite(reach_low) & np.isfinite(reach_high)
    tight = tightness_of(low, high)
    if inside.sum() <= 3:
        return None
    most = most_left_out(tested, int(inside.sum()), 2, tight)
    kept = keep_rows(band, most)
    if kept is None or kept.parameters[1] <= 0:
        return None
    chance = chance_of(tested, int(inside.sum()), int((~kept.rows).sum()), 2, tight)
    return name, band, kept.rows, kept.parameters, chance


def _slope(z: Vector, f: Vector, ends: dict[str, Rows]) -> float:
    """Return the median slope of all pairs of rows (Theil 1950), so that slips and caps do not tilt it.

    A little is added: it sets the unit of misses, and too small a unit would make rounding look like a miss.
    """
    inside = ~np.any([*ends.values(), np.zeros(len(z), dtype=bool)], axis=0)
    first, second = np.triu_indices(int(inside.sum()), 1)
    across, up = (x[inside][second] - x[inside][first] for x in (z, f))
    steep = up[np.abs(across) > 1e-12] / across[np.abs(across) > 1e-12]
    return 1.2 * float(np.median(steep)) if len(steep) else 0.0


def _told(
    found: tuple[str, Band, Rows, Vector, float],
    raw: Vector,
    printed: tuple[Vector, Vector],
    scale: tuple[float, int],
    caps: tuple[str, ...],
) -> Fit:
    """Return the fit with its goalposts on the scale of the raw values, the ones with fewest digits, and ranges."""
    name, band, rows, parameters, chance = found
    (top, sign), is_log = scale, name == "goalposts_log"
    first, second = ranges(band.only(rows))
    far = _upper_range(band.only(rows))

    def back(x: float) -> float:
        return float(np.exp(sign * x)) if is_log else float(sign * x)

    spans = {
        "lower": sorted((back(first[0]), back(second[0]))),
        "upper": sorted((back(far[0]), back(far[1]))),
    }
    lower, upper = (simplest(*spans[end]) for end in ("lower", "upper"))
    expected = _apply(raw, (lower, upper), top, caps, is_log=is_log)
    middle = (printed[0] + printed[1]) / 2
    if (np.abs(expected - middle)[rows] > (printed[1] - printed[0])[rows] / 2 * (1 + 1e-6) + 1e-12).any():
        # The simplest numbers need not go together; the ones found do.
        lower, upper = back(parameters[0]), back(parameters[0] + parameters[1])
        expected = _apply(raw, (lower, upper), top, caps, is_log=is_log)
    strays = tuple(float(x) for x in band.misses(parameters)[~rows])
    told = {
        "direction": sign, "top": top, "lower": lower, "upper": upper, "caps": caps,
        "lower_range": tuple(spans["lower"]), "upper_range": tuple(spans["upper"]),
    }  # fmt: skip
    off = tuple(np.flatnonzero(~rows).tolist())
    left = float(np.abs(expected - middle)[rows].max())
    return Fit(name, int(rows.sum()), off, expected, left, chance, told, strays=strays)


def _upper_range(band: Band) -> tuple[float, float]:
    """Return how far the upper goalpost l + d can go: the band in (l, u) in place of (l, d)."""
    turned = [np.column_stack([m[:, 0] - m[:, 1], m[:, 1]]) for m in (band.least, band.most)]
    first, second = ranges(Band(turned[0], turned[1], band.low, band.high, band.unit, shares=False))
    return float(first[1]), float(second[1])


def _apply(
    raw: Vector, posts: tuple[float, float], top: float, caps: tuple[str, ...], *, is_log: bool
) -> Vector:
    low, high = (float(np.log(post)) if is_log else post for post in posts)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = top * ((np.log(raw) if is_log else raw) - low) / (high - low)
    z = np.minimum(z, top) if "upper" in caps else z
    return np.asarray(np.maximum(z, 0.0) if "lower" in caps else z)
