"""Check what the tables beside the grid may say: words of a fixed list, and cells that only hold together."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from innohub.catalog.checklists import checklists
from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.models import slots
from innohub.catalog.modes import kind_of, kinds, modes
from innohub.errors import Finding
from innohub.study.report import near, shown

VERDICTS = ("high", "medium", "low")
RELATIONS = (">=", ">", "<=", "<")
Row = Mapping[Hashable, Any]


def check_choice(kind: str, frame: pd.DataFrame, found: list[Finding]) -> None:
    """Name every cell whose word is not one of those that its column knows; M261."""
    for column, known in _KNOWN.get(kind, {}).items():
        for row in frame.to_dict("records"):
            choices = known(row)
            if choices is not None and (word := _plain(row[column])) not in choices:
                found.append(_unknown(row, column, word, choices))


def _plain(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell).strip()


def _unknown(row: Row, column: str, word: str, choices: Sequence[str]) -> Finding:
    params = {"column": column, "near": near(word, choices), "options": tuple(choices)}
    return Finding("M261", "error", str(row["file"]), int(str(row["row"])), column, shown(word), params)


def _direction(row: Row) -> tuple[str, ...]:
    return ("1", "-1", "nan")


def _one_of(choices: Callable[[], Sequence[str]]) -> Callable[[Row], Sequence[str]]:
    return lambda row: choices()


def _marks(row: Row) -> tuple[str, ...] | None:
    found = checklists().get(str(row["tier"]))
    return tuple(mark.id for mark in found.marks) if found else None


def _frame_slots(row: Row) -> tuple[str, ...] | None:
    found = hierarchies().get(str(row["hierarchy"]))
    return tuple(found.slots) if found else None


def _subjects(row: Row) -> tuple[str, ...] | None:
    told = [part for part in str(row["subject"]).split(";") if kind_of(part) is None]
    return tuple(kinds()) if told else None


def _whole(column: str) -> Callable[[Row], tuple[str, ...] | None]:
    """Let whole numbers pass; anything else is offered whole ones."""

    def choices(row: Row) -> tuple[str, ...] | None:
        return None if row[column] != row[column] or row[column] % 1 == 0 else ("0", "1", "2", "…")

    return choices


def _count(row: Row) -> tuple[str, ...] | None:
    """Let whole numbers from zero on pass; anything else is offered some."""
    return ("0", "1", "2", "…") if row["count"] < 0 else _whole("count")(row)


_KNOWN: Mapping[str, Mapping[str, Callable[[Row], Sequence[str] | None]]] = {
    "checklists": {
        "tier": _one_of(lambda: tuple(checklists())),
        "mark": _marks,
        "relation": _one_of(lambda: (*RELATIONS, "")),
    },
    "conditions": {"direction": _direction, "claimed": _one_of(lambda: (*VERDICTS, ""))},
    "targets": {"direction": _direction},
    "technologies": {name: _whole(name) for name in ("leading", "parallel", "following", "total")},
    "laboratories": {"count": _count},
    "tags": {"hierarchy": _one_of(lambda: tuple(hierarchies())), "slot": _frame_slots},
    "slots": {"slot": _one_of(lambda: tuple(slots()))},
    "cases": {"mode": _one_of(lambda: tuple(modes())), "subject": _subjects},
}
