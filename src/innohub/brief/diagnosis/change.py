"""How coordination came about: its change over the years, what drove it, and how far places lie apart."""

from innohub.brief.diagnosis.known import Known, Row, missing
from innohub.brief.ledger import Piece
from innohub.brief.model import Text

LEAST_SHARE = 0.005


def change(known: Known, place: str) -> Text:
    """Say how coordination and its class changed over the whole period, and how sure the direction is."""
    book, row = known.book, whole_change(known, place)
    if row is None:
        return ()
    delta = float(row["coordination_change"])
    after = known.state(place)
    if after is None or missing(delta):
        return ()
    before = _at(known, place, int(row["start"]))
    if before is None:
        return ()
    values: dict[str, Piece] = {
        "place": known.place(place),
        "first": book.when(int(row["start"])),
        "last": book.when(int(row["end"])),
        "before": known.number(f"before/{place}", before, place=place, year=int(row["start"])),
        "after": known.number(f"after/{place}", before + delta, place=place, year=int(row["end"])),
    }
    said = [book.say(f"diagnosis.change.{'rose' if delta > 0 else 'fell'}", **values), _moved(known, row)]
    rise = row.get("rise")
    if not missing(rise):
        share = float(rise) if delta > 0 else 1 - float(rise)  # type: ignore[arg-type]
        said.append(
            book.say("diagnosis.change.sure", chance=known.chance(f"rise/{place}", share, place=place))
        )
    return book.sentences(said)


def whole_change(known: Known, place: str) -> Row | None:
    """Return the change of all subsystems together over the whole period."""
    rows = [row for row in known.rows("coupling_changes", place, whole=True) if not row["first"]]
    return rows[0] if rows else None


def _at(known: Known, place: str, year: int) -> float | None:
    frame = known.found.whole
    rows = frame[(frame["place"] == place) & (frame["year"] == year)]["coordination"].dropna()
    return float(rows.iloc[0]) if len(rows) else None


def _moved(known: Known, row: Row) -> Text:
    move = str(row.get("move") or "")
    if move not in ("up", "down", "same"):
        return ()
    book = known.book
    values: dict[str, Piece] = {
        "before": known.grade_name(str(row["from_class"])),
        "after": known.grade_name(str(row["to_class"])),
    }
    return book.say(f"diagnosis.change.class_{move}", **values)


def drivers(known: Known, place: str) -> Text:
    """Say which subsystems explain the change of coordination, largest first."""
    book = known.book
    rows = [row for row in known.rows("drivers", place) if not missing(row["share"])]
    rows.sort(key=lambda row: -abs(float(row["share"])))
    if not rows or whole_change(known, place) is None:
        return ()
    pushed = [row for row in rows if float(row["share"]) >= LEAST_SHARE]
    held = [row for row in rows if float(row["share"]) <= -LEAST_SHARE]
    said = []
    if pushed:
        said.append(book.say("diagnosis.change.drivers", list=_parts(known, place, pushed)))
    first = rows[0]
    if len(rows) > 1 and not missing(first.get("probability")):
        chance = known.chance(f"driver/{place}", float(first["probability"]), place=place)
        said.append(
            book.say("diagnosis.change.first", subsystem=known.node(str(first["subsystem"])), chance=chance)
        )
    if held:
        said.append(book.say("diagnosis.change.against", list=_parts(known, place, held)))
    return book.sentences(said)


def _parts(known: Known, place: str, rows: list[dict[str, object]]) -> Text:
    told = [
        known.book.say(
            "diagnosis.change.part",
            subsystem=known.node(str(row["subsystem"])),
            share=known.share(f"driver/{place}/{row['subsystem']}", float(str(row["share"])), place=place),
        )
        for row in rows
    ]
    return known.book.join(told, "comma_list")


def across(known: Known) -> list[Text]:
    """Say whether places came closer to each other."""
    book = known.book
    rows = known.rows("coupling_inequality", variant=known.found.variant)
    rows = sorted((row for row in rows if not missing(row["cv"])), key=lambda row: int(row["year"]))
    rows = [row for row in rows if int(row["year"]) <= known.found.year]
    if len(rows) < 2:
        return []
    first, last = rows[0], rows[-1]
    values: dict[str, Piece] = {"first": book.when(int(first["year"])), "last": book.when(int(last["year"]))}
    for name, row in (("before", first), ("after", last)):
        values[name] = known.number(f"cv/{row['year']}", float(row["cv"]), year=int(row["year"]))
    closer = float(last["cv"]) < float(first["cv"])
    return [book.say(f"diagnosis.change.{'closer' if closer else 'apart'}", **values)]
