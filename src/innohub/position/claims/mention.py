"""What a sentence names beside its numbers: years, places, how far a rank reaches, titles and references to skip."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from innohub.catalog.claims import lexicon
from innohub.position.claims.signs import alike

_TITLE = re.compile(
    r"《[^》]*》|\[\d+(?:[-,，\s]+\d+)*\]|https?://\S+|doi\S*|10\.\d{4,}/\S+|\b1\d{10}\b|\b0\d{2,3}-\d{7,8}\b",
    re.I,
)
_CLOCK = re.compile(
    r"\d{1,2}月(?:\d{1,2}日)?|\d{1,2}\s*(?:-|—|–|至|到)\s*\d{1,2}\s*(?:岁|月|周岁)|aged? \d{1,2}\s*(?:-|–|to)\s*\d{1,2}"
)
_PERIOD = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年?\s*(?:-|—|–|~|至|到|to|and)\s*((?:19|20)\d{2})(?!\d)\s*(?:年)?"
)
_YEARS_ZH = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年(?!代)(?:底|末|初)?|(?<![\d.])((?:19|20)\d{2})(?=[、和]\s*(?:19|20)\d{2}\s*年)"
)
_HAN_YEAR = re.compile(r"([二一][〇零九][〇零一二三四五六七八九]{2})年")
_YEARS_EN = re.compile(
    r"(?<![\w.,/$€£¥-])((?:19|20)\d{2})(?![\w,]*\d|\s*(?:%|per ?cent|million|billion|times))\b(?!-)"
)
_BASE = re.compile(r"(?:比|较|自|从|相对于?|与|since|than in|from|compared with|against|over)\s*$", re.I)


@dataclass(frozen=True)
class Year:
    """A year or period that a sentence names; ``is_base`` where something is only compared with it."""

    start: int
    end: int
    first: int | None
    last: int
    is_base: bool


@dataclass(frozen=True)
class Place:
    """A place that a sentence names: its id in the study, empty for another place of the world."""

    start: int
    end: int
    id: str
    name: str


@dataclass(frozen=True)
class Gazetteer:
    """The names of places, longest first, with their ids; ``nation`` is the study's whole nation, or empty."""

    pattern: re.Pattern[str]
    ids: Mapping[str, str]
    nation: str


def gazetteer(places: pd.DataFrame) -> Gazetteer:
    """Gather the names of a study's places, their forms without 省, 市 and the like, and known places of the world."""
    ids: dict[str, str] = {name.casefold(): "" for name in lexicon().places}
    nation = ""
    taken: set[str] = set()
    for place, kind, *names in places[["place", "kind", "name_zh", "name_en"]].itertuples(index=False):
        named = {form for name in (place, *names) for form in _forms(str(name))}
        for form in sorted(named - taken):
            ids[form.casefold()] = str(place)
            taken.add(form)
        if {"china", "中国", "cn"} & {form.casefold() for form in named} and "province" not in str(kind):
            nation = str(place)
    for name in lexicon().nation if nation else ():
        ids[name.casefold()] = nation
    ordered = sorted((name for name in ids if len(name) > 1), key=len, reverse=True)
    parts = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in ordered]
    endings = "|".join(map(re.escape, lexicon().endings))
    return Gazetteer(re.compile(rf"(?:{'|'.join(parts)})(?:{endings})?", re.IGNORECASE), ids, nation)


def _forms(name: str) -> set[str]:
    """Return a name and what it is called for short.

    >>> sorted(_forms("粤港澳大湾区")), sorted(_forms("Guangdong-Hong Kong-Macao Greater Bay Area"))
    (['大湾区', '粤港澳', '粤港澳大湾区'], ['Greater Bay Area', 'Guangdong-Hong Kong-Macao Greater Bay Area'])
    """
    text = alike(name.strip())
    forms = {text} if len(text) > 1 else set()
    for ending in lexicon().endings:
        if text.endswith(ending) and len(text) - len(ending) >= 2:
            forms.add(text.removesuffix(ending))
    if "Greater Bay Area" in text:
        forms.add("Greater Bay Area")
    if text in ("粤港澳", "粤港澳大湾区"):
        forms |= {"粤港澳", "粤港澳大湾区", "大湾区"}
    # A two-letter code would be found inside of words.
    return {form for form in forms if not (form.isascii() and len(form) < 4)}


