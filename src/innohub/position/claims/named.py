"""Which words of a text name what a number measures, and which indicator of a study they mean."""

import re
from collections.abc import Sequence
from dataclasses import replace

from innohub.catalog.claims import lexicon
from innohub.position.claims.fact import Carried, Fact, Known
from innohub.position.claims.link import Indicator, Link, best_link, core, fits, size, words_of
from innohub.position.claims.phrase import far_phrases, near_phrases
from innohub.position.claims.placed import bracket
from innohub.position.claims.quantity import MULTIPLE, RANK, SHARE, VALUE

_CHANGE = re.compile(
    r"同比|环比|增长|增加|提高|上升|提升|下降|减少|降低"
    r"|\b(?:grew|grown|rose|risen|increased|decreased|fell|growth|year on year)\b"
)


def linked(fact: Fact, known: Known, carried: Carried, told: Sequence[Fact]) -> Fact:
    """Find the words that name the indicator and what they mean.

    Of a count, the noun after it and the words before it are both looked at; else the words between the number before
    and this one, then what a number of the same unit was of, then what the sentence before told of.
    """
    if bracket(fact.quantity, fact.scene.text) is not None or not _own_words(fact):
        bases = (size(fact.quantity.unit)[1], "")
        same = [one for one in told if size(one.quantity.unit)[1] in bases or not bases[0]]
        kinds = (VALUE, SHARE) if bracket(fact.quantity, fact.scene.text) is not None else (VALUE,)
        alone = fact.quantity.kind in kinds and not fact.whole and not _explains(fact)
        if alone and same and same[-1].quantity.kind == fact.quantity.kind:
            return replace(fact, phrase=same[-1].phrase, link=same[-1].link)
    near = [phrase for phrase in map(_level, near_phrases(fact)) if _content(phrase, fact)]
    far = [phrase for phrase in map(_level, far_phrases(fact, told, carried)) if _content(phrase, fact)]
    best = fact
    for phrase in near or far[:1]:
        link = _choose(fact, phrase, known.indicators)
        if not best.phrase or (link and (best.link is None or link.score > best.link.score)):
            best = replace(fact, phrase=phrase.strip(), link=link)
    return best


def _explains(fact: Fact) -> bool:
    """Say whether a bracket explains the number before it: 195项已经达到国际领先水平（占17%）."""
    opened = bracket(fact.quantity, fact.scene.text)
    return opened is not None and fact.scene.text.startswith("占", opened + 1)


def _level(phrase: str) -> str:
    """Return a phrase without the words of a change, which its quantity tells."""
    return _CHANGE.sub(" ", phrase)


def _content(phrase: str, fact: Fact) -> bool:
    """Say whether a phrase holds more than empty words."""
    return len(core(phrase)) >= 2 if fact.sentence.is_chinese else bool(words_of(phrase))


def _own_words(fact: Fact) -> bool:
    return any(_content(phrase, fact) for phrase in near_phrases(fact))


def _choose(fact: Fact, phrase: str, indicators: Sequence[Indicator]) -> Link | None:
    """Return the indicator that a phrase means, among those that the quantity fits, or that it is worked out from."""
    chinese, quantity = fact.sentence.is_chinese, fact.quantity
    if quantity.kind == SHARE:
        same = [one for one in indicators if fits(quantity, one) and _same_whole(fact, one)]
        if fact.whole and (link := best_link(phrase, same, chinese=chinese)):
            return link
        if not fact.whole:
            return best_link(phrase, [one for one in indicators if fits(quantity, one)], chinese=chinese)
        return best_link(
            phrase, [one for one in indicators if not one.whole and not fits(quantity, one)], chinese=chinese
        )
    own = [one for one in indicators if fits(quantity, one) and _same_other(fact, one)]
    link = best_link(phrase, own, chinese=chinese)
    if quantity.kind == VALUE:
        return link
    base = best_link(phrase, [one for one in indicators if not fits(quantity, one)], chinese=chinese)
    if quantity.kind in (RANK, MULTIPLE) and link and (base is None or link.score >= base.score):
        return link
    return base


def _same_other(fact: Fact, indicator: Indicator) -> bool:
    """Say whether a multiple that a study gives is one of the same other; what is no multiple always is."""
    if fact.quantity.kind != MULTIPLE or not fact.other:
        return True
    nation = fact.other_place == "nation" or any(word in fact.other for word in lexicon().nation)
    names = lexicon().nation if nation else (fact.other.removesuffix("省").removesuffix("市"),)
    return any(name and name in told for name in names for told in indicator.names)


def _same_whole(fact: Fact, indicator: Indicator) -> bool:
    """Say whether an indicator is a share of what the text names as the whole."""
    if not indicator.whole:
        return False
    told = fact.whole_place
    if indicator.whole in ("nation", "world"):
        return told == indicator.whole or (indicator.whole == "nation" and told in ("china", "CN"))
    return bool(told) and (
        indicator.whole.casefold() in (told.casefold(), fact.whole.casefold())
        or indicator.whole in fact.whole
    )
