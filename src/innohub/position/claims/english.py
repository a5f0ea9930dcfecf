"""Read the quantities of an English sentence."""

import re
from collections.abc import Iterator
from functools import cache

from innohub.catalog.claims import lexicon
from innohub.position.claims import english_signs as signs
from innohub.position.claims.quantity import MULTIPLE, POINTS, RANK, SHARE, VALUE, Quantity


@cache
def _qualifiers() -> tuple[re.Pattern[str], dict[str, str]]:
    known = {word: sign for sign, words in lexicon().before.items() for word in words if word.isascii()}
    listed = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    money = r"(?:US\$|HK\$|S\$|[$€£¥]|RMB|CNY|USD|EUR)?"
    return re.compile(rf"(?<![\w-])({listed})\s+(?:a\s+|an\s+|the\s+)?{money}\s?$", re.IGNORECASE), known


@cache
def _after() -> tuple[re.Pattern[str], dict[str, str]]:
    known = {word: sign for sign, words in lexicon().after.items() for word in words if word.isascii()}
    return re.compile(rf",?\s+({'|'.join(map(re.escape, known))})\b", re.IGNORECASE), known


@cache
def _nouns() -> re.Pattern[str]:
    nouns = sorted((word for words in lexicon().noun.values() for word in words), key=len, reverse=True)
    listed = "|".join(map(re.escape, nouns))
    small = r"(?:in|of|the|and|or|at|to|from|by|for|with|were|was|had|its|a|that)\b"
    between = rf"(?:(?!{small})[A-Za-z&’'-]+\s+){{0,4}}?"
    return re.compile(rf"\s+(?:of\s+(?:the\s+|its\s+)?)?{between}(?P<noun>{listed})\b", re.IGNORECASE)


@cache
def _currency() -> tuple[re.Pattern[str], re.Pattern[str]]:
    marks = "|".join(map(re.escape, sorted(lexicon().currency_sign, key=len, reverse=True)))
    names = "|".join(map(re.escape, sorted(lexicon().currency_word, key=len, reverse=True)))
    return re.compile(rf"({marks})\s?$"), re.compile(rf"[\s-]*({names})\b")


def qualifier_before(text: str) -> tuple[str, int]:
    """Return the qualifier at the end of a text and where it begins; the text's length where there is none."""
    pattern, known = _qualifiers()
    match = pattern.search(text)
    return (known[match[1].lower()], match.start()) if match else ("", len(text))


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
    for match in signs.FRACTION.finditer(text):
        if match["bare"]:
            value = 50.0
        elif match["a"]:
            value = 100 * int(match["a"]) / int(match["b"]) if int(match["b"]) else 0.0
        elif match["every"]:
            below = match["every"].lower()
            size = float(below) if below.isdigit() else signs.CARDINALS[below]
            value = 100 * signs.CARDINALS[match["i"].lower()] / size if size else 0.0
        else:
            above = match["above"].lower()
            value = (
                100
                * (1 if above in ("a", "an") else signs.CARDINALS[above])
                / signs.PIECES[match["below"].lower()]
            )
        if 0 < value < 100:
            sign, begin = qualifier_before(text[: match.start()])
            yield Quantity(begin, match.end(), match.start(), value, "%", sign, SHARE, 4.0, fraction=True)


def _ranks(text: str) -> Iterator[Quantity]:
    for match in signs.RANK.finditer(text):
        told = next(word for word in match.groups() if word is not None).lower()
        value = float(told) if told.isdigit() else float(signs.ORDINALS.get(told) or signs.CARDINALS[told])
        at = match.start(next(n for n, word in enumerate(match.groups(), 1) if word is not None))
        if re.match(r"\s+(?:century|edition|plan|issue|session|Five-Year|time|phase)", text[match.end() :]):
            continue
        yield Quantity(match.start(), match.end(), at, value, "位", "<" if match["top"] else "", RANK, 1.0)


def _multiples(text: str) -> Iterator[Quantity]:
    for match in signs.MULTIPLE.finditer(text):
        sign, begin = qualifier_before(text[: match.start()])
        value = signs.MULTIPLES[match[1].lower()]
        yield Quantity(begin, match.end(), match.start(), value, "倍", sign, MULTIPLE, 0.1)


def _ranges(text: str) -> Iterator[Quantity]:
    for match in signs.RANGE.finditer(text):
        second = signs.NUMBER.search(text, match.end())
        last = _amount(text, second) if second and second.start() - match.end() <= 3 else None
        is_year = signs.YEARLIKE.fullmatch(match["first"])
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
    for match in signs.NUMBER.finditer(text):
        if quantity := _part(text, match) or _amount(text, match):
            yield quantity


def _part(text: str, match: re.Match[str]) -> Quantity | None:
    """Read the first number of *54 of the 145 firms*, which counts what the second counts."""
    of = signs.OF.match(text, match.end()) or ("respectively" in text and signs.AND.match(text, match.end()))
    second = signs.NUMBER.match(text, of.end()) if of else None
    whole = _amount(text, second) if second else None
    if whole is None or whole.kind != VALUE:
        return None
    sign, begin = qualifier_before(text[: match.start()])
    value, step = _digits(match["n"])
    return Quantity(begin, match.end(), match.start(), value, whole.unit, sign, VALUE, step)


def _amount(text: str, match: re.Match[str]) -> Quantity | None:
    before = text[: match.start()]
    if signs.LABEL.search(before):
        return None
    value, step = _digits(match["n"])
    quantity = _measured(text, match.start(), match.end(), (value, step))
    if quantity and signs.YEARLIKE.fullmatch(match["n"]) and not quantity.unit:
        return None
    return quantity


def _spelled(text: str) -> Iterator[Quantity]:
    for match in signs.SPELLED.finditer(text):
        value = float(signs.CARDINALS[match["n"].lower()])
        quantity = _measured(text, match.start(), match.end(), (value, 1.0)) if value >= 2 else None
        if quantity and quantity.unit:
            yield quantity


def _measured(text: str, at: int, end: int, number: tuple[float, float]) -> Quantity | None:
    """Read the sign before and the scale, sign, currency or noun after; None where nothing says what is counted."""
    value, step = number
    sign, begin = qualifier_before(text[:at])
    if match := signs.PERCENT.match(text, end):
        kind, unit = (POINTS, "个百分点") if "point" in match["sign"].lower() else (SHARE, "%")
        return Quantity(
            begin, match.end(), at, value, unit, sign or _sign_after(text, match.end()), kind, step
        )
    if match := signs.TIMES.match(text, end):
        return Quantity(begin, match.end(), at, value, "倍", sign, MULTIPLE, step)
    scaled = signs.SCALE.match(text, end)
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
    per = signs.PER.match(text, stop)
    name = f"{scale} {unit}".strip() + (f" per {per['per']}" if per else "")
    stop = per.end() if per else stop
    return Quantity(begin, stop, at, value, name, sign or _sign_after(text, stop), VALUE, step)


def _sign_after(text: str, end: int) -> str:
    pattern, known = _after()
    match = pattern.match(text, end)
    return known[match[1].lower()] if match else ""
