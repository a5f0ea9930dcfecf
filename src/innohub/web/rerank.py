"""Re-weighting of a published ranking: the Python twin of ``webui/src/rank.ts``.

Both are pinned to ``tests/reference/rerank.json``.
"""

import base64
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.index import acceptability, rank_draws, rank_intervals, score_intervals
from innohub.web.gaps import GapRule, gather, kept_children, score_place

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
STEPS = 65535


@dataclass(frozen=True)
class Reranking:
    """A ranking under the reader's weights.

    ``scores``, ``ranks`` and the four interval ends are (places,), missing and 0 for a place without a score;
    ``probability`` is (places, tiers), the share of draws with a rank inside the tier's band; ``used`` counts the
    draws that still carry weight.
    """

    scores: Vector
    ranks: NDArray[np.int16]
    score_low: Vector
    score_high: Vector
    rank_low: Vector
    rank_high: Vector
    probability: Matrix
    used: int


def pack_draws(weights: Matrix) -> str:
    """Write weights between 0 and 1 as 16-bit shares in base64, row by row, little-endian."""
    return base64.b64encode(np.round(weights * STEPS).astype("<u2").tobytes()).decode("ascii")


def unpack_draws(rows: str, leaves: int) -> Matrix:
    """Read what :func:`pack_draws` wrote; rows sum to one only up to the rounding to 16 bits.

    Examples
    --------
    >>> unpack_draws(pack_draws(np.array([[0.25, 0.75]])), 2).round(4).tolist()
    [[0.25, 0.75]]
    """
    shares = np.frombuffer(base64.b64decode(rows), dtype="<u2").reshape(-1, leaves)
    return shares.astype(np.float64) / STEPS


def rerank(
    normalised: Matrix,
    default: Vector,
    draws: Matrix,
    user: Vector,
    sizes: tuple[int, ...],
    *,
    level: float = 0.9,
    rule: GapRule | None = None,
) -> Reranking | None:
    """Rank places under the reader's weights, and tilt the published draws by the same change.

    The change from the default to the reader's weights is a perturbation on the simplex (Aitchison 1986,
    The Statistical Analysis of Compositional Data, ch. 2): every draw is multiplied by ``user / default``
    leaf by leaf and closed to sum one, so that draws around the default become draws around the new weights.
    A leaf without default weight has none in the draws either and stays out.

    Parameters
    ----------
    normalised : (places, leaves), NaN for missing values.
    default, user : (leaves,) non-negative weights, any sum.
    draws : (draws, leaves) effective weights of the published draws.
    sizes : places in each tier, highest first; empty when there are no tiers.
    level : coverage of the intervals.
    rule : how a place is scored that lacks values of weight; needed where there are any.

    Returns
    -------
    The new ranking, in which a place without a score has rank 0; ``None`` when no leaf keeps any weight.
    """
    user = np.where(default > 0, user, 0.0)
    if user.sum() <= 0:
        return None
    x = np.where(default > 0, normalised, 0.0)
    change = np.divide(user, default, out=np.zeros_like(user), where=default > 0)
    tilted = draws * change
    tilted = tilted[tilted.sum(axis=1) > 0]
    scores, drawn = _scores(x, user, user[None, :], rule)[0], _scores(x, user, tilted, rule)
    scored = ~np.isnan(scores)
    if not scored.any():
        return None
    drawn = drawn[~np.isnan(drawn[:, scored]).any(axis=1)]
    return _summary(scores, scored, drawn[:, scored], sizes, level)


def _scores(x: Matrix, user: Vector, weights: Matrix, rule: GapRule | None) -> Matrix:
    """Score (draws, places); what counts of a place that lacks values is decided under the reader's weights."""
    scores = _weigh(x, weights)
    if rule is None:
        return scores
    own, mass = gather(rule, user[None, :])[0], gather(rule, weights)
    for place in np.flatnonzero(np.isnan(x).any(axis=1)):
        scores[:, place] = score_place(rule, x[place], kept_children(rule, x[place], own), mass)
    return scores


def _summary(
    scores: Vector, scored: NDArray[np.bool_], drawn: Matrix, sizes: tuple[int, ...], level: float
) -> Reranking:
    """Rank the scored places; the others keep rank 0 and no interval."""
    shares = acceptability(rank_draws(drawn))
    low, high = rank_intervals(shares, level)
    edges = np.minimum(np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]), len(shares))
    cumulated = np.concatenate([np.zeros((len(shares), 1)), np.cumsum(shares, axis=1)], axis=1)
    score_low, score_high = score_intervals(drawn, level)

    def spread(values: Matrix, empty: float) -> Matrix:
        out = np.full((len(scores), *values.shape[1:]), empty, dtype=float)
        out[scored] = values
        return out

    ranks = rank_draws(scores[None, scored])[0]
    return Reranking(
        scores=scores,
        ranks=spread(ranks, 0).astype(np.int16),
        score_low=spread(score_low, np.nan),
        score_high=spread(score_high, np.nan),
        rank_low=spread(low, 0),
        rank_high=spread(high, 0),
        probability=spread(np.diff(cumulated[:, edges], axis=1), 0),
        used=len(drawn),
    )


def _weigh(normalised: Matrix, weights: Matrix) -> Matrix:
    """Score (draws, places) in the order of summation the page uses, so that both agree in every bit."""
    total = np.zeros(len(weights))
    scores = np.zeros((len(weights), len(normalised)))
    for leaf in range(weights.shape[1]):
        total += weights[:, leaf]
    closed = weights / total[:, None]
    for leaf in range(weights.shape[1]):
        scores += closed[:, leaf, None] * normalised[None, :, leaf]
    return scores
