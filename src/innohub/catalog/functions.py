"""The functions of an innovation hub and the scopes at which a place can hold them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Named:
    """Something declared by an id, with its names."""

    id: str
    name: Mapping[str, str]


@dataclass(frozen=True)
class Position:
    """The position of the founding text that rests on a function.

    ``assumed`` says that the text names the position without telling its function: the pairing is innohub's.
    """

    name: Mapping[str, str]
    scope: str
    assumed: bool


@dataclass(frozen=True)
class Function:
    """A function of an innovation hub: its group, names and the position of the founding text."""

    id: str
    group: str
    name: Mapping[str, str]
    position: Position


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("functions.toml").read_text(encoding="utf-8"))


def _names(entry: Mapping[str, Any]) -> Mapping[str, str]:
    return {"zh": entry["zh"], "en": entry["en"]}


def functions() -> Mapping[str, Function]:
    """Return the eight functions by id, in the order of the founding text's groups.

    >>> functions()["talent"].name["zh"]
    '人才集聚'
    """
    return {name: _function(name, entry) for name, entry in _declared()["function"].items()}


def _function(name: str, entry: Mapping[str, Any]) -> Function:
    told = entry["position"]
    position = Position(_names(told), told["scope"], told["assumed"])
    return Function(name, entry["group"], _names(entry), position)


def function_groups() -> Mapping[str, Named]:
    """Return the three groups of functions: agglomerate, create, diffuse."""
    return {name: Named(name, _names(entry)) for name, entry in _declared()["group"].items()}


def scopes() -> Mapping[str, Named]:
    """Return the scopes, widest first.

    >>> list(scopes())
    ['international', 'asia-pacific', 'national', 'regional']
    """
    return {name: Named(name, _names(entry)) for name, entry in _declared()["scope"].items()}


def functions_source() -> str:
    """Return the text that the functions and positions are from."""
    return str(_declared()["source"])
