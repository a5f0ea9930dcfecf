"""Strengths and weaknesses, from single indicators."""

import math

import pandas as pd

from innohub.brief.ledger import Ledger, Piece
from innohub.brief.model import Section, Text
from innohub.brief.sections import blocks
from innohub.brief.sections.unknowns import flag_kinds, flag_name
from innohub.chart import wording
from innohub.words import words

TOLD = 6


def profile(book: Ledger, pictures: blocks.Pictures, *, full: bool = True) -> list[Section]:
    """Return the section on strengths and weaknesses; in the short form the top tier and the open places only."""
    facts = book.facts
    if facts.normalised.empty or facts.normalised.shape[1] < 3:
        return []
    ranks = facts.normalised.rank(ascending=False, method="average")
    intro = blocks.paragraph(book, book.say("profile.intro", places=blocks.places_count(book)))
    drawn = blocks.figure(book, "indicators", pictures)
    title = book.say("profile.title" if facts.tiering is not None else "profile.title_places")
    if facts.tiering is None:
        told = [_place(book, ranks, place) for place in facts.order[:5]]
        return [blocks.section(book, 1, title, [*intro, *blocks.paragraph(book, *told), *drawn])]
    if not full:
        top = facts.members(facts.tier_ids[0]) or facts.order
        chosen = dict.fromkeys((*top[: blocks.MANY], *facts.open_places[: blocks.MANY]))
        told = [_place(book, ranks, place) for place in chosen]
        return [blocks.section(book, 1, title, [*blocks.paragraph(book, *told), *intro, *drawn])]
    filled = [tier for tier in facts.tier_ids if facts.members(tier)]
    found = [blocks.section(book, 1, title, intro), *[_tier(book, ranks, tier, filled) for tier in filled]]
    last = found.pop()
    return [*found, Section(last.level, last.heading, (*last.blocks, *drawn))]


def _tier(book: Ledger, ranks: pd.DataFrame, tier: str, filled: list[str]) -> Section:
    """Tell a tier: each place of it, of the lowest the open ones only, and of many the first."""
    members = list(book.facts.members(tier))
    first, last = tier == filled[0], tier == filled[-1] and len(filled) > 1
    told = [place for place in members if not last or place in book.facts.open_places] or members[:1]
    leading = any((ranks.loc[place] < 2).any() for place in members)
    if first:
        key = "leading" if leading else "middle"
    else:
        key = f"{'low' if last else 'middle'}{'_some' if leading else ''}"
    heading = book.say(f"profile.heading_{key}", tier=book.tier(tier))
    summary = _summary(book, tier, members) if last or not leading else ()
    sentences = [_place(book, ranks, place) for place in told[:TOLD]]
    rest = len(told) - TOLD
    more = book.say_of("profile.rest", rest, number=book.few(f"untold/{tier}", rest)) if rest > 0 else ()
    return blocks.section(book, 2, heading, blocks.paragraph(book, summary, *sentences, more))


def _summary(book: Ledger, tier: str, members: list[str]) -> Text:
    """Say where a tier as a whole stands best and worst, on the normalised mean."""
    if len(members) < 2:
        return ()
    mean = book.facts.normalised.loc[members].mean()
    best, worst = str(mean.idxmax()), str(mean.idxmin())
    return book.say("profile.summary", tier=book.tier(tier), best=book.node(best), worst=book.node(worst))


def _place(book: Ledger, ranks: pd.DataFrame, place: str) -> Text:
    known = [leaf for leaf in book.facts.leaves if (place, leaf) in book.facts.values]
    numbers = ranks.loc[[place], known].to_numpy(float)[0]
    row = {leaf: rank for leaf, rank in zip(known, numbers, strict=True) if not math.isnan(rank)}
    if not row:
        return ()
    first = [leaf for leaf in row if position(book, leaf, place) == 1]
    worst = max(row, key=lambda leaf: row[leaf])
    values = {"place": book.name(place), "worst": _item(book, place, worst)}
    if len(first) > 1:
        number = book.few(f"indicators led/{place}", len(first))
        listed = book.join([book.node(leaf) for leaf in first[:3]])
        form = "leads" if len(first) > 3 else "leads_all"
        return book.say(f"profile.{form}", number=number, list=listed, **values)
    best = min(row, key=lambda leaf: row[leaf])
    return book.say("profile.place", best=_item(book, place, best), **values)


def position(book: Ledger, leaf: str, place: str) -> int:
    """Return the position of a place on one indicator, ties at their best position."""
    column = book.facts.normalised[leaf]
    return int((column > column[place]).sum()) + 1


def _item(book: Ledger, place: str, leaf: str) -> Text:
    """Return an indicator with value and position, as 'R&D intensity (2.35%, 7th)'."""
    rank = position(book, leaf, place)
    column = book.facts.normalised[leaf]
    tied = (column == column[place]).sum() > 1
    printed = book.claim(
        f"indicator_rank/{leaf}/{place}", rank, place=place,
        show=lambda lang: (words(lang).say("brief.profile.tied") if tied else "") + wording.ordinal(rank, lang),
    )  # fmt: skip
    known: dict[str, Piece] = {
        "indicator": book.node(leaf),
        "value": book.value(place, leaf),
        "rank": printed,
    }
    flags = [flag for flag, cells in flag_kinds(book).items() if (place, leaf) in cells]
    if not flags:
        return book.say("profile.item", **known)
    return book.say("profile.item_flag", flag=book.join([flag_name(book, flag) for flag in flags]), **known)
