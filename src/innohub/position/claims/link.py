"""Which indicator of a study a phrase of a text means, and how surely."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from innohub.catalog.claims import lexicon
from innohub.position.claims.quantity import MULTIPLE, RANK, SHARE, VALUE, Quantity
from innohub.position.claims.signs import alike
from innohub.study.units import conversion, is_percent, measure

_WHOLE_ZH = re.compile(r"占(?P<whole>全国|全球|全省|世界|[^占]{1,8}?)(?:的)?(?:比重|比例|份额|总量)?$")
_AGAINST_ZH = re.compile(r"与(?P<other>.{1,12}?)(?:平均水平)?之比$")
_AGAINST_EN = re.compile(r"\s+relative to .*$")
_WHOLE_EN = re.compile(
    r"\bshares? of (?:the )?(?P<whole>national|nation’?'?s?|world|global|[A-Z]\w+)\b|\bshare of (?P<in>[A-Z]\w+) in\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[（(][^）)]*[）)]")
_PUNCTUATION = re.compile(r"[^\w&]+|_")
_WORD = re.compile(r"[A-Za-z][A-Za-z&'’-]*|\d+")
_SURE, _LIKELY = 0.8, 0.5
RANK_UNITS = ("位", "rank", "名次")
_TIMES_UNITS = ("倍", "times")


@dataclass(frozen=True)
class Indicator:
    """An indicator of a study with what its names say: core words, and the whole that it is a share of.

    ``whole`` is empty where it is no share of a place; ``nation``, ``world`` or a place's name otherwise. ``names`` are
    those in Chinese and English as the study has them.
    """

    id: str
    unit: str
    direction: float
    cores: tuple[str, ...]
    words: tuple[frozenset[str], ...]
    whole: str
    names: tuple[str, str]


@dataclass(frozen=True)
class Link:
    """The indicator that a phrase means: how alike (0 to 1), and whether the likeness leaves no doubt."""

    indicator: Indicator
    score: float
    sure: bool


def read_indicators(indicators: pd.DataFrame) -> tuple[Indicator, ...]:
    """Gather what the names of a study's indicators say."""
    return tuple(
        _indicator(*told)
        for told in indicators[["indicator", "name_zh", "name_en", "unit", "direction"]].itertuples(
            index=False
        )
    )


def _indicator(key: str, name_zh: str, name_en: str, unit: str, direction: float) -> Indicator:
    zh = _BRACKET.sub("", alike(str(name_zh)))
    chinese = _WHOLE_ZH.search(zh)
    english = _WHOLE_EN.search(str(name_en))
    told = (chinese["whole"] if chinese else "") or ((english["whole"] or english["in"]) if english else "")
    if not told and is_percent(unit) and ("national" in unit or "全国" in unit):
        told = "全国"
    if str(unit) in _TIMES_UNITS:
        zh_core, bare_en = _AGAINST_ZH.sub("", zh), _AGAINST_EN.sub("", str(name_en))
        words_en = {words_of(bare_en)} - {frozenset()}
        return Indicator(
            str(key), str(unit), float(direction), (core(zh_core),), tuple(words_en), "", (zh, str(name_en))
        )
    cores = {core(zh[: chinese.start()] if chinese else zh)}
    bare = str(name_en)[: english.start()] + str(name_en)[english.end() :] if english else str(name_en)
    words = {words_of(bare)} - {frozenset()}
    return Indicator(
        str(key),
        str(unit),
        float(direction),
        tuple(cores - {""}),
        tuple(words),
        _whole(told),
        (zh, str(name_en)),
    )


def _whole(told: str) -> str:
    for level in ("nation", "world"):
        if told.casefold().removesuffix("'s").removesuffix("’s") in {
            w.casefold() for w in lexicon().scope[level]
        }:
            return level
    return told


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """Return a Chinese phrase in the words that all names share, empty words left out.

    >>> core("研究与试验发展（R&D）经费投入强度达到"), core("全国重点实验室数量"), core("国家重点实验室")
    ('研发经费强度', '全国重点实验室', '全国重点实验室')
    """
    pieces = _same().split(_RUN.sub("", alike(text)))
    kept = [
        _reads()[part] if n % 2 else _without_fillers(_BRACKET.sub("", part)) for n, part in enumerate(pieces)
    ]
    return _PUNCTUATION.sub("", "".join(kept)).casefold()


_RUN = re.compile(r"连续\s*\d*\s*年")


@cache
def _reads() -> Mapping[str, str]:
    return {alike(written): read for written, read in lexicon().same_zh}


