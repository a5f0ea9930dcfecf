"""The positioning: claims against the grid, whether the list agrees with the argument, classes with their rule."""

from typing import Any

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Block, Section, Text
from innohub.brief.position.known import Known, Stated
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.scheme import Scheme, scheme, scheme_names
from innohub.chart.tables import records
from innohub.position.function.claim import NOT_TESTED, SUPPORTED, WIDER

_VERDICTS = {SUPPORTED: "supported", WIDER: "wider", NOT_TESTED: "open"}


def positioning(known: Known) -> list[Section]:
    """Return the section on the positioning."""
    book = known.book
    found: list[Block] = []
    for grid in known.grids:
        found += blocks.paragraph(book, _supported(known, grid.place), _narrower(known, grid.place))
        found += blocks.paragraph(book, _wider(known, grid.place), _not_tested(known, grid.place))
    if not known.stated:
        found += blocks.paragraph(book, _suggested(known))
    found += _table(known)
    for grid in known.grids:
        found += blocks.paragraph(book, _agreement(known, grid.place))
        found += blocks.paragraph(book, *_classes(known, grid.place))
    return [blocks.section(book, 1, book.say("position.positioning.title"), found)] if found else []


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


def _classes(known: Known, place: str) -> list[Text]:
    frame = known.book.facts.table("classes")
    rows = records(frame[frame["place"] == place]) if not frame.empty else []
    said = [_class(known, row) for row in rows]
    return [known.book.say("position.positioning.classes"), *said] if any(said) else []


def _scheme(name: str) -> Scheme | None:
    return scheme(name) if name in scheme_names() else None


def _class(known: Known, row: dict[str, Any]) -> Text:
    """Tell the class of a place under one scheme: the rule that fired, and how far the next class is."""
    book = known.book
    language = book.language
    declared = _scheme(str(row["scheme"]))
    name = declared.label[language] if declared else str(row["scheme"])
    edition = text(row.get("edition"))
    grade = text(row.get(f"class_{language}"))
    rule = text(row.get(f"rule_{language}")) or text(row.get("rule"))
    values: dict[str, Piece] = {
        "scheme": book.quote(
            f"{name} ({edition})"
            if edition and language == "en"
            else f"{name}（{edition}）"
            if edition
            else name
        ),
        "place": book.name(str(row["place"])),
        "grade": book.quote(book.within(grade)),
        "rule": book.quote(rule.rstrip("。.")),
    }
    if not grade:
        return book.say("position.positioning.no_class", **values)
    if text(row.get("basis")) == "cited" and (source := text(row.get("source"))):
        values["mark"] = book.quote(blocks.mark(book, source))
        said = [book.say("position.positioning.class_cited", **values)]
    else:
        said = [
            book.say("position.positioning.class" if rule else "position.positioning.class_bare", **values)
        ]
    return book.sentences([*said, *_distance(book, row, declared, values)])


def _distance(
    book: Ledger, row: dict[str, Any], declared: Scheme | None, values: dict[str, Piece]
) -> list[Text]:
    """Tell how far the next class up is, where there is one."""
    distance, following = row.get("distance"), text(row.get("next_class"))
    if not following or distance is None or distance != distance:  # noqa: PLR0124 - only NaN differs from itself
        return []
    grades = {grade.id: grade.title(book.language) for grade in declared.grades} if declared else {}
    printed = f"{float(distance):.4g}"
    key = f"class/{row['scheme']}/{row['place']}/distance"
    number = book.plain_number(key, float(distance), printed, place=str(row["place"]))
    named = book.quote(book.within(grades.get(following, following)))
    return [book.say("position.positioning.distance", **{**values, "next": named, "distance": number})]
