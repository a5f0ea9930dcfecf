"""Join the lines that a layout broke, and set rows of tables aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_NUMBER = re.compile(r"[<>≥≤~约]?[+-]?\d[\d,.]*%?", re.ASCII)
_ENDS = tuple("。！？；：.!?;:”’）)】")
_HEADING = re.compile(
    r"\s*(?:\d+(?:\.\d+)*[\s　]|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+[、\s]"
    r"|第[一二三四五六七八九十\d]+[章节条]|[图表]\s*\d|(?:Figure|Table)\s*\d|[①-⑳])"
)
_WRAPPED, _LONGEST = 0.35, 130
_NEARLY = 0.7


@dataclass(frozen=True)
class Line:
    """A line of a file with its number; ``is_row`` for a row of a table."""

    number: int
    text: str
    is_row: bool = False


Joined = tuple[str, tuple[int, ...], tuple[int, ...]]


def unwrap(lines: Sequence[Line]) -> tuple[list[Joined], list[Line]]:
    """Return paragraphs, each as text, starts and line numbers; and the rows of tables, which are left out.

    Lines are joined where most long lines of a text end in the middle of a sentence, as copied pages do.
    """
    rows = [line for line in lines if line.text.strip() and (line.is_row or _is_row(line.text))]
    left_out = set(rows)
    kept = [line for line in lines if line not in left_out]
    full = _full_length(kept)
    # Where lines are whole paragraphs only a page's end breaks them, blank lines or not.
    double = full == _LONGEST or _is_double_spaced(kept)
    paragraphs: list[list[Line]] = []
    is_open = False
    for line in kept:
        text = line.text.strip()
        if not text:
            is_open = is_open and double
            continue
        if is_open and not _HEADING.match(line.text):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        is_open = _goes_on(text, full)
    return [_joined(group) for group in paragraphs], rows


def _is_row(text: str) -> bool:
    """Say whether a line is a row of numbers.

    >>> _is_row("北京 27 9 84 19.21 6.53"), _is_row("上海 12 家、深圳 10 家、杭州 8 家")
    (True, False)
    """
    parts = text.split()
    numbers = sum(bool(_NUMBER.fullmatch(part)) for part in parts)
    return numbers >= 4 and numbers >= 0.6 * len(parts)


def _full_length(lines: Sequence[Line]) -> int:
    """Return the length of a full line of a wrapped text; the longest for a text of whole paragraphs."""
    texts = [line.text.strip() for line in lines if line.text.strip()]
    if len(texts) < 2:
        return _LONGEST
    full = sorted(map(len, texts))[int(0.8 * (len(texts) - 1))]
    long = [text for text in texts if len(text) >= full * _NEARLY]
    broken = sum(not text.endswith(_ENDS) for text in long)
    return full if 12 <= full < _LONGEST and broken > _WRAPPED * len(long) else _LONGEST


def _goes_on(text: str, full: int) -> bool:
    """Say whether a line is broken by the layout: in a wrapped text any full line, else one that stops mid-sentence."""
    if full == _LONGEST:
        return len(text) >= full * _NEARLY and not text.endswith(_ENDS) and _cut(text)
    return len(text) >= full or (len(text) >= full * _NEARLY and not text.endswith(_ENDS))


def _cut(text: str) -> bool:
    """Say whether a paragraph ends in the middle of a Chinese sentence."""
    return text.endswith(("，", "、")) or "\u4e00" <= text[-1] <= "\u9fff"


def _is_double_spaced(lines: Sequence[Line]) -> bool:
    filled = [bool(line.text.strip()) for line in lines]
    followed = sum(a and not b for a, b in pairwise(filled))
    return followed > 0.7 * max(sum(filled), 1)


def _joined(group: Sequence[Line]) -> Joined:
    text, starts, numbers = "", [], []
    for line in group:
        piece = line.text.strip()
        if text and text.endswith("-") and piece[:1].islower():
            text = text[:-1]
        elif text and text[-1].isascii() and piece[:1].isascii() and not text.endswith(" "):
            text += " "
        starts.append(len(text))
        numbers.append(line.number)
        text += piece
    return text, tuple(starts), tuple(numbers)
