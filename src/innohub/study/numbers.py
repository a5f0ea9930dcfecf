"""Read the numbers that people write: full-width digits, separators, 万 and 亿, per cent, footnote marks."""

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from innohub.study.numerals import read_numeral
from innohub.study.units import SCALES, measure

# Signs without a width that come along when a cell is copied from a web page or files are joined.
INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0xFEFF, 0x00AD])
PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_COMMAS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_BLANKS = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?", re.ASCII)
# A superscript after a letter belongs to a unit (km²); after anything else it is a footnote mark.
_FOOTNOTE = re.compile(r"(.*?[^A-Za-z米])((?:[①-⒇¹²³⁰⁴-⁹*＊†‡※]|\[\d{1,2}\])+)", re.DOTALL)
_BELOW_UNIT = {"…", "……", "...", "......"}
_MISSING = {
    "-", "--", "—", "——", "－", "－－", "–", "―", "−", "..", ":", "na", "n/a", "n.a.", "null", "none",
    "missing", "缺", "缺失", "无数据", "暂无", "暂无数据", "不详",
}  # fmt: skip
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity|∞)", re.IGNORECASE)
_SHEET_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|#+)", re.IGNORECASE)
_BEFORE = {
    "~": ("约为", "大约", "大概", "约", "approx.", "approx", "about", "ca.", "~", "≈"),
    "~<": ("将近", "接近", "近", "nearly"),
    ">": ("超过", "超", "逾", "高于", "多于", "大于", "over", ">=", ">", "≥"),
    "<": ("不足", "不到", "少于", "低于", "小于", "未满", "under", "<=", "<", "≤"),
}
_AFTER = {">": ("以上", "多", "余", "+"), "~": ("左右", "上下"), "<": ("以下",)}
QUALIFIERS = {mark: sign for table in (_BEFORE, _AFTER) for sign, marks in table.items() for mark in marks}
# Longer marks first: 约为 before 约.
_STARTS = re.compile(
    "|".join(
        re.escape(mark) for mark in sorted((m for ms in _BEFORE.values() for m in ms), key=len, reverse=True)
    )
)
_ENDS = re.compile("(?:" + "|".join(re.escape(mark) for marks in _AFTER.values() for mark in marks) + ")$")
_RANGE = re.compile(r"[\d.]+\s*[年%]?\s*(?:-|~|–|—|―|至|到)\s*[\d.]+.*", re.ASCII | re.DOTALL)
_PARTS = re.compile(
    r"(?P<digits>[+-]?[\d.,' ]*\d\.?(?:[eE][+-]?\d+)?)\s*(?P<more>[多余])?"
    r"(?P<scale>万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![米瓦克卡升帕])|百(?!分))?(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
_UNIT = re.compile(r"[^\d,;=()\"']{0,24}?(?:m[23])?[^\d,;=()\"']{0,24}", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """What a cell says: NaN for missing, the unit it names, how exact it is, its footnote marks.

    ``qualifier`` is one of ``~ ~< > <``; ``flag`` is ``converted`` when the text was not a plain number and
    ``below_unit`` for ``…``; ``problem`` names why the text was refused; ``scale`` is 1e4 for 万, 1e8 for 亿.
    """

    value: float = math.nan
    unit_hint: str = ""
    qualifier: str = ""
    note: str = ""
    flag: str = ""
    problem: str = ""
    scale: float = 1.0

    @property
    def missing(self) -> bool:
        """Whether the text says that there is no value."""
        return math.isnan(self.value) and not self.problem


def parse_number(text: str) -> Number:
    """Read a number as people write it; nothing is guessed.

    Parameters
    ----------
    text : the cell as written.

    Returns
    -------
    Number
        With ``problem`` set, one of ``text decimal_mark parentheses range not_finite sheet_error``, when refused.

    Examples
    --------
    >>> parse_number("１，２３４．５").value, parse_number("12.3万").value, parse_number("2,63").problem
    (1234.5, 123000.0, 'decimal_mark')
    """
    text = text.translate(INVISIBLE).strip()
    if not text:
        return Number()
    if PLAIN.fullmatch(text):
        return _plain(text, 1.0)
    body, note = _split_footnote(text) if len(text) <= _LONGEST else ("", "")
    if body in _BELOW_UNIT or body.casefold() in _MISSING:
        return Number(flag="below_unit" if body in _BELOW_UNIT else "", note=note)
    # NFKC turns ① and ² into digits, so footnote marks are cut off before it.
    body = unicodedata.normalize("NFKC", body).replace("−", "-").strip()
    if problem := _refusal(body):
        return Number(problem=problem)
    return replace(_read(body), note=note)


_LONGEST = 100


def _plain(digits: str, scale: float) -> Number:
    try:
        # Decimal keeps 12.3 × 10,000 at 123,000 exactly.
        value = float(Decimal(digits) * Decimal(scale)) if scale != 1 else float(digits)
    except ArithmeticError:
        return Number(problem="not_finite")
    return Number(value=value, scale=scale) if math.isfinite(value) else Number(problem="not_finite")


def _split_footnote(text: str) -> tuple[str, str]:
    match = _FOOTNOTE.fullmatch(text)
    return (match[1].strip(), match[2]) if match else (text, "")


def _refusal(body: str) -> str:
    if _NOT_FINITE.fullmatch(body):
        return "not_finite"
    if _SHEET_ERROR.fullmatch(body):
        return "sheet_error"
    if body.startswith("(") and body.endswith(")"):
        return "parentheses"
    return "range" if _RANGE.fullmatch(body) else ""


def _read(body: str) -> Number:
    """Read qualifier, digits, multiple and unit, in this order."""
    qualifier, body = _cut_start(body)
    if numeral := read_numeral(body):
        more, rest = None, numeral[1]
        number = replace(_plain(str(numeral[0]), 1.0), scale=1e4 if set("万亿") & set(body) else 1.0)
    elif match := _PARTS.fullmatch(body):
        more, rest = match["more"], match["rest"].strip()
        number = _digits(match["digits"].strip(), SCALES.get(match["scale"] or "", 1.0))
    else:
        return Number(problem="text")
    if number.problem:
        return number
    after, rest = _cut_end(rest)
    qualifier = qualifier or after or (">" if more else "")
    if not _UNIT.fullmatch(rest):
        return Number(problem="text")
    if rest.startswith("成"):
        number, rest = replace(number, value=number.value * 10), "%" + rest[1:]
    return replace(number, unit_hint=_hint(rest), qualifier=qualifier, flag="converted")


def _cut_start(text: str) -> tuple[str, str]:
    match = _STARTS.match(text.casefold())
    return (QUALIFIERS[match[0]], text[match.end() :].strip()) if match else ("", text)


def _cut_end(text: str) -> tuple[str, str]:
    match = _ENDS.search(text)
    return (QUALIFIERS[match[0]], text[: match.start()].strip()) if match else ("", text)


def _digits(digits: str, scale: float) -> Number:
    if PLAIN.fullmatch(digits):
        return _plain(digits, scale)
    if _COMMAS.fullmatch(digits) or _BLANKS.fullmatch(digits):
        return _plain(digits.replace(",", "").replace(" ", ""), scale)
    return Number(problem="decimal_mark" if set(digits) & set(".,'") else "text")


def _hint(unit: str) -> str:
    """Return currencies, per cent and their ratios by their codes, other units as written."""
    factor, base = measure(unit)
    known = base.split(" per ")[0] in ("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "%", "‰")
    return base if known and factor == 1.0 else unit
