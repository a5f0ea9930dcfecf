"""Coupling coordination of subsystems: coupling C, level T, coordination D, of all subsystems and of every pair."""

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from innohub.catalog.coupling import CouplingSpec, parse_coupling
from innohub.errors import Finding, ModelError, ScaleError
from innohub.position.hub.balance import Coupling

Array = NDArray[np.float64]
Vector = NDArray[np.float64]

# Rows worked on at a time: their columns and the working arrays stay in the processor's cache.
_BLOCK = 8_000
# Below this a product of ratios is near the smallest number, and the roots are taken first.
_TINY = 1e-280


def squeeze(values: Array, low: float, high: float) -> Array:
    """Move scores from 0-1 to the span from low to high, in a straight line: low + (high - low) U.

    Min-max makes a zero for somebody, and one zero makes C and D zero. Squeezing avoids that, but the result then
    depends on ``low``; whoever uses it has to print it.

    Parameters
    ----------
    values : any shape, on 0-1; NaN stays.

    Raises
    ------
    ModelError
        N179 unless 0 <= low < high <= 1.
    ScaleError
        N156 a score outside 0-1, which squeezing would hide.

    Examples
    --------
    >>> squeeze(np.array([0.0, 0.5, 1.0]), 0.01, 0.99).tolist()
    [0.01, 0.5, 0.99]
    """
    if not 0 <= low < high <= 1:
        told = {"name": "squeeze", "given": f"{low:g}, {high:g}", "wanted": "0 ≤ low < high ≤ 1"}
        raise ModelError(Finding("N179", params=told))
    if (wrong := (values < 0) | (values > 1)).any():
        raise ScaleError(Finding("N156", params={"number": float(values[wrong][0])}))
    return low + (high - low) * values


def couple(
    values: Array, spec: CouplingSpec | str = "classic", weights: Sequence[float] | Vector | None = None
) -> Coupling:
    """Return coupling C, level T and coordination D = sqrt(C T) of all subsystems together.

    Weights count in the level only. Where any score is zero, C and D are zero; where all are zero, both are
    undefined. A missing score makes all three missing. Sources: see ``catalog/coupling.toml``.

    Parameters
    ----------
    values : (..., subsystems) on 0-1, such as (draws, places, subsystems).
    spec : ``classic``, ``corrected`` or ``liao(k)``.
    weights : (subsystems,) of zero or above, of any sum; equal when None.

    Returns
    -------
    Three arrays (...) on 0-1.

    Raises
    ------
    ModelError
        S334 fewer than two subsystems, or more than two for a variant of two; N149 weights without sense.
    ScaleError
        N156 a score outside 0-1.

    Examples
    --------
    >>> found = couple(np.array([[0.2, 0.4, 0.8]]), "corrected")
    >>> [round(float(part[0]), 6) for part in (found.coupling, found.level, found.coordination)]
    [0.460578, 0.466667, 0.463612]
    """
    spec = parse_coupling(spec) if isinstance(spec, str) else spec
    values = np.asarray(values, dtype=float)
    systems = values.shape[-1]
    if systems < 2 or (spec.variant.systems == "two" and systems > 2):
        wanted = "2" if spec.variant.systems == "two" else "≥ 2"
        raise ModelError(Finding("S334", params={"variant": str(spec), "count": systems, "wanted": wanted}))
    shares = weight_shares(weights, systems)
    rows = values.reshape(-1, systems)
    found = np.empty((3, len(rows)))
    for start in range(0, len(rows), _BLOCK):
        some = slice(start, start + _BLOCK)
        _couple_block(np.ascontiguousarray(rows[some].T), spec, shares, found[:, some])
    coupling, level, coordination = found.reshape(3, *values.shape[:-1])
    return Coupling(coupling, level, coordination)


def weight_shares(weights: Sequence[float] | Vector | None, systems: int) -> Vector:
    """Return weights scaled to a sum of one, equal when None; N149 for weights without sense."""
    if weights is None:
        return np.full(systems, 1 / systems)
    given = np.asarray(weights, dtype=float)
    if given.shape != (systems,) or not (np.isfinite(given).all() and (given >= 0).all() and given.sum() > 0):
        raise ModelError(Finding("N149"))
    shares: Vector = given / given.sum()
    return shares


