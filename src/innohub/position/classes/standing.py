"""One row a place: its class in a scheme, the rule that fired, and how far the next class up is."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from math import nan
from typing import Any

import pandas as pd

from innohub.catalog.scheme import Scheme


@dataclass(frozen=True)
class Standing:
    """The class of one place.

    ``index`` is the class (0 = highest), ``None`` where nothing can be said. ``rule`` is the test that fired, in
    signs and numbers; ``rule_zh`` and ``rule_en`` tell it in words where signs are not enough. ``distance`` is what
    is missing to the next class up, counted in ``distance_in``; ``lower`` and ``upper`` are the limits of the class.
    ``next_class`` is told only where ``index`` does not tell it: the lowest class, for a value below it.
    """

    place: str
    value: float
    index: int | None
    rule: str = ""
    closed: str = ""
    distance: float = nan
    distance_in: str = ""
    lower: float = nan
    upper: float = nan
    rule_zh: str = ""
    rule_en: str = ""
    next_class: str = ""


COLUMNS = (
    "scheme", "edition", "place", "value", "class", "rule", "closed", "next_class", "distance", "status",
    "distance_in", "class_zh", "class_en", "rule_zh", "rule_en", "lower", "upper", "part",
)  # fmt: skip


def standing_table(found: Scheme, standings: Iterable[Standing]) -> pd.DataFrame:
    """Lay standings out with the columns of the result table ``classes``, in the order given."""
    return pd.DataFrame([_row(found, standing) for standing in standings], columns=list(COLUMNS))


def _row(found: Scheme, standing: Standing) -> dict[str, Any]:
    row: dict[str, Any] = {field.name: getattr(standing, field.name) for field in fields(standing)}
    index = row.pop("index")
    grade = None if index is None else found.grades[index]
    row |= {
        "scheme": found.id,
        "edition": found.edition,
        "status": found.status,
        "class": grade.id if grade else "",
        "class_zh": grade.title("zh") if grade else "",
        "class_en": grade.title("en") if grade else "",
        "next_class": standing.next_class or (found.grades[index - 1].id if index else ""),
        "rule_zh": standing.rule_zh or standing.rule,
        "rule_en": standing.rule_en or standing.rule,
        "part": "",
    }
    return row
