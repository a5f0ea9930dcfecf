"""The same treatment for very many columns at once, as draws of noisy values need it: values only, no records."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.index.treat.treat import treat

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
Params = Mapping[str, Any]
_LEAST, _FLAT = 4, 1e-14


class _RefusedError(Exception):
    """Some columns lie outside a method's domain."""

    def __init__(self, columns: Mask) -> None:
        super().__init__()
        self.first = int(np.flatnonzero(columns)[0])


def treat_many(
    x: Matrix, spec: Spec, *, places: Sequence[str] | None = None, indicators: Sequence[str] | None = None
) -> Matrix:
    """Return the values that :func:`treat` gives, without a loop over columns (Box–Cox excepted).

    Parameters
    ----------
    x : (rows, columns), NaN for missing; the other parameters as in :func:`treat`.

    Raises
    ------
    ScaleError
        As :func:`treat`, for the first column refused.
    """
    if spec.name == "none":
        return x
    method = _METHODS.get(spec.name)
    if method is None or spec.arguments.get("otherwise") == "box_cox":
        return treat(x, spec, places=places, indicators=indicators).values
    busy = np.flatnonzero(_is_treated(x))
    values = x.copy()
    try:
        values[:, busy] = method(np.ascontiguousarray(x[:, busy]), spec.arguments)
    except _RefusedError as problem:
        at = busy[problem.first]
        treat(x[:, [at]], spec, places=places, indicators=[indicators[at]] if indicators else None)
        raise
    return values


def _is_treated(x: Matrix) -> Mask:
    """Say which columns have at least four values that are not all equal."""
    low, high = _ends(x)
    count = (~np.isnan(x)).sum(axis=0)
    size = np.maximum(np.abs(low), np.abs(high))
    return np.asarray((count >= _LEAST) & ~(high - low <= _FLAT * size))


def _ends(x: Matrix) -> tuple[Matrix, Matrix]:
    """Return the least and the largest value of each column."""
    return np.fmin.reduce(x, axis=0), np.fmax.reduce(x, axis=0)


def _moments(x: Matrix) -> tuple[Matrix, Matrix]:
    """Return skewness G1 and kurtosis G2 of each column, as in the module ``moments``."""
    present = ~np.isnan(x)
    n = present.sum(axis=0)
    low, high = _ends(x)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(present, x, 0.0).sum(axis=0) / n
        d = np.where(present, (x - mean) / (high - low), 0.0)
        squares = d * d
        m2, m3 = squares.sum(axis=0) / n, (squares * d).sum(axis=0) / n
        r = (squares * squares).sum(axis=0) / n / m2**2
        skew = np.sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5
        return skew, ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def _passes(x: Matrix, p: Params) -> tuple[Mask, Mask]:
    """Say which columns pass, and which are skewed to the right."""
    skew, kurt = _moments(x)
    return (np.abs(skew) < p["skew"]) | (kurt < p["kurt"]), skew >= 0


def _skew_kurt(x: Matrix, p: Params) -> Matrix:
    values = x.copy()
    high, low = np.zeros(x.shape, dtype=bool), np.zeros(x.shape, dtype=bool)
    passed = np.ones(x.shape[1], dtype=bool)
    open_ = np.arange(x.shape[1])
    while len(open_):
        ok, rising = _passes(values[:, open_], p)
        passed[open_] = ok
        more = ~ok & ((high | low)[:, open_].sum(axis=0) < p["winmax"])
        open_, rising = open_[more], rising[more]
        open_ = _wind(values, open_, rising, high, low)
    if p["otherwise"] == "none" or passed.all():
        return values
    left = np.flatnonzero(~passed)
    try:
        values[:, left] = _METHODS[p["otherwise"]](x[:, left], p)
    except _RefusedError as problem:
        raise _RefusedError(np.isin(np.arange(x.shape[1]), left[problem.first])) from None
    return values


def _wind(values: Matrix, columns: NDArray[np.intp], rising: Mask, high: Mask, low: Mask) -> NDArray[np.intp]:
    """Move the outermost points of some columns by one step, in place; return the columns that could be moved."""
    x = values[:, columns]
    least, most = _ends(x)
    edge = x == np.where(rising, most, least)
    rest = np.where(edge, np.nan, x)
    inner_least, inner_most = _ends(rest)
    moves = ~(inner_least == inner_most)
    values[:, columns] = np.where(edge & moves, np.where(rising, inner_most, inner_least), x)
    for marks, side in ((high, rising), (low, ~rising)):
        at = columns[moves & side]
        marks[:, at] = edge[:, moves & side]
    return np.asarray(columns[moves])


def _gii(x: Matrix, p: Params) -> Matrix:
    return _skew_kurt(x, {"skew": 2.25, "kurt": 3.5, **p})


def _winsorise(x: Matrix, p: Params) -> Matrix:
    count = (~np.isnan(x)).sum(axis=0)
    return _clip(x, count, np.full_like(count, p["low"]), np.full_like(count, p["high"]))


def _winsorise_share(x: Matrix, p: Params) -> Matrix:
    count = (~np.isnan(x)).sum(axis=0)
    return _clip(x, count, (p["low"] * count).astype(np.intp), (p["high"] * count).astype(np.intp))


def _clip(x: Matrix, count: NDArray[np.intp], low: NDArray[np.intp], high: NDArray[np.intp]) -> Matrix:
    if (wrong := np.asarray((low + high > count - 2) & (low + high > 0))).any():
        raise _RefusedError(wrong)
    ordered = np.sort(x, axis=0)
    ends = [np.take_along_axis(ordered, at[None, :], axis=0) for at in (low, count - 1 - high)]
    return np.asarray(np.clip(x, *ends))


def _log(x: Matrix, p: Params) -> Matrix:
    if (wrong := np.asarray((x <= 0).any(axis=0))).any():
        raise _RefusedError(wrong)
    return np.asarray(np.log(x))


def _log_ct(x: Matrix, p: Params) -> Matrix:
    low, high = _ends(x)
    return np.asarray(np.log(x - low + 0.01 * (high - low)))


def _log_shift(x: Matrix, p: Params) -> Matrix:
    return np.asarray(np.log(x - _ends(x)[0] + 1))


def _log_gii(x: Matrix, p: Params) -> Matrix:
    low, high = _ends(x)
    if (wrong := np.asarray(high <= 1)).any():
        raise _RefusedError(wrong)
    return np.asarray(np.log((high - 1) * (x - low) / (high - low) + 1))


_METHODS: Mapping[str, Callable[[Matrix, Params], Matrix]] = {
    "skew_kurt": _skew_kurt,
    "gii": _gii,
    "winsorise": _winsorise,
    "winsorise_share": _winsorise_share,
    "log": _log,
    "log_ct": _log_ct,
    "log_shift": _log_shift,
    "log_gii": _log_gii,
}
