"""Foreign centres as models over common slots, with the facts on which each value rests."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from innohub.words import Language


@dataclass(frozen=True)
class Slot:
    """One thing that a model may stress; ``suggest`` names indicators that a study may tag for it."""

    name: str
    label: Mapping[str, str]
    suggest: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Fact:
    """What the text says of a model: a sentence in both languages, and its number where it has one.

    ``qualifier`` is ">" for "more than"; ``high`` is the upper end where the text gives a range.
    """

    id: str
    text: Mapping[str, str]
    value: float | None
    high: float | None
    unit: str
    qualifier: str
    year: int | None


@dataclass(frozen=True)
class Stress:
    """How much a model stresses a slot (0-1), the facts behind it, and what another place could borrow."""

    slot: str
    value: float
    facts: tuple[str, ...]
    borrow: Mapping[str, str]


@dataclass(frozen=True)
class CentreModel:
    """A foreign centre: names, formula, path, facts by id, and what it stresses by slot."""

    name: str
    label: Mapping[str, str]
    country: str
    formula: Mapping[str, str]
    path: Literal["existing", "planned", "not told"]
    path_from: Literal["text", "our reading"]
    facts: Mapping[str, Fact]
    stress: Mapping[str, Stress]


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("models.toml").read_text(encoding="utf-8"))


def _pair(entry: Mapping[str, Any], stem: str = "") -> dict[str, Any]:
    return {language: entry[f"{stem}{language}"] for language in ("zh", "en")}


def model_source(language: Language) -> str:
    """Return the text from which the models were read."""
    return str(_declared()["source"][language])


@cache
def slots() -> Mapping[str, Slot]:
    """Return the common slots by name, in order.

    >>> slots()["market"].label["en"]
    'market and gateway'
    """
    return {
        name: Slot(name, _pair(entry), {k: tuple(v) for k, v in _pair(entry, "suggest_").items()})
        for name, entry in _declared()["slot"].items()
    }


@cache
def centre_models() -> Mapping[str, CentreModel]:
    """Return the models by name, in order.

    >>> list(centre_models()["london"].stress)[:3]
    ['knowledge', 'culture', 'market']
    """
    return {name: _model(name, entry) for name, entry in _declared()["model"].items()}


def _model(name: str, entry: Mapping[str, Any]) -> CentreModel:
    return CentreModel(
        name=name,
        label=_pair(entry),
        country=entry["country"],
        formula=_pair(entry, "formula_"),
        path=entry["path"],
        path_from=entry["path_from"],
        facts={key: _fact(key, fact) for key, fact in entry["fact"].items()},
        stress={
            slot: Stress(slot, told["value"], tuple(told["facts"]), _pair(told, "borrow_"))
            for slot, told in entry["stress"].items()
        },
    )


def _fact(key: str, entry: Mapping[str, Any]) -> Fact:
    return Fact(
        id=key,
        text=_pair(entry),
        value=entry.get("value"),
        high=entry.get("high"),
        unit=entry.get("unit", ""),
        qualifier=entry.get("qualifier", ""),
        year=entry.get("year"),
    )


def model_name(model: str, language: Language) -> str:
    """Return what a model is called; one that the catalogue does not know stands for itself."""
    return centre_models()[model].label[language] if model in centre_models() else model


def slot_name(slot: str, language: Language) -> str:
    """Return what a slot is called; one that the catalogue does not know stands for itself.

    >>> slot_name("capital", "zh"), slot_name("own", "zh")
    ('资本', 'own')
    """
    return slots()[slot].label[language] if slot in slots() else slot


def model_patterns() -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[float, ...], ...]]:
    """Return names of models, names of slots, and the values (models, slots); 0 where a model is silent."""
    models, names = centre_models(), tuple(slots())
    rows = tuple(
        tuple(model.stress[slot].value if slot in model.stress else 0.0 for slot in names)
        for model in models.values()
    )
    return tuple(models), names, rows
