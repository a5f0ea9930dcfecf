"""The small grammar of method specs such as ``minmax(0, 100)``: parsed and checked, never evaluated.

spec      = name [ "(" [ argument { "," argument } ] ")" ]
argument  = [ name "=" ] ( number | true | false | word | "quoted text" )

The word ``own`` stands for a number that each indicator has of its own, where the catalogue allows it.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from innohub.catalog.methods import Family, Method, methods
from innohub.errors import Finding, ModelError

_SPEC = re.compile(r"\s*([A-Za-z][\w-]*)\s*(?:\((.*)\))?\s*", re.DOTALL)
_NAMED = re.compile(r"\s*([A-Za-z_]\w*)\s*=\s*(.+)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
# Stands for the number that each indicator has of its own.
OWN = "own"


@dataclass(frozen=True)
class Spec:
    """A checked method call: its family, name and every parameter with its value."""

    family: Family
    name: str
    parameters: tuple[tuple[str, Any], ...]

    def __getitem__(self, parameter: str) -> Any:
        return dict(self.parameters)[parameter]

    @property
    def method(self) -> Method:
        """The catalogue's entry of the method."""
        return methods(self.family)[self.name]

    @property
    def arguments(self) -> Mapping[str, Any]:
        """All parameters with their values."""
        return dict(self.parameters)

    @property
    def own(self) -> Mapping[str, str]:
        """By parameter that says ``own``, what the numbers of the indicators are called."""
        declared = {p["name"]: p["own"] for p in self.method.parameters if "own" in p}
        told = dict(self.parameters)
        return {
            name: key for name, key in declared.items() if isinstance(told[name], str) and told[name] == OWN
        }

    def __str__(self) -> str:
        if not self.parameters:
            return self.name
        parts: list[str] = []
        is_loose = True
        for name, value in self.parameters:
            parts.append(_named(name, value) if is_loose else f"{name} = {_show(value)}")
            is_loose = is_loose and not isinstance(value, tuple)
        return f"{self.name}({', '.join(parts)})"


def _named(name: str, value: Any) -> str:
    is_told = isinstance(value, str | bool) and value != OWN
    return f"{name} = {_show(value)}" if is_told else _show(value)


def _show(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return ", ".join(_show(part) for part in value)
    if isinstance(value, str) and not _WORD.fullmatch(value):
        return f'"{value}"'
    return f"{value:g}" if isinstance(value, float) else str(value)


_UNREADABLE, _UNKNOWN, _MISFIT = "M101", "M102", "M103"


class _MisfitError(Exception):
    """An argument that the grammar or the method does not take."""


def parse_spec(text: str, family: Family, *, where: str = "study.toml", key: str | None = None) -> Spec:
    """Parse a method spec and check its name and arguments against the catalogue.

    Raises
    ------
    ModelError
        M101 unreadable, M102 unknown method (nearest name offered), M103 wrong arguments.

    Examples
    --------
    >>> parse_spec("minmax(0, 100)", "normalise").arguments
    {'low': 0.0, 'high': 100.0}
    >>> str(parse_spec("natural-breaks", "tiers"))
    'natural_breaks'
    """

    def fail(code: str, **params: object) -> ModelError:
        return ModelError(Finding(code, file=where, column=key, value=text, params={"text": text, **params}))

    match = _SPEC.fullmatch(text)
    if not match:
        raise fail(_UNREADABLE)
    name = match[1].replace("-", "_")
    known = methods(family)
    if name not in known:
        close = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
        near = [*close, *(other for other in known if other not in close)]
        raise fail(_UNKNOWN, name=name, near=tuple(near))
    try:
        arguments = _bind(known[name], _split(match[2] or ""))
    except _MisfitError as problem:
        raise fail(_MISFIT, name=name, wanted=_signature(known[name]), problem=str(problem)) from None
    return Spec(family, name, tuple(arguments.items()))


def _signature(declared: Method) -> str:
    shown = [
        f"{p['name']} = {_show(p['default'])}" if "default" in p else p["name"] for p in declared.parameters
    ]
    return f"{declared.name}({', '.join(shown)})"


def _split(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    return [] if parts == [""] else parts


def _value(text: str) -> Any:
    if _NUMBER.fullmatch(text):
        return float(text)
    if text in ("true", "false"):
        return text == "true"
    if _WORD.fullmatch(text):
        return text
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    raise _MisfitError(text)


def _bind(declared: Method, parts: list[str]) -> dict[str, Any]:
    """Give each declared parameter its value; ``_MisfitError`` names the part that does not fit."""
    given: dict[str, Any] = {}
    loose: list[Any] = []
    names = [parameter["name"] for parameter in declared.parameters]
    for part in parts:
        if named := _NAMED.fullmatch(part):
            if named[1] not in names or named[1] in given:
                raise _MisfitError(part)
            given[named[1]] = _value(named[2].strip())
        else:
            loose.append(_value(part))
    for parameter in declared.parameters:
        if parameter["name"] in given:
            continue
        if parameter.get("many"):
            numbers = [value for value in loose if isinstance(value, float)]
            given[parameter["name"]] = tuple(numbers) or tuple(parameter.get("default", ()))
            loose = loose[len(numbers) :]
        elif loose:
            given[parameter["name"]] = loose.pop(0)
        elif "default" in parameter:
            given[parameter["name"]] = parameter["default"]
        else:
            raise _MisfitError(parameter["name"])
    if loose:
        raise _MisfitError(str(loose[0]))
    return {
        name: _typed(declared, parameter, given[name])
        for name, parameter in zip(names, declared.parameters, strict=True)
    }


def _fits(value: object, default: object, *, is_text: bool) -> bool:
    if is_text:
        return isinstance(value, str)
    if isinstance(default, bool | str):
        return isinstance(value, type(default))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _typed(declared: Method, parameter: Mapping[str, Any], value: Any) -> Any:
    """Check a value against the type of the parameter's default and the method's variants."""
    name, default = parameter["name"], parameter.get("default")
    if parameter.get("many"):
        if not value:
            raise _MisfitError(name)
        return value
    if value == OWN and "own" in parameter:
        return value
    if not _fits(value, default, is_text=parameter.get("text", False)):
        misfit = f"{name} = {value}"
        raise _MisfitError(misfit)
    if name in ("variant", "variance", "otherwise") and value not in declared.variants:
        misfit = f"{name} = {value} ({', '.join(declared.variants)})"
        raise _MisfitError(misfit)
    if value not in parameter.get("words", (value,)):
        misfit = f"{name} = {value} ({', '.join(parameter['words'])})"
        raise _MisfitError(misfit)
    if value not in parameter.get("words", (value,)):
        misfit = f"{name} = {value} ({', '.join(parameter['words'])})"
        raise _MisfitError(misfit)
    if "least" in parameter and value < parameter["least"]:
        misfit = f"{name} = {_show(value)} (≥ {_show(parameter['least'])})"
        raise _MisfitError(misfit)
    whole = isinstance(default, int) and not isinstance(default, bool)
    return int(value) if whole else value
