"""The registers of a city: columns with types, the words they take, and the slots of the five pillars."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from innohub.words import Language

ColumnType = Literal["text", "list", "number", "integer", "share", "year", "date", "mark"]


@dataclass(frozen=True)
class RegisterColumn:
    """A column: its type, whether each row must fill it, the words it takes, its limits, and its names.

    ``one_of`` names a list of words or is empty; ``refers`` names the column of the same register whose values
    it repeats, or is empty; ``least`` and ``most`` are None where there is no limit; ``exact`` marks a number that is
    never approximate; ``also`` are other heads that mean the same.
    """

    name: str
    type: ColumnType
    required: bool
    one_of: str
    refers: str
    least: float | None
    most: float | None
    exact: bool
    label: Mapping[str, str]
    also: tuple[str, ...]

    @property
    def measured(self) -> bool:
        """Whether its number may be approximate, so that a qualifier stands beside it."""
        return self.type in {"number", "integer"} and not self.exact

    @property
    def allowed(self) -> tuple[str, ...]:
        """The ids of the words that the column takes; empty where it takes any text."""
        return tuple(word_list(self.one_of)) if self.one_of else ()


@dataclass(frozen=True)
class Register:
    """A register: its passage in the founding texts where one is known, its names, columns, and money columns."""

    name: str
    passage: str
    label: Mapping[str, str]
    columns: Mapping[str, RegisterColumn]
    money: tuple[str, ...]


@dataclass(frozen=True)
class Pillar:
    """A pillar of the dashboard: its names, registers with the slot that each feeds, and what each slot may hold."""

    name: str
    label: Mapping[str, str]
    registers: Mapping[str, str]
    measures: Mapping[str, Mapping[str, str]]


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("registers.toml").read_text(encoding="utf-8"))


def _pair(entry: Mapping[str, Any]) -> Mapping[str, str]:
    return {language: str(entry[language]) for language in ("zh", "en")}


@cache
def registers() -> Mapping[str, Register]:
    """Return the registers by name.

    >>> registers()["ranks"].columns["edition"].required
    True
    """
    return {name: _register(name, entry) for name, entry in _declared()["register"].items()}


def _register(name: str, entry: Mapping[str, Any]) -> Register:
    known = {**_declared()["column"], **entry.get("column", {})}
    wanted = set(entry["required"])
    return Register(
        name=name,
        passage=entry.get("id", ""),
        label=_pair(entry),
        columns={
            column: _column(column, known[column], column in wanted)
            for column in (*entry["required"], *entry["optional"])
        },
        money=tuple(entry.get("money", ())),
    )


def _column(name: str, entry: Mapping[str, Any], required: bool) -> RegisterColumn:
    limits = (0.0, 1.0) if entry["type"] == "share" else (None, None)
    return RegisterColumn(
        name=name,
        type=entry["type"],
        required=required,
        one_of=entry.get("one_of", ""),
        refers=entry.get("refers", ""),
        least=entry.get("least", limits[0]),
        most=entry.get("most", limits[1]),
        exact=entry.get("exact", False),
        label=_pair(entry),
        also=tuple(entry.get("also", ())),
    )


def word_list(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the words of a list by id, each with its zh and en names.

    >>> list(word_list("life-stage"))
    ['seed', 'early', 'growth', 'mature']
    """
    return {word: _pair(entry) for word, entry in _declared()["words"][name].items()}


def read_word(name: str, text: str) -> str | None:
    """Return the id of a word as a table writes it: by id, by name, or by another word for it; None if unknown.

    >>> read_word("finance-slot", "信贷"), read_word("level", " National "), read_word("level", "galaxy")
    ('credit', 'national', None)
    """
    wanted = text.strip().casefold()
    for word, entry in _declared()["words"][name].items():
        if wanted in {
            word,
            *(told.casefold() for told in (entry["zh"], entry["en"], *entry.get("also", ()))),
        }:
            return str(word)
    return None


@cache
def unstated_words() -> frozenset[str]:
    """Return what a cell may hold to say that its source does not tell, in small letters.

    >>> "未载明" in unstated_words()
    True
    """
    return frozenset(word.casefold() for word in _declared()["unstated"]["words"])


@cache
def pillars() -> Mapping[str, Pillar]:
    """Return the five pillars by name.

    >>> [pillar.label["zh"] for pillar in pillars().values()]
    ['平台', '产业', '转化', '金融', '人才']
    """
    return {
        name: Pillar(
            name=name,
            label=_pair(entry),
            registers=dict(entry["registers"]),
            measures={slot: _pair(told) for slot, told in entry["measure"].items()},
        )
        for name, entry in _declared()["pillar"].items()
    }


def slots() -> Mapping[str, Mapping[str, str]]:
    """Return the slots of a pillar in order, with zh and en names."""
    return {slot: _pair(entry) for slot, entry in _declared()["slot"].items()}


def chain_name(chain: str, language: Language) -> str:
    """Return what one of the four chains is called.

    >>> chain_name("capital", "zh")
    '资金链'
    """
    return str(_declared()["four-chain"][chain][language])
