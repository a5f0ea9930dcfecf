"""Overall ranking: order, the widest gap, neighbours that cannot be told apart."""

import itertools
import math
from dataclasses import replace

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Align, Block, Section, Table, Text
from innohub.brief.sections import blocks
from innohub.chart import wording

TOP = 3
PAIRS = 4


def overall(book: Ledger, pictures: blocks.Pictures) -> list[Section]:
    """Return the section on the overall ranking."""
    split = _split(book)
    order = [
        *blocks.paragraph(book, _order(book), _interval(book), lead=()),
        *blocks.paragraph(book, _gap(book, split)),
        *_score_table(book),
    ]
    drawn = blocks.figure(book, "ranking", pictures)
    top = blocks.section(book, 1, book.say("overall.title"), ())
    close = blocks.paragraph(book, _close(book), _steady(book))
    if not close:
        return [top, blocks.section(book, 2, _heading(book, split), [*order, *drawn])]
    told = blocks.section(book, 2, _heading_close(book), [*close, *drawn])
    return [top, blocks.section(book, 2, _heading(book, split), order), told]


def _heading(book: Ledger, split: int) -> Text:
    if not separated(book, split):
        return book.say("overall.heading_plain" if book.facts.orderly else "overall.heading_loose")
    number = book.word("places above the widest gap", split + 1)
    return book.say_of("overall.heading_gap", split + 1, number=number)


def _heading_close(book: Ledger) -> Text:
    if not book.facts.close_pairs:
        return book.say("overall.heading_settled")
    most = 2 * len(book.facts.close_pairs) > len(book.facts.order) - 1
    return book.say("overall.heading_close_most" if most else "overall.heading_close")


def _order(book: Ledger) -> Text:
    names = book.facts.order[:TOP]
    parts = [
        book.say("overall.place", place=book.name(p), score=book.score(p), rank=book.rank(p)) for p in names
    ]
    return book.say("overall.order", places=blocks.places_count(book), list=book.join(parts, "clause"))


def _interval(book: Ledger) -> Text:
    if not book.facts.intervals:
        return book.say("overall.no_interval")
    return book.say("overall.interval", level=blocks.level(book))


def _split(book: Ledger) -> int:
    """Return the position (from 0) above the widest gap between neighbours."""
    scores = list(book.facts.scores["score"])
    gaps = [upper - lower for upper, lower in itertools.pairwise(scores)]
    return gaps.index(max(gaps)) if gaps else 0


def separated(book: Ledger, split: int) -> bool:
    """Say whether the intervals on both sides of a gap stay apart."""
    scores = book.facts.scores
    if not book.facts.intervals or split + 1 >= len(scores):
        return False
    return bool(scores["score_low"].iloc[split] > scores["score_high"].iloc[split + 1])


def _gap(book: Ledger, split: int) -> Text:
    facts = book.facts
    if split + 1 >= len(facts.order):
        return ()
    upper, lower = facts.order[split], facts.order[split + 1]
    high, low = (facts.numbers[place]["score"] for place in (upper, lower))
    values: dict[str, Piece] = {
        "upper": book.name(upper), "lower": book.name(lower),
        "score": book.score(lower), "rank": book.rank(lower), "level": blocks.level(book),
    }  # fmt: skip
    # score and rank of the first places have just been told
    named = "_named" if lower in facts.order[:TOP] else ""
    if low > 0 and facts.rule.normalise.startswith(("minmax", "goalposts")):
        ratio = book.plain_number("ratio across the widest gap", high / low, wording.fixed(high / low, 1))
        sentence = book.say(f"overall.gap_ratio{named}", ratio=ratio, **values)
    else:
        size = book.plain_number("widest gap", high - low, wording.score(high - low, facts.spread))
        sentence = book.say(f"overall.gap_size{named}", size=size, **values)
    return book.sentences([sentence, _apart(book, split, upper, lower)])


def _apart(book: Ledger, split: int, upper: str, lower: str) -> Text:
    if not separated(book, split):
        return ()
    if (upper, lower) not in book.facts.wins:
        return book.say("overall.apart", level=blocks.level(book))
    return book.say("overall.apart_wins", level=blocks.level(book), chance=book.win(upper, lower))


