"""The stretches of a sentence that may name what a number measures."""

import re
from collections.abc import Iterator, Sequence

from innohub.catalog.claims import lexicon
from innohub.position.claims.fact import Carried, Fact
from innohub.position.claims.link import core, size
from innohub.position.claims.quantity import MULTIPLE, SHARE, VALUE, Quantity
from innohub.position.claims.scene import Scene, other_of, whole_of

_CLAUSE_ZH, _CLAUSE_EN = (
    re.compile(r"[，：:；—]"),
    re.compile(r"[,:;](?!\d)|\bwhile\b|\band\b(?=[^,;]*\d)|\bcompared with\b|\bbut\b"),
)
_COUNTED = ("count", "person", "household")
_JOINT = re.compile(r"[、，]|以及|和|及|与|$")


def near_phrases(fact: Fact) -> list[str]:
    """Return the phrases right at a quantity: the noun that it counts, the words since the number before."""
    quantity, scene = fact.quantity, fact.scene
    if not scene.sentence.is_chinese:
        return _near_english(quantity, scene)
    text, found = _blanked(scene), []
    if _counts(quantity):
        following = next(
            (other.start for other in scene.quantities if other.start >= quantity.end), len(text)
        )
        found.append(re.split(r"[，。；、：()]|和|及|与", text[quantity.end : following])[0])
    clause = max([0, *(match.end() for match in _CLAUSE_ZH.finditer(text[: quantity.start]))])
    start = max(_before(fact), clause)
    last = next((q for q in scene.quantities if q.end == start), None)
    if last and _counts(last) and (joint := _JOINT.search(text, start, quantity.start)):
        # What directly follows the count before is counted by it: 10个省级实验室、30个国家重点实验室.
        start = joint.end()
    return [*found, _unwhole(text, start, quantity.start, _span(fact))]


def _near_english(quantity: Quantity, scene: Scene) -> list[str]:
    text = _blanked(scene, bare=False)
    marks = [0, *(match.end() for match in _CLAUSE_EN.finditer(text)), len(text)]
    here = max(n for n, mark in enumerate(marks) if mark <= quantity.at)
    own = text[marks[here] : marks[here + 1]] if here + 1 < len(marks) else text[marks[here] :]
    noun = scene.text[quantity.at : quantity.end].lstrip("0123456789.,% ")
    return [noun, own] if _counts(quantity) else [own]


def far_phrases(fact: Fact, told: Sequence[Fact], carried: Carried) -> Iterator[str]:
    """Yield the phrases of clauses before, back to the number before; then what numbers before were of."""
    quantity, scene = fact.quantity, fact.scene
    chinese = scene.sentence.is_chinese
    text = _blanked(scene, bare=chinese)
    pattern = _CLAUSE_ZH if chinese else _CLAUSE_EN
    marks = [0, *(match.end() for match in pattern.finditer(text[: quantity.start]))]
    for n in range(len(marks) - 2, -1, -1):
        if marks[n + 1] > _before(fact):
            yield text[max(marks[n], _before(fact)) : marks[n + 1]]
    unit = size(quantity.unit)[1]
    yield from (one.phrase for one in reversed(told) if size(one.quantity.unit)[1] == unit)
    yield from (one.phrase for one in reversed(told))
    yield carried.phrase


def _span(fact: Fact) -> tuple[int, int] | None:
    if fact.quantity.kind not in (SHARE, MULTIPLE):
        return None
    return whole_of(fact.quantity, fact.scene) or other_of(fact.quantity, fact.scene)


def _before(fact: Fact) -> int:
    """Return where the quantity before ends; zero without one."""
    ends = [other.end for other in fact.scene.quantities if other.end <= fact.quantity.start]
    return max(ends, default=0)


def _unwhole(text: str, start: int, end: int, whole: tuple[int, int] | None) -> str:
    """Cut out of a stretch what names the whole, unless nothing else is left (占全国技术合同成交额的)."""
    if whole and whole[0] >= start:
        before = text[start : max(start, whole[0] - 1)]
        return before if len(core(before)) >= 2 else text[whole[0] : whole[1]]
    return text[start:end]


def _blanked(scene: Scene, *, bare: bool = True) -> str:
    """Return the sentence with places, years, quantities and brackets blanked out, offsets kept."""
    signs = list(scene.text)
    spans = [(place.start, place.end) for place in scene.places]
    spans += [(year.start, year.end) for year in scene.years]
    spans += [
        (q.start, q.end) if scene.sentence.is_chinese else (q.start, _noun_start(q, scene.text))
        for q in scene.quantities
    ]
    # A bracket after a name explains it: 研究与试验发展（R&D）.
    spans += [match.span() for match in re.finditer(r"\([^()]*\)", scene.text)] if bare else []
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _noun_start(quantity: Quantity, text: str) -> int:
    """Return where the counted noun of an English quantity begins, so that it stays among the words."""
    match = re.match(r"[\d.,%/]+|\w+", text[quantity.at :])
    return quantity.at + match.end() if match and _counts(quantity) else quantity.end


def _counts(quantity: Quantity) -> bool:
    return quantity.kind == VALUE and lexicon().base(quantity.unit.rpartition(" ")[2]) in _COUNTED
