"""The values of a study as a matrix of place-years by indicators, and the long table they came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError
from innohub.panel.denominate import Division

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
LIMITS = ("low", "high", "target")


@dataclass(frozen=True)
class Panel:
    """Values of one or several years; each row is a place in a year.

    ``places`` and ``years`` are (rows,); ``matrix`` is (rows, indicators) with NaN for missing; ``flags`` has the same
    shape, flags joined by ``;``, ``missing`` where there is no value; ``directions`` is (indicators,) of 1 and -1;
    ``cells`` is the long table of the values as read with unit, source, notes, file, row, column and cell. ``year`` is
    the year that the study is about.

    What is known of each indicator beside its values: ``limits`` (indicators,) by name, such as ``low``, ``high`` and
    ``target``, in the indicator's unit, NaN where not given; ``noise`` (indicators,) the standard deviation as a share
    of the value, NaN where not given; ``divisions`` by what an indicator may be divided; ``units`` and ``areas`` by
    indicator, the area being what its numbers are counted over; ``transforms`` by indicator, ``log`` or ``sqrt``, empty
    for none.
    """

    year: int
    places: tuple[str, ...]
    years: NDArray[np.int64]
    indicators: tuple[str, ...]
    matrix: Matrix
    flags: NDArray[np.object_]
    directions: Matrix
    cells: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    limits: Mapping[str, Vector] = field(default_factory=dict)
    noise: Vector = field(default_factory=lambda: np.empty(0))
    divisions: Mapping[str, Division] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    transforms: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give every indicator a noise, unknown unless said."""
        if len(self.noise) != len(self.indicators):
            object.__setattr__(self, "noise", np.full(len(self.indicators), np.nan))

    @classmethod
    def empty(cls, year: int, cells: pd.DataFrame) -> "Panel":
        """Return the panel of a study that ranks nothing; ``cells`` gives the columns."""
        nothing = np.empty((0, 0))
        flags = np.empty((0, 0), dtype=object)
        return cls(year, (), np.empty(0, dtype=np.int64), (), nothing, flags, np.empty(0), cells.iloc[:0])

    @property
    def calendar(self) -> tuple[int, ...]:
        """The years of the panel, in order."""
        return tuple(np.unique(self.years).tolist())

    def at(self, year: int) -> NDArray[np.intp]:
        """Return the positions of the rows of a year."""
        return np.flatnonzero(self.years == year)

    @property
    def file(self) -> str:
        """The files that the values came from, as messages name them."""
        return ", ".join(dict.fromkeys(self.cells["file"])) if "file" in self.cells else "panel"

    def of_year(self, year: int) -> "Panel":
        """Return the panel of one year."""
        return self.take(self.at(year))

    def take(self, rows: NDArray[np.intp]) -> "Panel":
        """Return some rows."""
        return replace(
            self,
            places=tuple(self.places[row] for row in rows),
            years=self.years[rows],
            matrix=self.matrix[rows],
            flags=self.flags[rows],
        )

    def choose(self, indicators: Sequence[str]) -> "Panel":
        """Return some indicators, in the order asked for."""
        where = [self.indicators.index(name) for name in indicators]
        return replace(
            self,
            indicators=tuple(indicators),
            matrix=self.matrix[:, where],
            flags=self.flags[:, where],
            directions=self.directions[where],
            limits={name: numbers[where] for name, numbers in self.limits.items()},
            noise=self.noise[where],
        )

    def columns(self, indicators: Sequence[str]) -> tuple[Matrix, Matrix]:
        """Return the values (rows, chosen) and directions (chosen,) of some indicators."""
        where = [self.indicators.index(name) for name in indicators]
        return self.matrix[:, where], self.directions[where]


