"""The variants of coupling and of obstacles: names, formulas, sources, and the grammar to name one with its k."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from innohub.errors import Finding, ModelError
from innohub.words import Language

Systems = Literal["any", "two"]
Gathers = Literal["high", "low", "none"]
_SPEC = re.compile(r"\s*([A-Za-z][\w-]*)\s*(?:\(\s*(?:([A-Za-z_]\w*)\s*=\s*)?([^()=,]*?)\s*\))?\s*")

_UNREADABLE, _UNKNOWN, _MISFIT = "M101", "M102", "M103"


@dataclass(frozen=True)
class Variant:
    """A way to compute coupling: names, formula, for how many subsystems, where its values pile up, source, note.

    ``above`` gives by parameter the number that it must exceed.
    """

    name: str
    label: Mapping[str, str]
    systems: Systems
    above: Mapping[str, float]
    formula: str
    gathers: Gathers
    citation: str
    note: Mapping[str, str]

    def title(self, language: Language) -> str:
        """Return the name of the variant in a language."""
        return self.label[language]


@dataclass(frozen=True)
class CouplingSpec:
    """A variant with the number it was given; written as in study.toml, such as ``liao(2)``."""

    variant: Variant
    k: float | None = None

    @property
    def name(self) -> str:
        """The name of the variant."""
        return self.variant.name

    def __str__(self) -> str:
        return self.name if self.k is None else f"{self.name}({self.k:g})"


@dataclass(frozen=True)
class Measure:
    """A named quantity with its formula; ``citation`` and ``note`` are empty where the catalogue gives none."""

    name: str
    label: Mapping[str, str]
    formula: str
    citation: str
    note: Mapping[str, str]


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("coupling.toml").read_text(encoding="utf-8"))


@cache
def coupling_variants() -> Mapping[str, Variant]:
    """Return the variants of coupling by name.

    >>> list(coupling_variants())
    ['classic', 'corrected', 'liao']
    """
    return {name: _read(name, entry) for name, entry in _declared()["variant"].items()}


def _read(name: str, entry: Mapping[str, Any]) -> Variant:
    return Variant(
        name=name,
        label={"zh": entry["zh"], "en": entry["en"]},
        systems=entry["systems"],
        above={parameter["name"]: float(parameter["above"]) for parameter in entry["parameters"]},
        formula=entry["formula"],
        gathers=entry["gathers"],
        citation=entry["citation"],
        note={"zh": entry["note_zh"], "en": entry["note_en"]},
    )


def _measure(name: str, entry: Mapping[str, Any]) -> Measure:
    note = {"zh": entry.get("note_zh", ""), "en": entry.get("note_en", "")}
    label = {"zh": entry["zh"], "en": entry["en"]}
    return Measure(name, label, entry["formula"], entry.get("citation", ""), note)


def coupling_measures() -> Mapping[str, Measure]:
    """Return what stands beside C: the level T and the coordination D.

    >>> coupling_measures()["coordination"].formula
    'D = sqrt(C T)'
    """
    return {name: _measure(name, _declared()[name]) for name in ("level", "coordination")}


def obstacle_variants() -> Mapping[str, Measure]:
    """Return the ways to state obstacles by name: ``share`` sums to one, ``gap`` is not normalised.

    >>> list(obstacle_variants())
    ['share', 'gap']
    """
    return {name: _measure(name, entry) for name, entry in _declared()["obstacle"].items()}


def lag_label(lag: str, language: Language, name: str = "") -> str:
    """Return what a lag type is called, with the name of the subsystem that is behind.

    >>> lag_label("lagging", "zh", "创新环境")
    '创新环境滞后'
    """
    return str(_declared()["lag"][lag][language]).format(name=name)


def parse_coupling(text: str, *, where: str = "study.toml", key: str | None = None) -> CouplingSpec:
    """Parse a variant such as ``corrected`` or ``liao(2)`` and check it against the catalogue.

    Raises
    ------
    ModelError
        M101 unreadable, M102 an unknown variant (nearest names offered), M103 a missing or wrong number.

    Examples
    --------
    >>> str(parse_coupling("liao(k = 2)"))
    'liao(2)'
    """

    def fail(code: str, **params: object) -> ModelError:
        return ModelError(Finding(code, file=where, column=key, value=text, params={"text": text, **params}))

    match = _SPEC.fullmatch(text)
    if not match:
        raise fail(_UNREADABLE)
    name = match[1].replace("-", "_")
    known = coupling_variants()
    if name not in known:
        close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        raise fail(
            _UNKNOWN, name=name, near=tuple([*close, *(other for other in known if other not in close)])
        )
    variant = known[name]
    told = f"{match[2]} = {match[3]}" if match[2] else match[3] or ""
    limits = ", ".join(f"{parameter} > {least:g}" for parameter, least in variant.above.items())
    wanted = f"{name}({limits})" if limits else name
    if not variant.above:
        if told:
            raise fail(_MISFIT, problem=told, wanted=wanted)
        return CouplingSpec(variant)
    ((parameter, least),) = variant.above.items()
    try:
        number = float(match[3] or "")
    except ValueError:
        raise fail(_MISFIT, problem=told or parameter, wanted=wanted) from None
    if match[2] not in (None, parameter) or not least < number < float("inf"):
        raise fail(_MISFIT, problem=told, wanted=wanted)
    return CouplingSpec(variant, number)
