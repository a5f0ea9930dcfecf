"""The functions one by one: the evidence, peers passed and not passed, what the grid says and when it would change."""

from innohub.brief.ledger import Piece
from innohub.brief.model import Section, Text
from innohub.brief.position.frames import rollups
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.chart import wording
from innohub.chart.functions import Cell, Column, Function, Grid
from innohub.position.function.grid import MISSED, REACHED, UNTESTED
from innohub.words import Language

# The figure of the peers stands behind so many functions: further down it would run into the next chapter.
BEFORE_PEERS = 2


def functions(known: Known, pictures: blocks.Pictures, *, short: bool) -> list[Section]:
    """Return the section on the functions: how to read it, then a section a function.

    A short brief has shown the grid before, and shows the peers first.
    """
    book = known.book
    if not known.grids:
        return _rolled(known, [])
    first, second = ("peers", "") if short else ("position", "peers")
    head = [
        *blocks.paragraph(book, _how(known), () if short else known.sets(), _marks(known)),
        *known.figures(first, pictures),
    ]
    found = [
        _function(known, grid, function, short=short) for grid in known.grids for function in grid.functions
    ]
    spot = min(BEFORE_PEERS, len(found)) - 1
    told = found[spot]
    found[spot] = Section(told.level, told.heading, (*told.blocks, *known.figures(second, pictures)))
    return _rolled(known, [blocks.section(book, 1, book.say("position.functions.title"), head), *found])


def _rolled(known: Known, sections: list[Section]) -> list[Section]:
    """Add what the same indicators say in other frames."""
    book = known.book
    told = rollups(known)
    level = 2 if sections else 1
    return (
        [*sections, blocks.section(book, level, book.say("position.rollups.title"), told)]
        if told
        else sections
    )


def _how(known: Known) -> Text:
    book = known.book
    values = {"bar": known.bar_claim(), "least": known.count("fewest peers", known.least)}
    return book.say("position.functions.how", **values)


def _marks(known: Known) -> Text:
    """Explain once how comparisons that are not of like with like are marked."""
    if not any({"year", "boundary"} & set(relation.marks) for relation in known.relations):
        return ()
    return known.book.say("position.functions.marks", places=known.book.names(known.values.places))


def _function(known: Known, grid: Grid, function: Function, *, short: bool) -> Section:
    book = known.book
    state = grid.state(function.id)
    widest = grid.widest(function.id)
    values: dict[str, Piece] = {"function": known.function(function), "owner": _owner(known, grid)}
    if widest is not None:
        values["scope"] = known.scope(widest.scope)
    heading = book.say(f"position.functions.{_key(state)}", **values)
    evidence = known.values.evidence(grid.place, function.id)
    said = known.tell.sentences(function.id, evidence) or book.say("position.functions.no_value")
    judged = _judgement(known, grid, function)
    if short:
        return blocks.section(book, 2, heading, blocks.paragraph(book, said, *judged))
    return blocks.section(book, 2, heading, [*blocks.paragraph(book, said), *blocks.paragraph(book, *judged)])


def _key(state: str) -> str:
    return {REACHED: "reached", MISSED: "missed", UNTESTED: "untested"}[state]


def _owner(known: Known, grid: Grid) -> Text:
    if len(known.grids) < 2:
        return ()
    return known.book.say("position.base.owner", place=known.book.name(grid.place))


def _judgement(known: Known, grid: Grid, function: Function) -> list[Text]:
    """Say of each scope how many comparisons are passed, how sure that is, and where nothing can be said."""
    book = known.book
    pairs = [(column, grid.cell(function.id, column)) for column in grid.columns]
    tested = [(column, cell) for column, cell in pairs if cell is not None and cell.verdict != UNTESTED]
    sure = [cell for _, cell in tested if cell.certainty == cell.certainty]
    parts = [_cell(known, grid, column, cell, first=cell in sure[:1]) for column, cell in tested]
    said = [book.say("position.functions.sentence", text=book.join(parts, "clause"))] if parts else []
    said += [text for column, cell in tested if (text := _ready(known, grid, column, cell))]
    said.append(_later(known, [column for column, cell in tested if cell.ready == "not by horizon"]))
    scopes = {column.scope for column, _ in tested}
    left = [column for column, cell in pairs if (column, cell) not in tested]
    return [*said, _open(known, grid, function, left, scopes)]


