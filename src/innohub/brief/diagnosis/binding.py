"""The constraints: where points are lost, which groups bind and on what evidence, and which do not."""

from collections.abc import Sequence
from typing import Any

from innohub.brief.diagnosis.known import Known, Row, missing
from innohub.brief.diagnosis.losses import losses
from innohub.brief.ledger import Piece
from innohub.brief.model import Block, Paragraph, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.blocks import Pictures

BINDS, LOOSE, DARK, CLEAR = "binds", "does not bind", "cannot judge", "no obstacle"


def binding(known: Known, pictures: Pictures) -> list[Section]:
    """Return the section on constraints; none where the run has neither obstacles nor constraints."""
    book = known.book
    found: list[Block] = []
    for place in known.places:
        found += blocks.paragraph(book, *losses(known, place))
    found += blocks.figure(book, "obstacles", pictures)
    for place in known.places:
        found += _ranked(known, place)
    if not known.places:
        found += blocks.paragraph(book, *counts(known))
    found += blocks.figure(book, "constraints", pictures)
    return [blocks.section(book, 1, book.say("diagnosis.binding.title"), found)] if found else []


def groups(known: Known, place: str, verdict: str) -> list[dict[str, Any]]:
    """Return the groups of constraints of a place with a verdict, the most severe first."""
    rows = [row for row in known.now("constraints", place) if row["verdict"] == verdict]
    return sorted(rows, key=lambda row: float("inf") if missing(row["rank"]) else float(row["rank"]))


def _ranked(known: Known, place: str) -> list[Block]:
    """Tell each group that binds in a paragraph of its own, and the others in one."""
    book = known.book
    rows = groups(known, place, BINDS)
    found: list[Block] = []
    if rows:
        found += blocks.paragraph(book, _how_many(known, place, len(rows)))
    marks = book.labels("layout.points")
    for number, row in enumerate(rows):
        mark = book.quote(marks[number]) if number < len(marks) else ()
        lead = book.say("diagnosis.binding.lead", group=known.group(str(row["group"])))
        text = book.sentences([_measure(known, place, row), _evidence(known, place, str(row["group"]))])
        found.append(Paragraph(book.capital(text), (*mark, *book.capital(lead))))
    return [*found, *blocks.paragraph(book, *_others(known, place))]


def _how_many(known: Known, place: str, number: int) -> Text:
    every = len({row["group"] for row in known.now("constraints", place)})
    values: dict[str, Piece] = {
        "place": known.place(place),
        "number": known.few(f"binding/{place}", number),
        "all": known.few("groups", every),
    }
    return known.book.say_of("diagnosis.binding.how_many", number, **values)


def _measure(known: Known, place: str, row: Row) -> Text:
    """Say severity, gap to the peers and confidence of a group."""
    book, key = known.book, f"group/{place}/{row['group']}"
    values: dict[str, Piece] = {
        "obstacle": known.share(f"{key}/obstacle", float(row["obstacle"]), 1, place=place),
        "weight": known.share(f"{key}/weight", float(row["weight"]), 1, place=place),
        "severity": known.number(f"{key}/severity", float(row["severity"]), 2, place=place),
    }
    said = [book.say("diagnosis.binding.severity", **values), _gap(known, place, row, key)]
    if not missing(row["confidence"]):
        chance = known.chance(f"{key}/confidence", float(row["confidence"]), place=place)
        said.append(book.say("diagnosis.binding.confidence", chance=chance))
    return book.sentences(said)


def _gap(known: Known, place: str, row: Row, key: str) -> Text:
    """Say how a score stands to the median of the peers."""
    if missing(row.get("gap")):
        return ()
    gap = float(row["gap"])
    values: dict[str, Piece] = {
        "score": known.number(f"{key}/score", float(row["score"]), 2, place=place),
        "median": known.number(f"{key}/median", float(row["peer_median"]), 2),
    }
    return known.book.say(f"diagnosis.binding.{_side(gap)}", **values)


def ahead(row: Row) -> bool:
    """Say whether a group scores above the median of the peers, though it binds."""
    return not missing(row.get("gap")) and _side(float(row["gap"])) == "above"


def _side(gap: float) -> str:
    # a gap that prints as nought is none to a reader
    return "level" if abs(gap) < 0.005 else "below" if gap < 0 else "above"


def _evidence(known: Known, place: str, group: str) -> Text:
    """Tell the indicators behind a group, each with its value, year and how it stands to the peers."""
    book = known.book
    rows = sorted(known.rows("constraint_evidence", place, group=group), key=lambda row: int(row["order"]))
    rows = [row for row in rows if not missing(row["value"])]
    years = {None if missing(row["year"]) else int(row["year"]) for row in rows}
    once = len(years) == 1 and None not in years
    told = [_piece(known, place, row, dated=not once) for row in rows]
    if not told:
        return ()
    year = book.when(int(rows[0]["year"])) if once else ()
    key = "diagnosis.binding.evidence_year" if once else "diagnosis.binding.evidence"
    return book.say(key, year=year, list=book.join(told, "clause"))


def _piece(known: Known, place: str, row: Row, *, dated: bool) -> Text:
    book = known.book
    indicator = str(row["indicator"])
    key = f"evidence/{place}/{indicator}"
    values: dict[str, Piece] = {
        "indicator": known.node(indicator),
        "value": known.value(key, row, place),
        "year": book.say("diagnosis.binding.in_year", year=book.when(int(row["year"])))
        if dated and not missing(row["year"])
        else (),
        "score": known.number(f"{key}/score", float(row["score"]), 2, place=place),
    }
    if missing(row["gap"]):
        return book.say("diagnosis.binding.piece_bare", **values)
    values["median"] = known.number(f"{key}/median", float(row["peer_median"]), 2)
    return book.say(f"diagnosis.binding.piece_{_side(float(row['gap']))}", **values)


def _others(known: Known, place: str) -> list[Text]:
    """Name the groups that do not bind, that have no obstacle, and that cannot be judged."""
    book = known.book
    said = []
    loose = groups(known, place, LOOSE)
    if loose:
        told = [
            book.say(
                "diagnosis.binding.loose_part",
                group=known.group(str(row["group"])),
                severity=known.number(
                    f"group/{place}/{row['group']}/severity", float(row["severity"]), 2, place=place
                ),
            )
            for row in loose
        ]
        said.append(book.say("diagnosis.binding.loose", list=book.join(told)))
    for verdict, key in ((CLEAR, "clear"), (DARK, "dark")):
        rows = groups(known, place, verdict)
        if rows:
            names = known.series([known.group(str(row["group"])) for row in rows])
            said.append(book.say(f"diagnosis.binding.{key}", place=known.place(place), groups=names))
    return said


def counts(known: Known) -> Sequence[Text]:
    """Say how many places each group binds."""
    book = known.book
    rows = known.now("constraints")
    names = dict.fromkeys(str(row["group"]) for row in rows)
    bound = {name: sum(row["group"] == name and row["verdict"] == BINDS for row in rows) for name in names}
    told = [
        book.say(
            "diagnosis.binding.count_part",
            group=known.group(name),
            number=known.few(f"bound/{name}", bound[name]),
        )
        for name in sorted(names, key=lambda name: -bound[name])
        if bound[name]
    ]
    if not told:
        return ()
    every = known.few("places judged", len({row["place"] for row in rows}))
    return (book.say("diagnosis.binding.counts", all=every, list=book.join(told, "clause")),)
