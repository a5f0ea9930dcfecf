"""Match the heads of a table with the columns that a study knows, in Chinese or English."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from innohub.errors import Finding
from innohub.study.numbers import INVISIBLE
from innohub.study.report import NONE, near, shown
from innohub.study.tables import Table

_BRACKET = re.compile(r"(.+?)\s*[（(]([^（）()]+)[）)]")
_NAME_FOR_ID = {"places": "place", "indicators": "indicator"}


@dataclass(frozen=True)
class Matched:
    """Which head stands for which column, and the units that heads name in brackets."""

    heads: Mapping[str, str]
    units: Mapping[str, str]
    unknown: tuple[str, ...]


def fold(text: str) -> str:
    """Return a head or name without blanks, invisible signs, case and full-width forms, for comparison.

    >>> fold("全　　国"), fold("Name ZH")
    ('全国', 'namezh')
    """
    return "".join(unicodedata.normalize("NFKC", text.translate(INVISIBLE)).split()).casefold()


def split_unit(head: str) -> tuple[str, str]:
    """Cut a unit in brackets off a head.

    >>> split_unit("R&D经费（亿元）")
    ('R&D经费', '亿元')
    """
    match = _BRACKET.fullmatch(head)
    return (match[1], match[2].strip()) if match else (head, "")


@cache
def known_columns(kind: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the columns of a kind of table, as ``columns.toml`` declares them."""
    declared = tomllib.loads(files("innohub.study").joinpath("columns.toml").read_text(encoding="utf-8"))
    return declared[kind]  # type: ignore[no-any-return]


def match_heads(table: Table, kind: str) -> Matched:
    """Match heads with columns: by name first, then by the other names in their order, then without a unit."""
    columns = known_columns(kind)
    left = {fold(head): head for head in reversed(table.frame.columns)}
    bare = {fold(split_unit(head)[0]): head for head in reversed(table.frame.columns) if split_unit(head)[1]}
    heads: dict[str, str] = {}
    units: dict[str, str] = {}
    for names in ([name] for name in columns):
        if names[0] in left:
            heads[names[0]] = left.pop(names[0])
    for name, entry in columns.items():
        for alias in [name, *entry["names"]]:
            if name in heads:
                break
            if fold(alias) in left:
                heads[name] = left.pop(fold(alias))
            elif bare.get(fold(alias)) in left.values():
                heads[name] = bare[fold(alias)]
                units[name] = split_unit(heads[name])[1]
                left = {key: head for key, head in left.items() if head != heads[name]}
    _lend(heads, columns)
    return Matched(heads, units, tuple(head for head in table.frame.columns if head in left.values()))


def _lend(heads: dict[str, str], columns: Mapping[str, Mapping[str, Any]]) -> None:
    """Give a column that the table needs a head that an optional one bears by name, such as region for place."""
    for name, entry in columns.items():
        optional = (
            other for other in entry["names"] if other in heads and not columns[other].get("required")
        )
        if entry.get("required") and name not in heads and (other := next(optional, None)):
            heads[name] = heads.pop(other)


def fit(table: Table, kind: str, found: list[Finding]) -> pd.DataFrame | None:
    """Return a table with all columns of its kind, file and row; None without the columns that it needs.

    Returns
    -------
    Texts (object) in the declared columns, blank where the table lacks an optional one, then ``file`` and ``row``.
    """
    columns = known_columns(kind)
    matched = match_heads(table, kind)
    heads = dict(matched.heads)
    if (name := _NAME_FOR_ID.get(kind)) and name not in heads:
        stand_in = heads.get("name_zh") or heads.get("name_en")
        heads |= {name: stand_in} if stand_in else {}
    missing = [name for name, entry in columns.items() if entry.get("required") and name not in heads]
    for name in missing:
        others = tuple(alias for alias in columns[name]["names"] if not alias.isascii())
        params = {"name": name, "others": others, "near": near(name, table.frame.columns)}
        found.append(Finding("R011", file=table.file, column=name, params=params))
    if missing:
        return None
    note_unknown(table, matched.unknown, [name for name in columns if name not in heads], found)
    frame = pd.DataFrame(
        {name: table.frame[heads[name]] if name in heads else "" for name in columns},
        index=table.frame.index,
        dtype=object,
    )
    frame["file"], frame["row"] = table.file, table.rows
    return frame


def blank(kind: str) -> pd.DataFrame:
    """Return a table of a kind without rows."""
    return pd.DataFrame(columns=[*known_columns(kind), "file", "row"], dtype=object)


def note_unknown(table: Table, unknown: tuple[str, ...], free: list[str], found: list[Finding]) -> None:
    """Say which columns are not read; a likely slip of the pen is a warning."""
    for head in unknown:
        hits = difflib.get_close_matches(fold(head), free, n=1, cutoff=0.7)
        params = {"near": tuple(hits or free) or NONE}
        level = "warning" if hits else "note"
        found.append(Finding("R012", level, file=table.file, row=1, column=shown(head), params=params))  # type: ignore[arg-type]
