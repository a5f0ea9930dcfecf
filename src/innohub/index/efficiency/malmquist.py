"""Productivity change over years: Malmquist index with its parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.index.efficiency.production import check_production
from innohub.index.efficiency.radial import radial_factor

Array = NDArray[np.float64]
Matrix = NDArray[np.float64]
Frontier = Literal["adjacent", "global"]


@dataclass(frozen=True)
class Malmquist:
    """Productivity change from year ``first`` to year ``last`` of each step; above 1 is a gain.

    ``index`` = ``efficiency_change`` * ``technical_change``, each (steps, units). ``efficiency_change`` =
    ``pure_change`` * ``scale_change``: catching up measured with variable returns, and change of scale
    efficiency. Under a global frontier ``technical_change`` is the best-practice change.
    ``first`` and ``last`` (steps,) are positions on the axis of years.
    """

    index: Matrix
    efficiency_change: Matrix
    technical_change: Matrix
    pure_change: Matrix
    scale_change: Matrix
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    frontier: Frontier
    findings: tuple[Finding, ...] = ()


def malmquist(
    x: Array, y: Array, *, span: int = 1, frontier: Frontier = "adjacent", units: Sequence[str] = ()
) -> Malmquist:
    """Malmquist productivity index under constant returns.

    "adjacent": the geometric mean of the indices on the frontiers of both years, MI = EC * TC (Fare,
    Grosskopf, Norris & Zhang 1994, American Economic Review 84:66-83). "global": one frontier spanned by
    all years, which makes the index circular (Pastor & Lovell 2005, doi 10.1016/j.econlet.2005.02.013).
    Under constant returns no programme of the index is infeasible, and both orientations agree.

    Parameters
    ----------
    x : (years, units, inputs); y : (years, units, outputs); above zero, the same units in every year.
    span : years between the two years compared, less than the number of years.
    units : names of the units, for messages.

    Raises
    ------
    ScaleError
        S180 for values of zero or below, S181 for missing values.

    Examples
    --------
    >>> x = np.array([[[2.0], [4], [5]]] * 2)
    >>> y = np.array([[[2.0], [6], [5]], [[3.0], [6.6], [6]]])
    >>> change = malmquist(x, y)
    >>> change.efficiency_change.round(4).tolist(), change.technical_change.round(4).tolist()
    ([[1.3636, 1.0, 1.0909]], [[1.1, 1.1, 1.1]])
    """
    findings = _check(x, y, units)
    years = range(len(x))
    first = np.arange(len(x) - span)
    last = first + span
    own = _distances(x, y, [(t, t) for t in years])
    pure = np.stack([radial_factor(x[t], y[t], (x[t], y[t]), "variable") for t in years])
    efficiency_change = own[last] / own[first]
    if frontier == "global":
        pooled = x.reshape(-1, x.shape[2]), y.reshape(-1, y.shape[2])
        far = np.stack([radial_factor(x[t], y[t], pooled, "constant") for t in years])
        index = far[last] / far[first]
        technical_change = index / efficiency_change
    else:
        ahead = _distances(x, y, zip(last, first, strict=True))
        back = _distances(x, y, zip(first, last, strict=True))
        technical_change = np.sqrt(ahead / own[last] * own[first] / back)
        index = efficiency_change * technical_change
    pure_change = pure[last] / pure[first]
    return Malmquist(
        index=index,
        efficiency_change=efficiency_change,
        technical_change=technical_change,
        pure_change=pure_change,
        scale_change=efficiency_change / pure_change,
        first=first,
        last=last,
        frontier=frontier,
        findings=findings,
    )


def lag_outputs(x: Array, y: Array, years: int) -> tuple[Array, Array]:
    """Pair the inputs of each year with the outputs some years later, as research takes time to bear fruit.

    Parameters
    ----------
    x : (years, units, inputs); y : (years, units, outputs).
    years : the delay, 0 or more; that many years are lost.

    Examples
    --------
    >>> x, y = np.arange(3.0).reshape(3, 1, 1), np.arange(3.0).reshape(3, 1, 1)
    >>> [part.ravel().tolist() for part in lag_outputs(x, y, 1)]
    [[0.0, 1.0], [1.0, 2.0]]
    """
    return x[: len(x) - years], y[years:]


def _distances(x: Array, y: Array, pairs: Iterable[tuple[int, int]]) -> Matrix:
    """Distance of the units of one year to the frontier of another: (pairs, units)."""
    return np.array([radial_factor(x[t], y[t], (x[s], y[s]), "constant") for t, s in pairs]).reshape(
        -1, x.shape[1]
    )


def _check(x: Array, y: Array, units: Sequence[str]) -> tuple[Finding, ...]:
    """Check all years at once; the warning about few units counts those of one year."""
    names = units or [str(unit + 1) for unit in range(x.shape[1])]
    cells = [f"{name} ({year + 1})" for year in range(len(x)) for name in names]
    check_production(x.reshape(-1, x.shape[2]), y.reshape(-1, y.shape[2]), units=cells)
    return check_production(x[0], y[0])
