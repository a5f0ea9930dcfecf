"""Read a unit of money: how large, in which currency, for each person or not."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Money:
    """A unit of money: ``factor`` single units of ``currency`` (ISO 4217), for each person or in total."""

    factor: float
    currency: str
    per_person: bool


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads(files("innohub.catalog").joinpath("money.toml").read_text(encoding="utf-8"))


def read_money(unit: str) -> Money | None:
    """Return what a unit of money says; None for a unit that is not one of money.

    Examples
    --------
    >>> read_money("10 thousand USD per person")
    Money(factor=10000.0, currency='USD', per_person=True)
    >>> read_money("亿元")
    Money(factor=100000000.0, currency='CNY', per_person=False)
    >>> read_money("% of GDP") is None
    True
    """
    declared, text = _declared(), unit.strip()
    ending = next((end for end in declared["per_person"] if text.endswith(end)), "")
    text = text.removesuffix(ending).strip()
    scale = next((word for word in declared["scale"] if text.startswith(word)), "")
    text = text.removeprefix(scale).strip()
    currency = declared["currency"].get(text, text)
    if not re.fullmatch(r"[A-Z]{3}", currency):
        return None
    return Money(float(declared["scale"].get(scale, 1.0)), currency, bool(ending))
