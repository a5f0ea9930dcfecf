"""Practice modes: kinds of actors, modes with subjects, ties and functions, and the division of the chain."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from innohub.words import Language


@dataclass(frozen=True)
class Mode:
    """A practice mode: names, subject, way, focus, function, and what counts for it.

    ``subjects`` are kinds of actors; ``ties`` gives for pairs of kinds (in alphabetical order) the share of a tie
    that counts for the mode.
    """

    name: str
    label: Mapping[str, str]
    subject: Mapping[str, str]
    way: Mapping[str, str]
    focus: Mapping[str, str]
    function: str
    subjects: tuple[str, ...]
    ties: Mapping[tuple[str, str], float]


@dataclass(frozen=True)
class DivisionPart:
    """One half of a division of the chain: a group of places that should be specialised in a stage."""

    group: str
    stage: str
    label: Mapping[str, str]


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("modes.toml").read_text(encoding="utf-8"))


def _pair(entry: Mapping[str, Any], stem: str = "") -> dict[str, str]:
    return {language: str(entry[f"{stem}{language}"]) for language in ("zh", "en")}


def mode_source(language: Language) -> str:
    """Return the text from which the modes were read."""
    return str(_declared()["source"][language])


@cache
def modes() -> Mapping[str, Mode]:
    """Return the modes by name, in order.

    >>> modes()["regional-platform"].function
    'scientific-research'
    """
    return {
        name: Mode(
            name=name,
            label=_pair(entry),
            subject=_pair(entry, "subject_"),
            way=_pair(entry, "way_"),
            focus=_pair(entry, "focus_"),
            function=entry["function"],
            subjects=tuple(entry["subjects"]),
            ties={_ends(pair): share for pair, share in entry["ties"].items()},
        )
        for name, entry in _declared()["mode"].items()
    }


def _ends(pair: str) -> tuple[str, str]:
    first, _, second = pair.partition("-")
    return first, second


def kinds() -> tuple[str, ...]:
    """Return the kinds of actors."""
    return tuple(_declared()["kind"])


def kind_of(text: str) -> str | None:
    """Return the kind of actor that a word of a table means; None for a word that is not known.

    >>> kind_of("高校"), kind_of(" Company "), kind_of("bank")
    ('university', 'firm', None)
    """
    wanted = text.strip().casefold()
    for kind, entry in _declared()["kind"].items():
        if wanted in {kind, entry["zh"], entry["en"], *(word.casefold() for word in entry["also"])}:
            return str(kind)
    return None


def kind_name(kind: str, language: Language) -> str:
    """Return what a kind of actor is called."""
    return str(_declared()["kind"][kind][language])


def function_name(function: str, language: Language) -> str:
    """Return what a strategic function is called.

    >>> function_name("technology-highland", "zh")
    '技术创新高地'
    """
    return str(_declared()["function"][function][language])


def mode_name(mode: str, language: Language) -> str:
    """Return what a mode is called."""
    return modes()[mode].label[language]


def division(name: str = "hatch-and-industrialise") -> tuple[DivisionPart, ...]:
    """Return the parts of a division of the chain.

    >>> [(part.group, part.stage) for part in division()]
    [('hong-kong-macao', 'incubation'), ('guangdong', 'industrialisation')]
    """
    parts = _declared()["division"][name]["part"]
    return tuple(DivisionPart(part["group"], part["stage"], _pair(part)) for part in parts)
