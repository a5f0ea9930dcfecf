"""What draws say: rank acceptability, intervals of ranks and scores, win probabilities."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Ranks = NDArray[np.int16]

# Values worked on at a time: few enough to stay in the processor's cache.
_BLOCK = 60_000


def acceptability(ranks: Ranks) -> Matrix:
    """Rank acceptability b_ir: the share of draws in which place i has rank r (Lahdelma, Hokkanen & Salminen 1998).

    Parameters
    ----------
    ranks : (draws, places).

    Returns
    -------
    (places, ranks); rows sum to one.
    """
    draws, places = ranks.shape
    first = np.arange(places, dtype=np.int64) * places - 1
    counts = np.zeros(places * places, dtype=np.int64)
    step = max(1, _BLOCK // max(places, 1))
    for start in range(0, draws, step):
        counts += np.bincount((ranks[start : start + step] + first).ravel(), minlength=places * places)
    return np.asarray(counts.reshape(places, places) / draws)


def rank_intervals(shares: Matrix, level: float) -> tuple[Matrix, Matrix]:
    """Read central rank intervals off the acceptability matrix.

    The lower end is the smallest rank whose cumulated share reaches (1 - level)/2, the upper end the
    smallest whose cumulated share reaches (1 + level)/2.

    Parameters
    ----------
    shares : (places, ranks); level : such as 0.9.
    """
    cumulated = np.cumsum(shares, axis=1)
    slack = 1e-9
    low = (cumulated < (1 - level) / 2 - slack).sum(axis=1) + 1.0
    high = (cumulated < (1 + level) / 2 - slack).sum(axis=1) + 1.0
    return low, high


def score_intervals(scores: Matrix, level: float) -> tuple[Matrix, Matrix]:
    """Return central score intervals (places,), by linear interpolation between order statistics.

    Parameters
    ----------
    scores : (draws, places) on one scale; no draws give NaN.
    """
    if not len(scores):
        return np.full(scores.shape[1], np.nan), np.full(scores.shape[1], np.nan)
    low, high = np.empty(scores.shape[1]), np.empty(scores.shape[1])
    step = max(1, 4 * _BLOCK // len(scores))
    for start in range(0, scores.shape[1], step):
        some = slice(start, start + step)
        ordered = np.sort(np.ascontiguousarray(scores[:, some].T), axis=1)
        low[some], high[some] = _quantile(ordered, (1 - level) / 2), _quantile(ordered, (1 + level) / 2)
    return low, high


def _quantile(ordered: Matrix, share: float) -> Matrix:
    """Return a quantile of each sorted row; one vectorised sort beats partial sorts of every row."""
    position = share * (ordered.shape[1] - 1)
    below = int(position)
    above = min(below + 1, ordered.shape[1] - 1)
    return np.asarray(ordered[:, below] + (position - below) * (ordered[:, above] - ordered[:, below]))


def win_probability(ranks: Ranks) -> Matrix:
    """Probability p_ik that place i beats place k; a tie counts half.

    Parameters
    ----------
    ranks : (draws, places).

    Returns
    -------
    (places, places); p_ik + p_ki = 1, the diagonal is one half.
    """
    draws, places = ranks.shape
    columns = np.ascontiguousarray(ranks.T)
    wins = np.empty((places, places))
    for place in range(places):
        wins[place] = np.count_nonzero(columns[place] < columns, axis=1)
    ties = draws - wins - wins.T
    return np.asarray((wins + 0.5 * ties) / draws)
