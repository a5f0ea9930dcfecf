"""The function x scope grid: at which scope a place holds a function, against named peers, and how sure that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError
from innohub.position.function.certainty import draw_points, has_spread
from innohub.position.function.comparison import Comparison
from innohub.position.function.relation import PASSED, TIED, Relation

Array = NDArray[np.float64]
REACHED, MISSED, UNTESTED = "reached", "not reached", "not tested"
_DIGITS = 10


@dataclass(frozen=True)
class Bar:
    """When a function is held at a scope: the share of peers to pass, and the fewest peers that can tell."""

    share: float = 0.5
    min_peers: int = 3


@dataclass(frozen=True)
class Noise:
    """How values are drawn anew: number of draws, and the relative spread of values that tell none."""

    draws: int = 10_000
    spread: float = 0.0


@dataclass(frozen=True)
class Grid:
    """The cells of one place, one row a function and peer set.

    ``cells`` columns: place, function, scope, set, indicators (tested), peers (distinct, over the tested indicators;
    where none is tested, over all), passed, tied, not_passed (numbers of comparisons), q (missing where not
    tested), verdict, widest, certainty (missing where not tested or where nothing is told of any spread).
    """

    cells: pd.DataFrame
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class PeerSet:
    """The peers of one scope and set."""

    scope: str
    set: str
    members: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """One indicator over all peer sets: ``count`` and ``q`` (sets,), ``points`` by peer, ``drawn`` (draws, sets)."""

    relations: Mapping[str, Relation]
    count: NDArray[np.intp]
    q: Array
    drawn: Array | None


def peer_sets(peers: pd.DataFrame, scopes: Sequence[str]) -> tuple[PeerSet, ...]:
    """Read peer sets, widest scope first; scopes that are not named follow in the order of the rows.

    Parameters
    ----------
    peers : columns set, scope, place.
    """
    order = list(dict.fromkeys([*scopes, *peers["scope"]]))
    found: dict[tuple[str, str], list[str]] = {}
    for scope, name, place in peers[["scope", "set", "place"]].itertuples(index=False):
        found.setdefault((scope, name), []).append(place)
    ranked = sorted(found, key=lambda key: (order.index(key[0]), key[1]))
    return tuple(PeerSet(scope, name, frozenset(found[scope, name])) for scope, name in ranked)


def stand(
    relations: Mapping[str, Relation], sets: Sequence[PeerSet], noise: Noise, seed: int | None
) -> Standing:
    """Stand one indicator against each peer set: q = (passed + half the ties) / peers.

    Parameters
    ----------
    relations : by peer, of one place and indicator.
    seed : of the draws; none for no draws.
    """
    member = np.array([[peer in group.members for group in sets] for peer in relations], dtype=float)
    member = member.reshape(len(relations), len(sets))
    count = member.sum(axis=0)
    points = np.array([relation.points for relation in relations.values()])
    divisor = np.where(count > 0, count, np.nan)
    drawn = None
    if relations and seed is not None:
        drawn = draw_points(relations, noise.draws, seed, noise.spread) @ member / divisor
    return Standing(relations, count.astype(np.intp), points @ member / divisor, drawn)


def build_grid(
    comparison: Comparison,
    functions: pd.DataFrame,
    peers: pd.DataFrame,
    scopes: Sequence[str],
    *,
    rng: np.random.Generator,
    bar: Bar = Bar(),
    noise: Noise = Noise(),
) -> Grid:
    """Build the grid of one place.

    A function's q at a scope is the weighted mean over its indicators that at least ``min_peers`` peers of the set can
    be compared on; with no such indicator the cell is not tested. The widest scope with q at or above the bar is
    marked. Certainty is the share of draws, with values within their spread and qualifiers, in which q reaches the
    bar.

    Parameters
    ----------
    functions : columns function, indicator, weight (non-negative).
    peers : columns set, scope, place.
    scopes : widest first.

    Raises
    ------
    ModelError
        N118 for a function whose weights are negative or sum to zero.
    """
    sets = peer_sets(peers[peers["place"] != comparison.place], scopes)
    seed = int(rng.integers(2**31))
    standings = {
        indicator: stand(relations, sets, noise, seed)
        for indicator, relations in _by_indicator(comparison).items()
    }
    rows: list[dict[str, object]] = []
    findings = _empty_scopes(sets, scopes)
    for function, used in functions.groupby("function", sort=False):
        weights = _weights(str(function), used)
        cells = [
            _cell(str(function), group, number, weights, standings, bar=bar, noise=noise)
            for number, group in enumerate(sets)
        ]
        widest = next((cell["scope"] for cell in cells if cell["verdict"] == REACHED), None)
        rows += [{"place": comparison.place, **cell, "widest": _is_widest(cell, widest)} for cell in cells]
        findings += _odd_order(comparison.place, str(function), cells, widest)
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return Grid(table.astype({"widest": bool}), tuple(findings))


_COLUMNS = [
    "place", "function", "scope", "set", "indicators", "peers", "passed", "tied", "not_passed", "q", "verdict",
    "widest", "certainty",
]  # fmt: skip


def _is_widest(cell: Mapping[str, object], widest: object) -> bool:
    return cell["verdict"] == REACHED and cell["scope"] == widest


def _by_indicator(comparison: Comparison) -> Mapping[str, dict[str, Relation]]:
    found: dict[str, dict[str, Relation]] = {}
    for (indicator, peer), relation in comparison.relations.items():
        found.setdefault(indicator, {})[peer] = relation
    return found


def _weights(function: str, used: pd.DataFrame) -> Mapping[str, float]:
    weights = dict(zip(used["indicator"], used["weight"].astype(float), strict=True))
    if min(weights.values()) < 0 or sum(weights.values()) <= 0:
        raise ModelError(Finding("N118", value=function, params={"function": function}))
    return weights


def weighted_q(weights: Array, q: Array) -> Array:
    """Return the weighted mean of q over indicators, rounded so that a last-bit difference misses no bar.

    Parameters
    ----------
    weights : (indicators,); q : (indicators, ...).
    """
    return np.asarray(np.round(np.tensordot(weights / weights.sum(), q, axes=1), _DIGITS))


def _cell(
    function: str,
    group: PeerSet,
    number: int,
    weights: Mapping[str, float],
    standings: Mapping[str, Standing],
    *,
    bar: Bar,
    noise: Noise,
) -> dict[str, object]:
    """Test one function against one peer set."""
    present = {name: standings[name] for name in weights if name in standings and weights[name] > 0}
    tested = {name: s for name, s in present.items() if s.count[number] >= bar.min_peers}
    counted = [
        relation
        for standing in (tested or present).values()
        for peer, relation in standing.relations.items()
        if peer in group.members
    ]
    cell: dict[str, object] = {
        "function": function, "scope": group.scope, "set": group.set, "indicators": len(tested),
        "peers": len({relation.peer.place for relation in counted}),
        "passed": sum(r.relation in PASSED for r in counted), "tied": sum(r.relation in TIED for r in counted),
    }  # fmt: skip
    cell["not_passed"] = len(counted) - sum(r.relation in (*PASSED, *TIED) for r in counted)
    if not tested:
        return {**cell, "q": np.nan, "verdict": UNTESTED, "certainty": np.nan}
    shares = np.array([weights[name] for name in tested])
    q = float(weighted_q(shares, np.array([s.q[number] for s in tested.values()])))
    is_spread = any(has_spread(v, noise.spread) for r in counted for v in (r.own, r.peer))
    certainty = _certainty(shares, tested.values(), number, bar) if is_spread else np.nan
    return {**cell, "q": q, "verdict": REACHED if q >= bar.share else MISSED, "certainty": certainty}


def _certainty(shares: Array, tested: Iterable[Standing], number: int, bar: Bar) -> float:
    drawn = np.stack([standing.drawn[:, number] for standing in tested if standing.drawn is not None])
    return float((weighted_q(shares, drawn) >= bar.share).mean())


def _empty_scopes(sets: Sequence[PeerSet], scopes: Sequence[str]) -> list[Finding]:
    filled = {group.scope for group in sets}
    return [
        Finding("N110", "warning", value=scope, params={"scope": scope})
        for scope in scopes
        if scope not in filled
    ]


def _odd_order(
    place: str, function: str, cells: Sequence[Mapping[str, object]], widest: object
) -> list[Finding]:
    """Note a narrower scope that is missed although a wider one is reached."""
    scopes = [cell["scope"] for cell in cells]
    missed = [c["scope"] for c in cells if c["verdict"] == MISSED]
    after = [s for s in missed if widest is not None and scopes.index(s) > scopes.index(widest)]
    params = {"place": place, "function": function, "wide": widest, "narrow": tuple(dict.fromkeys(after))}
    return [Finding("N113", "note", value=function, params=params)] if after else []
