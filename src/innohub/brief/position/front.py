"""Title, lead and key messages of a positioning: what a reader knows who reads nothing else."""

from innohub.brief.ledger import Piece
from innohub.brief.model import Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.chart.functions import Grid, Verdict
from innohub.position.function.claim import NOT_TESTED, SUPPORTED, WIDER

_LEFT: tuple[tuple[Verdict, str], ...] = (("not reached", "missed"), ("not tested", "untested"))


def title(known: Known) -> tuple[Text, ...]:
    """Return the judgement in two lines: what is held at which scope, and what the evidence leaves open."""
    book = known.book
    if len(known.grids) > 1:
        number = known.count("places", len(known.grids))
        return book.say("position.title.many", number=number), book.say("position.title.many_rest")
    if not known.grids:
        beside = book.say("position.title.beside", places=blocks.some(book, known.places))
        return book.capital(beside), book.say("position.title.beside_rest")
    grid = known.grids[0]
    place = book.name(grid.place)
    if not grid.reached:
        first = book.say("position.title.none", place=place)
    else:
        scope, held = next(iter(grid.reached.items()))
        number = known.count("functions at the widest scope", len(held))
        first = book.say_of(
            "position.title.held", len(held), place=place, number=number, scope=known.scope(scope)
        )
    return book.capital(first), _rest(known, grid)


def _rest(known: Known, grid: Grid) -> Text:
    book = known.book
    wider, untested = known.by_verdict(grid.place, WIDER), grid.by_state("not tested")
    if wider:
        number = known.count("positions wider than the evidence", len(wider))
        return book.say_of("position.title.wider", len(wider), number=number)
    if untested:
        number = known.count("functions not tested", len(untested))
        return book.say_of("position.title.untested", len(untested), number=number)
    return book.say("position.title.clear")


def lead(known: Known, *, short: bool = False) -> Text:
    """Return the lead paragraph; short where a box of messages follows."""
    if not known.grids:
        return known.book.say("position.lead.beside", places=blocks.some(known.book, known.places))
    said = [_base(known)]
    said += [known.book.say("position.lead.why")] if short else messages(known)
    return known.book.sentences(said)


def _base(known: Known) -> Text:
    book = known.book
    grid = known.grids[0]
    peers = {relation.peer.place for relation in known.relations}
    values: dict[str, Piece] = {
        "places": book.names(known.values.places),
        "functions": known.count("functions", len(grid.functions)),
        "scopes": known.scopes(column.scope for column in grid.columns),
        "peers": book.count("position/peers compared", len(peers)),
        "comparisons": book.count("position/comparisons", len(known.relations)),
    }
    return book.say("position.lead.base", **values)


def messages(known: Known) -> list[Text]:
    """Return the results in sentences: what is held, what is not or not known, and what texts claim."""
    found: list[Text] = []
    for grid in known.grids:
        found += [_held(known, grid), _not_held(known, grid), _stated(known, grid), _likeness(known)]
    return [text for text in dict.fromkeys(found) if text]


def _held(known: Known, grid: Grid) -> Text:
    book = known.book
    place = book.name(grid.place)
    if not grid.reached:
        return book.say("position.lead.none", place=place)
    parts = []
    for scope, held in grid.reached.items():
        number = known.count(f"held/{grid.place}/{scope}", len(held))
        parts.append(
            book.say_of(
                "position.lead.held",
                len(held),
                scope=known.scope(scope),
                number=number,
                functions=known.functions(held),
            )
        )
    return book.say("position.lead.reached", place=place, list=book.join(parts, "clause"))


def _not_held(known: Known, grid: Grid) -> Text:
    book = known.book
    parts = []
    for state, key in _LEFT:
        functions = grid.by_state(state)
        if functions:
            number = known.count(f"{key}/{grid.place}", len(functions))
            values: dict[str, Piece] = {
                "number": number,
                "functions": known.functions(functions),
                "least": _least(known),
            }
            parts.append(book.say_of(f"position.lead.{key}", len(functions), **values))
    return book.sentences(parts)


def _least(known: Known) -> Text:
    return known.book.join([known.count("fewest peers", known.least)])


def _stated(known: Known, grid: Grid) -> Text:
    """Say how many of the positions that a text claims the evidence bears out."""
    book = known.book
    every = [one for one in known.stated if one.place == grid.place]
    if not every:
        return ()
    parts = []
    for verdict, key in ((SUPPORTED, "supported"), (WIDER, "wider"), (NOT_TESTED, "open")):
        found = known.by_verdict(grid.place, verdict)
        if found:
            number = known.count(f"stated/{key}/{grid.place}", len(found))
            parts.append(book.say_of(f"position.lead.{key}", len(found), number=number))
    number = known.count(f"stated/{grid.place}", len(every))
    return book.say("position.lead.stated", number=number, list=book.join(parts, "comma"))


def _likeness(known: Known) -> Text:
    """Say how many comparisons are of one year and one boundary."""
    book = known.book
    marked = sum(bool({"year", "boundary"} & set(relation.marks)) for relation in known.relations)
    if not marked:
        return ()
    values = {
        "marked": book.count("position/marked comparisons", marked),
        "all": book.count("position/comparisons", len(known.relations)),
    }
    return book.say_of("position.lead.marked", marked, **values)