def find_places(text: str, names: Gazetteer) -> list[Place]:
    """Return the places that a sentence names, in order, the longest name at each spot."""
    found = []
    for match in names.pattern.finditer(text):
        word = match[0].casefold()
        key = word if word in names.ids else _known(word, names.ids)
        # 西安全市 holds no 安全; 中国科学院 is an academy and no place.
        if text.startswith(("科学院", "大学", "科学技术"), match.end()) or re.match(
            r"\w*’?s? Academy", text[match.end() :]
        ):
            continue
        # 广州开发区 and 北京市属高校 are parts of a place, not the place.
        part = _PART.match(text, match.end())
        found.append(Place(match.start(), match.end(), "" if part else names.ids.get(key, ""), match[0]))
    return found


_PART = re.compile(
    r"(?:市|省)?(?:属|直|区|中心城区|城区|郊区|周边|近郊|农村|籍)(?!域)|[^，。；的、0-9年]{0,5}(?:高新区|开发区|新区|自贸区|示范区|园区|科学城)"
    r"|(?:农村|城镇|以外|以北|以南)|(?:'s|’s)? (?:suburbs|rural|inner city|outskirts|airport|port)\b|-based\b"
)


def _known(word: str, ids: Mapping[str, str]) -> str:
    for ending in lexicon().endings:
        if word.endswith(ending) and word.removesuffix(ending) in ids:
            return word.removesuffix(ending)
    return word


def find_years(text: str, *, chinese: bool) -> list[Year]:
    """Return the years and periods that a sentence names, in order; a year inside a title is none."""
    spans = [match.span() for match in _TITLE.finditer(text)]
    found: list[Year] = []

    def add(start: int, end: int, first: int | None, last: int) -> None:
        if not any(a <= start < b for a, b in (*spans, *((y.start, y.end) for y in found))):
            # 从2011年到2015年 is a period, 比2015年增长 a base.
            is_base = first is None and bool(_BASE.search(text[:start]))
            found.append(Year(start, end, first, last, is_base))

    for match in _PERIOD.finditer(text):
        first, last = int(match[1]), int(match[2])
        if first < last and (chinese or "and" not in match[0] or "between" in text[: match.start()].lower()):
            add(match.start(), match.end(), first, last)
    for match in (_YEARS_ZH if chinese else _YEARS_EN).finditer(text):
        add(match.start(), match.end(), None, int(match[1] or match[2]) if chinese else int(match[1]))
    for match in _HAN_YEAR.finditer(text) if chinese else ():
        digits = "".join(str("〇一二三四五六七八九".index(sign.replace("零", "〇"))) for sign in match[1])
        add(match.start(), match.end(), None, int(digits))
    return sorted(found, key=lambda year: year.start)


def closed_spans(text: str, years: Iterable[Year]) -> list[tuple[int, int]]:
    """Return the spans that hold no quantities: titles, references, dates, ages, years."""
    spans = [match.span() for pattern in (_TITLE, _CLOCK) for match in pattern.finditer(text)]
    return spans + [(year.start, year.end) for year in years]


@cache
def _scopes() -> tuple[re.Pattern[str], Mapping[str, str]]:
    levels = {word.casefold(): level for level, words in lexicon().scope.items() for word in words}
    ordered = sorted(levels, key=len, reverse=True)
    parts = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered]
    return re.compile("|".join(parts), re.IGNORECASE), levels


def find_scopes(text: str) -> list[tuple[int, int, str]]:
    """Return how far a sentence reaches: start, end and level (``world``, ``nation``, …) of each word of scope."""
    pattern, levels = _scopes()
    return [(match.start(), match.end(), levels[match[0].casefold()]) for match in pattern.finditer(text)]
