"""Draw missing values instead of guessing them once, so that their uncertainty reaches the ranks."""

import numpy as np
from numpy.typing import NDArray

from innohub.catalog import Spec
from innohub.errors import NoSolutionError
from innohub.panel.impute.normal import NormalFit, fit_normal, patterns, regression
from innohub.panel.impute.table import Table

Array = NDArray[np.float64]

# A resample in which an indicator is constant or lacks any value has no fit; another one is drawn.
_TRIES = 100


def draw_imputations(table: Table, spec: Spec, rng: np.random.Generator) -> Array:
    """Draw completed tables from the conditional normal distribution of the missing values.

    ``conditional`` draws with the estimated parameters held fixed. ``bootstrap`` refits the distribution to rows drawn
    with replacement for every draw, so that the uncertainty of the parameters enters as Rubin (1987) asks (Honaker &
    King 2010); it costs one fit a draw.

    Parameters
    ----------
    table : values with their rows and columns.
    spec : ``multiple`` of the family ``impute``.
    rng : source of random numbers.

    Returns
    -------
    (draws, rows, indicators); observed values are the same in every draw.

    Raises
    ------
    PanelError
        P130 an indicator without a value.
    NoSolutionError
        P133 the distribution cannot be estimated, P134 its likelihood falls.
    """
    table.require_values()
    x, p = table.values, spec.arguments
    options = {"ridge": p["ridge"], "tolerance": p["tolerance"], "most": p["most"]}
    if p["variant"] == "conditional":
        return draw_conditional(x, fit_normal(x, **options), p["draws"], rng)
    values = np.empty((p["draws"], *x.shape))
    for draw in range(p["draws"]):
        values[draw] = draw_conditional(x, _refit(x, rng, options), 1, rng)[0]
    return values


def draw_conditional(x: Array, fit: NormalFit, draws: int, rng: np.random.Generator) -> Array:
    """Draw the missing values of each row given its observed ones.

    Parameters
    ----------
    x : (rows, indicators), NaN for missing.
    fit : a distribution of the same indicators.
    draws : how many completed tables.
    rng : source of random numbers.

    Returns
    -------
    (draws, rows, indicators).
    """
    values = np.repeat(x[None], draws, axis=0)
    for rows, seen, gone in patterns(x):
        if not len(gone):
            continue
        slopes, residual = regression(fit.mean, fit.covariance, seen, gone)
        middle = fit.mean[gone] + (x[np.ix_(rows, seen)] - fit.mean[seen]) @ slopes
        noise = rng.standard_normal((draws, len(rows), len(gone))) @ _root(residual)
        values[:, rows[:, None], gone] = middle + noise
    return values


def _root(covariance: Array) -> Array:
    """Return a matrix R with R'R = covariance; rounding may leave eigenvalues just below zero."""
    size, axes = np.linalg.eigh(covariance)
    return np.asarray(np.sqrt(np.maximum(size, 0.0))[:, None] * axes.T)


def _refit(x: Array, rng: np.random.Generator, options: dict[str, float]) -> NormalFit:
    """Fit the distribution to rows drawn with replacement."""
    spread = np.nanmax(x, axis=0) > np.nanmin(x, axis=0)
    for attempt in range(_TRIES):
        sample = x[rng.integers(len(x), size=len(x))]
        present = ~np.isnan(sample)
        most = np.where(present, sample, -np.inf).max(axis=0)
        least = np.where(present, sample, np.inf).min(axis=0)
        if not present.any(axis=0).all() or (spread & ~(most > least)).any():
            continue
        try:
            return fit_normal(sample, **options)  # type: ignore[arg-type]
        except NoSolutionError:
            if attempt == _TRIES - 1:
                raise
    return fit_normal(x, **options)  # type: ignore[arg-type]
