"""Comparison with the published layout plan."""

from dataclasses import replace
from typing import Any

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Block, Section, Table, Text
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart.tables import records


def plan(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the published plan; none without one."""
    facts = book.facts
    if facts.tiering is None or not facts.has("plan_comparison"):
        return []
    frame = facts.table("plan_comparison").dropna(subset=["planned"]).set_index("place")
    if frame.empty:
        return []
    agrees = bool(frame["agrees"].astype(bool).all())
    same = same_origin(book)
    form = ("agrees_same" if same else "agrees") if agrees else "differs"
    heading = book.say(f"plan.title_{form}")
    origin = book.say("plan.same_origin") if same else () if agrees else book.say("plan.other_origin")
    found = [
        *blocks.paragraph(book, _counts(book, frame), *_differences(book, frame), _outside(book)),
        *blocks.paragraph(book, origin, _open_in_plan(book)),
        *blocks.figure(book, "map", pictures),
        *_table(book, frame),
    ]
    return [blocks.section(book, 1, heading, found)]


def _counts(book: Ledger, frame: pd.DataFrame) -> Text:
    centres = book.facts.table("plan")
    agree = int(frame["agrees"].astype(bool).sum())
    values: dict[str, Piece] = {
        "agree": book.count("places that agree with the plan", agree),
        "compared": book.count("places compared with the plan", len(frame)),
        "differ": book.count("places that differ from the plan", len(frame) - agree),
    }
    sentence = book.say("plan.agrees" if agree == len(frame) else "plan.differs", **values)
    if centres.empty:
        return sentence
    listed = book.count("centre cities in the plan", len(centres))
    inside = book.count(
        "centre cities in ranked places", int(centres["place"].fillna("").isin(frame.index).sum())
    )
    where = book.say("plan.centres", centres=listed, inside=inside, compared=values["compared"])
    return book.sentences([where, sentence])


def _differences(book: Ledger, frame: pd.DataFrame) -> list[Text]:
    rows = frame[~frame["agrees"].astype(bool)]
    parts = [
        book.say(
            "plan.difference", place=book.name(str(row.Index)),
            planned=book.tier(str(row.planned)), assigned=book.tier(str(row.assigned)),
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    return [book.say("plan.difference_list", list=book.join(parts, "clause"))] if parts else []


def _outside(book: Ledger) -> Text:
    """Name the centres of the plan for which the study has no ranked place."""
    centres = book.facts.table("plan")
    if centres.empty:
        return ()
    known = centres["place"].fillna("").isin(book.facts.order)
    if known.all():
        return ()
    cities = [book.quote(city) for city in centres.loc[~known, f"centre_{book.language}"]]
    return book.say("plan.outside", cities=book.join(cities))


def same_origin(book: Ledger) -> bool:
    """Say whether the plan and the panel come from one publication (same address)."""
    facts = book.facts
    sources, centres = facts.table("sources"), facts.table("plan")
    if sources.empty or centres.empty or "url" not in sources:
        return False
    address = sources.drop_duplicates("source").set_index("source")["url"].fillna("")
    of_plan = {address.get(source, "") for source in centres["source"]} - {""}
    of_panel = {address.get(source, "") for source in facts.used["source"]} - {""}
    return bool(of_plan & of_panel)


def _open_in_plan(book: Ledger) -> Text:
    """Say that agreement on an open place is weaker than it looks."""
    unsure = book.facts.open_places
    return book.say("plan.open", places=blocks.named(book, "open places", unsure)) if unsure else ()


def _table(book: Ledger, frame: pd.DataFrame) -> list[Block]:
    rows = [_row(book, frame, tier) for tier in book.facts.tier_ids if (frame["planned"] == tier).any()]
    columns = [
        ("tier", 0.14, "center"),
        ("places", 0.58, "left"),
        ("cities", 0.12, "center"),
        ("agree", 0.16, "center"),
    ]
    found = blocks.table(book, "plan", rows, columns)  # type: ignore[arg-type]
    notes = [book.quote(note) for note in dict.fromkeys(_notes(book))]
    if not notes:
        return found
    note = book.say("table.plan.mark", notes=book.join(notes, "clause"))
    return [replace(block, note=note) if isinstance(block, Table) else block for block in found]


def _notes(book: Ledger) -> list[str]:
    centres = book.facts.table("plan")
    shown = [row for row in records(centres) if row["place"] in book.facts.order]
    return [note for row in shown if (note := _note(book, row))]


def _note(book: Ledger, row: dict[str, Any]) -> str:
    return text(row.get(f"note_{book.language}")) or text(row.get("note"))


def _row(book: Ledger, frame: pd.DataFrame, tier: str) -> list[Piece]:
    planned = frame[frame["planned"] == tier]
    places = [place for place in book.facts.order if place in planned.index]
    agree = int(planned["agrees"].astype(bool).sum())
    key = f"places planned as {tier}"
    of = book.say("plan.of", agree=book.count(f"{key}, agreeing", agree), all=book.count(key, len(planned)))
    return [book.tier(tier), book.join([_with_cities(book, p) for p in places]), _city_count(book, tier), of]


def _with_cities(book: Ledger, place: str) -> Text:
    centres = book.facts.table("plan")
    rows = centres[centres["place"] == place] if not centres.empty else centres
    if rows.empty:
        return book.name(place)
    cities = [f"{row[f'centre_{book.language}']}{'*' if _note(book, row) else ''}" for row in records(rows)]
    listed = book.join([book.quote(city) for city in cities], "inner")
    return book.say("plan.place_cities", place=book.name(place), cities=listed)


def _city_count(book: Ledger, tier: str) -> Piece:
    centres = book.facts.table("plan")
    number = int((centres["tier"] == tier).sum()) if not centres.empty else 0
    return book.count(f"centre cities/{tier}", number)
