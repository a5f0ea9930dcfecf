"""Title, lead and key messages: what a reader knows who reads nothing else."""

from innohub.brief.ledger import Ledger
from innohub.brief.model import Span, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.blocks import MANY
from innohub.brief.sections.shape import nominal_shape, steady
from innohub.position.tier.definitions import Definition

NAMED = 8
SURE = 0.8


def title(book: Ledger) -> tuple[Text, ...]:
    """Return the judgement in two lines: the pattern, and what stays open."""
    facts = book.facts
    if facts.tiering is None or facts.definition is None:
        return _title_without_tiers(book)
    agreement, differ = _agreement(book)
    first = book.say_of(f"title.plan.{agreement}", differ, levels=_levels(book), differ=_differ(book, differ))
    return book.capital(first), (*_but(book, agreement), *_open(book))


def _but(book: Ledger, agreement: str) -> Text:
    """Join what stays open to the pattern; Chinese needs no word for it."""
    word = book.label(f"title.open.but.{agreement}")
    return (Span(word),) if word and book.facts.open_places else ()


def _title_without_tiers(book: Ledger) -> tuple[Text, ...]:
    facts = book.facts
    best = book.say("title.ranking.first", first=book.name(facts.order[0]), places=blocks.places_count(book))
    if len(facts.order) < 2 or not facts.wins:
        return (best,)
    sure = facts.wins.get((facts.order[0], facts.order[1]), 0.0) >= SURE
    return best, book.say(f"title.ranking.{'sure' if sure else 'unsure'}", second=book.name(facts.order[1]))


def _levels(book: Ledger) -> Text:
    return book.join([book.word("tiers", len(book.facts.tier_ids))])


def _agreement(book: Ledger) -> tuple[str, int]:
    """Say whether the published plan agrees, and for how many places it does not."""
    frame = book.facts.table("plan_comparison")
    compared = frame.dropna(subset=["planned"]) if not frame.empty else frame
    if compared.empty:
        return "none", 0
    differ = int((~compared["agrees"].astype(bool)).sum())
    return ("differs" if differ else "agrees"), differ


def _differ(book: Ledger, number: int) -> Text:
    return book.join([book.few("places that differ from the plan", number)])


def _open(book: Ledger) -> Text:
    facts = book.facts
    unsure = facts.open_places
    if not unsure:
        return book.say("title.open.none")
    if len(unsure) == 2 and facts.between(unsure[0]) == facts.between(unsure[1]):
        upper = book.tier(facts.between(unsure[0])[0])
        if facts.assigned[unsure[0]] != facts.assigned[unsure[1]]:
            return book.say("title.open.pair", upper=upper, pair=book.names(unsure))
    if len(unsure) <= MANY:
        return book.say_of("title.open.few", len(unsure), places=book.names(unsure))
    return book.say("title.open.many", number=book.few("open places", len(unsure)))


def lead(book: Ledger, *, short: bool = False) -> Text:
    """Return the lead paragraph: object, result, how sure, caution; short where a box of messages follows."""
    base = _base(book)
    if short:
        return book.sentences([base, book.say("lead.why" if book.facts.assigned else "lead.why_ranks")])
    return book.sentences([base, *_results(book)])


def key_messages(book: Ledger) -> tuple[Text, ...]:
    """Return three to five messages for the box on the first page."""
    cautions = [
        book.quote(caution.text(book.language))
        for caution in book.facts.settings.brief.cautions_on("ranking")[:1]
    ]
    return tuple(book.capital(text) for text in (*_results(book), *cautions) if text)


def _results(book: Ledger) -> list[Text]:
    if book.facts.tiering is None:
        return [_order(book), _close(book)]
    return [tier_list(book), plan_sentence(book), sure_sentence(book), refit_sentence(book)]


