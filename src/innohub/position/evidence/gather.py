"""The facts of an evidence sentence: value, shares of province and nation, peers passed and not passed, marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from innohub.position.function.comparison import Comparison
from innohub.position.function.relation import NOT_PASSED, PASSED, RELATIONS, Relation, Value, in_unit

Names = Mapping[str, str]


@dataclass(frozen=True)
class Share:
    """A value as a share (per cent) or a multiple of a larger whole.

    ``whole`` names it by language; empty for the nation. ``computed`` tells a share that was divided here from one
    that a source states.
    """

    whole: Names
    value: float
    kind: Literal["share", "times"] = "share"
    computed: bool = False
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Evidence:
    """All that one sentence says: the names by language, the value, its shares, and its relations in order."""

    own: Value
    place: Names
    indicator: Names
    direction: int = 1
    shares: tuple[Share, ...] = ()
    relations: tuple[Relation, ...] = ()
    peers: Mapping[str, Names] = field(default_factory=dict)

    def standing(self, *kinds: str) -> tuple[Relation, ...]:
        """Return the relations of some kinds, in order."""
        return tuple(relation for relation in self.relations if relation.relation in kinds)


def share_of(own: Value, whole: Value, name: Names) -> Share | None:
    """Return the share of a value in a whole of the same years; nothing when they cannot be divided.

    >>> share_of(Value("gz", "x", 5.0, "亿元", 2015), Value("cn", "x", 0.02, "万亿元", 2015), {}).value
    2.5
    """
    same = in_unit(whole, own.unit)
    if same is None or not same.value or (own.year, own.since) != (whole.year, whole.since):
        return None
    return Share(name, 100 * own.value / same.value, "share", True, whole.file, whole.row)


def order_relations(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Put the better standing first and, within a standing, the peer nearest in value first."""
    return tuple(sorted(relations, key=lambda r: (RELATIONS.index(r.relation), abs(r.gap), r.peer.place)))


def gather(
    comparison: Comparison,
    indicators: Sequence[str],
    *,
    places: Mapping[str, Names],
    names: Mapping[str, Names],
    shares: Mapping[str, Sequence[Share]] | None = None,
    peers: Iterable[str] | None = None,
    directions: Mapping[str, int] | None = None,
) -> tuple[Evidence, ...]:
    """Gather the evidence of one place on some indicators.

    Indicators of the same year are brought together, in the order in which the years first come up, so that a
    sentence names each year once.

    Parameters
    ----------
    indicators : in the order of the analyst.
    places, names : by place and by indicator, the names in each language.
    shares : by indicator.
    peers : whom to name; all that were compared when not given.
    """
    wanted = None if peers is None else set(peers)
    found = [
        Evidence(
            own=comparison.own[indicator],
            place=places[comparison.place],
            indicator=names[indicator],
            direction=(directions or {}).get(indicator, 1),
            shares=tuple((shares or {}).get(indicator, ())),
            relations=order_relations(
                relation
                for (name, peer), relation in comparison.relations.items()
                if name == indicator and (wanted is None or peer in wanted)
            ),
            peers=places,
        )
        for indicator in dict.fromkeys(indicators)
        if indicator in comparison.own
    ]
    years = list(dict.fromkeys((e.own.since, e.own.year) for e in found))
    return tuple(sorted(found, key=lambda e: years.index((e.own.since, e.own.year))))


Fact = tuple[str, Value | Share | Relation]


def facts(evidence: Evidence) -> tuple[Fact, ...]:
    """List the facts of one evidence in the order of the sentence, each with its kind.

    Kinds: ``value``, ``share``, ``passed``, ``tied``, ``not passed``; then once more, as ``mark``, each relation that
    is not fully comparable.
    """
    found: list[Fact] = [("value", evidence.own), *(("share", share) for share in evidence.shares)]
    for kind, relations in (("passed", PASSED), ("tied", ("tie",)), ("not passed", NOT_PASSED)):
        found += [(kind, relation) for relation in evidence.standing(*relations)]
    found += [("mark", relation) for relation in evidence.relations if relation.marks]
    return tuple(found)
