"""Write evidence as an analyst would, in either language, with the value behind every number."""

from collections.abc import Sequence

from innohub.position.evidence.gather import Evidence, Share
from innohub.position.evidence.writer import Piece, Pieces, Writer, plain
from innohub.position.function.relation import Relation, Value
from innohub.words import Language


def render(evidence: Evidence | Sequence[Evidence], language: Language, most: int = 8) -> str:
    """Write one or several pieces of evidence as running text.

    The place and the year are named once when several follow, a peer's year only where it differs, and a peer's
    boundary once.

    Parameters
    ----------
    most : peers to name of one standing before the rest is summed up by its number.
    """
    return plain(compose(evidence, language, most))


def compose(evidence: Evidence | Sequence[Evidence], language: Language, most: int = 8) -> Pieces:
    """Write evidence as :func:`render` does, in pieces that keep the value behind each number."""
    several = (evidence,) if isinstance(evidence, Evidence) else tuple(evidence)
    writer = Writer(language, most)
    told: set[tuple[str, str]] = set()
    parts = [
        writer.sentence(one, several[number - 1] if number else None, told, number)
        for number, one in enumerate(several)
    ]
    if not parts:
        return ()
    if language == "en":
        parts = [_capital(part) for part in parts]
    pieces = list(parts[0])
    for before, one, part in zip(several, several[1:], parts[1:], strict=False):
        pieces += [Piece(writer.text("step" if _same_time(before, one) else "year_step")), *part]
    return (*pieces, Piece(writer.text("stop")))


def _same_time(one: Evidence, other: Evidence) -> bool:
    return (one.own.since, one.own.year) == (other.own.since, other.own.year)


def _capital(pieces: Pieces) -> Pieces:
    first, *rest = pieces
    return (Piece(first.text[:1].upper() + first.text[1:], first.fact), *rest)


def say_fact(one: Evidence, fact: Value | Share | Relation, language: Language) -> str:
    """Write one fact by itself: the opening of the sentence, a share, or a peer with its value."""
    writer = Writer(language)
    if isinstance(fact, Relation):
        return plain(writer.peer(one, fact))
    return plain(writer.share(fact) if isinstance(fact, Share) else writer.opening(one))


def say_marks(one: Evidence, relation: Relation, language: Language) -> str:
    """Write what makes a comparison less than exact."""
    return plain(Writer(language).marks(one, relation))