def _base(book: Ledger) -> Text:
    """Say what is compared, on how many indicators, for which year."""
    number = len(book.facts.leaves)
    # the study may rank places that lie within one another: then they are not apart
    apart = book.say("lead.apart") if book.facts.settings.study.overlaps != "allow" else ()
    indicators = book.say_of("lead.indicators", number, number=book.few("indicators", number))
    values = {"year": blocks.year(book), "places": blocks.places_count(book)}
    return book.say("lead.base", indicators=indicators, apart=apart, **values)


def _order(book: Ledger) -> Text:
    order = book.facts.order
    if len(order) < 2:
        return ()
    return book.say("lead.order", first=book.name(order[0]), next=book.names(order[1 : MANY + 1]))


def _close(book: Ledger) -> Text:
    facts = book.facts
    if not facts.wins or len(facts.order) < 2:
        return ()
    total = book.few("pairs of neighbours", len(facts.order) - 1)
    number = book.few("pairs that cannot be told apart", len(facts.close_pairs))
    return book.say("lead.close" if facts.close_pairs else "lead.clear", number=number, total=total)


def tier_list(book: Ledger) -> Text:
    """Name the members of every tier; where they are many, and in the lowest tier, give the number only."""
    facts = book.facts
    parts = []
    for tier in facts.tier_ids:
        members = facts.members(tier)
        most = MANY if tier == facts.tier_ids[-1] else NAMED
        key = "tier_none" if not members else "tier" if len(members) <= most else "tier_rest"
        number = book.count(f"members/{tier}", len(members))
        parts.append(
            book.say(f"lead.{key}", tier=book.tier(tier), number=number, members=book.names(members))
        )
    return book.say("lead.tiers", levels=_levels(book), list=book.join(parts, "clause"))


def plan_sentence(book: Ledger) -> Text:
    """Say whether the published plan agrees."""
    agreement, differ = _agreement(book)
    if agreement == "none":
        return ()
    frame = book.facts.table("plan_comparison").dropna(subset=["planned"])
    agree = book.count("places that agree with the plan", len(frame) - differ)
    compared = book.count("places compared with the plan", len(frame))
    differs = book.count("places that differ from the plan", differ)
    return book.say(f"lead.plan_{agreement}", agree=agree, compared=compared, differ=differs)


def sure_sentence(book: Ledger) -> Text:
    """Say how many places are firmly in their tier, and how likely each open place is in each of its two."""
    facts = book.facts
    definition = facts.definition
    if definition is None:
        return ()
    unsure = facts.open_places
    asked = book.say(f"definition.{definition}.if")
    if not unsure:
        return book.say("lead.all_firm", asked=asked, bar=blocks.bar(book))
    held = len(facts.assigned) - len(unsure)
    firm = book.say_of("lead.firm" if held else "lead.firm_none", held, firm=book.few("firm places", held))
    if len(unsure) > MANY:
        number = book.few("open places", len(unsure))
        return book.say("lead.many_open", asked=asked, firm=firm, number=number, bar=blocks.bar(book))
    few = book.join(_open_chances(book, definition), "comma")
    return book.say_of(
        "lead.few_open", len(unsure), asked=asked, firm=firm, places=book.names(unsure), chances=few
    )


def _open_chances(book: Ledger, definition: Definition) -> list[Text]:
    said, before = [], ""
    for place in book.facts.open_places:
        upper = book.facts.between(place)[0]
        key = "lead.chance_next" if upper == before else "lead.chance"
        chance = book.chance(place, upper, definition)
        said.append(book.say(key, place=book.name(place), tier=book.tier(upper), chance=chance))
        before = upper
    return said


def refit_sentence(book: Ledger) -> Text:
    """Say how often the tier sizes come out when the breaks are found anew."""
    shape = nominal_shape(book)
    if shape is None:
        return ()
    form = "refit_steady" if steady(book) else "refit" if book.facts.orderly else "refit_loose"
    return book.say(f"lead.{form}", sizes=shape[0], chance=shape[1])
