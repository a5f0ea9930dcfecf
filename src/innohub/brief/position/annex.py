"""The annex of a positioning: the grid, every comparison with year, boundary and marks, the method."""

from innohub.brief.ledger import Piece
from innohub.brief.model import Align, Block, Paragraph, Section, Text
from innohub.brief.position.foreign import model_tables
from innohub.brief.position.frames import checklist_table, local_table, rollup_table
from innohub.brief.position.hierarchy import containment_tables
from innohub.brief.position.hub import hub_table
from innohub.brief.position.kindred import similar_table
from innohub.brief.position.known import Known
from innohub.brief.position.practice import cases_table
from innohub.brief.position.sidewise import comparison_table
from innohub.brief.position.triangle import triangle_table
from innohub.brief.position.unevenness import unevenness_table
from innohub.brief.sections import blocks
from innohub.chart import wording
from innohub.chart.functions import Cell, Column, Function, Grid
from innohub.position.evidence.amount import amount
from innohub.position.evidence.gather import Evidence
from innohub.position.function.grid import MISSED, REACHED, UNTESTED
from innohub.position.function.relation import Relation, Value

_VERDICTS = {REACHED: "reached", MISSED: "missed", UNTESTED: "untested"}


def annex(known: Known) -> tuple[Section, ...]:
    """Return the annex sections: the grid and the comparisons."""
    book = known.book
    found = [
        blocks.section(book, 2, book.say("position.annex.grid"), _grid(known)),
        blocks.section(book, 2, book.say("position.annex.relations"), _relations(known)),
        blocks.section(book, 2, book.say("position.annex.kindred"), [*similar_table(known), *comparison_table(known)]),
        blocks.section(book, 2, book.say("position.annex.frames"), [
            *rollup_table(known), *triangle_table(known), *unevenness_table(known),
        ]),
        blocks.section(book, 2, book.say("position.annex.models"), [*model_tables(known), *cases_table(known)]),
        blocks.section(book, 2, book.say("position.annex.tiers"), [
            *checklist_table(known), *containment_tables(known), *local_table(known), *hub_table(known),
        ]),
    ]  # fmt: skip
    return tuple(section for section in found if section.blocks)


def method(known: Known) -> tuple[Paragraph, ...]:
    """Return the method in words: comparison, scope, certainty, claims, and the run."""
    book, rule = known.book, known.rule
    values: dict[str, Piece] = {"bar": known.bar_claim(), "least": known.count("fewest peers", known.least)}
    if not known.grids:
        return ()
    said = [
        ("compare", book.say("position.method.compare_text", **values)),
        ("scope", book.say("position.method.scope_text", **values)),
    ]
    if rule is not None:
        near = book.claim("position/near", rule.near, lambda _: wording.level(rule.near), unit="%")
        gap = known.count("most years apart", rule.max_gap)
        said.append(("marks", book.say_of("position.method.marks_text", rule.max_gap, near=near, gap=gap)))
        if _sure(known):
            draws = book.count("position/draws", rule.draws)
            spread = book.claim(
                "position/spread", rule.spread, lambda _: wording.level(rule.spread), unit="%"
            )
            said.append(("sure", book.say("position.method.sure_text", draws=draws, spread=spread)))
    if known.stated:
        said.append(("claims", book.say("position.method.claims_text")))
    return tuple(Paragraph(text, book.say(f"position.method.{key}")) for key, text in said)


def _sure(known: Known) -> bool:
    return any(cell.certainty == cell.certainty for grid in known.grids for cell in grid.cells.values())


def _grid(known: Known) -> list[Block]:
    rows = [
        row
        for grid in known.grids
        for function in grid.functions
        for row in _function_rows(known, grid, function)
    ]
    columns: list[tuple[str, float, Align]] = [
        ("function", 0.22, "left"), ("scope", 0.16, "left"), ("peers", 0.08, "center"), ("passed", 0.19, "center"),
        ("share", 0.09, "center"), ("verdict", 0.17, "center"), ("certainty", 0.09, "center"),
    ]  # fmt: skip
    if not _sure(known):
        rows, columns = [row[:-1] for row in rows], columns[:-1]
    return blocks.table(known.book, "position_grid", rows, columns)


