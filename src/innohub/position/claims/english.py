"""Read the quantities of an English sentence."""

import re
from collections.abc import Iterator
from functools import cache

from innohub.catalog.claims import lexicon
from innohub.position.claims.quantity import MULTIPLE, POINTS, RANK, SHARE, VALUE, Quantity

_CARDINALS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100, "a dozen": 12}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
_PIECES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(rf"(?<![\w.,/–])(?P<n>{_N})(?![\d])", re.ASCII)
_CARDINAL = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_SPELLED = re.compile(rf"\b(?P<n>{_CARDINAL})\b(?!-)", re.IGNORECASE)
_SCALE = re.compile(r"[\s-]*(?P<scale>thousand|million|billion|trillion|mn|bn)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?P<sign>percentage points?|%|per ?cent\b)", re.IGNORECASE)
_TIMES = re.compile(r"\s*(?:times\b(?! a\b)|-?fold\b|x\b)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"\b(?P<above>a|an|one|{_CARDINAL})[\s-](?P<below>{'|'.join(_PIECES)})s?\b(?!\s+(?:place|largest|highest|in|of its kind))"
    r"|\b(?P<bare>half)\b(?=\s+(?:of|the|its|all))"
    r"|(?<![\d/])(?P<a>\d{1,3})/(?P<b>\d{1,4})(?![\d/])"
    rf"|\b(?P<i>one|{_CARDINAL}) in (?P<every>{_CARDINAL}|\d+)\b(?!\s+\d{{4}})",
    re.IGNORECASE,
)
_MULTIPLES = {
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "threefold": 3.0,
    "twofold": 2.0,
}
_MULTIPLE = re.compile(r"\b(twice|doubled?|tripled?|threefold|twofold)\b(?! first)", re.IGNORECASE)
_ORDINAL = rf"(?:(?P<d>\d{{1,3}})(?:st|nd|rd|th)|(?P<w>{'|'.join(_ORDINALS)}))"
_RANK = re.compile(
    rf"\b(?:rank(?:s|ed|ing)?|came|placed|stands?|stood)\s+(?:(?:at|as|in)\s+)?(?:the\s+)?{_ORDINAL}\b"
    rf"|\b{_ORDINAL.replace('?P<d>', '?P<d2>').replace('?P<w>', '?P<w2>')}\s+(?:place\b|position\b|rank\b|largest\b|highest\b|"
    r"biggest\b|in (?:the )?(?:world|nation|country|province|China|Asia|Europe)|worldwide|globally|nationally|nationwide|among\b)"
    r"|\b(?:number|[Nn]o\.?)\s?(?P<n>\d{1,3}|one|two|three|four|five)\b"
    r"|\brank(?:s|ed)?\s+(?:at\s+)?(?P<n2>\d{1,3})\b"
    r"|\btop[\s-](?P<top>\d{1,3}|five|ten|three)\b",
    re.IGNORECASE,
)
_YEARLIKE = re.compile(r"(?:1[89]|20)\d{2}")
_LABEL = re.compile(
    r"(?:Table|Figure|Fig\.|Section|Chapter|Part|Horizon|RIE|Phase|Article|Annex|Volume|No\.|page|G|Top|top|Fortune)\s*$"
)
_RANGE = re.compile(
    rf"(?<![\w.,])(?P<first>{_N})\s*(?P<sign>%|per ?cent)?\s*(?:-|–|—|to)\s*(?=(?:US\$|\$|€)?(?:{_N}))",
    re.ASCII,
)
_PER = re.compile(
    r"\s+(?:per|for every|a)\s+(?P<per>person|head|capita|worker|employee|year|100 people|1,000 people|million people)"
)


@cache
def _qualifiers() -> tuple[re.Pattern[str], dict[str, str]]:
    signs = {word: sign for sign, words in lexicon().before.items() for word in words if word.isascii()}
    listed = "|".join(re.escape(word) for word in sorted(signs, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])({listed})\s+(?:a\s+|an\s+|the\s+)?(?:US\$|HK\$|S\$|[$€£¥]|RMB|CNY|USD|EUR)?\s?$",
        re.IGNORECASE,
    ), signs


