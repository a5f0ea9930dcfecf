"""Distances between places on several variables, split into what each variable contributes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_SINGULAR = 1e10
_LEAST = 0.01


@dataclass(frozen=True)
class Shrunk:
    """A covariance matrix (variables, variables) drawn towards its mean variance by ``shrinkage`` (0 to 1).

    ``forced`` says that the wanted shrinkage left it singular and more had to be taken.
    """

    covariance: Matrix
    shrinkage: float
    forced: bool


def z_scores(x: Matrix) -> Matrix:
    """Standardise each column by its mean and population sd over the values it has; NaN stays NaN.

    Parameters
    ----------
    x : (places, variables), no column constant.
    """
    return np.asarray((x - np.nanmean(x, axis=0)) / np.nanstd(x, axis=0))


def ledoit_wolf(x: Matrix) -> float:
    """Return the shrinkage that makes the covariance best conditioned in mean square.

    Ledoit & Wolf 2004, Journal of Multivariate Analysis 88:365-411, lemma 3.3: b2 / d2, target mean variance
    times the identity.

    Parameters
    ----------
    x : (places, variables), complete; centred here.
    """
    places, variables = x.shape
    centred = x - x.mean(axis=0)
    covariance = centred.T @ centred / places
    target = np.trace(covariance) / variables * np.eye(variables)
    away = float(((covariance - target) ** 2).sum())
    squares = centred**2
    noise = float((squares.T @ squares / places - covariance**2).sum()) / places
    return min(max(noise, 0.0), away) / away if away > 0 else 0.0


def shrink(x: Matrix, shrinkage: float | None = None) -> Shrunk:
    """Return the covariance of complete rows, shrunk towards its mean variance times the identity.

    (1 - s) S + s mean(diag S) I, with s as stated or after Ledoit & Wolf 2004. Where that is singular, s rises to
    theirs, and to no less than 0.01.

    Parameters
    ----------
    x : (places, variables), complete.
    shrinkage : 0 to 1; None for Ledoit and Wolf's.
    """
    covariance = np.atleast_2d(np.cov(x, rowvar=False, ddof=0))
    target = np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    wanted = ledoit_wolf(x) if shrinkage is None else shrinkage
    drawn = (1 - wanted) * covariance + wanted * target
    forced = bool(np.linalg.cond(drawn) > _SINGULAR)
    if forced:
        wanted = max(ledoit_wolf(x), wanted, _LEAST)
        drawn = (1 - wanted) * covariance + wanted * target
    return Shrunk(drawn, float(wanted), forced)


def contributions(differences: Matrix, covariance: Matrix) -> Matrix:
    """Split the squared distance of each row into the parts of its variables, none below zero.

    The corr-max transformation turns the differences into uncorrelated ones that stay as close as possible to
    the variables they come from; their squares sum to the squared Mahalanobis distance (Garthwaite & Koch 2016,
    Australian & New Zealand Journal of Statistics 58:99-119, doi 10.1111/anzs.12144). With the identity as
    covariance they are the squared differences.

    Parameters
    ----------
    differences : (places, variables), complete.
    covariance : (variables, variables), positive definite.

    Returns
    -------
    (places, variables).

    Examples
    --------
    >>> contributions(np.array([[1.0, 2.0]]), np.eye(2)).tolist()
    [[1.0, 4.0]]
    """
    sd = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / np.outer(sd, sd))
    root = (vectors / np.sqrt(values)) @ vectors.T
    return np.asarray(((differences / sd) @ root) ** 2)


def pairwise_contributions(x: Matrix, origin: int, covariance: Matrix) -> tuple[Matrix, Vector]:
    """Return each variable's part of the squared distance of every place from one of them.

    A variable missing on either side is left out, and what remains is scaled up by variables / variables used,
    so that distances on fewer variables can be compared.

    Parameters
    ----------
    x : (places, variables), NaN for missing.
    origin : row of the place from which distances run.
    covariance : (variables, variables).

    Returns
    -------
    parts : (places, variables); NaN for a variable left out.
    shares : (places,) share of the variables used.
    """
    both = ~np.isnan(x) & ~np.isnan(x[origin])
    parts = np.full(x.shape, np.nan)
    for pattern in np.unique(both[both.any(axis=1)], axis=0):
        rows = np.flatnonzero((both == pattern).all(axis=1))
        used = np.flatnonzero(pattern)
        difference = x[np.ix_(rows, used)] - x[origin, used]
        scale = x.shape[1] / len(used)
        parts[np.ix_(rows, used)] = scale * contributions(difference, covariance[np.ix_(used, used)])
    return parts, np.asarray(both.mean(axis=1))
