"""Read the cells of a register by the type of their column; what cannot be read is told, never guessed."""

import calendar
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from innohub.catalog.registers import RegisterColumn, read_word, unstated_words, word_list
from innohub.errors import Finding
from innohub.study.numbers import Number, parse_number
from innohub.words import Language

_YEAR = re.compile(r"(\d{4})\s*年?(?:\.0)?", re.ASCII)
_DATE = re.compile(
    r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?)?\s*[年月日]?(?:[ T]00:00(?::00)?)?",
    re.ASCII,
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
# What an entry is and where it stands must be told; only the rest may be open.
_TOLD = frozenset({"id", "name_zh", "name_en", "place", "other"})


@dataclass(frozen=True)
class Cell:
    """A cell as read: its value (None when empty or refused), and what a number says beside it.

    ``unstated`` marks a cell that says that the source does not tell.
    """

    value: Any = None
    number: Number = field(default_factory=Number)
    finding: Finding | None = None
    unstated: bool = False


def read_cell(text: str, column: RegisterColumn, spot: dict[str, Any]) -> Cell:
    """Read one cell; ``spot`` holds file, row, column and value for a finding."""
    if not text:
        return Cell()
    if column.name not in _TOLD and text.casefold() in unstated_words():
        return Cell(unstated=True)
    if column.type in {"text", "list"}:
        return _words(text, column, spot)
    if column.type in {"year", "date"}:
        read = read_year(text) if column.type == "year" else read_date(text)
        return Cell(read) if read is not None else Cell(finding=Finding("S356", **spot))
    return _number(text, column, spot)


def _number(text: str, column: RegisterColumn, spot: dict[str, Any]) -> Cell:
    number = parse_number(text)
    value = number.value / 100 if column.type == "share" and number.unit_hint == "%" else number.value
    if number.missing:
        return Cell()
    if number.problem or (column.type == "integer" and not value.is_integer()):
        return Cell(finding=Finding("S355", params={"type": column.type}, **spot))
    low, high = column.least, column.most
    if (low is not None and value < low) or (high is not None and value > high):
        limits = {"low": "–" if low is None else f"{low:g}", "high": "–" if high is None else f"{high:g}"}
        return Cell(finding=Finding("S360", params=limits, **spot))
    return Cell(int(value) if column.type == "integer" else value, number)


def _words(text: str, column: RegisterColumn, spot: dict[str, Any]) -> Cell:
    parts = [part.strip() for part in re.split("[;；、]", text)] if column.type == "list" else [text]
    parts = [part for part in parts if part]
    if not column.one_of:
        return Cell(";".join(parts))
    read = [read_word(column.one_of, part) for part in parts]
    strange = [part for part, word in zip(parts, read, strict=True) if word is None]
    if not strange:
        return Cell(";".join(dict.fromkeys(word for word in read if word)))
    known = word_list(column.one_of)

    def names(language: Language) -> str:
        comma = "、" if language == "zh" else ", "
        return comma.join(f"{word} ({told[language]})" for word, told in known.items())

    return Cell(finding=Finding("S354", params={"word": strange[0], "known": names}, **spot))


def read_year(text: str) -> int | None:
    """Return a year of four digits, None for anything else.

    >>> read_year("2024年"), read_year("24"), read_year("２０２４")
    (2024, None, 2024)
    """
    match = _YEAR.fullmatch(unicodedata.normalize("NFKC", text))
    year = int(match[1]) if match else 0
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def read_date(text: str) -> str | None:
    """Return a date as year, year-month or year-month-day; None for anything else.

    >>> read_date("2024年5月"), read_date("2024/5/1"), read_date("2024-02-30"), read_date("2024")
    ('2024-05', '2024-05-01', None, '2024')
    """
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if not match or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        return None
    year, month, day = int(match[1]), match[2], match[3]
    if month is None:
        return f"{year}"
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{int(month):02d}"
    last = calendar.monthrange(year, int(month))[1]
    return f"{year}-{int(month):02d}-{int(day):02d}" if 1 <= int(day) <= last else None


def ends_before(start: str, end: str) -> bool:
    """Tell whether a period surely ends before it begins; a date without a day may be any day of its span.

    >>> ends_before("2024-05", "2024"), ends_before("2024-05", "2024-04-30"), ends_before("2024", "2023")
    (False, True, True)
    """
    common = min(len(start), len(end))
    return end[:common] < start[:common]
