"""Check what ``[ecosystem.registers]`` asks: registers, columns, words and places that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from innohub.catalog.registers import RegisterColumn, read_word, registers
from innohub.errors import Finding
from innohub.study.lines import line_of
from innohub.study.registers_section import QuerySection
from innohub.study.report import near, shown, some
from innohub.study.settings import FILE, Configuration
from innohub.study.values import Known
from innohub.words import Language

_TOP = ("ecosystem", "registers")


@dataclass(frozen=True)
class Query:
    """A set query: the register and column asked, the values wanted, whom it is about, with whom it is compared.

    ``place`` is "" when nobody is named; ``among`` is empty for all places of the register.
    """

    title: Mapping[str, str]
    register: str
    column: str
    wanted: tuple[str, ...]
    place: str
    among: tuple[str, ...]


@dataclass(frozen=True)
class _Asking:
    """Where a key stands and what is known, so that a finding needs only say what is wrong."""

    configuration: Configuration
    known: Known
    tables: Mapping[str, pd.DataFrame]
    found: list[Finding]

    def say(self, code: str, key: tuple[str, ...], value: str, **params: object) -> None:
        row = line_of(self.configuration.lines, key)
        self.found.append(Finding(code, "error", FILE, row, ".".join(key), shown(value), params))

    def register(self, name: str, key: tuple[str, ...]) -> bool:
        """Say whether a register is declared and in the folder."""
        if name not in registers():
            self.say("S363", key, name, name=shown(name), known=tuple(registers()))
        elif name not in self.tables:
            self.say("P113", key, name, name=name, known=tuple(self.tables) or "–")
        return name in self.tables

    def places(self, wanted: Sequence[str], key: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of places; unknown ones are named with the nearest."""
        ids = []
        for text in wanted:
            hits = self.known.places.find(text)
            if len(hits) == 1:
                ids.append(hits[0])
                continue
            code = "P005" if hits else "P001"
            self.say(code, key, text, count=1, id=hits, near=self.known.places.near(text))
        return tuple(dict.fromkeys(ids))


def check_asked(
    configuration: Configuration, known: Known, tables: Mapping[str, pd.DataFrame], found: list[Finding]
) -> tuple[tuple[str, ...], dict[str, Query]]:
    """Return the places of the pillars and the queries, with ids for places and words; every slip is a finding."""
    ecosystem = configuration.settings.ecosystem
    section = ecosystem.registers if ecosystem else None
    if section is None:
        return (), {}
    asking = _Asking(configuration, known, tables, found)
    for name in section.complete:
        asking.register(name, (*_TOP, "complete"))
    queries = {
        name: query
        for name, asked in section.query.items()
        if (query := _query(asking, (*_TOP, "query", name), asked)) is not None
    }
    return asking.places(section.places, (*_TOP, "places")), queries


def _query(asking: _Asking, key: tuple[str, ...], asked: QuerySection) -> Query | None:
    place = asking.places((asked.place,), (*key, "place")) if asked.place else ()
    among = asking.places(asked.among, (*key, "among"))
    if not asking.register(asked.table, (*key, "table")):
        return None
    columns = {c.name: c for c in registers()[asked.table].columns.values() if c.type in {"text", "list"}}
    if asked.column not in columns:
        told = {"name": shown(asked.column), "register": asked.table, "known": tuple(columns)}
        asking.say("P114", (*key, "column"), asked.column, near=near(asked.column, columns), **told)
        return None
    column = columns[asked.column]
    words = tuple(
        dict.fromkeys(_word(asking, (*key, "wanted"), asked.table, column, text) for text in asked.wanted)
    )
    title = {"zh": asked.title.text("zh"), "en": asked.title.text("en")}
    return Query(title, asked.table, asked.column, words, place[0] if place else "", among)


def _word(asking: _Asking, key: tuple[str, ...], register: str, column: RegisterColumn, text: str) -> str:
    """Return the id of a word wanted; where the column takes any text, it must stand in the register."""
    if column.one_of:
        word = read_word(column.one_of, text)
        known: Sequence[str] = column.allowed
    else:
        told = asking.tables[register][column.name]
        known = sorted({part for cell in told for part in cell.split(";") if part})
        word = text if text in known else None
    if word is None:

        def names(language: Language) -> str:
            return ("、" if language == "zh" else ", ").join(some(known))

        asking.say(
            "P115", key, text, word=shown(text), column=column.name, near=near(text, known), known=names
        )
    return word or text
