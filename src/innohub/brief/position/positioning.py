"""The positioning: claims against the grid, whether the list agrees with the argument, and other frames."""

from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Section, Text
from innohub.brief.position.classes import classes
from innohub.brief.position.frames import checked, local
from innohub.brief.position.hierarchy import contained, special
from innohub.brief.position.hub import hub, laboratories, path
from innohub.brief.position.known import Known, Stated
from innohub.brief.position.patterns import patterns_told
from innohub.brief.position.practice import registered
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart.tables import records
from innohub.position.function.claim import NOT_TESTED, SUPPORTED, WIDER

_VERDICTS = {SUPPORTED: "supported", WIDER: "wider", NOT_TESTED: "open"}


def positioning(known: Known, *, short: bool) -> list[Section]:
    """Return the section on the positioning; ``short`` for a brief of a few pages."""
    book = known.book
    found: list[Block] = []
    for grid in known.grids:
        found += blocks.paragraph(book, _supported(known, grid.place), _narrower(known, grid.place))
        found += blocks.paragraph(book, _wider(known, grid.place), _not_tested(known, grid.place))
    if not known.stated:
        found += blocks.paragraph(book, _suggested(known))
    found += _table(known)
    found += _standing(known, short=short)
    found += blocks.paragraph(book, *hub(known), *laboratories(known), *path(known))
    found += blocks.paragraph(book, *contained(known), *special(known))
    return [blocks.section(book, 1, book.say("position.positioning.title"), found)] if found else []


def _standing(known: Known, *, short: bool) -> list[Block]:
    """Tell how claims agree, classes, marks and types, and the cases where no section on models holds them.

    A short brief of one place has them in one paragraph.
    """
    book = known.book
    told = [[_agreement(known, grid.place)] for grid in known.grids]
    told += [classes(known, place, short=short) for place in known.places]
    told.append([*checked(known), *local(known)])
    if not patterns_told(known):
        told.append(registered(known, short=short))
    if short and len(known.places) == 1:
        told = [[text for said in told for text in said]]
    return [block for said in told for block in blocks.paragraph(book, *said)]


def _title(known: Known, one: Stated) -> Text:
    return known.book.quote(one.text) if one.text else known.name_of(one.function)


def _titles(known: Known, stated: tuple[Stated, ...]) -> Text:
    return known.book.join([_title(known, one) for one in stated])


def _supported(known: Known, place: str) -> Text:
    found = known.by_verdict(place, SUPPORTED)
    every = [one for one in known.stated if one.place == place]
    if not every:
        return ()
    book = known.book
    values: dict[str, Piece] = {
        "all": known.count(f"stated/{place}", len(every)),
        "place": book.name(place),
        "number": known.count(f"stated/supported/{place}", len(found)),
        "positions": _titles(known, found),
    }
    if not found:
        return book.say("position.positioning.none_supported", **values)
    said = book.say_of("position.positioning.supported", len(found), **values)
    trend = [one for one in found if one.basis == "trend" and one.ready_year]
    parts = [
        book.say(
            "position.positioning.trend", position=_title(known, one), year=book.when(one.ready_year or 0)
        )
        for one in trend
    ]
    return book.sentences([said, *parts])


def _narrower(known: Known, place: str) -> Text:
    """Name the claims that are narrower than the evidence."""
    book = known.book
    parts = [
        book.say(
            "position.positioning.narrow", position=_title(known, one), claimed=known.scope(one.scope),
            computed=known.scope(one.computed),
        )
        for one in known.narrower(place)
    ]  # fmt: skip
    return book.say("position.positioning.narrower", list=book.join(parts)) if parts else ()


def _wider(known: Known, place: str) -> Text:
    """Name the claims that are wider than the evidence, each with what the evidence reaches."""
    book = known.book
    found = known.by_verdict(place, WIDER)
    parts = [
        book.say(
            "position.positioning.wide" if one.computed else "position.positioning.wide_none",
            position=_title(known, one), claimed=known.scope(one.scope), computed=known.scope(one.computed),
        )
        for one in found
    ]  # fmt: skip
    if not parts:
        return ()
    number = known.count(f"stated/wider/{place}", len(found))
    return book.say_of("position.positioning.wider", len(found), number=number, list=book.join(parts))


def _not_tested(known: Known, place: str) -> Text:
    book = known.book
    found = known.by_verdict(place, NOT_TESTED)
    if not found:
        return ()
    values: dict[str, Piece] = {
        "number": known.count(f"stated/open/{place}", len(found)),
        "positions": _titles(known, found),
    }
    return book.say_of("position.positioning.open", len(found), **values)


def _suggested(known: Known) -> Text:
    """Without stated positions: name the widest scope of each function that reaches one."""
    book = known.book
    parts = [
        book.say(
            "position.positioning.suggested_part", place=book.name(grid.place), scope=known.scope(scope),
            functions=known.functions(held),
        )
        for grid in known.grids
        for scope, held in grid.reached.items()
    ]  # fmt: skip
    return book.say("position.positioning.suggested", list=book.join(parts, "clause")) if parts else ()


def _table(known: Known) -> list[Block]:
    book = known.book
    rows = [_row(known, one) for one in known.stated]
    columns: list[tuple[str, float, Align]] = [
        ("text", 0.32, "left"), ("function", 0.22, "left"), ("claimed", 0.17, "center"),
        ("computed", 0.13, "center"), ("verdict", 0.16, "left"),
    ]  # fmt: skip
    return blocks.table(book, "position_claims", rows, columns)


def _row(known: Known, one: Stated) -> list[Piece]:
    book = known.book
    claimed = known.scope(one.scope)
    if one.year is not None:
        claimed = book.say("position.positioning.by", scope=claimed, year=book.when(one.year))
    return [
        book.capital(_title(known, one)),
        book.capital(known.name_of(one.function)),
        book.capital(claimed),
        book.capital(known.scope(one.computed)) if one.computed else "–",
        book.capital(book.say(f"position.positioning.verdict.{_VERDICTS[one.verdict]}")),
    ]


def _agreement(known: Known, place: str) -> Text:
    """Say whether the positions argued are those concluded with."""
    book = known.book
    frame = book.facts.table("claim_agreement")
    rows = records(frame[frame["place"] == place]) if not frame.empty else []
    if not rows:
        return ()
    by_status = {
        status: [row for row in rows if row["status"] == status] for status in ("matched", "missing", "extra")
    }
    matched, missing, extra = by_status.values()
    values: dict[str, Piece] = {
        "argued": known.count(f"argued/{place}", len(matched) + len(missing)),
        "concluded": known.count(f"concluded/{place}", len(matched) + len(extra)),
    }
    said = [
        book.say(
            "position.positioning.agree_all" if not missing and not extra else "position.positioning.agree",
            **values,
        )
    ]
    for status in ("missing", "extra"):
        if left := by_status[status]:
            names = book.join([book.quote(_agreed(known, row)) for row in left])
            said.append(book.say_of(f"position.positioning.{status}", len(left), positions=names))
    return book.sentences(said)


def _agreed(known: Known, row: dict[str, Any]) -> str:
    """Return the words of a position in the language of the brief, where the claims give them."""
    told = text(row.get(f"text_{known.book.language}"))
    if told:
        return told
    given = text(row.get("text"))
    for claim in records(known.book.facts.table("position_claims")):
        if given in (claim.get("text_zh"), claim.get("text_en")):
            return text(claim.get(f"text_{known.book.language}")) or given
    return given
