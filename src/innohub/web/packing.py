"""Pack result tables for the page: columns instead of rows, every text once, repeated cells as runs."""

from collections.abc import Callable, Hashable, Mapping
from itertools import groupby
from typing import Any, Literal, get_args

import pandas as pd

from innohub.web.reading import plain, short, whole
from innohub.web.schema_basic import Text
from innohub.web.schema_tables import PackedColumn, PackedTable
from innohub.words import LANGUAGES

Kind = Literal["number", "text", "pair", "list", "flag"]
Cells = list[float | None]


class Packer:
    """Packs tables that share one store of texts and one of texts in two languages."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pairs: list[Text] = []
        self._at: dict[Hashable, int] = {}

    def table(
        self, frame: pd.DataFrame, fields: Mapping[str, Any], columns: Mapping[str, str]
    ) -> PackedTable:
        """Pack a table.

        Parameters
        ----------
        frame : the table as the run has it.
        fields : its fields with their declared types.
        columns : the fields that are named otherwise than their column.
        """
        return PackedTable(
            rows=len(frame),
            columns=[
                _column(field, kind_of(hint), self._cells(frame, columns.get(field, field), hint))
                for field, hint in fields.items()
            ],
        )

    def _cells(self, frame: pd.DataFrame, column: str, hint: Any) -> Cells:
        kind = kind_of(hint)
        if kind == "pair":
            return self._pairs(frame, column)
        if column not in frame:
            return [None if kind == "number" else self._text("") if kind != "flag" else 0] * len(frame)
        read: Callable[[Any], float | None]
        if kind == "number":
            read = short if float in get_args(hint) else whole
        elif kind == "flag":
            read = _flag
        else:
            read = self._text
        return [read(value) for value in frame[column].tolist()]

    def _text(self, value: Any) -> int:
        told = plain(value)
        return self._place(told, told, self.texts)

    def _pairs(self, frame: pd.DataFrame, field: str) -> Cells:
        """Read two language columns; each fills in for the other."""
        stem = next((name for name in (field, field.removesuffix("_name")) if f"{name}_zh" in frame), "")
        names = [f"{stem}_{language}" if stem else language for language in LANGUAGES]
        if not set(names) <= set(frame):
            return [self._pair("", "")] * len(frame)
        told = [[plain(value) for value in frame[name].tolist()] for name in names]
        return [self._pair(zh or en, en or zh) for zh, en in zip(*told, strict=True)]

    def _pair(self, zh: str, en: str) -> int:
        return self._place((zh, en), Text(zh=zh, en=en), self.pairs)

    def _place(self, key: Hashable, told: Any, store: list[Any]) -> int:
        if key not in self._at:
            self._at[key] = len(store)
            store.append(told)
        return self._at[key]


def kind_of(hint: Any) -> Kind:
    """Return how a declared type is packed.

    Examples
    --------
    >>> kind_of(float | None), kind_of(list[str])
    ('number', 'list')
    """
    if hint is Text:
        return "pair"
    if hint is str:
        return "text"
    if hint is bool:
        return "flag"
    return "list" if hint == list[str] else "number"


def _flag(value: Any) -> float:
    return float(bool(plain(value)) and bool(value))


def _column(field: str, kind: Kind, cells: Cells) -> PackedColumn:
    runs = [(value, len(list(same))) for value, same in groupby(cells)]
    if 2 * len(runs) < len(cells):
        return PackedColumn(field=field, kind=kind, runs=True, cells=[part for run in runs for part in run])
    return PackedColumn(field=field, kind=kind, runs=False, cells=cells)
