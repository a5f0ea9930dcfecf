"""Read the quantities of a Chinese sentence."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from innohub.catalog.claims import lexicon
from innohub.position.claims import chinese_signs as signs
from innohub.position.claims.quantity import MULTIPLE, POINTS, RANK, SHARE, VALUE, Quantity
from innohub.study.numerals import read_numeral


@cache
def _units() -> re.Pattern[str]:
    measures = [word for words in lexicon().measure.values() for word in words]
    ordered = "|".join(re.escape(word) for word in sorted(measures, key=len, reverse=True))
    return re.compile(rf"(?P<unit>(?:{ordered})(?:\s*/\s*(?:百|千|万)?(?:人|户|平方公里|家|公顷|年))?)")


@cache
def _words(place: str) -> re.Pattern[str]:
    """Return the pattern of qualifiers before or after a number."""
    table = lexicon().before if place == "before" else lexicon().after
    ordered = sorted((w for ws in table.values() for w in ws if not w.isascii()), key=len, reverse=True)
    listed = "|".join(map(re.escape, ordered))
    return re.compile(rf"({listed})(?:达|有|为|了)?\s*$" if place == "before" else rf"\s*({listed})")


@cache
def _signs() -> dict[str, str]:
    tables = (lexicon().before, lexicon().after)
    return {word: sign for table in tables for sign, words in table.items() for word in words}


_THROUGH = re.compile(r"(约|近|将近|接近|超过|超|逾|大于|不足|不到)(?:占|为)[^，。；]{0,14}$")


def qualifier_before(text: str) -> tuple[str, int]:
    """Return the qualifier at the end of a text and where it begins; the text's length where there is none."""
    if match := _words("before").search(text):
        return _signs()[match[1]], match.start()
    if match := _THROUGH.search(text):
        return _signs()[match[1]], len(text)
    return "", len(text)


def read_chinese(text: str, closed: list[tuple[int, int]]) -> list[Quantity]:
    """Read the quantities of a sentence.

    Parameters
    ----------
    text : with signs made alike.
    closed : spans that hold no quantities: years, titles, references.
    """
    found: list[Quantity] = []
    taken = list(closed)
    for reader in (_fractions, _tenths, _doubled, _ordinals, _ranges, _numbers):
        for quantity in reader(text, taken):
            if not _inside(quantity.at, taken):
                found.append(quantity)
                taken.append((quantity.at, quantity.end))
    return sorted(found, key=lambda quantity: quantity.at)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _numeral(text: str) -> float | None:
    """Read Chinese numerals, with decimals after 点."""
    whole, _, tail = text.partition("点")
    single = "〇一二三四五六七八九".find(whole.replace("零", "〇").replace("两", "二"))
    known = read_numeral(whole)
    value = (
        float(known[0])
        if known and not known[1]
        else float(single)
        if len(whole) == 1 and single >= 0
        else None
    )
    if whole == "十":
        value = 10.0
    if value is None or not tail:
        return value
    digits = ["〇一二三四五六七八九".find(sign.replace("零", "〇").replace("两", "二")) for sign in tail]
    return value + float("0." + "".join(map(str, digits))) if min(digits) >= 0 else None