def _function_rows(known: Known, grid: Grid, function: Function) -> list[list[Piece]]:
    """Return a row for each scope with comparisons, or one that says that there are none."""
    cells = [(column, grid.cell(function.id, column)) for column in grid.columns]
    used = [(column, cell) for column, cell in cells if cell is not None and cell.compared]
    if used:
        return [_cell_row(known, grid, function, column, cell) for column, cell in used]
    book = known.book
    none = book.capital(book.say("position.annex.no_peers"))
    name = known.whose(grid.place, known.function(function))
    return [[name, book.say("position.annex.all_scopes"), "–", "–", "–", none, "–"]]


def _cell_row(known: Known, grid: Grid, function: Function, column: Column, cell: Cell) -> list[Piece]:
    book = known.book
    key = known.cell_key(grid, cell)
    verdict = "widest" if cell.widest else _VERDICTS[cell.verdict]
    return [
        known.whose(grid.place, known.function(function)),
        known.column(column),
        book.count(f"{key}/peers", cell.peers),
        _passed(known, key, cell),
        known.share(f"{key}/q", cell.q) if cell.verdict != UNTESTED else "–",
        book.capital(book.say(f"position.annex.{verdict}")),
        _certainty(known, key, cell),
    ]


def _passed(known: Known, key: str, cell: Cell) -> Text:
    book = known.book
    counts = [
        book.count(f"{key}/{part}", number)
        for part, number in (("passed", cell.passed), ("tied", cell.tied), ("not passed", cell.not_passed))
    ]
    return book.join(counts, "slash") if cell.compared else book.quote("–")


def _certainty(known: Known, key: str, cell: Cell) -> Piece:
    if cell.certainty != cell.certainty:
        return "–"
    return known.book.claim(
        f"position/{key}/certainty cell", cell.certainty, lambda _: wording.percent(cell.certainty)
    )


def _relations(known: Known) -> list[Block]:
    rows = [
        _relation(known, function, one, relation, first=not number)
        for grid in known.grids
        for function in grid.functions
        for one in known.values.evidence(grid.place, function.id)
        for number, relation in enumerate(one.relations)
    ]
    columns: list[tuple[str, float, Align]] = [
        ("indicator", 0.26, "left"), ("peer", 0.13, "left"), ("value", 0.12, "right"), ("year", 0.14, "center"),
        ("area", 0.12, "center"), ("relation", 0.09, "center"), ("marks", 0.14, "center"),
    ]  # fmt: skip
    return blocks.table(known.book, "position_relations", rows, columns)


def _relation(
    known: Known, function: Function, one: Evidence, relation: Relation, *, first: bool
) -> list[Piece]:
    """Return the row of a comparison; the first of an indicator names it with the place's own value."""
    book = known.book
    peer = relation.peer
    key = f"relation/{function.id}"
    return [
        _own(known, key, one) if first else "",
        book.name(peer.place),
        _value(known, key, peer),
        _year(known, peer),
        _area(known, peer.area),
        book.say(f"position.annex.relation.{relation.relation.replace(' ', '_')}"),
        _marks(known, relation),
    ]


def _own(known: Known, key: str, one: Evidence) -> Text:
    book = known.book
    values: dict[str, Piece] = {
        "indicator": book.capital(book.node(one.own.indicator)),
        "value": _value(known, key, one.own),
        "year": _year(known, one.own),
    }
    return book.say("position.annex.own", **values)


def _marks(known: Known, relation: Relation) -> Text:
    book = known.book
    return book.join([book.say(f"position.annex.mark.{mark}") for mark in relation.marks], "comma_list")


def _value(known: Known, key: str, value: Value) -> Piece:
    book = known.book
    source = known.values.source(value)
    return book.claim(
        f"{key}/{value.place}/{value.indicator}", value.value,
        lambda language: amount(value.value, value.unit, language, short=True), unit=value.unit, year=value.year,
        place=value.place, sources=(source,) if source else (), file=value.file, row=value.row,
    )  # fmt: skip


def _year(known: Known, value: Value) -> Piece:
    book = known.book
    if value.year is None:
        return book.say("position.annex.undated")
    if value.since is None or value.since == value.year:
        return book.when(value.year)
    since, year = value.since, value.year
    return book.claim(
        f"years/{since}/{year}", year, lambda lang: wording.between(str(since), str(year), lang), year=year
    )


def _area(known: Known, area: str) -> Piece:
    key = f"position.annex.area.{area}"
    return known.book.say(key) if known.book.has(key) else known.book.quote(area or "–")
