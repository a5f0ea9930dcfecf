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


def write_money(value: float, currency: str) -> tuple[float, str]:
    """Return an amount in single units as tables print it, with its unit.

    Examples
    --------
    >>> write_money(2.3e7, "CNY"), write_money(1.1e8, "CNY"), write_money(5e6, "USD")
    ((2300.0, '万元'), (1.1, '亿元'), (5.0, 'million USD'))
    """
    scales = ((1e8, "亿元"), (1e4, "万元"), (1.0, "元"))
    if currency != "CNY":
        scales = ((1e6, f"million {currency}"), (1e6, f"million {currency}"), (1.0, currency))
    factor, unit = next((scale for scale in scales if abs(value) >= scale[0]), scales[-1])
    # A quotient of two printed numbers, so that 0.23 of a hundred million comes back as 2,300 of ten thousand.
    return float(f"{value / factor:.15g}"), unit
