"""The same values in other frames: roll-ups, checklists of the tiers, types of local centres."""

import math
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.checklists import checklists
from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.local_types import local_types
from innohub.chart import wording

Row = dict[str, Any]
_VERDICTS = ("yes", "no", "no data")


def rollups(known: Known) -> list[Block]:
    """Tell of each place in which slots of each frame it stands highest and lowest."""
    book = known.book
    names = dict.fromkeys(str(row["hierarchy"]) for row in known.rows("rollups"))
    said = [_frame(known, place, name) for place in known.places for name in names]
    lead = [book.say("position.rollups.how")] if any(said) else []
    return blocks.paragraph(book, *lead, *said, *_untagged(known))


def _frame(known: Known, place: str, name: str) -> Text:
    book = known.book
    rows = [row for row in known.rows("rollups", hierarchy=name, place=place) if row["score"] == row["score"]]
    if not rows:
        return ()
    rows.sort(key=lambda row: -float(row["score"]))
    values: dict[str, Piece] = {
        "place": book.name(place),
        "frame": _frame_name(known, name),
        "list": book.join(
            [
                book.say("position.rollups.part", slot=_label(known, row), score=_score(known, row))
                for row in rows
            ]
        ),
    }
    every = hierarchies()[name].slots if name in hierarchies() else {}
    told = [str(row["slot"]) for row in rows]
    left = [
        book.quote(book.within(label[book.language])) for slot, label in every.items() if slot not in told
    ]
    said = [book.say("position.rollups.frame", **values)]
    if left:
        said.append(book.say_of("position.rollups.empty", len(left), slots=book.join(left)))
    return book.sentences(said)


def _frame_name(known: Known, name: str) -> Text:
    book = known.book
    found = hierarchies().get(name)
    return book.quote(book.within(found.label[book.language]) if found else name)


def _label(known: Known, row: Row) -> Text:
    return known.book.quote(known.book.within(text(row[known.book.language])))


def _score(known: Known, row: Row) -> Claim:
    key = f"rollups/{row['hierarchy']}/{row['slot']}/{row['place']}"
    return known.book.fixed(key, float(row["score"]), 2, place=str(row["place"]))


def _untagged(known: Known) -> list[Text]:
    """Say how many indicators a frame leaves out."""
    book = known.book
    found: dict[str, list[str]] = {}
    for row in known.rows("rollup_untagged"):
        found.setdefault(str(row["hierarchy"]), []).append(str(row["indicator"]))
    return [
        book.say_of(
            "position.rollups.untagged", len(left), frame=_frame_name(known, name),
            number=known.count(f"rollups/{name}/untagged", len(left)), indicators=book.node_list(left),
        )
        for name, left in found.items()
    ]  # fmt: skip


def rollup_table(known: Known) -> list[Block]:
    """Return the slots of every frame with score and number of indicators, of the positioned places."""
    book = known.book
    rows: list[list[Piece]] = [
        [
            known.whose(place, _frame_name(known, str(row["hierarchy"]))),
            book.capital(_label(known, row)),
            _score(known, row) if row["score"] == row["score"] else "–",
            book.count(
                f"rollups/{row['hierarchy']}/{row['slot']}/{row['place']}/indicators", int(row["indicators"])
            ),
        ]
        for place in known.places
        for row in known.rows("rollups", place=place)
    ]
    columns: list[tuple[str, float, Align]] = [
        ("frame", 0.34, "left"), ("slot", 0.36, "left"), ("score", 0.15, "center"), ("indicators", 0.15, "center"),
    ]  # fmt: skip
    return blocks.table(book, "rollups", folded(rows), columns)


