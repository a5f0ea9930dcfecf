"""Weights that give indicators the influence they are meant to have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from innohub.errors import Finding, ModelError, NoSolutionError
from innohub.index.correlate import correlations
from innohub.index.weight.weighing import Weighing, columns_of, require_complete, require_spread

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_CLOSE = 1e-9


@dataclass(frozen=True)
class Influence:
    """Weights for a wanted influence: ``shares`` (indicators,), the ``correlations`` (indicators,) with the index.

    ``exact`` says whether the correlations stand in the ratios asked for.
    """

    shares: Vector
    correlations: Vector
    exact: bool
    findings: tuple[Finding, ...] = ()


def equal_influence(z: Matrix, target: Vector | None = None, variant: str = "closed") -> Influence:
    """Weights of an arithmetic mean such that all indicators correlate equally with it, or in target ratios.

    Linear form of Becker, Saisana, Paruolo & Vandecasteele (2017), Ecological Indicators 80:12-22,
    doi 10.1016/j.ecolind.2017.03.056.

    Parameters
    ----------
    z : (places, indicators) normalised as they enter the mean (their standard deviations matter), more is better.
    target : (indicators,) positive ratios of the correlations wanted; all alike if left out.
    variant : ``closed``, or ``bounded`` for the nearest non-negative weights where there are no exact ones.

    Raises
    ------
    ScaleError
        S140 a value is missing; S141 an indicator is constant.
    ModelError
        S158 a target is missing or not above zero.
    NoSolutionError
        S142, S143: see :func:`influence_weights`.
    """
    require_complete(z, "influence")
    require_spread(z, "influence")
    r, _ = correlations(z, fewest=2)
    return influence_weights(r, z.std(axis=0), target, variant)


def influence_weights(
    r: Matrix, spread: Vector, target: Vector | None = None, variant: str = "closed"
) -> Influence:
    """Weights for a wanted influence, from correlations and standard deviations alone.

    v = R⁻¹ t and w_j = v_j / s_j make corr(z_j, index) proportional to t. ``bounded`` minimises |Rv - t| over
    v >= 0: a convex problem whose optimum has the correlations that point most nearly in the direction of t.

    Parameters
    ----------
    r : (indicators, indicators) correlations; spread : (indicators,) standard deviations, positive.
    target, variant : as in :func:`equal_influence`.

    Raises
    ------
    NoSolutionError
        S142 the indicators are linearly dependent (``closed``); S143 with the indicators whose weight would have
        to be zero or negative (``closed``), or no weights at all point towards the target (``bounded``).

    Examples
    --------
    >>> r = np.array([[1, 0.5, 0.2], [0.5, 1, 0.4], [0.2, 0.4, 1]])
    >>> found = influence_weights(r, np.ones(3))
    >>> found.shares.round(5).tolist(), found.correlations.round(5).tolist()
    ([0.37838, 0.21622, 0.40541], [0.75337, 0.75337, 0.75337])
    """
    t = _target(target, len(r))
    v = _closed(r, t) if variant == "closed" else nnls(r, t)[0]
    whole = float(v @ r @ v)
    if whole <= _CLOSE:
        raise NoSolutionError(Finding("S143", params=columns_of(np.arange(len(r)))))
    found = r @ v
    exact = bool(np.linalg.norm(found - t) <= _CLOSE * np.linalg.norm(t))
    weights = v / spread
    reached = found / np.sqrt(whole)
    warning = () if exact else (_bounded(v, reached),)
    return Influence(weights / weights.sum(), reached, exact, warning)


def _target(target: Vector | None, count: int) -> Vector:
    t = np.ones(count) if target is None else np.asarray(target, dtype=float)
    if (bad := np.flatnonzero(~(np.isfinite(t) & (t > 0)))).size:
        raise ModelError(Finding("S158", params=columns_of(bad)))
    return np.asarray(t / np.linalg.norm(t))


def _closed(r: Matrix, t: Vector) -> Vector:
    values, vectors = np.linalg.eigh(r)
    if values[0] <= _CLOSE:
        raise NoSolutionError(Finding("S142", params={"method": "influence"}))
    v = vectors @ ((vectors.T @ t) / values)
    if (bad := np.flatnonzero(v <= _CLOSE * np.abs(v).max())).size:
        raise NoSolutionError(Finding("S143", params=columns_of(bad)))
    return np.asarray(v)


def _bounded(v: Vector, reached: Vector) -> Finding:
    params = {"low": float(reached.min()), "high": float(reached.max()), **columns_of(np.flatnonzero(v == 0))}
    return Finding("N007", "warning", params=params)


def _influence(z: Matrix, given: Vector, p: Mapping[str, Any]) -> Weighing:
    found = equal_influence(z, given if p["given"] else None, p["variant"])
    return Weighing(found.shares, found.findings)


ON_VALUES = {"influence": _influence}
