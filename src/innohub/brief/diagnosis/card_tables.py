"""Tables of strategies side by side, of research fronts, innovative firms, fields and overlapping platforms."""

from collections.abc import Sequence
from dataclasses import replace

from innohub.brief.diagnosis.cards import front_of, money_of, overlaps, period_of, platform_of
from innohub.brief.diagnosis.known import Known, Row, missing, parts
from innohub.brief.diagnosis.labels import label
from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Table, Text
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart import wording

CARDS, MOST = 3, 40
_LINES = ("place", "period", "budget", "budget_a_year", "field", "instrument", "goal")
Columns = list[tuple[str, float, Align]]


def card_tables(known: Known) -> list[Block]:
    """Set strategies side by side, a column each and a line for each thing that can be compared."""
    rows = known.rows("strategy_cards")
    found: list[Block] = []
    for start in range(0, len(rows), CARDS):
        own = rows[start : start + CARDS]
        lines = [
            [known.book.say(f"diagnosis.cards.line.{line}"), *(_card(known, row, line) for row in own)]
            for line in _LINES
        ]
        step = 0.82 / len(own)
        columns: Columns = [("line", 0.18, "left"), *((str(n), step, "left") for n in range(len(own)))]
        heads = {str(n): known.said(row) for n, row in enumerate(own)}
        made = blocks.table(known.book, "diagnosis_strategies", lines, columns, heads=heads)
        found += [replace(t, id=f"{t.id}-{start}") if start and isinstance(t, Table) else t for t in made]
    return found


def _card(known: Known, row: Row, line: str) -> Piece:
    book = known.book
    if line == "place":
        return known.place(text(row["place"]))
    if line == "period":
        return book.capital(period_of(known, row))
    if line in ("budget", "budget_a_year"):
        return _capital(known, money_of(known, row, line))
    if line == "goal":
        return book.capital(known.said(row, "goal")) if known.told(row, "goal") else _none(known)
    names = [label(known, name) for name in parts(row[line])]
    return book.capital(book.join(names)) if names else _none(known)


def _none(known: Known) -> Text:
    return known.book.capital(known.book.say("diagnosis.registers.not_stated"))


def _capital(known: Known, piece: Piece) -> Piece:
    return known.book.capital(piece) if isinstance(piece, tuple) else piece


def front_table(known: Known, places: Sequence[str]) -> list[Block]:
    """List the research fronts on record."""
    book = known.book
    rows = [row for row in known.rows("register_fronts") if row["place"] in places]
    lines: list[list[Piece]] = [
        [
            book.capital(label(known, text(row["institution"]))),
            book.capital(book.join([label(known, field) for field in parts(row["field"])])),
            book.capital(front_of(known, row)),
            "–" if missing(row["rank"]) else _rank(known, row),
        ]
        for row in rows[:MOST]
    ]
    columns: Columns = [
        ("institution", 0.32, "left"),
        ("field", 0.24, "left"),
        ("name", 0.3, "left"),
        ("rank", 0.14, "center"),
    ]
    return blocks.table(book, "diagnosis_fronts", lines, columns)


def _rank(known: Known, row: Row) -> Piece:
    rank = float(row["rank"])
    return known.book.claim(
        f"diagnosis/front rank/{row['place']}/{row['id']}", rank, lambda language: wording.ordinal(rank, language),
        place=text(row["place"]), file=text(row["file"]), row=whole(row["row"]),
    )  # fmt: skip


def firm_table(known: Known, places: Sequence[str]) -> list[Block]:
    """List the innovative firms on record with field and, where told, the share of R&D."""
    book = known.book
    rows = [row for row in known.rows("register_firms") if row["place"] in places]
    lines: list[list[Piece]] = [
        [
            known.said(row),
            book.capital(book.join([label(known, field) for field in parts(row["field"])])),
            _none(known)
            if missing(row["rd_share"])
            else known.share(f"firm/{row['id']}/rd", float(row["rd_share"]), 1),
        ]
        for row in rows[:MOST]
    ]
    columns: Columns = [("firm", 0.5, "left"), ("field", 0.3, "left"), ("rd_share", 0.2, "center")]
    if all(missing(row["rd_share"]) for row in rows):
        lines, columns = [line[:-1] for line in lines], [("firm", 0.6, "left"), ("field", 0.4, "left")]
    return blocks.table(book, "diagnosis_firms", lines, columns)


def field_table(known: Known) -> list[Block]:
    """Count entries by field: by place where there are several, else by register."""
    book = known.book
    rows = known.rows("field_matrix")
    places = list(dict.fromkeys(text(row["place"]) for row in rows))
    by = "place" if len(places) > 1 else "register"
    heads = list(dict.fromkeys(text(row[by]) for row in rows))[:6]
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        own = counts.setdefault(text(row["field"]), {})
        own[text(row[by])] = own.get(text(row[by]), 0) + int(row["entries"])
    ordered = sorted(counts, key=lambda field: -sum(counts[field].values()))
    lines: list[list[Piece]] = [
        [
            book.capital(label(known, field)),
            *(
                book.count(f"diagnosis/field/{field}/{head}", n) if (n := counts[field].get(head)) else "–"
                for head in heads
            ),
        ]
        for field in ordered[:MOST]
    ]
    step = 0.7 / max(len(heads), 1)
    columns: Columns = [("field", 0.3, "left"), *((head, step, "center") for head in heads)]
    named = {head: known.place(head) if by == "place" else register_name(known, head) for head in heads}
    return blocks.table(book, "diagnosis_fields", lines, columns, heads=named)


def register_name(known: Known, register: str) -> Text:
    """Return the short name of a register at the head of a column."""
    return known.book.say(f"diagnosis.cards.register.{register}")


def overlap_table(known: Known, places: Sequence[str]) -> list[Block]:
    """List the pairs of platforms with fields in common."""
    lines: list[list[Piece]] = [
        [
            platform_of(known, row["place"], row["entry"]),
            platform_of(known, row["other_place"], row["other"]),
            known.number(f"overlap/{row['entry']}/{row['other']}", float(row["overlap"]), 2),
        ]
        for row in overlaps(known, places)[:20]
    ]
    columns: Columns = [("first", 0.42, "left"), ("second", 0.42, "left"), ("overlap", 0.16, "center")]
    return blocks.table(known.book, "diagnosis_overlap", lines, columns)
