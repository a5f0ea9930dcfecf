"""What figures and briefs read of a positioning: functions, scopes, cells of the grid, comparisons with peers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from innohub.catalog.functions import function_groups
from innohub.chart.tables import records
from innohub.position.function.grid import MISSED, REACHED, UNTESTED
from innohub.words import Language

Verdict = Literal["reached", "not reached", "not tested"]
Read = Callable[[str], pd.DataFrame]


@dataclass(frozen=True)
class Function:
    """A function of a place, with its group and the position that a text or the catalogue gives to it."""

    id: str
    name: str
    group: str
    group_name: str
    position: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class Column:
    """A scope with one of its peer sets; ``set_name`` and ``letter`` are empty where the scope has only one."""

    scope: str
    set: str
    name: str
    set_name: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Cell:
    """One function against one peer set."""

    function: str
    scope: str
    set: str
    indicators: int
    peers: int
    passed: int
    tied: int
    not_passed: int
    q: float
    verdict: str
    widest: bool
    certainty: float
    ready: str = ""
    ready_year: int | None = None
    ready_low: int | None = None
    ready_high: int | None = None
    chance: float = float("nan")

    @property
    def compared(self) -> int:
        """The number of comparisons: one a peer and indicator."""
        return self.passed + self.tied + self.not_passed


@dataclass(frozen=True)
class Grid:
    """The grid of one place; functions stand group by group, columns from the widest scope down."""

    place: str
    functions: tuple[Function, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str, str], Cell]

    def cell(self, function: str, column: Column) -> Cell | None:
        """Return a cell; none for a scope without peers."""
        return self.cells.get((function, column.scope, column.set))

    def of(self, function: str) -> tuple[Cell, ...]:
        """Return the cells of a function, the widest scope first."""
        found = (self.cell(function, column) for column in self.columns)
        return tuple(cell for cell in found if cell is not None)

    def widest(self, function: str) -> Cell | None:
        """Return the cell of the widest scope that a function reaches."""
        return next((cell for cell in self.of(function) if cell.widest), None)

    def state(self, function: str) -> Verdict:
        """Say whether a function reaches some scope, none of those tested, or could not be tested."""
        verdicts = {cell.verdict for cell in self.of(function)}
        return REACHED if REACHED in verdicts else MISSED if MISSED in verdicts else UNTESTED  # type: ignore[return-value]

    def by_state(self, state: Verdict) -> tuple[Function, ...]:
        """Return the functions of a state, in order."""
        return tuple(function for function in self.functions if self.state(function.id) == state)

    @cached_property
    def reached(self) -> Mapping[str, tuple[Function, ...]]:
        """The functions by the widest scope that they reach, widest first; scopes without any are left out."""
        found: dict[str, list[Function]] = {column.scope: [] for column in self.columns}
        for function in self.functions:
            if (cell := self.widest(function.id)) is not None:
                found[cell.scope].append(function)
        return {scope: tuple(names) for scope, names in found.items() if names}


def positioned(read: Read) -> tuple[str, ...]:
    """Return the places that are positioned, in the order of the results."""
    frame = read("positions")
    return tuple(dict.fromkeys(frame["place"].astype(str))) if not frame.empty else ()


def read_grid(read: Read, place: str, language: Language) -> Grid:
    """Read the grid of one place.

    Parameters
    ----------
    read : returns a result table by name, empty where the run has none.
    """
    frame = read("positions")
    rows = records(frame[frame["place"] == place])
    cells = {(row["function"], row["scope"], row["set"]): _cell(row) for row in rows}
    return Grid(place, read_functions(read, language), _columns(read, language), cells)


def _cell(row: Mapping[str, Any]) -> Cell:
    def number(name: str) -> float:
        value = row.get(name)
        return float("nan") if value is None or pd.isna(value) else float(value)

    def year(name: str) -> int | None:
        value = row.get(name)
        return None if value is None or pd.isna(value) else int(value)

    counts = {name: int(row[name]) for name in ("indicators", "peers", "passed", "tied", "not_passed")}
    return Cell(
        str(row["function"]), str(row["scope"]), str(row["set"]), **counts, q=number("q"),
        verdict=str(row["verdict"]), widest=bool(row["widest"]), certainty=number("certainty"),
        ready=str(row.get("ready") or ""), ready_year=year("ready_year"), ready_low=year("ready_low"),
        ready_high=year("ready_high"), chance=number("chance"),
    )  # fmt: skip


def read_functions(read: Read, language: Language) -> tuple[Function, ...]:
    """Return the functions that were positioned, those of one group side by side."""
    used = list(dict.fromkeys(read("positions")["function"].astype(str)))
    told = {str(row["function"]): row for row in records(read("functions"))}
    found = [_function(name, told.get(name, {}), language) for name in [n for n in told if n in used]]
    found += [_function(name, {}, language) for name in used if name not in told]
    groups = list(dict.fromkeys(function.group for function in found))
    return tuple(sorted(found, key=lambda function: groups.index(function.group)))


def _function(name: str, row: Mapping[str, Any], language: Language) -> Function:
    group = _text(row.get("group"))
    known = function_groups().get(group)
    return Function(
        id=name,
        name=_named(row, "name", language) or name,
        group=group,
        group_name=_named(row, "group", language) or (known.name[language] if known else group),
        position=_named(row, "position", language),
        assumed=str(row.get("assumed", "")).lower() == "true",
    )


def _columns(read: Read, language: Language) -> tuple[Column, ...]:
    """Return every scope with its peer sets, the widest first; a scope without peers has one empty set."""
    scopes = scope_names(read, language)
    sets = read("peers")
    rows = records(sets) if not sets.empty else []
    names = {(str(row["scope"]), str(row["set"])): _named(row, "name", language) for row in rows}
    given: dict[str, list[str]] = {}
    for scope, name in read("positions")[["scope", "set"]].drop_duplicates().itertuples(index=False):
        given.setdefault(str(scope), []).append(str(name))
    keys = [(scope, name) for scope in scopes for name in given.get(scope, [""])]
    several = [key for key in keys if len(given.get(key[0], ())) > 1]
    letters = {key: chr(ord("A") + number) for number, key in enumerate(several)}
    return tuple(
        Column(
            *key, scopes[key[0]], (names.get(key) or key[1]) if key in letters else "", letters.get(key, "")
        )
        for key in keys
    )


def scope_names(read: Read, language: Language) -> Mapping[str, str]:
    """Return the names of the scopes, the widest first."""
    frame = read("scopes")
    rows = records(frame.sort_values("order", kind="stable") if "order" in frame else frame)
    found = {str(row["scope"]): _named(row, "name", language) or str(row["scope"]) for row in rows}
    return found | {name: name for name in read("positions")["scope"].astype(str) if name not in found}


def as_head(name: str, language: Language) -> str:
    """Return a name as it stands at the head of a row or column.

    >>> as_head("talent agglomeration", "en"), as_head("SCI papers", "en")
    ('Talent agglomeration', 'SCI papers')
    """
    return name[:1].upper() + name[1:] if language == "en" else name


def _named(row: Mapping[str, Any], stem: str, language: Language) -> str:
    other = "en" if language == "zh" else "zh"
    return _text(row.get(f"{stem}_{language}")) or _text(row.get(f"{stem}_{other}"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
