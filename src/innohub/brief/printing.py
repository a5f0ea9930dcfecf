"""How numbers are printed: rounding happens here and nowhere else."""

import math
from decimal import ROUND_HALF_UP, Decimal

from innohub.words import Language

_CHINESE = "零一两三四五六七八九十"
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}


def fixed(value: float, digits: int) -> str:
    """Round half away from zero, as readers expect; a rounded zero has no sign.

    >>> fixed(0.5065, 3), fixed(-0.0001, 2), fixed(12345.6, 0)
    ('0.507', '0.00', '12346')
    """
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded}".replace("-", "−")


def score_text(value: float, spread: float) -> str:
    """Print a score: three decimals on a unit scale, one on a scale of hundreds.

    >>> score_text(0.5065, 1), score_text(50.65, 100)
    ('0.507', '50.7')
    """
    return fixed(value, 3 if spread <= 10 else 1)


def ordinal(rank: float) -> str:
    """Print an English ordinal.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    number = round(rank)
    suffix = "th" if 10 <= number % 100 <= 20 else _SUFFIX.get(number % 10, "th")
    return f"{number}{suffix}"


def rank_text(rank: float, low: float, high: float, language: Language) -> str:
    """Print a rank with its interval.

    >>> rank_text(5, 3, 8, "zh"), rank_text(5, 3, 8, "en")
    ('第5位（3–8位）', '5th (3rd–8th)')
    """
    bare = f"第{round(rank)}位" if language == "zh" else ordinal(rank)
    if math.isnan(low) or math.isnan(high):
        return bare
    if language == "zh":
        inner = f"{round(low)}位" if round(low) == round(high) else f"{round(low)}–{round(high)}位"
        return f"{bare}（{inner}）"
    inner = ordinal(low) if round(low) == round(high) else f"{ordinal(low)}–{ordinal(high)}"
    return f"{bare} ({inner})"


def probability_text(value: float, language: Language) -> str:
    """Print a probability in sentences; near certainty is not printed as certainty.

    >>> probability_text(0.7655, "zh"), probability_text(0.9999, "en"), probability_text(0.0002, "zh")
    ('77%', 'over 99%', '不足1%')
    """
    if value >= 0.995:
        return "99%以上" if language == "zh" else "over 99%"
    if value < 0.005:
        return "不足1%" if language == "zh" else "under 1%"
    return f"{fixed(100 * value, 0)}%"


def probability_cell(value: float) -> str:
    """Print a probability in a table.

    >>> probability_cell(0.9999), probability_cell(0.304), probability_cell(0.0)
    ('>99%', '30%', '<1%')
    """
    if value >= 0.995:
        return ">99%"
    return "<1%" if value < 0.005 else f"{fixed(100 * value, 0)}%"


def percent_text(share: float, digits: int = 0) -> str:
    """Print a share of one as a percentage.

    >>> percent_text(0.1), percent_text(0.3333, 1)
    ('10%', '33.3%')
    """
    return f"{fixed(100 * share, digits)}%"


def count_text(number: int, language: Language) -> str:
    """Print a whole number: thousands are grouped, in Chinese from five digits on.

    >>> count_text(20000, "en"), count_text(20000, "zh"), count_text(14, "zh")
    ('20,000', '2万', '14')
    """
    if language == "zh" and number >= 10_000 and number % 1_000 == 0:
        return f"{number / 10_000:g}万"
    return f"{number:,}" if language == "en" else str(number)


def word_text(number: int, language: Language) -> str:
    """Print a small whole number as a word.

    >>> word_text(3, "zh"), word_text(3, "en"), word_text(14, "en")
    ('三', 'three', '14')
    """
    names = _CHINESE if language == "zh" else _ENGLISH
    return names[number] if 0 <= number < len(names) else str(number)


def sizes_text(sizes: str, language: Language) -> str:
    """Print tier sizes, highest tier first.

    >>> sizes_text("3/5/6", "zh"), sizes_text("3/5/6", "en")
    ('3、5、6', '3, 5 and 6')
    """
    parts = sizes.split("/")
    if language == "zh" or len(parts) == 1:
        return "、".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def value_text(value: float) -> str:
    """Print an indicator's value with at most four significant digits, never in exponents.

    >>> value_text(27.0), value_text(13.51), value_text(0.153), value_text(123456.7)
    ('27', '13.51', '0.153', '123,457')
    """
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace("-", "−")
    digits = 2 if abs(value) >= 1 or value == 0 else 3
    text = fixed(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text
