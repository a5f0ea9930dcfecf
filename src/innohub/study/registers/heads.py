"""Match the heads of a register with its declared columns, in either language."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from innohub.catalog.registers import Register
from innohub.errors import Finding
from innohub.study.columns import fold, split_unit
from innohub.study.report import shown
from innohub.study.tables import Table


@dataclass(frozen=True)
class RegisterHeads:
    """Declared column to head of the file, and the unit that a head names in brackets, by column."""

    heads: Mapping[str, str]
    units: Mapping[str, str]


def match_register(register: Register, table: Table, found: list[Finding]) -> RegisterHeads:
    """Match by id first, then by name in either language, then by another name; S350 and S351 for what is left."""
    heads: dict[str, str] = {}
    units: dict[str, str] = {}
    left = list(table.frame.columns)
    for rank in range(3):
        for column in register.columns.values():
            names = ((column.name,), tuple(column.label.values()), column.also)[rank]
            head = _pick(left, set(map(fold, names))) if column.name not in heads else None
            if head is not None:
                heads[column.name] = head
                left.remove(head)
                units[column.name] = split_unit(head)[1] or table.unit
    free = {fold(name): c.name for c in register.columns.values() for name in (c.name, *c.label.values())}
    for head in left:
        near = difflib.get_close_matches(fold(head), free, n=1, cutoff=0.6)
        told = {"near": free[near[0]] if near else "–", "known": tuple(register.columns)}
        found.append(Finding("S351", "warning", file=table.file, column=shown(head), params=told))
    missing = [c.name for c in register.columns.values() if c.required and c.name not in heads]
    found += [
        Finding("S350", file=table.file, column=name, params={"name": register.name}) for name in missing
    ]
    return RegisterHeads(heads, units)


def _pick(heads: list[str], names: set[str]) -> str | None:
    """Return the first head that is one of some names, else one that is so without its unit in brackets."""
    whole = next((head for head in heads if fold(head) in names), None)
    return whole or next((head for head in heads if fold(split_unit(head)[0]) in names), None)