def _close(book: Ledger) -> Text:
    """Say which neighbours cannot be told apart; where they are many, those nearest to even chances."""
    facts = book.facts
    pairs = facts.close_pairs
    if not pairs:
        return ()
    named = (
        pairs if len(pairs) <= PAIRS else sorted(pairs, key=lambda pair: abs(facts.wins[pair] - 0.5))[:TOP]
    )
    parts = [
        book.say("overall.win", upper=book.name(a), lower=book.name(b), chance=book.win(a, b))
        for a, b in named
    ]
    values: dict[str, Piece] = {
        "number": book.few("pairs that cannot be told apart", len(pairs)),
        "total": book.few("pairs of neighbours", len(facts.order) - 1),
        "list": book.join(parts, "clause"),
    }
    form = "close_some" if len(named) < len(pairs) else "close"
    advice = "read_tier" if _within_tiers(book) else "read_level"
    return book.sentences(
        [book.say_of(f"overall.{form}", len(pairs), **values), book.say(f"overall.{advice}")]
    )


def _within_tiers(book: Ledger) -> bool:
    """Say whether all pairs that cannot be told apart lie within one tier, firmly."""
    assigned, unsure = book.facts.assigned, book.facts.open_places
    pairs = book.facts.close_pairs
    return bool(assigned) and all(
        assigned[a] == assigned[b] and a not in unsure and b not in unsure for a, b in pairs
    )


def _steady(book: Ledger) -> Text:
    facts = book.facts
    pairs = itertools.pairwise(facts.order)
    rest = [facts.wins[pair] for pair in pairs if pair in facts.wins and pair not in facts.close_pairs]
    if not rest:
        return ()
    floor = min(0.99, math.floor(100 * min(rest)) / 100)
    chance = book.share("least certain of the other pairs", floor)
    return book.say("overall.steady" if facts.close_pairs else "overall.steady_all", chance=chance)


def _score_table(book: Ledger) -> list[Block]:
    facts = book.facts
    tiered = facts.tiering is not None and facts.definition is not None
    columns: list[tuple[str, float, Align]] = [
        ("rank", 0.08, "center"), ("place", blocks.place_width(book, 0.26), "left"),
    ]  # fmt: skip
    columns += [("rank_interval", 0.14, "center")] if facts.intervals else []
    columns += [("score", 0.10, "center")]
    columns += [("score_interval", 0.18, "center")] if facts.intervals else []
    columns += [("tier", 0.14, "center"), ("chance", 0.12, "center")] if tiered else []
    rows = [_score_row(book, place, tiered=tiered) for place in facts.order]
    name = "scores" if tiered else "ranks"
    table = blocks.table(book, name, rows, columns, note=facts.intervals)
    return [_with_likelier(book, block) if isinstance(block, Table) and tiered else block for block in table]


def _with_likelier(book: Ledger, table: Table) -> Table:
    """Add to the note which places are likelier in another tier than in the one shown."""
    places = [place for place in book.facts.assigned if _likelier_elsewhere(book, place)]
    if not places:
        return table
    number = book.few("places likelier in another tier", len(places))
    named = book.names(places) if len(places) <= PAIRS else book.say("open.many", number=number)
    likelier = book.say("table.scores.likelier", places=named)
    return replace(table, note=book.sentences([table.note, likelier]))


def _likelier_elsewhere(book: Ledger, place: str) -> bool:
    facts = book.facts
    if facts.definition is None:
        return False
    own = facts.chance(place, facts.assigned[place], facts.definition)
    return any(facts.chance(place, tier, facts.definition) > own for tier in facts.tier_ids)


def _score_row(book: Ledger, place: str, *, tiered: bool) -> list[Piece]:
    facts = book.facts
    row: list[Piece] = [book.cell(place, "rank"), book.name(place)]
    row += [book.cell(place, "rank_low")] if facts.intervals else []
    row += [book.cell(place, "score")]
    row += [book.cell(place, "score_low")] if facts.intervals else []
    if tiered and facts.definition is not None:
        tier = facts.assigned[place]
        row += [book.tier(tier), book.chance_cell(place, tier, facts.definition)]
    return row
