"""The methods that studies may name, as the catalogue declares them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from innohub.words import Language

Family = Literal["impute", "treat", "normalise", "weights", "aggregate", "efficiency", "tiers", "draws"]
FAMILIES: tuple[Family, ...] = (
    "impute", "treat", "normalise", "weights", "aggregate", "efficiency", "tiers", "draws",
)  # fmt: skip


@dataclass(frozen=True)
class Method:
    """A method of one family: names, parameters in order, named variants, citation, a note for readers."""

    family: Family
    name: str
    label: Mapping[str, str]
    parameters: tuple[Mapping[str, Any], ...]
    variants: tuple[str, ...]
    citation: str
    note: Mapping[str, str]

    def title(self, language: Language) -> str:
        """Return the name of the method in a language."""
        return self.label[language]


@cache
def methods(family: Family) -> Mapping[str, Method]:
    """Return the methods of a family by name."""
    text = files("innohub.catalog").joinpath("methods.toml").read_text(encoding="utf-8")
    declared = tomllib.loads(text)[family]
    return {name: _read(family, name, entry) for name, entry in declared.items()}


def _read(family: Family, name: str, entry: Mapping[str, Any]) -> Method:
    return Method(
        family=family,
        name=name,
        label={"zh": entry["zh"], "en": entry["en"]},
        parameters=tuple(entry["parameters"]),
        variants=tuple(entry.get("variants", ())),
        citation=entry["citation"],
        note={"zh": entry["note_zh"], "en": entry["note_en"]},
    )


def require_same(family: Family, implemented: Iterable[str]) -> None:
    """Refuse to import a module whose methods are not the ones that the catalogue declares for the family."""
    if difference := set(implemented) ^ set(methods(family)):
        message = f"catalog/methods.toml and the code differ on {family}: {', '.join(sorted(difference))}"
        raise ImportError(message)


def method(family: Family, name: str) -> Method:
    """Return one method; ``KeyError`` for an unknown name."""
    return methods(family)[name]
