"""Nested and overlapping places: which may be ranked together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import pandas as pd

from innohub.errors import Finding, PlaceError

Rule = Literal["refuse", "wholes", "parts", "allow"]


@dataclass(frozen=True)
class Overlap:
    """Two places that share territory or data; ``whole`` is the one that stands for both, if either does."""

    part: str
    whole: str
    ordered: bool


@dataclass(frozen=True)
class Selection:
    """The places that are ranked together, those left out, and every overlapping pair among all."""

    kept: tuple[str, ...]
    left_out: tuple[str, ...]
    pairs: tuple[Overlap, ...]
    findings: tuple[Finding, ...]


def overlaps(places: pd.DataFrame) -> tuple[Overlap, ...]:
    """Find every pair of places that share territory, from ``part_of`` and ``members``.

    Parameters
    ----------
    places : columns place, part_of (ids joined by ``;``, a leading ``~`` for partial overlap) and
        optionally members (ids joined by ``;``).

    Returns
    -------
    Pairs in the order of the table. Containment is transitive; two places with a member in
    common and no containment give an unordered pair.
    """
    above = _wholes(places)
    members = _members(places)
    found: list[Overlap] = []
    for one, other in combinations(places["place"], 2):
        if other in above[one]:
            found.append(Overlap(one, other, ordered=True))
        elif one in above[other]:
            found.append(Overlap(other, one, ordered=True))
        elif members.get(one, frozenset()) & members.get(other, frozenset()):
            found.append(Overlap(one, other, ordered=False))
    return tuple(found)


def _split(text: object) -> list[str]:
    return [part.strip() for part in str(text).split(";") if part.strip()] if isinstance(text, str) else []


def _members(places: pd.DataFrame) -> dict[str, frozenset[str]]:
    if "members" not in places:
        return {}
    return {
        place: frozenset(_split(text)) for place, text in zip(places["place"], places["members"], strict=True)
    }


def _wholes(places: pd.DataFrame) -> dict[str, set[str]]:
    """Return for each place the places it lies in, directly or through others."""
    direct: dict[str, set[str]] = {place: set() for place in places["place"]}
    for place, text in zip(places["place"], places["part_of"], strict=True):
        direct[place] |= {part.removeprefix("~").strip() for part in _split(text)}
    for whole, inside in _members(places).items():
        for part in inside & set(direct):
            direct[part].add(whole)
    return {place: _climb(place, direct) for place in direct}


def _climb(place: str, direct: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    open_ends = list(direct.get(place, ()))
    while open_ends:
        if (above := open_ends.pop()) not in seen:
            seen.add(above)
            open_ends += direct.get(above, ())
    return seen - {place}


def select(places: pd.DataFrame, rule: Rule) -> Selection:
    """Choose the places that may be ranked together.

    Parameters
    ----------
    places : columns place, name_zh, name_en, part_of; only places that have data.
    rule : ``refuse`` any overlap, keep the ``wholes``, keep the ``parts``, or ``allow`` overlaps with a warning.

    Raises
    ------
    PlaceError
        L101 when overlapping places would be ranked together; names the pairs and both ways out.
        L102 when two places share members and neither contains the other, so that no rule decides.
    """
    pairs = overlaps(places)
    everyone = tuple(places["place"])
    wholes, parts = (
        {pair.whole for pair in pairs if pair.ordered},
        {pair.part for pair in pairs if pair.ordered},
    )
    if rule == "allow":
        return Selection(everyone, (), pairs, (_finding("L103", "warning", pairs, places),) if pairs else ())
    if rule == "refuse" and pairs:
        raise PlaceError(_finding("L101", "error", pairs, places))
    out = parts if rule == "wholes" else wholes
    kept = tuple(place for place in everyone if place not in out)
    if undecided := tuple(pair for pair in pairs if pair.part in kept and pair.whole in kept):
        raise PlaceError(_finding("L102", "error", undecided, places))
    return Selection(kept, tuple(place for place in everyone if place in out), pairs, ())


def _finding(
    code: str, level: Literal["error", "warning"], pairs: tuple[Overlap, ...], places: pd.DataFrame
) -> Finding:
    labels = zip(places["place"], places["name_zh"], strict=True)
    name = {place: f"{label or place} ({place})" for place, label in labels}
    everyone = list(places["place"])
    parts, wholes = {pair.part for pair in pairs}, {pair.whole for pair in pairs}
    return Finding(
        code,
        level,
        file="places.csv",
        column="part_of",
        params={
            "pairs": "\n".join(f"{name[pair.part]} ~ {name[pair.whole]}" for pair in pairs),
            "count": len(pairs),
            "wholes": tuple(place for place in everyone if place not in parts),
            "parts": tuple(place for place in everyone if place not in wholes),
        },
    )
