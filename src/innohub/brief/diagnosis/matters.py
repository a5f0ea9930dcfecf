"""What a diagnosis is about beside coupling: registers, ties, chains, divisions; for its title, lead and messages."""

from collections.abc import Iterator

from innohub.brief.diagnosis.joins import chain, divisions, weakest_counts
from innohub.brief.diagnosis.known import Known, missing, parts
from innohub.brief.diagnosis.registers import held
from innohub.brief.diagnosis.synergies import helix_row, kind_name, latest, told_places, verdict, wholes
from innohub.brief.ledger import Piece
from innohub.brief.model import Text
from innohub.brief.tables import text
from innohub.catalog.registers import pillars, slots
from innohub.ecosystem.chains import CHAINS

_TIES = ("synergy", "triple_helix", "openness", "open_innovation")


def about(known: Known) -> tuple[str, ...]:
    """Return what the run has beside coupling, in the order in which it leads the title."""
    has = {
        "registers": bool(held(known)),
        "ties": any(known.rows(name) for name in _TIES),
        "chains": bool(known.rows("chain_fusion")),
        "division": bool(known.rows("division_tests")),
    }
    return tuple(name for name, there in has.items() if there)


def headline(known: Known) -> tuple[Text, ...]:
    """Return the title of a study without coupling: the result of the first thing that it is about."""
    first = next(iter(about(known)), "")
    if first == "registers":
        return _register_title(known)
    if first == "ties":
        return _tie_title(known)
    if first == "chains":
        return _chain_title(known)
    if first == "division":
        row = known.rows("division_tests")[0]
        said = str(row["verdict"]).replace(" ", "_")
        book = known.book
        return book.say("diagnosis.title.division", name=known.said(row)), book.say(
            f"diagnosis.title.division_{said}"
        )
    return (known.book.capital(known.book.say("diagnosis.title.bare")),)


def _register_title(known: Known) -> tuple[Text, ...]:
    book, places = known.book, held(known)
    first = book.capital(book.say("diagnosis.title.registers", places=book.names(places)))
    if not known.rows("pillars", places[0]):
        return first, book.say("diagnosis.title.entries", entries=known.few("entries", _entries(known)))
    return first, book.say("diagnosis.title.slots", **filled(known, places[0]))


def filled(known: Known, place: str) -> dict[str, Piece]:
    """Return how many slots of the five pillars are filled, of how many."""
    rows = [row for row in known.rows("pillars", place) if row["filled"]]
    full = len({(row["pillar"], row["slot"]) for row in rows})
    return {
        "filled": known.few(f"slots/{place}", full),
        "all": known.few("slots", len(pillars()) * len(slots())),
    }


def _entries(known: Known) -> int:
    rows = [row for row in known.rows("register_gaps") if row["place"] in held(known)]
    return sum(int(row["entries"]) for row in rows)


def _tie_title(known: Known) -> tuple[Text, ...]:
    """Say how the first two kinds of synergy stand to expectation."""
    book = known.book
    rows = [(kind, row) for kind, row in wholes(known).items() if not missing(row["ratio"])][:2]
    if not rows:
        return (book.capital(book.say("diagnosis.title.ties")),)
    told = [
        book.say(
            f"diagnosis.title.tie{'_next' if number else '' if len(rows) > 1 else '_one'}",
            kind=kind_name(known, kind),
            ratio=known.number(f"synergy/{kind}//ratio", float(row["ratio"]), 2),
        )
        for number, (kind, row) in enumerate(rows)
    ]
    return book.capital(told[0]), *told[1:]


def _chain_title(known: Known) -> tuple[Text, ...]:
    book = known.book
    rows = [row for row in latest(known, "chain_fusion") if parts(row["weakest"])]
    if not rows:
        return book.say("diagnosis.title.chains"), book.say("diagnosis.title.chains_bare")
    counts = {name: sum(name in parts(row["weakest"]) for row in rows) for name in CHAINS}
    worst = max(counts, key=counts.__getitem__)
    values: dict[str, Piece] = {
        "chain": chain(known, worst),
        "number": known.few(f"weakest/{worst}", counts[worst]),
        "all": known.few("weakest", len(rows)),
    }
    return book.say("diagnosis.title.chains"), book.say("diagnosis.title.chains_weak", **values)


