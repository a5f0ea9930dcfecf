"""Ordered one-dimensional Gaussian mixtures, many score vectors at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.position.tier.breaks import natural_breaks

Matrix = NDArray[np.float64]

_FLOOR = 1e-6
_ROUNDS = 500
_TOLERANCE = 1e-8
_BLOCK = 60_000


@dataclass(frozen=True)
class Mixture:
    """Fitted mixtures, components ordered from the highest mean down.

    ``shares``, ``means`` and ``sds`` are (vectors, components); ``log_likelihood`` and ``bic`` are (vectors,).
    ``posterior`` is (vectors, places, components) for the places in the order given.
    """

    shares: Matrix
    means: Matrix
    sds: Matrix
    posterior: Matrix
    log_likelihood: Matrix
    bic: Matrix


def fit_mixture(scores: Matrix, components: int, variance: str = "equal") -> Mixture:
    """Fit a Gaussian mixture to each score vector by expectation and maximisation.

    Starts from exact natural breaks, so the fit is deterministic; variances never fall below 1e-6 of the
    total variance (McLachlan & Peel 2000). BIC = -2 log L + p ln n (Schwarz 1978), small is better.

    Parameters
    ----------
    scores : (vectors, places), not constant.
    components : number of components, at most the number of distinct values.
    variance : ``equal`` for all components, or ``free``.
    """
    sizes = natural_breaks(scores, components)
    step = max(1, _BLOCK // (scores.shape[1] * components))
    blocks = [slice(start, start + step) for start in range(0, len(scores), step)]
    parts = [_fit(scores[block], sizes[block], variance) for block in blocks]
    shares, means, spread, posterior, likelihood = (np.concatenate(part) for part in zip(*parts, strict=True))
    free = 3 * components - 1 if variance == "free" else 2 * components
    order = np.argsort(-means, axis=1)
    return Mixture(
        shares=np.take_along_axis(shares, order, axis=1),
        means=np.take_along_axis(means, order, axis=1),
        sds=np.sqrt(np.take_along_axis(spread, order, axis=1)),
        posterior=np.take_along_axis(posterior, order[:, None, :], axis=2),
        log_likelihood=likelihood,
        bic=-2 * likelihood + free * np.log(scores.shape[1]),
    )


def _fit(scores: Matrix, sizes: NDArray[np.intp], variance: str) -> tuple[Matrix, ...]:
    """Fit a block of score vectors; those that have converged leave the iteration."""
    posterior = _from_sizes(scores, sizes)
    floor = _FLOOR * scores.var(axis=1)
    shares, means, spread = _maximise(scores, posterior, floor, variance)
    likelihood = np.full(len(scores), -np.inf)
    open_ones = np.arange(len(scores))
    for _ in range(_ROUNDS):
        now = _maximise(scores[open_ones], posterior[open_ones], floor[open_ones], variance)
        shares[open_ones], means[open_ones], spread[open_ones] = now
        posterior[open_ones], new = _expect(scores[open_ones], *now)
        gain = np.abs(new - likelihood[open_ones])
        likelihood[open_ones] = new
        open_ones = open_ones[gain > _TOLERANCE * np.abs(new)]
        if not len(open_ones):
            break
    return shares, means, spread, posterior, likelihood


def _from_sizes(scores: Matrix, sizes: NDArray[np.intp]) -> Matrix:
    """Return hard memberships (vectors, places, components) of classes of given sizes."""
    rank = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)
    upper = np.cumsum(sizes, axis=1)
    member = (rank[:, :, None] >= upper[:, None, :]).sum(axis=2)
    return np.asarray((member[:, :, None] == np.arange(sizes.shape[1])).astype(float))


def _maximise(
    scores: Matrix, posterior: Matrix, floor: Matrix, variance: str
) -> tuple[Matrix, Matrix, Matrix]:
    weight = np.maximum(posterior.sum(axis=1), 1e-12)
    means = np.einsum("vp,vpc->vc", scores, posterior) / weight
    squares = np.einsum("vpc,vpc->vc", (scores[:, :, None] - means[:, None, :]) ** 2, posterior)
    if variance == "equal":
        spread = np.repeat(squares.sum(axis=1, keepdims=True) / scores.shape[1], means.shape[1], axis=1)
    else:
        spread = squares / weight
    return weight / scores.shape[1], means, np.maximum(spread, floor[:, None])


def _expect(scores: Matrix, shares: Matrix, means: Matrix, spread: Matrix) -> tuple[Matrix, Matrix]:
    distance = (scores[:, :, None] - means[:, None, :]) ** 2 / spread[:, None, :]
    log = np.log(shares)[:, None, :] - 0.5 * (np.log(2 * np.pi * spread)[:, None, :] + distance)
    top = log.max(axis=2, keepdims=True)
    terms = np.exp(log - top)
    total = terms.sum(axis=2, keepdims=True)
    return terms / total, (np.log(total) + top)[:, :, 0].sum(axis=1)


def mixture_sizes(scores: Matrix, fitted: Mixture) -> NDArray[np.intp]:
    """Return class sizes (vectors, components) from the most probable component of each place.

    Classes are kept in the order of the scores: a place never falls in a lower class than a place
    with a lower score, which a wide component of unequal variance could otherwise ask for.
    """
    best = fitted.posterior.argmax(axis=2)
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.maximum.accumulate(np.take_along_axis(best, order, axis=1), axis=1)
    return np.stack([(ordered == c).sum(axis=1) for c in range(fitted.means.shape[1])], axis=1)
