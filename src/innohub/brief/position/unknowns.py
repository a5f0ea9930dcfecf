"""What a positioning does not know: other years and boundaries, undated and inexact values, what was not tested."""

from innohub.brief.ledger import Piece
from innohub.brief.model import Section, Text
from innohub.brief.position.known import Known
from innohub.brief.sections import blocks
from innohub.chart import wording
from innohub.position.function.grid import UNTESTED
from innohub.position.function.relation import Relation, Value

Point = tuple[Text, Text]
MOST = 4


def unknowns(known: Known) -> list[Section]:
    """Return the section on what is not known, one paragraph a point."""
    book = known.book
    cautions = book.facts.settings.brief.cautions_on("positioning")
    told = [blocks.first_sentence(book, caution.text(book.language)) for caution in cautions]
    if cautions and not book.facts.ranked:
        # the study's own words have told what the numbers mean; what is left is how many they are
        counted = book.sentences([text for _, text in _counted(known, short=True)])
        told.append((book.say("position.unknowns.counts_lead"), counted))
    else:
        told += [*_counted(known), _untested(known), _trend(known), _assumed(known), _findings(known)]
    points = blocks.points(book, [point for point in told if point[1]])
    return [blocks.section(book, 1, book.say("position.unknowns.title"), points)] if points else []


def _counted(known: Known, *, short: bool = False) -> list[Point]:
    """Count what is not quite comparable or not exact."""
    found = [_years(known), _boundaries(known, short=short), _undated(known, short=short)]
    found += [_inexact(known, short=short), _errors(known)]
    return [*found, _findings(known)] if short else found


def _point(known: Known, key: str, text: Text) -> Point:
    return known.book.say(f"position.unknowns.{key}_lead"), text


def _marked(known: Known, mark: str) -> list[Relation]:
    return [relation for relation in known.relations if mark in relation.marks]


def _total(known: Known) -> Piece:
    return known.book.count("position/comparisons", len(known.relations))


def _years(known: Known) -> Point:
    book = known.book
    found = [r for r in _marked(known, "year") if r.own.year is not None and r.peer.year is not None]
    if not found:
        return _point(known, "years", ())
    gaps = [abs((r.own.year or 0) - (r.peer.year or 0)) for r in found]
    values: dict[str, Piece] = {
        "number": book.count("position/other year", len(found)),
        "all": _total(known),
        "gap": known.count("longest gap", max(gaps)),
    }
    return _point(known, "years", book.say_of("position.unknowns.years", max(gaps), **values))


def _boundaries(known: Known, *, short: bool = False) -> Point:
    book = known.book
    found = _marked(known, "boundary")
    if not found:
        return _point(known, "boundaries", ())
    values: dict[str, Piece] = {
        "number": book.count("position/other boundary", len(found)),
        "all": _total(known),
    }
    if short:
        return _point(known, "boundaries", book.say("position.unknowns.boundaries_short", **values))
    parts = []
    for area in dict.fromkeys(relation.peer.area for relation in found):
        peers = dict.fromkeys(r.peer.place for r in found if r.peer.area == area)
        key = f"position.unknowns.area.{area}"
        kind = book.say(key) if book.has(key) else book.quote(area)
        parts.append(book.say("position.unknowns.area_part", kind=kind, peers=book.names(peers)))
    values["list"] = book.join(parts, "clause")
    return _point(known, "boundaries", book.say("position.unknowns.boundaries", **values))


def _values(known: Known) -> list[Value]:
    """Return each value that the evidence uses once: the places' own and the peers'."""
    found: dict[tuple[str, str], Value] = {}
    for grid in known.grids:
        for function in grid.functions:
            for one in known.values.evidence(grid.place, function.id):
                for value in (one.own, *(relation.peer for relation in one.relations)):
                    found.setdefault((value.place, value.indicator), value)
    return list(found.values())


def _undated(known: Known, *, short: bool = False) -> Point:
    return _some(known, "undated", [value for value in _values(known) if value.year is None], short=short)


def _inexact(known: Known, *, short: bool = False) -> Point:
    return _some(known, "inexact", [value for value in _values(known) if value.qualifier], short=short)


def _some(known: Known, key: str, found: list[Value], *, short: bool) -> Point:
    """Count values of a kind and, unless it is to be short, name their indicators."""
    book = known.book
    if not found:
        return _point(known, key, ())
    every = _values(known)
    names = list(dict.fromkeys(value.indicator for value in found))
    values: dict[str, Piece] = {
        "number": book.count(f"position/{key} values", len(found)),
        "all": book.count("position/values", len(every)),
        "indicators": _some_names(known, names),
    }
    form = f"position.unknowns.{key}{'_short' if short else ''}"
    return _point(known, key, book.say_of(form, len(found), **values))


def _some_names(known: Known, names: list[str]) -> Text:
    """Name indicators, where they are many the first of them."""
    book = known.book
    told = book.join(
        [book.node(name) for name in names[:MOST]], "list" if len(names) <= MOST else "comma_list"
    )
    return told if len(names) <= MOST else book.say("layout.and_others", names=told)


def _errors(known: Known) -> Point:
    """Say that nothing is known of errors where no cell has a certainty."""
    cells = [cell for grid in known.grids for cell in grid.cells.values() if cell.verdict != UNTESTED]
    without = [cell for cell in cells if cell.certainty != cell.certainty]
    if not without:
        return _point(known, "errors", ())
    book = known.book
    values = {
        "number": book.count("position/cells without certainty", len(without)),
        "all": book.count("position/cells", len(cells)),
    }
    return _point(known, "errors", book.say("position.unknowns.errors", **values))


def _untested(known: Known) -> Point:
    book = known.book
    every = [(grid, function) for grid in known.grids for function in grid.functions]
    found = [function for grid, function in every if grid.state(function.id) == UNTESTED]
    if not found:
        return _point(known, "untested", ())
    values: dict[str, Piece] = {
        "functions": known.functions(found),
        "least": known.count("fewest peers", known.least),
    }
    return _point(known, "untested", book.say_of("position.unknowns.untested", len(found), **values))


def _trend(known: Known) -> Point:
    """Say that a claim for a later year cannot be held against a trend where there is none."""
    book = known.book
    years = sorted({one.year for one in known.stated if one.year is not None})
    states = {cell.ready for grid in known.grids for cell in grid.cells.values()}
    if not years or states & {"by", "not by horizon"}:
        return _point(known, "trend", ())
    shown = wording.between(str(years[0]), str(years[-1]), book.language)
    year = (
        book.when(years[0])
        if len(years) == 1
        else book.claim("position/claimed years", years[0], lambda _: shown)
    )
    return _point(known, "trend", book.say("position.unknowns.trend", year=year))


def _assumed(known: Known) -> Point:
    """Name the functions whose pairing with a position is innohub's."""
    book = known.book
    found = {f.id: f for grid in known.grids for f in grid.functions if f.assumed and f.position}
    if not found or not known.stated:
        return _point(known, "assumed", ())
    parts = [
        book.say("position.unknowns.pair", function=known.function(f), position=book.quote(f.position))
        for f in found.values()
    ]
    return _point(known, "assumed", book.say("position.unknowns.assumed", list=book.join(parts, "comma")))


def _findings(known: Known) -> Point:
    book = known.book
    number = len(book.facts.table("findings"))
    if not number:
        return (), ()
    return book.say("unknowns.lead_findings"), book.say_of(
        "unknowns.findings", number, number=book.few("findings", number)
    )
