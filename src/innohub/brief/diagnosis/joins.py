"""Chains and synergies: which chain is weakest in which field, and whether actors, cities and levels work together."""

from collections.abc import Iterator
from typing import Any

from innohub.brief.diagnosis.known import Known, Row, missing, parts
from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.blocks import Pictures
from innohub.brief.tables import text
from innohub.catalog.registers import chain_name
from innohub.chart.chains import last_year
from innohub.ecosystem.chains import CHAINS

MOST_FIELDS = 6


def joins(known: Known, pictures: Pictures) -> list[Section]:
    """Return the section on chains and synergies; none where the run has neither."""
    book = known.book
    found: list[Block] = []
    for place in _told_places(known):
        found += blocks.paragraph(book, *_chains(known, place))
        found += blocks.paragraph(book, _mismatch(known, place))
    found += blocks.figure(book, "chains", pictures)
    lead = book.say("diagnosis.joins.synergy_lead")
    found += blocks.paragraph(book, *_synergies(known), lead=lead)
    for place in _told_places(known):
        found += blocks.paragraph(book, *_openness(known, place))
    found += blocks.paragraph(book, *_helix(known))
    found += blocks.paragraph(book, *_divisions(known))
    return [blocks.section(book, 1, book.say("diagnosis.joins.title"), found)] if found else []


def _told_places(known: Known) -> tuple[str, ...]:
    """Return the places to tell of: those asked for, else the few that the flows are about."""
    names: dict[str, None] = {}
    for table in ("chain_fusion", "open_innovation", "talent_mismatch"):
        names |= dict.fromkeys(str(row["place"]) for row in known.rows(table))
    asked = tuple(place for place in known.places if place in names)
    return asked or (tuple(names) if len(names) <= 3 else ())


def _latest(known: Known, table: str, place: str | None = None) -> list[dict[str, Any]]:
    """Return the rows of a table in its last year up to the study's, or those of all years together."""
    frame = known.found.table(table)
    if frame.empty:
        return []
    rows = last_year(frame, known.book.facts.settings.study.year)
    own = rows if place is None else rows[rows["place"] == place]
    return [dict(row) for row in own.to_dict("records")]  # type: ignore[arg-type]


def _chains(known: Known, place: str) -> Iterator[Text]:
    """Say which field is joined best, and the weakest chain of each field."""
    book = known.book
    rows = [row for row in _latest(known, "chain_fusion", place) if not missing(row["coordination"])]
    if not rows:
        return
    rows.sort(key=lambda row: -float(row["coordination"]))
    first, last = rows[0], rows[-1]
    values: dict[str, Piece] = {
        "place": known.place(place),
        "number": known.few(f"fields/{place}", len(rows)),
    }
    for name, row in (("best", first), ("worst", last)):
        values[name] = field_name(known, str(row["field"]))
        values[f"{name}_d"] = known.span(f"chains/{place}/{row['field']}", row, "coordination", 2)
    yield book.say("diagnosis.joins.chains" if len(rows) > 1 else "diagnosis.joins.chains_one", **values)
    weak = [row for row in rows if parts(row["weakest"])]
    if weak:
        told = [
            _weakest(known, place, row)
            for row in sorted(weak, key=lambda row: -float(row["lag"]))[:MOST_FIELDS]
        ]
        yield book.say("diagnosis.joins.weakest", list=book.join(told, "clause"))


def field_name(known: Known, field: str) -> Text:
    """Return the name of a field of the chains within a sentence."""
    return known.book.quote(known.book.within(known.found.fields(known.book.language).get(field, field)))


def chain(known: Known, name: str) -> Text:
    """Return the name of a chain."""
    return known.book.quote(chain_name(name, known.book.language))


def _weakest(known: Known, place: str, row: Row) -> Text:
    book, key = known.book, f"chains/{place}/{row['field']}"
    weak = [name for name in parts(row["weakest"]) if name in CHAINS]
    values: dict[str, Piece] = {
        "field": field_name(known, str(row["field"])),
        "chain": book.join([chain(known, name) for name in weak]),
        "value": known.number(f"{key}/{weak[0]}", float(row[weak[0]]), 2, place=place),
    }
    if missing(row.get("certainty")):
        return book.say("diagnosis.joins.weak", **values)
    values["chance"] = known.chance(f"{key}/weakest", float(row["certainty"]), place=place)
    return book.say("diagnosis.joins.weak_sure", **values)


