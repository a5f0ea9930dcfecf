"""The values of a study as claims need them: by place, indicator and year, each with file and row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from innohub.position.claims.link import Indicator
from innohub.position.claims.verdict import Step
from innohub.study.stated import TARGET, area_of_kind

_DOUBTED = frozenset(("substituted", "estimated", "provisional", "imputed", "doubtful", "break", "truncated"))


@dataclass(frozen=True)
class Cell:
    """A value of the study; ``step`` is its last printed digit, ``doubted`` says that the study flags it."""

    step_taken: Step
    value: float
    since: int | None
    qualifier: str
    doubted: bool
    step: float


@dataclass(frozen=True)
class Ground:
    """The values of a study (columns of ``Study.values``) and the kinds of its places."""

    values: pd.DataFrame
    places: pd.DataFrame

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], Sequence[Cell]]:
        """Return the values of each place and indicator, by year, plan targets left out."""
        columns = [
            "place",
            "indicator",
            "year",
            "since",
            "value",
            "unit",
            "file",
            "row",
            "qualifier",
            "flag",
            "cell",
        ]
        kept = self.values[self.values["value"].notna() & self.values["qualifier"].fillna("").ne(TARGET)]
        found: dict[tuple[str, str], list[Cell]] = {}
        for place, indicator, year, since, value, unit, file, row, qualifier, flag, cell in kept[
            columns
        ].itertuples(index=False):
            at = None if pd.isna(year) else int(year)
            step = Step(str(file), int(row), float(value), str(unit), str(place), str(indicator), at)
            doubted = bool(_DOUBTED & set(str(flag or "").split(";")))
            one = Cell(
                step,
                float(value),
                None if pd.isna(since) else int(since),
                str(qualifier or ""),
                doubted,
                _step(str(cell)),
            )
            found.setdefault((str(place), str(indicator)), []).append(one)
        return {key: sorted(cells, key=lambda c: c.step_taken.year or 0) for key, cells in found.items()}

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """Return the level of each place: that of its kind, else the kind itself."""
        pairs = zip(self.places["place"], self.places["kind"], strict=True)
        return {str(place): area_of_kind(str(kind)) or str(kind) for place, kind in pairs}

    def of(self, place: str, indicator: Indicator | str) -> Sequence[Cell]:
        """Return the values of a place by year."""
        return self.cells.get((place, indicator if isinstance(indicator, str) else indicator.id), ())

    def at(self, place: str, indicator: str, year: int | None, since: int | None = None) -> Cell | None:
        """Return the value of a year or period, None where the study has none."""
        return next(
            (c for c in self.of(place, indicator) if (c.step_taken.year, c.since) == (year, since)), None
        )

    def peers(self, place: str, indicator: str, year: int | None) -> Mapping[str, Cell]:
        """Return the values of all places of the same level in a year."""
        level = self.levels.get(place)
        found = {}
        for other, key in self.cells:
            if key == indicator and self.levels.get(other) == level and (cell := self.at(other, key, year)):
                found[other] = cell
        return found


def _step(cell: str) -> float:
    """Return the last printed digit of a cell: 0.01 for 42.29; 0 where the text is no plain decimal."""
    digits = cell.replace(",", "").strip()
    if not digits.replace(".", "", 1).isdigit():
        return 0.0
    return 10.0 ** -len(digits.partition(".")[2]) if "." in digits else 0.0
