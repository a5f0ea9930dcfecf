"""The tier sizes of a study, and how often they come out when the breaks are found anew."""

from innohub.brief.ledger import Ledger
from innohub.brief.model import Text
from innohub.chart import wording

STEADY = 0.5


def own_share(book: Ledger) -> float:
    """Return the share of draws from which the tier sizes as assigned come out."""
    frame = book.facts.table("tier_sizes")
    return float(frame.loc[frame["sizes"] == book.facts.own_sizes, "probability"].sum())


def steady(book: Ledger) -> bool:
    """Say whether the tier sizes as assigned come out of at least half of the draws."""
    return own_share(book) >= STEADY


def nominal_shape(book: Ledger) -> tuple[Text, Text] | None:
    """Claim the tier sizes as assigned and how often they come out; none where nothing is found anew."""
    if "refitted" not in book.facts.definitions or book.facts.table("tier_sizes").empty:
        return None
    own = book.facts.own_sizes
    return sizes(book, own), shape_chance(book, own, own_share(book))


def sizes(book: Ledger, vector: str) -> Text:
    """Claim a vector of tier sizes."""
    return book.join([book.claim(f"sizes/{vector}", vector, lambda lang: wording.sizes(vector, lang))])


def shape_chance(book: Ledger, vector: str, chance: float) -> Text:
    """Claim how often a vector of tier sizes comes out."""
    claim = book.claim(f"sizes_chance/{vector}", chance, lambda lang: wording.probability(chance, lang))
    return book.join([claim])
