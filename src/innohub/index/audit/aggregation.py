"""Which mean of printed scores gives a printed index: arithmetic, geometric, harmonic, Mazziotta–Pareto."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from innohub.index.aggregate.means import weighted_mean
from innohub.index.audit.outcome import Fit, chance_of, most_left_out, tightness_of
from innohub.index.audit.robust import keep_rows
from innohub.index.audit.weights import NEAR, Band, least_squares_shares, ranges, simplest_shares

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

MEANS: Final = ("arithmetic", "geometric", "harmonic")
PENALTIES: Final = {
    f"mpi_{side}_ddof{ddof}": (sign, ddof)
    for side, sign in (("minus", -1.0), ("plus", 1.0))
    for ddof in (0, 1)
}
AGGREGATIONS: Final = (*MEANS, *PENALTIES)
_UNDER = 1e-300


@dataclass(frozen=True)
class Scores:
    """Scores that go into an index, and what is printed of it.

    ``least``, ``most`` (rows, columns) bound each score and are equal where scores are taken as printed; ``low``,
    ``high`` (rows,) are the ends of what the printed index stands for.
    """

    least: Matrix
    most: Matrix
    low: Vector
    high: Vector

    @property
    def middle(self) -> Matrix:
        """The scores as printed."""
        return (self.least + self.most) / 2

    @property
    def tightness(self) -> float:
        """What is undecided of a row, by its own rounding and that of its scores, over the spread of the index."""
        hidden = (self.most - self.least).max(axis=1, initial=0.0) / 2
        return tightness_of(self.low - hidden, self.high + hidden)

    @property
    def printed(self) -> Vector:
        """The index as printed."""
        return (self.low + self.high) / 2


def mean_of(name: str, scores: Matrix, weights: Vector) -> Vector:
    """Return an aggregation of scores, (rows,); zero scores make a geometric or harmonic mean zero.

    >>> mean_of("geometric", np.array([[0.2, 0.5, 0.8]]), np.array([0.5, 0.3, 0.2])).round(6).tolist()
    [0.347395]
    """
    if name in PENALTIES:
        sign, ddof = PENALTIES[name]
        mean = scores.mean(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(mean + sign * scores.var(axis=1, ddof=ddof) / mean)
    if name == "arithmetic":
        return np.asarray(weighted_mean(scores, weights))
    with np.errstate(divide="ignore", invalid="ignore"):
        turned = _TURN[name](np.maximum(scores, 0.0))
        used = np.where(weights > 0, weights * turned, 0.0).sum(axis=1)
    return np.asarray(_BACK[name](used))


_TURN: Final[dict[str, Callable[[Matrix], Matrix]]] = {
    "arithmetic": lambda x: x,
    "geometric": np.log,
    "harmonic": lambda x: -1.0 / x,
}
_BACK: Final[dict[str, Callable[[Vector], Vector]]] = {
    "geometric": np.exp,
    "harmonic": lambda x: -1.0 / x,
}


def fit_aggregation(name: str, scores: Scores, tested: int, *, precise: bool = True) -> Fit | None:
    """Return how an aggregation reproduces the index, with the weights it needs; None where it does not.

    Parameters
    ----------
    name : one of :data:`AGGREGATIONS`.
    tested : how many conventions are tried, for the bound on chance.
    precise : whether the ranges of the weights are computed too.
    """
    if name in PENALTIES:
        return fit_fixed(name, scores, mean_of(name, scores.middle, _even(scores)), tested)
    laid = _lay(name, scores)
    if laid is None:
        return None
    band, usable, idle = laid
    rows, tight = len(scores.low), scores.tightness
    most = most_left_out(tested, rows, band.free, tight)
    kept = keep_rows(band, most) if usable.any() else None
    if kept is None:
        return None
    fits = idle.copy()
    fits[usable] = kept.rows
    if (~fits).sum() > most:
        return None
    if not _like_rounding(band.only(kept.rows)):
        return None
    weights, low, high = _weights(band.only(kept.rows), kept.parameters, precise=precise)
    strays = tuple(float(x) for x in band.misses(weights)[~kept.rows])
    expected = mean_of(name, scores.middle, weights)
    effective = int(usable.sum() + (~fits & ~usable).sum())
    chance = chance_of(tested, effective, int((~fits).sum()), band.free, tight)
    return Fit(
        name, int(fits.sum()), tuple(np.flatnonzero(~fits).tolist()), expected, _largest(expected, scores, fits),
        chance, {}, weights, low, high, strays,
    )  # fmt: skip


def fit_fixed(name: str, scores: Scores, expected: Vector, tested: int) -> Fit | None:
    """Return how a convention without anything to choose reproduces the index; None where too many rows differ."""
    unit = (scores.high - scores.low) / 2
    room = 1.5 * ((scores.most - scores.least) / 2).max(axis=1, initial=0.0)
    misses = np.maximum(np.maximum(expected - room - scores.high, scores.low - expected - room), 0.0) / unit
    fits = misses <= NEAR + 1e-9 / unit
    rows, tight = len(unit), scores.tightness
    out = int((~fits).sum())
    if np.isnan(expected).any() or out > most_left_out(tested, rows, 0, tight):
        return None
    chance = chance_of(tested, rows, out, 0, tight)
    strays = tuple(float(x) for x in misses[~fits])
    gone = tuple(np.flatnonzero(~fits).tolist())
    return Fit(name, int(fits.sum()), gone, expected, _largest(expected, scores, fits), chance, strays=strays)


def band_of(name: str, scores: Scores) -> Band | None:
    """Return what the rows ask of the weights of a mean; None where the mean is not defined."""
    laid = _lay(name, scores)
    return laid[0] if laid else None


def _lay(name: str, scores: Scores) -> tuple[Band, Rows, Rows] | None:
    """Return the band of the rows that bear on the weights, which rows they are, and rows that fit whatever they are.

    A score of zero makes a geometric or harmonic mean zero whatever the weights.
    """
    rows = len(scores.low)
    everything, nothing = np.ones(rows, dtype=bool), np.zeros(rows, dtype=bool)
    if name == "arithmetic":
        unit = (scores.high - scores.low) / 2
        return Band(scores.least, scores.most, scores.low, scores.high, unit), everything, nothing
    if (scores.most < 0).any():
        return None
    zero = (scores.least <= 0).any(axis=1) | (scores.low <= 0)
    used = scores.low[~zero], scores.high[~zero]
    turn = _TURN[name]
    low, high = turn(used[0]), turn(used[1])
    band = Band(turn(scores.least[~zero]), turn(scores.most[~zero]), low, high, (high - low) / 2)
    return band, ~zero, zero & (scores.low <= 0)


def _weights(band: Band, start: Vector, *, precise: bool) -> tuple[Vector, Vector | None, Vector | None]:
    """Return the weights of least squares where they reproduce the rows, else those given, and their ranges."""
    middle = (band.least + band.most) / 2
    weights = least_squares_shares(middle / band.unit[:, None], (band.low + band.high) / 2 / band.unit)
    if (band.misses(weights) > NEAR).any():
        weights = start
    if not precise:
        return weights, None, None
    low, high = ranges(band)
    low, high = np.fmin(low, weights), np.fmax(high, weights)
    simple = simplest_shares(low, high, band)
    return (weights if simple is None else simple), low, high


def _like_rounding(band: Band) -> bool:
    """Say whether what is left has the size of rounding, where hidden decimals of the scores widen every bound.

    Errors of rounding are even over the last decimal, so the mean of their squares is a third of the half-unit's; a
    rule that is merely near fills the whole width that the bounds allow. Four standard errors are granted.
    """
    hidden = (band.most - band.least) / 2
    if not hidden.any():
        return True
    middle = (band.least + band.most) / 2
    target = (band.low + band.high) / 2
    shares = least_squares_shares(middle / band.unit[:, None], target / band.unit)
    size = (band.unit**2 + hidden**2 @ shares**2) / 3
    ratio = float(np.mean((target - middle @ shares) ** 2 / size))
    return bool(ratio <= 1 + 4 * 0.9 / float(np.sqrt(len(target))))


def _largest(expected: Vector, scores: Scores, fits: Rows) -> float:
    return float(np.abs(expected - scores.printed)[fits].max(initial=0.0))


def _even(scores: Scores) -> Vector:
    return np.full(scores.least.shape[1], 1 / scores.least.shape[1])


def name_parameters(fit: Fit, **more: object) -> Fit:
    """Return a fit with more said of its convention."""
    return replace(fit, parameters={**fit.parameters, **more})
