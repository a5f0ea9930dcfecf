"""Chains, synergies and division of labour: which chain is weakest where, and who works with whom."""

from collections.abc import Iterator

from innohub.brief.diagnosis.known import Known, Row, missing, parts
from innohub.brief.diagnosis.openness import openness
from innohub.brief.diagnosis.synergies import latest, synergies, told_places
from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.blocks import Pictures
from innohub.brief.tables import text
from innohub.catalog.registers import chain_name
from innohub.ecosystem.chains import CHAINS

MOST_FIELDS = 6


def joins(known: Known, pictures: Pictures, *, short: bool = False) -> list[Section]:
    """Return the section on chains and synergies; none where the run has neither.

    A short brief that has figures of coupling leaves out that of the chains, which its annex lists.
    """
    book = known.book
    chains: list[Block] = []
    for place in told_places(known):
        chains += blocks.paragraph(book, *_chains(known, place), gaps(known, place))
        chains += blocks.paragraph(book, _mismatch(known, place))
    if not chains:
        chains += blocks.paragraph(book, weakest_counts(known))
    if not (short and known.coupled):
        chains += blocks.figure(book, "chains", pictures)
    ties = [*synergies(known), *openness(known), *blocks.figure(book, "synergies", pictures)]
    tests = blocks.paragraph(book, *divisions(known))
    key = "both" if chains and ties else "chains" if chains else "ties" if ties else "division"
    found = [*chains, *ties, *tests]
    return [blocks.section(book, 1, book.say(f"diagnosis.joins.title_{key}"), found)] if found else []


def weakest_counts(known: Known) -> Text:
    """Say how often each chain is the weakest, over all fields and places."""
    book = known.book
    rows = [row for row in latest(known, "chain_fusion") if parts(row["weakest"])]
    if not rows:
        return ()
    counts = {name: sum(name in parts(row["weakest"]) for row in rows) for name in CHAINS}
    told = [
        book.say(
            "diagnosis.joins.count",
            chain=chain(known, name),
            number=known.few(f"weakest/{name}", counts[name]),
        )
        for name in sorted(counts, key=lambda name: -counts[name])
        if counts[name]
    ]
    values: dict[str, Piece] = {"all": known.few("weakest", len(rows)), "list": book.join(told, "comma_list")}
    return book.say("diagnosis.joins.counts", **values)


def gaps(known: Known, place: str) -> Text:
    """Name the two chains that lie furthest apart in a place."""
    rows = [row for row in latest(known, "chain_gaps", place) if not missing(row["gap"])]
    if not rows:
        return ()
    row = max(rows, key=lambda row: abs(float(row["gap"])))
    key = f"gap/{place}/{row['field']}/{row['chain']}/{row['other']}"
    if float(row["gap"]) < 0:
        turned = {"gap": -row["gap"], "gap_low": -row["gap_high"], "gap_high": -row["gap_low"]}
        row = {**row, **turned, "chain": row["other"], "other": row["chain"]}
    values: dict[str, Piece] = {
        "field": field_name(known, str(row["field"])),
        "chain": chain(known, str(row["chain"])),
        "other": chain(known, str(row["other"])),
        "gap": known.span(key, row, "gap", 2),
    }
    return known.book.say("diagnosis.joins.gap", **values)


def _chains(known: Known, place: str) -> Iterator[Text]:
    """Say which field is joined best, and the weakest chain of each field."""
    book = known.book
    rows = [row for row in latest(known, "chain_fusion", place) if not missing(row["coordination"])]
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
    rows = [row for row in latest(known, "talent_mismatch", place) if not missing(row["mismatch"])]
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


def divisions(known: Known) -> Iterator[Text]:
    """Say of each stated division whether the data support it."""
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
