"""Ranks with honest ties: scores that agree in ten significant digits share a rank."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
DIGITS = 10
_BLOCK = 60_000
# The finest decimal place that a factor can reach.
_FINEST = 300.0


def round_significant(x: Vector, digits: int = DIGITS) -> Vector:
    """Round to significant decimal digits, so that a last-bit difference never breaks a tie.

    Parameters
    ----------
    x : any shape; NaN stays NaN, zero stays zero.
    digits : number of significant digits.

    Examples
    --------
    >>> round_significant(np.array([2.2894284851066637, 2.289428485106664])).tolist()
    [2.289428485, 2.289428485]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.floor(np.log10(np.abs(x)))
    exponent = np.where(np.isfinite(exponent), exponent, 0.0)
    factor = 10.0 ** np.minimum(digits - 1 - exponent, _FINEST)
    return np.asarray(np.round(x * factor) / factor)


def rank_scores(scores: Vector) -> Vector:
    """Rank scores from the best (1); ties share the smallest rank; a missing score has no rank.

    Parameters
    ----------
    scores : (places,), NaN for missing.

    Returns
    -------
    (places,) ranks as floats, NaN where the score is missing.

    Examples
    --------
    >>> rank_scores(np.array([0.2, 0.5, 0.5, np.nan])).tolist()
    [3.0, 1.0, 1.0, nan]
    """
    rounded = round_significant(scores)
    better = (rounded[None, :] > rounded[:, None]).sum(axis=1) + 1.0
    return np.where(np.isnan(scores), np.nan, better)


def rank_draws(scores: Vector) -> NDArray[np.int16]:
    """Rank every row of scores from the best (1), ties as in :func:`rank_scores`.

    One sort a row does the work; only rows in which two neighbours agree to about nine digits are
    rounded and ranked again, which gives the same ranks as rounding every score.

    Parameters
    ----------
    scores : (draws, places), finite.

    Returns
    -------
    (draws, places) ranks.
    """
    draws, places = scores.shape
    ranks = np.empty((draws, places), dtype=np.int16)
    step = max(1, _BLOCK // max(places, 1))
    for start in range(0, draws, step):
        block = np.ascontiguousarray(scores[start : start + step], dtype=np.float64)
        _rank_block(block, ranks[start : start + step])
    return ranks


def _rank_block(scores: Vector, ranks: NDArray[np.int16]) -> None:
    """Rank a block of rows that fits the processor's cache, in place.

    The bits of a number, turned so that they order as whole numbers, give up their last ones to the place's position:
    one sort of whole numbers then says who stands where. What is lost, a part in 10¹¹ at most, is far within what
    counts as a tie.
    """
    draws, places = scores.shape
    last = (1 << max(places - 1, 1).bit_length()) - 1
    # Numbers that are not negative order as their bits do.
    turn = _turned if scores.min(initial=0.0) < 0 else _same
    key = turn(scores.view(np.int64)) & ~last
    key |= np.arange(places)
    key.sort(axis=1)
    order = key & last
    key -= order
    ordered = turn(key).view(np.float64)
    order += np.arange(draws)[:, None] * places
    ranks.reshape(-1)[order] = np.arange(places, 0, -1, dtype=np.int16)
    reach = 2e-9 * np.maximum(np.abs(ordered[:, :1]), np.abs(ordered[:, -1:]))
    for row in np.flatnonzero((ordered[:, 1:] - ordered[:, :-1] <= reach).any(axis=1)):
        ranks[row] = _tied(scores[row])


def _turned(bits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Turn the bits of floating-point numbers so that they order as whole numbers do, or back."""
    return np.asarray(bits ^ ((bits >> 63) & np.iinfo(np.int64).max))


def _same(bits: NDArray[np.int64]) -> NDArray[np.int64]:
    return bits


def _tied(scores: Vector) -> NDArray[np.int16]:
    """Rank one row whose neighbours may tie."""
    order = np.argsort(-scores)
    ordered = round_significant(scores)[order]
    first = np.concatenate([[True], ordered[1:] < ordered[:-1]])
    starts = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    ranks = np.empty(len(order), dtype=np.int16)
    ranks[order] = starts + 1
    return ranks
