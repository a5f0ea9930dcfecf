"""The multivariate normal distribution of rows with gaps, by the EM algorithm."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, NoSolutionError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Index = NDArray[np.intp]

_NEAR_ZERO = 1e-10
_FALL = 1e-8


@dataclass(frozen=True)
class NormalFit:
    """A multivariate normal distribution fitted to rows with gaps.

    ``mean`` (indicators,), ``covariance`` (indicators, indicators), in the units of the data, NaN for an indicator
    without any value; ``log_likelihood`` of the observed values after each iteration, with ``ridge`` the penalised one;
    it never falls. ``converged`` is False when the iterations ran out.
    """

    mean: Vector
    covariance: Matrix
    log_likelihood: tuple[float, ...]
    converged: bool


def fit_normal(x: Matrix, *, ridge: float = 0.0, tolerance: float = 1e-8, most: int = 2000) -> NormalFit:
    """Fit mean and covariance by maximum likelihood on the observed values (Dempster, Laird & Rubin 1977).

    E-step: expectation and conditional covariance of the missing values of each pattern of gaps, given the observed
    ones. M-step: mean and covariance of the completed rows, plus the conditional covariances. The M-step with a ridge
    is the posterior mode under an inverted Wishart prior that pulls correlations towards zero with the weight of
    ``ridge`` observations: (n S + ridge · I)/(n + ridge) on standardised indicators (Schafer 1997, 5.2.3).

    Parameters
    ----------
    x : (rows, indicators), NaN for missing. Rows without any value are left out; constant indicators have no variance
        and stand aside with their constant.
    ridge : number of prior observations, 0 for maximum likelihood.
    tolerance : the iteration stops when no standardised parameter moves by more.
    most : most iterations.

    Raises
    ------
    NoSolutionError
        P133 when the covariance is singular: too few rows for so many indicators, or an indicator that is a linear
        combination of others; P134 when the likelihood falls, which only a numerical breakdown can cause.

    Examples
    --------
    >>> x = np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 5.0], [4.0, np.nan]])
    >>> fit_normal(x).mean.round(6).tolist()
    [2.5, 4.083333]
    """
    used = ~np.isnan(x).all(axis=1)
    mean, sd = _moments(x)
    active = np.flatnonzero(sd > 0)
    covariance = np.where(np.isnan(mean)[:, None] | np.isnan(mean), np.nan, 0.0)
    if not len(active):
        return NormalFit(mean, covariance, (), converged=True)
    z = ((x - mean) / np.where(sd > 0, sd, 1.0))[used][:, active]
    z = z[~np.isnan(z).all(axis=1)]
    if not ridge and len(z) <= len(active):
        raise NoSolutionError(_singular(len(z), len(active)))
    centre, spread, likelihood, converged = _iterate(z, ridge, tolerance, most)
    scale = sd[active]
    mean[active] += centre * scale
    covariance[np.ix_(active, active)] = spread * np.outer(scale, scale)
    # The likelihood was taken of standardised values; each density shrinks by the standard deviation.
    offset = float((~np.isnan(z)).sum(axis=0) @ np.log(scale))
    return NormalFit(mean, covariance, tuple(value - offset for value in likelihood), converged)


def patterns(x: Matrix) -> Iterator[tuple[Index, Index, Index]]:
    """Yield each pattern of gaps: its rows, its observed and its missing columns."""
    kinds, which = np.unique(np.isnan(x), axis=0, return_inverse=True)
    for number, gaps in enumerate(kinds):
        yield np.flatnonzero(which == number), np.flatnonzero(~gaps), np.flatnonzero(gaps)


def regression(mean: Vector, covariance: Matrix, seen: Index, gone: Index) -> tuple[Matrix, Matrix]:
    """Regress the missing columns on the observed ones.

    Returns
    -------
    slopes (observed, missing) and the residual covariance (missing, missing).
    """
    # On the scale of correlations, so that indicators in tiny units are not taken for rounding errors.
    sd = np.sqrt(np.diag(covariance))
    sd = np.where(sd > 0, sd, 1.0)
    unit = covariance / np.outer(sd, sd)
    block, cross = unit[np.ix_(seen, seen)], unit[np.ix_(seen, gone)]
    slopes = np.asarray(np.linalg.lstsq(block, cross, rcond=None)[0]) if len(seen) else cross
    residual = (unit[np.ix_(gone, gone)] - cross.T @ slopes) * np.outer(sd[gone], sd[gone])
    return slopes * sd[gone] / sd[seen][:, None], residual


def _moments(x: Matrix) -> tuple[Vector, Vector]:
    """Return mean and population sd of the observed values; NaN and 0 for an indicator without any."""
    present = ~np.isnan(x)
    count = present.sum(axis=0)
    most = np.where(present, x, -np.inf).max(axis=0)
    least = np.where(present, x, np.inf).min(axis=0)
    with np.errstate(invalid="ignore"):
        # The mean of equal values may differ from them in the last bit.
        mean = np.where(most == least, most, np.where(present, x, 0.0).sum(axis=0) / count)
        sd = np.sqrt(np.where(present, (x - mean) ** 2, 0.0).sum(axis=0) / count)
    return np.asarray(mean, dtype=np.float64), np.asarray(np.where(most > least, sd, 0.0), dtype=np.float64)


def _iterate(
    z: Matrix, ridge: float, tolerance: float, most: int
) -> tuple[Vector, Matrix, list[float], bool]:
    width = z.shape[1]
    mean, covariance = np.zeros(width), np.eye(width)
    kinds = list(patterns(z))
    likelihood: list[float] = []
    for _ in range(most):
        first, second, value = _expect(z, kinds, mean, covariance)
        value += _prior(covariance, ridge)
        if likelihood and value < likelihood[-1] - _FALL * max(1.0, abs(value)):
            raise NoSolutionError(Finding("P134", params={"before": likelihood[-1], "after": value}))
        likelihood.append(value)
        new_mean = first / len(z)
        scatter = second - len(z) * np.outer(new_mean, new_mean)
        new_covariance = (scatter + ridge * np.eye(width)) / (len(z) + ridge)
        if np.linalg.eigvalsh(new_covariance)[0] < _NEAR_ZERO:
            raise NoSolutionError(_singular(len(z), width))
        step = max(np.abs(new_mean - mean).max(), np.abs(new_covariance - covariance).max())
        mean, covariance = new_mean, new_covariance
        if step < tolerance:
            return mean, covariance, likelihood, True
    return mean, covariance, likelihood, False


def _expect(
    z: Matrix, kinds: list[tuple[Index, Index, Index]], mean: Vector, covariance: Matrix
) -> tuple[Vector, Matrix, float]:
    """Return the expected sums, the expected cross products, and the log-likelihood of the observed values."""
    first, second, likelihood = np.zeros(len(mean)), np.zeros_like(covariance), 0.0
    for rows, seen, gone in kinds:
        lower = np.linalg.cholesky(covariance[np.ix_(seen, seen)])
        centred = z[np.ix_(rows, seen)] - mean[seen]
        white = np.linalg.solve(lower, centred.T)
        constant = len(seen) * np.log(2 * np.pi) + 2 * np.log(np.diag(lower)).sum()
        likelihood -= 0.5 * (len(rows) * constant + float((white**2).sum()))
        full = np.empty((len(rows), len(mean)))
        full[:, seen] = z[np.ix_(rows, seen)]
        if len(gone):
            half = np.linalg.solve(lower, covariance[np.ix_(seen, gone)])
            full[:, gone] = mean[gone] + white.T @ half
            second[np.ix_(gone, gone)] += len(rows) * (covariance[np.ix_(gone, gone)] - half.T @ half)
        first += full.sum(axis=0)
        second += full.T @ full
    return first, second, likelihood


def _prior(covariance: Matrix, ridge: float) -> float:
    """Return the log density of the ridge prior, up to a constant."""
    if not ridge:
        return 0.0
    log_det = float(np.linalg.slogdet(covariance)[1])
    return -0.5 * ridge * (log_det + float(np.trace(np.linalg.inv(covariance))))


def _singular(rows: int, indicators: int) -> Finding:
    return Finding("P133", params={"rows": rows, "indicators": indicators})
