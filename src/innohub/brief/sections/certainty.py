"""How sure the tiers are: three questions, three answers, never one for the other."""

from innohub.brief import printing
from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Block, Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.front import MANY, nominal_shape, shape_chance, sizes, steady
from innohub.brief.tables import Definition

NOTABLE = 0.05


def certainty(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the reliability of the tiers; none without tier probabilities."""
    facts = book.facts
    if facts.tiering is None or not facts.definitions:
        return []
    number = book.word("definitions", len(facts.definitions))
    draws = book.count("draws", facts.rule.uncertainty.draws)
    intro = blocks.paragraph(book, book.say("certainty.intro", number=number, draws=draws))
    found = [blocks.section(book, 1, book.say("certainty.title", number=number), intro)]
    writers = {"places": _places, "thresholds": _thresholds, "refitted": _refitted}
    for definition in facts.definitions:
        heading = book.say(f"certainty.heading.{definition}")
        found.append(blocks.section(book, 2, heading, blocks.paragraph(book, *writers[definition](book))))
    closing: list[Block] = []
    if facts.definition is not None:
        name = book.say(f"definition.{facts.definition}.name")
        closing = blocks.paragraph(book, book.say("certainty.closing", definition=name))
    tail = [*closing, *_table(book), *blocks.figure(book, "tiers", pictures)]
    last = found.pop()
    return [*found, Section(last.level, last.heading, (*last.blocks, *tail))]


def _places(book: Ledger) -> list[Text]:
    own = sizes(book, book.facts.own_sizes)
    return [book.say("certainty.places", sizes=own), *_unsure(book, "places")]


def _unsure(book: Ledger, definition: Definition) -> list[Text]:
    """Say which places are under the bar in their own tier, and where else they may fall."""
    facts = book.facts
    tiering = facts.tiering
    bar = tiering.firm if tiering else 0.8
    weak = [place for place, tier in facts.assigned.items() if facts.chance(place, tier, definition) < bar]
    firm = book.count(f"firm places/{definition}", len(facts.assigned) - len(weak))
    if not weak:
        return [book.say("certainty.all_firm", bar=blocks.bar(book))]
    said = [book.say("certainty.firm", firm=firm, bar=blocks.bar(book))]
    groups: dict[tuple[str, str], list[str]] = {}
    for place in weak[: 2 * MANY]:
        groups.setdefault(facts.between(place, definition), []).append(place)
    return [*said, *[_between(book, pair, places, definition) for pair, places in groups.items()]]


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
    cuts = book.join([_cut(book, tier) for tier in facts.tier_ids[:-1]], "list")
    said = [book.say("certainty.thresholds", cuts=cuts)] if cuts else []
    said += [_crossing(book, tier) for tier in facts.tier_ids[:-1]]
    return [text for text in said if text]


def _cut(book: Ledger, tier: str) -> Text:
    frame = book.facts.table("tier_limits")
    scale = book.facts.tiering.scale if book.facts.tiering else "raw"
    rows = frame[(frame["scale"] == scale) & (frame["tier"] == tier)] if not frame.empty else frame
    if rows.empty or rows["lower"].isna().all():
        return ()
    value = float(rows["lower"].iloc[0])
    cut = book.plain_number(f"cut/{tier}", value, printing.score_text(value, book.facts.spread))
    return book.say("certainty.cut", tier=book.tier(tier), cut=cut)


def _crossing(book: Ledger, tier: str) -> Text:
    """Say who is not sure to pass the line of a tier, from within it and from below."""
    facts = book.facts
    bar = facts.tiering.firm if facts.tiering else 0.8
    position = facts.tier_ids.index(tier)
    upper = facts.tier_ids[: position + 1]
    chance = {p: sum(facts.chance(p, t, "thresholds") for t in upper) for p in facts.assigned}
    within = [p for p, its in facts.assigned.items() if its in upper and chance[p] < bar]
    below = [p for p, its in facts.assigned.items() if its not in upper and chance[p] >= NOTABLE]
    if not within and not below:
        return book.say("certainty.line_clear", tier=book.tier(tier))
    parts = [
        book.say("certainty.passes", place=book.name(p), chance=_pass(book, p, tier, chance[p]))
        for p in (*within, *below)
    ]
    return book.say("certainty.line", tier=book.tier(tier), list=book.join(parts))


def _pass(book: Ledger, place: str, tier: str, chance: float) -> Piece:
    show = printing.probability_text
    return book.claim(f"passes/{tier}/{place}", chance, lambda lang: show(chance, lang), place=place)


def _refitted(book: Ledger) -> list[Text]:
    facts = book.facts
    said: list[Text] = []
    if (shape := nominal_shape(book)) is not None:
        form = "refitted_steady" if steady(book) else "refitted"
        said.append(book.say(f"certainty.{form}", sizes=shape[0], chance=shape[1]))
        frame = facts.table("tier_sizes")
        own = float(frame.loc[frame["sizes"] == facts.own_sizes, "probability"].sum())
        more = frame[frame["probability"] > own].sort_values("probability", ascending=False).head(2)
        parts = [
            book.say("certainty.shape", sizes=sizes(book, s), chance=shape_chance(book, s, p))
            for s, p in zip(more["sizes"], more["probability"], strict=True)
        ]
        said.append(book.say("certainty.more_often", list=book.join(parts, "pair")) if parts else ())
    top = facts.tier_ids[0]
    weak = [
        p
        for p in facts.members(top)
        if facts.chance(p, top, "refitted") < (facts.tiering.firm if facts.tiering else 1)
    ]
    parts = [
        book.say("certainty.passes", place=book.name(p), chance=book.chance(p, top, "refitted")) for p in weak
    ]
    said.append(book.say("certainty.top", tier=book.tier(top), list=book.join(parts)) if parts else ())
    said.append(book.say("certainty.meaning") if parts else ())
    return said


def _table(book: Ledger) -> list[Block]:
    facts = book.facts
    # English names are long and English verdicts short
    place, verdict = (0.165, 0.295) if book.language == "zh" else (0.245, 0.20)
    columns: list[tuple[str, float, Align]] = [
        ("place", place, "left"),
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
