"""Synergy of cities: cross-city tie weight against what a null model expects."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq

from innohub.ecosystem.bootstrap import FEW_WORKS, quantile_limits
from innohub.ecosystem.shares import require_amounts
from innohub.errors import Finding, ModelError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Null = Literal["configuration", "gravity"]

_WIDEST_DECAY = 20.0


@dataclass(frozen=True)
class CitySynergy:
    """Cross-city ties over expectation, with limits, the null that was used, and the pairs of cities.

    ``ratio`` 1: as expected. ``observed`` and ``expected`` are shares of the tie weight that cross between cities.
    ``decay`` is the exponent of distance (0 for ``configuration``). ``pairs``: place, other, observed, expected
    (weights), ratio.
    """

    ratio: float
    low: float
    high: float
    observed: float
    expected: float
    works: int
    null: Null
    decay: float
    fitted: bool
    pairs: pd.DataFrame
    findings: tuple[Finding, ...]


def expected_shares(mass: Vector, distance: Matrix | None = None, decay: float = 0.0) -> Matrix:
    """Return the share of tie weight that a null expects in each pair of cities.

    The two ends of a tie fall on cities in proportion to mass, and to distance^-decay: p_ij ~ m_i m_j d_ij^-decay,
    i = j included, so that ties within a city are part of the whole. decay 0 is the configuration null of Newman
    (2006, doi 10.1073/pnas.0601602103) on the level of cities; above it a gravity model without constraints.

    Parameters
    ----------
    mass : (cities,) of zero or above: their tie weight, or another size.
    distance : (cities, cities), symmetric, above zero, the diagonal being a mean distance within the city.

    Returns
    -------
    (cities, cities), symmetric, sum 1; off the diagonal, half of the pair's share stands on either side.

    Examples
    --------
    >>> expected_shares(np.array([1.0, 3.0])).tolist()
    [[0.0625, 0.1875], [0.1875, 0.5625]]
    """
    kernel = np.ones((len(mass), len(mass))) if distance is None else distance**-decay
    weight = mass[:, None] * mass[None, :] * kernel
    total = weight.sum()
    share: Matrix = weight / total if total > 0 else np.full(weight.shape, np.nan)
    return share


def fit_decay(observed: Matrix, mass: Vector, distance: Matrix) -> float:
    """Return the decay of largest likelihood: that at which expected and observed mean log distance agree.

    Parameters
    ----------
    observed : (cities, cities) tie weight, symmetric, half of a pair's weight on either side.

    Returns
    -------
    The exponent, within 0 to 20; a negative one is cut at 0, because distance does not then hinder. NaN where no
    exponent gives the observed mean.
    """
    log = np.log(distance)
    wanted = (observed * log).sum() / observed.sum()

    def off(decay: float) -> float:
        return float((expected_shares(mass, distance, decay) * log).sum() - wanted)

    if off(0.0) <= 0:
        return 0.0
    return float("nan") if off(_WIDEST_DECAY) > 0 else float(brentq(off, 0.0, _WIDEST_DECAY))


def city_synergy(
    ties: pd.DataFrame,
    draws: int,
    rng: np.random.Generator,
    null: Null = "configuration",
    *,
    distance: pd.DataFrame | None = None,
    decay: float | None = None,
    mass: pd.Series | None = None,
    level: float = 0.9,
) -> CitySynergy:
    """Return cross-city tie weight over what the null expects, with an interval from drawing works anew.

    Parameters
    ----------
    ties : columns work, place, other_place, weight (1 when absent); ties within a city belong to it.
    null : ``configuration``, or ``gravity`` with ``distance``.
    distance : places by places, see :func:`expected_shares`.
    decay : exponent of distance; fitted by :func:`fit_decay` when None, anew in every draw.
    mass : size by place; the tie weight of each place when None, anew in every draw.

    Raises
    ------
    ModelError
        N210 for distances or masses that are missing or not usable; N218 for another null.
    ScaleError
        N159 for a weight below zero.
    """
    if null not in ("configuration", "gravity"):
        raise ModelError(Finding("N218", params={"given": null, "wanted": ("configuration", "gravity")}))
    ties = ties if "weight" in ties else ties.assign(weight=1.0)
    require_amounts(ties["weight"].to_numpy(float))
    places = sorted(set(ties["place"]) | set(ties["other_place"]), key=str)
    between = _distances(distance, places) if null == "gravity" else None
    given = None if mass is None else _masses(mass, places)
    position = {place: number for number, place in enumerate(places)}
    ends = np.array([ties["place"].map(position), ties["other_place"].map(position)], dtype=np.int64)
    codes, works = pd.factorize(ties["work"])
    fixed = 0.0 if null == "configuration" else decay

    def ratio_of(weight: Vector) -> tuple[float, float, float, Matrix, Matrix]:
        return _compare(weight, ends, len(places), distance=between, mass=given, decay=fixed)

    weight = ties["weight"].to_numpy(float)
    value, cross, used, observed, expected = ratio_of(weight)
    drawn = np.full(max(draws, 0) if len(works) > 1 else 0, np.nan)
    for draw in range(len(drawn)):
        times = rng.multinomial(len(works), np.full(len(works), 1 / len(works)))
        drawn[draw] = ratio_of(weight * times[codes])[0]
    low, high = quantile_limits(drawn, level)
    share = 1 - float(np.trace(expected)) if places else float("nan")
    return CitySynergy(
        value, low, high, cross, share, len(works), null, used, null == "gravity" and decay is None,
        _pairs(places, observed, expected, weight.sum()), _findings(len(places), weight, len(works)),
    )  # fmt: skip


def _compare(
    weight: Vector,
    ends: NDArray[np.int64],
    cities: int,
    *,
    distance: Matrix | None,
    mass: Vector | None,
    decay: float | None,
) -> tuple[float, float, float, Matrix, Matrix]:
    """Return ratio, observed cross share, decay, observed weights (cities, cities) and expected shares."""
    flat = np.bincount(ends[0] * cities + ends[1], weights=weight / 2, minlength=cities * cities).astype(
        float
    )
    half = flat.reshape(cities, cities)
    observed: Matrix = half + half.T
    total = observed.sum()
    void = np.full((cities, cities), np.nan)
    if not total > 0:
        return np.nan, np.nan, np.nan, observed, void
    size = observed.sum(axis=1) if mass is None else mass
    used = (
        fit_decay(observed, size, distance) if decay is None and distance is not None else float(decay or 0)
    )
    if np.isnan(used):
        return np.nan, 1 - np.trace(observed) / total, np.nan, observed, void
    expected = expected_shares(size, distance, used)
    cross, awaited = 1 - np.trace(observed) / total, 1 - np.trace(expected)
    # One city alone expects no ties across, up to the last digit.
    ratio = cross / awaited if awaited > 1e-12 else np.nan
    return float(ratio), float(cross), used, observed, expected


def _distances(distance: pd.DataFrame | None, places: list[str]) -> Matrix:
    if distance is None:
        raise ModelError(Finding("N210", params={"name": "distance"}))
    table = distance.reindex(index=places, columns=places).to_numpy(float)
    if not (np.isfinite(table).all() and (table > 0).all() and np.allclose(table, table.T)):
        raise ModelError(Finding("N210", params={"name": "distance"}))
    return table


def _masses(mass: pd.Series, places: list[str]) -> Vector:
    sizes = mass.reindex(places).to_numpy(float)
    if not (np.isfinite(sizes).all() and (sizes >= 0).all() and sizes.sum() > 0):
        raise ModelError(Finding("N210", params={"name": "mass"}))
    return sizes


def _pairs(places: list[str], observed: Matrix, expected: Matrix, total: float) -> pd.DataFrame:
    first, second = np.triu_indices(len(places), 1)
    seen, awaited = 2 * observed[first, second], 2 * expected[first, second] * total
    return pd.DataFrame(
        {
            "place": [places[k] for k in first],
            "other": [places[k] for k in second],
            "observed": seen,
            "expected": awaited,
            "ratio": np.divide(seen, awaited, out=np.full(len(seen), np.nan), where=awaited > 0),
        }
    )


def _findings(cities: int, weight: Vector, works: int) -> tuple[Finding, ...]:
    if cities < 2 or not weight.sum() > 0:
        return (Finding("N211", "warning", params={"count": cities}),)
    if works < FEW_WORKS:
        told = {"count": 1, "rows": ("–",), "least": FEW_WORKS}
        return (Finding("N206", "warning", params=told),)
    return ()
