"""When a function will be held at a scope: ready now, by a year, not by the horizon, or no trend to tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.position.function.certainty import points, stream
from innohub.position.function.comparison import Comparison, Values
from innohub.position.function.grid import REACHED, UNTESTED, Bar, PeerSet, weighted_q
from innohub.position.function.relation import Relation
from innohub.position.function.trend import LEAST_YEARS, Trend, fit_trend, series

Array = NDArray[np.float64]
State = Literal["now", "by", "not by horizon", "no trend", "not tested"]
_TAILS = (0.05, 0.95)
_BAR = Bar()


@dataclass(frozen=True)
class Ready:
    """When q reaches the bar.

    ``low`` and ``high`` bound nine draws in ten (missing: not by the horizon); ``chance`` is the share of draws in
    which it does so by the horizon; ``trended`` the weight share of comparisons that follow a trend, while the others
    stay as they are.
    """

    state: State
    year: int | None = None
    low: int | None = None
    high: int | None = None
    chance: float = np.nan
    trended: float = 0.0


@dataclass(frozen=True)
class _Pair:
    """One comparison through time; without both trends it stays as it is."""

    relation: Relation
    own: Trend | None
    peer: Trend | None

    @property
    def has_trend(self) -> bool:
        return self.own is not None and self.peer is not None

    def points(self, year: int) -> tuple[float, Array | float]:
        """Return the points of a year on the fitted path, and in each draw."""
        if self.own is None or self.peer is None:
            return self.relation.points, self.relation.points
        sign = self.relation.direction
        path = points(np.array(self.own.at(year)), np.array(self.peer.at(year)), sign)
        return float(path), points(self.own.drawn_at(year), self.peer.drawn_at(year), sign)


@dataclass(frozen=True)
class Outlook:
    """The readiness of every cell of a grid, and findings N114 (too few years) and N115 (zero or below).

    ``cells`` columns: place, function, scope, set, ready, ready_year, ready_low, ready_high, chance, trended.
    """

    cells: pd.DataFrame
    findings: tuple[Finding, ...]


def look_ahead(
    values: Values,
    comparison: Comparison,
    cells: pd.DataFrame,
    functions: pd.DataFrame,
    sets: tuple[PeerSet, ...],
    *,
    horizon: int,
    rng: np.random.Generator,
    bar: Bar = _BAR,
    draws: int = 1000,
) -> Outlook:
    """Say for every cell of a grid when q reaches the bar.

    Parameters
    ----------
    cells : of the grid of the same comparison and sets.
    functions : columns function, indicator, weight.
    horizon : last year to look at.
    """
    pairs, findings = _pairs(values, comparison, rng, draws)
    by_set = {(group.scope, group.set): group for group in sets}
    weights = {
        str(name): dict(zip(used["indicator"], used["weight"].astype(float), strict=True))
        for name, used in functions.groupby("function", sort=False)
    }
    rows = []
    for cell in cells.to_dict("records"):
        members = by_set[cell["scope"], cell["set"]].members
        ready = _judge(
            str(cell["verdict"]), pairs, weights[cell["function"]], members, horizon=horizon, bar=bar
        )
        rows.append([cell["place"], cell["function"], cell["scope"], cell["set"], *_fields(ready)])
    table = pd.DataFrame(rows, columns=_COLUMNS)
    whole = ["ready_year", "ready_low", "ready_high"]
    table[whole] = table[whole].astype("Int64")
    return Outlook(table, tuple(findings))


_COLUMNS = [
    "place", "function", "scope", "set", "ready", "ready_year", "ready_low", "ready_high", "chance", "trended",
]  # fmt: skip


def _fields(ready: Ready) -> tuple[object, ...]:
    return ready.state, ready.year, ready.low, ready.high, ready.chance, ready.trended


def _pairs(
    values: Values, comparison: Comparison, rng: np.random.Generator, draws: int
) -> tuple[Mapping[tuple[str, str], _Pair], list[Finding]]:
    """Fit the trend of the place and of each peer once an indicator, in an order that no row order changes."""
    seed = int(rng.integers(2**31))
    fitted: dict[tuple[str, str], Trend | None] = {}
    findings: list[Finding] = []
    wanted = {
        (v.indicator, v.place): r.own.unit for r in comparison.relations.values() for v in (r.own, r.peer)
    }
    # Nothing later than what was compared may tell of the future.
    last = {(v.indicator, v.place): v.year for r in comparison.relations.values() for v in (r.own, r.peer)}
    for indicator, place in sorted(wanted):
        told_of = values.get((place, indicator), ())
        years, told = series(told_of, wanted[indicator, place], last[indicator, place])
        fitted[indicator, place] = fit_trend(years, told, stream(seed, place, indicator), draws)
        if fitted[indicator, place] is None:
            findings.append(_untold(place, indicator, years))
    return {
        key: _Pair(r, fitted[key[0], comparison.place], fitted[key])
        for key, r in comparison.relations.items()
    }, findings


def _untold(place: str, indicator: str, years: Array) -> Finding:
    code = "N114" if len(years) < LEAST_YEARS else "N115"
    params = {"place": place, "indicator": indicator, "years": len(years), "least": LEAST_YEARS}
    return Finding(code, "note", value=indicator, params=params)


def _judge(
    verdict: str,
    pairs: Mapping[tuple[str, str], _Pair],
    weights: Mapping[str, float],
    members: frozenset[str],
    *,
    horizon: int,
    bar: Bar,
) -> Ready:
    if verdict == UNTESTED:
        return Ready("not tested")
    if verdict == REACHED:
        return Ready("now")
    groups = [
        [pair for (name, peer), pair in pairs.items() if name == indicator and peer in members]
        for indicator in weights
    ]
    kept = [
        (w, g) for w, g in zip(weights.values(), groups, strict=True) if w > 0 and len(g) >= bar.min_peers
    ]
    shares = np.array([w for w, _ in kept])
    moving = np.array([sum(pair.has_trend for pair in group) / len(group) for _, group in kept])
    trended = float(weighted_q(shares, moving))
    if trended == 0:
        return Ready("no trend")
    return _first_year([group for _, group in kept], shares, trended, horizon, bar)


def _first_year(groups: list[list[_Pair]], shares: Array, trended: float, horizon: int, bar: Bar) -> Ready:
    """Find the first year in which q reaches the bar, on the fitted path and in each draw."""
    told = [pair.relation.own.year for group in groups for pair in group]
    start = max(year for year in told if year is not None) + 1
    draws = max(len(p.own.drawn) for group in groups for p in group if p.own is not None)
    first, drawn = None, np.full(draws, np.inf)
    for year in range(start, horizon + 1):
        points = [[pair.points(year) for pair in group] for group in groups]
        q = weighted_q(shares, np.array([np.mean([path for path, _ in group]) for group in points]))
        first = year if first is None and q >= bar.share else first
        spread = [np.mean([np.broadcast_to(draw, (draws,)) for _, draw in group], axis=0) for group in points]
        is_there = weighted_q(shares, np.array(spread)) >= bar.share
        drawn = np.where(np.isinf(drawn) & is_there, year, drawn)
    low, high = (np.quantile(drawn, tail, method="inverted_cdf") for tail in _TAILS)
    return Ready(
        "by" if first else "not by horizon",
        first,
        _year(low),
        _year(high),
        float(np.isfinite(drawn).mean()),
        trended,
    )


def _year(value: float) -> int | None:
    return int(value) if np.isfinite(value) else None
