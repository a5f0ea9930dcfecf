"""Turn cells into numbers in the unit of their indicator."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, Level
from innohub.study.cells import Spot, conversion_note, read_column, refusal
from innohub.study.numbers import Number
from innohub.study.report import shown
from innohub.study.units import conversion, is_percent, measure


@dataclass(frozen=True)
class _Cell:
    """A cell, the indicator it belongs to, the unit given beside it and the unit declared for the indicator."""

    spot: Spot
    indicator: str
    given: str
    declared: str

    def finding(self, code: str, **params: object) -> Finding:
        return self.spot.finding(code, "error", indicator=self.indicator, unit=self.declared, **params)


def read_amounts(
    frame: pd.DataFrame, found: list[Finding], *, inexact: bool = False
) -> Mapping[str, NDArray[np.object_]]:
    """Read the cells of a panel.

    Parameters
    ----------
    frame : ``cell``, ``unit`` (as given), ``unit_from``, ``declared`` (of the indicator), ``flag``,
        ``indicator``, ``file``, ``row``, ``column``.
    inexact : whether approximate numbers are taken, with their qualifier, instead of being refused.

    Returns
    -------
    ``value`` (NaN = missing or refused), ``flag`` completed, ``mark`` (footnote marks), ``refused`` (named as errors),
    ``qualifier`` (``>``, ``<``, ``~``, ``~<``, "" where the number is exact).
    """
    numbers = read_column(frame["cell"].to_numpy())
    values, flags = numbers.values.copy(), frame["flag"].to_numpy().copy()
    refused, marks = np.zeros(len(frame), dtype=bool), np.full(len(frame), "", dtype=object)
    qualifiers = np.full(len(frame), "", dtype=object)
    factors = _row_factors(frame, ~np.isnan(values), found)
    spots, rest = ["file", "row", "column", "cell"], ["indicator", "unit", "declared"]
    odd = numbers.odd()
    cells = zip(odd, frame.iloc[odd][spots + rest].itertuples(index=False), strict=True)
    for place, parts in cells:
        number, cell = numbers.number(place), _Cell(Spot(*parts[:4]), *parts[4:])
        estimated = inexact or "estimated" in flags[place].split(";")
        values[place], factor = _amount(number, cell, estimated=estimated, found=found)
        refused[place] = np.isnan(values[place]) and not number.missing
        if factor is not None:
            factors[place] = factor
        flags[place] = join(flags[place], number.flag if not number.problem else "")
        marks[place], qualifiers[place] = number.note, number.qualifier
    changed = np.flatnonzero((factors != 1) & ~np.isnan(values))
    for place in changed:
        values[place] = _rounded(values[place] * factors[place])
        flags[place] = join(flags[place], "converted")
    read = {"value": values, "flag": flags, "mark": marks, "refused": refused}
    return {**read, "qualifier": qualifiers}


def join(text: str, more: str) -> str:
    """Join flags or notes by ``;``, each once."""
    return text if not more or more in text.split(";") else f"{text};{more}" if text else more


def _amount(
    number: Number, cell: _Cell, *, estimated: bool, found: list[Finding]
) -> tuple[float, float | None]:
    """Judge one cell that is no plain number; return its value and, when the cell names its unit, the factor 1."""
    nothing = (float("nan"), None)
    finding = refusal(number, cell.spot)
    # A value that the study itself flags as an estimate may be approximate.
    if finding and not (estimated and finding.code == "R017"):
        found.append(finding)
        return nothing
    value, factor = number.value, None
    if (
        number.unit_hint in ("%", "‰")
        and not is_percent(cell.declared)
        and measure(cell.declared)[1] != number.unit_hint
    ):
        found.append(cell.finding("P008", number=f"{value:.15g}"))
        return nothing
    if number.unit_hint and cell.declared:
        direct = conversion(number.unit_hint, cell.declared)
        if direct is None:
            found.append(cell.finding("P007", given=number.unit_hint))
            return nothing
        value, factor = _rounded(value * direct), 1.0
    elif number.scale != 1 and measure(cell.given or cell.declared)[0] != 1:
        found.append(cell.finding("P009", given=cell.given or cell.declared))
        return nothing
    found.append(conversion_note(number, cell.spot, value))
    return value, factor


def _rounded(value: float) -> float:
    """Drop the last binary digit that a change of unit adds (0.1 × 3 is 0.3, not 0.30000000000000004)."""
    return float(f"{value:.15g}")


def _row_factors(frame: pd.DataFrame, filled: NDArray[np.bool_], found: list[Finding]) -> NDArray[np.float64]:
    """Return the factor from each row's unit to its indicator's; units that do not fit are named once an indicator."""
    factors = np.ones(len(frame))
    apart = (frame["unit"] != "") & (frame["declared"] != "") & (frame["unit"] != frame["declared"]) & filled
    if not apart.any():
        return factors
    for (indicator, given, declared, origin), group in frame[apart].groupby(
        ["indicator", "unit", "declared", "unit_from"], sort=False
    ):
        factor = conversion(str(given), str(declared))
        if factor == 1:
            continue
        first = group.iloc[0]
        params = {"indicator": indicator, "unit": declared, "given": given, "count": len(group)}
        level: Level = "warning" if factor is not None or origin == "table" else "error"
        code = "P010" if factor is not None else "P007"
        if factor is not None:
            factors[group.index] = factor
            params["factor"] = f"{factor:g}"
        column = "unit" if origin == "cell" else first["column"]
        found.append(Finding(code, level, first["file"], int(first["row"]), column, shown(given), params))
    return factors
