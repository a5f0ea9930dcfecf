"""Names of the hub triangle's corners and the classes of hub position."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from innohub.words import Language


@dataclass(frozen=True)
class HubClass:
    """A class of position with the least percentiles (0-1) of concentration and of control; limits belong to it."""

    name: str
    label: Mapping[str, str]
    concentration: float
    control: float


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("hub.toml").read_text(encoding="utf-8"))


def hub_source(language: Language) -> str:
    """Return the text from which the corners and the idea of the classes were read."""
    return str(_declared()["source"][language])


@cache
def hub_classes() -> tuple[HubClass, ...]:
    """Return the classes of position, highest first.

    >>> [entry.name for entry in hub_classes()]
    ['centre', 'hub', 'node']
    """
    return tuple(
        HubClass(name, {"zh": entry["zh"], "en": entry["en"]}, entry["concentration"], entry["control"])
        for name, entry in _declared()["class"].items()
    )


def corner_name(corner: str, language: Language) -> str:
    """Return what a corner of the triangle is called.

    >>> corner_name("diffusion", "zh")
    '扩散'
    """
    return str(_declared()["corner"][corner][language])
