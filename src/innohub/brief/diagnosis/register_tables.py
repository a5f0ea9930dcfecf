"""Tables of the registers in the annex: the five pillars entry by entry, and what each register lacks."""

from innohub.brief.diagnosis.known import Known, Row, missing
from innohub.brief.diagnosis.registers import held
from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.catalog.registers import pillars, registers, slots
from innohub.chart import wording
from innohub.chart.pillars import RANK_UNITS

MOST = 60


def pillar_table(known: Known) -> list[Block]:
    """List what stands in the slots of the five pillars, each value linked to its row."""
    book, places = known.book, held(known)
    rows: list[list[Piece]] = []
    for row in known.rows("pillars"):
        if row["place"] not in places or not row["filled"]:
            continue
        rows.append(
            [
                book.capital(book.quote(pillars()[str(row["pillar"])].label[book.language])),
                book.capital(book.quote(slots()[str(row["slot"])][book.language])),
                book.capital(known.said(row)),
                _value(known, row),
                "–" if missing(row["year"]) else book.when(int(row["year"])),
            ]
        )
    columns: list[tuple[str, float, Align]] = [
        ("pillar", 0.12, "left"), ("slot", 0.14, "left"), ("entry", 0.44, "left"), ("value", 0.2, "center"),
        ("year", 0.1, "center"),
    ]  # fmt: skip
    return blocks.table(book, "diagnosis_pillars", rows[:MOST], columns, note=False)


def _value(known: Known, row: Row) -> Piece:
    """Claim the value of an entry, a rank as such."""
    if missing(row["value"]):
        return "–"
    place, value = str(row["place"]), float(row["value"])
    entry = text(row["entry"]) or text(row["indicator"]) or text(row["register"])
    key = f"pillar/{place}/{row['pillar']}/{row['slot']}/{entry}/{text(row['column'])}"
    if row["slot"] != "rank" or text(row["unit"]) not in RANK_UNITS:
        return known.value(key, row, place)
    spot = {"file": text(row["file"]), "row": whole(row["row"])}
    return known.book.claim(
        f"diagnosis/{key}", value, lambda language: wording.ordinal(value, language), place=place, **spot
    )


def gap_table(known: Known) -> list[Block]:
    """List the entries of each register and what they lack."""
    book, places = known.book, held(known)
    rows: list[list[Piece]] = [
        [
            book.capital(book.quote(registers()[str(row["register"])].label[book.language])),
            *(
                known.few(f"gap/{row['place']}/{row['register']}/{name}", int(row[name]))
                if book.language == "zh"
                else book.count(f"diagnosis/gap/{row['place']}/{row['register']}/{name}", int(row[name]))
                for name in ("entries", "without_source", "without_date", "not_stated")
            ),
        ]
        for row in known.rows("register_gaps")
        if row["place"] in places
    ]
    columns: list[tuple[str, float, Align]] = [
        ("register", 0.4, "left"), ("entries", 0.15, "center"), ("without_source", 0.15, "center"),
        ("without_date", 0.15, "center"), ("not_stated", 0.15, "center"),
    ]  # fmt: skip
    return blocks.table(book, "diagnosis_gaps", rows, columns, note=False)