def _cell(known: Known, grid: Grid, column: Column, cell: Cell, *, first: bool) -> Text:
    book = known.book
    key = known.cell_key(grid, cell)
    values: dict[str, Piece] = {
        "scope": known.level(column),
        "compared": book.count(f"{key}/compared", cell.compared),
        "passed": book.count(f"{key}/passed", cell.passed),
        "tied": book.count(f"{key}/tied", cell.tied),
        "q": known.share(f"{key}/q", cell.q),
        "bar": known.bar_claim(),
    }
    judged = "missed" if cell.verdict == MISSED else "at" if cell.q == known.bar else "met"
    values["verdict"] = book.say(f"position.functions.{judged}_bar", **values)
    values["sure"] = _sure(known, key, cell, first=first)
    form = "cell_all" if cell.passed == cell.compared else "cell_tied" if cell.tied else "cell"
    return book.say(f"position.functions.{form}", **values)


def _sure(known: Known, key: str, cell: Cell, *, first: bool) -> Text:
    """Say in what share of the draws the limit is reached, where anything is known of errors."""
    if cell.certainty != cell.certainty:
        return ()

    def show(language: Language) -> str:
        return wording.probability(cell.certainty, language)

    chance = known.book.claim(f"position/{key}/certainty", cell.certainty, show)
    return known.book.say(
        "position.functions.sure" if first else "position.functions.sure_next", chance=chance
    )


def _ready(known: Known, grid: Grid, column: Column, cell: Cell) -> Text:
    """Say when a scope that is not reached would be, where values have a trend."""
    book = known.book
    if cell.ready != "by" or cell.ready_year is None:
        return ()
    values: dict[str, Piece] = {"scope": known.level(column), "year": book.when(cell.ready_year)}
    if cell.ready_low is None or cell.ready_high is None:
        # Too few draws reach the bar for an interval; their share says how open the year is.
        key = f"position/{known.cell_key(grid, cell)}/chance"
        chance = book.claim(key, cell.chance, lambda lang: wording.probability(cell.chance, lang))
        last = known.rule.horizon if known.rule else None
        horizon = book.when(last or cell.ready_year)
        return book.say("position.functions.ready", **values, chance=chance, horizon=horizon)
    span = (str(cell.ready_low), str(cell.ready_high))
    values["span"] = book.claim(
        f"position/{known.cell_key(grid, cell)}/ready",
        cell.ready_low,
        lambda lang: wording.between(*span, lang),
    )
    return book.say("position.functions.ready_span", **values)


def _later(known: Known, columns: list[Column]) -> Text:
    """Name the scopes that are not reached by the horizon of the study."""
    book = known.book
    horizon = known.rule.horizon if known.rule else None
    if not columns or horizon is None:
        return ()
    form = "later" if len(columns) == 1 else "later_many"
    scopes = book.join([known.level(column) for column in columns])
    return book.say(f"position.functions.{form}", scopes=scopes, year=book.when(horizon))


def _open(known: Known, grid: Grid, function: Function, left: list[Column], tested: set[str]) -> Text:
    """Name the scopes that could not be tested, and the sets where another set of the scope could."""
    book = known.book
    if not left:
        return ()
    least = known.count("fewest peers", known.least)
    if tested:
        whole = [column.scope for column in left if column.scope not in tested]
        names = [known.level(column) for column in left if column.scope in tested]
        names += [book.say("position.level", scope=known.scopes(whole))] if whole else []
        return book.say("position.functions.open", scopes=book.join(names), least=least)
    most = max((cell.peers for cell in grid.of(function.id)), default=0)
    if not most:
        return book.say("position.functions.no_peers")
    number = known.count(f"{grid.place}/{function.id}/most peers", most)
    return book.say_of("position.functions.few_peers", most, number=number, least=least)
