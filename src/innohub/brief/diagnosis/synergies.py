"""Synergies of sectors, places and levels against what is expected of them, and the triple helix."""

from collections.abc import Iterator, Sequence
from typing import Any

from innohub.brief.diagnosis.known import Known, Row, missing
from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Text
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart.chains import last_year
from innohub.chart.ecosystem import FEW
from innohub.ecosystem.bootstrap import FEW_WORKS

KINDS = ("subjects", "cities", "levels")
# A ratio to less than one expected tie says little.
LEAST_TIES = 1
MOST_PAIRS = 3
_PLACED = ("chain_fusion", "synergy", "open_innovation", "openness", "triple_helix", "talent_mismatch")


def latest(known: Known, table: str, place: str | None = None) -> list[dict[str, Any]]:
    """Return the rows of a table in its last year up to the study's, or those of all years together."""
    frame = known.found.table(table)
    if frame.empty:
        return []
    rows = last_year(frame, known.book.facts.settings.study.year)
    own = rows if place is None else rows[rows["place"] == place]
    return [dict(row) for row in own.to_dict("records")]  # type: ignore[arg-type]


def told_places(known: Known) -> tuple[str, ...]:
    """Return the places to tell of one by one: those asked for, else all where they are few."""
    names = dict.fromkeys(text(row["place"]) for table in _PLACED for row in known.rows(table))
    every = tuple(name for name in names if name)
    section = known.rule.synergy
    wanted = known.places or known.rule.places or (section.places if section else ())
    asked = tuple(place for place in wanted if place in every)
    found = asked or every
    return found if len(found) <= FEW else ()


def wholes(known: Known) -> dict[str, Row]:
    """Return the synergy of all works by kind, in the order in which they are told."""
    rows = {
        str(row["kind"]): row
        for row in latest(known, "synergy")
        if not text(row["place"]) and not missing(row["share"])
    }
    return {kind: rows[kind] for kind in KINDS if kind in rows}


def verdict(row: Row, column: str = "ratio", even: float = 1.0) -> str:
    """Say whether a number lies above or below another with all of its interval; ``near`` where it does not.

    >>> verdict({"ratio": 0.9, "ratio_low": 0.8, "ratio_high": 0.95}), verdict({"ratio": 1.1})
    ('below', 'near')
    """
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    if missing(low) or missing(high):
        return "near"
    return (
        "above"
        if float(row[f"{column}_low"]) > even
        else "below"
        if float(row[f"{column}_high"]) < even
        else "near"
    )


def kind_name(known: Known, kind: str) -> Text:
    """Return what ties of a kind are called."""
    return known.book.say(f"diagnosis.synergy.kind.{kind}")


def helix_row(row: Row) -> dict[str, Any]:
    """Return a row of the triple helix with its interval named as those of other tables."""
    return {**row, "bits_low": row.get("low"), "bits_high": row.get("high")}


def synergies(known: Known) -> list[Block]:
    """Return the paragraphs on the three synergies, their pairs and the triple helix."""
    book = known.book
    places = told_places(known)
    found = blocks.paragraph(book, *_told(known, places), lead=book.say("diagnosis.synergy.lead"))
    found += blocks.paragraph(
        book, *pairs(known), *level_pairs(known), lead=book.say("diagnosis.synergy.pairs_lead")
    )
    return found + blocks.paragraph(
        book, *_helix(known, places), lead=book.say("diagnosis.synergy.helix_lead")
    )