@cache
def _after() -> tuple[re.Pattern[str], dict[str, str]]:
    signs = {word: sign for sign, words in lexicon().after.items() for word in words if word.isascii()}
    return re.compile(rf",?\s+({'|'.join(map(re.escape, signs))})\b", re.IGNORECASE), signs


@cache
def _nouns() -> re.Pattern[str]:
    nouns = sorted((word for words in lexicon().noun.values() for word in words), key=len, reverse=True)
    listed = "|".join(map(re.escape, nouns))
    between = r"(?:(?!in\b|of\b|the\b|and\b|or\b|at\b|to\b|from\b|by\b|for\b|with\b|were\b|was\b|had\b|its\b|a\b|that\b)[A-Za-z&’'-]+\s+){0,4}?"
    return re.compile(rf"\s+(?:of\s+(?:the\s+|its\s+)?)?{between}(?P<noun>{listed})\b", re.IGNORECASE)


@cache
def _currency() -> tuple[re.Pattern[str], re.Pattern[str]]:
    signs = "|".join(map(re.escape, sorted(lexicon().currency_sign, key=len, reverse=True)))
    names = "|".join(map(re.escape, sorted(lexicon().currency_word, key=len, reverse=True)))
    return re.compile(rf"({signs})\s?$"), re.compile(rf"[\s-]*({names})\b")


def qualifier_before(text: str) -> tuple[str, int]:
    """Return the qualifier at the end of a text and where it begins; the text's length where there is none."""
    pattern, signs = _qualifiers()
    match = pattern.search(text)
    return (signs[match[1].lower()], match.start()) if match else ("", len(text))


def read_english(text: str, closed: list[tuple[int, int]]) -> list[Quantity]:
    """Read the quantities of a sentence; ``closed`` are spans that hold none, such as years and references."""
    found: list[Quantity] = []
    taken = list(closed)
    for reader in (_fractions, _ranks, _multiples, _ranges, _numbers, _spelled):
        for quantity in reader(text):
            if not any(start <= quantity.at < end for start, end in taken):
                found.append(quantity)
                taken.append((quantity.at, quantity.end))
    return sorted(found, key=lambda quantity: quantity.at)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        if match["bare"]:
            value = 50.0
        elif match["a"]:
            value = 100 * int(match["a"]) / int(match["b"]) if int(match["b"]) else 0.0
        elif match["every"]:
            below = match["every"].lower()
            size = float(below) if below.isdigit() else _CARDINALS[below]
            value = 100 * _CARDINALS[match["i"].lower()] / size if size else 0.0
        else:
            above = match["above"].lower()
            value = 100 * (1 if above in ("a", "an") else _CARDINALS[above]) / _PIECES[match["below"].lower()]
        if 0 < value < 100:
            sign, begin = qualifier_before(text[: match.start()])
            yield Quantity(begin, match.end(), match.start(), value, "%", sign, SHARE, 4.0, fraction=True)


def _ranks(text: str) -> Iterator[Quantity]:
    for match in _RANK.finditer(text):
        told = next(word for word in match.groups() if word is not None).lower()
        value = float(told) if told.isdigit() else float(_ORDINALS.get(told) or _CARDINALS[told])
        at = match.start(next(n for n, word in enumerate(match.groups(), 1) if word is not None))
        if re.match(r"\s+(?:century|edition|plan|issue|session|Five-Year|time|phase)", text[match.end() :]):
            continue
        yield Quantity(match.start(), match.end(), at, value, "位", "<" if match["top"] else "", RANK, 1.0)


def _multiples(text: str) -> Iterator[Quantity]:
    for match in _MULTIPLE.finditer(text):
        sign, begin = qualifier_before(text[: match.start()])
        value = _MULTIPLES[match[1].lower()]
        yield Quantity(begin, match.end(), match.start(), value, "倍", sign, MULTIPLE, 0.1)


