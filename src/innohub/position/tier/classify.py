"""Cut scores into ordered tiers: by breaks in the scores, by limits, by shares or numbers of places."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.catalog.methods import require_same
from innohub.errors import Finding, ModelError, ScaleError
from innohub.index.rank import DIGITS, rank_draws, round_significant
from innohub.position.tier.breaks import goodness_of_fit, natural_breaks
from innohub.position.tier.mixture import Mixture, fit_mixture, mixture_sizes

Matrix = NDArray[np.float64]
Sizes = NDArray[np.intp]

# These methods look for groups in the scores, so that the scale on which they look matters.
SOUGHT = ("natural_breaks", "kmeans", "mixture")


@dataclass(frozen=True)
class Cut:
    """Tiers of one score vector.

    ``sizes`` (tiers,) from the top; ``limits`` (tiers - 1,) cut scores on the scale of the score; ``closed`` says
    whether a score equal to a limit belongs to the upper tier (left) or the lower (right); ``fit`` is the goodness
    of variance fit on the scale used.
    """

    sizes: tuple[int, ...]
    limits: tuple[float, ...]
    closed: str
    fit: float


def rescale(scores: Matrix, scale: str) -> Matrix:
    """Return scores on the scale on which tiers are cut: ``raw``, ``log`` or ``rank`` (1 = lowest).

    Parameters
    ----------
    scores : (vectors, places).

    Raises
    ------
    ScaleError
        S110 when a logarithm meets a score of zero or below.
    """
    if scale == "log":
        if (scores <= 0).any():
            raise ScaleError(Finding("S110", params={"least": f"{scores.min():g}"}))
        return np.asarray(np.log(scores))
    if scale == "rank":
        return np.asarray((scores.shape[1] + 1.0) - rank_draws(scores))
    return scores


def tier_sizes(scores: Matrix, spec: Spec, tiers: int, scale: str) -> Sizes:
    """Return the tier sizes (vectors, tiers) of every score vector (vectors, places), from the top."""
    distinct = min(len(np.unique(round_significant(row))) for row in scores[:1])
    if tiers > distinct:
        raise ModelError(Finding("M120", params={"tiers": tiers, "distinct": distinct}))
    return _METHODS[spec.name](rescale(scores, scale) if spec.name in SOUGHT else scores, spec, tiers)


def assign(ranks: NDArray[np.int16] | Matrix, sizes: Sizes) -> NDArray[np.intp]:
    """Return the tier (0 = highest) of each rank, given tier sizes from the top; tied places share the higher tier.

    Parameters
    ----------
    ranks : (places,) or (draws, places), 1 = best.
    sizes : (tiers,), or (draws, tiers) for sizes that differ by draw.
    """
    upper = np.cumsum(sizes, axis=-1)
    return np.asarray((ranks[..., None] > upper[..., None, :-1]).sum(axis=-1))


def cut(scores: Matrix, spec: Spec, tiers: int, scale: str) -> Cut:
    """Cut one score vector (places,) into tiers.

    Limits are those of the method, as given or found, or the midpoints between the lowest score of a tier and
    the highest of the next.
    """
    sizes = tier_sizes(scores[None, :], spec, tiers, scale)[0]
    ordered = np.sort(scores)[::-1]
    fit = goodness_of_fit(rescale(scores[None, :], scale)[0], sizes)
    if spec.name in LIMITS:
        found = LIMITS[spec.name](scores[None, :], spec, tiers)[0]
        return Cut(tuple(sizes.tolist()), tuple(found.tolist()), spec["closed"], fit)
    limits = [_between(ordered, int(end)) for end in np.cumsum(sizes)[:-1]]
    return Cut(tuple(sizes.tolist()), tuple(limits), "left", fit)


def _between(ordered: Matrix, end: int) -> float:
    """Return the middle of the gap after the first ``end`` scores; an outer score where a tier is empty."""
    if end in (0, len(ordered)):
        return float(ordered[0] if end == 0 else ordered[-1])
    return float((ordered[end - 1] + ordered[end]) / 2)


def above(scores: Matrix, limits: Sequence[float] | Matrix, closed: str) -> NDArray[np.intp]:
    """Return the tier (0 = highest) of scores by limits from high to low; limits may differ by vector.

    ``closed`` is ``left`` when a score equal to a limit belongs to the upper tier, else ``right``. A score that
    agrees with a limit in ten digits stands on it, so that rounding in a sum never moves a place.
    """
    edges = np.asarray(limits, dtype=float)
    slack = 10.0**-DIGITS * np.abs(edges)
    edges = (edges - slack if closed == "left" else edges + slack)[..., None, :]
    misses = scores[..., None] < edges if closed == "left" else scores[..., None] <= edges
    return np.asarray(misses.sum(axis=-1))


def _natural_breaks(scores: Matrix, spec: Spec, tiers: int) -> Sizes:
    return natural_breaks(scores, tiers)


def _by_limits(scores: Matrix, spec: Spec, tiers: int) -> Sizes:
    tier = above(scores, LIMITS[spec.name](scores, spec, tiers), spec["closed"])
    return np.stack([(tier == t).sum(axis=1) for t in range(tiers)], axis=1)


def _thresholds(scores: Matrix, spec: Spec, tiers: int) -> Matrix:
    limits = spec["limits"]
    if len(limits) != tiers - 1 or any(a <= b for a, b in pairwise(limits)):
        raise ModelError(Finding("M121", params={"tiers": tiers, "given": str(spec), "wanted": tiers - 1}))
    return np.tile(np.array(limits), (len(scores), 1))


def _quantile(scores: Matrix, spec: Spec, tiers: int) -> Matrix:
    """Return the scores below which given shares of the places lie (Hyndman & Fan 1996, type 7), of each vector."""
    levels = spec["p"]
    if len(levels) != tiers - 1 or any(a <= b for a, b in pairwise((1.0, *levels, 0.0))):
        raise ModelError(Finding("N300", params={"tiers": tiers, "given": str(spec), "wanted": tiers - 1}))
    return np.asarray(np.quantile(scores, levels, axis=1).T)


def _mean_sd(scores: Matrix, spec: Spec, tiers: int) -> Matrix:
    """Return the mean plus and minus a multiple of the standard deviation of each vector."""
    if tiers != 3 or not spec["c"] > 0 or spec["ddof"] not in (0, 1):
        raise ModelError(Finding("N302", params={"tiers": tiers, "given": str(spec)}))
    mean, reach = scores.mean(axis=1), spec["c"] * scores.std(axis=1, ddof=spec["ddof"])
    return np.stack([mean + reach, mean - reach], axis=1)


def _sizes(scores: Matrix, spec: Spec, tiers: int) -> Sizes:
    sizes = np.array(spec["sizes"])
    if len(sizes) != tiers or sizes.sum() != scores.shape[1] or (sizes < 0).any() or (sizes % 1).any():
        raise ModelError(
            Finding("M122", params={"tiers": tiers, "given": str(spec), "places": scores.shape[1]})
        )
    return np.tile(sizes.astype(np.intp), (len(scores), 1))


def _quantiles(scores: Matrix, spec: Spec, tiers: int) -> Sizes:
    shares = np.array(spec["shares"])
    if len(shares) != tiers or (shares <= 0).any() or abs(shares.sum() - 1) > 1e-9:
        raise ModelError(
            Finding("M123", params={"tiers": tiers, "given": str(spec), "sum": f"{shares.sum():g}"})
        )
    upper = quota_ends(shares, scores.shape[1])
    return np.tile(np.diff(upper, prepend=0), (len(scores), 1))


def _quota(scores: Matrix, spec: Spec, tiers: int) -> Sizes:
    """Give the upper tiers their shares of the places; the lowest takes the others."""
    shares = np.array(spec["shares"])
    if len(shares) != tiers - 1 or (shares <= 0).any() or shares.sum() > 1 - 1e-9:
        params = {"tiers": tiers, "given": str(spec), "wanted": tiers - 1, "sum": f"{shares.sum():g}"}
        raise ModelError(Finding("N301", params=params))
    upper = np.append(quota_ends(shares, scores.shape[1]), scores.shape[1])
    return np.tile(np.diff(upper, prepend=0), (len(scores), 1))


def quota_ends(shares: Sequence[float] | Matrix, places: int) -> Sizes:
    """Return how many places stand in each quota and those before it, rounded half up.

    >>> quota_ends([0.1, 0.2], 15).tolist()
    [2, 5]
    """
    # A sum of shares falls short of the half that it stands for by its last digits.
    return np.asarray(np.floor(np.cumsum(shares) * places + 0.5 + 1e-9).astype(np.intp))


def _mixture(scores: Matrix, spec: Spec, tiers: int) -> Sizes:
    return mixture_sizes(scores, fit_mixture(scores, tiers, spec["variance"]))


def mixture_by_number(scores: Matrix, kmax: int, variance: str) -> dict[int, Mixture]:
    """Fit mixtures of one to ``kmax`` components to one score vector (places,), to compare their BIC."""
    distinct = len(np.unique(round_significant(scores)))
    return {k: fit_mixture(scores[None, :], k, variance) for k in range(1, min(kmax, distinct - 1) + 1)}


_METHODS: Mapping[str, Callable[[Matrix, Spec, int], Sizes]] = {
    "natural_breaks": _natural_breaks,
    # In one dimension k-means asks for the very partition that natural breaks find, and finds it less surely.
    "kmeans": _natural_breaks,
    "thresholds": _by_limits,
    "quantile": _by_limits,
    "mean_sd": _by_limits,
    "sizes": _sizes,
    "quantiles": _quantiles,
    "quota": _quota,
    "mixture": _mixture,
}
LIMITS: Mapping[str, Callable[[Matrix, Spec, int], Matrix]] = {
    "thresholds": _thresholds,
    "quantile": _quantile,
    "mean_sd": _mean_sd,
}
require_same("tiers", _METHODS)
