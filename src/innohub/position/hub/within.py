"""Regressions on a panel with place and year effects, with errors that allow for ties within a place."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Codes = NDArray[np.intp]

# A regressor keeps less than this share of its length once the effects are out: it does not vary freely.
_NO_VARIATION = 1e-8


@dataclass(frozen=True)
class WithinFit:
    """Coefficients of a panel regression after place and year effects.

    ``coefficient`` and ``standardised`` are (terms,): the second in standard deviations of y for one standard
    deviation of x, both after the effects. ``influence`` (places, terms) is what each place adds to the estimate;
    its cross product is the cluster-robust covariance, the correction for small samples included. ``cross``
    (places, p, p) holds the cross products of x, year effects and y within each place, for resampling.
    ``cluster`` (places,) are the codes of the places that took part.
    """

    coefficient: Vector
    standardised: Vector
    influence: Matrix
    cross: NDArray[np.float64]
    cluster: Codes
    observations: int
    years: int

    @property
    def covariance(self) -> Matrix:
        """Cluster-robust covariance of the coefficients, (terms, terms)."""
        return self.influence.T @ self.influence

    @property
    def freedom(self) -> int:
        """Degrees of freedom of the t distribution: places less one."""
        return len(self.cluster) - 1


def within_fit(y: Vector, x: Matrix, place: Codes, year: Codes) -> WithinFit | None:
    """Regress y on x with place and year effects; errors are clustered by place.

    The covariance is c B (sum_g s_g s_g') B with B = (x'x)^-1 and s_g the score of place g, after the effects are
    partialled out (Arellano 1987, doi 10.1111/j.1468-0084.1987.mp49004006.x), c = G/(G-1) (N-1)/(N-K). Place
    effects lie within clusters and do not count in K, as in Cameron & Miller (2015, doi
    10.3368/jhr.50.2.317); K holds the terms, the year effects and a constant. Places seen once tell nothing and
    are left out.

    Parameters
    ----------
    y : (observations,); x : (observations, terms); place, year : (observations,) codes. Rows with NaN are left out.

    Returns
    -------
    WithinFit, or None where the coefficients cannot be told: fewer than two places, too few observations, or
    a term that the effects or the other terms explain completely, or a y that the effects do.
    """
    whole = np.isfinite(y) & np.isfinite(x).all(axis=1)
    whole &= np.bincount(place[whole], minlength=int(place.max(initial=0)) + 1)[place] > 1
    cluster, place = np.unique(place[whole], return_inverse=True)
    years, year = np.unique(year[whole], return_inverse=True)
    effects = (year[:, None] == np.arange(1, len(years))).astype(float)
    if len(cluster) < 2:
        return None
    terms = x.shape[1]
    parts = _demean(np.column_stack([x[whole], effects, y[whole]]), place)
    kept, rank = _partial_out(np.column_stack([parts[:, :terms], parts[:, -1]]), parts[:, terms:-1])
    left, goal = kept[:, :-1], kept[:, -1]
    if len(goal) <= terms + rank + 1 or not _varies(left, parts[:, :terms], x[whole]):
        return None
    if np.linalg.norm(goal) <= _NO_VARIATION * np.linalg.norm(y[whole]):
        return None
    bread = np.linalg.inv(left.T @ left)
    coefficient = bread @ (left.T @ goal)
    score = np.zeros((len(cluster), terms))
    np.add.at(score, place, left * (goal - left @ coefficient)[:, None])
    groups, count = len(cluster), len(goal)
    correction = groups / (groups - 1) * (count - 1) / (count - terms - rank - 1)
    standardised = coefficient * left.std(axis=0) / goal.std()
    cross = np.zeros((groups, parts.shape[1], parts.shape[1]))
    np.add.at(cross, place, parts[:, :, None] * parts[:, None, :])
    return WithinFit(
        coefficient, standardised, np.sqrt(correction) * score @ bread, cross, cluster, count, len(years)
    )


def _demean(columns: Matrix, place: Codes) -> Matrix:
    counts = np.bincount(place)
    means = np.stack([np.bincount(place, weights=column) / counts for column in columns.T], axis=1)
    centred: Matrix = columns - means[place]
    return centred


def _partial_out(columns: Matrix, effects: Matrix) -> tuple[Matrix, int]:
    """Return what is left of columns after a regression on the effects, and the rank of the effects."""
    if not effects.shape[1]:
        return columns, 0
    fitted, _, rank, _ = np.linalg.lstsq(effects, columns, rcond=1e-10)
    return columns - effects @ fitted, int(rank)


def _varies(left: Matrix, centred: Matrix, raw: Matrix) -> bool:
    """Say whether every term still varies freely once the effects and the other terms are out."""
    length = np.linalg.norm(centred, axis=0)
    if (length <= _NO_VARIATION * np.linalg.norm(raw, axis=0)).any():
        return False
    return bool(np.linalg.svd(left / length, compute_uv=False).min() > _NO_VARIATION)


def resampled(fit: WithinFit, times: Matrix) -> tuple[Matrix, Matrix]:
    """Return coefficients and standardised coefficients when places are drawn again.

    Place effects do not change when a place is drawn several times, so that weighting its cross products is
    the same as entering it so often.

    Parameters
    ----------
    times : (draws, all places) how often each place was drawn, by the codes given to the fit.

    Returns
    -------
    Two arrays (draws, terms); NaN where a draw leaves a term without variation.
    """
    size, terms = fit.cross.shape[1], len(fit.coefficient)
    flat = times[:, fit.cluster] @ fit.cross.reshape(len(fit.cluster), -1)
    total = flat.reshape(-1, size, size)
    effects = slice(terms, size - 1)
    keep = [*range(terms), size - 1]
    mixed = total[:, keep, effects]
    inverse = np.linalg.pinv(total[:, effects, effects], rcond=1e-10, hermitian=True)
    left = total[:, keep][:, :, keep] - mixed @ inverse @ mixed.transpose(0, 2, 1)
    within = np.einsum("bii->bi", total[:, :terms, :terms])
    scale = np.sqrt(np.where(within > 0, within, 1.0))
    scaled = left[:, :terms, :terms] / (scale[:, :, None] * scale[:, None, :])
    free = (np.linalg.eigvalsh(scaled)[:, 0] > _NO_VARIATION) & (within > 0).all(axis=1)
    coefficient = np.full((len(times), terms), np.nan)
    coefficient[free] = np.linalg.solve(left[free, :terms, :terms], left[free, :terms, terms:])[:, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.sqrt(np.einsum("bii->bi", left)[:, :terms] / left[:, terms, terms][:, None])
    return coefficient, coefficient * ratio