def _ranges(text: str) -> Iterator[Quantity]:
    for match in _RANGE.finditer(text):
        second = _NUMBER.search(text, match.end())
        last = _amount(text, second) if second and second.start() - match.end() <= 3 else None
        is_year = _YEARLIKE.fullmatch(match["first"])
        if last is None or is_year or (match["sign"] and last.unit != "%"):
            continue
        first, step = _digits(match["first"])
        yield Quantity(
            match.start(), match.end("first"), match.start(), first, last.unit, ">", last.kind, step
        )
        yield Quantity(last.at, last.end, last.at, last.value, last.unit, "<", last.kind, last.step)


def _digits(text: str) -> tuple[float, float]:
    bare = text.replace(",", "")
    return float(bare), 10.0 ** -len(bare.partition(".")[2])


def _numbers(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        if quantity := _part(text, match) or _amount(text, match):
            yield quantity


_OF = re.compile(
    rf"\s+(?:out\s+)?of\s+(?:the\s+|all\s+|a\s+total\s+of\s+|China[’']s\s+|its\s+)*(?={_N})", re.ASCII
)


_AND = re.compile(rf"\s*(?:,|,? and)\s+(?={_N})", re.ASCII)


def _part(text: str, match: re.Match[str]) -> Quantity | None:
    """Read the first number of *54 of the 145 firms*, which counts what the second counts."""
    of = _OF.match(text, match.end()) or ("respectively" in text and _AND.match(text, match.end()))
    second = _NUMBER.match(text, of.end()) if of else None
    whole = _amount(text, second) if second else None
    if whole is None or whole.kind != VALUE:
        return None
    sign, begin = qualifier_before(text[: match.start()])
    value, step = _digits(match["n"])
    return Quantity(begin, match.end(), match.start(), value, whole.unit, sign, VALUE, step)


def _amount(text: str, match: re.Match[str]) -> Quantity | None:
    before = text[: match.start()]
    if _LABEL.search(before):
        return None
    value, step = _digits(match["n"])
    quantity = _measured(text, match.start(), match.end(), (value, step))
    if quantity and _YEARLIKE.fullmatch(match["n"]) and not quantity.unit:
        return None
    return quantity


def _spelled(text: str) -> Iterator[Quantity]:
    for match in _SPELLED.finditer(text):
        value = float(_CARDINALS[match["n"].lower()])
        quantity = _measured(text, match.start(), match.end(), (value, 1.0)) if value >= 2 else None
        if quantity and quantity.unit:
            yield quantity


def _measured(text: str, at: int, end: int, number: tuple[float, float]) -> Quantity | None:
    """Read the sign before and the scale, sign, currency or noun after; None where nothing says what is counted."""
    value, step = number
    sign, begin = qualifier_before(text[:at])
    if match := _PERCENT.match(text, end):
        kind, unit = (POINTS, "个百分点") if "point" in match["sign"].lower() else (SHARE, "%")
        return Quantity(
            begin, match.end(), at, value, unit, sign or _sign_after(text, match.end()), kind, step
        )
    if match := _TIMES.match(text, end):
        return Quantity(begin, match.end(), at, value, "倍", sign, MULTIPLE, step)
    scaled = _SCALE.match(text, end)
    scale = (
        {"mn": "million", "bn": "billion"}.get(scaled["scale"].lower(), scaled["scale"].lower())
        if scaled
        else ""
    )
    stop = scaled.end() if scaled else end
    ahead, behind = _currency()
    if money := ahead.search(text[:at]):
        unit, begin = lexicon().currency_sign[money[1]], min(begin, money.start())
    elif named := behind.match(text, stop):
        unit, stop = lexicon().currency_word[named[1]], named.end()
    else:
        noun = _nouns().match(text, stop)
        if noun is None and not scale:
            return None
        unit, stop = (noun["noun"].lower(), noun.end()) if noun else ("", stop)
    per = _PER.match(text, stop)
    name = f"{scale} {unit}".strip() + (f" per {per['per']}" if per else "")
    stop = per.end() if per else stop
    return Quantity(begin, stop, at, value, name, sign or _sign_after(text, stop), VALUE, step)


def _sign_after(text: str, end: int) -> str:
    pattern, signs = _after()
    match = pattern.match(text, end)
    return signs[match[1].lower()] if match else ""
