"""Weights from principal components."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, NoSolutionError
from innohub.index.correlate import Components, principal_components
from innohub.index.weight.weighing import Weighing, columns_of, require_complete, require_spread

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

_TIE = 1e-9


def pca_weights(x: Matrix, variant: str = "squared_loading", keep: float = 1.0) -> Weighing:
    """Weights from the principal components of the correlation matrix (OECD/JRC Handbook 2008, step 6).

    ``squared_loading``: squared loadings on the first component, scaled to one. ``variance_weighted``: squared
    loadings scaled to one within each component kept, weighted by the component's variance; these are the
    communalities, scaled (without the rotation of Nicoletti, Scarpetta & Boylaud 2000). Loadings enter squared, so
    that no weight is negative and none depends on the arbitrary sign of a component.

    Parameters
    ----------
    x : (places, indicators) of which more is better, any units; no missing values.
    keep : least eigenvalue of the components kept by ``variance_weighted``; the first is always kept. Keeping all
        gives equal weights.

    Returns
    -------
    Shares; warning N003 when there are no more places than indicators, N004 when indicators load negatively on
    the first component.

    Raises
    ------
    ScaleError
        S140 a value is missing; S141 an indicator is constant.
    NoSolutionError
        S142 the first components are equally strong, so that none is the first.

    Examples
    --------
    >>> x = np.array([[10.0, 0, -5], [20, 2, -4], [30, 3, -9], [40, 15, -2]])
    >>> pca_weights(x).shares.round(4).tolist()
    [0.3472, 0.4602, 0.1926]
    """
    require_complete(x, "PCA")
    require_spread(x, "PCA")
    components = principal_components(x)
    kept = _kept(components, variant, keep)
    shares = (components.vectors[:, kept] ** 2) @ components.eigenvalues[kept]
    return Weighing(np.asarray(shares / shares.sum()), _warnings(components))


def _kept(components: Components, variant: str, keep: float) -> NDArray[np.intp]:
    """Return the components that weigh, if they are separate from the ones left out."""
    values = components.eigenvalues
    count = int(max((values >= keep - _TIE).sum(), 1)) if variant == "variance_weighted" else 1
    if count < len(values) and values[count - 1] - values[count] <= _TIE * values[0]:
        raise NoSolutionError(Finding("S142", params={"method": "PCA"}))
    return np.arange(count)


def _warnings(components: Components) -> tuple[Finding, ...]:
    rows, count = components.rows, len(components.eigenvalues)
    found = []
    if rows <= count:
        found.append(Finding("N003", "warning", params={"places": rows, "indicators": count}))
    if (against := np.flatnonzero(components.vectors[:, 0] < -_TIE)).size:
        found.append(Finding("N004", "warning", params=columns_of(against)))
    return tuple(found)


def _pca(raw: Matrix, direction: Vector, given: Vector, p: Mapping[str, Any]) -> Weighing:
    return pca_weights(raw * direction, p["variant"], p["keep"])


METHODS = {"pca": _pca}
