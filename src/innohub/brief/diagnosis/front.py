"""Title, lead and key messages of a diagnosis: what binds, how sure that is, what would address it."""

from innohub.brief.diagnosis.base import classes
from innohub.brief.diagnosis.binding import BINDS, ahead, counts, groups
from innohub.brief.diagnosis.change import whole_change
from innohub.brief.diagnosis.known import Known, missing, parts
from innohub.brief.diagnosis.matters import headline, opening, told, why
from innohub.brief.ledger import Piece
from innohub.brief.model import Text


def title(known: Known) -> tuple[Text, ...]:
    """Return the judgement in two lines: how coordinated a place is, and what binds it."""
    book = known.book
    if not known.coupled and not known.rows("constraints"):
        return headline(known)
    if not known.places:
        number = known.few("places", len(known.found.places))
        return book.say("diagnosis.title.many", number=number), book.say("diagnosis.title.many_rest")
    place = known.places[0]
    row = known.state(place)
    graded = row is not None and parts(row.get("class"))
    if len(known.places) > 1 or row is None or not graded:
        return book.capital(book.say("diagnosis.title.few", places=book.names(known.places))), _rest(
            known, known.places
        )
    first = book.say("diagnosis.title.state", place=known.place(place), grade=known.grade(row))
    return book.capital(first), _rest(known, (place,))


def _rest(known: Known, places: tuple[str, ...]) -> Text:
    bound = [row for place in places for row in groups(known, place, BINDS)]
    if not bound:
        known_groups = known.rows("constraints")
        return known.book.say("diagnosis.title.free" if known_groups else "diagnosis.title.bare")
    number = len(dict.fromkeys(str(row["group"]) for row in bound))
    if len(places) == 1:
        key = "loses" if ahead(bound[0]) else "binds"
        return known.book.say(f"diagnosis.title.{key}", group=known.group(str(bound[0]["group"])))
    return known.book.say_of("diagnosis.title.bind", number, number=known.few("binding groups", number))


def lead(known: Known, *, short: bool = False) -> Text:
    """Return the lead paragraph; short where a box of messages follows."""
    book = known.book
    based = bool(known.found.subsystems)
    said = [_base(known) if based else (), opening(known, besides=based)]
    if short:
        return book.sentences([*said, book.say(f"diagnosis.lead.why{why(known)}")])
    return book.sentences([*said, book.say("diagnosis.lead.judged"), *messages(known)])


def _base(known: Known) -> Text:
    book = known.book
    values: dict[str, Piece] = {
        "year": book.when(known.found.year),
        "number": known.few("subsystems", len(known.found.subsystems)),
        "subsystems": known.nodes(known.found.subsystems),
        "places": book.names(known.places),
        "all": known.few("places", len(known.found.state) or len(known.found.places)),
    }
    return book.say("diagnosis.lead.base" if known.places else "diagnosis.lead.base_all", **values)


def messages(known: Known) -> list[Text]:
    """Return the results in sentences."""
    found: list[Text] = []
    for place in known.places:
        found += [_state(known, place), _lowest(known, place)]
        found += [_binding(known, place), _advice(known, place)]
    if known.coupled and not known.places:
        found += [classes(known), *counts(known)]
    found += told(known)
    return [text for text in dict.fromkeys(found) if text]


def _state(known: Known, place: str) -> Text:
    row = known.state(place)
    if row is None:
        return ()
    book = known.book
    values: dict[str, Piece] = {
        "place": known.place(place),
        "year": book.when(known.found.year),
        "coordination": known.span(f"coordination/{place}", row, "coordination"),
        "order": known.order(place),
        "all": known.few("places", len(known.found.state)),
    }
    since = _since(known, place)
    if not parts(row.get("class")):
        return book.sentences([book.say("diagnosis.lead.state_bare", **values), since])
    values["grade"] = known.grade(row)
    if missing(row.get("class_probability")):
        return book.sentences([book.say("diagnosis.lead.state_graded", **values), since])
    values["chance"] = known.chance(f"class/{place}", float(row["class_probability"]), place=place)
    return book.sentences([book.say("diagnosis.lead.state", **values), since])


def _since(known: Known, place: str) -> Text:
    """Say by how much coordination has changed since the first year."""
    row = whole_change(known, place)
    if row is None or missing(row["coordination_change"]):
        return ()
    delta = float(row["coordination_change"])
    size = known.number(f"change/{place}", abs(delta), place=place)
    key = "up" if delta > 0 else "down"
    return known.book.say(f"diagnosis.lead.{key}", first=known.book.when(int(row["start"])), change=size)


def _lowest(known: Known, place: str) -> Text:
    rows = [row for row in known.now("lags", place) if not parts(row["first"]) and row["lag"] == "lowest"]
    if not rows:
        return ()
    return known.book.say("diagnosis.lead.lowest", lowest=known.nodes(parts(rows[0]["lagging"])))


def _binding(known: Known, place: str) -> Text:
    """Say which groups bind, with severity and confidence."""
    book = known.book
    every = known.now("constraints", place)
    rows = groups(known, place, BINDS)
    if not every:
        return ()
    if not rows:
        return book.say("diagnosis.lead.free", place=known.place(place))
    bound = []
    for row in rows:
        key = f"group/{place}/{row['group']}"
        values: dict[str, Piece] = {
            "group": known.group(str(row["group"])),
            "severity": known.number(f"{key}/severity", float(row["severity"]), 2, place=place),
        }
        if missing(row["confidence"]):
            bound.append(book.say("diagnosis.lead.bound_bare", **values))
            continue
        values["chance"] = known.chance(f"{key}/confidence", float(row["confidence"]), place=place)
        bound.append(book.say("diagnosis.lead.bound", **values))
    said = [book.say("diagnosis.lead.binds", place=known.place(place), list=book.join(bound, "clause"))]
    above = [ahead(row) for row in rows]
    if any(above):
        names = known.series([known.group(str(row["group"])) for row in rows if ahead(row)])
        said.append(book.say(f"diagnosis.lead.ahead{'_all' if all(above) else ''}", groups=names))
    return book.sentences(said)


def _advice(known: Known, place: str) -> Text:
    """Say how many levers the texts name against the group that binds most."""
    rows = groups(known, place, BINDS)
    if not rows:
        return ()
    levers = known.rows("constraint_levers", place, group=rows[0]["group"])
    if not levers:
        return ()
    levers.sort(key=lambda row: int(row["order"]))
    first = str(levers[0][known.book.language]).rstrip("。.")
    values: dict[str, Piece] = {
        "group": known.group(str(rows[0]["group"])),
        "number": known.few(f"levers/{place}", len(levers)),
        "first": known.book.quote(first),
    }
    return known.book.say_of("diagnosis.lead.advice", len(levers), **values)
