"""The case register that innohub brings: who, how, where, with numbers, years and source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from innohub.words import Language


@dataclass(frozen=True)
class CaseNumber:
    """A number of a case: value in its unit, year where the text has one, and how the text writes it."""

    id: str
    label: Mapping[str, str]
    value: float
    unit: str
    year: int | None
    qualifier: str
    written: str


@dataclass(frozen=True)
class DerivedFigure:
    """What is to be computed from numbers of a case.

    ``growth`` is compound growth a year from the first to the second number; ``share`` the first over the
    second; ``split`` the first over the sum of both.
    """

    id: str
    label: Mapping[str, str]
    kind: Literal["growth", "share", "split"]
    numbers: tuple[str, str]


@dataclass(frozen=True)
class Case:
    """A case of a practice mode."""

    id: str
    label: Mapping[str, str]
    mode: str
    subject: tuple[str, ...]
    way: Mapping[str, str]
    place: str
    source: str
    section: str
    numbers: Mapping[str, CaseNumber]
    derived: tuple[DerivedFigure, ...]


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("cases.toml").read_text(encoding="utf-8"))


def _pair(entry: Mapping[str, Any], stem: str = "") -> dict[str, str]:
    return {language: str(entry[f"{stem}{language}"]) for language in ("zh", "en")}


def case_source(source: str, language: Language) -> str:
    """Return the name of a source of the cases."""
    return str(_declared()["source"][source][language])


@cache
def cases() -> Mapping[str, Case]:
    """Return the cases by id, in order of their modes.

    >>> cases()["dji"].numbers["sales-2021"].written
    '260亿元'
    """
    return {key: _case(key, entry) for key, entry in _declared()["case"].items()}


def _case(key: str, entry: Mapping[str, Any]) -> Case:
    return Case(
        id=key,
        label=_pair(entry),
        mode=entry["mode"],
        subject=tuple(entry["subject"]),
        way=_pair(entry, "way_"),
        place=entry["place"],
        source=entry["source"],
        section=entry["section"],
        numbers={name: _number(name, told) for name, told in entry["number"].items()},
        derived=tuple(_derived(name, told) for name, told in entry.get("derived", {}).items()),
    )


def _number(name: str, entry: Mapping[str, Any]) -> CaseNumber:
    return CaseNumber(
        id=name,
        label=_pair(entry),
        value=float(entry["value"]),
        unit=entry["unit"],
        year=entry.get("year"),
        qualifier=entry.get("qualifier", ""),
        written=entry["written"],
    )


def _derived(name: str, entry: Mapping[str, Any]) -> DerivedFigure:
    if entry["kind"] == "growth":
        return DerivedFigure(name, _pair(entry), "growth", (entry["from"], entry["to"]))
    if "rest" in entry:
        return DerivedFigure(name, _pair(entry), "split", (entry["part"], entry["rest"]))
    return DerivedFigure(name, _pair(entry), "share", (entry["part"], entry["whole"]))
