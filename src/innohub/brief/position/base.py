"""The base conditions of a place among named peers, one paragraph a condition."""

import math
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Paragraph, Section, Text
from innohub.brief.position.kindred import similar
from innohub.brief.position.known import Known
from innohub.brief.position.sidewise import compared
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.base_conditions import verdict_label
from innohub.chart.tables import records
from innohub.position.evidence.amount import amount
from innohub.position.evidence.gather import Evidence, order_relations
from innohub.position.function.relation import Relation, Value, compare_values

FAVOURABLE = ("high", "medium", "low")


def base(known: Known) -> list[Section]:
    """Return the section on base conditions, similar places and places side by side; none without any of them."""
    book = known.book
    found = [*_conditions(known), *similar(known), *compared(known)]
    return [blocks.section(book, 1, book.say("position.base.title"), found)] if found else []


def _conditions(known: Known) -> list[Block]:
    book = known.book
    frame = book.facts.table("conditions")
    if frame.empty:
        return []
    found: list[Block] = blocks.paragraph(book, book.say("position.base.how"))
    for place in dict.fromkeys(frame["place"].astype(str)):
        rows = records(frame[frame["place"] == place])
        tested = [row for row in rows if row["verdict"] != "not tested"]
        found += [_condition(known, place, row) for row in tested]
        found += blocks.paragraph(book, _untested(known, place, rows))
    return found


def _condition(known: Known, place: str, row: dict[str, Any]) -> Paragraph:
    book = known.book
    name, verdict = str(row["condition"]), str(row["verdict"])
    indicators = [line for line in _lines(known, place, name) if line["verdict"] != "not tested"]
    evidence = [one for line in indicators if (one := _evidence(known, place, line)) is not None]
    said = [known.tell.sentences(f"condition/{place}/{name}", evidence)]
    several = len(indicators) > 1
    said += [_verdict(known, line, several=several) for line in indicators]
    said += _stage(known, place, name)
    claimed = text(row.get("claimed"))
    if claimed and row.get("agrees") is not None and row["agrees"] == False:  # noqa: E712 - a missing one is neither
        said.append(book.say("position.base.disagrees", claimed=_word(known, claimed)))
    lead = book.say(
        "position.base.lead",
        place=_owner(known, place),
        condition=_name(known, row),
        verdict=_word(known, verdict),
    )
    return Paragraph(book.sentences(said), book.capital(lead))


def _owner(known: Known, place: str) -> Text:
    """Name the place where several are positioned."""
    if len(known.places) < 2:
        return ()
    return known.book.say("position.base.owner", place=known.book.name(place))


def _name(known: Known, row: dict[str, Any]) -> Text:
    return known.book.quote(text(row[f"name_{known.book.language}"]) or row["condition"])


def _word(known: Known, verdict: str) -> Text:
    """Return a verdict as it stands within a sentence."""
    key = f"position.base.verdict.{verdict.replace(' ', '_')}"
    book = known.book
    return book.say(key) if book.has(key) else book.quote(verdict_label(verdict)[book.language])


def _lines(known: Known, place: str, condition: str) -> list[dict[str, Any]]:
    frame = known.book.facts.table("condition_indicators")
    if frame.empty:
        return []
    return records(frame[(frame["place"] == place) & (frame["condition"] == condition)])


def _evidence(known: Known, place: str, line: dict[str, Any]) -> Evidence | None:
    """Rebuild the comparison behind an indicator of a condition, so that it can be told as a sentence."""
    if math.isnan(float(line["value"])):
        return None
    indicator, frame = str(line["indicator"]), known.book.facts.table("condition_peers")
    own = known.values.find(place, indicator, whole(line["year"]), float(line["value"]))
    own = _in_unit(own, text(line["unit"]))
    rows = (
        records(frame[(frame["place"] == place) & (frame["indicator"] == indicator)])
        if not frame.empty
        else []
    )
    peers = [
        _in_unit(
            known.values.find(str(row["peer"]), indicator, whole(row["peer_year"]), float(row["peer_value"])),
            own.unit,
        )
        for row in rows
    ]
    direction = int(line["direction"])
    relations: list[Relation] = compare_values(own, peers, direction, _near(known))
    return Evidence(
        own=own, place=known.values.named(place), indicator=known.values.indicator(indicator), direction=direction,
        relations=order_relations(relations), peers={p.place: known.values.named(p.place) for p in peers},
    )  # fmt: skip


