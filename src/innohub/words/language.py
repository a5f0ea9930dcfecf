"""Look up user-facing texts by key and fill in their placeholders."""

import locale
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Words:
    """The texts of one language, addressed by dotted keys such as ``finding.P012.title``."""

    language: Language
    texts: Mapping[str, Any]

    def get(self, key: str) -> Any:
        """Return the text, list or table at a dotted key; ``KeyError`` names the key that is missing."""
        node: Any = self.texts
        for part in key.split("."):
            try:
                node = node[part]
            except (KeyError, TypeError):
                message = f"words/{self.language}.toml has no '{key}'"
                raise KeyError(message) from None
        return node

    def has(self, key: str) -> bool:
        """Say whether a dotted key exists."""
        try:
            self.get(key)
        except KeyError:
            return False
        return True

    def name(self, table: str, entry: str) -> str:
        """Return what a table such as ``unit`` or ``flag`` calls an entry; an unknown one stands for itself."""
        return str(self.texts[table].get(entry, entry))

    def unit(self, unit: str) -> str:
        """Return the readable name of a unit; of a quotient such as ``篇 / 1000 人``, that of its parts."""
        above, slash, below = unit.partition(" / ")
        if not slash or unit in self.texts["unit"]:
            return self.name("unit", unit)
        size, blank, rest = below.partition(" ")
        if not size.replace(".", "").isdigit():
            size, blank, rest = "", "", below
        blank = "" if self.language == "zh" else blank
        part = f"{size}{blank}{self.name('unit', rest)}"
        return self.say("trace.per", above=self.name("unit", above), below=part).strip()

    def quantity(self, value: str, unit: str) -> str:
        """Return a printed value with its unit, spaced as the language has it."""
        named = self.unit(unit)
        gap = "" if self.language == "zh" or named.startswith("%") else " "
        return f"{value}{gap}{named}".strip()

    def say(self, key: str, /, **values: object) -> str:
        """Return the text at a key with its ``{placeholders}`` filled in."""
        return str(self.get(key)).format(**values)


@cache
def words(language: Language) -> Words:
    """Load the texts of a language once."""
    text = files("innohub.words").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, tomllib.loads(text))


def choose_language(wanted: str | None = None) -> Language:
    """Choose the language of messages: the wanted one, else ``INNOHUB_LANG``, else the locale's, else English."""
    for candidate in (
        wanted,
        os.environ.get("INNOHUB_LANG"),
        os.environ.get("LC_ALL"),
        os.environ.get("LANG"),
    ):
        if candidate:
            return "zh" if candidate.lower().startswith("zh") else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
