"""Compare a place's value of an indicator with each peer's: above, near above, tie, near below, below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite, nan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.index.rank import round_significant
from innohub.study.units import conversion

Vector = NDArray[np.float64]
RELATIONS = ("above", "near above", "tie", "near below", "below")
MARKS = ("year", "boundary", "qualifier", "currency")
PASSED, TIED, NOT_PASSED = ("above", "near above"), ("tie",), ("near below", "below")
# "About" allows 5 % to both sides; "nearly x" is at least .9 x and below x.
ABOUT, NEARLY = 0.05, 0.1
_SLACK = 1e-9


@dataclass(frozen=True)
class Value:
    """One value as a panel states it.

    ``since`` is the first year of a period that ends in ``year``; ``area`` the boundary that the value covers (city,
    country …, empty when not told); ``qualifier`` one of ``> < ~ ~<`` or empty; ``rule`` how money was converted;
    ``spread`` the relative standard deviation, missing when not told.
    """

    place: str
    indicator: str
    value: float
    unit: str = ""
    year: int | None = None
    since: int | None = None
    area: str = ""
    qualifier: str = ""
    rule: str = ""
    spread: float = nan
    file: str = ""
    row: int | None = None

    @property
    def span(self) -> int:
        """How many years the value covers."""
        return 1 if self.since is None or self.year is None else self.year - self.since + 1

    @property
    def limits(self) -> tuple[float, float]:
        """The lowest and highest number that the qualifier leaves open."""
        x, size = self.value, abs(self.value)
        if self.qualifier == ">":
            return x, inf
        if self.qualifier == "<":
            return -inf, x
        if self.qualifier == "~":
            return x - ABOUT * size, x + ABOUT * size
        return (x - NEARLY * size, x) if self.qualifier == "~<" else (x, x)


@dataclass(frozen=True)
class Relation:
    """A place's value beside a peer's.

    ``relation`` speaks of standing: ``above`` is the better side whatever the direction of the indicator. ``peer`` is
    in the unit of ``own``. ``settled`` is false where the qualifiers leave open which of the two is ahead.
    """

    own: Value
    peer: Value
    direction: int
    relation: str
    marks: tuple[str, ...]
    settled: bool

    @property
    def ratio(self) -> float:
        """The place's value over the peer's; missing when the peer's is zero."""
        return self.own.value / self.peer.value if self.peer.value else nan

    @property
    def gap(self) -> float:
        """The place's value less the peer's, in the place's unit."""
        return self.own.value - self.peer.value

    @property
    def points(self) -> float:
        """One for a peer that is passed, a half for a tie, else zero."""
        return 1.0 if self.relation in PASSED else 0.5 if self.relation in TIED else 0.0


def relate(value: Vector, peer: Vector, direction: int = 1, near: float = 0.1) -> NDArray[np.str_]:
    """Say how values stand against peers' values.

    Values that agree in ten significant digits tie; a value within ``near`` of the peer's own size is near it.

    Parameters
    ----------
    value, peer : arrays of one shape (or one that broadcasts), same unit; NaN for missing.
    direction : 1 more is better, -1 less is better.
    near : share of the peer's value, zero or above.

    Returns
    -------
    Array of ``above``, ``near above``, ``tie``, ``near below``, ``below``; empty text where a value is missing.

    Examples
    --------
    >>> relate(np.array([7.33]), np.array([6.35, 7.69, 7.33, 15.45])).tolist()
    ['above', 'near below', 'tie', 'below']
    """
    x, y = np.broadcast_arrays(np.asarray(value, dtype=float), np.asarray(peer, dtype=float))
    tie = round_significant(x) == round_significant(y)
    ahead = direction * (x - y) > 0
    close = np.abs(x - y) <= near * np.abs(y) * (1 + _SLACK)
    missing = np.isnan(x) | np.isnan(y)
    cases = [missing, tie, ahead & close, ahead, close]
    return np.asarray(np.select(cases, ["", "tie", "near above", "above", "near below"], "below"))


def in_unit(value: Value, unit: str) -> Value | None:
    """Return a value in another unit, or nothing when the two measure different things.

    >>> in_unit(Value("a", "x", 2.0, "亿元"), "万元").value
    20000.0
    """
    if value.unit == unit:
        return value
    factor = conversion(value.unit, unit)
    return None if factor is None else replace(value, value=value.value * factor, unit=unit)


