"""Divide the indicators of a panel by what the study names below them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from innohub.errors import Finding, PanelError
from innohub.panel.denominate import Division, denominate
from innohub.panel.panel import Panel

# A quotient of two numbers in one unit is a share.
_SHARES = {1.0: "", 100.0: "%", 1000.0: "‰"}


def divide_panel(panel: Panel, indicators: Sequence[str]) -> tuple[Panel, tuple[Finding, ...]]:
    """Return some indicators of a panel, each that names a denominator divided by it at the same place and year.

    Parameters
    ----------
    panel : values of one or several years, denominators among its columns.
    indicators : the columns to return; the others serve as denominators.

    Returns
    -------
    The panel, with the flags of both parts, the units of the quotients and, where both parts have a noise, the noise
    of the quotient (independent errors, to first order); and warnings.

    Raises
    ------
    PanelError
        P123 for every cell whose denominator is zero or missing, with its file and row; P124 a denominator that is
        not among the columns.
    """
    own = panel.choose(indicators)
    divisions = {name: panel.divisions[name] for name in indicators if name in panel.divisions}
    names = [d.denominator for d in divisions.values() if d.denominator in panel.indicators]
    below = {name: panel.columns([name])[0][:, 0] for name in dict.fromkeys(names)}
    try:
        done = denominate(own.matrix, indicators, below, divisions, rows=_rows(panel), boundaries=panel.areas)
    except PanelError as problem:
        raise PanelError([_located(finding, panel) for finding in problem.findings]) from None
    noise, flags = own.noise.copy(), own.flags.copy()
    for column, name in enumerate(indicators):
        if name in divisions:
            other = panel.indicators.index(divisions[name].denominator)
            if not np.isnan(panel.noise[other]):
                noise[column] = np.hypot(noise[column], panel.noise[other])
            flags[:, column] = [
                _joined(*pair) for pair in zip(flags[:, column], panel.flags[:, other], strict=True)
            ]
    units = units_in(panel, divides=True)
    return replace(own, matrix=done.values, flags=flags, units=units, noise=noise), done.findings


def _joined(above: str, below: str) -> str:
    """Return the flags of a quotient; without a numerator there is none to speak of."""
    names = [name for flags in (above, below) for name in str(flags).split(";") if name]
    return str(above) if "missing" in names else ";".join(dict.fromkeys(names))


def quotient_unit(above: str, below: str, factor: float = 1.0) -> str:
    """Return the unit of a quotient.

    Parameters
    ----------
    above, below : units of indicator and denominator, empty if unknown.
    factor : what the quotient is multiplied by.

    Examples
    --------
    >>> quotient_unit("万元", "万人"), quotient_unit("篇", "人", 1000), quotient_unit("亿元", "亿元", 100)
    ('万元 / 万人', '篇 / 1000 人', '%')
    """
    if above == below and factor in _SHARES:
        return _SHARES[factor]
    size = "" if factor == 1 else f"{factor:.15g} "
    return f"{above} / {size}{below}".strip() if above or below else ""


def units_in(panel: Panel, *, divides: bool) -> dict[str, str]:
    """Return the unit of every indicator as it enters an index: that of the quotient where the index divides."""
    made = {name: _unit(panel, name, division) for name, division in panel.divisions.items()}
    return {**panel.units, **(made if divides else {})}


def _unit(panel: Panel, name: str, division: Division) -> str:
    units = panel.units
    return quotient_unit(units.get(name, ""), units.get(division.denominator, ""), division.factor)


def _rows(panel: Panel) -> list[str]:
    """Name the rows: the place, with its year when there are several."""
    if len(panel.calendar) == 1:
        return list(panel.places)
    return [f"{place} {year}" for place, year in zip(panel.places, panel.years, strict=True)]


def _located(finding: Finding, panel: Panel) -> Finding:
    """Say in which file and row the denominator stands, if it does."""
    row = finding.params.get("position")
    if not isinstance(row, int) or panel.cells.empty:
        return finding
    cells = panel.cells
    here = cells["place"].eq(panel.places[row]) & cells["year"].eq(panel.years[row])
    cell = cells[here & cells["indicator"].eq(finding.params["denominator"])]
    if cell.empty or "file" not in cell:
        return finding
    first = cell.iloc[0]
    return replace(finding, file=str(first["file"]), row=int(first["row"]), column=str(first["column"]))
