"""Choose whose values are compared: the place's latest, each peer's nearest in time, and what the study refuses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from innohub.errors import Finding, Level
from innohub.position.function.relation import Relation, Value, compare_values, in_unit, marks_between

Values = Mapping[tuple[str, str], tuple[Value, ...]]


@dataclass(frozen=True)
class Rules:
    """What counts as comparable.

    ``near`` is a share of the peer's value; ``max_gap`` the most years between a peer's value and the place's;
    ``year`` the last year to use (none: the latest); ``refuse`` marks whose peers are left out.
    """

    near: float = 0.1
    max_gap: int = 5
    year: int | None = None
    refuse: frozenset[str] = frozenset()


def check_functions(functions: pd.DataFrame, declared: Iterable[str]) -> tuple[Finding, ...]:
    """Name the functions that no indicator is given for (N111).

    Parameters
    ----------
    functions : columns function, indicator.
    declared : all functions that the study means to look at.
    """
    given = set(functions["function"])
    return tuple(
        Finding("N111", "warning", value=name, params={"function": name})
        for name in declared
        if name not in given
    )


@dataclass(frozen=True)
class Comparison:
    """One place beside its peers: its value by indicator, the relations by indicator and peer, and findings."""

    place: str
    own: Mapping[str, Value]
    relations: Mapping[tuple[str, str], Relation]
    findings: tuple[Finding, ...] = field(default=())


def compare(
    values: Values,
    place: str,
    indicators: Iterable[str],
    peers: Iterable[str],
    *,
    directions: Mapping[str, int],
    rules: Rules = Rules(),
) -> Comparison:
    """Compare a place with its peers on each indicator.

    The place's value is its latest; a peer's is the one nearest to it in time that covers as many years (of two
    equally near the later). Peers without a value, too far in time, of another unit or with a refused mark are left
    out, each with a finding.

    Parameters
    ----------
    values : as :func:`innohub.position.function.relation.read_values` gives them.
    directions : by indicator 1 or -1; one that is not told counts as 1.

    Returns
    -------
    Relations by (indicator, peer) in the order given, and findings: N105 the place is its own peer, N106 a peer
    without a value, N107 too many years apart, N108 refused mark, N109 other unit, N112 peers used although marked,
    N116 periods of another length, N117 the place itself has no value.
    """
    others = dict.fromkeys(peers)
    findings: list[Finding] = []
    if place in others:
        del others[place]
        findings.append(Finding("N105", "warning", value=place, params={"place": place}))
    relations: dict[tuple[str, str], Relation] = {}
    mine: dict[str, Value] = {}
    for indicator in dict.fromkeys(indicators):
        own = _latest(values.get((place, indicator), ()), rules.year)
        if own is None:
            findings.append(
                Finding("N117", "warning", value=indicator, params={"place": place, "indicator": indicator})
            )
            continue
        mine[indicator] = own
        found, told = _with_peers(own, values, others, directions.get(indicator, 1), rules)
        relations |= {(indicator, relation.peer.place): relation for relation in found}
        findings += told
    return Comparison(place, mine, relations, tuple(findings))


def _latest(values: tuple[Value, ...], year: int | None) -> Value | None:
    usable = [value for value in values if year is None or value.year is None or value.year <= year]
    return usable[-1] if usable else None


def _with_peers(
    own: Value, values: Values, peers: Iterable[str], direction: int, rules: Rules
) -> tuple[list[Relation], list[Finding]]:
    """Compare one value with every peer; collect by cause those who cannot be compared."""
    chosen: list[Value] = []
    out: dict[str, list[str]] = {}
    for peer in peers:
        best = _nearest(own, values.get((peer, own.indicator), ()), rules)
        if isinstance(best, Value) and rules.refuse & set(marks_between(own, best)):
            best = "N108"
        if isinstance(best, Value):
            chosen.append(best)
        else:
            out.setdefault(best, []).append(peer)
    found = compare_values(own, chosen, direction, rules.near)
    if marked := [r.peer.place for r in found if {"year", "boundary", "currency"} & set(r.marks)]:
        out["N112"] = marked
    return found, [_left_out(code, own, names, rules) for code, names in sorted(out.items())]


_NOTES = ("N106", "N112")


def _left_out(code: str, own: Value, peers: list[str], rules: Rules) -> Finding:
    level: Level = "note" if code in _NOTES else "warning"
    params = {
        "place": own.place,
        "indicator": own.indicator,
        "peers": tuple(peers),
        "unit": own.unit,
        "most": rules.max_gap,
        "refused": tuple(sorted(rules.refuse)),
    }
    return Finding(code, level, file=own.file or None, row=own.row, value=own.indicator, params=params)


def _nearest(own: Value, values: tuple[Value, ...], rules: Rules) -> Value | str:
    """Return a peer's value that fits best in time, in the place's unit; else the code of what stands against it."""
    usable = [
        value for value in values if rules.year is None or value.year is None or value.year <= rules.year
    ]
    if not usable:
        return "N106"
    converted = [value for value in (in_unit(value, own.unit) for value in usable) if value is not None]
    if not converted:
        return "N109"
    alike = [value for value in converted if value.span == own.span]
    if not alike:
        return "N116"
    best = min(alike, key=lambda value: (_apart(own, value), -(value.year or 0)))
    return "N107" if _apart(own, best) > rules.max_gap and best.year is not None else best


def _apart(own: Value, peer: Value) -> int:
    """How many years lie between two values; a year that is not told is the last choice but not refused."""
    if own.year is None:
        return 0
    return 10_000 if peer.year is None else abs(own.year - peer.year)
