"""How figures and briefs print numbers, ranks and lists: rounding happens here and nowhere else."""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from innohub.words import Language, words

MINUS = "−"
# GB/T 15834 joins the ends of a range by a full dash, English by a short one.
RANGE = {"zh": "—", "en": "–"}
_CHINESE = "零一两三四五六七八九十"
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}
_MOST_DIGITS = 6


def fixed(value: float, digits: int) -> str:
    """Round half away from zero, as readers expect, with a true minus sign; a rounded zero has no sign.

    >>> fixed(-0.1235, 3), fixed(-0.0001, 2), fixed(12345.6, 0)
    ('−0.124', '0.00', '12346')
    """
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded}".replace("-", MINUS)


def signed(number: int) -> str:
    """Print a change of a whole number with its sign.

    >>> signed(3), signed(-2), signed(0)
    ('+3', '−2', '0')
    """
    return f"+{number}" if number > 0 else str(number).replace("-", MINUS)


def signed_percent(share: float, digits: int = 0) -> str:
    """Print a change as a percentage with its sign; a rounded zero has none.

    >>> signed_percent(0.056, 1), signed_percent(-0.012, 1), signed_percent(0.0001, 1)
    ('+5.6%', '−1.2%', '0.0%')
    """
    text = exact(share, digits)
    return text if share <= 0 or text == exact(0.0, digits) else f"+{text}"


def p_value(p: float, language: Language) -> str:
    """Print the p-value of a test.

    >>> p_value(0.0123, "en"), p_value(0.0004, "en"), p_value(0.0004, "zh")
    ('p = 0.012', 'p < 0.001', 'p值小于0.001')
    """
    small = p < 0.001
    text = "0.001" if small else fixed(p, 3)
    if language == "zh":
        return f"p值{'小于' if small else '为'}{text}"
    return f"p {'<' if small else '='} {text}"


def score(value: float, spread: float) -> str:
    """Print a score: three decimals on a unit scale, one on a scale of hundreds.

    >>> score(0.5065, 1), score(50.65, 100)
    ('0.507', '50.7')
    """
    return fixed(value, 3 if spread <= 10 else 1)


def value(number: float) -> str:
    """Print an indicator's value with about four significant digits, never in exponents.

    >>> value(27.0), value(13.51), value(0.153), value(123456.7), value(0.000123)
    ('27', '13.51', '0.153', '123,457', '0.00012')
    """
    if abs(number) >= 1000:
        return f"{number:,.0f}".replace("-", MINUS)
    digits = 2 if abs(number) >= 1 or number == 0 else max(3, 1 - math.floor(math.log10(abs(number))))
    text = fixed(number, min(digits, 2 * _MOST_DIGITS))
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float, bar: float | None = None) -> str:
    """Print a probability in a table or a figure; near certainty is not printed as certainty.

    A probability under a ``bar`` gets as many decimals as it takes to be seen under it.

    >>> percent(0.766), percent(0.9999), percent(0.0002), percent(0.797, bar=0.8)
    ('77%', '>99%', '<1%', '79.7%')
    """
    if share >= 0.995:
        return ">99%"
    return "<1%" if share < 0.005 else _under(share, bar)


def probability(share: float, language: Language, bar: float | None = None) -> str:
    """Print a probability in a sentence.

    >>> probability(0.7655, "zh"), probability(0.9999, "en"), probability(0.0002, "zh")
    ('77%', 'over 99%', '不足1%')
    """
    if share >= 0.995:
        return "99%以上" if language == "zh" else "over 99%"
    if share < 0.005:
        return "不足1%" if language == "zh" else "under 1%"
    return _under(share, bar)


def _under(share: float, bar: float | None) -> str:
    text = exact(share)
    for digits in range(1, _MOST_DIGITS):
        if bar is None or share >= bar or text != exact(bar, digits - 1):
            break
        text = exact(share, digits)
    return text


def exact(share: float, digits: int = 0) -> str:
    """Print a share of one as a percentage.

    >>> exact(0.1), exact(0.3333, 1)
    ('10%', '33.3%')
    """
    return f"{fixed(100 * share, digits)}%"