def _mismatch(known: Known, place: str) -> Text:
    book = known.book
    rows = [row for row in _latest(known, "talent_mismatch", place) if not missing(row["mismatch"])]
    if not rows:
        return ()
    row, key = rows[0], f"mismatch/{place}"
    said = [
        book.say(
            "diagnosis.joins.mismatch",
            place=known.place(place),
            value=known.share(key, float(row["mismatch"]), 1, place=place),
        )
    ]
    for column, amount in (("short_of", "shortage"), ("surplus_in", "surplus")):
        if text(row.get(column)) and not missing(row[amount]):
            share = known.share(f"{key}/{amount}", float(row[amount]), 1, place=place)
            said.append(
                book.say(f"diagnosis.joins.{column}", field=field_name(known, str(row[column])), share=share)
            )
    return book.sentences(said)


def _synergies(known: Known) -> Iterator[Text]:
    """Say each synergy, of the places asked for and of the whole, as a share against expectation."""
    rows = [row for row in _latest(known, "synergy") if not missing(row["share"])]
    for row in rows:
        place = text(row["place"])
        if place and place not in known.places:
            continue
        key = f"synergy/{row['kind']}/{place}"
        values: dict[str, Piece] = {
            "whose": known.place(place) if place else known.book.say("diagnosis.joins.whole"),
            "share": known.share(f"{key}/share", float(row["share"]), 1, place=place),
        }
        form = f"diagnosis.joins.{row['kind']}"
        if missing(row["ratio"]):
            yield known.book.say(f"{form}_bare", **values)
            continue
        values["expected"] = known.share(f"{key}/expected", float(row["expected"]), 1, place=place)
        values["ratio"] = known.span(key, row, "ratio", 2)
        yield known.book.say(form, **values)


def _openness(known: Known, place: str) -> Iterator[Text]:
    book = known.book
    for row in _latest(known, "open_innovation", place):
        names = [name for name in ("external", "inward", "outward", "coupled") if not missing(row[name])]
        told = [
            book.say(
                f"diagnosis.joins.{name}",
                share=known.share(f"open/{name}/{place}", float(row[name]), 1, place=place),
            )
            for name in names
        ]
        if told:
            yield book.say(
                "diagnosis.joins.open", place=known.place(place), list=book.join(told, "comma_list")
            )
    for row in _latest(known, "openness", place):
        if missing(row["elsewhere"]) or missing(row["abroad"]):
            continue
        values = {name: known.share(f"openness/{name}/{place}", float(row[name]), 1, place=place)
                  for name in ("elsewhere", "abroad")}  # fmt: skip
        partners = known.few(f"partners/{place}", int(row["partners"]))
        yield book.say("diagnosis.joins.openness", place=known.place(place), partners=partners, **values)


def _helix(known: Known) -> Iterator[Text]:
    for row in _latest(known, "triple_helix"):
        place = text(row["place"])
        if missing(row["bits"]) or (place and place not in known.places):
            continue
        bits = known.number(f"helix/{place}", float(row["bits"]), 3, place=place)
        whose = known.place(place) if place else known.book.say("diagnosis.joins.whole")
        side = "less" if float(row["bits"]) < 0 else "more"
        yield known.book.say(f"diagnosis.joins.helix_{side}", whose=whose, bits=bits)


def _divisions(known: Known) -> Iterator[Text]:
    rows = known.rows("division_tests")
    for name in dict.fromkeys(str(row["division"]) for row in rows):
        own = [row for row in rows if row["division"] == name]
        verdict = str(own[0]["verdict"]).replace(" ", "_")
        title = known.said(own[0])
        told = [_test(known, name, row) for row in own if not missing(row["quotient"])]
        if told:
            values: dict[str, Piece] = {"name": title, "list": known.book.join(told, "clause")}
            yield known.book.say(f"diagnosis.joins.division_{verdict}", **values)


def _test(known: Known, name: str, row: Row) -> Text:
    book = known.book
    values: dict[str, Piece] = {
        "group": _group(known, name, text(row["group"])),
        "stage": _stage(known, text(row["stage"])),
        "quotient": known.span(f"division/{name}/{row['group']}/{row['stage']}", row, "quotient", 2),
    }
    return book.say("diagnosis.joins.test", **values)


def _group(known: Known, division: str, group: str) -> Text:
    """Name a group of a division by its places."""
    section = known.rule.division.get(division)
    places = section.groups.get(group, ()) if section else ()
    return known.book.names(places) if places else known.book.quote(group)


def _stage(known: Known, stage: str) -> Text:
    key = f"diagnosis.stage.{stage}"
    return known.book.say(key) if known.book.has(key) else known.book.quote(stage)
