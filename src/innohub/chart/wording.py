"""How figures print numbers, ranks and lists."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from innohub.words import Language, words

MINUS = "−"


def fixed(value: float, digits: int) -> str:
    """Round half away from zero, as readers expect, with a true minus sign; a rounded zero has no sign.

    >>> fixed(-0.1235, 3), fixed(-0.0001, 2)
    ('−0.124', '0.00')
    """
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded}".replace("-", MINUS)


def decimals(spread: float) -> int:
    """Say how many decimals a score of this size carries.

    >>> decimals(0.785), decimals(78.5)
    (3, 1)
    """
    return 3 if spread <= 10 else 1


def percent(share: float) -> str:
    """Print a probability; near certainty is not printed as certainty.

    >>> percent(0.766), percent(0.9999), percent(0.0002)
    ('77%', '>99%', '<1%')
    """
    if share >= 0.995:
        return ">99%"
    return "<1%" if share < 0.005 else f"{fixed(100 * share, 0)}%"


def share(value: float) -> str:
    """Print a chosen share, such as the level of an interval, exactly.

    >>> share(0.9), share(0.995)
    ('90%', '99.5%')
    """
    return f"{100 * value:g}%"


def count(number: int, language: Language) -> str:
    """Print a whole number as the language groups it.

    >>> count(20000, "en"), count(20000, "zh"), count(14, "zh")
    ('20,000', '2万', '14')
    """
    if language == "zh":
        return f"{number / 10_000:g}万" if number >= 10_000 and number % 1_000 == 0 else str(number)
    return f"{number:,}"


def ordinal(number: float, language: Language) -> str:
    """Print a rank as an ordinal number.

    >>> [ordinal(n, "en") for n in (1, 2, 3, 11, 22)], ordinal(3, "zh")
    (['1st', '2nd', '3rd', '11th', '22nd'], '第3位')
    """
    if language == "zh":
        return f"第{number:.0f}位"
    last = 0 if 10 <= number % 100 <= 20 else number % 10
    return f"{number:.0f}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(int(last), 'th') }"


def span(low: float, high: float, language: Language) -> str:
    """Print a range of ranks.

    >>> span(3, 8, "zh"), span(3, 8, "en"), span(4, 4, "en"), span(4, 4, "zh")
    ('第3–8位', '3rd–8th', '4th', '第4位')
    """
    if low == high:
        return ordinal(low, language)
    if language == "zh":
        return f"第{low:.0f}–{high:.0f}位"
    return f"{ordinal(low, language)}–{ordinal(high, language)}"


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
