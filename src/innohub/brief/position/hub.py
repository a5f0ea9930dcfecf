"""Hub position, variety of laboratories, and the path by which a place became a centre."""

from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Claim, Text
from innohub.brief.position.known import Known
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.centres import role_label
from innohub.catalog.hub import hub_classes
from innohub.chart import wording

Row = dict[str, Any]


def hub(known: Known) -> list[Text]:
    """Tell the class of each positioned place by concentration and control, layer by layer."""
    rows = [row for place in known.places for row in known.rows("hub_position", place=place)]
    return [_position(known, row) for row in rows]


def _position(known: Known, row: Row) -> Text:
    book = known.book
    layer = text(row["layer"])
    values: dict[str, Piece] = {
        "place": book.name(str(row["place"])),
        "layer": book.say("position.hub.layer", layer=book.quote(layer)) if layer else (),
        "class": book.quote(book.within(text(row[f"class_{book.language}"]))),
    }
    if not text(row["class"]):
        return book.say("position.hub.none", **values)
    values |= {name: _percentile(known, row, name) for name in ("concentration", "control")}
    values["through"] = _through(known, row)
    said = [book.say("position.hub.class", **values)]
    following = next((c for c in hub_classes() if c.name == text(row["next_class"])), None)
    if following is not None and row["distance"] == row["distance"]:
        values |= {
            "next": book.quote(book.within(following.label[book.language])),
            "distance": _percentile(known, row, "distance"),
            "lacks": book.say(f"position.hub.{text(row['lacks']) or 'control'}"),
        }
        said.append(book.say("position.hub.next", **values))
    return book.sentences(said)


def _key(row: Row) -> str:
    return f"hub/{text(row['layer'])}/{row['place']}"


def _percentile(known: Known, row: Row, column: str) -> Claim:
    """Claim a percentile; concentration leads to the row that holds its value."""
    more: dict[str, object] = {"place": str(row["place"])}
    if column == "concentration" and text(row["file"]):
        more |= {"file": text(row["file"]), "row": whole(row["row"])}
    return known.book.fixed(f"{_key(row)}/{column}", float(row[column]), 2, **more)


def _through(known: Known, row: Row) -> Claim:
    return known.book.share(f"{_key(row)}/through", float(row["through"]), 1, place=str(row["place"]))


def hub_table(known: Known) -> list[Block]:
    """Return every place with ties: percentiles of concentration and control, share of ties through it, class."""
    book = known.book
    rows: list[list[Piece]] = []
    for row in known.rows("hub_position"):
        numbers = [
            _percentile(known, row, name) if row[name] == row[name] else "–"
            for name in ("concentration", "control")
        ]
        rows.append([
            book.quote(text(row["layer"]) or "–"),
            book.name(str(row["place"])),
            *numbers,
            _through(known, row) if row["through"] == row["through"] else "–",
            book.capital(book.quote(text(row[f"class_{book.language}"]) or "–")),
        ])  # fmt: skip
    columns: list[tuple[str, float, Align]] = [
        ("layer", 0.16, "left"), ("place", 0.24, "left"), ("concentration", 0.15, "center"),
        ("control", 0.15, "center"), ("through", 0.15, "center"), ("class", 0.15, "center"),
    ]  # fmt: skip
    if not any(text(row["layer"]) for row in known.rows("hub_position")):
        rows, columns = [row[1:] for row in rows], columns[1:]
    return blocks.table(book, "hub_position", rows, columns)


def laboratories(known: Known) -> list[Text]:
    """Tell how many laboratories of how many kinds a place has, and how evenly they are spread."""
    return [_variety(known, row) for place in known.places for row in known.rows("laboratories", place=place)]


def _variety(known: Known, row: Row) -> Text:
    book = known.book
    place = str(row["place"])
    key = f"laboratories/{place}"
    kinds, total = int(row["kinds"]), float(row["total"])
    kind = next(iter(known.rows("laboratory_kinds", place=place, kind=text(row["largest"]))), {})
    year = whole(row["year"])
    values: dict[str, Piece] = {
        "place": book.name(place),
        "when": book.say("position.laboratories.when", year=book.when(year)) if year is not None else (),
        "total": book.plain_number(f"{key}/total", total, wording.value(total), place=place),
        "kinds": known.count(f"{key}/kinds", kinds),
        "largest": book.quote(book.within(text(kind.get(f"name_{book.language}")) or text(row["largest"]))),
        "share": book.share(f"{key}/largest share", float(row["largest_share"]), place=place),
        "entropy": book.fixed(f"{key}/entropy", float(row["entropy"]), 2, place=place),
    }
    if row["evenness"] != row["evenness"]:
        return book.say_of("position.laboratories.one_kind", int(total), **values)
    values |= {
        "evenness": book.fixed(f"{key}/evenness", float(row["evenness"]), 2, place=place),
        "equivalent": book.fixed(f"{key}/equivalent", float(row["equivalent"]), 1, place=place),
    }
    return book.say("position.laboratories.many", **values)


def path(known: Known) -> list[Text]:
    """Say by which path each place became a centre: from a centre that it already was, by plan, or both."""
    return [_path(known, row) for place in known.places for row in known.rows("centre_path", place=place)]


def _path(known: Known, row: Row) -> Text:
    book = known.book
    place = str(row["place"])
    language = book.language
    named = {str(r["role"]): text(r[f"role_{language}"]) for r in known.rows("centre_roles", place=place)}
    roles = [role for role in text(row["roles"]).split(";") if role]
    names = [book.quote(book.within(named.get(role) or role_label(role)[language])) for role in roles]
    form = str(row["path"]).replace(" ", "_")
    return book.say(f"position.path.{form}", place=book.name(place), roles=book.join(names))