def build_panel(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    places: Sequence[str],
    used: Sequence[str],
    year: int,
    *,
    years: Sequence[int] = (),
) -> Panel:
    """Lay out values as a matrix of place-years by indicators.

    Parameters
    ----------
    values : long table: place, indicator, year, value, …
    indicators : table with indicator and direction.
    places : ids of the places, in the order of the rows within each year.
    used : ids of the indicators, in the order of the columns.
    year : the year that the study is about.
    years : all years to lay out, the study's among them; only that one if none are given.

    Raises
    ------
    PanelError
        P101 an indicator without any value in the study's year, P102 fewer than two places. All findings at once.
    """
    calendar = sorted({year, *years})
    chosen = values["year"].isin(calendar) & values["place"].isin(places) & values["indicator"].isin(used)
    cells = values[chosen].reset_index(drop=True)
    matrix = np.full((len(calendar) * len(places), len(used)), np.nan)
    block = pd.Index(calendar).get_indexer(pd.Index(cells["year"])) * len(places)
    row_of = block + pd.Index(places).get_indexer(pd.Index(cells["place"]))
    column_of = pd.Index(used).get_indexer(pd.Index(cells["indicator"]))
    matrix[row_of, column_of] = cells["value"].to_numpy(dtype=float)
    flags = np.full(matrix.shape, "missing", dtype=object)
    flags[row_of, column_of] = _flags(cells)
    direction = indicators.set_index("indicator")["direction"].reindex(list(used)).to_numpy(dtype=float)
    stacked = np.repeat(np.array(calendar, dtype=np.int64), len(places))
    panel = Panel(
        year,
        tuple(places) * len(calendar),
        stacked,
        tuple(used),
        matrix,
        flags,
        direction,
        cells,
        **_known(indicators, used),
    )
    if errors := _empty(panel, len(places)):
        raise PanelError(errors)
    return replace(panel, findings=tuple(_uneven(panel)))


def _known(indicators: pd.DataFrame, used: Sequence[str]) -> dict[str, Any]:
    """Return what the table of indicators says beside the direction; a table without these columns says nothing."""
    told = indicators.set_index("indicator").reindex(list(used))

    def numbers(name: str) -> Vector:
        return told[name].to_numpy(dtype=float) if name in told else np.full(len(told), np.nan)

    def texts(name: str) -> dict[str, str]:
        return {str(key): str(text) for key, text in told[name].fillna("").items()} if name in told else {}

    factors = dict(zip(used, np.nan_to_num(numbers("factor"), nan=1.0).tolist(), strict=True))
    below = texts("denominator")
    return {
        "limits": {name: numbers(name) for name in LIMITS},
        "noise": numbers("noise"),
        "divisions": {key: Division(code, factors[key]) for key, code in below.items() if code},
        "units": texts("unit"),
        "areas": texts("area"),
        "transforms": texts("transform"),
    }


def _flags(cells: pd.DataFrame) -> NDArray[np.object_]:
    """Return the flags of cells; one without a value is flagged as missing whatever else it says."""
    if "flag" not in cells:
        return np.where(cells["value"].isna(), "missing", "").astype(object)
    return np.asarray(cells["flag"].fillna("").where(cells["value"].notna(), "missing"), dtype=object)


def _empty(panel: Panel, places: int) -> list[Finding]:
    empty = np.atleast_1d(np.isnan(panel.matrix[panel.at(panel.year)]).all(axis=0))
    findings = [
        Finding(
            "P101",
            file=panel.file,
            column=name,
            params={"indicator": name, "year": panel.year, "places": places},
        )
        for name, gone in zip(panel.indicators, empty, strict=True)
        if gone
    ]
    return findings if places >= 2 else [*findings, Finding("P102", params={"count": places})]


def _uneven(panel: Panel) -> list[Finding]:
    """Warn of indicators that have values in some years only."""
    present = np.array([~np.isnan(panel.matrix[panel.at(year)]).all(axis=0) for year in panel.calendar])
    return [
        Finding(
            "P103",
            "warning",
            panel.file,
            column=name,
            params={"indicator": name, "years": _spell(panel.calendar, here)},
        )
        for name, here in zip(panel.indicators, present.T, strict=True)
        if not here.all()
    ]


def _spell(calendar: Sequence[int], here: NDArray[np.bool_]) -> str:
    return ", ".join(str(year) for year, has in zip(calendar, here, strict=True) if has)
