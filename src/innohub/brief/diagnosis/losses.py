"""Where points are lost: subsystems against their weights, the largest indicators, and how that changed."""

from innohub.brief.diagnosis.known import Known, missing
from innohub.brief.ledger import Piece
from innohub.brief.model import Text

LARGEST = 3
# Weights that print alike are told once.
SAME = 5e-4
# A trend smaller than this, in shares of the whole obstacle, is not told.
LEAST_CHANGE = 0.01


def losses(known: Known, place: str) -> tuple[Text, ...]:
    """Tell the obstacles of a place, one sentence a matter."""
    return _obstacles(known, place), _indicators(known, place), _trend(known, place)


def _obstacles(known: Known, place: str) -> Text:
    """Say which subsystem takes most of the obstacle, against its weight."""
    book = known.book
    rows = [row for row in known.now("obstacle_groups", place) if not missing(row["degree"])]
    rows.sort(key=lambda row: -float(row["degree"]))
    if not rows:
        return ()
    if float(rows[0]["degree"]) == 0:
        return book.say("diagnosis.binding.no_obstacle", place=known.place(place))
    weights = [float(row["weight"]) for row in rows]
    alike = max(weights) - min(weights) < SAME
    told = [
        book.say(
            "diagnosis.binding.part_alike" if alike else "diagnosis.binding.part",
            name=known.node(str(row["subsystem"])),
            share=known.share(f"obstacle/{place}/{row['subsystem']}", float(row["degree"]), 1, place=place),
            weight=known.share(f"weight/{place}/{row['subsystem']}", float(row["weight"]), 1, place=place),
        )
        for row in rows
    ]
    said = [book.say("diagnosis.binding.obstacles", place=known.place(place), list=book.join(told, "clause"))]
    if alike:
        weight = known.share(f"weight/{place}/{rows[0]['subsystem']}", weights[0], 1, place=place)
        said.append(book.say("diagnosis.binding.alike", weight=weight))
    return book.sentences(said)


def _indicators(known: Known, place: str) -> Text:
    """Say which indicators are the largest obstacles."""
    book = known.book
    rows = [
        row
        for row in known.now("obstacles", place)
        if not missing(row["degree"]) and float(row["degree"]) > 0
    ]
    rows.sort(key=lambda row: -float(row["degree"]))
    if not rows:
        return ()
    told = [
        book.say(
            "diagnosis.binding.leaf",
            name=known.node(str(row["indicator"])),
            share=known.share(f"obstacle/{place}/{row['indicator']}", float(row["degree"]), 1, place=place),
        )
        for row in rows[:LARGEST]
    ]
    return book.say("diagnosis.binding.indicators", list=known.series(told))


def _trend(known: Known, place: str) -> Text:
    """Say how the obstacle of the subsystem that is now largest changed over the years."""
    book = known.book
    rows = [
        row for row in known.rows("obstacle_trends", place, kind="subsystem") if not missing(row["change"])
    ]
    rows.sort(key=lambda row: -float(row["last"]))
    if not rows or int(rows[0]["years"]) < 2 or abs(float(rows[0]["change"])) < LEAST_CHANGE:
        return ()
    row = rows[0]
    key = f"trend/{place}/{row['name']}"
    values: dict[str, Piece] = {
        "name": known.node(str(row["name"])),
        "first": book.when(int(row["start"])),
        "last": book.when(int(row["end"])),
        "before": known.share(f"{key}/first", float(row["first"]), 1, place=place),
        "after": known.share(f"{key}/last", float(row["last"]), 1, place=place),
    }
    return book.say(f"diagnosis.binding.{'grew' if float(row['change']) > 0 else 'shrank'}", **values)
