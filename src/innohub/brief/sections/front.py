"""Title, lead and key messages: what a reader knows who reads nothing else."""

from innohub.brief import printing
from innohub.brief.ledger import Ledger
from innohub.brief.model import Span, Text
from innohub.brief.sections import blocks
from innohub.brief.tables import Definition

MANY = 3
STEADY = 0.5


def title(book: Ledger) -> tuple[Text, ...]:
    """Return the judgement in two lines: the pattern, and what stays open."""
    facts = book.facts
    if facts.tiering is None or facts.definition is None:
        return _title_without_tiers(book)
    first = book.say(f"title.plan.{_agreement(book)}", levels=_levels(book), differ=_differ(book))
    return book.capital(first), (*_but(book), *_open(book))


def _but(book: Ledger) -> Text:
    """Join what stays open to the pattern; Chinese needs no word for it."""
    word = book.label(f"title.open.but.{_agreement(book)}")
    return (Span(word),) if word and book.facts.open_places else ()


def _title_without_tiers(book: Ledger) -> tuple[Text, ...]:
    facts = book.facts
    best = book.say("title.ranking.first", first=book.name(facts.order[0]), places=blocks.places_count(book))
    if len(facts.order) < 2 or not facts.wins:
        return (best,)
    sure = facts.wins.get((facts.order[0], facts.order[1]), 0.0) >= 0.8
    return best, book.say(f"title.ranking.{'sure' if sure else 'unsure'}", second=book.name(facts.order[1]))


def _levels(book: Ledger) -> Text:
    return book.join([book.word("tiers", len(book.facts.tier_ids))])


def _agreement(book: Ledger) -> str:
    frame = book.facts.table("plan_comparison")
    compared = frame.dropna(subset=["planned"]) if not frame.empty else frame
    if compared.empty:
        return "none"
    return "agrees" if compared["agrees"].astype(bool).all() else "differs"


def _differ(book: Ledger) -> Text:
    frame = book.facts.table("plan_comparison")
    number = 0 if frame.empty else int((~frame.dropna(subset=["planned"])["agrees"].astype(bool)).sum())
    return book.join([book.count("places that differ from the plan", number)])


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
        return book.say("title.open.few", places=book.names(unsure))
    return book.say("title.open.many", number=book.count("open places", len(unsure)))


def open_places(book: Ledger) -> Text:
    """Name the open places, or count them where they are many."""
    unsure = book.facts.open_places
    if len(unsure) <= MANY:
        return book.names(unsure)
    return book.say("open.many", number=book.count("open places", len(unsure)))


def lead(book: Ledger, *, short: bool = False) -> Text:
    """Return the lead paragraph: object, result, how sure, caution; short where a box of messages follows."""
    facts = book.facts
    values = {"year": blocks.year(book), "places": blocks.places_count(book)}
    base = book.say("lead.base", indicators=book.count("indicators", len(facts.leaves)), **values)
    if facts.tiering is None:
        order = book.say("lead.order", top=book.names(facts.order[:3]), first=book.name(facts.order[0]))
        return book.sentences([base, order])
    if short:
        return book.sentences([base, book.say("lead.why")])
    return book.sentences(
        [base, tier_list(book), plan_sentence(book), sure_sentence(book), refit_sentence(book)]
    )


def tier_list(book: Ledger) -> Text:
    """Name the members of every tier; of the lowest only the number."""
    facts = book.facts
    parts = []
    for position, tier in enumerate(facts.tier_ids):
        members = facts.members(tier)
        lowest = position == len(facts.tier_ids) - 1 and len(members) > MANY
        key = "lead.tier_rest" if lowest else "lead.tier"
        number = book.count(f"members/{tier}", len(members))
        parts.append(book.say(key, tier=book.tier(tier), number=number, members=book.names(members)))
    return book.say("lead.tiers", levels=_levels(book), list=book.join(parts, "clause"))


def plan_sentence(book: Ledger) -> Text:
    """Say whether the published plan agrees."""
    agreement = _agreement(book)
    if agreement == "none":
        return ()
    frame = book.facts.table("plan_comparison").dropna(subset=["planned"])
    agree = book.count("places that agree with the plan", int(frame["agrees"].astype(bool).sum()))
    compared = book.count("places compared with the plan", len(frame))
    return book.say(f"lead.plan_{agreement}", agree=agree, compared=compared, differ=_differ(book))


def sure_sentence(book: Ledger) -> Text:
    """Say how many places are firmly in their tier, and how likely each open place is in each of its two."""
    facts = book.facts
    definition = facts.definition
    if definition is None:
        return ()
    unsure = facts.open_places
    firm = book.count("firm places", len(facts.assigned) - len(unsure))
    asked = book.say(f"definition.{definition}.if")
    if not unsure:
        return book.say("lead.all_firm", asked=asked, bar=blocks.bar(book))
    if len(unsure) > MANY:
        number = book.count("open places", len(unsure))
        return book.say("lead.many_open", asked=asked, firm=firm, number=number, bar=blocks.bar(book))
    few = book.join(_open_chances(book, definition), "comma")
    return book.say("lead.few_open", asked=asked, firm=firm, places=book.names(unsure), chances=few)


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
    return book.say("lead.refit_steady" if steady(book) else "lead.refit", sizes=shape[0], chance=shape[1])


def steady(book: Ledger) -> bool:
    """Say whether the tier sizes as assigned come out of at least half of the draws."""
    frame = book.facts.table("tier_sizes")
    return bool(frame.loc[frame["sizes"] == book.facts.own_sizes, "probability"].sum() >= STEADY)


def nominal_shape(book: Ledger) -> tuple[Text, Text] | None:
    """Claim the tier sizes as assigned and how often they come out of the draws."""
    frame = book.facts.table("tier_sizes")
    if frame.empty:
        return None
    own = book.facts.own_sizes
    chance = float(frame.loc[frame["sizes"] == own, "probability"].sum())
    return sizes(book, own), book.join([shape_chance(book, own, chance)])


def sizes(book: Ledger, vector: str) -> Text:
    """Claim a vector of tier sizes."""
    return book.join([book.claim(f"sizes/{vector}", vector, lambda lang: printing.sizes_text(vector, lang))])


def shape_chance(book: Ledger, vector: str, chance: float) -> Text:
    """Claim how often a vector of tier sizes comes out."""
    claim = book.claim(f"sizes_chance/{vector}", chance, lambda lang: printing.probability_text(chance, lang))
    return book.join([claim])


def key_messages(book: Ledger) -> tuple[Text, ...]:
    """Return three to five messages for the box on the first page."""
    facts = book.facts
    if facts.tiering is None:
        return (lead(book),)
    found = [tier_list(book), plan_sentence(book), sure_sentence(book), refit_sentence(book)]
    cautions = [book.quote(caution.text(book.language)) for caution in facts.settings.brief.cautions[:1]]
    return tuple(book.capital(text) for text in (*found, *cautions) if text)
