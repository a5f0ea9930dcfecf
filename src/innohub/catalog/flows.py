"""Names of the four chains, of sectors, levels and flows, with the words that tables may use for them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from innohub.words import Language

Kind = Literal["chain", "sector", "level", "flow", "field"]


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("flows.toml").read_text(encoding="utf-8"))


def flow_names(kind: Kind) -> tuple[str, ...]:
    """Return the things of a kind, in order.

    >>> flow_names("chain")
    ('industry', 'innovation', 'capital', 'talent')
    """
    return tuple(_declared()[kind])


def flow_label(kind: Kind, name: str, language: Language) -> str:
    """Return what a chain, sector, level or flow is called.

    >>> flow_label("chain", "talent", "zh")
    '人才链'
    """
    return str(_declared()[kind][name][language])


def flow_words(kind: Kind) -> Mapping[str, str]:
    """Return what each word of a table means.

    >>> flow_words("sector")["高校"]
    'university'
    """
    return {
        word: name
        for name, entry in _declared()[kind].items()
        for word in (name, entry["zh"], entry["en"], *entry.get("also", ()))
    }