def folded(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Leave out the head of a row that repeats the one above it."""
    heads = [row[0] for row in rows]
    return [["" if n and heads[n - 1] == row[0] else row[0], *row[1:]] for n, row in enumerate(rows)]


def checked(known: Known) -> list[Text]:
    """Tell how many marks of each tier's checklist a place has, and which."""
    return [_checklist(known, row) for row in known.rows("checklist_counts")]


def _checklist(known: Known, count: Row) -> Text:
    book = known.book
    place, tier = str(count["place"]), str(count["tier"])
    rows = known.rows("checklists", place=place, tier=tier)
    labels = {str(row["mark"]): text(row[book.language]) for row in rows}
    verdicts = {mark: [str(r["verdict"]) for r in rows if r["mark"] == mark] for mark in labels}
    numbers = {"yes": int(count["yes"]), "no": int(count["no"]), "no data": int(count["no_data"])}
    parts = []
    for verdict in _VERDICTS:
        word = verdict.replace(" ", "_")
        number = known.count(f"checklist/{place}/{tier}/{word}", numbers[verdict])
        named = [labels[mark] for mark, found in verdicts.items() if set(found) == {verdict}]
        # what lacks data is counted, not listed
        is_listed = verdict != "no data" and len(named) == numbers[verdict] > 0
        marks = book.join([book.quote(book.within(name)) for name in named], "inner") if is_listed else ()
        form = word if is_listed else f"{word}_bare"
        if numbers[verdict]:
            parts.append(book.say(f"position.checklist.{form}", number=number, marks=marks))
    values: dict[str, Piece] = {
        "place": book.name(place),
        "tier": book.quote(book.within(_tier_name(known, tier))),
        "marks": known.count(f"checklist/{place}/{tier}", int(count["marks"])),
        "list": book.join(parts, "comma"),
    }
    return book.say("position.checklist.count", **values)


def _tier_name(known: Known, tier: str) -> str:
    found = checklists().get(tier)
    return found.label[known.book.language] if found else tier


def checklist_table(known: Known) -> list[Block]:
    """Return every mark with its value, bar and verdict."""
    book = known.book
    rows: list[list[Piece]] = [
        [
            known.whose(str(row["place"]), book.quote(book.within(_tier_name(known, str(row["tier"]))))),
            book.capital(book.quote(text(row[book.language]))),
            _measured(known, f"checklist/{row['tier']}/{row['mark']}/{row['indicator']}", row, "value"),
            _bar(known, f"checklist/{row['tier']}/{row['mark']}/{row['indicator']}", row),
            book.capital(book.say(f"position.checklist.verdict.{str(row['verdict']).replace(' ', '_')}")),
        ]
        for row in known.rows("checklists")
    ]
    columns: list[tuple[str, float, Align]] = [
        ("tier", 0.22, "left"), ("mark", 0.42, "left"), ("value", 0.12, "center"), ("bar", 0.12, "center"),
        ("verdict", 0.12, "center"),
    ]  # fmt: skip
    return blocks.table(book, "checklists", folded(rows), columns)


def _measured(known: Known, key: str, row: Row, column: str) -> Piece:
    value = float(row[column])
    if math.isnan(value):
        return "–"
    place = str(row["place"])
    return known.book.plain_number(f"{key}/{place}/{column}", value, wording.value(value), place=place)


def _bar(known: Known, key: str, row: Row) -> Piece:
    if math.isnan(float(row["bar"])):
        return "–"
    relation = known.book.quote(known.book.label(f"position.relation.{_SIGNS[str(row['relation'])]}"))
    return known.book.say("position.checklist.bar", relation=relation, bar=_measured(known, key, row, "bar"))


_SIGNS = {">=": "at_least", ">": "above", "<=": "at_most", "<": "below"}


def local(known: Known) -> list[Text]:
    """Tell the types of local centres, place by place of each type."""
    book = known.book
    rows = known.rows("local_types")
    if not rows:
        return []
    by_type = {name: [r for r in rows if name in text(r["types"]).split(";")] for name in local_types()}
    parts = [
        book.say_of(
            "position.local.type", len(found), places=book.names(str(row["place"]) for row in found),
            type=book.quote(book.within(local_types()[name].label[book.language])),
        )
        for name, found in by_type.items()
        if found
    ]  # fmt: skip
    bare = [str(row["place"]) for row in rows if not text(row["types"]) and not text(row["untested"])]
    open_ones = [str(row["place"]) for row in rows if not text(row["types"]) and text(row["untested"])]
    said = [book.say("position.local.types", list=book.join(parts, "clause"))] if parts else []
    for form, places in (("none", bare), ("open", open_ones)):
        if places:
            number = known.count(f"local/{form}", len(places))
            named = blocks.some(book, places, 4)
            said.append(book.say_of(f"position.local.{form}", len(places), places=named, number=number))
    return said


def local_table(known: Known) -> list[Block]:
    """Return the tests behind the types of local centres."""
    book = known.book
    rows: list[list[Piece]] = [
        [
            book.name(str(row["place"])),
            book.quote(
                local_types()[row["type"]].label[book.language]
                if row["type"] in local_types()
                else row["type"]
            ),
            book.capital(book.quote(text(row[book.language]))),
            _measured(known, f"local/{row['type']}/{row['measure']}", row, "value"),
            _bar(known, f"local/{row['type']}/{row['measure']}", row),
            book.capital(book.say(f"position.checklist.verdict.{str(row['verdict']).replace(' ', '_')}")),
        ]
        for row in known.rows("local_tests")
    ]
    columns: list[tuple[str, float, Align]] = [
        ("place", 0.17, "left"), ("type", 0.2, "left"), ("test", 0.28, "left"), ("value", 0.11, "center"),
        ("bar", 0.12, "center"), ("verdict", 0.12, "center"),
    ]  # fmt: skip
    return blocks.table(book, "local_tests", rows, columns)
