"""The words of evidence: openings, shares, phrases, marks, with the value behind every number."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from innohub.position.evidence.amount import amount
from innohub.position.evidence.gather import Evidence, Share
from innohub.position.function.relation import PASSED, RELATIONS, TIED, Relation, Value
from innohub.words import Language, words


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence; ``fact`` is the value or share that it prints, none for plain words."""

    text: str
    fact: Value | Share | None = None


Pieces = tuple[Piece, ...]
_PHRASES = {
    1: dict(zip(RELATIONS, ("higher", "slightly_higher", "level", "close", "lower"), strict=True)),
    -1: dict(zip(RELATIONS, ("lower", "slightly_lower", "level", "close", "higher"), strict=True)),
}
# Names of indicators that say what their values are counted in or per.
_OWN_NOUN = re.compile(r"population|per (head|capita|person|\d)|^每|人均")
_QUALIFIERS = {">": "over", "<": "under", "~": "about", "~<": "nearly"}


def plain(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces."""
    return "".join(piece.text for piece in pieces)


def _clean(pieces: Iterable[Piece]) -> Pieces:
    return tuple(piece for piece in pieces if piece.text)


@dataclass(frozen=True)
class Writer:
    """Puts the words of one language together."""

    language: Language
    most: int = 8

    def text(self, key: str) -> str:
        """Return fixed words."""
        return str(words(self.language).get(f"position.evidence.{key}"))

    def say(self, key: str, **values: str | Piece | Pieces) -> Pieces:
        """Fill the placeholders of a text, keeping the pieces apart."""
        pieces: list[Piece] = []
        for before, name, _, _ in Formatter().parse(self.text(key)):
            pieces.append(Piece(before))
            if name is not None:
                value = values[name]
                pieces += [Piece(value)] if isinstance(value, str) else _several(value)
        return _clean(pieces)

    def listed(self, items: Sequence[Pieces], form: str = "list") -> Pieces:
        """Join pieces as a list of the language."""
        middle, last = Piece(self.text(f"{form}.middle")), Piece(self.text(f"{form}.last"))
        pieces: list[Piece] = []
        for number, item in enumerate(items):
            if number:
                pieces.append(last if number == len(items) - 1 else middle)
            pieces += item
        return tuple(pieces)

    def sentence(
        self, one: Evidence, before: Evidence | None, told: set[tuple[str, str]], number: int
    ) -> Pieces:
        """Write one sentence; ``told`` gathers the boundaries already named."""
        parts = [self.opening(one, before, number), *self.shares(one), *self.phrases(one)]
        comma = Piece(self.text("comma"))
        joined = [piece for n, part in enumerate(parts) for piece in ((comma, *part) if n else part)]
        return (*joined, *self.boundaries(one, told), *self.doubts(one))

    def opening(self, one: Evidence, before: Evidence | None = None, number: int = 0) -> Pieces:
        """Name the year, place, indicator and value, leaving out what the sentence before has named."""
        year = self.year(one.own)
        same_place = before is not None and before.own.place == one.own.place
        same_year = same_place and before is not None and self.year(before.own) == year
        again = "next" if number % 2 else "next_again"
        key = "first" if not same_place else again if same_year else "next_year" if year else "next"
        name = self.within(one.indicator[self.language])
        value = self.value(one.own, name)
        link = self.text("link") if name[-1:].isascii() and value[0].text[:1].isdigit() else ""
        said = self.say(
            f"{key}_undated" if key == "first" and not year else key,
            year=year,
            place=one.place[self.language],
            indicator=name + link,
            value=value,
        )
        tail = [] if year else [Piece(self.text("undated"))]
        return (*said, *tail, *([Piece(self.text("lower_is_better"))] if one.direction < 0 else []))

    def within(self, name: str) -> str:
        """Return a name as it stands within a sentence: an English one that is no proper name starts small."""
        is_plain = self.language == "en" and name[1:2].islower()
        return name[:1].lower() + name[1:] if is_plain else name

    def year(self, value: Value) -> str:
        """Name the year or period of a value; empty where it is not told."""
        if value.year is None:
            return ""
        key = "year" if value.since is None or value.span == 1 else "period"
        return self.text(key).format(year=value.year, since=value.since)

    def value(self, value: Value, indicator: str, *, is_peer: bool = False) -> Pieces:
        """Print a value with its qualifier, without what the indicator's name or, in English, the list has said."""
        is_said = bool(_OWN_NOUN.search(indicator)) or (is_peer and self.language == "en")
        printed = Piece(amount(value.value, value.unit, self.language, short=is_said), value)
        if value.qualifier not in _QUALIFIERS:
            return (printed,)
        return self.say(f"qualifier.{_QUALIFIERS[value.qualifier]}", value=printed)

    def shares(self, one: Evidence) -> list[Pieces]:
        """Write the shares and the multiples of province and nation."""
        found = []
        for kind in ("share", "times"):
            parts = [self.share(share) for share in one.shares if share.kind == kind]
            if parts:
                found.append(self.say(kind, parts=self.listed(parts, "shares")))
        return found

    def share(self, share: Share) -> Pieces:
        """Write one share or multiple; a share divided here is rounded to three digits."""
        number = f"{share.value:.3g}" if share.computed else f"{share.value:.10g}"
        printed = Piece(f"{number}%" if share.kind == "share" else number, share)
        whole = share.whole.get(self.language) or self.text("nation")
        return self.say(f"{share.kind}_part", whole=whole, value=printed)

    def phrases(self, one: Evidence) -> list[Pieces]:
        """Write one phrase a standing: above, slightly above, level with, close to, below."""
        found: list[Pieces] = []
        has_passed = bool(one.standing(*PASSED, *TIED))
        last = one.relations[-1].relation if one.relations else ""
        for standing in RELATIONS:
            relations = one.standing(standing)
            if not relations:
                continue
            phrase = self.say(f"phrase.{_PHRASES[one.direction][standing]}", peers=self.peers(one, relations))
            turns = standing == "below" and has_passed
            joins = bool(found) and not turns and standing == last
            key = "but" if turns else "and" if joins else ""
            found.append(self.say(key, phrase=phrase) if key else phrase)
        return found

    def peers(self, one: Evidence, relations: Sequence[Relation]) -> Pieces:
        """List peers with their values, the nearest first; the rest are summed up."""
        items = [self.peer(one, relation) for relation in relations[: self.most]]
        if len(relations) <= self.most:
            return self.listed(items)
        middle = Piece(self.text("list.middle"))
        named = tuple(piece for n, item in enumerate(items) for piece in ((middle, *item) if n else item))
        return self.say("more", peers=named, count=str(len(relations)))

    def peer(self, one: Evidence, relation: Relation) -> Pieces:
        """Write a peer with its value, and its year where it differs."""
        name = one.peers[relation.peer.place][self.language]
        year = self.year(relation.peer)
        key = "peer" if year == self.year(one.own) else "peer_year" if year else "peer_undated"
        value = self.value(relation.peer, one.indicator[self.language], is_peer=True)
        return self.say(key, peer=name, year=year, value=value)

    def names(self, one: Evidence, relations: Sequence[Relation]) -> Pieces:
        """List the names of peers."""
        return self.listed([(Piece(one.peers[r.peer.place][self.language]),) for r in relations])

    def boundaries(self, one: Evidence, told: set[tuple[str, str]]) -> Pieces:
        """Say which peers cover another boundary, each once."""
        marked = [r for r in one.relations if "boundary" in r.marks and not self.tells_area(one, r.peer)]
        fresh = [r for r in marked if (r.peer.place, r.peer.area) not in told]
        told.update((r.peer.place, r.peer.area) for r in fresh)
        areas = dict.fromkeys(r.peer.area for r in fresh)
        if not fresh:
            return ()
        if len(areas) == 1 and len(fresh) == len(one.relations) > 1:
            return self.say("boundary_all", area=self.area(next(iter(areas)), many=True))
        by_area = [[r for r in fresh if r.peer.area == area] for area in areas]
        parts = [
            self.say(
                "boundary_part",
                peers=self.names(one, group),
                area=self.area(group[0].peer.area, many=len(group) > 1),
            )
            for group in by_area
        ]
        return self.say("boundary", parts=self.listed(parts, "boundaries"))

    def tells_area(self, one: Evidence, peer: Value) -> bool:
        """Say whether the name of a peer ends in the word for its boundary, as New York State does."""
        endings = words(self.language).get("position.evidence.area_in_name").get(peer.area, ())
        return one.peers[peer.place][self.language].endswith(tuple(endings))

    def area(self, area: str, *, many: bool) -> str:
        """Say what a place is that covers a boundary."""
        known: Mapping[str, str] = words(self.language).get(
            f"position.evidence.{'area_many' if many else 'area'}"
        )
        return known.get(area) or self.text("boundary_other").format(area=area)

    def marks(self, one: Evidence, relation: Relation) -> Pieces:
        """Say of one peer what makes the comparison less than exact."""
        told: dict[str, str | Pieces] = {
            "peer": one.peers[relation.peer.place][self.language],
            "year": self.year(relation.peer) or self.text("mark.no_year"),
            "area": self.area(relation.peer.area, many=False),
        }
        parts = [self.say(f"mark.{mark}", **told) for mark in relation.marks]
        name = (Piece(one.peers[relation.peer.place][self.language]),)
        return self.say("mark.peer", peer=name, marks=self.listed(parts, "boundaries"))

    def doubts(self, one: Evidence) -> Pieces:
        """Say where money is converted otherwise, and where inexact figures leave the order open."""
        by_rule = [r for r in one.relations if "currency" in r.marks]
        is_open = [r for r in one.relations if not r.settled]
        said = self.say("currency", peers=self.names(one, by_rule)) if by_rule else ()
        return (*said, *(self.say("unsettled", peers=self.names(one, is_open)) if is_open else ()))


def _several(value: Piece | Pieces) -> Pieces:
    return (value,) if isinstance(value, Piece) else value
