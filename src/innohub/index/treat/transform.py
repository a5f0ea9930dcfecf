"""Transforms that draw in a long tail: logarithms and the Box–Cox family."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from innohub.errors import Finding, ScaleError
from innohub.index.treat.record import Step

Vector = NDArray[np.float64]

_POWERS = np.linspace(-5.0, 5.0, 41)


def _require_positive(x: Vector, method: str) -> None:
    if (x <= 0).any():
        params = {"method": method, "count": int((x <= 0).sum()), "least": float(x.min()), "cells": x <= 0}
        raise ScaleError(Finding("S162", params=params))


def log(x: Vector) -> Step:
    """Natural logarithm; every value must be positive."""
    _require_positive(x, "log")
    return Step(np.log(x), np.zeros(len(x), dtype=bool), "log")


def log_ct(x: Vector) -> Step:
    """ln(x - min + 0.01 (max - min)), the COIN Tool's logarithm scaled by the range (Becker et al. 2022)."""
    shifted = x - x.min() + 0.01 * (x.max() - x.min())
    return Step(np.log(shifted), np.zeros(len(x), dtype=bool), "log_ct")


def log_shift(x: Vector) -> Step:
    """ln(x - min + 1), the COIN Tool's older logarithm; it depends on the unit."""
    return Step(np.log(x - x.min() + 1), np.zeros(len(x), dtype=bool), "log_shift")


def log_gii(x: Vector) -> Step:
    """ln((max - 1)(x - min)/(max - min) + 1), the Global Innovation Index's logarithm.

    A largest value of 1 or less would make it constant or turn the order over; it is refused.
    """
    if x.max() <= 1:
        raise ScaleError(Finding("S163", params={"largest": float(x.max())}))
    shifted = (x.max() - 1) * (x - x.min()) / (x.max() - x.min()) + 1
    return Step(np.log(shifted), np.zeros(len(x), dtype=bool), "log_gii")


def box_cox(x: Vector, *, shift: bool = False) -> Step:
    """(x^λ - 1)/λ, ln x for λ = 0, with λ by maximum likelihood (Box & Cox 1964).

    The profile log-likelihood (λ - 1) Σ ln x - (n/2) ln var(y) is searched between -5 and 5.

    Parameters
    ----------
    x : (places,), positive unless ``shift``.
    shift : take x - min + 1 first.

    Raises
    ------
    ScaleError
        S162 for values of zero or below; S164 when the transformed values can no longer be told apart.
    """
    base = x - x.min() + 1 if shift else x
    _require_positive(base, "box_cox")
    # λ does not depend on the unit; about the geometric mean the powers neither overflow nor vanish.
    logs = np.log(base) - np.log(base).mean()
    grid = [_unlikelihood(power, logs) for power in _POWERS]
    best = int(np.argmin(grid))
    low, high = _POWERS[max(best - 1, 0)], _POWERS[min(best + 1, len(_POWERS) - 1)]
    found = minimize_scalar(
        _unlikelihood, bounds=(low, high), args=(logs,), method="bounded", options={"xatol": 1e-10}
    )
    power = float(found.x)
    values = _power(np.log(base), power)
    if len(np.unique(values)) < len(np.unique(base)):
        raise ScaleError(Finding("S164", params={"power": power}))
    return Step(values, np.zeros(len(x), dtype=bool), "box_cox", power)


def _power(logs: Vector, power: float) -> Vector:
    return np.asarray(logs if power == 0 else np.expm1(power * logs) / power)


def _unlikelihood(power: float, logs: Vector) -> float:
    """Return minus the profile log-likelihood, up to a constant; the logs sum to zero."""
    return float(0.5 * len(logs) * np.log(_power(logs, power).var()) - (power - 1) * logs.sum())


TRANSFORMS: Mapping[str, Callable[[Vector], Step]] = {
    "log": log,
    "log_ct": log_ct,
    "log_shift": log_shift,
    "log_gii": log_gii,
    "box_cox": box_cox,
}
