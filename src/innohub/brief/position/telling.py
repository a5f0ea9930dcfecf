"""Evidence as texts of a brief: every number that a sentence prints is a claim linked to its row."""

import re
from collections.abc import Iterable, Mapping, Sequence

from innohub.brief.ledger import Ledger
from innohub.brief.model import Claim, Span, Text
from innohub.brief.position.values import Values
from innohub.position.evidence.amount import amount
from innohub.position.evidence.gather import Evidence, Share
from innohub.position.evidence.sentence import compose
from innohub.position.evidence.writer import Piece, Writer
from innohub.position.function.relation import Value
from innohub.words import LANGUAGES, Language

_DIGITS = re.compile(r"(\d+)")
MOST = 8


class Teller:
    """Writes evidence into a ledger."""

    def __init__(self, book: Ledger, values: Values) -> None:
        self.book = book
        self.values = values

    def sentences(self, key: str, evidence: Sequence[Evidence]) -> Text:
        """Write evidence as running text, undated values last; ``key`` names what it is evidence of."""
        dated = [one for one in evidence if one.own.year is not None]
        rest = [one for one in evidence if one.own.year is None]
        return self.book.sentences([self._sentences(key, group) for group in (dated, rest)])

    def _sentences(self, key: str, evidence: Sequence[Evidence]) -> Text:
        if not evidence:
            return ()
        pieces = {language: compose(evidence, language, MOST) for language in LANGUAGES}
        printed: dict[int, dict[Language, str]] = {}
        for language, said in pieces.items():
            for piece in said:
                if piece.fact is not None:
                    printed.setdefault(id(piece.fact), {})[language] = piece.text
        names = _names(evidence)
        spans: list[Span] = []
        for piece in self._undated(pieces[self.book.language]):
            if piece.fact is None:
                spans += self._plain(piece, names)
            else:
                claim = self._claim(f"evidence/{key}", piece.fact, evidence, printed[id(piece.fact)])
                spans += self.book.join([claim])
        return tuple(spans)

    def _undated(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Say once, at the last of several values without a year, that none of them has one."""
        mark = Writer(self.book.language).text("undated")
        spots = [n for n, piece in enumerate(pieces) if piece.text == mark]
        if len(spots) < 2:
            return list(pieces)
        said = Piece(self.book.label("position.functions.undated"))
        return [said if n == spots[-1] else piece for n, piece in enumerate(pieces) if n not in spots[:-1]]

    def _plain(self, piece: Piece, names: set[str]) -> Text:
        """Return words as they are, names as quotations, and years and numbers as claims."""
        if piece.text in names:
            return self.book.quote(piece.text)
        return tuple(
            span
            for part in _DIGITS.split(piece.text)
            if part
            for span in (self.book.join([self._number(part)]) if part.isdigit() else (Span(part),))
        )

    def _number(self, digits: str) -> Claim:
        number = int(digits)
        # years have four digits; a number of peers does not
        return self.book.when(number) if len(digits) == 4 else self.book.count(f"peers {digits}", number)

    def _claim(
        self, key: str, fact: Value | Share, evidence: Sequence[Evidence], printed: Mapping[Language, str]
    ) -> Claim:
        one = next(one for one in evidence if _holds(one, fact))
        name = f"{key}/{one.own.place}/{one.own.indicator}/{_part(one, fact)}"
        about = fact if isinstance(fact, Value) else one.own
        unit = fact.unit if isinstance(fact, Value) else "%" if fact.kind == "share" else ""
        source = self.values.source(fact)
        return self.book.claim(
            name, fact.value, lambda language: printed.get(language, ""), unit=unit, year=about.year,
            place=about.place, sources=(source,) if source else (), file=fact.file, row=fact.row,
        )  # fmt: skip

    def amount(self, key: str, value: Value, *, short: bool = False) -> Claim:
        """Claim a value with its unit, outside of a sentence of evidence."""
        source = self.values.source(value)
        return self.book.claim(
            f"value/{key}/{value.place}/{value.indicator}/{'short' if short else 'full'}", value.value,
            lambda language: amount(value.value, value.unit, language, short=short), unit=value.unit, year=value.year,
            place=value.place, sources=(source,) if source else (), file=value.file, row=value.row,
        )  # fmt: skip


def _holds(one: Evidence, fact: Value | Share) -> bool:
    facts: Iterable[object] = (one.own, *one.shares, *(relation.peer for relation in one.relations))
    return any(fact is held for held in facts)


def _part(one: Evidence, fact: Value | Share) -> str:
    """Name the part of a sentence that a fact is: its own value, a share, or a peer."""
    if fact is one.own:
        return "own"
    if isinstance(fact, Value):
        return f"peer/{fact.place}"
    return f"share/{next(n for n, share in enumerate(one.shares, 1) if share is fact)}"


def _names(evidence: Sequence[Evidence]) -> set[str]:
    """Return the names that sentences may print, in each form in which they do."""
    found: set[str] = set()
    for one in evidence:
        for language in LANGUAGES:
            writer = Writer(language)
            name = writer.within(one.indicator[language])
            peers = (one.peers[relation.peer.place][language] for relation in one.relations)
            wholes = (share.whole.get(language, "") for share in one.shares)
            found |= {name, name + writer.text("link"), one.place[language], *peers, *wholes}
    return found - {""}
