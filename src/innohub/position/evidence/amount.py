"""Print a value with its unit as a writer of the language would: 1068万人, 10.68 million people."""

import re
from dataclasses import dataclass

from innohub.study.units import SCALES, is_percent, measure
from innohub.words import Language, words

_SIZES = {"ten thousand": 1e4, "10 thousand": 1e4, "hundred million": 1e8, "100 million": 1e8, **SCALES}
_BY_LENGTH = sorted(_SIZES, key=len, reverse=True)
_SIZED = re.compile(rf"({'|'.join(_BY_LENGTH)})\s*(?:of\s+)?(.*)", re.IGNORECASE | re.DOTALL)
_CHINESE = re.compile(r"[㐀-鿿]")
_MONEY = {"CNY", "USD", "EUR", "GBP", "JPY", "HKD"}
# Chinese measure words carry no noun of their own in English.
_CLASSIFIERS = ("", "count", "户", "次", "名", "台", "辆", "位", "种", "倍", "颗")
# From so many ten thousands on, a Chinese writer counts in hundred millions.
_MANY = 1e4
# Significant digits of a number whose scale is changed for print.
_DIGITS = 5


@dataclass(frozen=True)
class _Unit:
    """How many of the noun one unit is, the noun, and what it is counted per."""

    size: float
    noun: str
    per: str


def _read(unit: str) -> _Unit:
    above, slash, below = unit.strip().partition("/")
    if not slash:
        above, _, below = f" {above}".partition(" per ")
    above, below = above.strip(), below.strip()
    if match := _SIZED.fullmatch(above):
        return _Unit(_SIZES[match[1].lower()], match[2].strip(), below)
    return _Unit(1.0, above, below)


def amount(value: float, unit: str, language: Language, *, short: bool = False) -> str:
    """Return a value with its unit; ``short`` leaves out what has been said: what it is per, in English the noun.

    Up to ten significant digits are printed. Where the scale changes, because a large number in 万 is told in
    亿, or any in millions or billions, five are: more would not be read. The value behind keeps all digits.

    Examples
    --------
    >>> amount(1068, "万人", "zh"), amount(1068, "万人", "en")
    ('1068万人', '10.68 million people')
    >>> amount(28754545, "万元", "zh"), amount(28754545, "万元", "en")
    ('2875.5亿元', 'CNY 287.55 billion')
    >>> amount(21.3, "万元/人", "en"), amount(2.3, "% of GDP", "zh")
    ('CNY 213,000 per person', '2.3%')
    """
    if is_percent(unit):
        return f"{value:,.10g}%" if language == "en" else f"{value:.10g}%"
    return _chinese(value, unit, short=short) if language == "zh" else _english(value, unit, short=short)


def _chinese(value: float, unit: str, *, short: bool) -> str:
    unit = unit.partition("/")[0].partition(" per ")[0] if short else unit
    if unit.startswith("万") and abs(value) >= _MANY:
        value, unit = _rounded(value / 1e4), f"亿{unit[1:]}"
    told = _read(unit)
    if _CHINESE.search(unit):
        return f"{_scaled(value) if told.size == 1 else format(value, '.10g')}{unit.replace(' ', '')}"
    total = value * told.size
    scale, sign = next(
        ((size, sign) for size, sign in ((1e8, "亿"), (1e4, "万")) if told.size >= size), (1.0, "")
    )
    return f"{total / scale:.10g}{sign}{_noun(told.noun, 'zh')}{_per_chinese(told.per)}"


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _scaled(value: float) -> str:
    """Print a large round number by ten thousands or hundred millions, as a Chinese writer does.

    >>> _scaled(26_000_000_000), _scaled(3_000_000), _scaled(252_476)
    ('260亿', '300万', '252476')
    """
    for size, sign in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= max(size, 1e6) and value % (size / 100) == 0:
            return f"{value / size:.10g}{sign}"
    return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"


def _per_chinese(below: str) -> str:
    if not below:
        return ""
    size, blank, noun = below.partition(" ")
    number = {"100": "百", "1000": "千", "1,000": "千", "10000": "万", "10,000": "万"}.get(size)
    return f"/{number}{_noun(noun, 'zh')}" if blank and number else f"/{_noun(below, 'zh')}"


def _noun(noun: str, language: Language) -> str:
    """Return what a unit's noun is called; an unknown one stands for itself."""
    base = measure(noun)[1] if noun else ""
    if noun in _CLASSIFIERS or base == "count":
        return "个" if noun and language == "zh" else ""
    known = words(language).get("position.evidence.noun")
    return str(known.get(noun) or known.get(base, noun))


def _english(value: float, unit: str, *, short: bool) -> str:
    told = _read(unit)
    total = value * told.size
    for size, name in ((1e9, " billion"), (1e6, " million"), (1.0, "")):
        if abs(total) >= size or size == 1.0:
            number = f"{_rounded(total / size) if name else total:,.10g}{name}"
            break
    noun = _noun(told.noun, "en")
    if measure(told.noun)[1] in _MONEY:
        number, noun = f"{noun} {number}", ""
    if short:
        return number
    per = _per_english(told.per)
    return " ".join(part for part in (number, noun, per) if part)


def _per_english(below: str) -> str:
    if not below:
        return ""
    told = _read(below)
    if told.size != 1:
        return f"per {told.size:,.10g} {_noun(told.noun, 'en')}"
    one = words("en").get("position.evidence.one")
    return f"per {one.get(told.noun) or one.get(measure(told.noun)[1], told.noun)}"