def opening(known: Known, *, besides: bool) -> Text:
    """Say what the brief looks at and from what; ``besides`` after a sentence on coupling."""
    book = known.book
    names = about(known)
    if not names:
        return ()
    values: dict[str, Piece] = {"places": book.names(held(known)), "kinds": _kinds(known)}
    matters = [book.say(f"diagnosis.matter.{name}", **values) for name in names]
    sizes = {name: _size(known, name) for name in names}
    grounds = [
        book.say_of(f"diagnosis.ground.{name}", size, number=known.few(f"ground/{name}", size))
        for name, size in sizes.items()
    ]
    told: dict[str, Piece] = {
        "matters": book.join(matters, "clause" if len(matters) > 2 else "list"),
        "grounds": book.join(grounds),
    }
    return book.say(f"diagnosis.lead.{'besides' if besides else 'about'}", **told)


def _kinds(known: Known) -> Text:
    """Name between whom synergies are computed; openness where none is."""
    book = known.book
    kinds = [book.say(f"diagnosis.matter.{kind}") for kind in wholes(known)]
    return (
        book.say("diagnosis.matter.synergy", kinds=book.join(kinds))
        if kinds
        else book.say("diagnosis.matter.open")
    )


def _size(known: Known, name: str) -> int:
    """Return how much a part of the brief rests on: entries, works, fields or divisions."""
    if name == "registers":
        return _entries(known)
    if name == "chains":
        return len({row["field"] for row in known.rows("chain_fusion")})
    if name == "division":
        return len({row["division"] for row in known.rows("division_tests")})
    counts = [int(row["works"]) for table in _TIES for row in latest(known, table)]
    counts += [int(row["works"]) + int(row["left_out"]) for row in latest(known, "triple_helix")]
    return max(counts, default=0)


def why(known: Known) -> str:
    """Return the key of the sentence that says what follows."""
    names = about(known)
    return "" if known.coupled else f"_{names[0]}" if len(names) == 1 else "_several"


def told(known: Known) -> Iterator[Text]:
    """Yield the results on what the brief is about beside coupling, a sentence each."""
    if "registers" in about(known):
        yield from _registers(known)
    yield from _ties(known)
    if not known.coupled:
        yield weakest_counts(known)
        yield from divisions(known)


def _registers(known: Known) -> Iterator[Text]:
    """Say what the registers hold."""
    book, place = known.book, held(known)[0]
    if known.rows("pillars", place):
        yield book.say("diagnosis.registers.slots", place=known.place(place), **filled(known, place))
    if known.coupled:
        return
    for row in known.rows("register_completeness", place):
        values: dict[str, Piece] = {
            "platforms": known.few(f"platforms/{place}", int(row["platforms"])),
            "present": known.few(f"national/{place}", int(row["present"])),
            "wanted": known.few("national classes", int(row["wanted"])),
        }
        yield book.say("diagnosis.lead.platforms", **values)
    unstated = sum(int(row["not_stated"]) for row in known.rows("register_gaps", place))
    if unstated:
        yield book.say("diagnosis.lead.unstated", number=known.few("unstated", unstated))


def _ties(known: Known) -> Iterator[Text]:
    """Say how each synergy stands to expectation, and what the triple helix shows."""
    book = known.book
    for kind, row in wholes(known).items():
        if missing(row["ratio"]):
            continue
        values: dict[str, Piece] = {
            "kind": kind_name(known, kind),
            "ratio": known.span(f"synergy/{kind}/", row, "ratio", 2, "times"),
            "null": book.say(f"diagnosis.synergy.null.{row['null']}"),
            "verdict": book.say(f"diagnosis.synergy.{verdict(row)}"),
        }
        yield book.say("diagnosis.lead.synergy", **values)
    places = told_places(known)
    for row in latest(known, "triple_helix"):
        place = text(row["place"])
        if missing(row["bits"]) or (place and (place not in places or known.coupled)):
            continue
        own = helix_row(row)
        whose = book.say("diagnosis.synergy.of_place", place=known.place(place)) if place else ()
        values = {"bits": known.span(f"helix/{place}", own, "bits", 3, "bits"),
                  "whose": whose or book.say("diagnosis.synergy.of_all")}  # fmt: skip
        yield book.say(f"diagnosis.synergy.helix_{verdict(own, 'bits', 0.0)}", **values)
