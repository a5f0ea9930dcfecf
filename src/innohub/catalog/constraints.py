"""The four groups of constraints of a centre, what measures them, and the levers that answer each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from innohub.words import Language


@dataclass(frozen=True)
class ConstraintMeasure:
    """A suggested indicator of a group: its id, direction (1: more is better, -1: less is), and names."""

    id: str
    direction: int
    label: Mapping[str, str]


@dataclass(frozen=True)
class ConstraintGroup:
    """A group of constraints: passage and section of the text, names, what it tells, measures, lever ids."""

    name: str
    passage: str
    section: str
    label: Mapping[str, str]
    tells: Mapping[str, str]
    measures: tuple[ConstraintMeasure, ...]
    levers: tuple[str, ...]


@dataclass(frozen=True)
class PolicyLever:
    """A lever: the passage and section that advises it, its source, and what it says."""

    name: str
    passage: str
    section: str
    source: str
    label: Mapping[str, str]


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("constraints.toml").read_text(encoding="utf-8"))


def _pair(entry: Mapping[str, Any], stem: str = "") -> Mapping[str, str]:
    return {language: str(entry[f"{stem}{language}"]) for language in ("zh", "en")}


@cache
def constraint_groups() -> Mapping[str, ConstraintGroup]:
    """Return the groups of constraints by name, in the order of the text.

    >>> list(constraint_groups())
    ['community', 'platforms', 'chains', 'environment']
    """
    return {
        name: ConstraintGroup(
            name=name,
            passage=entry["id"],
            section=entry["section"],
            label=_pair(entry),
            tells=_pair(entry, "tells_"),
            measures=tuple(
                ConstraintMeasure(measure, int(told["direction"]), _pair(told))
                for measure, told in entry["measures"].items()
            ),
            levers=tuple(entry["levers"]),
        )
        for name, entry in _declared()["group"].items()
    }


@cache
def policy_levers() -> Mapping[str, PolicyLever]:
    """Return the levers by name.

    >>> policy_levers()["talent-base"].section
    '5.2'
    """
    return {
        name: PolicyLever(name, entry["passage"], entry["section"], entry["source"], _pair(entry))
        for name, entry in _declared()["lever"].items()
    }


def constraint_source(source: str, language: Language) -> str:
    """Return the name of a source of the levers."""
    return str(_declared()["source"][source][language])
