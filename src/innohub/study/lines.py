"""Find the line of a TOML file on which a dotted key stands."""

import re
from collections.abc import Mapping, Sequence

_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([^\s."']+)""")


def key_lines(text: str) -> Mapping[tuple[str, ...], int]:
    r"""Return the line (from 1) of every table head and key of a TOML text.

    >>> key_lines("[study]\nyear = 2020")
    {('study',): 1, ('study', 'year'): 2}
    """
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _TABLE.fullmatch(line):
            table = _parts(match[1])
            lines.setdefault(table, number)
        elif match := _KEY.match(line):
            lines.setdefault(table + _parts(match[1]), number)
    return lines


def line_of(lines: Mapping[tuple[str, ...], int], key: Sequence[object]) -> int | None:
    """Return the line of a key, or of the nearest table around it."""
    path = tuple(str(part) for part in key)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(match[1] or match[2] or match[3] or "" for match in _PART.finditer(dotted))
