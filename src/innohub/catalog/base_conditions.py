"""The base conditions of a centre and what usually measures them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Condition:
    """A base condition: its names, the question it asks, its usual indicators with their direction (1 or -1)."""

    condition: str
    label: Mapping[str, str]
    question: Mapping[str, str]
    measures: Mapping[str, int]


@cache
def _declared() -> Mapping[str, Any]:
    text = files("innohub.catalog").joinpath("base_conditions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def base_condition_catalogue() -> Mapping[str, Condition]:
    """Return the base conditions by id, in the order in which a brief tells them.

    >>> [condition.label["zh"] for condition in base_condition_catalogue().values()]
    ['城市规模', '发展水平', '劳动生产率', '研发投入强度', '对外交往枢纽', '宜居']
    """
    return {name: _read(name, entry) for name, entry in _declared()["condition"].items()}


def _read(name: str, entry: Mapping[str, Any]) -> Condition:
    return Condition(
        condition=name,
        label={"zh": entry["zh"], "en": entry["en"]},
        question={"zh": entry["question_zh"], "en": entry["question_en"]},
        measures={indicator: int(direction) for indicator, direction in entry["measures"].items()},
    )


def verdict_label(verdict: str) -> Mapping[str, str]:
    """Return the zh and en names of a verdict on a base condition.

    >>> verdict_label("not tested")["en"]
    'Not tested'
    """
    named: Mapping[str, str] = _declared()["verdict"][verdict.replace(" ", "-")]
    return named
