"""Places of similar structure, and what still sets them apart."""

from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.position.evidence.amount import amount

Row = dict[str, Any]


def similar(known: Known) -> list[Block]:
    """Tell of each place which places are most like it in structure, and what still sets them apart."""
    told = [_similar(known, place) for place in known.places]
    return [block for said in told for block in blocks.paragraph(known.book, *said)]


def _similar(known: Known, place: str) -> list[Text]:
    book = known.book
    rows = known.rows("similar", place=place)
    chosen = [row for row in rows if row["chosen"] and row["match"]]
    if not rows:
        return []
    if not chosen:
        return [book.say("position.similar.none", place=book.name(place))]
    values: dict[str, Piece] = {
        "place": book.name(place),
        "number": known.count(f"similar/{place}", len(chosen)),
        "peers": book.names(str(row["peer"]) for row in chosen),
        "variables": book.node_list(_variables(known, place)),
        "low": _distance(known, chosen[0]),
        "high": _distance(known, chosen[-1]),
    }
    said = [book.say_of("position.similar.nearest", len(chosen), **values), _why(known, place, chosen[0])]
    if lost := [row for row in rows if not row["match"]]:
        number = known.count(f"similar/{place}/lost", len(lost))
        said.append(book.say_of("position.similar.lost", len(lost), number=number))
    return said


def _variables(known: Known, place: str) -> list[str]:
    return list(dict.fromkeys(str(row["variable"]) for row in known.rows("similar_parts", place=place)))


def _distance(known: Known, row: Row) -> Claim:
    key = f"similar/{row['place']}/{row['peer']}/distance"
    return known.book.fixed(key, float(row["distance"]), 2, place=str(row["peer"]))


def _largest(known: Known, place: str, peer: str) -> Row | None:
    """Return the variable that adds most to the distance of a pair; none where nothing sets it apart."""
    rows = [row for row in known.rows("similar_parts", place=place, peer=peer) if row["contribution"] > 0]
    return max(rows, key=lambda row: float(row["contribution"]), default=None)


def _why(known: Known, place: str, row: Row) -> Text:
    """Say what sets the nearest place apart."""
    book, peer = known.book, str(row["peer"])
    part = _largest(known, place, peer)
    if part is None:
        return book.say("position.similar.alike", place=book.name(place), peer=book.name(peer))
    values: dict[str, Piece] = {
        "place": book.name(place),
        "peer": book.name(peer),
        "share": _share(known, part),
        "variable": book.node(str(part["variable"])),
        "own": _value(known, place, part, "value"),
        "other": _value(known, peer, part, "peer_value"),
    }
    return book.say("position.similar.why", **values)


def _share(known: Known, part: Row) -> Claim:
    key = f"similar/{part['place']}/{part['peer']}/{part['variable']}/share"
    return known.book.share(key, float(part["share"]), place=str(part["peer"]))


def _value(known: Known, place: str, part: Row, column: str) -> Claim:
    value = known.values.match(place, str(part["variable"]), float(part[column]))
    source = known.values.source(value)
    return known.book.claim(
        f"similar/{place}/{value.indicator}", value.value,
        lambda language: amount(float(f"{value.value:.4g}"), value.unit, language, short=True), unit=value.unit,
        year=value.year, place=place, sources=(source,) if source else (), file=value.file, row=value.row,
    )  # fmt: skip


def similar_table(known: Known) -> list[Block]:
    """Return the table of similar places, each with the variable that sets it apart most."""
    book = known.book
    rows: list[list[Piece]] = []
    for place in known.places:
        for row in known.rows("similar", place=place, chosen=True, match=True):
            part = _largest(known, place, str(row["peer"]))
            apart: list[Piece] = ["–", "–", "–", "–"]
            if part is not None:
                apart = [
                    book.capital(book.node(str(part["variable"]))),
                    _value(known, place, part, "value"),
                    _value(known, str(row["peer"]), part, "peer_value"),
                    _share(known, part),
                ]
            rows.append([known.whose(place, book.name(str(row["peer"]))), _distance(known, row), *apart])
    columns: list[tuple[str, float, Align]] = [
        ("peer", 0.2, "left"), ("distance", 0.1, "center"), ("variable", 0.32, "left"), ("own", 0.13, "right"),
        ("other", 0.13, "right"), ("share", 0.12, "center"),
    ]  # fmt: skip
    return blocks.table(book, "similar", rows, columns)