def _in_unit(value: Value, unit: str) -> Value:
    return value if value.unit else Value(**{**value.__dict__, "unit": unit})


def _near(known: Known) -> float:
    return known.rule.near if known.rule else 0.1


def _verdict(known: Known, line: dict[str, Any], *, several: bool) -> Text:
    """Say in which third of the peers a value lies, with the limits."""
    book = known.book
    place, indicator, unit = str(line["place"]), str(line["indicator"]), text(line["unit"])
    key = f"condition/{place}/{indicator}"

    def limit(side: str) -> Piece:
        value = float(line[side])
        return book.claim(
            f"{key}/{side}",
            value,
            lambda language: amount(float(f"{value:.4g}"), unit, language),
            unit=unit,
            place=place,
        )

    values: dict[str, Piece] = {
        "indicator": book.node(indicator),
        "peers": known.count(f"{key}/peers", int(line["peers"])),
        "lower": limit("lower" if line["direction"] > 0 else "upper"),
        "upper": limit("upper" if line["direction"] > 0 else "lower"),
    }
    form = "several" if several else "single"
    return book.say(f"position.base.{form}_{line['verdict']}", **values)


def _stage(known: Known, place: str, condition: str) -> list[Text]:
    """Tell the stage of development where a condition speaks of the measure of a stage."""
    frame = known.book.facts.table("stages")
    if frame.empty:
        return []
    rows = records(frame[frame["place"] == place])
    return [_one_stage(known, row) for row in rows if _condition_of(known, str(row["measure"])) == condition]


def _condition_of(known: Known, measure: str) -> str:
    """Return the condition that speaks of the measure of a stage, or of the same measure in another currency."""
    frame = known.book.facts.table("condition_indicators")
    stage = known.rule.stage if known.rule else None
    indicator = stage.measures.get(measure, measure) if stage else measure
    pairs = zip(frame["indicator"].astype(str), frame["condition"].astype(str), strict=True)
    found = [
        (name, condition)
        for name, condition in pairs
        if indicator == name or indicator.startswith(f"{name}_")
    ]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else ""


def _one_stage(known: Known, row: dict[str, Any]) -> Text:
    book = known.book
    key, unit = f"stage/{row['place']}/{row['scheme']}/{row['measure']}", text(row["unit"])
    language = book.language

    def money(name: str, value: float) -> Piece:
        return book.claim(
            f"{key}/{name}",
            value,
            lambda lang: amount(float(f"{value:.6g}"), unit, lang),
            unit=unit,
            place=str(row["place"]),
        )

    reached = bool(text(row["stage"]))
    ahead = text(row[f"next_{language}"])
    name = text(row[f"name_{language}"]) if reached and not ahead else ahead
    if not name:
        return ()
    values: dict[str, Piece] = {
        "value": money("value", float(row["value"])),
        "threshold": money("threshold", float(row["threshold"])),
        "stage": book.quote(book.within(name)),
    }
    said = [book.say("position.base.stage" if not ahead else "position.base.stage_ahead", **values)]
    years = float(row["years"]) if row.get("years") is not None else math.nan
    if ahead and math.isfinite(years):
        number = book.fixed(f"{key}/years", years, 1)
        growth = book.share(f"{key}/growth", float(row["growth"]), 1)
        said.append(book.say("position.base.stage_years", years=number, growth=growth))
    if bool(row.get("fragile")):
        said.append(book.say("position.base.stage_fragile"))
    return book.sentences(said)


def _untested(known: Known, place: str, rows: list[dict[str, Any]]) -> Text:
    """Name the conditions that could not be judged, with the values that there are."""
    book = known.book
    left = [row for row in rows if row["verdict"] == "not tested"]
    if not left:
        return ()
    names = book.join([_name(known, row) for row in left])
    if book.language == "en":
        names = book.join([book.quote(book.within(text(row["name_en"]))) for row in left])
    said = [book.say_of("position.base.untested", len(left), conditions=names)]
    parts = []
    for row in left:
        for line in _lines(known, place, str(row["condition"])):
            value = known.values.latest(place, str(line["indicator"]))
            if value is not None:
                printed = known.tell.amount("condition", value)
                indicator = book.node(str(line["indicator"]))
                parts.append(book.say("position.base.value", indicator=indicator, value=printed))
    return book.sentences([*said, book.say("position.base.values", list=book.join(parts)) if parts else ()])
