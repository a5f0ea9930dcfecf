"""Synergy of cities: cross-city tie weight against what a null model expects."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import brentq

from innohub.ecosystem.bootstrap import FEW_WORKS, quantile_limits
from innohub.ecosystem.expectation import over
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
    (weights), ratio. ``by_place``, of the ties that touch a place: place, value (share that leaves it), low, high,
    expected, ratio, ratio_low, ratio_high, weight, works. ``share_low`` and ``share_high`` limit ``observed``.
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
    by_place: pd.DataFrame
    share_low: float
    share_high: float
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
    null_model = _Null(between, given, 0.0 if null == "configuration" else decay)
    cells, works = _cells(ties, ends, len(places))
    value = null_model.compare(np.asarray(cells.sum(axis=0)).reshape(len(places), -1))
    drawn = [
        null_model.compare(sums.reshape(len(places), -1))
        for sums in _drawn(cells, draws if len(works) > 1 else 0, rng)
    ]
    low, high = quantile_limits(np.array([each.ratio for each in drawn]), level)
    share_low, share_high = quantile_limits(np.array([each.cross for each in drawn]), level)
    weight = ties["weight"].to_numpy(float)
    return CitySynergy(
        value.ratio, low, high, value.cross, value.awaited, len(works), null, value.decay,
        null == "gravity" and decay is None, _pairs(places, value.observed, value.expected, weight.sum()),
        _by_place(places, value, drawn, _touching(ties, places), level=level), share_low, share_high,
        _findings(len(places), weight, len(works)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Compared:
    """Ties against expectation, in all (``ratio``, ``cross``, ``awaited``) and by city (``leaves``, ``should``)."""

    ratio: float
    cross: float
    awaited: float
    decay: float
    observed: Matrix
    expected: Matrix
    leaves: Vector
    should: Vector


@dataclass(frozen=True)
class _Null:
    """What the null knows: distances, sizes that are given, the decay that is given."""

    distance: Matrix | None
    mass: Vector | None
    decay: float | None

    def compare(self, half: Matrix) -> _Compared:
        """Compare tie weights (cities, cities), each tie on one of the two sides, with what is expected."""
        observed: Matrix = (half + half.T) / 2
        total, void = observed.sum(), np.full(half.shape, np.nan)
        if not total > 0:
            nothing = np.full(len(half), np.nan)
            return _Compared(np.nan, np.nan, np.nan, np.nan, observed, void, nothing, nothing)
        size = observed.sum(axis=1) if self.mass is None else self.mass
        used = float(self.decay or 0)
        if self.decay is None and self.distance is not None:
            used = fit_decay(observed, size, self.distance)
        expected = void if np.isnan(used) else expected_shares(size, self.distance, used)
        cross, awaited = 1 - np.trace(observed) / total, 1 - np.trace(expected)
        # One city alone expects no ties across, up to the last digit.
        ratio = cross / awaited if awaited > 1e-12 else np.nan
        return _Compared(
            float(ratio), float(cross), float(awaited), used, observed, expected,
            _leaving(observed), _leaving(expected),
        )  # fmt: skip


def _leaving(weight: Matrix) -> Vector:
    """Return the share of the ties that touch each city and lead out of it."""
    inside = np.diag(weight)
    across = 2 * (weight.sum(axis=1) - inside)
    touching = across + inside
    share: Vector = np.divide(across, touching, out=np.full(len(weight), np.nan), where=touching > 0)
    return share


def _cells(
    ties: pd.DataFrame, ends: NDArray[np.int64], cities: int
) -> tuple[sparse.csr_array, NDArray[np.object_]]:
    """Return the tie weight of every work (works, cities x cities) and the works, in the order of their names."""
    works = np.array(sorted(set(ties["work"]), key=str), dtype=object)
    codes = pd.Index(works).get_indexer(pd.Index(ties["work"]))
    place = (codes, ends[0] * cities + ends[1])
    weight = ties["weight"].to_numpy(float)
    return sparse.coo_array((weight, place), shape=(len(works), cities * cities)).tocsr(), works


def _drawn(cells: sparse.csr_array, draws: int, rng: np.random.Generator) -> Iterator[Vector]:
    """Yield the tie weights of works drawn anew, as many as there are."""
    works = cells.shape[0]
    for _ in range(max(draws, 0)):
        yield cells.T @ rng.multinomial(works, np.full(works, 1 / works))


def _touching(ties: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """Return the weight and the works of the ties that touch each city."""
    turned = ties.assign(place=ties["other_place"])[ties["place"].ne(ties["other_place"])]
    both = pd.concat([ties, turned]).groupby("place")
    return both.agg(weight=("weight", "sum"), works=("work", "nunique")).reindex(places)


def _by_place(
    places: list[str],
    value: _Compared,
    drawn: list[_Compared],
    touching: pd.DataFrame,
    *,
    level: float,
) -> pd.DataFrame:
    shares = np.array([each.leaves for each in drawn]).reshape(len(drawn), len(places))
    ratios = np.array([over(each.leaves, each.should) for each in drawn]).reshape(len(drawn), len(places))
    limits = [
        (*quantile_limits(shares[:, at], level), *quantile_limits(ratios[:, at], level))
        for at in range(len(places))
    ]
    told = np.array(limits, dtype=float).reshape(len(places), 4)
    return pd.DataFrame(
        {
            "place": places,
            "value": value.leaves,
            "low": told[:, 0],
            "high": told[:, 1],
            "expected": value.should,
            "ratio": over(value.leaves, value.should),
            "ratio_low": told[:, 2],
            "ratio_high": told[:, 3],
            "weight": touching["weight"].to_numpy(float),
            "works": touching["works"].to_numpy(),
        }
    )


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
