"""One sentence with everything that it names, and which part each name plays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from innohub.catalog.claims import lexicon
from innohub.position.claims.chinese import read_chinese
from innohub.position.claims.english import read_english
from innohub.position.claims.mention import (
    Gazetteer,
    Place,
    Year,
    closed_spans,
    find_places,
    find_scopes,
    find_years,
)
from innohub.position.claims.quantity import GROWTH, MULTIPLE, SHARE, Quantity
from innohub.position.claims.signs import Sentence

SUBJECT, PEER, WHOLE = "subject", "peer", "whole"
_OF_ZH = re.compile(
    r"占(?:到|了|据|有)?(?P<whole>[^，。；(]{0,22}?)(?:的)?(?:比重|比例|份额|总量|总数)?(?:均|已|约|近|也)?(?:约为|为|达到|达|超过|近|的|占|接近|超)*\s*$"
)
_IN_ZH = re.compile(r"(?P<whole>全国|全球|全省|世界)(?:的)?(?:约|近|超过|超|逾)?\s*$")
_OF_EN = re.compile(r"^\s*of\s+(?P<whole>(?:(?! in \d| in (?:[A-Z]|the ))[^,.;()]){2,60})", re.IGNORECASE)
_TIMES_ZH = re.compile(
    r"(?:为|是|相当于|达到|等于|达|和|与|及|、)(?P<other>[^，。；()、\d]{1,18}?)(?:平均水平|水平)?的\s*$"
)
_TIMES_EN = re.compile(
    r"^\s*(?:as (?:many|much|large|high|big) as|that of|those of|more than|higher than"
    r"|the (?:figure|number|level|value|average) (?:of|for|in))?\s*(?P<other>[^,.;()]{2,50})",
    re.IGNORECASE,
)
_GROWN = re.compile(
    r"(?:增长|增加|提高|上升|增幅|增速|下降|减少|提升|增至|降低|高出|多出|多了|少了|低了)(?:了|出|约|近|超过|超|达|为|幅度)*\s*$"
    r"|(?:grew|rose|growth of|increased|increase of|up|fell|decreased|down|growing|rising|increase[ds]?|increasing) "
    r"(?:by )?(?:about |nearly |over |more than |some )?$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s*(?:more|higher|larger|less|fewer|lower|up|down) (?:than|on)\b")


@dataclass(frozen=True)
class Scene:
    """A sentence and what it names; ``roles`` tell of each place whether it is what the numbers are about."""

    sentence: Sentence
    quantities: tuple[Quantity, ...]
    years: tuple[Year, ...]
    places: tuple[Place, ...]
    roles: tuple[str, ...]
    scopes: tuple[tuple[int, int, str], ...]
    planned: bool

    @property
    def text(self) -> str:
        """The sentence, signs made alike."""
        return self.sentence.text

    def before(self, quantity: Quantity) -> list[Place]:
        """Return the places that the sentence is about, named before a quantity, the nearest last."""
        pairs = zip(self.places, self.roles, strict=True)
        return [place for place, role in pairs if role == SUBJECT and place.end <= quantity.at]

    def after(self, quantity: Quantity) -> list[Place]:
        """Return the places that the sentence is about, named after a quantity."""
        pairs = zip(self.places, self.roles, strict=True)
        return [place for place, role in pairs if role == SUBJECT and place.start >= quantity.end]

    def place_in(self, start: int, end: int) -> Place | None:
        """Return the first place named within a span."""
        return next((place for place in self.places if start <= place.start and place.end <= end), None)


def read_scene(sentence: Sentence, names: Gazetteer) -> Scene:
    """Read everything that a sentence names."""
    text = sentence.text
    years = find_years(text, chinese=sentence.is_chinese)
    read = read_chinese if sentence.is_chinese else read_english
    quantities = [_grown(quantity, text) for quantity in read(text, closed_spans(text, years))]
    places = find_places(text, names)
    return Scene(
        sentence,
        tuple(quantities),
        tuple(years),
        tuple(places),
        tuple(_roles(text, places, quantities, chinese=sentence.is_chinese)),
        tuple(find_scopes(text)),
        any(word in text for word in lexicon().plan if not word.isascii())
        or any(re.search(rf"\b{re.escape(word)}\b", text) for word in lexicon().plan if word.isascii()),
    )


def _grown(quantity: Quantity, text: str) -> Quantity:
    """Tell growth from a share: 增长40% is not 40 % of something."""
    grown = _GROWN.search(text[: quantity.start]) or _MORE.match(text, quantity.end)
    if quantity.kind == SHARE and not quantity.fraction and grown:
        return replace(quantity, kind=GROWTH)
    return quantity


def whole_of(quantity: Quantity, scene: Scene) -> tuple[int, int] | None:
    """Return the span that names what a share is of; None where the sentence does not tell."""
    text = scene.text
    if scene.sentence.is_chinese:
        cut = max(
            (
                other.end
                for other in scene.quantities
                if other.end <= quantity.at and other.unit in ("%", "倍")
            ),
            default=0,
        )
        for pattern in (_OF_ZH, _IN_ZH):
            match = pattern.search(text, cut, quantity.start)
            if match and match["whole"]:
                return match.span("whole")
        return None
    match = _OF_EN.match(text[quantity.end :])
    return (quantity.end + match.start("whole"), quantity.end + match.end("whole")) if match else None


def other_of(quantity: Quantity, scene: Scene) -> tuple[int, int] | None:
    """Return the span that names what a multiple is of."""
    text = scene.text
    if scene.sentence.is_chinese:
        match = _TIMES_ZH.search(text[: quantity.start])
        return match.span("other") if match else None
    match = _TIMES_EN.match(text[quantity.end :])
    return (quantity.end + match.start("other"), quantity.end + match.end("other")) if match else None


@cache
def comparisons() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of comparison words with their relations; words that only set side by side come last."""
    found = []
    for relation, words in lexicon().comparison.items():
        ordered = sorted(words, key=len, reverse=True)
        parts = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered]
        found.append((re.compile("|".join(parts), re.IGNORECASE), relation))
    return tuple(found)