@cache
def _same() -> re.Pattern[str]:
    """Return the pattern of words that stand for others, longest first."""
    return re.compile("(" + "|".join(map(re.escape, sorted(_reads(), key=len, reverse=True))) + ")")


@lru_cache(maxsize=4096)
def _without_fillers(text: str) -> str:
    for word in lexicon().filler_zh:
        if len(word) > 1:
            text = text.replace(word, " ")
    single = "".join(word for word in lexicon().filler_zh if len(word) == 1)
    # A single empty sign is taken away at the ends of a phrase only: 有 of 有效 stays.
    text = " ".join(part.strip(single) for part in re.split(r"[^\w&]+", text))
    return re.sub(r"(?:数|量|额)(?=\s|$)", "", text) if len(text) > 3 else text


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """Return the words of an English phrase in the singular, empty words left out.

    >>> sorted(words_of("the number of state key laboratories"))
    ['key', 'laboratory', 'state']
    """
    for written, read in lexicon().same_en:
        text = re.sub(rf"\b{re.escape(written)}\b", read, text, flags=re.IGNORECASE)
    found = (word.casefold().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(text))
    return frozenset(_singular(word) for word in found if word not in lexicon().filler_en and len(word) > 1)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


def alike_score(phrase: str, indicator: Indicator, *, chinese: bool) -> tuple[float, bool]:
    """Return how alike a phrase and an indicator's name are, and whether they are the same without doubt."""
    if chinese:
        pairs = [(_grams(core(phrase)), _grams(name)) for name in indicator.cores]
    else:
        pairs = [(Counter(words_of(phrase)), Counter(name)) for name in indicator.words]
    best, sure = 0.0, False
    for told, named in pairs:
        common, sizes = (told & named).total(), told.total() + named.total()
        if not common:
            continue
        dice, held = 2 * common / sizes, common / named.total()
        best = max(best, dice, 0.9 * held)
        # A word too many narrows what is meant (规模以上企业研发经费 is not 研发经费); one too few leaves it out.
        sure = sure or (dice >= _SURE and not told - named)
    return best, sure


@lru_cache(maxsize=4096)
def _grams(text: str) -> Counter[str]:
    return (
        Counter(text[n : n + 2] for n in range(len(text) - 1))
        if len(text) > 1
        else Counter([text] if text else [])
    )


def size(unit: str) -> tuple[float, str]:
    """Return how many of its base a unit of a text or a study is, and the base.

    >>> size("万篇"), size("million papers"), size("count")
    ((10000.0, 'count'), (1000000.0, 'count'), (1.0, 'count'))
    """
    factor, base = measure(unit)
    head, slash, below = base.partition(" per ")
    known = lexicon().base(head) or head
    return factor, f"{known} per {below}" if slash else known


def factor(unit: str, indicator: Indicator) -> float | None:
    """Return the factor from an indicator's unit to a text's; None where they measure different things."""
    if (direct := conversion(indicator.unit, unit)) is not None:
        return direct
    (here, base), (there, other) = size(unit), size(indicator.unit)
    # 1350万 says how many but not of what.
    is_open = base == "" and other in ("count", "person", "household")
    return there / here if base == other or is_open else None


def fits(quantity: Quantity, indicator: Indicator) -> bool:
    """Say whether a quantity can be a value of an indicator as it stands."""
    if quantity.kind == RANK:
        return indicator.unit in RANK_UNITS
    if quantity.kind == MULTIPLE:
        return indicator.unit in _TIMES_UNITS
    if quantity.kind == SHARE:
        return is_percent(indicator.unit)
    return (
        quantity.kind == VALUE
        and not is_percent(indicator.unit)
        and factor(quantity.unit, indicator) is not None
    )


def best_link(phrase: str, indicators: Iterable[Indicator], *, chinese: bool) -> Link | None:
    """Return the indicator most like a phrase; two that are equally alike leave it in doubt."""
    if not phrase.strip():
        return None
    scored = [(alike_score(phrase, one, chinese=chinese), one) for one in indicators]
    # Of an amount and the share of it under one name, the amount is meant unless the text names a whole.
    order = sorted(
        (pair for pair in scored if pair[0][0] >= _LIKELY), key=lambda p: (-p[0][0], bool(p[1].whole))
    )
    if not order:
        return None
    (score, sure), one = order[0]
    rivals = [other for (other_score, _), other in order[1:] if other_score >= score - 1e-9]
    is_alone = all(bool(other.whole) != bool(one.whole) for other in rivals)
    return Link(one, score, sure and is_alone)