def _fractions(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    for match in signs.FRACTION.finditer(text):
        above, below = int(match["above"]), int(match["below"])
        if 0 < above < below and not re.match(r"\s*[年月日]", text[match.end() :]):
            yield _share(text, match.start(), match.end(), 100 * above / below, 4.0, fraction=True)
    for match in signs.PARTS.finditer(text):
        parts = _base(match["below"])
        share = float(match["above"]) if match["above"][0].isdigit() else _numeral(match["above"])
        if parts and share is not None:
            step = 10.0 ** -len(match["above"].partition(".")[2]) if parts == 100 else 4.0
            yield _share(text, match.start(), match.end(), 100 * share / parts, step, fraction=parts != 100)
    for match in signs.HALF.finditer(text):
        half = _share(text, match.start(), match.end(), 50.0, 4.0, fraction=True)
        yield replace(half, qualifier=">") if match[0] == "过半" else half


def _base(text: str) -> float | None:
    return {"百": 100.0, "千": 1000.0, "万": 10000.0, "亿": 1e8}.get(text) or _numeral(text)


def _share(text: str, start: int, end: int, value: float, step: float, *, fraction: bool) -> Quantity:
    sign, begin = qualifier_before(text[:start])
    after = _words("after").match(text, end)
    end = after.end() if after else end
    return Quantity(
        min(begin, start),
        end,
        start,
        value,
        "%",
        sign or (_signs()[after[1]] if after else ""),
        SHARE,
        step,
        fraction,
    )


def _tenths(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    for match in signs.TENTHS.finditer(text):
        if match["tenths"] in ("百", "千", "万", "亿", "半"):
            continue
        value = float(match["tenths"]) if match["tenths"][0].isdigit() else _numeral(match["tenths"])
        if (
            value is None
            or value > 10
            or (match.start() and text[match.start() - 1] in signs.HAN + "0123456789.“")
        ):
            continue
        more = 0.5 if match["more"] == "半" else (_numeral(match["more"]) or 0) / 10 if match["more"] else 0.0
        step = 1.0 if match["more"] else 10.0
        yield _share(text, match.start(), match.end(), 10 * (value + more), step, fraction=True)


def _doubled(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    for match in signs.DOUBLED.finditer(text):
        times = 2.0 ** {"一": 1, "两": 2, "二": 2, "三": 3}[match["n"]]
        sign, begin = qualifier_before(text[: match.start()])
        yield Quantity(
            min(begin, match.start()), match.end(), match.start(), times, "倍", sign, MULTIPLE, 0.1
        )


def _ordinals(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    for match in signs.ORDINAL.finditer(text):
        rank = float(match["n"]) if match["n"].isdigit() else _numeral(match["n"])
        rest, before = text[match.end() :], text[: match.start()]
        if rank is None or rest.startswith(lexicon().ordinal_after) or before.endswith(("“", "《")):
            continue
        among = match[0].startswith("前")
        if not (
            match["noun"] or (not among and signs.RANKED.search(before) and signs.BARE_AFTER.match(rest))
        ):
            continue
        end = match.end() + (1 if not match["noun"] and rest.startswith(("位", "名")) else 0)
        yield Quantity(
            match.start(), end, match.start(), rank, "位", "<" if among and rank > 1 else "", RANK, 1.0
        )
    for match in signs.FIRST.finditer(text):
        start = match.start("word") if match["word"] else match.start("word2")
        yield Quantity(start, match.end(), start, 1.0, "位", "", RANK, 1.0)


def _ranges(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Read the two ends of a range: no less than the first, no more than the second."""
    for match in signs.RANGE.finditer(text):
        second = signs.NUMBER.match(text, match.end())
        if second is None or _inside(match.start(), taken) or signs.LETTER.search(text[: match.start()]):
            continue
        last = _amount(text, second)
        if last is None or (match["sign"] and last.unit != "%"):
            continue
        first, step = _digits(match["first"])
        yield Quantity(
            match.start(), match.end("first"), match.start(), first, last.unit, ">", last.kind, step
        )
        yield Quantity(last.at, last.end, last.at, last.value, last.unit, "<", last.kind, last.step)


def _digits(text: str) -> tuple[float, float]:
    bare = text.replace(",", "").replace(" ", "")
    return float(bare), 10.0 ** -len(bare.partition(".")[2])


def _numbers(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    for match in signs.NUMBER.finditer(text):
        if not _inside(match.start(), taken) and (quantity := _amount(text, match)):
            yield quantity


def _amount(text: str, match: re.Match[str]) -> Quantity | None:
    """Read the number at a match with what stands around it; None for a label, a bare number, an article."""
    before = text[: match.start()]
    if signs.LETTER.search(before) or signs.LABELLED.search(before):
        return None
    sign, begin = qualifier_before(before)
    if match["han"]:
        return _spelled(text, match, sign, begin)
    value, step = _digits(match["digits"])
    return _measured(text, match.end(), (begin, match.start()), (value, step), sign)


def _spelled(text: str, match: re.Match[str], sign: str, begin: int) -> Quantity | None:
    """Read a number in words: it must count something, and 一 alone is an article."""
    value = _numeral(match["han"])
    before = text[match.start() - 1 : match.start()]
    if not value or match["han"] in ("一", "百", "千", "万", "亿") or before in signs.NO_COUNT:
        return None
    kept = _measured(text, match.end(), (begin, match.start()), (value, 1.0), sign)
    return kept if kept and kept.unit.lstrip("万亿千百十") not in ("", *signs.STRUCTURAL) else None


def _measured(
    text: str, end: int, start: tuple[int, int], number: tuple[float, float], sign: str
) -> Quantity | None:
    """Read what follows the digits: per cent, 倍, or scale, measure word and qualifier."""
    (begin, at), (value, step) = start, number
    if match := signs.PERCENT.match(text, end):
        kind = SHARE if match["sign"] in "%‰" else POINTS
        after = _words("after").match(text, match.end())
        sign = sign or (_signs()[after[1]] if after else "")
        unit = match["sign"] if kind == SHARE else "个百分点"
        return Quantity(begin, after.end() if after else match.end(), at, value, unit, sign, kind, step)
    if match := signs.TIMES.match(text, end):
        sign = sign or (">" if match["more"] else "")
        return Quantity(begin, match.end(), at, value, "倍", sign, MULTIPLE, step)
    scaled = signs.SCALE.match(text, end)
    assert scaled is not None
    scale, rest = scaled["scale"] or "", scaled.end()
    if (text.startswith(lexicon().label_after, rest) and not scale) or signs.SPECIAL.match(text, rest):
        return None
    unit = _units().match(text, rest)
    stop = unit.end() if unit else end + len(scaled[0].rstrip())
    bare = signs.BARE_BEFORE.search(text[:at]) and signs.BARE_AFTER.match(text, stop)
    if not (unit or scale or bare):
        return None
    after = _words("after").match(text, stop)
    sign = sign or (">" if scaled["more"] or scaled["more2"] else _signs()[after[1]] if after else "")
    name = re.sub(r"\s", "", scale + (unit["unit"] if unit else ""))
    return Quantity(begin, after.end() if after else stop, at, value, name, sign, VALUE, step)
