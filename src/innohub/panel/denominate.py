"""Divide indicators by a measure of size, such as population or output."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Division:
    """How one indicator is divided: by which denominator, and the factor the quotient is multiplied by."""

    denominator: str
    factor: float = 1.0


@dataclass(frozen=True)
class Denominated:
    """Values (rows, indicators) after dividing, what was divided by what, and warnings."""

    values: Matrix
    divisions: Mapping[str, Division]
    findings: tuple[Finding, ...]


def denominate(
    x: Matrix,
    indicators: Sequence[str],
    denominators: Mapping[str, Matrix],
    divisions: Mapping[str, Division],
    *,
    rows: Sequence[str] | None = None,
    boundaries: Mapping[str, str] | None = None,
) -> Denominated:
    """Divide indicators by their denominators: factor · x / d.

    Parameters
    ----------
    x : (rows, indicators), NaN for missing; a missing value stays missing whatever its denominator.
    indicators : ids of the columns.
    denominators : (rows,) values by id of the denominator.
    divisions : the division of each indicator that is divided; the others pass through.
    rows : names of the rows for messages, a place or a place and year.
    boundaries : the area to which an indicator or denominator refers, by id; a quotient of two different areas gives a
        warning.

    Raises
    ------
    PanelError
        P123 for every cell whose denominator is zero or missing; P124 for an unknown indicator or denominator.

    Examples
    --------
    >>> people = {"people": np.array([2.0, 4.0])}
    >>> denominate(np.array([[6.0], [2.0]]), ["papers"], people, {"papers": Division("people", 1000)}).values.tolist()
    [[3000.0], [500.0]]
    """
    _require_known(indicators, denominators, divisions)
    values = x.copy()
    findings: list[Finding] = []
    for name, division in divisions.items():
        column, below = list(indicators).index(name), denominators[division.denominator]
        bad = ~np.isnan(x[:, column]) & (np.isnan(below) | (below == 0))
        for row in np.flatnonzero(bad).tolist():
            place = rows[row] if rows else str(row + 1)
            shown = "–" if np.isnan(below[row]) else "0"
            params = {
                "indicator": name,
                "denominator": division.denominator,
                "place": place,
                "position": row,
            }
            findings.append(Finding("P123", file="panel", column=name, value=shown, params=params))
        with np.errstate(divide="ignore", invalid="ignore"):
            values[:, column] = division.factor * x[:, column] / below
    if findings:
        raise PanelError(findings)
    return Denominated(values, dict(divisions), _mixed(divisions, boundaries or {}))


def _require_known(
    indicators: Sequence[str], denominators: Mapping[str, Matrix], divisions: Mapping[str, Division]
) -> None:
    unknown = [name for name in divisions if name not in indicators]
    below = dict.fromkeys(division.denominator for division in divisions.values())
    unknown += [name for name in below if name not in denominators]
    if unknown:
        raise PanelError([Finding("P124", value=name, params={"name": name}) for name in unknown])


def _mixed(divisions: Mapping[str, Division], boundaries: Mapping[str, str]) -> tuple[Finding, ...]:
    """Warn of quotients whose parts are counted over different areas."""
    found = []
    for name, division in divisions.items():
        above, below = boundaries.get(name), boundaries.get(division.denominator)
        if above and below and above != below:
            params = {
                "indicator": name,
                "area": above,
                "denominator": division.denominator,
                "other": below,
            }
            found.append(Finding("P129", "warning", column=name, params=params))
    return tuple(found)
