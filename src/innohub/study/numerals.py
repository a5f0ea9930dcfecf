"""Chinese numerals: 二〇二二 read digit by digit, 三百二十 by its places."""

import re

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(r"([〇○零一二两三四五六七八九十百千万亿]{1,20})(.*)", re.DOTALL)


def read_numeral(text: str) -> tuple[int, str] | None:
    """Return the number a text begins with and what follows; None where none is written out.

    A single sign alone is refused: 一 is often a misread dash.

    >>> read_numeral("二〇二二年"), read_numeral("八成"), read_numeral("一")
    ((2022, '年'), (8, '成'), None)
    """
    match = _NUMERAL.fullmatch(text)
    if not match or text[0] in "百千万亿" or len(text) < 2:
        return None
    numeral = match[1]
    if all(sign in _DIGITS for sign in numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral)), match[2]
    return _by_places(numeral), match[2]


def _by_places(numeral: str) -> int:
    total, section, digit = 0, 0, 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[sign], 0
        else:
            whole = 10_000 if sign == "万" else 100_000_000
            total, section, digit = (total + section + digit) * whole, 0, 0
    return total + section + digit
