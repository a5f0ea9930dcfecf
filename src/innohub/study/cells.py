"""Read columns of number cells: every distinct text once, each refusal and each conversion named."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, Level
from innohub.study.numbers import PLAIN, Number, parse_number
from innohub.study.report import shown

PROBLEMS = {
    "text": "R014",
    "decimal_mark": "R015",
    "parentheses": "R016",
    "range": "R018",
    "not_finite": "R019",
    "sheet_error": "R020",
}
APPROXIMATE = "R017"


@dataclass(frozen=True)
class Spot:
    """Where a cell stands and what it says."""

    file: str
    row: int
    column: str
    text: str

    def finding(self, code: str, level: Level = "error", **params: object) -> Finding:
        """Return a finding about the cell."""
        return Finding(code, level, self.file, self.row, self.column, shown(self.text), params)


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes
    ----------
    values : (rows,) NaN where missing or refused.
    codes : (rows,) position of each row's text in ``read``.
    read : what each distinct text says; ``None`` for a plain number or a blank.
    texts : the distinct texts.
    """

    values: NDArray[np.float64]
    codes: NDArray[np.intp]
    read: tuple[Number | None, ...]
    texts: NDArray[np.object_]

    def odd(self) -> NDArray[np.intp]:
        """Return the rows whose text is no plain number and not blank."""
        strange = np.array([number is not None for number in self.read], dtype=bool)
        return np.flatnonzero(strange[self.codes]) if len(self.read) else np.empty(0, dtype=np.intp)

    def number(self, row: int) -> Number:
        """Return what the text of a row says."""
        read = self.read[self.codes[row]]
        return read if read is not None else Number(float(self.values[row]))

    def spot(self, frame: pd.DataFrame, column: str, row: int) -> Spot:
        """Return where the cell of a row stands."""
        file, number = str(frame["file"].iloc[row]), int(frame["row"].iloc[row])
        return Spot(file, number, column, str(self.texts[self.codes[row]]))


def read_column(texts: NDArray[np.object_]) -> Numbers:
    """Read a column of texts as numbers, without judging them."""
    codes, distinct = pd.factorize(texts)
    values = np.full(len(distinct), np.nan)
    read: list[Number | None] = []
    for place, text in enumerate(distinct):
        if len(text) < 40 and PLAIN.fullmatch(text) and np.isfinite(value := float(text)):
            values[place] = value
            read.append(None)
        elif text:
            number = parse_number(text)
            values[place] = number.value
            read.append(number)
        else:
            read.append(None)
    column = values[codes] if len(distinct) else np.full(len(texts), np.nan)
    return Numbers(column, codes, tuple(read), np.asarray(distinct, dtype=object))


def refusal(number: Number, spot: Spot) -> Finding | None:
    """Return the error of a cell that is no exact number."""
    code = PROBLEMS[number.problem] if number.problem else APPROXIMATE if number.qualifier else ""
    return spot.finding(code, number=f"{number.value:.15g}") if code else None


def conversion_note(number: Number, spot: Spot, value: float) -> Finding:
    """Return the finding that says how a cell was understood; a multiple such as 万 is a warning."""
    if number.missing:
        return spot.finding("R026", "note")
    return spot.finding("R013", "warning" if number.scale != 1 else "note", number=f"{value:.15g}")


def plain_numbers(frame: pd.DataFrame, column: str, found: list[Finding]) -> NDArray[np.float64]:
    """Read a column of bare numbers such as coordinates; a unit in the cell is refused."""
    numbers = read_column(frame[column].to_numpy())
    values = numbers.values.copy()
    for place in numbers.odd():
        number, spot = numbers.number(place), numbers.spot(frame, column, place)
        if number.unit_hint and not number.problem:
            number = Number(problem="text")
        if finding := refusal(number, spot):
            found.append(finding)
            values[place] = np.nan
        else:
            found.append(conversion_note(number, spot, values[place]))
    return values
