"""Synergy of cities: cross-city tie weight against what a null model expects."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from innohub.ecosystem.bootstrap import FEW_WORKS, quantile_limits
from innohub.ecosystem.city_null import CityNull, Compared
from innohub.ecosystem.expectation import over
from innohub.ecosystem.shares import require_amounts
from innohub.errors import Finding, ModelError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Cube = NDArray[np.float64]
Null = Literal["configuration", "gravity"]


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
    model = CityNull(between, given, 0.0 if null == "configuration" else decay)
    cells, works = _cells(ties, ends, len(places))
    value = model.compare(np.asarray(cells.sum(axis=0), dtype=float).reshape(len(places), len(places)))
    drawn = _drawn(model, cells, draws if len(works) > 1 else 0, rng)
    weight = ties["weight"].to_numpy(float)
    return CitySynergy(
        value.ratio, *quantile_limits(drawn[:, 0, 1], level), value.cross, value.awaited, len(works), null,
        value.decay, null == "gravity" and decay is None,
        _pairs(places, value.observed, value.expected, weight.sum()),
        _by_place(places, value, drawn[:, 1:], _touching(ties, places), level=level),
        *quantile_limits(drawn[:, 0, 0], level), _findings(len(places), weight, len(works)),
    )  # fmt: skip


def _cells(
    ties: pd.DataFrame, ends: NDArray[np.int64], cities: int
) -> tuple[sparse.csr_array, NDArray[np.object_]]:
    """Return the tie weight of every work (works, cities x cities) and the works, in the order of their names."""
    works = np.array(sorted(set(ties["work"]), key=str), dtype=object)
    codes = pd.Index(works).get_indexer(pd.Index(ties["work"]))
    place = (codes, ends[0] * cities + ends[1])
    weight = ties["weight"].to_numpy(float)
    return sparse.coo_array((weight, place), shape=(len(works), cities * cities)).tocsr(), works


def _drawn(model: CityNull, cells: sparse.csr_array, draws: int, rng: np.random.Generator) -> Cube:
    """Return share and ratio of works drawn anew: (draws, 1 + cities, 2), the whole first."""
    works, cities = cells.shape[0], round(cells.shape[1] ** 0.5)
    told = np.full((max(draws, 0), 1 + cities, 2), np.nan)
    for draw in range(len(told)):
        times = rng.multinomial(works, np.full(works, 1 / works))
        found = model.compare((cells.T @ times).reshape(cities, cities))
        told[draw, 0] = found.cross, found.ratio
        told[draw, 1:, 0], told[draw, 1:, 1] = found.leaves, over(found.leaves, found.should)
    return told


def _touching(ties: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """Return the weight and the works of the ties that touch each city."""
    turned = ties.assign(place=ties["other_place"])[ties["place"].ne(ties["other_place"])]
    both = pd.concat([ties, turned]).groupby("place")
    return both.agg(weight=("weight", "sum"), works=("work", "nunique")).reindex(places)


def _by_place(
    places: list[str], value: Compared, drawn: Cube, touching: pd.DataFrame, *, level: float
) -> pd.DataFrame:
    limits = [
        (*quantile_limits(drawn[:, at, 0], level), *quantile_limits(drawn[:, at, 1], level))
        for at in range(len(places))
    ]
    told = np.array(limits, dtype=float).reshape(len(places), 4)
    # One work drawn again is the same work.
    told[touching["works"].to_numpy() < 2] = np.nan
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
