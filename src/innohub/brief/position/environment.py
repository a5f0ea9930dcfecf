"""The environment: targets set around the place, the state of technologies, sizes against countries."""

import math
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Claim, Section, Text
from innohub.brief.position.known import Known
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart import wording
from innohub.chart.tables import records
from innohub.position.evidence.amount import amount
from innohub.words import Language

_RANKS = ("位", "rank")


def environment(known: Known) -> list[Section]:
    """Return the section on the environment; none where the run has none of its tables."""
    book = known.book
    found: list[Block] = [
        *blocks.paragraph(book, *_targets(known), lead=book.say("position.environment.targets_lead")),
        *blocks.paragraph(
            book, *_technologies(known), lead=book.say("position.environment.technologies_lead")
        ),
        *blocks.paragraph(book, *_equivalents(known), lead=book.say("position.environment.equivalents_lead")),
    ]
    return [blocks.section(book, 1, book.say("position.environment.title"), found)] if found else []


def _targets(known: Known) -> list[Text]:
    book = known.book
    rows = [row for row in records(book.facts.table("targets")) if not _missing(row.get("target"))]
    by_place: dict[str, list[Text]] = {}
    for row in rows:
        by_place.setdefault(str(row["place"]), []).append(_target(known, row))
    return [
        book.say_of(
            "position.environment.targets", len(told), place=book.name(place), list=book.join(told, "clause")
        )
        for place, told in by_place.items()
    ]


def _missing(value: object) -> bool:
    return value is None or value != value  # noqa: PLR0124 - only NaN differs from itself


def _target(known: Known, row: dict[str, Any]) -> Text:
    """Tell a target, where its value stands, and what it asks for a year."""
    book = known.book
    place, indicator, deadline = str(row["place"]), str(row["indicator"]), int(row["deadline"])
    key = f"target/{place}/{indicator}/{deadline}"
    values: dict[str, Piece] = {
        "indicator": book.node(indicator),
        "deadline": book.when(deadline),
        "target": _number(known, f"{key}/target", float(row["target"]), row),
    }
    said = book.say("position.environment.target", **values)
    status = text(row.get("status"))
    if not _missing(row.get("value")) and (year := whole(row.get("year"))) is not None:
        values["value"] = _number(known, f"{key}/value", float(row["value"]), row)
        values["year"] = book.when(year)
        said = book.say("position.environment.target_from", **values)
    growth = row.get("required_growth")
    is_ahead = status in ("on track", "off track", "at base") and not _missing(growth)
    # a rank does not grow by a rate
    is_ahead = is_ahead and _unit(known, row) not in _RANKS
    parts: list[Text] = [said]
    if is_ahead and not math.isclose(float(growth), 0.0):  # type: ignore[arg-type]
        way = "rise" if float(growth) > 0 else "fall"  # type: ignore[arg-type]
        share = book.share(f"{key}/growth", abs(float(growth)), 1)  # type: ignore[arg-type]
        parts.append(book.say(f"position.environment.growth_{way}", share=share))
    word = f"position.environment.status.{status.replace(' ', '_')}"
    parts += [book.say(word)] if book.has(word) else []
    return tuple(span for part in parts for span in part)


def _number(known: Known, key: str, value: float, row: dict[str, Any]) -> Claim:
    """Claim a number in the unit of its indicator."""
    book = known.book
    unit = _unit(known, row)

    def show(language: Language) -> str:
        return amount(value, unit, language)

    spot = {"file": text(row.get("file")), "row": whole(row.get("row"))}
    source = text(row.get("source"))
    sources = (source,) if source else ()
    return book.claim(key, value, show, unit=unit, place=str(row["place"]), sources=sources, **spot)


def _unit(known: Known, row: dict[str, Any]) -> str:
    frame = known.book.facts.table("indicators")
    found = frame[frame["indicator"] == row["indicator"]] if "unit" in frame else frame.head(0)
    return text(row.get("unit")) or (text(found["unit"].iloc[0]) if len(found) else "")


def _technologies(known: Known) -> list[Text]:
    book = known.book
    frame = book.facts.table("technologies")
    if frame.empty:
        return []
    found = []
    for place, rows in frame.groupby("place", sort=False):
        total = int(rows["count"].sum())
        parts = [
            book.say(
                "position.environment.state",
                state=book.quote(book.within(text(row[f"name_{book.language}"]))),
                number=book.count(f"technologies/{place}/{row['state']}", int(row["count"])),
                share=book.share(f"technologies/{place}/{row['state']}/share", float(row["share"]), 1),
            )
            for row in records(rows)
        ]
        number = book.count(f"technologies/{place}", total)
        values: dict[str, Piece] = {
            "place": book.name(str(place)),
            "number": number,
            "list": book.join(parts),
        }
        found.append(book.say("position.environment.technologies", **values))
    return found


def _equivalents(known: Known) -> list[Text]:
    return [_equivalent(known, row) for row in records(known.book.facts.table("equivalents"))]


def _equivalent(known: Known, row: dict[str, Any]) -> Text:
    """Tell where a value would stand among others, and between whom."""
    book = known.book
    place, indicator = str(row["place"]), str(row["indicator"])
    key = f"equivalent/{place}/{indicator}"
    unit = text(row["ranking_unit"]) or text(row["unit"])
    rank = int(row["rank"])

    def size(name: str, value: float, whose: str) -> Claim:
        shown = round(value) if abs(value) >= 1000 else value
        return book.claim(
            f"{key}/{name}",
            value,
            lambda language: amount(float(shown), unit, language),
            unit=unit,
            place=whose,
        )

    values: dict[str, Piece] = {
        "place": book.name(place),
        "indicator": book.node(indicator),
        "year": book.when(int(row["year"])),
        "value": size("value", float(row["converted"]), place),
        "members": book.count(f"{key}/members", int(row["members"])),
        "rank": book.claim(
            f"{key}/rank", rank, lambda language: wording.ordinal(rank, language), place=place
        ),
    }
    ends: list[Text] = []
    for side in ("above", "below"):
        if other := text(row[side]):
            named: dict[str, Piece] = {
                "peer": book.name(other),
                "value": size(side, float(row[f"{side}_value"]), other),
            }
            ends.append(book.say(f"position.environment.{side}", **named))
    said = book.say("position.environment.equivalent", **values, ends=book.join(ends, "comma"))
    other_years = int(row.get("other_years") or 0)
    if not other_years:
        return said
    number = known.count(f"{key}/other years", other_years)
    return book.sentences([said, book.say_of("position.environment.other_years", other_years, number=number)])
