"""The values to be filled, with what the methods need to know of rows and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError

Matrix = NDArray[np.float64]
Years = NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """Values (rows, indicators), NaN for missing; a row is a place, or a place in one year.

    ``places`` and ``years`` are by row, ``years`` None outside a panel; ``groups`` gives for each grouping the label of
    every row, an empty text for none; ``parents`` gives for every indicator the node it stands below (empty: one group
    of all); ``direction`` (indicators,) of 1 and -1 is used by the row methods only.
    """

    values: Matrix
    places: Sequence[str]
    indicators: Sequence[str]
    years: Years | None = None
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parents: Sequence[str] = ()
    direction: Matrix | None = None

    def take(self, rows: NDArray[np.intp]) -> "Table":
        """Return some rows."""
        return replace(
            self,
            values=self.values[rows],
            places=[self.places[row] for row in rows.tolist()],
            years=None if self.years is None else self.years[rows],
            groups={name: [labels[row] for row in rows.tolist()] for name, labels in self.groups.items()},
        )

    def require_values(self) -> None:
        """Refuse indicators without any value.

        Raises
        ------
        PanelError
            P130 for each of them.
        """
        empty = np.flatnonzero(np.isnan(self.values).all(axis=0)).tolist()
        if empty:
            names = [self.indicators[column] for column in empty]
            raise PanelError([Finding("P130", column=name, params={"indicator": name}) for name in names])