def level(share: float) -> str:
    """Print a chosen share, such as the level of an interval, with all its digits.

    >>> level(0.9), level(0.995)
    ('90%', '99.5%')
    """
    return f"{100 * share:g}%"


def count(number: int, language: Language) -> str:
    """Print a whole number: thousands are grouped, in Chinese by ten thousands where nothing is lost.

    >>> count(20000, "en"), count(20000, "zh"), count(14, "zh")
    ('20,000', '2万', '14')
    """
    if language == "zh":
        return f"{number / 10_000:g}万" if number >= 10_000 and number % 1_000 == 0 else str(number)
    return f"{number:,}"


def word(number: int, language: Language) -> str:
    """Print a small whole number as a word.

    >>> word(3, "zh"), word(3, "en"), word(14, "en")
    ('三', 'three', '14')
    """
    names = _CHINESE if language == "zh" else _ENGLISH
    return names[number] if 0 <= number < len(names) else count(number, language)


def few(number: int, language: Language) -> str:
    """Print a whole number as sentences do: English spells out what is below ten, Chinese uses figures.

    >>> few(4, "en"), few(12, "en"), few(4, "zh")
    ('four', '12', '4')
    """
    return word(number, language) if language == "en" and number < 10 else count(number, language)


def ordinal(number: float, language: Language) -> str:
    """Print a rank as an ordinal number.

    >>> [ordinal(n, "en") for n in (1, 2, 3, 11, 22)], ordinal(3, "zh")
    (['1st', '2nd', '3rd', '11th', '22nd'], '第3位')
    """
    whole = round(number)
    if language == "zh":
        return f"第{whole}位"
    return f"{whole}{'th' if 10 <= whole % 100 <= 20 else _SUFFIX.get(whole % 10, 'th')}"


def span(low: float, high: float, language: Language) -> str:
    """Print a range of ranks.

    >>> span(3, 8, "zh"), span(3, 8, "en"), span(4, 4, "en"), span(4, 4, "zh")
    ('第3—8位', '3rd–8th', '4th', '第4位')
    """
    if round(low) == round(high):
        return ordinal(low, language)
    if language == "zh":
        return f"第{round(low)}{RANGE['zh']}{round(high)}位"
    return f"{ordinal(low, language)}{RANGE['en']}{ordinal(high, language)}"


def rank(number: float, low: float, high: float, language: Language) -> str:
    """Print a rank with its interval.

    >>> rank(5, 3, 8, "zh"), rank(5, 3, 8, "en"), rank(1, 1, 1, "zh")
    ('第5位（3—8位）', '5th (3rd–8th)', '第1位（1位）')
    """
    bare = ordinal(number, language)
    if math.isnan(low) or math.isnan(high):
        return bare
    inner = span(low, high, language)
    return f"{bare}（{inner.removeprefix('第')}）" if language == "zh" else f"{bare} ({inner})"


def between(low: str, high: str, language: Language) -> str:
    """Print a range of numbers already printed; equal ends are one number.

    >>> between("0.126", "0.245", "en"), between("1", "3", "zh"), between("2", "2", "zh")
    ('0.126–0.245', '1—3', '2')
    """
    if low == high:
        return low
    # a minus sign beside a dash cannot be read
    mark = RANGE[language] if MINUS not in low + high else {"zh": "至", "en": " to "}[language]
    return f"{low}{mark}{high}"


def sizes(vector: str, language: Language) -> str:
    """Print tier sizes, highest tier first.

    >>> sizes("3/5/6", "zh"), sizes("3/5/6", "en")
    ('3、5、6', '3, 5 and 6')
    """
    return listing(vector.split("/"), language)


def listing(names: Sequence[str], language: Language) -> str:
    """Join names as a sentence does.

    >>> listing(["a", "b", "c"], "en"), listing(["甲", "乙"], "zh"), listing(["a"], "en")
    ('a, b and c', '甲、乙', 'a')
    """
    book = words(language)
    comma, last = book.say("chart.list.comma"), book.say("chart.list.last")
    if len(names) < 2:
        return "".join(names)
    return last.join([comma.join(names[:-1]), names[-1]])
