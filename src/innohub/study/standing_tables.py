"""Read the tables of a positioning study that stand beside the grid: classes, targets, conditions, tags and others."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog.scheme import Scheme
from innohub.errors import Finding
from innohub.study.cells import plain_numbers
from innohub.study.columns import fit
from innohub.study.files import Shelf
from innohub.study.names import Names, resolve
from innohub.study.own_scheme import read_own_scheme
from innohub.study.report import shown
from innohub.study.schema import Settings
from innohub.study.standing_choices import check_choice
from innohub.study.tables import Table
from innohub.study.values import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class StandingTables:
    """The tables that a positioning study brings beside the grid, each None where there is none.

    Texts are as written, places and indicators their ids, numbers floats (NaN = blank); every row has file and row.
    ``schemes`` holds the class schemes of the study's own, by name.
    """

    classes: pd.DataFrame | None = None
    checklists: pd.DataFrame | None = None
    stages: pd.DataFrame | None = None
    conditions: pd.DataFrame | None = None
    targets: pd.DataFrame | None = None
    technologies: pd.DataFrame | None = None
    tags: pd.DataFrame | None = None
    slots: pd.DataFrame | None = None
    actors: pd.DataFrame | None = None
    ties_actors: pd.DataFrame | None = None
    cases: pd.DataFrame | None = None
    schemes: Mapping[str, Scheme] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are there, by name."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: table for name, table in found.items() if isinstance(table, pd.DataFrame)}


@dataclass(frozen=True)
class _Shape:
    """How a table is read: cells that must be filled, numbers, years among them, and what a row may say only once."""

    filled: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


_SHAPES = {
    "classes": _Shape(("place", "scheme", "class"), once=("place", "scheme")),
    "checklists": _Shape(
        ("place", "tier", "mark"), ("value", "bar"), once=("place", "tier", "mark", "indicator", "function")
    ),
    "stages": _Shape(()),
    "conditions": _Shape(("condition", "indicator"), ("direction",), once=("condition", "indicator")),
    "targets": _Shape(
        ("place", "indicator"), ("base", "target", "value", "direction"), ("base_year", "deadline", "year"),
        once=("place", "indicator", "deadline"),
    ),
    "technologies": _Shape(
        ("place", "leading", "parallel", "following"),
        ("leading", "parallel", "following", "total", "printed_leading", "printed_parallel", "printed_following"),
        ("year",), once=("place", "year"),
    ),
    "tags": _Shape(("hierarchy", "slot", "indicator"), ("weight",), once=("hierarchy", "slot", "indicator")),
    "slots": _Shape(("slot", "indicator"), once=("slot", "indicator")),
    "actors": _Shape(("place", "actor", "kind"), ("weight",), once=("place", "actor")),
    "ties_actors": _Shape(("place", "actor", "other"), ("weight",)),
    "cases": _Shape(("case", "mode", "subject", "item", "value"), ("value",), ("year",), once=("case", "item")),
}  # fmt: skip
# A place of a case register is told in words; it need not be a place of the study.
_FREE = {"cases"}


def read_standing(
    shelf: Shelf, settings: Settings, places: Names, indicators: Names, found: list[Finding]
) -> StandingTables:
    """Read every table that is there, or that ``[files]`` names; nothing without ``[position]``."""
    if settings.position is None:
        return StandingTables()
    tables: dict[str, Any] = {}
    for kind, shape in _SHAPES.items():
        name = getattr(settings.files, kind)
        table = shelf.table(name, ("files", kind), needed=name != f"{kind}.csv")
        frame = (
            _read(table, kind, shape, {"place": places, "indicator": indicators}, found) if table else None
        )
        if frame is not None:
            tables[kind] = frame
    schemes = {
        name: scheme
        for name, section in settings.position.scheme.items()
        if section.file and (scheme := _own(shelf, name, section.file, found))
    }
    return StandingTables(**tables, schemes=schemes)


def _own(shelf: Shelf, name: str, file: str, found: list[Finding]) -> Scheme | None:
    text = shelf.text(file, ("position", "scheme", name, "file"))
    if text is None:
        return None
    try:
        declared = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as problem:
        found.append(Finding("M266", file=file, params={"problem": str(problem)}))
        return None
    return read_own_scheme(name, declared, text, file, found)


def _read(
    table: Table, kind: str, shape: _Shape, known: Mapping[str, Names], found: list[Finding]
) -> pd.DataFrame | None:
    """Return the sound rows of a table; what is wrong is named with its row."""
    frame = fit(table, kind, found)
    if frame is None:
        return None
    before = len(found)
    sound = _check_filled(frame, shape, found)
    for column, names in known.items():
        if column in frame and kind not in _FREE:
            given = frame[column].ne("").to_numpy()
            frame[column] = resolve(frame, column, names, found)
            sound &= frame[column].ne("").to_numpy() | ~given
    for column in shape.numbers:
        frame[column] = plain_numbers(frame, column, found)
    for column in shape.years:
        frame[column] = _years(frame, column, found)
    kept: pd.DataFrame = frame.loc[sound].reset_index(drop=True)
    check_choice(kind, kept, found)
    _check_once(kept, shape, found)
    failed = any(finding.level == "error" for finding in found[before:])
    return kept if not failed else kept.iloc[:0]


def _check_filled(frame: pd.DataFrame, shape: _Shape, found: list[Finding]) -> Any:
    sound = np.ones(len(frame), dtype=bool)
    for column in shape.filled:
        blank = frame[column].eq("").to_numpy()
        sound &= ~blank
        spots = frame.loc[blank, ["file", "row"]].itertuples(index=False)
        found += [Finding("P020", file=file, row=int(row), column=column) for file, row in spots]
    return sound


def _years(frame: pd.DataFrame, column: str, found: list[Finding]) -> Any:
    """Return years as floats, NaN where blank; what is no year is named."""
    texts = frame[column].to_numpy()
    years = plain_numbers(frame, column, found)
    wrong = np.isfinite(years) & ~((years % 1 == 0) & (years >= FIRST_YEAR) & (years <= LAST_YEAR))
    for at in np.flatnonzero(wrong).tolist():
        file, row = str(frame["file"].iloc[at]), int(frame["row"].iloc[at])
        found.append(Finding("P016", "error", file, row, column, shown(texts[at]), {"count": 1}))
    return np.where(wrong, np.nan, years)


def _check_once(frame: pd.DataFrame, shape: _Shape, found: list[Finding]) -> None:
    """Name every row that says again what a row before it says."""
    if not shape.once:
        return
    keys = list(frame[list(shape.once)].astype(str).itertuples(index=False, name=None))
    first: dict[tuple[str, ...], int] = {}
    for key, file, row in zip(keys, frame["file"], frame["row"], strict=True):
        if key in first:
            told = ", ".join(shown(part) for part in key if part not in {"", "nan"})
            params = {"what": told, "first": first[key]}
            found.append(Finding("M260", "error", file, int(row), shape.once[-1], told, params))
        first.setdefault(key, int(row))
