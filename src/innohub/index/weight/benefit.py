"""Benefit of the doubt: each place is weighed as suits it best."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, NoSolutionError, ScaleError
from innohub.index.weight.programme import maximise
from innohub.index.weight.weighing import columns_of, require_complete

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_SLACK = 1e-9


@dataclass(frozen=True)
class Benefit:
    """Benefit of the doubt: ``scores`` (places,) up to one, ``weights`` (places, indicators) and ``shares``.

    ``shares`` (places, indicators) are w_j y_j over the score: what each indicator contributes. Scores are unique;
    the weights of a place need not be.
    """

    scores: Vector
    weights: Matrix
    shares: Matrix
    findings: tuple[Finding, ...] = ()


def benefit_of_the_doubt(
    y: Matrix,
    low: float | Vector = 0.0,
    high: float | Vector = 1.0,
    *,
    places: Sequence[str] | None = None,
) -> Benefit:
    """Benefit-of-the-doubt scores (Melyn & Moesen 1991; Cherchye, Moesen, Rogge & Van Puyenbroeck 2007).

    For each place o: max sum_j w_j y_oj subject to sum_j w_j y_kj <= 1 for every place k and w >= 0, with bounds on
    the shares: low_j <= w_j y_oj / sum_j w_j y_oj <= high_j. One linear programme a place.

    Parameters
    ----------
    y : (places, indicators), non-negative, more is better, any units; no missing values.
    low, high : bounds of the shares, one for all or (indicators,); one indicator alone has the whole share.
    places : names for messages; numbered from one if left out.

    Returns
    -------
    Scores, weights, shares; a place of which every value is zero scores 0, has NaN shares and gets warning N006.

    Raises
    ------
    ScaleError
        S140 a value is missing; S144 a value is negative.
    NoSolutionError
        S145 no shares meet the bounds; S146 the places that cannot meet them because some of their values are zero.
        The programme itself would then answer with a score of zero, which says nothing about the place.

    Examples
    --------
    >>> y = np.array([[0.8, 0.3], [0.4, 0.9], [0.5, 0.4]])
    >>> benefit_of_the_doubt(y).scores.round(6).tolist()
    [1.0, 1.0, 0.766667]
    >>> benefit_of_the_doubt(y, 0.25, 0.75).scores.round(6).tolist()
    [0.888889, 1.0, 0.766667]
    """
    y = np.asarray(y, dtype=float)
    names = tuple(places) if places is not None else tuple(str(i + 1) for i in range(len(y)))
    least, most = _bounds(low, high, y.shape[1])
    _require(y[None], least, most, names)
    weights = best_weights(y[None], least, most)[0]
    parts = weights * y
    scores = parts.sum(axis=1)
    empty = (y == 0).all(axis=1)
    shares = np.divide(
        parts, scores[:, None], out=np.full_like(parts, np.nan), where=~empty[:, None] & (scores > 0)[:, None]
    )
    warnings = tuple(
        Finding("N006", "warning", params={"place": names[row]}) for row in np.flatnonzero(empty)
    )
    return Benefit(scores, weights, shares, warnings)


def benefit_scores(y: Matrix, low: float, high: float) -> Matrix:
    """Benefit-of-the-doubt scores (draws, places) of values (draws, places, indicators); see above."""
    least, most = _bounds(low, high, y.shape[-1])
    _require(y, least, most, tuple(str(i + 1) for i in range(y.shape[1])))
    return np.asarray((best_weights(y, least, most) * y).sum(axis=2))


def _bounds(low: float | Vector, high: float | Vector, width: int) -> tuple[Vector, Vector]:
    """Return the bounds of each indicator's share; those of an only one say nothing."""
    if width == 1:
        return np.zeros(1), np.ones(1)
    least, most = (np.broadcast_to(np.asarray(bound, dtype=float), width) for bound in (low, high))
    return least, most


def best_weights(y: Matrix, low: Vector, high: Vector) -> Matrix:
    """Return the weights (draws, places, indicators) that suit each place best, all programmes at once.

    Bounds that say nothing are left out of the programmes.

    Parameters
    ----------
    y : (draws, places, indicators); low, high : (indicators,) bounds of the shares that can be met.
    """
    _, places, width = y.shape
    top = y.max(axis=1, keepdims=True)
    scale = np.where(top > 0, top, 1.0)
    unit = y / scale
    own = unit.reshape(-1, width)
    below, above = low > 0, high < 1
    each = own[:, :, None] * np.eye(width)
    rows = [
        np.repeat(unit, places, axis=0),
        (own[:, None, :] * low[:, None] - each)[:, below],
        (each - own[:, None, :] * high[:, None])[:, above],
    ]
    limits = np.concatenate([np.ones(places), np.zeros(int(below.sum() + above.sum()))])
    return maximise(own, np.concatenate(rows, axis=1), limits).reshape(y.shape) / scale


def _require(y: Matrix, low: Vector, high: Vector, names: Sequence[str]) -> None:
    """Refuse values (draws, places, indicators) and bounds that the programmes cannot take."""
    require_complete(y.reshape(-1, y.shape[-1]), "BoD")
    if (bad := np.flatnonzero((y < 0).any(axis=(0, 1)))).size:
        raise ScaleError(Finding("S144", params={"least": float(y.min()), **columns_of(bad)}))
    bounds = {"low": float(low.sum()), "high": float(high.sum())}
    crossed = (low > high).any() or (low < 0).any()
    if crossed or bounds["low"] > 1 + _SLACK or bounds["high"] < 1 - _SLACK:
        raise NoSolutionError(Finding("S145", params=bounds))
    zero = y == 0
    unmet = (zero & (low > 0)).any(axis=2) | (np.where(zero, 0.0, high).sum(axis=2) < 1 - _SLACK)
    unmet &= ~zero.all(axis=2) | (low > 0).any() | (high < 1).any()
    if unmet.any():
        rows = tuple(np.flatnonzero(unmet.any(axis=0)).tolist())
        params = {"places": tuple(names[row] for row in rows), "rows": rows}
        raise NoSolutionError(Finding("S146", params=params))
