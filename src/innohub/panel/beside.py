"""The cells of one source beside those of another: shifted by years, scaled, compared within rounding."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Verdict = Literal["same", "close", "shift", "unit", "ratio", "differs", "undecided"]
Reason = Literal["", "few", "ambiguous"]

# Fewer cells than this decide nothing; the lead of a year over any other is counted in cells too.
FEWEST: Final = 5
# Beyond so many robust standard deviations a cell does not belong to the common ratio.
FAR: Final = 4.0
# Only cells known to this share of their value tell a ratio.
KNOWN: Final = 0.05
LAST_DIGIT: Final = 1e-9
_STRICT: Final = 1e-3
_TO_SPREAD: Final = 1.4826


@dataclass(frozen=True)
class Cells:
    """The cells of one indicator: ``places``, ``years``, ``values`` and ``half`` widths of rounding, (cells,) each."""

    places: Sequence[str]
    years: NDArray[np.int64]
    values: Vector
    half: Vector


@dataclass(frozen=True)
class Reading:
    """How one source reads the other: ``factor`` times the value ``shift`` years later.

    ``other`` (cells,) are the values read, NaN where the other source has none; ``exact`` says which cells agree
    within rounding, ``near`` which agree within rounding or lie with the others.
    """

    shift: int
    factor: float
    other: Vector
    exact: Mask
    near: Mask
    spread: float = np.nan

    @property
    def compared(self) -> int:
        """How many cells have a counterpart."""
        return int((~np.isnan(self.other)).sum())

    @property
    def share(self) -> float:
        """The share of compared cells that the reading explains."""
        return float(self.near.sum() / self.compared) if self.compared else 0.0


@dataclass(frozen=True)
class Agreement:
    """What two sources of a series have to do with each other.

    ``median`` is the median ratio of own to other values in the year compared and ``spread`` its robust standard
    deviation as a share; NaN where no cell tells them. ``rivals`` are the shifts between which nothing decides.
    ``years`` gives for each cell the years of the other source that it agrees with, by the factor found.
    """

    verdict: Verdict
    reading: Reading
    median: float
    spread: float
    years: tuple[tuple[int, ...], ...]
    reason: Reason = ""
    rivals: tuple[int, ...] = field(default=())


class Beside:
    """The own cells beside the other source's, shifted by years."""

    def __init__(self, own: Cells, other: Cells) -> None:
        self.own = own
        there = zip(other.places, other.years.tolist(), strict=True)
        self._at = {key: position for position, key in enumerate(there)}
        self._other = other
        apart = {int(there - here) for here in set(own.years.tolist()) for there in set(other.years.tolist())}
        self.shifts = sorted(apart, key=lambda shift: (abs(shift), shift))

    @property
    def nearest(self) -> int:
        """The shift nearest to none that has any cells to compare."""
        return next((shift for shift in self.shifts if self.compared(shift)), 0)

    def compared(self, shift: int) -> int:
        """Return how many cells have a counterpart in another year."""
        return int((~np.isnan(self._beside(shift)[0])).sum())

    def _beside(self, shift: int) -> tuple[Vector, Vector]:
        """Return the other source's values and half widths, (cells,), NaN where it has none."""
        keys = zip(self.own.places, self.own.years.tolist(), strict=True)
        where = np.array([self._at.get((place, year + shift), -1) for place, year in keys], dtype=np.intp)
        if not len(self._other.values):
            return np.full(len(where), np.nan), np.full(len(where), np.nan)
        here = where >= 0
        return np.where(here, self._other.values[where], np.nan), np.where(
            here, self._other.half[where], np.nan
        )

    def read(self, shift: int, factor: float) -> Reading:
        """Read the other source's values of another year times a factor."""
        other, half = self._beside(shift)
        expected = factor * other
        room = self.own.half + factor * half
        # One number rounded twice to the same digit is the same; only different digits leave room to the last bit.
        room = room - _STRICT * np.minimum(self.own.half, factor * half)
        room = room + LAST_DIGIT * np.maximum(np.abs(self.own.values), np.abs(expected))
        fits = np.abs(self.own.values - expected) <= room
        return Reading(shift, factor, other, fits, fits)

    def scaled(self, shift: int, factor: float) -> Reading:
        """Read in another unit, looking only at cells whose rounding leaves their size visible."""
        reading = self.read(shift, factor)
        seen = (np.abs(self.own.values) > 2 * self.own.half) & (reading.other != 0)
        other = np.where(seen, reading.other, np.nan)
        return Reading(shift, factor, other, reading.exact & seen, reading.exact & seen)

    def ratios(self, shift: int) -> Vector:
        """Return the logarithms of own over other values, NaN where a cell is too coarse to tell."""
        other, half = self._beside(shift)
        own = self.own.values
        with np.errstate(divide="ignore", invalid="ignore"):
            known = self.own.half / np.abs(own) + half / np.abs(other) <= KNOWN
            return np.where(known & (own * other > 0), np.log(own / other), np.nan)

    def ratio(self, shift: int) -> Reading | None:
        """Read by the median ratio; None where too few cells tell one."""
        logs = self.ratios(shift)
        if (~np.isnan(logs)).sum() <= FEWEST:
            return None
        middle, spread = _middle(logs)
        read = self.read(shift, float(np.exp(middle)))
        near = read.exact | (np.abs(logs - middle) <= FAR * spread)
        return Reading(shift, read.factor, read.other, read.exact, near, spread)

    def conclude(
        self, verdict: Verdict, reading: Reading, reason: Reason = "", rivals: tuple[int, ...] = ()
    ) -> Agreement:
        """Return a verdict with the ratio and, for each cell, the years that it agrees with."""
        middle, spread = _middle(self.ratios(reading.shift))
        fits = {shift: self.read(shift, reading.factor).exact for shift in self.shifts}
        years = tuple(
            tuple(sorted(int(year) + shift for shift in self.shifts if fits[shift][cell]))
            for cell, year in enumerate(self.own.years)
        )
        return Agreement(verdict, reading, float(np.exp(middle)), spread, years, reason, rivals)


def _middle(logs: Vector) -> tuple[float, float]:
    """Return the median and the robust standard deviation of what is known, NaN where nothing is."""
    told = logs[~np.isnan(logs)]
    if not len(told):
        return np.nan, np.nan
    return float(np.median(told)), float(_TO_SPREAD * np.median(np.abs(told - np.median(told))))
