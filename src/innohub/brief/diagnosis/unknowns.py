"""What a diagnosis does not know: zeros that decide, coupling near one, squeezing, gaps, low confidence."""

from innohub.brief.diagnosis.binding import BINDS, DARK, groups
from innohub.brief.diagnosis.known import Known, missing
from innohub.brief.diagnosis.registers import held
from innohub.brief.diagnosis.unsure_ties import ties
from innohub.brief.ledger import Piece
from innohub.brief.model import Section, Text
from innohub.brief.sections import blocks
from innohub.catalog.coupling import parse_coupling
from innohub.catalog.registers import registers

Point = tuple[Text, Text]
SURE, WHOLE = 0.5, 0.9995


def unknowns(known: Known) -> list[Section]:
    """Return the section on what is not known, one paragraph a point."""
    book = known.book
    cautions = book.facts.settings.brief.cautions_on("diagnosis")
    told = [blocks.first_sentence(book, caution.text(book.language)) for caution in cautions]
    told += [_zeros(known), _near_one(known), _variant(known), _squeezed(known), _undefined(known)]
    told += [
        _unsure(known),
        _dark(known),
        _lost(known),
        _cause(known),
        _levers(known),
        *ties(known),
        *_registers(known),
        _findings(known),
    ]
    points = blocks.points(book, [point for point in told if point[1]])
    return [blocks.section(book, 1, book.say("diagnosis.unknowns.title"), points)] if points else []


def _point(known: Known, key: str, text: Text) -> Point:
    return known.book.say(f"diagnosis.unknowns.{key}_lead"), text


def _zeros(known: Known) -> Point:
    """Name the places with a subsystem at zero, where coupling is zero whatever the others are."""
    rows = [row for row in known.now("subsystems") if not missing(row["score"]) and float(row["score"]) == 0]
    if not rows or known.rule.squeezed:
        return _point(known, "zeros", ())
    places = list(dict.fromkeys(str(row["place"]) for row in rows))
    values: dict[str, Piece] = {
        "number": known.few("zeros", len(places)),
        "places": blocks.some(known.book, places, 5),
    }
    return _point(known, "zeros", known.book.say_of("diagnosis.unknowns.zeros", len(places), **values))


def _near_one(known: Known) -> Point:
    """Say between which values coupling lies, where the variant piles up near one."""
    state = known.found.state
    if state.empty or parse_coupling(known.found.variant).variant.gathers != "high" or len(state) < 3:
        return _point(known, "near_one", ())
    values = state["coupling"].dropna()
    ends = [
        known.number(f"C/{name}", float(end), 2)
        for name, end in (("least", values.min()), ("most", values.max()))
    ]
    middle = known.number("C/median", float(values.median()), 2)
    text = known.book.say("diagnosis.unknowns.near_one", low=ends[0], high=ends[1], median=middle)
    return _point(known, "near_one", text)


def _variant(known: Known) -> Point:
    """Say how many places change class with the variant."""
    state = known.found.state
    if state.empty or not known.found.others or "class" not in state:
        return _point(known, "variant", ())
    name = known.found.others[0]
    rows = known.found.of(name)
    other: dict[object, str] = dict(
        rows.loc[rows["year"] == known.found.year, ["place", "class"]].itertuples(index=False)
    )
    own = dict(zip(state.index, state["class"], strict=True))
    both = [place for place, grade in own.items() if grade and other.get(place)]
    moved = [place for place in both if own[place] != other[place]]
    if not moved:
        return _point(known, "variant", ())
    values: dict[str, Piece] = {
        "variant": known.variant(name),
        "all": known.few("both", len(both)),
        "number": known.few("moved", len(moved)),
    }
    return _point(known, "variant", known.book.say("diagnosis.unknowns.variant", **values))


def _squeezed(known: Known) -> Point:
    key = "squeezed"
    return _point(known, key, known.book.say("diagnosis.unknowns.squeezed") if known.rule.squeezed else ())


