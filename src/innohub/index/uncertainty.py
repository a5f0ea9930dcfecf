"""Monte-Carlo uncertainty by matrix products: every draw is a row, no loop over draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.index.aggregate import aggregate
from innohub.index.compute import Nominal, compute
from innohub.index.model import Model
from innohub.index.rank import rank_draws

Matrix = NDArray[np.float64]
Ranks = NDArray[np.int16]

# Values worked on at a time: few enough to stay in the processor's cache.
_BLOCK = 60_000


@dataclass(frozen=True)
class Draws:
    """A Monte-Carlo sample of an index over the places that have a score.

    ``places`` (places,); ``weights`` (draws, leaves) effective; ``scores`` and ``ranks`` (draws, places);
    ``on_scale`` (draws,) marks the draws made with the index's own normaliser and aggregation, whose
    scores may be compared with the nominal score; ``choices`` names the combinations of methods drawn.
    """

    places: tuple[str, ...]
    weights: Matrix
    scores: Matrix
    ranks: Ranks
    on_scale: NDArray[np.bool_]
    choices: tuple[str, ...]


def simulate(
    nominal: Nominal,
    weights: Matrix,
    rng: np.random.Generator,
    normalisers: Sequence[Spec] = (),
    aggregates: Sequence[Spec] = (),
) -> Draws:
    """Score and rank the places of an index under every draw of weights and methods.

    Parameters
    ----------
    nominal : the index as defined; the places are drawn in the study's year.
    weights : (draws, leaves) effective weights.
    rng : chooses a combination of methods for each draw, when there are several.
    normalisers, aggregates : the methods to choose among; none means the index's own.
    """
    now = nominal.now
    scored = ~np.isnan(now.index_scores)
    ways = product(normalisers or [nominal.model.normaliser], aggregates or [nominal.model.default_aggregate])
    models = [nominal.model.with_methods(normaliser, mean) for normaliser, mean in ways]
    chosen = rng.integers(len(models), size=len(weights)) if len(models) > 1 else np.zeros(1, dtype=np.int64)
    own = np.array([_same_methods(model, nominal.model) for model in models])
    pairs = zip(models, own, strict=True)
    parts = [now if same else compute(model, nominal.panel).now for model, same in pairs]
    scores = _scores(parts[0], weights, scored) if len(parts) == 1 else _mixed(parts, chosen, weights, scored)
    return Draws(
        places=tuple(place for place, has in zip(now.panel.places, scored, strict=True) if has),
        weights=weights,
        scores=scores,
        ranks=rank_draws(scores),
        on_scale=np.broadcast_to(own[chosen], len(weights)),
        choices=tuple(f"{model.normaliser} · {model.default_aggregate}" for model in models),
    )


def _same_methods(one: Model, other: Model) -> bool:
    return (one.normaliser, one.default_aggregate) == (other.normaliser, other.default_aggregate)


def _mixed(
    parts: list[Nominal], chosen: NDArray[np.int64], weights: Matrix, scored: NDArray[np.bool_]
) -> Matrix:
    """Score each draw by the combination of methods chosen for it."""
    scores = np.empty((len(weights), int(scored.sum())))
    for number, part in enumerate(parts):
        at = chosen == number
        scores[at] = _scores(part, weights[at], scored)
    return scores


def _scores(nominal: Nominal, weights: Matrix, scored: NDArray[np.bool_]) -> Matrix:
    """Score the chosen places under every weighting: (draws, places)."""
    if nominal.model.is_linear and not np.isnan(nominal.normalised[scored]).any():
        return np.asarray(weights @ nominal.normalised[scored].T)
    tree = nominal.model.tree
    mass = tree.gather(weights)
    scores: dict[int, Matrix] = {}
    for node in tree.inner:
        below = np.array([child for child in tree.children(node) if nominal.shares[child] > 0])
        fit = ~np.isnan(nominal.scores[:, node])
        x = _children(nominal.scores, scores, below, fit, len(weights))
        score = np.full((len(weights), len(fit)), np.nan)
        score[:, fit] = aggregate(x, mass[:, below], nominal.model.aggregate_of(node))
        scores[node] = score
    return scores[0][:, scored]


def _children(
    nominal: Matrix, drawn: dict[int, Matrix], below: NDArray[np.intp], fit: NDArray[np.bool_], draws: int
) -> Matrix:
    """Return the values of a node's children for the places that it scores: by draw where they differ by draw."""
    if not any(child in drawn for child in below.tolist()):
        return nominal[np.ix_(fit, below)]
    fixed = (draws, int(fit.sum()))
    columns = [
        drawn[child][:, fit] if child in drawn else np.broadcast_to(nominal[fit, child], fixed)
        for child in below.tolist()
    ]
    return np.stack(columns, axis=-1)


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
