"""How sure the tiers are: each question has its own answer, never one for the other."""

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Block, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.blocks import MANY
from innohub.brief.sections.shape import nominal_shape, own_share, shape_chance, sizes, steady
from innohub.chart import wording
from innohub.position.tier.definitions import Definition

NOTABLE = 0.05
LISTED = 2 * MANY


def certainty(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the reliability of the tiers; none without tier probabilities."""
    facts = book.facts
    if facts.tiering is None or facts.definition is None:
        return []
    asked = len(facts.definitions)
    values = {
        "number": book.word("definitions", asked),
        "draws": book.count("draws", facts.rule.uncertainty.draws),
    }
    intro = blocks.paragraph(book, book.say_of("certainty.intro", asked, **values))
    found = [blocks.section(book, 1, book.say_of("certainty.title", asked), intro)]
    writers = {"places": _places, "thresholds": _thresholds, "refitted": _refitted}
    for definition in facts.definitions:
        heading = book.say(f"certainty.heading.{definition}")
        found.append(blocks.section(book, 2, heading, blocks.paragraph(book, *writers[definition](book))))
    name = book.say(f"definition.{facts.definition}.name")
    closing = blocks.paragraph(book, book.say("certainty.closing", definition=name)) if asked > 1 else []
    tail = [*closing, *_table(book), *blocks.figure(book, "tiers", pictures)]
    last = found.pop()
    return [*found, Section(last.level, last.heading, (*last.blocks, *tail))]


def _places(book: Ledger) -> list[Text]:
    own = sizes(book, book.facts.own_sizes)
    return [book.say("certainty.places", sizes=own), *_unsure(book, "places")]


def _unsure(book: Ledger, definition: Definition) -> list[Text]:
    """Say which places are under the bar in their own tier, and where else they may fall."""
    facts = book.facts
    weak = facts.weak_places(definition)
    if not weak:
        return [book.say("certainty.all_firm", bar=blocks.bar(book))]
    held = len(facts.assigned) - len(weak)
    firm = book.few(f"firm places/{definition}", held)
    said = [
        book.say_of(
            "certainty.firm" if held else "certainty.firm_none", held, firm=firm, bar=blocks.bar(book)
        )
    ]
    if len(weak) > LISTED:
        return [*said, _weakest(book, weak, definition)]
    groups: dict[tuple[str, str], list[str]] = {}
    for place in weak:
        groups.setdefault(facts.between(place, definition), []).append(place)
    return [*said, *[_between(book, pair, places, definition) for pair, places in groups.items()]]


def _weakest(book: Ledger, weak: tuple[str, ...], definition: Definition) -> Text:
    """Name the least certain of many."""
    facts = book.facts
    chances = {p: facts.chance(p, facts.assigned[p], definition) for p in weak}
    least = sorted(weak, key=lambda place: chances[place])[:MANY]
    parts = [
        book.say("certainty.own_chance", place=book.name(p), tier=book.tier(facts.assigned[p]),
                 chance=book.chance(p, facts.assigned[p], definition))
        for p in least
    ]  # fmt: skip
    number = book.few(f"weak places/{definition}", len(weak))
    return book.say("certainty.weakest", number=number, list=book.join(parts))


def _between(book: Ledger, pair: tuple[str, str], places: list[str], definition: Definition) -> Text:
    first, second = pair
    tiers = {"first": book.tier(first), "second": book.tier(second)}
    parts = [
        book.say(
            "certainty.chances_next" if position else "certainty.chances",
            place=book.name(place),
            chance_first=book.chance(place, first, definition),
            chance_second=book.chance(place, second, definition),
            **tiers,
        )
        for position, place in enumerate(places)
    ]
    form = "one" if len(places) == 1 else "many"
    return book.say(f"certainty.between_{form}", list=book.join(parts, "plain"), **tiers)


def _thresholds(book: Ledger) -> list[Text]:
    facts = book.facts
    parts = [cut for tier in facts.tier_ids[:-1] if (cut := _cut(book, tier))]
    said = [book.say("certainty.thresholds", cuts=book.join(parts))] if parts else []
    said += [_crossing(book, tier) for tier in facts.tier_ids[:-1]]
    return [text for text in said if text]


def _cut(book: Ledger, tier: str) -> Text:
    frame = book.facts.table("tier_limits")
    scale = book.facts.tiering.scale if book.facts.tiering else "raw"
    rows = frame[(frame["scale"] == scale) & (frame["tier"] == tier)] if not frame.empty else frame
    if rows.empty or rows["lower"].isna().all():
        return ()
    value = float(rows["lower"].iloc[0])
    cut = book.plain_number(f"cut/{tier}", value, wording.score(value, book.facts.spread))
    return book.say("certainty.cut", tier=book.tier(tier), cut=cut)


def _crossing(book: Ledger, tier: str) -> Text:
    """Say who is not sure to pass the line of a tier, from within it and from below."""
    facts = book.facts
    upper = facts.tier_ids[: facts.tier_ids.index(tier) + 1]
    chance = {p: sum(facts.chance(p, t, "thresholds") for t in upper) for p in facts.assigned}
    within = [p for p, its in facts.assigned.items() if its in upper and chance[p] < facts.firm]
    below = [p for p, its in facts.assigned.items() if its not in upper and chance[p] >= NOTABLE]
    if not within and not below:
        return book.say("certainty.line_clear", tier=book.tier(tier))
    open_ones = [*within, *below]
    # where many may pass, those nearest to even chances
    named = (
        open_ones
        if len(open_ones) <= LISTED
        else sorted(open_ones, key=lambda p: abs(chance[p] - 0.5))[:MANY]
    )
    parts = [
        book.say("certainty.passes", place=book.name(p), chance=_pass(book, p, tier, chance[p]))
        for p in named
    ]
    number = book.few(f"places about the line/{tier}", len(open_ones))
    form = "line" if len(named) == len(open_ones) else "line_many"
    return book.say(f"certainty.{form}", tier=book.tier(tier), list=book.join(parts), number=number)


def _pass(book: Ledger, place: str, tier: str, chance: float) -> Piece:
    return book.probability(f"passes/{tier}/{place}", chance, place)


def _refitted(book: Ledger) -> list[Text]:
    said: list[Text] = []
    if (shape := nominal_shape(book)) is not None:
        form = "refitted_steady" if steady(book) else "refitted"
        said += [book.say(f"certainty.{form}", sizes=shape[0], chance=shape[1]), _more_often(book)]
    fallen = _fallen(book)
    said.append(fallen)
    said.append(book.say("certainty.meaning") if fallen and book.facts.orderly else ())
    return said


def _more_often(book: Ledger) -> Text:
    """Name the sizes that come out more often than those assigned."""
    frame = book.facts.table("tier_sizes")
    more = frame[frame["probability"] > own_share(book)].sort_values("probability", ascending=False).head(2)
    parts = [
        book.say("certainty.shape", sizes=sizes(book, s), chance=shape_chance(book, s, p))
        for s, p in zip(more["sizes"], more["probability"], strict=True)
    ]
    return book.say_of("certainty.more_often", len(parts), list=book.join(parts, "pair")) if parts else ()


def _fallen(book: Ledger) -> Text:
    """Name the members of the highest tier that are weak only when the breaks are found anew."""
    facts = book.facts
    top, before = facts.tier_ids[0], facts.definitions[0]
    weak = [p for p in facts.weak_places("refitted") if facts.assigned[p] == top]
    fallen = [p for p in weak if facts.chance(p, top, "refitted") < facts.chance(p, top, before) - NOTABLE]
    parts = [
        book.say("certainty.passes", place=book.name(p), chance=book.chance(p, top, "refitted"))
        for p in fallen[:LISTED]
    ]
    return book.say("certainty.top", tier=book.tier(top), list=book.join(parts)) if parts else ()


def _table(book: Ledger) -> list[Block]:
    facts = book.facts
    # English names are long and English verdicts short
    place, verdict = (0.165, 0.295) if book.language == "zh" else (0.245, 0.20)
    columns: list[tuple[str, float, Align]] = [
        ("place", blocks.place_width(book, place), "left"),
        ("tier", 0.12 if book.language == "zh" else 0.135, "center"),
    ]
    columns += [(definition, 0.14, "center") for definition in facts.definitions]
    columns += [("verdict", verdict, "left")]
    rows = [_row(book, place) for place in facts.assigned]
    return blocks.table(book, "certainty", rows, columns)


def _row(book: Ledger, place: str) -> list[Piece]:
    facts = book.facts
    tier = facts.assigned[place]
    row: list[Piece] = [book.name(place), book.tier(tier)]
    row += [book.chance_cell(place, tier, definition) for definition in facts.definitions]
    if place in facts.open_places:
        first, second = facts.between(place)
        return [*row, book.say("certainty.verdict_open", first=book.tier(first), second=book.tier(second))]
    return [*row, book.say("certainty.verdict_firm")]
