"""Whether two sources give the same series: the same values, another year's, another unit's, a constant ratio."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from innohub.panel.beside import FEWEST, LAST_DIGIT, Agreement, Beside, Cells, Reading, Verdict

# The share of cells that a reading must explain; the rest are named one by one.
ENOUGH: Final = 0.75
# A ratio is constant when its robust spread is below this share of it.
TIGHT: Final = 0.01
FACTORS: Final = tuple(10.0**power for power in (-8, -6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 8))


def agree(own: Cells, other: Cells) -> Agreement:
    """Say how the values of one source follow from those of another.

    Readings are tried from the plainest on: the same year's values, another year's, either in another unit (a power
    of ten), a constant ratio (another denominator). A reading holds when it explains three quarters of the cells, and
    at least five; a year is only preferred to another when it explains five cells more. Medians and the median
    absolute deviation are used throughout, so that a few wrong cells move nothing.

    Parameters
    ----------
    own, other : cells of one indicator; ``other`` has each place and year once.

    Returns
    -------
    ``undecided`` when fewer than five cells have a counterpart or several years explain the values equally well;
    ``close`` when the ratio is 1 with a spread that rounding does not explain, as after a revision.
    """
    table = Beside(own, other)
    counted = [table.compared(shift) for shift in table.shifts]
    if max(counted, default=0) < FEWEST:
        return table.conclude("undecided", table.read(table.nearest, 1.0), "few")
    plain = [table.read(shift, 1.0) for shift in table.shifts]
    if found := _choose(plain):
        return _decided(table, found, "same", "shift")
    for factor in FACTORS:
        if found := _choose([table.scaled(shift, factor) for shift in table.shifts]):
            return _decided(table, found, "unit", "unit")
    return _by_ratio(table)


@dataclass(frozen=True)
class _Choice:
    reading: Reading
    rivals: tuple[int, ...] = ()


def _choose(readings: Sequence[Reading]) -> _Choice | None:
    """Choose the year that explains the cells; the own year first, another only by a clear lead."""
    holding = [each for each in readings if each.compared >= FEWEST and each.share >= ENOUGH]
    if not holding:
        return None
    best = max(holding, key=lambda each: (int(each.exact.sum()), -abs(each.shift)))
    here = next((each for each in holding if each.shift == 0), None)
    if here is not None and all(_lead(other, here) <= 0 for other in readings):
        return _Choice(here)
    rivals = [each for each in readings if each is not best and _lead(best, each) < FEWEST]
    close = [each.shift for each in rivals if each.compared >= FEWEST]
    return _Choice(best, (best.shift, *close) if close else ())


def _decided(table: Beside, found: _Choice, here: Verdict, shifted: Verdict) -> Agreement:
    """Conclude from a choice of year."""
    if found.rivals:
        return table.conclude("undecided", found.reading, "ambiguous", found.rivals)
    return table.conclude(shifted if found.reading.shift else here, found.reading)


def _lead(one: Reading, other: Reading) -> int:
    """Return how many more cells one reading explains than another, of those that both can be compared on."""
    both = ~np.isnan(one.other) & ~np.isnan(other.other)
    return int((one.exact & both).sum()) - int((other.exact & both).sum())


def _by_ratio(table: Beside) -> Agreement:
    """Conclude from the median ratio, after nothing plainer holds."""
    tried = [reading for shift in table.shifts if (reading := table.ratio(shift)) is not None]
    if not tried:
        return table.conclude("undecided", table.read(table.nearest, 1.0), "few")
    tight = [each for each in tried if each.share >= ENOUGH and _is_constant(each)]
    if not tight:
        return table.conclude("differs", table.read(table.nearest, 1.0))
    chosen = next((each for each in tight if each.shift == 0), tight[0])
    clear = [each for each in tight if _lead(each, chosen) >= FEWEST]
    chosen = max(clear, key=lambda each: int(each.exact.sum())) if clear else chosen
    if not _is_one(chosen) and not clear:
        # Where all places grow alike, another year at ratio 1 explains as much as this year at another ratio.
        ones = [each.shift for each in tight if _is_one(each)]
        rivals = ones or [each.shift for each in tight if chosen.shift and each is not chosen]
        if rivals:
            return table.conclude("undecided", chosen, "ambiguous", (chosen.shift, *rivals))
    return table.conclude("close" if _is_one(chosen) else "ratio", chosen)


def _is_one(reading: Reading) -> bool:
    """Say whether a median ratio cannot be told from 1; its standard error is 1.25 that of a mean."""
    unsure = 3 * 1.2533 * reading.spread / np.sqrt(max(int(reading.near.sum()), 1))
    return bool(abs(np.log(reading.factor)) <= max(unsure, LAST_DIGIT))


def _is_constant(reading: Reading) -> bool:
    """Say whether a ratio is the same everywhere: a small spread, or none that rounding does not explain."""
    return reading.spread <= TIGHT or reading.exact.sum() >= ENOUGH * reading.compared
