"""Whether indicators are spread more unevenly over places than another, such as GDP: the sentences and the table."""

from collections.abc import Sequence
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Section, Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart import wording
from innohub.chart.tables import records

VERDICTS = ("more uneven", "less uneven", "open")
Row = dict[str, Any]


def with_unevenness(known: Known, sections: Sequence[Section]) -> list[Section]:
    """Add the paragraphs to a section that stands first; a section of its own where there is none."""
    found = _told(known)
    if not found:
        return list(sections)
    if not sections:
        return [blocks.section(known.book, 1, known.book.say("position.unevenness.title"), found)]
    last = sections[-1]
    return [*sections[:-1], Section(last.level, last.heading, (*last.blocks, *found), last.number)]


def _told(known: Known) -> list[Block]:
    """Tell, of each indicator set against another, whether it is more uneven, less or open."""
    book = known.book
    found: list[Block] = []
    for against, rows in _sets(known):
        row = rows[0]
        values: dict[str, Piece] = {
            "year": book.when(int(row["year"])),
            "places": _places(known, row),
            "against": book.node(against),
            "second": _number(known, row, "second"),
        }
        said = [book.say("position.unevenness.what", **values)]
        for verdict in VERDICTS:
            own = [row for row in rows if row["verdict"] == verdict]
            if own:
                names = book.join(
                    [_difference(known, row) for row in own], "clause" if len(own) > 1 else "list"
                )
                said.append(book.say(f"position.unevenness.{verdict.replace(' ', '_')}", list=names))
        said.append(
            book.say("position.unevenness.drawn", draws=_draws(known, rows), level=_level(known, row))
        )
        found += blocks.paragraph(book, *said, lead=book.say("position.unevenness.lead"))
    return found


def _sets(known: Known) -> list[tuple[str, list[Row]]]:
    """Return the rows by what they are set against, the largest difference first."""
    rows = [
        row for row in records(known.book.facts.table("unevenness")) if row["difference"] == row["difference"]
    ]
    rows.sort(key=lambda row: -float(row["difference"]))
    names = dict.fromkeys(text(row["against"]) for row in rows)
    return [(name, [row for row in rows if row["against"] == name]) for name in names]


def _number(known: Known, row: Row, column: str, digits: int = 3) -> Claim:
    subject = row["against"] if column == "second" else f"{row['indicator']}/{row['against']}"
    return known.book.fixed(
        f"unevenness/{subject}/{column}", float(row[column]), digits, year=int(row["year"])
    )


def _difference(known: Known, row: Row) -> Text:
    """Name an indicator with the size of the difference, its side and its interval."""
    book = known.book
    is_less = float(row["difference"]) < 0
    # the interval of how much lower is that of how much higher, turned round
    turned = {"difference": -row["difference"], "low": -row["high"], "high": -row["low"]} if is_less else {}
    own, key = {**row, **turned}, "less" if is_less else "more"
    names = ("difference", "low", "high")
    values: dict[str, Piece] = {
        name: _size(known, own, name, key) for name in names if own[name] == own[name]
    }
    values["indicator"] = book.node(text(row["indicator"]))
    return book.say(
        f"position.unevenness.{key}{'' if 'low' in values and 'high' in values else '_bare'}", **values
    )


def _size(known: Known, row: Row, column: str, side: str) -> Claim:
    key = f"unevenness/{row['indicator']}/{row['against']}/{side} {column}"
    return known.book.fixed(key, float(row[column]), 2, year=int(row["year"]))


def _places(known: Known, row: Row) -> Claim:
    return known.book.count(f"unevenness/{row['against']}/places", int(row["places"]))


def _draws(known: Known, rows: Sequence[Row]) -> Claim:
    number = min(int(row["draws"]) for row in rows)
    return known.book.count(f"unevenness/{rows[0]['against']}/draws", number)


def _level(known: Known, row: Row) -> Claim:
    level = float(row["level"])
    return known.book.claim(
        f"unevenness/{row['against']}/level", level, lambda _: wording.level(level), unit="%"
    )


def unevenness_table(known: Known) -> list[Block]:
    """List both indices of inequality, their difference with its interval, and the verdict."""
    book = known.book
    lines: list[list[Piece]] = [
        [
            book.capital(book.node(text(row["indicator"]))),
            book.capital(book.node(against)),
            *(_number(known, row, column) for column in ("first", "second", "difference")),
            book.say(
                "position.unevenness.range", low=_number(known, row, "low"), high=_number(known, row, "high")
            )
            if row["low"] == row["low"]
            else "–",
            book.capital(book.say(f"position.unevenness.verdict.{text(row['verdict']).replace(' ', '_')}")),
        ]
        for against, rows in _sets(known)
        for row in rows
    ]
    columns: list[tuple[str, float, Align]] = [
        ("indicator", 0.25, "left"), ("against", 0.15, "left"), ("first", 0.11, "center"), ("second", 0.11, "center"),
        ("difference", 0.1, "center"), ("range", 0.16, "center"), ("verdict", 0.12, "left"),
    ]  # fmt: skip
    return blocks.table(book, "unevenness", lines, columns)
