"""One year of a study as a matrix, and the long table it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Panel:
    """Values of one year.

    ``matrix`` is (places, indicators) with NaN for missing; ``directions`` is (indicators,) of 1 and -1;
    ``rows`` is the long table of the same cells with unit, source, flag, note, file, row, column and cell.
    """

    year: int
    places: tuple[str, ...]
    indicators: tuple[str, ...]
    matrix: Matrix
    directions: Matrix
    rows: pd.DataFrame

    def columns(self, indicators: Sequence[str]) -> tuple[Matrix, Matrix]:
        """Return the values (places, chosen) and directions (chosen,) of some indicators."""
        where = [self.indicators.index(name) for name in indicators]
        return self.matrix[:, where], self.directions[where]


def build_panel(
    values: pd.DataFrame, indicators: pd.DataFrame, places: Sequence[str], used: Sequence[str], year: int
) -> Panel:
    """Lay out the values of one year as a matrix of places by indicators.

    Parameters
    ----------
    values : long table: place, indicator, year, value, …
    indicators : table with indicator and direction.
    places : ids of the places, in the order of the rows.
    used : ids of the indicators, in the order of the columns.
    year : the year to take.

    Raises
    ------
    PanelError
        P101 an indicator without any value, P102 fewer than two places. All findings at once.
    """
    chosen = values["year"].eq(year) & values["place"].isin(places) & values["indicator"].isin(used)
    rows = values[chosen].reset_index(drop=True)
    matrix = np.full((len(places), len(used)), np.nan)
    row_of = pd.Index(places).get_indexer(pd.Index(rows["place"]))
    column_of = pd.Index(used).get_indexer(pd.Index(rows["indicator"]))
    matrix[row_of, column_of] = rows["value"].to_numpy(dtype=float)
    direction = indicators.set_index("indicator")["direction"].reindex(list(used)).to_numpy(dtype=float)
    empty = np.isnan(matrix).all(axis=0)
    findings = [
        Finding(
            "P101", file="panel", column=name, params={"indicator": name, "year": year, "places": len(places)}
        )
        for name, gone in zip(used, empty, strict=True)
        if gone
    ]
    if len(places) < 2:
        findings.append(Finding("P102", params={"count": len(places)}))
    if findings:
        raise PanelError(findings)
    return Panel(year, tuple(places), tuple(used), matrix, direction, rows)
