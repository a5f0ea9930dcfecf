"""How efficiently places turn inputs into outputs, against the best of them."""

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Block, Section, Text
from innohub.brief.sections import blocks
from innohub.catalog import method
from innohub.chart import wording
from innohub.chart.frontier import (
    Performance,
    Productivity,
    read_performances,
    read_productivity,
    read_targets,
)
from innohub.chart.tables import records
from innohub.study.efficiency_section import EfficiencySection

NAMED = 8
TARGETS = 4
# From here on a change is printed without decimals.
WHOLE = 0.1
# From here on a rise is printed as a multiple.
MANIFOLD = 2.0
# A change that would be printed as zero.
UNSEEN = 0.0005


def efficiency(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on efficiency, one paragraph a model; none without such a model."""
    facts = book.facts
    frame = facts.table("efficiency")
    models = read_performances(frame, facts.settings.study.year, facts.scores.index)
    if not models:
        return []
    found: list[Block] = []
    for performance in models:
        lead = _lead(book, performance.name) if len(models) > 1 else ()
        found += blocks.paragraph(book, *_model(book, performance), _mean(book, performance), lead=lead)
        found += blocks.paragraph(book, *_lowest(book, performance), _left_out(book, performance))
        change = read_productivity(facts.table("malmquist"), performance.name)
        found += blocks.paragraph(book, *_change(book, performance.name, change))
    found += blocks.paragraph(book, book.say("efficiency.caution"))
    return [
        blocks.section(
            book, 1, book.say("efficiency.title"), [*found, *blocks.figure(book, "efficiency", pictures)]
        )
    ]


def _lead(book: Ledger, name: str) -> Text:
    section = book.facts.settings.efficiency.get(name)
    title = section.title.text(book.language) if section else ""
    return book.say("efficiency.lead", title=book.quote(title or name))


def _model(book: Ledger, performance: Performance) -> list[Text]:
    """Say what is put in, what comes out, and who forms the frontier."""
    section = book.facts.settings.efficiency.get(performance.name)
    said = [_setting(book, section)] if section else []
    number, scored = len(performance.frontier), len(performance.table)
    values: dict[str, Piece] = {
        "year": book.when(performance.year),
        "number": book.few(f"efficiency/{performance.name}/frontier", number),
        "all": book.count(f"efficiency/{performance.name}/places", scored),
        "places": blocks.some(book, performance.frontier, NAMED),
    }
    if number == scored:
        return [*said, book.say("efficiency.frontier_all", **values)]
    return [*said, book.say_of("efficiency.frontier", number, **values)]


def _setting(book: Ledger, section: EfficiencySection) -> Text:
    values: dict[str, Piece] = {
        "inputs": book.join([book.node(code) for code in section.inputs]),
        "outputs": book.join([book.node(code) for code in (*section.outputs, *section.undesirable)]),
        "method": book.quote(method("efficiency", section.spec.name).title(book.language)),
    }
    sentence = book.say("efficiency.setting", **values)
    if not section.lag:
        return sentence
    lag = book.few("efficiency/lag", section.lag)
    return book.sentences([sentence, book.say_of("efficiency.lag", section.lag, lag=lag)])


def _mean(book: Ledger, performance: Performance) -> Text:
    if len(performance.frontier) == len(performance.table):
        return ()
    mean = book.fixed(f"efficiency/{performance.name}/mean", performance.mean, 2, year=performance.year)
    return book.say("efficiency.mean", mean=mean)


def _lowest(book: Ledger, performance: Performance) -> list[Text]:
    """Name the place farthest from the frontier, and what it would take to get there."""
    if len(performance.frontier) == len(performance.table):
        return []
    place, name = performance.lowest, performance.name
    score = float(performance.scores[place])
    printed = book.fixed(f"efficiency/{name}/{place}", score, 3, place=place, year=performance.year)
    said = [book.say("efficiency.lowest", place=book.name(place), score=printed)]
    rows = read_targets(book.facts.table("efficiency_targets"), name, performance.year, place)
    alike: dict[tuple[bool, str], list[tuple[str, float]]] = {}
    for row in records(rows.head(TARGETS)):
        change = float(row["change"])
        alike.setdefault((change > 0, _printed(change)), []).append((str(row["indicator"]), change))
    parts = [_target(book, performance, place, members) for members in alike.values()]
    return [*said, book.say("efficiency.targets", list=book.join(parts, "comma"))] if parts else said


def _printed(change: float) -> str:
    """Print a change as a share, a rise to many times the value as that number."""
    if change >= MANIFOLD:
        return wording.fixed(1 + change, 1)
    return wording.exact(abs(change), 0 if abs(change) >= WHOLE else 1)


def _target(book: Ledger, performance: Performance, place: str, members: list[tuple[str, float]]) -> Text:
    """Say by how much some indicators would have to change, all by the same share."""
    indicator, change = members[0]
    key = f"efficiency_targets/{performance.name}/{indicator}/{place}"
    many = change >= MANIFOLD
    unit = "" if many else "%"
    share = book.plain_number(key, change, _printed(change), unit, place=place, year=performance.year)
    names = book.join([book.node(code) for code, _ in members])
    form = f"efficiency.{'times' if many else 'rise' if change > 0 else 'fall'}"
    return book.say_of(form, len(members), indicators=names, share=share)


def _left_out(book: Ledger, performance: Performance) -> Text:
    parts = []
    if performance.infeasible:
        names = blocks.some(book, performance.infeasible, NAMED)
        parts.append(book.say_of("efficiency.infeasible", len(performance.infeasible), places=names))
    if performance.absent:
        names = blocks.some(book, performance.absent, NAMED)
        parts.append(book.say_of("efficiency.absent", len(performance.absent), places=names))
    return book.sentences(parts)


def _change(book: Ledger, name: str, change: Productivity | None) -> list[Text]:
    """Tell the mean change of productivity a year, and which part drives it."""
    if change is None:
        return []
    first, last = change.years
    values: dict[str, Piece] = {"first": book.when(first), "last": book.when(last)}
    gain = change.yearly("index") - 1
    values["gain"] = book.share(f"malmquist/{name}/index", abs(gain), 1)
    way = "flat" if abs(gain) < UNSEEN else "up" if gain > 0 else "down"
    driver = change.driver
    other = next(part for part in ("efficiency_change", "technical_change") if part != driver)
    parts: dict[str, Piece] = {
        "driver": book.say(f"efficiency.part.{driver}"),
        "driver_gain": _gain(book, name, change, driver),
        "other": book.say(f"efficiency.part.{other}"),
        "other_gain": _gain(book, name, change, other),
    }
    return [
        book.say(f"efficiency.change_{way}", **values),
        book.say("efficiency.driver", **parts),
        book.say("efficiency.parts"),
    ]


def _gain(book: Ledger, name: str, change: Productivity, part: str) -> Piece:
    """Claim the mean change of a part a year, with its sign."""
    gain = change.yearly(part) - 1
    return book.plain_number(f"malmquist/{name}/{part}", gain, wording.signed_percent(gain, 1), "%")
