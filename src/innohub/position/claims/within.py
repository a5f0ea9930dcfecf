"""Test the numbers of a text against each other: shares of a told whole, multiples, sums, comparisons."""

import re
from collections.abc import Sequence

from innohub.catalog.claims import lexicon
from innohub.position.claims.fact import Fact
from innohub.position.claims.link import size
from innohub.position.claims.quantity import MULTIPLE, SHARE, VALUE, Quantity
from innohub.position.claims.scene import compared, whole_of
from innohub.position.claims.verdict import AMBIGUOUS, FAILS, HOLDS, Step, Verdict, agrees

_AMONG = re.compile(r"[^，。；\d]{0,16}中\s*[，,]?")
_TOGETHER = re.compile(r"(?:合计|总计|共计|加起来|together|in total|altogether|combined)", re.IGNORECASE)
_OF_WHICH = re.compile(r"其中|of which|of them|including", re.IGNORECASE)


def step_of(fact: Fact) -> Step:
    """Return a number of a text as a step of a chain: its file, line and quote."""
    quantity, sentence = fact.quantity, fact.sentence
    quote = sentence.raw[quantity.start : quantity.end].strip()
    return Step(
        sentence.file,
        sentence.line,
        quantity.value,
        quantity.unit,
        fact.place,
        "",
        fact.year if fact.year_told else None,
        quote,
    )


def _base_value(quantity: Quantity) -> float:
    return quantity.value * size(quantity.unit)[0]


def _alike(one: Quantity, other: Quantity) -> bool:
    (_, a), (_, b) = size(one.unit), size(other.unit)
    return one.kind == other.kind == VALUE and a == b


def share_within(fact: Fact, facts: Sequence[Fact]) -> Verdict | None:
    """Test a share by a part and a whole that the sentence tells; None where it tells none.

    A whole told with its number (占全国145家的1/3) or as what the parts are among (1149项技术中) decides. A whole told
    without a number, where several could be meant, leaves the share ambiguous.
    """
    before = [one for one in facts if one.quantity.kind == VALUE and one.quantity.end <= fact.quantity.start]
    pair = _told_whole(fact, before) or _among(fact, before) or _of(fact, before)
    if pair:
        part, whole = pair
        return _judged(fact, part, whole)
    span = whole_of(fact.quantity, fact.scene)
    told = fact.scene.text[slice(*span)] if span else ""
    vague = any(word in told for word in lexicon().vague) and not fact.whole_place
    if not before or not told:
        return None
    part = before[-1]
    others = [one for one in before[:-1] if _alike(one.quantity, part.quantity)]
    if vague:
        return _open_whole(fact, part, others, told)
    same = [one for one in others if one.sentence == fact.sentence and one.place == part.place]
    is_named = not fact.whole_place or fact.whole_place.startswith("?")
    if same and is_named and size(part.quantity.unit)[1] in ("count", "person"):
        return _open_whole(fact, part, same, told)
    return None


def _judged(fact: Fact, part: Fact, whole: Fact) -> Verdict:
    computed = 100 * _base_value(part.quantity) / _base_value(whole.quantity)
    steps = (step_of(part), step_of(whole))
    fit = agrees(fact.quantity, computed)
    if fit == "fails" and (part.quantity.qualifier or whole.quantity.qualifier):
        return Verdict(AMBIGUOUS, "rounding", computed, steps)
    word = {"holds": HOLDS, "close": AMBIGUOUS, "fails": FAILS}[fit]
    return Verdict(word, "rounding" if fit == "close" else "share", computed, steps)


