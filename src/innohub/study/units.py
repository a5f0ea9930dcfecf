"""What a unit measures: its base and how many of the base one unit is (万元 is 10,000 CNY)."""

import re
import unicodedata
from functools import lru_cache

SCALES = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6,
    "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2,
    "trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3,
}  # fmt: skip

_NAMES = {
    "CNY": ("元", "人民币", "人民币元", "cny", "rmb", "yuan"),
    "USD": ("美元", "usd", "us$", "us dollar", "us dollars", "dollar", "dollars"),
    "EUR": ("欧元", "eur", "euro", "euros"),
    "GBP": ("英镑", "gbp"),
    "JPY": ("日元", "jpy", "yen"),
    "HKD": ("港元", "港币", "hkd"),
    "person": ("人", "人次", "person", "persons", "people", "head", "capita", "inhabitant", "inhabitants"),
    "count": ("个", "项", "件", "家", "所", "篇", "count", "counts", "number", "no.", "unit", "units"),
    "%": ("%", "percent", "per cent", "百分比", "个百分点", "百分点", "pct"),
    "‰": ("‰", "permille", "per mille"),
    "m2": ("m2", "平方米", "square metre", "square metres"),
    "year": ("年", "year", "years"),
}
_BASES = {name: base for base, names in _NAMES.items() for name in names}
_MULTIPLES = {"公顷": (1e4, "m2"), "ha": (1e4, "m2"), "km2": (1e6, "m2"), "平方公里": (1e6, "m2")}
# 千 and 百 also begin words that are units or shares of their own.
_SCALED = re.compile(rf"({'|'.join(SCALES)})\s*(?![米瓦克卡升帕分])(?:of\s+)?(.*)", re.DOTALL)


@lru_cache(maxsize=4096)
def measure(unit: str) -> tuple[float, str]:
    """Return how many of its base one unit is, and the base; an unknown unit is its own base.

    >>> measure("万元")
    (10000.0, 'CNY')
    >>> measure("万美元/人")
    (10000.0, 'USD per person')
    >>> measure("% of GDP")
    (1.0, '% of gdp')
    """
    text = " ".join(unicodedata.normalize("NFKC", unit).casefold().split())
    if len(text) > 80:
        return 1.0, text
    above, slash, below = text.replace(" per ", "/").partition("/")
    if slash and below and above not in ("", "per"):
        top, bottom = measure(above), measure(below)
        return top[0] / bottom[0], f"{top[1]} per {bottom[1]}"
    if text in _BASES:
        return 1.0, _BASES[text]
    if text in _MULTIPLES:
        return _MULTIPLES[text]
    if (match := _SCALED.fullmatch(text)) and (factor := SCALES[match[1]]):
        inner = measure(match[2])
        return factor * inner[0], inner[1]
    return 1.0, text


def is_percent(unit: str) -> bool:
    """Say whether values in a unit are percentages.

    >>> is_percent("% of national total"), is_percent("share")
    (True, False)
    """
    base = measure(unit)[1]
    return base.startswith("%") or base.endswith("%") or base.startswith(("percent", "占", "百分"))


def conversion(given: str, wanted: str) -> float | None:
    """Return the factor from one unit to another, or None when they measure different things.

    >>> conversion("亿元", "万元"), conversion("%", "% of GDP"), conversion("人", "元")
    (10000.0, 1.0, None)
    """
    (factor, base), (other, target) = measure(given), measure(wanted)
    if base == target:
        return factor / other
    # A bare per-cent sign says less than "% of GDP", not something else.
    return 1.0 if "%" in (base, target) and is_percent(given) and is_percent(wanted) else None
