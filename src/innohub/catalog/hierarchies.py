"""Frames of functions, groups and pillars into which one set of indicators can be sorted."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Hierarchy:
    """A frame: its passage in the founding texts, its names, its source, and its slots in order with zh and en."""

    id: str
    passage: str
    label: Mapping[str, str]
    source: str
    slots: Mapping[str, Mapping[str, str]]


@cache
def hierarchies() -> Mapping[str, Hierarchy]:
    """Return the frames of the catalogue by name.

    >>> list(hierarchies()["four-functions"].slots)
    ['science', 'technology', 'industry', 'culture']
    """
    text = files("innohub.catalog").joinpath("hierarchies.toml").read_text(encoding="utf-8")
    return {
        name: Hierarchy(
            id=name,
            passage=entry["id"],
            label={"zh": entry["zh"], "en": entry["en"]},
            source=entry["source"],
            slots={slot["slot"]: {"zh": slot["zh"], "en": slot["en"]} for slot in entry["slot"]},
        )
        for name, entry in tomllib.loads(text).items()
    }
