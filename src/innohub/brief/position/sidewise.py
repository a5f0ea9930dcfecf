"""Places side by side on an index or on indicators: where each stands, and the table of all of it."""

from collections.abc import Sequence
from typing import Any

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Table, Text
from innohub.brief.position.known import Known
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart import wording
from innohub.position.evidence.amount import amount
from innohub.words import words

MOST = 4
Row = dict[str, Any]


def compared(known: Known) -> list[Block]:
    """Tell how each positioned place stands beside those that the study compares it with."""
    book = known.book
    rows = known.rows("comparison")
    places = _places(rows)
    if not rows:
        return []
    own = [place for place in places if place in known.places]
    told = [blocks.paragraph(book, *_stands(known, rows, places, place)) for place in own]
    if not own:
        told = [blocks.paragraph(book, book.say("position.compare.others", places=book.names(places)))]
    return [block for found in told for block in found]


def _places(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(str(row["place"]) for row in rows))


def _stands(known: Known, rows: Sequence[Row], places: Sequence[str], place: str) -> list[Text]:
    book = known.book
    parents = {text(row["parent"]) for row in rows}
    mine = [row for row in rows if row["place"] == place and row["value"] == row["value"]]
    leaves = [row for row in mine if row["node"] not in parents]
    root = next((row for row in mine if row["node"] in parents and not text(row["parent"])), None)
    others = [other for other in places if other != place]
    values: dict[str, Piece] = {
        "place": book.name(place),
        "others": book.names(others),
        "all": book.count("comparison/places", len(places)),
        "indicators": known.count(f"comparison/{place}/indicators", len(leaves)),
    }
    first = [row for row in leaves if row["best"]]
    last = [row for row in leaves if not row["best"] and row["rank_here"] == _most(rows, row)]
    parts = [_ends(known, place, "first", first), _ends(known, place, "last", last)]
    values["list"] = book.join([part for part in parts if part], "clause")
    if root is None:
        return [book.say("position.compare.beside", **values)]
    key = f"comparison/{root['node']}/{place}/rank here"
    values["rank"] = book.claim(
        key, int(root["rank_here"]), lambda lang: wording.ordinal(int(root["rank_here"]), lang), place=place
    )
    values["node"] = book.node(str(root["node"]))
    return [book.say("position.compare.root", **values), book.say("position.compare.ends", **values)]


def _most(rows: Sequence[Row], row: Row) -> int:
    """Return the last rank of a node among those that are compared."""
    return max(
        int(r["rank_here"]) for r in rows if r["node"] == row["node"] and r["rank_here"] == r["rank_here"]
    )


def _ends(known: Known, place: str, end: str, rows: Sequence[Row]) -> Text:
    """Say in how many indicators a place is first or last, and name them."""
    book = known.book
    number = known.count(f"comparison/{place}/{end}", len(rows))
    if not rows:
        return book.say(f"position.compare.{end}_none")
    names = [book.node(str(row["node"])) for row in rows]
    told = book.join(names[:MOST], "inner")
    if len(names) > MOST:
        told = book.say("layout.and_others", names=told)
    return book.say(f"position.compare.{end}", number=number, names=told)


def comparison_table(known: Known) -> list[Block]:
    """Return the places side by side, a row a node: value, and rank among all in brackets."""
    book = known.book
    rows = known.rows("comparison")
    places = _places(rows)
    nodes: dict[str, dict[str, Row]] = {}
    for row in rows:
        nodes.setdefault(str(row["node"]), {})[str(row["place"])] = row
    lines = [
        [_node(known, next(iter(cells.values()))), *(_cell(known, cells.get(place)) for place in places)]
        for cells in nodes.values()
    ]
    wide = 0.34 if len(places) < 5 else 0.28
    step = (1 - wide) / max(len(places), 1)
    columns: list[tuple[str, float, Align]] = [("node", wide, "left"), *((p, step, "right") for p in places)]
    heads = {place: book.name(place) for place in places}
    found = blocks.table(book, "comparison", lines, columns, heads=heads)
    is_marked = any(text(row["marks"]) for row in rows)
    # an asterisk that no cell has is not explained
    return found if is_marked else [_unmarked(known, table) for table in found]


def _unmarked(known: Known, block: Block) -> Block:
    note = known.book.say("position.compare.note")
    return Table(**{**block.__dict__, "note": note}) if isinstance(block, Table) else block


def _node(known: Known, row: Row) -> Text:
    book = known.book
    name = book.quote(text(row[f"name_{book.language}"]) or row["node"])
    unit = text(row["unit"])
    named = unit if book.language == "zh" else _english(unit)
    return book.say("position.compare.unit", node=name, unit=book.quote(named)) if unit else name


def _english(unit: str) -> str:
    """Return an English name of a unit; one that is written in Chinese is told by what one of it is."""
    if unit.isascii():
        return words("en").unit(unit)
    return amount(1, unit, "en").removeprefix("1 ")


def _cell(known: Known, row: Row | None) -> Piece:
    book = known.book
    if row is None or row["value"] != row["value"]:
        return "–"
    place, node, value = str(row["place"]), str(row["node"]), float(row["value"])
    key = f"comparison/{node}/{place}"
    mark = book.label("position.compare.mark") if text(row["marks"]) else ""
    own = known.values.match(place, _indicator(known, node), value)
    source = known.values.source(own)
    shown = wording.fixed(value, 3) if not text(row["unit"]) else wording.value(value)
    number = book.claim(
        key, value, lambda _: shown, unit=text(row["unit"]), year=whole(row["year"]), place=place,
        sources=(source,) if source else (), file=own.file, row=own.row,
    )  # fmt: skip
    rank = whole(row["rank"])
    if rank is None:
        return book.say("position.compare.bare", value=number, mark=mark)
    return book.say("position.compare.cell", value=number, rank=book.count(f"{key}/rank", rank), mark=mark)


def _indicator(known: Known, node: str) -> str:
    """Return the indicator behind a node; an indicator that is compared by itself stands for itself."""
    rows = known.rows("framework", node=node)
    return text(rows[0].get("indicator")) if rows else node
