"""Read the tables of a positioning study that stand beside the grid: classes, targets, conditions, tags and others."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from innohub.catalog.scheme import Scheme
from innohub.errors import Finding
from innohub.study.files import Shelf
from innohub.study.names import Names
from innohub.study.own_scheme import read_own_scheme
from innohub.study.schema import Settings
from innohub.study.shaped import Shape, read_shaped
from innohub.study.standing_choices import check_choice
from innohub.study.ties import finish_ties


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
    ties: pd.DataFrame | None = None
    laboratories: pd.DataFrame | None = None
    schemes: Mapping[str, Scheme] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are there, by name."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: table for name, table in found.items() if isinstance(table, pd.DataFrame)}


_SHAPES = {
    "classes": Shape(("place", "scheme", "class"), once=("place", "scheme")),
    "checklists": Shape(
        ("place", "tier", "mark"), ("value", "bar"), once=("place", "tier", "mark", "indicator", "function")
    ),
    "stages": Shape(()),
    "conditions": Shape(("condition", "indicator"), ("direction",), once=("condition", "indicator")),
    "targets": Shape(
        ("place", "indicator"), ("base", "target", "value", "direction"), ("base_year", "deadline", "year"),
        once=("place", "indicator", "deadline"),
    ),
    "technologies": Shape(
        ("place", "leading", "parallel", "following"),
        ("leading", "parallel", "following", "total", "printed_leading", "printed_parallel", "printed_following"),
        ("year",), once=("place", "year"),
    ),
    "tags": Shape(("hierarchy", "slot", "indicator"), ("weight",), once=("hierarchy", "slot", "indicator")),
    "slots": Shape(("slot", "indicator"), once=("slot", "indicator")),
    "actors": Shape(("place", "actor", "kind"), ("weight",), once=("place", "actor")),
    "ties_actors": Shape(("place", "actor", "other"), ("weight",)),
    "ties": Shape(("place", "other"), ("weight",), ("year",)),
    "laboratories": Shape(("place", "kind", "count"), ("count",), ("year",), once=("place", "kind", "year")),
    "cases": Shape(("case", "mode", "subject", "item", "value"), ("value",), ("year",), once=("case", "item")),
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
        known = {} if kind in _FREE else {"place": places, "indicator": indicators}
        if kind == "ties":
            known["other"] = places
        frame = read_shaped(table, kind, shape, known, found, check=check_choice) if table else None
        if frame is not None and kind == "ties":
            frame = finish_ties(frame, found)
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
