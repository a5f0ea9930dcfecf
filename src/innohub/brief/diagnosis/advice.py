"""Modes and cases, and the advice: levers that the texts name against what binds, each with its source."""

from typing import Any

from innohub.brief.diagnosis.binding import BINDS, counts, groups
from innohub.brief.diagnosis.known import Known, missing
from innohub.brief.diagnosis.labels import label
from innohub.brief.model import Block, Paragraph, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.modes import modes as known_modes

Lever = dict[str, str]
MOST_CASES = 6
LAST = "末段"
_BRACKETS = str.maketrans({"（": "(", "）": ")"})


def modes(known: Known) -> list[Section]:
    """Return the section on practice modes and cases; none where the run has neither."""
    book = known.book
    found: list[Block] = []
    for row in _verdicts(known):
        found += blocks.paragraph(book, _mode(known, row))
    for place, text_ in _cases(known):
        found.append(Paragraph(text_, place))
    return [blocks.section(book, 1, book.say("diagnosis.modes.title"), found)] if found else []


def _verdicts(known: Known) -> list[dict[str, Any]]:
    """Return the leading mode of each place, or its mixture."""
    rows = [row for row in known.rows("modes") if not missing(row["share"]) and row["basis"] != "none"]
    places = dict.fromkeys(str(row["place"]) for row in rows)
    return [
        max((row for row in rows if row["place"] == place), key=lambda row: float(row["share"]))
        for place in places
    ]


def _mode(known: Known, row: dict[str, Any]) -> Text:
    book, place = known.book, str(row["place"])
    share = known.share(f"mode/{place}", float(row["share"]), place=place)
    key = "mixed" if row["verdict"] == "mixed" else "mode"
    said = book.say(
        f"diagnosis.modes.{key}",
        place=known.place(place),
        mode=_mode_name(known, str(row["mode"])),
        share=share,
    )
    if missing(row["certainty"]):
        return said
    chance = known.chance(f"mode/{place}", float(row["certainty"]), place=place)
    return book.sentences([said, book.say("diagnosis.modes.sure", chance=chance)])


def _mode_name(known: Known, mode: str) -> Text:
    found = known_modes().get(mode)
    return known.book.quote(found.label[known.book.language]) if found else label(known, mode)


def _cases(known: Known) -> list[tuple[Text, Text]]:
    """Tell each case with its numbers, a paragraph a case: name, then way and numbers."""
    book = known.book
    rows = known.rows("cases") or [
        {**row, "case": row["id"], "item": row["id"]} for row in known.rows("register_cases")
    ]
    found = []
    for case in list(dict.fromkeys(str(row["case"]) for row in rows))[:MOST_CASES]:
        own = [row for row in rows if row["case"] == case]
        first = own[0]
        mode = _mode_name(known, text(first["mode"]))
        # a mode that has no name in the language of the brief is not told
        named = bool(mode) and (book.language == "zh" or mode[0].text.isascii())
        lead = book.say(f"diagnosis.modes.case{'' if named else '_bare'}", name=known.said(first), mode=mode)
        told = [_number(known, case, row) for row in own if not missing(row["value"])]
        said = (
            [known.book.say("diagnosis.modes.way", way=known.said(first, "way"))]
            if known.told(first, "way")
            else []
        )
        if told:
            said.append(book.say("diagnosis.modes.numbers", list=book.join(told, "clause")))
        if said:
            found.append((book.capital(lead), book.sentences(said)))
    return found


def _number(known: Known, case: str, row: dict[str, Any]) -> Text:
    value = known.value(f"case/{case}/{row['item']}/{row['year']}", row, text(row["place"]))
    item = known.said(row, "item")
    if missing(row["year"]):
        return known.book.say("diagnosis.modes.number_undated", item=item, value=value)
    return known.book.say(
        "diagnosis.modes.number", item=item, value=value, year=known.book.when(int(row["year"]))
    )


def advice(known: Known) -> list[Section]:
    """Return the section on levers; none where no group binds."""
    book = known.book
    places = known.places
    found: list[Block] = []
    for place in places:
        for row in groups(known, place, BINDS):
            levers = _levers(known, place, str(row["group"]))
            if levers:
                lead = book.say(
                    "diagnosis.advice.lead", owner=_owner(known, place), group=known.group(str(row["group"]))
                )
                found.append(Paragraph(_told(known, levers), book.capital(lead)))
    if not places and counts(known):
        found += _of_all(known)
    if not found:
        return []
    opening = blocks.paragraph(book, book.say("diagnosis.advice.opening"))
    return [blocks.section(book, 1, book.say("diagnosis.advice.title"), [*opening, *found])]


def _owner(known: Known, place: str) -> Text:
    """Name the place where several are diagnosed."""
    return known.book.say("diagnosis.advice.owner", place=known.place(place)) if len(known.places) > 1 else ()


def _levers(known: Known, place: str, group: str) -> list[Lever]:
    """Return the levers against a group as the run lists them."""
    rows = sorted(known.rows("constraint_levers", place, group=group), key=lambda row: int(row["order"]))
    return [
        {
            "said": text(row[known.book.language]),
            "section": text(row["section"]),
            "source": text(row[f"source_{known.book.language}"]),
        }
        for row in rows
    ]


def _told(known: Known, levers: list[Lever]) -> Text:
    """Tell levers source by source, each with its section."""
    book = known.book
    said = []
    for source in dict.fromkeys(lever["source"] for lever in levers):
        told = [
            book.say(
                "diagnosis.advice.lever",
                lever=book.quote(lever["said"].rstrip("。.")),
                section=_section(known, lever["section"]),
            )
            for lever in levers
            if lever["source"] == source
        ]
        said.append(
            book.say("diagnosis.advice.from", source=_short(known, source), list=book.join(told, "clause"))
        )
    return book.sentences(said)


def _section(known: Known, section: str) -> Text:
    """Name a section of a text; its last paragraph has a name of its own in each language."""
    if section == LAST:
        return known.book.say("diagnosis.advice.last")
    return known.book.quote(section if known.book.language == "zh" else section.translate(_BRACKETS).rstrip())


def _short(known: Known, source: str) -> Text:
    """Refer to a source by its number in the list of the annex."""
    every = cited(known)
    at = every.index(source) + 1 if source in every else 0
    return known.book.say(
        "diagnosis.advice.source", number=known.book.plain_number(f"diagnosis/text/{at}", at, str(at))
    )


def cited(known: Known) -> list[str]:
    """Return the texts that the levers are from, in order of first use."""
    column = f"source_{known.book.language}"
    rows = known.rows("constraint_levers")
    own = [row for row in rows if row["place"] in known.places] if known.places else rows
    return list(dict.fromkeys(text(row[column]) for row in own if text(row[column])))


def _of_all(known: Known) -> list[Block]:
    """Tell the levers against the group that binds most places."""
    book, rows = known.book, known.now("constraints")
    names = dict.fromkeys(str(row["group"]) for row in rows)
    bound = {name: sum(row["group"] == name and row["verdict"] == BINDS for row in rows) for name in names}
    worst = max(bound, key=bound.__getitem__)
    place = next(str(row["place"]) for row in rows if row["group"] == worst and row["verdict"] == BINDS)
    levers = _levers(known, place, worst)
    lead = book.say("diagnosis.advice.lead", owner=(), group=known.group(worst))
    return [Paragraph(_told(known, levers), book.capital(lead))] if levers else []