def _undefined(known: Known) -> Point:
    """Say in which share of the draws coordination of a place is not defined."""
    book = known.book
    told = []
    for place in known.places:
        row = known.state(place)
        if row is not None and not missing(row.get("defined")) and float(row["defined"]) < WHOLE:
            share = known.share(f"defined/{place}", float(row["defined"]), 1, place=place)
            told.append(book.say("diagnosis.unknowns.undefined", place=known.place(place), share=share))
    return _point(known, "undefined", book.sentences(told))


def _unsure(known: Known) -> Point:
    """Name the groups that bind but are not often among the two worst."""
    book = known.book
    told = [
        book.say(
            "diagnosis.unknowns.unsure_of" if len(known.places) > 1 else "diagnosis.unknowns.unsure_part",
            place=known.place(place),
            group=known.group(str(row["group"])),
            chance=known.chance(
                f"group/{place}/{row['group']}/confidence", float(row["confidence"]), place=place
            ),
        )
        for place in known.places
        for row in groups(known, place, BINDS)
        if not missing(row["confidence"]) and float(row["confidence"]) < SURE
    ]
    return _point(
        known, "unsure", book.say("diagnosis.unknowns.unsure", list=book.join(told)) if told else ()
    )


def _dark(known: Known) -> Point:
    """Name the groups that lack the data to be judged."""
    book = known.book
    names = dict.fromkeys(str(row["group"]) for place in known.places for row in groups(known, place, DARK))
    if not names:
        return _point(known, "dark", ())
    least = known.rule.constraints.least if known.rule.constraints else 0.5
    values: dict[str, Piece] = {
        "groups": known.series([known.group(name) for name in names]),
        "least": known.share("least data", least),
    }
    return _point(known, "dark", book.say("diagnosis.unknowns.dark", **values))


def _lost(known: Known) -> Point:
    """Name the indicators of the places asked for that have no value."""
    book = known.book
    told = []
    for place in known.places:
        gone = [str(row["indicator"]) for row in known.now("obstacles", place) if missing(row["value"])]
        if gone:
            names = known.nodes(gone[:5])
            told.append(book.say("diagnosis.unknowns.lost", place=known.place(place), indicators=names,
                                 number=known.few(f"lost/{place}", len(gone))))  # fmt: skip
    return _point(known, "lost", book.sentences(told))


def _cause(known: Known) -> Point:
    """Say that an obstacle tells where points are lost, not why."""
    some = known.rows("obstacle_groups") or known.rows("constraints")
    return _point(known, "cause", known.book.say("diagnosis.unknowns.cause") if some else ())


def _levers(known: Known) -> Point:
    some = known.rows("constraint_levers")
    return _point(known, "levers", known.book.say("diagnosis.unknowns.levers") if some else ())


def _registers(known: Known) -> list[Point]:
    """Say what the registers lack: sources, dates, cells not told, and that they are not complete."""
    book, places = known.book, held(known)
    if not places:
        return []
    rows = [row for row in known.rows("register_gaps") if row["place"] in places]
    counts = {
        name: sum(int(row[name]) for row in rows)
        for name in ("entries", "without_source", "without_date", "not_stated")
    }
    values: dict[str, Piece] = {
        name: known.few(f"registers/{name}", number) for name, number in counts.items()
    }
    found = [_point(known, "registers", book.say("diagnosis.unknowns.registers", **values))]
    empty = [str(row["register"]) for row in rows if not int(row["entries"])]
    if empty:
        names = book.join(
            [book.quote(book.within(registers()[name].label[book.language])) for name in dict.fromkeys(empty)]
        )
        found.append(_point(known, "empty", book.say("diagnosis.unknowns.empty", registers=names)))
    whole = [row for row in known.rows("register_completeness") if row["place"] in places]
    if whole and not any(row["complete"] for row in whole):
        found.append(_point(known, "incomplete", book.say("diagnosis.unknowns.incomplete")))
    return found


def _findings(known: Known) -> Point:
    book, number = known.book, len(known.rows("findings"))
    if not number:
        return (), ()
    return book.say("unknowns.lead_findings"), book.say_of(
        "unknowns.findings", number, number=book.few("findings", number)
    )
