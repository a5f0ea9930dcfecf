"""Tables of ties and chains in the annex: synergies, openness, pairs of places and of levels, gaps between chains."""

from collections.abc import Sequence

from innohub.brief.diagnosis.joins import chain, field_name
from innohub.brief.diagnosis.known import Known, Row, missing
from innohub.brief.diagnosis.openness import RATES, SHARES, abroad_alike, rate
from innohub.brief.diagnosis.synergies import KINDS, helix_row, known_pairs, latest, level_pair, told_places
from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Text
from innohub.brief.sections import blocks
from innohub.brief.tables import text

MOST, ENDS = 60, 10
Columns = list[tuple[str, float, Align]]


def synergy_table(known: Known) -> list[Block]:
    """List share, expected share and their ratio of every kind, the whole first and then each place."""
    book = known.book
    rows = [row for row in latest(known, "synergy") if not missing(row["share"])]
    kinds = [kind for kind in KINDS if any(row["kind"] == kind for row in rows)]
    cells = {(text(row["place"]), str(row["kind"])): row for row in rows}
    places = sorted(dict.fromkeys(place for place, _ in cells), key=bool)
    lines: list[list[Piece]] = [
        [
            _whose(known, place),
            *(cell for kind in kinds for cell in _synergy(known, kind, cells.get((place, kind)))),
        ]
        for place in places[:MOST]
    ]
    step = 0.82 / max(len(kinds), 1)
    columns: Columns = [("place", 0.18, "left")]
    for kind in kinds:
        columns += [(f"{kind}_share", 0.45 * step, "center"), (f"{kind}_ratio", 0.55 * step, "center")]
    heads: dict[str, Text] = {
        f"{kind}_{part}": book.say(f"table.diagnosis_synergies.{kind}_{part}")
        for kind in kinds
        for part in ("share", "ratio")
    }
    return blocks.table(book, "diagnosis_synergies", lines, columns, heads=heads)


def _whose(known: Known, place: str) -> Piece:
    return known.place(place) if place else known.book.capital(known.book.say("diagnosis.annex.all_works"))


def _synergy(known: Known, kind: str, row: Row | None) -> tuple[Piece, Piece]:
    if row is None:
        return "–", "–"
    key, place = f"synergy/{kind}/{text(row['place'])}", text(row["place"])
    share = known.share(f"{key}/share", float(row["share"]), 1, place=place)
    if missing(row["ratio"]):
        return known.book.join([share]), "–"
    expected = known.share(f"{key}/expected", float(row["expected"]), 1, place=place)
    return known.book.join([share, expected], "slash"), known.span(key, row, "ratio", 2)


def open_table(known: Known) -> list[Block]:
    """List openness, open innovation and the triple helix of each place."""
    book = known.book
    tables = {
        name: {text(row["place"]): row for row in latest(known, name)}
        for name in ("open_innovation", "openness", "triple_helix")
    }
    places = list(dict.fromkeys(place for rows in tables.values() for place in rows if place))[:MOST]
    wanted: list[tuple[str, str]] = [("open_innovation", name) for name in RATES]
    wanted += [("openness", name) for name in (*SHARES, "partners")]
    wanted.append(("triple_helix", "bits"))
    used = [
        (table, column)
        for table, column in wanted
        if not abroad_alike(known, table, column)
        and any(not missing(row.get(column)) for row in tables[table].values())
    ]
    lines = [
        [
            known.place(place),
            *(_open(known, table, column, tables[table].get(place)) for table, column in used),
        ]
        for place in places
    ]
    thin = 0.09 if ("openness", "partners") in used else 0.0
    step = (0.86 - thin) / max(len(used) - (thin > 0), 1)
    columns: Columns = [("place", 0.14, "left")]
    columns += [(column, thin if column == "partners" else step, "center") for _, column in used]
    return blocks.table(
        book, "diagnosis_open", lines, columns, note=any(table == "triple_helix" for table, _ in used)
    )


def _open(known: Known, table: str, column: str, row: Row | None) -> Piece:
    if row is None or missing(row.get(column)):
        return "–"
    place = text(row["place"])
    if column == "partners":
        return known.book.count(f"diagnosis/partners/{place}", int(row[column]))
    if column == "bits":
        return known.span(f"helix/{place}", helix_row(row), "bits", 2, "range_bits")
    return rate(known, "open" if table == "open_innovation" else table, row, column, 0)


def pair_table(known: Known) -> list[Block]:
    """List the pairs of places furthest above and below expectation."""
    rows = known_pairs(known)
    ends = rows if len(rows) <= 2 * ENDS else [*rows[:ENDS], *rows[-ENDS:]]
    lines: list[list[Piece]] = []
    for row in ends:
        place, other = text(row["place"]), text(row["other"])
        key = f"pair/{place}/{other}"
        lines.append(
            [
                known.place(place),
                known.place(other),
                *(
                    known.cell(f"{key}/{name}", row[name], 1, place=place)
                    for name in ("observed", "expected")
                ),
                known.cell(key, row["ratio"], 2, place=place),
            ]
        )
    columns: Columns = [
        ("place", 0.26, "left"), ("other", 0.26, "left"), ("observed", 0.16, "center"), ("expected", 0.16, "center"),
        ("ratio", 0.16, "center"),
    ]  # fmt: skip
    return blocks.table(known.book, "diagnosis_pairs", lines, columns)


def level_table(known: Known) -> list[Block]:
    """List the share in which each pair of levels takes part together."""
    rows = [row for row in latest(known, "level_pairs", "") if not missing(row["share"])]
    lines: list[list[Piece]] = [
        [
            known.book.capital(level_pair(known, row)),
            known.share(f"levels/{row['level']}/{row['other']}", float(row["share"]), 1),
        ]
        for row in sorted(rows, key=lambda row: -float(row["share"]))
    ]
    return blocks.table(
        known.book, "diagnosis_levels", lines, [("levels", 0.6, "left"), ("share", 0.4, "center")]
    )


def gap_rows(known: Known) -> list[Block]:
    """List the gaps between every two chains of the places told, else the widest of all."""
    book, places = known.book, told_places(known)
    rows = [row for row in latest(known, "chain_gaps") if not missing(row["gap"])]
    own = [row for row in rows if row["place"] in places] if places else _widest(rows)
    lines: list[list[Piece]] = []
    for row in own[:MOST]:
        place, field = text(row["place"]), text(row["field"])
        names = (text(row["chain"]), text(row["other"]))
        lines.append(
            [
                known.place(place),
                book.capital(field_name(known, field)),
                book.say(
                    "diagnosis.annex.chain_pair", chain=chain(known, names[0]), other=chain(known, names[1])
                ),
                known.span(f"gap cell/{place}/{field}/{'/'.join(names)}", row, "gap", 2, "range_bits"),
            ]
        )
    columns: Columns = [
        ("place", 0.2, "left"),
        ("field", 0.24, "left"),
        ("chains", 0.3, "left"),
        ("gap", 0.26, "center"),
    ]
    return blocks.table(book, "diagnosis_chain_gaps", lines, columns)


def _widest(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -abs(float(row["gap"])))[: 2 * ENDS]