def compared(scene_text: str, place: Place) -> str:
    """Return the relation in which a place is compared with, ``open`` where none is told, empty where it is not.

    The comparison word stands right before the place or before a list that the place belongs to.
    """
    before = scene_text[: place.start]
    clause = max(before.rfind(sign) for sign in "。；;") + 1
    best, at = "", -1
    for pattern, relation in comparisons():
        for match in pattern.finditer(before, clause):
            gap = re.sub(r"\([^)]*\)", "", before[match.end() :])
            if match.start() > at and _is_list(gap):
                best, at = relation, match.start()
    return best


def _is_list(gap: str) -> bool:
    """Say whether what lies between a comparison word and a place is nothing but other members of a list."""
    if re.search(
        r"[，,](?![^，,]*$)|，|是|为|达|但|，但|\bbut\b|\bwhile\b", re.sub(r"，\d{4}年的", "、", gap)
    ):
        return False
    parts = re.split(r"、|和|与|及|, | and ", gap)
    return all(len(re.sub(r"\d{4}年的?|的|等|已经|in \d{4}|the ", "", part).strip()) <= 16 for part in parts)


def _roles(text: str, places: Sequence[Place], quantities: Sequence[Quantity], *, chinese: bool) -> list[str]:
    """Return of each place whether the numbers are about it, it is compared with, or it is a whole."""
    scene = Scene(
        Sentence(text, text, "", 0, 0, 0, None), tuple(quantities), (), tuple(places), (), (), False
    )
    wholes = [span for q in quantities if q.kind == SHARE and (span := whole_of(q, scene))]
    wholes += [span for q in quantities if q.kind == MULTIPLE and (span := other_of(q, scene))]
    return [_role(text, place, wholes) for place in places]


_APART = re.compile(r"[^，。；]{0,12}(?:相比|差距|相当)")
_MEMBER = re.compile(r"(?:[、和与及]\s*[^，。；、]{2,8})*\s*等\s*\d")


def _role(text: str, place: Place, wholes: Sequence[tuple[int, int]]) -> str:
    word, before = text[place.start : place.end].casefold(), text[: place.start]
    if any(start <= place.start and place.end <= end for start, end in wholes):
        return WHOLE
    # 美国、日本等54个国家: members of what is counted, not what the count is of.
    if _MEMBER.match(text, place.end):
        return WHOLE
    if word in _nation():
        opens = not before or before[-1] in "，。；：:,;.（(" or before.endswith(", ")
        is_rank = re.match(r"\s*(?:第|首|唯一|最|领先|前)", text[place.end :])
        named = word in ("中国", "我国", "china") and not re.search(
            r"(?:是|为|成为|占)\s*$|\b(?:in|of|is|the)\s+$", before
        )
        return SUBJECT if (opens and not is_rank) or (named and not is_rank) else WHOLE
    relation = compared(text, place)
    if relation == "open":
        return PEER if text.startswith("(", place.end) or _APART.match(text, place.end) else SUBJECT
    return PEER if relation else SUBJECT


@cache
def _nation() -> frozenset[str]:
    return frozenset(word.casefold() for word in (*lexicon().scope["nation"], *lexicon().nation))
