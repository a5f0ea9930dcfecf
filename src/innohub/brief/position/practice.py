"""Practice modes of places, by actors and cooperation, and the register of cases."""

import math
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Text
from innohub.brief.position.known import Known
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.cases import case_source, cases
from innohub.catalog.modes import function_name, mode_name
from innohub.catalog.modes import modes as known_modes
from innohub.chart import wording
from innohub.position.evidence.amount import amount
from innohub.position.models.mode import MIXED

Row = dict[str, Any]


def modes(known: Known) -> list[Block]:
    """Tell of each place which practice mode it follows."""
    places = dict.fromkeys(str(row["place"]) for row in known.rows("modes"))
    return [block for place in places for block in blocks.paragraph(known.book, *_mode(known, place))]


def registered(known: Known, *, short: bool) -> list[Text]:
    """Tell what cases there are, their numbers only if it is to be short; what they tell stands in the annex."""
    book = known.book
    rows = known.rows("cases")
    if not short or not rows:
        return _cases(known)
    cases_of, modes_of = ({str(row[column]) for row in rows} for column in ("case", "mode"))
    number, kinds = known.count("cases", len(cases_of)), known.count("cases/modes", len(modes_of))
    return [book.say_of("position.cases.counted", len(cases_of), number=number, modes=kinds)]


def _mode(known: Known, place: str) -> list[Text]:
    book = known.book
    rows = sorted(known.rows("modes", place=place), key=lambda row: -_number(row["share"]))
    verdict, basis = text(rows[0]["verdict"]), text(rows[0]["basis"])
    if not verdict:
        return [book.say("position.modes.no_data", place=book.name(place))]
    section = known.rule.modes if known.rule else None
    limit = section.limit if section else 0.6
    values: dict[str, Piece] = {
        "place": book.name(place),
        "limit": book.claim("position/mode limit", limit, lambda _: wording.level(limit), unit="%"),
        "list": book.join([_part(known, row) for row in rows if _number(row["share"]) > 0]),
    }
    if verdict == MIXED:
        said = [book.say("position.modes.mixed", **values)]
    else:
        (row,) = (row for row in rows if row["mode"] == verdict)
        values |= {
            "mode": book.quote(mode_name(verdict, book.language)),
            "function": book.quote(function_name(str(row["function"]), book.language)),
            "share": _share(known, row, "share"),
            "by": _by(known, row, basis),
        }
        said = [book.say("position.modes.one", **values)]
    return [*said, _sure(known, rows[0]), _left(known, rows[0])]


def _part(known: Known, row: Row) -> Text:
    mode = known.book.quote(mode_name(str(row["mode"]), known.book.language))
    return known.book.say("position.modes.part", mode=mode, share=_share(known, row, "share"))


def _by(known: Known, row: Row, basis: str) -> Text:
    if basis != "actors and ties":
        return known.book.say("position.modes.by_actors")
    values = {name: _share(known, row, name) for name in ("by_actor", "by_tie")}
    return known.book.say("position.modes.by_both", **values)


def _share(known: Known, row: Row, column: str) -> Claim:
    key = f"modes/{row['place']}/{row['mode']}/{column}"
    return known.book.share(key, float(row[column]), place=str(row["place"]))


def _sure(known: Known, row: Row) -> Text:
    """Say in what share of resamples the verdict is the same."""
    value = _number(row["certainty"])
    if value < 0:
        return ()
    key = f"modes/{row['place']}/certainty"
    chance = known.book.claim(key, value, lambda lang: wording.probability(value, lang), unit="%")
    return known.book.say("position.modes.sure", chance=chance)


def _left(known: Known, row: Row) -> Text:
    if not _number(row["left_out"]) > 0:
        return ()
    share = known.book.share(f"modes/{row['place']}/left out", float(row["left_out"]))
    return known.book.say("position.modes.left", share=share)


def _number(value: object) -> float:
    """Return a number, one below zero where it is missing."""
    found = math.nan if value is None else float(str(value))
    return -1.0 if math.isnan(found) else found


def _cases(known: Known) -> list[Text]:
    """Say how many cases there are of which modes, those of the places' own modes by name."""
    book = known.book
    rows = known.rows("cases")
    if not rows:
        return []
    names = {str(row["case"]): text(row[f"name_{book.language}"]) for row in rows}
    mode_of = {str(row["case"]): str(row["mode"]) for row in rows}
    own = {text(row["verdict"]) for row in known.rows("modes")} - {MIXED, ""}
    order = [mode for mode in known_modes() if mode in mode_of.values()]
    parts = [
        book.say(
            "position.cases.part",
            mode=book.quote(mode_name(mode, book.language)),
            names=book.join([book.quote(names[case]) for case in names if mode_of[case] == mode], "inner"),
        )
        for mode in [mode for mode in order if mode in own] or order
    ]
    form = "own" if own & set(order) else "all"
    number = known.count("cases", len(names))
    return [book.say_of(f"position.cases.{form}", len(names), number=number, list=book.join(parts, "clause"))]


def cases_table(known: Known) -> list[Block]:
    """Return the register of cases: each number with its year and source; what is computed is marked."""
    book = known.book
    rows: list[list[Piece]] = []
    before = ""
    for row in known.rows("cases"):
        case = str(row["case"])
        head: list[Piece] = [
            book.quote(text(row[f"name_{book.language}"])),
            book.quote(mode_name(str(row["mode"]), book.language)),
        ]
        rows.append([
            *(head if case != before else ["", ""]),
            book.capital(book.quote(text(row[f"item_{book.language}"]))),
            _case_value(known, row),
            _year(known, row),
        ])  # fmt: skip
        before = case
    columns: list[tuple[str, float, Align]] = [
        ("case", 0.25, "left"), ("mode", 0.2, "left"), ("item", 0.31, "left"), ("value", 0.14, "right"),
        ("year", 0.1, "center"),
    ]  # fmt: skip
    return blocks.table(book, "cases", rows, columns)


def _case_value(known: Known, row: Row) -> Piece:
    """Claim a number of a case with its unit and qualifier; a share is printed as a percentage."""
    book = known.book
    value, unit = float(row["value"]), text(row["unit"])
    if math.isnan(value):
        return "–"
    key = f"cases/{row['case']}/{row['item']}"
    more: dict[str, object] = {"year": whole(row["year"]), "sources": (text(row["source"]),)}
    number = (
        book.share(key, value, 1, **more)
        if unit.startswith("share")
        else book.claim(key, value, lambda lang: amount(value, unit, lang), unit=unit, **more)
    )
    qualifier = text(row["qualifier"])
    said = (
        book.say(f"position.cases.qualifier.{qualifier}", value=number)
        if _known_mark(known, qualifier)
        else None
    )
    told = said or book.join([number])
    return (*told, *book.say("position.cases.computed")) if text(row["derived_from"]) else told


def _known_mark(known: Known, qualifier: str) -> bool:
    return bool(qualifier) and known.book.has(f"position.cases.qualifier.{qualifier}")


def _year(known: Known, row: Row) -> Piece:
    year = whole(row["year"])
    return known.book.when(year) if year is not None else "–"


def case_sources(known: Known) -> list[str]:
    """Return what the cases are read from, as the catalogue calls it; the study's own stand in its annex."""
    ours = {case.source for case in cases().values()}
    used = dict.fromkeys(text(row["source"]) for row in known.rows("cases"))
    return [case_source(source, known.book.language) for source in used if source in ours]
