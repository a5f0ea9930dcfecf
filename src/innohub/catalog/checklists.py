"""The checklists of the tiers: what a centre of each tier is said to be, mark by mark."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from innohub.words import Language


@dataclass(frozen=True)
class Mark:
    """One mark of a checklist: its names, what to measure, and the suggested relation and bar."""

    id: str
    label: Mapping[str, str]
    measure: Mapping[str, str]
    relation: str
    bar: float

    def title(self, language: Language) -> str:
        """Return the name of the mark in a language."""
        return self.label[language]


@dataclass(frozen=True)
class Checklist:
    """The marks of one tier; ``passage`` names the place in the founding text, ``scope`` that of its peers."""

    tier: str
    passage: str
    label: Mapping[str, str]
    scope: str
    source: str
    marks: tuple[Mark, ...]


@cache
def checklists() -> Mapping[str, Checklist]:
    """Return the checklists by tier, from the highest tier down.

    >>> [len(checklist.marks) for checklist in checklists().values()]
    [4, 7, 7, 2]
    """
    text = files("innohub.catalog").joinpath("checklists.toml").read_text(encoding="utf-8")
    declared = tomllib.loads(text)
    return {
        tier: Checklist(
            tier=tier,
            passage=entry["id"],
            label={"zh": entry["zh"], "en": entry["en"]},
            scope=entry["scope"],
            source=entry["source"],
            marks=tuple(_mark(mark) for mark in declared[entry.get("same_as", tier)]["mark"]),
        )
        for tier, entry in declared.items()
    }


def _mark(entry: Mapping[str, Any]) -> Mark:
    return Mark(
        id=entry["mark"],
        label={"zh": entry["zh"], "en": entry["en"]},
        measure={"zh": entry["measure_zh"], "en": entry["measure_en"]},
        relation=entry["relation"],
        bar=float(entry["bar"]),
    )