def enough(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that rest on enough works to name them as ends; all where fewer than two do."""
    found = [row for row in rows if int(row["works"]) >= FEW_WORKS]
    return found if len(found) > 1 else list(rows)


def _told(known: Known, places: Sequence[str]) -> Iterator[Text]:
    """Tell each kind: of the whole, of the places to tell one by one, else how the places spread."""
    rows = [row for row in latest(known, "synergy") if not missing(row["share"])]
    for kind in KINDS:
        own = [row for row in rows if row["kind"] == kind]
        for row in own:
            if not text(row["place"]) or text(row["place"]) in places:
                yield _share(known, kind, row)
        ratios = [row for row in own if text(row["place"]) and not missing(row["ratio"])]
        if not places and len(ratios) > 1:
            yield _spread(known, kind, ratios)


def _share(known: Known, kind: str, row: Row) -> Text:
    book, place = known.book, text(row["place"])
    key = f"synergy/{kind}/{place}"
    whose = book.say("diagnosis.synergy.of_place", place=known.place(place)) if place else ()
    values: dict[str, Piece] = {
        "whose": whose or book.say("diagnosis.synergy.of_all"),
        "kind": kind_name(known, kind),
        "share": known.share(f"{key}/share", float(row["share"]), 1, place=place),
    }
    if missing(row["ratio"]):
        return book.say("diagnosis.synergy.bare", **values)
    values["expected"] = known.share(f"{key}/expected", float(row["expected"]), 1, place=place)
    values["ratio"] = known.span(key, row, "ratio", 2, "times")
    values["verdict"] = book.say(f"diagnosis.synergy.{verdict(row)}")
    return book.say("diagnosis.synergy.share", **values)


def _spread(known: Known, kind: str, rows: Sequence[Row]) -> Text:
    """Say how many places stand above and below expectation, and name the ends."""
    book, key = known.book, f"synergy/{kind}"
    ordered = sorted(enough(rows), key=lambda row: -float(row["ratio"]))
    counts = {side: sum(verdict(row) == side for row in rows) for side in ("above", "below", "near")}
    sides = [
        book.say(f"diagnosis.synergy.{side}_in", number=known.few(f"{key}/{side}", counts[side]))
        for side in counts
        if counts[side]
    ]
    values: dict[str, Piece] = {"kind": kind_name(known, kind), "list": book.join(sides)}
    for end, row in (("best", ordered[0]), ("worst", ordered[-1])):
        place = text(row["place"])
        values[end] = known.place(place)
        values[f"{end}_ratio"] = known.span(f"{key}/{place}", row, "ratio", 2, "times")
    values["least"] = known.few("few works", FEW_WORKS)
    return book.say("diagnosis.synergy.spread", **values)


def known_pairs(known: Known) -> list[dict[str, Any]]:
    """Return the pairs of places of which at least one tie is expected, the highest ratio first."""
    rows = [row for row in latest(known, "synergy_pairs") if not missing(row["ratio"])]
    large = [row for row in rows if float(row["expected"]) >= LEAST_TIES]
    return sorted(large, key=lambda row: -float(row["ratio"]))


def pairs(known: Known) -> Iterator[Text]:
    """Name the pairs of places furthest above and below expectation."""
    book, rows = known.book, known_pairs(known)
    if len(rows) < 2:
        return
    values: dict[str, Piece] = {
        "number": known.few("pairs", len(rows)),
        "least": known.few("least ties", LEAST_TIES),
    }
    most = min(MOST_PAIRS, len(rows) // 2)
    for end, own in (("strong", rows[:most]), ("weak", rows[: -most - 1 : -1])):
        values[end] = book.join([_pair(known, row) for row in own])
    yield book.say("diagnosis.synergy.pairs", **values)


def _pair(known: Known, row: Row) -> Text:
    place, other = text(row["place"]), text(row["other"])
    ratio = known.number(f"pair/{place}/{other}", float(row["ratio"]), 2, place=place)
    return known.book.say(
        "diagnosis.synergy.pair", place=known.place(place), other=known.place(other), ratio=ratio
    )


def level_pairs(known: Known) -> Iterator[Text]:
    """Name the levels that take part together most and least."""
    book = known.book
    rows = [row for row in latest(known, "level_pairs", "") if not missing(row["share"])]
    rows.sort(key=lambda row: -float(row["share"]))
    if len(rows) < 2:
        return
    values: dict[str, Piece] = {}
    for end, row in (("most", rows[0]), ("least", rows[-1])):
        values[end] = level_pair(known, row)
        values[f"{end}_share"] = known.share(f"levels/{row['level']}/{row['other']}", float(row["share"]), 1)
    yield book.say("diagnosis.synergy.levels", **values)


def level_pair(known: Known, row: Row) -> Text:
    """Name two levels that take part together."""
    names = {end: known.book.say(f"diagnosis.synergy.level.{row[end]}") for end in ("level", "other")}
    return known.book.say("diagnosis.synergy.level_pair", **names)


def _helix(known: Known, places: Sequence[str]) -> Iterator[Text]:
    """Tell the mutual information of all works, of the places to tell one by one, else its ends."""
    book = known.book
    rows = [helix_row(row) for row in latest(known, "triple_helix") if not missing(row["bits"])]
    for row in rows:
        place = text(row["place"])
        if place and place not in places:
            continue
        values: dict[str, Piece] = {
            "whose": book.say("diagnosis.synergy.of_place", place=known.place(place))
            if place
            else book.say("diagnosis.synergy.of_all"),
            "bits": known.span(f"helix/{place}", row, "bits", 3, "bits"),
        }
        yield book.say(f"diagnosis.synergy.helix_{verdict(row, 'bits', 0.0)}", **values)
    own = sorted((row for row in rows if text(row["place"])), key=lambda row: float(row["bits"]))
    if places or len(own) < 2:
        return
    values = {"below": known.few("helix/below", sum(verdict(row, "bits", 0.0) == "below" for row in own)),
              "all": known.few("helix/places", len(own))}  # fmt: skip
    # an interval without width says that all works of the place are alike
    ends = enough([row for row in own if row["low"] != row["high"]] or own)
    for end, one in (("strong", ends[0]), ("weak", ends[-1])):
        place = text(one["place"])
        values[end] = known.place(place)
        values[f"{end}_bits"] = known.span(f"helix/{place}", one, "bits", 3, "bits")
    yield book.say("diagnosis.synergy.helix_places", **values)
