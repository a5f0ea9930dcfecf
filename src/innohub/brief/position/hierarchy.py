"""Whether higher centres do all that lower ones do, and where a lower centre leads in a niche of its own."""

import math
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.brief.tables import text

MOST = 5
Row = dict[str, Any]


def contained(known: Known) -> list[Text]:
    """Say how often higher tiers do all that lower ones do, where least, and what the places have to do with it."""
    book = known.book
    rows = known.rows("containment_shares")
    every = next((row for row in rows if not text(row["function"])), None)
    if every is None or not every["compared"]:
        return []
    values: dict[str, Piece] = {
        "held": book.count("containment/held", int(every["held"])),
        "compared": book.count("containment/compared", int(every["compared"])),
        "share": book.share("containment/share", float(every["share"]), 1),
    }
    parts = [row for row in rows if text(row["function"]) and row["share"] == row["share"]]
    said = [book.say("position.containment.all", **values)]
    if (least := min(parts, key=lambda row: float(row["share"]), default=None)) and float(least["share"]) < 1:
        said.append(
            book.say(
                "position.containment.least",
                function=book.node(str(least["function"])),
                share=_held(known, least),
            )
        )
    for place in known.places:
        said += [_exceeds(known, place, end) for end in ("lower", "higher")]
    return [sentence for sentence in said if sentence]


def _held(known: Known, row: Row) -> Claim:
    return known.book.share(f"containment/{row['function']}/share", float(row["share"]), 1)


def _exceeds(known: Known, place: str, end: str) -> Text:
    """Name, function by function, the higher centres that a place exceeds, or the lower ones that exceed it."""
    book = known.book
    other = "higher" if end == "lower" else "lower"
    found: dict[str, list[str]] = {}
    for row in known.rows("containment", **{end: place}):
        found.setdefault(str(row["function"]), []).append(str(row[other]))
    form = "part" if end == "lower" else "part_higher"
    parts = [
        book.say(
            f"position.containment.{form}",
            function=book.node(function),
            places=blocks.some(book, others, MOST),
        )
        for function, others in found.items()
    ]
    if not parts:
        return ()
    return book.say(f"position.containment.{end}", place=book.name(place), list=book.join(parts, "clause"))


def special(known: Known) -> list[Text]:
    """Name the special functions; where a niche is no higher centre's either, say so for the positioned places."""
    book = known.book
    rows = known.rows("special_functions")
    if not rows:
        return []
    held = [row for row in rows if row["special"] == "yes"]
    bar = float(rows[0]["k"])
    values: dict[str, Piece] = {
        "bar": book.plain_number("special/bar", bar, f"{bar:g}"),
        "number": known.count("special/niches", len(rows)),
        "held": known.count("special/held", len(held)),
    }
    if not held:
        open_ones = [row for row in rows if row["special"] == "no data"]
        return [
            book.say_of(
                "position.special.open" if open_ones else "position.special.none", len(rows), **values
            )
        ]
    parts = [
        book.say(
            "position.special.part", place=book.name(str(row["place"])), niche=book.node(str(row["niche"])),
            lq=_quotient(known, row),
        )
        for row in held[: 2 * MOST]
    ]  # fmt: skip
    told = book.join(parts)
    told = told if len(held) <= 2 * MOST else book.say("layout.and_others", names=told)
    return [book.say_of("position.special.held", len(held), **values, list=told)]


def _quotient(known: Known, row: Row) -> Claim:
    key = f"special/{row['place']}/{row['niche']}"
    return known.book.fixed(key, float(row["lq"]), 2, place=str(row["place"]))


def containment_tables(known: Known) -> list[Block]:
    """Return how often each function is contained, and the niches above the bar."""
    book = known.book
    shares: list[list[Piece]] = [
        [
            book.capital(
                book.node(str(row["function"]))
                if text(row["function"])
                else book.say("position.containment.sum")
            ),
            book.count(f"containment/{row['function'] or 'all'}/compared", int(row["compared"])),
            book.count(f"containment/{row['function'] or 'all'}/held", int(row["held"])),
            _held(known, row) if row["share"] == row["share"] else "–",
        ]
        for row in known.rows("containment_shares")
    ]
    niches: list[list[Piece]] = [
        [
            book.name(str(row["place"])),
            book.capital(book.node(str(row["niche"]))),
            _quotient(known, row),
            book.name(text(row["higher"])) if text(row["higher"]) else "–",
            _higher(known, row),
            book.capital(book.say(f"position.checklist.verdict.{str(row['special']).replace(' ', '_')}")),
        ]
        for row in known.rows("special_functions")
    ]
    head: list[tuple[str, float, Align]] = [
        ("function", 0.4, "left"), ("compared", 0.2, "center"), ("held", 0.2, "center"), ("share", 0.2, "center"),
    ]  # fmt: skip
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.18, "left"), ("niche", 0.26, "left"), ("lq", 0.12, "center"), ("higher", 0.18, "left"),
        ("higher_lq", 0.13, "center"), ("special", 0.13, "center"),
    ]  # fmt: skip
    return [
        *blocks.table(book, "containment", shares, head),
        *blocks.table(book, "special_functions", niches, columns),
    ]


def _higher(known: Known, row: Row) -> Piece:
    value = float(row["higher_lq"])
    key = f"special/{row['place']}/{row['niche']}/higher"
    return known.book.fixed(key, value, 2, place=text(row["higher"])) if math.isfinite(value) else "–"