def pair_positions(systems: int) -> tuple[tuple[int, int], ...]:
    """Return the positions of all pairs of subsystems, in their order.

    >>> pair_positions(3)
    ((0, 1), (0, 2), (1, 2))
    """
    return tuple(combinations(range(systems), 2))


def couple_pair(
    values: Array,
    pair: tuple[int, int],
    spec: CouplingSpec | str = "classic",
    weights: Sequence[float] | Vector | None = None,
) -> Coupling:
    """Return C, T and D of two of the subsystems, as :func:`couple` does for all.

    Their weights are scaled to a sum of one; where both are zero, T and D are NaN.

    Parameters
    ----------
    pair : positions of the two; weights : (subsystems,) of all.

    Examples
    --------
    >>> round(float(couple_pair(np.array([0.2, 0.3, 0.6]), (1, 2)).coordination), 6)
    0.651356
    """
    values = np.asarray(values, dtype=float)
    own = weight_shares(weights, values.shape[-1])[list(pair)]
    found = couple(values[..., list(pair)], spec, own if own.any() else None)
    if own.any():
        return found
    void = np.full(values.shape[:-1], np.nan)
    return Coupling(found.coupling, void, void)


def _couple_block(u: Array, spec: CouplingSpec, shares: Vector, out: Array) -> None:
    """Fill C, T and D, (3, rows), from scores (subsystems, rows)."""
    # A missing score must not hide another one outside the scale.
    least, top = np.fmin.reduce(u, axis=0), np.fmax.reduce(u, axis=0)
    if (least < 0).any() or (top > 1).any():
        raise ScaleError(Finding("N156", params={"number": float(u[(u < 0) | (u > 1)][0])}))
    with np.errstate(divide="ignore", invalid="ignore", under="ignore"):
        np.minimum(_FORMULAS[spec.name](u, top, spec.k), 1.0, out=out[0])
    np.matmul(shares, u, out=out[1])
    np.sqrt(out[0] * out[1], out=out[2])


def _root_of_product(ratios: Array, degree: int) -> Vector:
    """Return (product of ratios)^(1/degree) over the first axis, safe where the product would vanish."""
    product: Vector = ratios.prod(axis=0)
    if degree == 1:
        return product
    root: Vector = (
        np.sqrt(product)
        if degree == 2
        else np.cbrt(product)
        if degree == 3
        else np.sqrt(np.sqrt(product))
        if degree == 4
        else product ** (1 / degree)
    )
    if (weak := product < _TINY).any():
        root[weak] = (ratios[:, weak] ** (1 / degree)).prod(axis=0)
    return root


def _classic(u: Array, top: Vector, k: float | None) -> Vector:
    """C = n (prod U)^(1/n) / sum U, computed on U / max U, which changes nothing and keeps the product large."""
    ratios = u / top
    coupling: Vector = len(u) * _root_of_product(ratios, len(u)) / ratios.sum(axis=0)
    return coupling


def _corrected(u: Array, top: Vector, k: float | None) -> Vector:
    """C = sqrt((1 - mean |Ui - Uj|) (prod Ui / max U)^(1/(n-1)))."""
    apart = np.zeros_like(top)
    pairs = pair_positions(len(u))
    for first, second in pairs:
        apart += np.abs(u[first] - u[second])
    coupling: Vector = np.sqrt((1 - apart / len(pairs)) * _root_of_product(u / top, len(u) - 1))
    return coupling


def _liao(u: Array, top: Vector, k: float | None) -> Vector:
    """C = (U1 U2 / ((U1 + U2) / 2)^2)^k."""
    ratios = u / top
    coupling: Vector = (ratios.prod(axis=0) / (ratios.sum(axis=0) / 2) ** 2) ** float(k or 0)
    return coupling


_FORMULAS: dict[str, Callable[[Array, Vector, float | None], Vector]] = {
    "classic": _classic,
    "corrected": _corrected,
    "liao": _liao,
}