def _told_whole(fact: Fact, before: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    span = whole_of(fact.quantity, fact.scene)
    if span is None:
        return None
    inside = [one for one in before if span[0] <= one.quantity.start and one.quantity.end <= span[1] + 1]
    if not inside:
        return None
    parts = [
        one for one in before if one.quantity.end <= span[0] and _alike(one.quantity, inside[0].quantity)
    ]
    return (parts[-1], inside[0]) if parts and _base_value(inside[0].quantity) else None


def _among(fact: Fact, before: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Find 1149项技术中，195项…（占17%）: the whole is what the parts are among."""
    wholes = [one for one in before if _AMONG.match(fact.scene.text, one.quantity.end)]
    wholes = [
        one for one in wholes if not _OF_WHICH.match(fact.scene.text[one.quantity.end :].lstrip("，, "))
    ]
    if (
        not wholes
        or not before
        or before[-1] is wholes[0]
        or not _alike(before[-1].quantity, wholes[0].quantity)
    ):
        return None
    span = whole_of(fact.quantity, fact.scene)
    is_own = span is None or not fact.scene.text[slice(*span)].strip()
    return (before[-1], wholes[0]) if is_own and _base_value(wholes[0].quantity) else None


def _of(fact: Fact, before: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Find *54 of the 145 firms, or one third*."""
    if fact.sentence.is_chinese or len(before) < 2:
        return None
    part, whole = before[-2:]
    gap = fact.scene.text[part.quantity.end : whole.quantity.start]
    rest = fact.scene.text[whole.quantity.end : fact.quantity.start]
    joined = re.fullmatch(r"\s+(?:out )?of (?:the |all |a total of |China[’']s |its )*", gap)
    apart = re.search(r"[;]|\bwhile\b|\bof\b\s*$", rest)
    open_end = fact.whole and not re.match(r"(?:the|that|its) (?:total|nation|list)|them\b", fact.whole)
    return (part, whole) if joined and not apart and not open_end and _base_value(whole.quantity) else None


def _open_whole(fact: Fact, part: Fact, others: Sequence[Fact], told: str) -> Verdict:
    """Say of which of the sentence's numbers a share of an unnumbered whole would hold, if of any."""
    for whole in reversed(others):
        if _base_value(whole.quantity) > _base_value(part.quantity):
            computed = 100 * _base_value(part.quantity) / _base_value(whole.quantity)
            if agrees(fact.quantity, computed) == "holds":
                params = {"whole": told, "other": whole.phrase or whole.quote[:20]}
                return Verdict(
                    AMBIGUOUS, "denominator_only", computed, (step_of(part), step_of(whole)), params
                )
    steps = (step_of(part), *(step_of(one) for one in others))
    return Verdict(AMBIGUOUS, "denominator_parts", None, steps, {"whole": told})


def multiple_within(fact: Fact, facts: Sequence[Fact]) -> Verdict | None:
    """Test a multiple of another place by the two values that the sentence tells; None where it does not."""
    if fact.quantity.kind != MULTIPLE or not fact.other_place or fact.other_place in ("nation", "world"):
        return None
    values = [one for one in facts if one.quantity.kind in (VALUE, SHARE) and one.phrase == fact.phrase]
    name = fact.other_place.removeprefix("?")
    below = [one for one in values if name in (one.place, one.place_name)]
    above = [
        one
        for one in values
        if (one.place, one.place_name) == (fact.place, fact.place_name) and one.place_told
    ]
    pairs = [(a, b) for a in above for b in below if _same_unit(a.quantity, b.quantity) and a.year == b.year]
    if len(pairs) != 1 or not _base_value(pairs[0][1].quantity):
        return None
    a, b = pairs[0]
    computed = _base_value(a.quantity) / _base_value(b.quantity)
    fit = agrees(fact.quantity, computed)
    word = {
        "holds": HOLDS,
        "close": AMBIGUOUS,
        "fails": AMBIGUOUS if a.quantity.qualifier or b.quantity.qualifier else FAILS,
    }[fit]
    return Verdict(word, "rounding" if word == AMBIGUOUS else "quotient", computed, (step_of(a), step_of(b)))


def _same_unit(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and (size(one.unit)[1] == size(other.unit)[1])


def sum_within(facts: Sequence[Fact]) -> tuple[Fact, Verdict] | None:
    """Test a total against the parts that a sentence tells with it.

    Parts after 其中, or among a number, bear a total out when they add up to it; they need not be all, so they never
    refute it. Parts added up in so many words (合计) do.
    """
    values = [fact for fact in facts if fact.quantity.kind == VALUE and not fact.quantity.qualifier]
    for n, total in enumerate(values):
        text = total.scene.text
        joined = _TOGETHER.search(text[max(0, total.quantity.start - 16) : total.quantity.start])
        before = [one for one in values[:n] if _alike(one.quantity, total.quantity)]
        if joined and len(before) >= 2 and len({one.year for one in before}) == 1:
            return total, _added(total, before, decides=len(before) == n)
        after = [one for one in values[n + 1 :] if _alike(one.quantity, total.quantity)]
        rest = text[total.quantity.end :]
        if len(after) >= 2 and (_OF_WHICH.search(rest[:30]) or _AMONG.match(rest)):
            verdict = _added(total, after, decides=False)
            return (total, verdict) if verdict.word == HOLDS else None
    return None


def _added(total: Fact, parts: Sequence[Fact], *, decides: bool) -> Verdict:
    factor = size(total.quantity.unit)[0]
    computed = sum(_base_value(one.quantity) for one in parts) / factor
    # Each part is rounded by itself.
    spare = (
        sum(one.quantity.step * size(one.quantity.unit)[0] for one in parts if one.quantity.step < 1) / factor
    )
    fit = agrees(total.quantity, computed, spare)
    word = HOLDS if fit == "holds" else FAILS if fit == "fails" and decides else AMBIGUOUS
    steps = (*(step_of(one) for one in parts), step_of(total))
    return Verdict(word, "sum" if word != AMBIGUOUS else "rounding", computed, steps)


def comparisons_within(facts: Sequence[Fact]) -> list[tuple[Fact, str, Verdict]]:
    """Test what a sentence says to be above, below or near by the two numbers that it gives.

    Returns
    -------
    The fact compared with, the relation, the verdict.
    """
    found = []
    for n, peer in enumerate(facts):
        place = next(
            (p for p in peer.scene.places if p.name == peer.place_name and p.end <= peer.quantity.at), None
        )
        opened = peer.scene.text.rfind("(", 0, peer.quantity.at)
        if place is None or opened < place.end or peer.scene.text[place.end : opened].strip():
            continue
        relation = compared(peer.scene.text, place)
        mains = [
            one for one in facts[:n] if _same_unit(one.quantity, peer.quantity) and one.phrase == peer.phrase
        ]
        mains = [one for one in mains if (one.place, one.place_name) != (peer.place, peer.place_name)]
        if relation in ("", "open") or not mains:
            continue
        found.append((peer, relation, _relation(mains[0], peer, relation)))
    return found


def _relation(main: Fact, peer: Fact, relation: str) -> Verdict:
    a, b = _base_value(main.quantity), _base_value(peer.quantity)
    steps = (step_of(main), step_of(peer))
    ratio = a / b if b else float("inf")
    rough = bool(main.quantity.qualifier or peer.quantity.qualifier)
    # Close to: within a tenth; on the far side of the bound the word is loose rather than wrong.
    holds = {"above": a > b, "below": a < b, "near": 0.9 <= ratio < 1.0 or abs(ratio - 1) <= 0.02}[relation]
    if holds:
        return Verdict(HOLDS, "comparison", ratio, steps)
    loose = relation == "near" and 0.8 <= ratio <= 1.1
    return Verdict(AMBIGUOUS if rough or loose or a == b else FAILS, "comparison", ratio, steps)
