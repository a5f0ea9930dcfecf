"""Strategies of cities as cards side by side, research fronts, innovative firms, fields and overlap of platforms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from innohub.brief.diagnosis.known import Known, Row, missing, parts
from innohub.brief.diagnosis.labels import label, word
from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Table, Text
from innohub.brief.position.values import whole
from innohub.brief.sections import blocks
from innohub.brief.tables import text
from innohub.chart import wording
from innohub.position.evidence.amount import amount
from innohub.words import Language

CARDS, MOST, NAMED = 3, 40, 4
_LINES = ("place", "period", "budget", "budget_a_year", "field", "instrument", "goal")
Columns = list[tuple[str, float, Align]]


def strategies(known: Known, place: str) -> Iterator[Text]:
    """Tell each strategy of a place: period, goal, budget."""
    book = known.book
    for row in known.rows("strategy_cards", place)[:NAMED]:
        said = [book.say("diagnosis.cards.strategy", name=known.said(row), period=_period(known, row))]
        if known.told(row, "goal"):
            said.append(book.say("diagnosis.cards.goal", goal=known.said(row, "goal")))
        if not missing(row["budget"]):
            said.append(book.say("diagnosis.cards.budget", budget=_money(known, row, "budget")))
        yield book.sentences(said)
    others = [row for row in known.rows("strategy_cards") if row["place"] != place]
    if others:
        number = known.few("strategies elsewhere", len(others))
        yield book.say_of("diagnosis.cards.others", len(others), number=number)


def fronts(known: Known, place: str) -> Iterator[Text]:
    """Name the research fronts on record, with institution and field."""
    book, rows = known.book, known.rows("register_fronts", place)
    told = [
        book.say(
            "diagnosis.cards.front",
            institution=label(known, text(row["institution"])),
            field=book.join([label(known, field) for field in parts(row["field"])]),
            name=_front(known, row),
        )
        for row in rows[:NAMED]
    ]
    if told:
        yield book.say("diagnosis.cards.fronts", number=known.few(f"fronts/{place}", len(rows)),
                       list=book.join(told, "clause"))  # fmt: skip


def _front(known: Known, row: Row) -> Text:
    """Name a front, with the top share that it stands for."""
    if missing(row["top_share"]):
        return known.said(row)
    share = float(row["top_share"])
    claim = known.book.claim(f"diagnosis/front/{row['place']}/{row['id']}", share, lambda _: f"{100 * share:g}%",
                             unit="%", place=text(row["place"]), file=text(row["file"]), row=whole(row["row"]))  # fmt: skip
    return known.book.say("diagnosis.cards.top", name=known.said(row), share=claim)


def firms(known: Known, place: str) -> Iterator[Text]:
    """Count the innovative firms on record by field."""
    book, rows = known.book, known.rows("register_firms", place)
    fields: dict[str, int] = {}
    for row in rows:
        for field in parts(row["field"]):
            fields[field] = fields.get(field, 0) + 1
    if not rows:
        return
    told = [
        book.say("diagnosis.cards.in_field", field=label(known, field), number=known.few(f"firms/{place}/{field}", n))
        for field, n in sorted(fields.items(), key=lambda item: -item[1])
    ]
    values: dict[str, Piece] = {"number": known.few(f"firms/{place}", len(rows)), "list": book.join(told)}
    yield book.say(f"diagnosis.cards.firms{'' if told else '_bare'}", **values)


def overlap(known: Known, place: str) -> Iterator[Text]:
    """Name the two platforms whose fields overlap most."""
    rows = _overlaps(known, (place,))
    if rows:
        row = rows[0]
        values: dict[str, Piece] = {
            "first": _platform(known, row["place"], row["entry"]),
            "second": _platform(known, row["other_place"], row["other"]),
            "overlap": known.number(f"overlap/{row['entry']}/{row['other']}", float(row["overlap"]), 2),
            "number": known.few(f"overlaps/{place}", len(rows)),
        }
        yield known.book.say_of("diagnosis.cards.overlap", len(rows), **values)


def _overlaps(known: Known, places: Sequence[str]) -> list[dict[str, Any]]:
    rows = [row for row in known.rows("platform_overlap") if row["place"] in places and not missing(row["overlap"])]
    return sorted((row for row in rows if float(row["overlap"]) > 0), key=lambda row: -float(row["overlap"]))


def _platform(known: Known, place: object, entry: object) -> Text:
    rows = known.rows("register_platforms", text(place), id=entry)
    return known.said(rows[0]) if rows else known.book.quote(text(entry))


def _period(known: Known, row: Row) -> Text:
    book = known.book
    years = {end: text(row[end])[:4] for end in ("start", "end")}
    told = {end: book.when(int(year)) for end, year in years.items() if year.isdigit()}
    if not told:
        return book.say("diagnosis.registers.not_stated")
    return book.say(f"diagnosis.cards.{'_'.join(told)}", **told)


def _money(known: Known, row: Row, column: str) -> Piece:
    """Claim an amount of money of a strategy, linked to its row."""
    if missing(row[column]):
        return known.book.say("diagnosis.registers.not_stated")
    value, unit = float(row[column]), text(row.get("currency"))

    def show(language: Language) -> str:
        return amount(value, unit, language)

    return known.book.claim(f"diagnosis/strategy/{row['entry']}/{column}", value, show, unit=unit,
                            place=text(row["place"]), file=text(row["file"]), row=whole(row["row"]))  # fmt: skip


def card_tables(known: Known) -> list[Block]:
    """Set strategies side by side, a column each and a line for each thing that can be compared."""
    rows = known.rows("strategy_cards")
    found: list[Block] = []
    for start in range(0, len(rows), CARDS):
        own = rows[start : start + CARDS]
        lines = [[known.book.say(f"diagnosis.cards.line.{line}"), *(_card(known, row, line) for row in own)] for line in _LINES]
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
        return book.capital(_period(known, row))
    if line in ("budget", "budget_a_year"):
        return _capital(known, _money(known, row, line))
    if line == "goal":
        return book.capital(known.said(row, "goal")) if known.told(row, "goal") else _none(known)
    names = [
        label(known, name) if line == "field" else word(known, "instrument", name) for name in parts(row[line])
    ]
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
            book.capital(_front(known, row)),
            "–" if missing(row["rank"]) else _rank(known, row),
        ]
        for row in rows[:MOST]
    ]
    columns: Columns = [("institution", 0.32, "left"), ("field", 0.24, "left"), ("name", 0.3, "left"), ("rank", 0.14, "center")]
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
            _none(known) if missing(row["rd_share"]) else known.share(f"firm/{row['id']}/rd", float(row["rd_share"]), 1),
        ]
        for row in rows[:MOST]
    ]
    columns: Columns = [("firm", 0.5, "left"), ("field", 0.3, "left"), ("rd_share", 0.2, "center")]
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
            *(book.count(f"diagnosis/field/{field}/{head}", n) if (n := counts[field].get(head)) else "–" for head in heads),
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
            _platform(known, row["place"], row["entry"]),
            _platform(known, row["other_place"], row["other"]),
            known.number(f"overlap/{row['entry']}/{row['other']}", float(row["overlap"]), 2),
        ]
        for row in _overlaps(known, places)[:20]
    ]
    columns: Columns = [("first", 0.42, "left"), ("second", 0.42, "left"), ("overlap", 0.16, "center")]
    return blocks.table(known.book, "diagnosis_overlap", lines, columns)