def marks_between(own: Value, peer: Value) -> tuple[str, ...]:
    """Name what makes two values less than fully comparable, in the order of ``MARKS``.

    A year that is not told counts as another year; a boundary or currency rule counts only when both are told.
    """
    told = own.year is not None and (own.year, own.since) == (peer.year, peer.since)
    found = {
        "year": not told,
        "boundary": bool(own.area and peer.area) and own.area != peer.area,
        "qualifier": bool(own.qualifier or peer.qualifier),
        "currency": bool(own.rule and peer.rule) and own.rule != peer.rule,
    }
    return tuple(mark for mark in MARKS if found[mark])


def compare_values(
    own: Value, peers: Sequence[Value], direction: int = 1, near: float = 0.1
) -> list[Relation]:
    """Compare a value with peers' values of the same indicator and unit."""
    found = relate(np.array(own.value), np.array([peer.value for peer in peers]), direction, near)
    return [
        Relation(own, peer, direction, str(told), marks_between(own, peer), _is_settled(own, peer, str(told)))
        for peer, told in zip(peers, found, strict=True)
    ]


def _is_settled(own: Value, peer: Value, relation: str) -> bool:
    (low, high), (peer_low, peer_high) = own.limits, peer.limits
    is_exact = low == high and peer_low == peer_high
    return is_exact or (relation != "tie" and (low >= peer_high or high <= peer_low))


def read_values(panel: pd.DataFrame) -> Mapping[tuple[str, str], tuple[Value, ...]]:
    """Read a panel into values by place and indicator; missing values and plan targets are left out.

    Parameters
    ----------
    panel : columns place, indicator, value and, where there are, year, unit, since, area, qualifier, rule, spread,
        file, row. Rows in any order.

    Returns
    -------
    By (place, indicator) the values in the order of their years.
    """
    known = [name for name in Value.__dataclass_fields__ if name in panel.columns]
    found: dict[tuple[str, str], list[Value]] = {}
    for cells in panel[known].to_dict("records"):
        told: dict[str, Any] = {
            str(name): _plain(name, cell) for name, cell in cells.items() if not pd.isna(cell)
        }
        is_target = str(told.get("qualifier", "")).startswith("target")
        if "value" in told and isfinite(told["value"]) and not is_target:
            value = Value(**told)
            found.setdefault((value.place, value.indicator), []).append(value)
    return {key: tuple(sorted(values, key=_when)) for key, values in found.items()}


def _plain(name: object, cell: Any) -> object:
    if name in ("year", "since", "row"):
        return int(cell)
    return float(cell) if name in ("value", "spread") else str(cell)


def _when(value: Value) -> tuple[float, int, str, float]:
    return (-inf if value.year is None else value.year, -value.span, value.unit, value.value)


def relation_table(
    relations: Iterable[Relation], functions: pd.DataFrame, peers: pd.DataFrame
) -> pd.DataFrame:
    """Lay relations out, one row a function, indicator, peer set and peer.

    Parameters
    ----------
    relations : of any places, one per place, indicator and peer.
    functions : columns function, indicator.
    peers : columns set, scope, place.

    Returns
    -------
    Columns place, function, indicator, scope, set, peer, value, year, since, unit, area, qualifier, peer_value,
    peer_year, peer_since, peer_area, peer_qualifier, direction, relation, ratio, gap, settled, marks (joined by
    ``;``), file, row, peer_file, peer_row.
    """
    rows = pd.DataFrame([_row(relation) for relation in relations], columns=_COLUMNS)
    sets = peers[["set", "scope", "place"]].drop_duplicates().rename(columns={"place": "peer"})
    used = functions[["function", "indicator"]].drop_duplicates()
    table = used.merge(rows, on="indicator").merge(sets, on="peer")
    whole = ["year", "since", "peer_year", "peer_since", "row", "peer_row"]
    table[whole] = table[whole].astype("Int64")
    order = ["place", "function", "indicator", "scope", "set", "peer"]
    return table[order + [name for name in table.columns if name not in order]]


_OWN = ("value", "year", "since", "unit", "area", "qualifier")
_PEER = ("value", "year", "since", "area", "qualifier")
_COLUMNS = [
    "place", "indicator", "peer", *_OWN, *(f"peer_{name}" for name in _PEER),
    "direction", "relation", "ratio", "gap", "settled", "marks", "file", "row", "peer_file", "peer_row",
]  # fmt: skip


def _row(relation: Relation) -> list[object]:
    own, peer = relation.own, relation.peer
    return [
        own.place, own.indicator, peer.place,
        *(getattr(own, name) for name in _OWN), *(getattr(peer, name) for name in _PEER),
        relation.direction, relation.relation, relation.ratio, relation.gap, relation.settled,
        ";".join(relation.marks), own.file, own.row, peer.file, peer.row,
    ]  # fmt: skip
