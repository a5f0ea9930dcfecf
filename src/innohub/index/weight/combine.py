"""Combine several weightings of the same indicators into one 组合赋权."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from innohub.catalog import Spec
from innohub.errors import Finding, InnohubError, ModelError, NoSolutionError
from innohub.index.weight.weighing import Weighing

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_ZERO = 1e-12


@dataclass(frozen=True)
class Combination:
    """A combined weighting: ``shares`` (items,), ``coefficients`` (methods,) with the sum one.

    ``solution`` (methods,) is what the game's equations gave before they were scaled or bounded.
    """

    shares: Vector
    coefficients: Vector
    solution: Vector
    findings: tuple[Finding, ...] = ()


def combine_additive(weights: Matrix, coefficients: Vector | None = None) -> Vector:
    """Combine weightings as their weighted mean 加法集成.

    Parameters
    ----------
    weights : (methods, items), non-negative; each is scaled to one first.
    coefficients : (methods,), non-negative, any sum; all alike if left out.

    Raises
    ------
    ModelError
        S153 when a weighting or the coefficients cannot be scaled to one.

    Examples
    --------
    >>> combine_additive(np.array([[0.5, 0.5], [0.1, 0.9]]), np.array([0.25, 0.75])).round(6).tolist()
    [0.2, 0.8]
    """
    w = _scaled(weights)
    c = np.ones(len(w)) if coefficients is None else np.asarray(coefficients, dtype=float)
    return np.asarray(_scaled(c[None, :])[0] @ w)


def combine_multiplicative(weights: Matrix, exponents: Vector | None = None) -> Vector:
    """Combine weightings as their product, scaled to one 乘法合成归一化.

    Exponents of one (the default) give the plain product; exponents that sum to one give the geometric mean, which is
    also the answer of least relative entropy 最小相对信息熵.

    Parameters
    ----------
    weights : (methods, items), non-negative; exponents : (methods,), non-negative.

    Raises
    ------
    ModelError
        S153 when a weighting cannot be scaled to one, or no item has a weight above zero in all of them.

    Examples
    --------
    >>> combine_multiplicative(np.array([[0.5, 0.5], [0.2, 0.8]])).round(6).tolist()
    [0.2, 0.8]
    """
    w = _scaled(weights)
    powers = np.ones(len(w)) if exponents is None else np.asarray(exponents, dtype=float)
    product = np.prod(w ** powers[:, None], axis=0)
    return np.asarray(_scaled(product[None, :])[0])


def combine_game(
    weights: Matrix,
    negative: Literal["refuse", "bounded", "absolute"] = "refuse",
    methods: Sequence[str] | None = None,
) -> Combination:
    """Combine weightings by game theory 博弈论组合赋权 (陈加良 2003, 福建电脑 (9):15-16).

    The combination sum_k a_k w_k is to lie near each weighting w_l; the conditions of all, sum_k a_k (w_l · w_k) =
    w_l · w_l, are solved together and a is scaled to the sum one. They are first-order conditions of separate
    problems: the least sum of squared distances would be the plain mean instead.

    Parameters
    ----------
    weights : (methods, items), non-negative; each is scaled to one first.
    negative : a weighting flatter than its agreement with the others gets a coefficient of zero or below, although
        the method asks for a > 0. ``refuse`` stops, ``bounded`` solves the equations by least squares over a >= 0,
        ``absolute`` takes absolute values as many papers do; both warn.
    methods : names for messages; numbered from one if left out.

    Raises
    ------
    ModelError
        S153 when a weighting cannot be scaled to one.
    NoSolutionError
        S156 with the methods whose coefficient is not above zero.

    Examples
    --------
    >>> combine_game(np.array([[0.4, 0.3, 0.2, 0.1], [0.25, 0.2, 0.3, 0.25]])).shares.round(4).tolist()
    [0.3736, 0.2824, 0.2176, 0.1264]
    """
    w = _scaled(weights)
    names = tuple(methods) if methods is not None else tuple(str(k + 1) for k in range(len(w)))
    gram = w @ w.T
    own = np.diagonal(gram)
    solution: Vector = np.asarray(np.linalg.lstsq(gram, own, rcond=1e-12)[0], dtype=np.float64)
    if (low := np.flatnonzero(solution <= _ZERO)).size == 0:
        return _combined(w, solution, solution)
    params = {
        "methods": tuple(names[k] for k in low),
        "least": round(float(solution.min()), 12) + 0.0,
        "node": "–",
    }
    if negative == "refuse":
        raise NoSolutionError(Finding("S156", params=params))
    bounded: Vector = np.abs(solution) if negative == "absolute" else nnls(gram, own)[0]
    warning = Finding("N009", "warning", params={**params, "variant": negative})
    return _combined(w, bounded, solution, (warning,))


def join(parts: Sequence[Weighing], methods: Sequence[Spec], spec: Spec, node: str = "–") -> Weighing:
    """Join the weightings of one node by a spec ``combine``; see the functions above.

    Parameters
    ----------
    parts : the weightings, in the order of ``methods``.
    node : its name, for messages.

    Raises
    ------
    ModelError
        M058 nothing to combine; S153.
    NoSolutionError
        S156.
    """
    if not parts:
        raise ModelError(Finding("M058", file="study.toml", params={"index": "…"}))
    weights = np.array([part.shares for part in parts])
    told = tuple(finding for part in parts for finding in part.findings)
    coefficients = np.full(len(parts), 1 / len(parts) if spec["variant"] == "mean" else np.nan)
    try:
        if spec["variant"] == "game":
            found = combine_game(weights, spec["negative"], [str(method) for method in methods])
            shares, coefficients = found.shares, found.coefficients
            told += tuple(_at(finding, node) for finding in found.findings)
        else:
            shares = (combine_additive if spec["variant"] == "mean" else combine_multiplicative)(weights)
    except InnohubError as problem:
        raise type(problem)([_at(finding, node) for finding in problem.findings]) from None
    return Weighing(shares, told, tuple(parts), coefficients)


def _at(finding: Finding, node: str) -> Finding:
    return replace(finding, file="study.toml", params={**finding.params, "node": node})


def _combined(w: Matrix, a: Vector, solution: Vector, findings: tuple[Finding, ...] = ()) -> Combination:
    coefficients = a / a.sum()
    return Combination(coefficients @ w, coefficients, solution, findings)


def _scaled(weights: Matrix) -> Matrix:
    """Scale each row to the sum one."""
    w = np.asarray(weights, dtype=float)
    with np.errstate(invalid="ignore"):
        fit = np.isfinite(w).all(axis=1) & (w >= 0).all(axis=1) & (w.sum(axis=1) > 0)
    if not fit.all():
        rows = tuple(str(row + 1) for row in np.flatnonzero(~fit))
        raise ModelError(Finding("S153", params={"rows": rows, "node": "–"}))
    return np.asarray(w / w.sum(axis=1, keepdims=True))
