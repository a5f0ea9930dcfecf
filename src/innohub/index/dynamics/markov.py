"""Transitions between classes from year to year: Markov chains of places."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from innohub.errors import Finding, ScaleError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Counts = NDArray[np.int64]
MISSING = -1


@dataclass(frozen=True)
class Classes:
    """Classes by limits that hold for all years.

    ``number`` (years, places), 0 the lowest class, -1 for a missing value; ``limits`` (classes - 1,): a
    value belongs to the lowest class whose limit it does not exceed; ``findings`` S192 for limits that coincide.
    """

    number: NDArray[np.int64]
    limits: Vector
    findings: tuple[Finding, ...] = ()

    @property
    def count(self) -> int:
        """The number of classes."""
        return len(self.limits) + 1


@dataclass(frozen=True)
class Markov:
    """A Markov chain estimated from transitions.

    ``counts`` (classes, classes) n_ij from class i to class j; ``transition`` (classes, classes) p_ij =
    n_ij / n_i with ``standard_error`` sqrt(p (1 - p) / n_i), both NaN in the row of a class that no place
    ever leaves from; ``steady`` (classes,) the steady state, NaN where there is no single one;
    ``mobility`` (classes - trace) / (classes - 1) after Shorrocks (1978), 0 for no movement;
    ``missing`` the number of steps left out because a value is missing.
    """

    counts: Counts
    transition: Matrix
    standard_error: Matrix
    steady: Vector
    mobility: float
    missing: int
    findings: tuple[Finding, ...] = ()


def classify_pooled(y: Matrix, classes: int = 4, *, relative: bool = False) -> Classes:
    """Cut values into classes at the quantiles of all years together, so that the limits stay fixed.

    Quantiles interpolate linearly between order statistics (type 7 of Hyndman & Fan 1996).

    Parameters
    ----------
    y : (years, places); NaN for missing.
    classes : number of classes of about equal size.
    relative : divide each year by its mean first, so that classes speak of a place's relative position.

    Examples
    --------
    >>> classify_pooled(np.array([[1.0, 2, 3, 4]]), 2).number.tolist()
    [[0, 0, 1, 1]]
    """
    values = relative_to_mean(y) if relative else y
    limits = np.nanquantile(values, np.arange(1, classes) / classes)
    number = np.searchsorted(limits, values, side="left").astype(np.int64)
    number[np.isnan(values)] = MISSING
    findings: tuple[Finding, ...] = ()
    if (np.diff(limits) == 0).any():
        findings = (Finding("S192", level="warning", params={"classes": classes}),)
    return Classes(number, limits, findings)


def relative_to_mean(y: Matrix) -> Matrix:
    """Divide each year (years, places) by the mean of the places that have a value."""
    count = np.isfinite(y).sum(axis=1, keepdims=True)
    mean = np.nansum(y, axis=1, keepdims=True) / np.maximum(count, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(y / mean)


def markov(
    number: NDArray[np.int64], classes: int, step: int = 1, *, even: NDArray[np.bool_] | None = None
) -> Markov:
    """Estimate a Markov chain from the classes of places by year, p_ij = n_ij / n_i.

    Parameters
    ----------
    number : (years, places) classes from 0, -1 for missing, as of :func:`classify_pooled`.
    classes : number of classes.
    step : years from the start to the end of a transition.
    even : (years - step,) which steps count, where years are unevenly spaced; all unless given.

    Returns
    -------
    Warnings: S187 for a class without a transition, S188 where the steady state is not unique.
    """
    chosen = slice(None) if even is None else even
    before, after = number[:-step][chosen].ravel(), number[step:][chosen].ravel()
    known = (before != MISSING) & (after != MISSING)
    counts = count_transitions(before[known], after[known], classes)
    return estimate(counts, missing=int((~known).sum()))


def count_transitions(before: NDArray[np.int64], after: NDArray[np.int64], classes: int) -> Counts:
    """Count the pairs of classes: (classes, classes)."""
    pairs = np.bincount(before * classes + after, minlength=classes * classes)
    return pairs.reshape(classes, classes).astype(np.int64)


def estimate(counts: Counts, missing: int = 0) -> Markov:
    """Turn counts of transitions (classes, classes) into a chain.

    Examples
    --------
    >>> estimate(np.array([[8, 2, 0], [1, 8, 1], [0, 2, 8]])).steady.round(4).tolist()
    [0.25, 0.5, 0.25]
    """
    total = counts.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        transition = counts / total
        error = np.sqrt(transition * (1 - transition) / total)
    findings: list[Finding] = []
    if empty := [str(row + 1) for row in np.flatnonzero(total[:, 0] == 0)]:
        findings.append(Finding("S187", level="warning", params={"classes": tuple(empty)}))
    steady = steady_state(transition)
    if np.isnan(steady).any():
        findings.append(Finding("S188", level="warning"))
    classes = len(counts)
    mobility = float((classes - np.trace(transition)) / (classes - 1)) if classes > 1 else 0.0
    return Markov(counts, transition, error, steady, mobility, missing, tuple(findings))


def steady_state(transition: Matrix) -> Vector:
    """Return the one distribution that a chain keeps, pi P = pi; NaN where there is none or more than one.

    Parameters
    ----------
    transition : (classes, classes), rows sum to one; NaN rows for classes without transitions. Such a class
        has probability zero when no other class leads to it, otherwise the steady state is unknown.

    Raises
    ------
    ScaleError
        S189 when a row has negative entries or does not sum to one.

    Examples
    --------
    >>> steady_state(np.array([[0.8, 0.2, 0], [0.1, 0.8, 0.1], [0, 0.2, 0.8]])).round(6).tolist()
    [0.25, 0.5, 0.25]
    """
    known = ~np.isnan(transition).any(axis=1)
    rows = transition[known]
    if (rows < 0).any() or not np.allclose(rows.sum(axis=1), 1, atol=1e-6):
        raise ScaleError(Finding("S189"))
    nowhere = np.full(len(transition), np.nan)
    if not known.any() or (rows[:, ~known] > 0).any():
        return nowhere
    inside = rows[:, known]
    count, label = connected_components(inside > 0, directed=True, connection="strong")
    closed = [part for part in range(count) if not (inside[label == part][:, label != part] > 0).any()]
    if len(closed) != 1:
        return nowhere
    core = inside[np.ix_(label == closed[0], label == closed[0])]
    system = np.vstack([core.T - np.eye(len(core)), np.ones(len(core))])
    found = np.linalg.lstsq(system, np.append(np.zeros(len(core)), 1.0), rcond=None)[0]
    within = np.zeros(len(inside))
    within[label == closed[0]] = found
    steady = np.zeros(len(transition))
    steady[known] = within
    return steady
