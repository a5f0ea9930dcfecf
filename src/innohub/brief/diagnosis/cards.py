"""Strategies of cities, research fronts, innovative firms and the overlap of platforms, told in sentences."""

from collections.abc import Iterator, Sequence
from typing import Any

from innohub.brief.diagnosis.holdings import money
from innohub.brief.diagnosis.known import Known, Row, missing, parts
from innohub.brief.diagnosis.labels import label
from innohub.brief.ledger import Piece
from innohub.brief.model import Text
from innohub.brief.position.values import whole
from innohub.brief.tables import text
from innohub.words import Language

NAMED = 4


def strategies(known: Known, place: str) -> Iterator[Text]:
    """Tell each strategy of a place: period, goal, budget."""
    book = known.book
    for row in known.rows("strategy_cards", place)[:NAMED]:
        said = [book.say("diagnosis.cards.strategy", name=known.said(row), period=period_of(known, row))]
        if known.told(row, "goal"):
            said.append(book.say("diagnosis.cards.goal", goal=known.said(row, "goal")))
        if not missing(row["budget"]):
            said.append(book.say("diagnosis.cards.budget", budget=money_of(known, row, "budget")))
        yield book.sentences(said)
    others = [row for row in known.rows("strategy_cards") if row["place"] != place]
    if others:
        number = known.few("strategies elsewhere", len(others))
        yield book.say_of("diagnosis.cards.others", len(others), number=number)


def fronts(known: Known, place: str) -> Iterator[Text]:
    """Name the research fronts on record, with institution and field."""
    book, rows = known.book, known.rows("register_fronts", place)
    told = [
        book.say(
            "diagnosis.cards.front",
            institution=label(known, text(row["institution"])),
            field=book.join([label(known, field) for field in parts(row["field"])]),
            name=front_of(known, row),
        )
        for row in rows[:NAMED]
    ]
    if told:
        yield book.say("diagnosis.cards.fronts", number=known.few(f"fronts/{place}", len(rows)),
                       list=book.join(told, "clause"))  # fmt: skip


def front_of(known: Known, row: Row) -> Text:
    """Name a front, with the top share that it stands for."""
    if missing(row["top_share"]):
        return known.said(row)
    share = float(row["top_share"])
    key = f"diagnosis/front/{row['place']}/{row['id']}"
    spot = {"place": text(row["place"]), "file": text(row["file"]), "row": whole(row["row"])}
    claim = known.book.claim(key, share, lambda _: f"{100 * share:g}%", unit="%", **spot)
    return known.book.say("diagnosis.cards.top", name=known.said(row), share=claim)


def firms(known: Known, place: str) -> Iterator[Text]:
    """Count the innovative firms on record by field."""
    book, rows = known.book, known.rows("register_firms", place)
    fields: dict[str, int] = {}
    for row in rows:
        for field in parts(row["field"]):
            fields[field] = fields.get(field, 0) + 1
    if not rows:
        return
    told = [
        book.say(
            "diagnosis.cards.in_field",
            field=label(known, field),
            number=known.few(f"firms/{place}/{field}", n),
        )
        for field, n in sorted(fields.items(), key=lambda item: -item[1])
    ]
    values: dict[str, Piece] = {"number": known.few(f"firms/{place}", len(rows)), "list": book.join(told)}
    yield book.say(f"diagnosis.cards.firms{'' if told else '_bare'}", **values)


def overlap(known: Known, place: str) -> Iterator[Text]:
    """Name the two platforms whose fields overlap most."""
    rows = overlaps(known, (place,))
    if rows:
        row = rows[0]
        values: dict[str, Piece] = {
            "first": platform_of(known, row["place"], row["entry"]),
            "second": platform_of(known, row["other_place"], row["other"]),
            "overlap": known.number(f"overlap/{row['entry']}/{row['other']}", float(row["overlap"]), 2),
            "number": known.few(f"overlaps/{place}", len(rows)),
        }
        yield known.book.say_of("diagnosis.cards.overlap", len(rows), **values)


def overlaps(known: Known, places: Sequence[str]) -> list[dict[str, Any]]:
    """Return the pairs of platforms with fields in common, the closest first."""
    rows = [
        row
        for row in known.rows("platform_overlap")
        if row["place"] in places and not missing(row["overlap"])
    ]
    return sorted((row for row in rows if float(row["overlap"]) > 0), key=lambda row: -float(row["overlap"]))


def platform_of(known: Known, place: object, entry: object) -> Text:
    """Return the name of a platform."""
    rows = known.rows("register_platforms", text(place), id=entry)
    return known.said(rows[0]) if rows else known.book.quote(text(entry))


def period_of(known: Known, row: Row) -> Text:
    """Say from when to when a strategy runs."""
    book = known.book
    years = {end: text(row[end])[:4] for end in ("start", "end")}
    told = {end: book.when(int(year)) for end, year in years.items() if year.isdigit()}
    if not told:
        return book.say("diagnosis.registers.not_stated")
    return book.say(f"diagnosis.cards.{'_'.join(told)}", **told)


def money_of(known: Known, row: Row, column: str) -> Piece:
    """Claim an amount of money of a strategy, linked to its row."""
    if missing(row[column]):
        return known.book.say("diagnosis.registers.not_stated")
    value, unit = float(row[column]), text(row.get("currency"))

    def show(language: Language) -> str:
        return money(value, unit, language)

    return known.book.claim(f"diagnosis/strategy/{row['entry']}/{column}", value, show, unit=unit,
                            place=text(row["place"]), file=text(row["file"]), row=whole(row["row"]))  # fmt: skip
