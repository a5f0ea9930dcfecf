"""The class of a place under schemes that exist: which rule fired, and how far the next class is."""

import math
from typing import Any

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Claim, Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.scheme import Scheme, scheme, scheme_names
from innohub.chart.tables import records


def classes(known: Known, place: str, *, short: bool = False) -> list[Text]:
    """Tell the class of a place under every scheme, with the rule that fired and the distance to the next class."""
    frame = known.book.facts.table("classes")
    rows = records(frame[frame["place"] == place]) if not frame.empty else []
    said = [_class(known, row) for row in rows]
    lead = [] if short else [known.book.say("position.positioning.classes")]
    return [*lead, *said] if any(said) else []


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
        "scheme": _titled(book, name, edition),
        "place": book.name(str(row["place"])),
        "grade": book.quote(book.within(grade)),
        "rule": _interval(book, row) or book.quote(rule.rstrip("。.")),
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


def _titled(book: Ledger, name: str, edition: str) -> Text:
    """Return a scheme with its edition; editions in words are English and stand in English only."""
    if edition and (book.language == "en" or edition.isdigit()):
        return book.say("position.positioning.edition", scheme=book.quote(name), edition=book.quote(edition))
    return book.quote(name)


def _interval(book: Ledger, row: dict[str, Any]) -> Text:
    """Say where a computed value lies between the limits of its class; empty for rules of another kind."""
    ends = {"lower": row.get("lower"), "upper": row.get("upper"), "value": row.get("value")}
    known = {name: float(end) for name, end in ends.items() if end is not None and math.isfinite(float(end))}
    if "value" not in known or len(known) < 2:
        return ()
    key = f"class/{row['scheme']}/{row['place']}"
    values: dict[str, Piece] = {name: _number(book, f"{key}/{name}", end, row) for name, end in known.items()}
    form = "between" if len(known) == 3 else "over" if "lower" in known else "under"
    return book.say(f"position.positioning.{form}", **values)


def _number(book: Ledger, key: str, value: float, row: dict[str, Any]) -> Claim:
    return book.plain_number(key, value, f"{value:.4g}".replace("-", "−"), place=str(row["place"]))


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
