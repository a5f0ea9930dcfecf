"""Open innovation and openness: how much of a place's work reaches beyond it."""

from collections.abc import Iterator, Sequence

from innohub.brief.diagnosis.known import Known, Row, missing
from innohub.brief.diagnosis.synergies import enough, latest, told_places
from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Text
from innohub.brief.sections import blocks

RATES = ("external", "inward", "outward", "coupled")
SHARES = ("elsewhere", "abroad")


def openness(known: Known) -> list[Block]:
    """Return the paragraph on openness: of the places to tell one by one, else the ends of all."""
    places = told_places(known)
    said = [text for place in places for text in (*_rates(known, place), *_shares(known, place))]
    told = said if places else list(_ends(known))
    if told and directionless(known):
        told.append(known.book.say("diagnosis.open.one_way"))
    return blocks.paragraph(known.book, *told, lead=known.book.say("diagnosis.open.lead"))


def directionless(known: Known) -> bool:
    """Say whether external ties are told without the direction in which knowledge flows."""
    rows = [row for row in latest(known, "open_innovation") if not missing(row["external"])]
    return bool(rows) and all(missing(row[name]) for row in rows for name in RATES[1:])


def rate(known: Known, table: str, row: Row, column: str, digits: int = 1) -> Text:
    """Print a share with its interval, where it has one."""
    book, place = known.book, str(row["place"])
    key = f"{table}/{column}/{place}"
    value = known.share(key, float(row[column]), digits, place=place)
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    if missing(low) or missing(high):
        return book.join([value])
    ends = {
        end: known.share(f"{key}/{end}", float(row[f"{column}_{end}"]), digits, place=place)
        for end in ("low", "high")
    }
    return book.say("diagnosis.span", value=value, **ends)


def _rates(known: Known, place: str) -> Iterator[Text]:
    book = known.book
    for row in latest(known, "open_innovation", place):
        told = [
            book.say(f"diagnosis.open.{name}", share=rate(known, "open", row, name))
            for name in RATES
            if not missing(row[name])
        ]
        if told:
            yield book.say(
                "diagnosis.open.ties", place=known.place(place), list=book.join(told, "comma_list")
            )


def _shares(known: Known, place: str) -> Iterator[Text]:
    for row in latest(known, "openness", place):
        if any(missing(row[name]) for name in SHARES):
            continue
        values: dict[str, Piece] = {name: rate(known, "openness", row, name) for name in SHARES}
        values["partners"] = known.few(f"partners/{place}", int(row["partners"]))
        yield known.book.say("diagnosis.open.works", place=known.place(place), **values)


def _ends(known: Known) -> Iterator[Text]:
    """Say between which places the rates lie."""
    for table, column in (("open_innovation", "external"), ("openness", "elsewhere"), ("openness", "abroad")):
        rows = [row for row in latest(known, table) if not missing(row[column])]
        if len(rows) > 1 and not abroad_alike(known, table, column):
            yield _between(known, table, column, rows)


def abroad_alike(known: Known, table: str, column: str) -> bool:
    """Say whether members abroad are the same as members elsewhere: the places are then countries."""
    rows = latest(known, table)
    return column == "abroad" and all(row["abroad"] == row["elsewhere"] for row in rows)


def _between(known: Known, table: str, column: str, rows: Sequence[Row]) -> Text:
    ordered = sorted(enough(rows), key=lambda row: float(row[column]))
    name = "open" if table == "open_innovation" else table
    values: dict[str, Piece] = {"all": known.few(f"{name}/{column}", len(rows))}
    for end, row in (("least", ordered[0]), ("most", ordered[-1])):
        values[end] = known.place(str(row["place"]))
        values[f"{end}_share"] = rate(known, name, row, column)
    return known.book.say(f"diagnosis.open.between_{column}", **values)
