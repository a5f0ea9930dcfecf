"""Published indices as data files: tree, indicators, goalposts and methods, what is verified and what is unknown."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from innohub.errors import Finding, ModelError
from innohub.words import Language

STATUSES = ("verified", "from description")
NEEDS = ("framework", "weights", "normalise")
_NEEDED = ("preset", "zh", "en", "edition_zh", "edition_en", "status", "source", "unknown_zh", "unknown_en")
_INDICATOR = ("unit", "direction", "transform", "low", "high", "name_zh", "name_en", "note_zh", "note_en")


@dataclass(frozen=True)
class Preset:
    """A published index that a study may name.

    ``settings`` are keys of ``[index.<name>]``; ``nodes`` and ``indicators`` the rows of the tables framework and
    indicators, texts as in a file, blank where the publisher's choice is unknown; ``units`` by indicator what else its
    unit may be called. ``needs`` are the keys that nobody outside knows and the study must give; ``digits`` is to how
    many decimals the index is published, None where it is not said. ``verified`` says what a test reproduces.
    """

    id: str
    label: Mapping[str, str]
    edition: Mapping[str, str]
    status: str
    source: str
    url: str
    verified: Mapping[str, str]
    unknown: Mapping[str, str]
    needs: tuple[str, ...]
    digits: int | None
    settings: Mapping[str, Any]
    nodes: tuple[Mapping[str, str], ...]
    indicators: tuple[Mapping[str, str], ...]
    units: Mapping[str, tuple[str, ...]]

    def title(self, language: Language) -> str:
        """Return the name of the index in a language."""
        return self.label[language]

    @property
    def lines(self) -> list[str]:
        """What it lays down, as ``study.toml`` writes it."""
        return [f"{key} = {_toml(value)}" for key, value in self.settings.items()]


def preset_names() -> list[str]:
    """Name the presets of the catalogue."""
    folder = files("innohub.catalog").joinpath("presets")
    return sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml"))


@cache
def preset(name: str) -> Preset:
    """Return a preset of the catalogue.

    Raises
    ------
    ModelError
        C190 for an unknown name, with the nearest ones.

    Examples
    --------
    >>> preset("hdi").status
    'verified'
    """
    known = preset_names()
    if name not in known:
        near = difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.4) or known
        raise ModelError(Finding("C190", value=name, params={"name": name, "near": tuple(near)}))
    file = files("innohub.catalog").joinpath("presets", f"{name}.toml")
    return read_preset(tomllib.loads(file.read_text(encoding="utf-8")), file=f"{name}.toml")


def read_preset(declared: Mapping[str, Any], *, file: str) -> Preset:
    """Read a declared preset.

    Raises
    ------
    ModelError
        C191 for every missing or wrong key; a verified preset must say what was reproduced.
    """
    nodes, indicators = declared.get("node", ()), declared.get("indicator", ())
    verified = declared.get("status") == "verified"
    wrong = [key for key in _NEEDED if not declared.get(key)]
    wrong += [key for key in ("verified_zh", "verified_en") if verified != bool(declared.get(key))]
    wrong += ["status"] if declared.get("status") not in STATUSES else []
    wrong += ["needs"] if set(declared.get("needs", ())) - set(NEEDS) else []
    known = {entry["indicator"] for entry in indicators}
    wrong += [entry["node"] for entry in nodes if entry.get("indicator", "") not in {"", *known}]
    if wrong:
        raise ModelError([Finding("C191", file=file, column=key, params={"key": key}) for key in wrong])
    return Preset(
        id=declared["preset"],
        label={"zh": declared["zh"], "en": declared["en"]},
        edition={"zh": declared["edition_zh"], "en": declared["edition_en"]},
        status=declared["status"],
        source=declared["source"],
        url=declared.get("url", ""),
        verified={"zh": declared.get("verified_zh", ""), "en": declared.get("verified_en", "")},
        unknown={"zh": declared["unknown_zh"], "en": declared["unknown_en"]},
        needs=tuple(declared.get("needs", ())),
        digits=declared.get("digits"),
        settings=declared.get("settings", {}),
        nodes=tuple(
            _texts(entry, ("node", "parent", "name_zh", "name_en", "weight", "indicator")) for entry in nodes
        ),
        indicators=tuple(_texts(entry, ("indicator", *_INDICATOR)) for entry in indicators),
        units={entry["indicator"]: tuple(entry.get("units", ())) for entry in indicators},
    )


def _texts(entry: Mapping[str, Any], columns: Iterable[str]) -> dict[str, str]:
    """Return the cells of a row as a file would hold them; names may be written zh and en."""
    told = {"name_zh": entry.get("zh", ""), "name_en": entry.get("en", ""), **entry}
    return {
        name: f"{value:g}" if isinstance(value := told.get(name, ""), float) else str(value)
        for name in columns
    }


def _toml(value: object) -> str:
    """Write a value as TOML does, tables in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)
