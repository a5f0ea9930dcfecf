"""Leave out places whose data do not carry a comparison (OECD/JRC Handbook 2008, steps 2 and 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Shares such as 2/3 are not exact in binary; a place that just meets the limit stays.
_SLACK = 1e-12


@dataclass(frozen=True)
class Screening:
    """Which places stay, and why.

    ``kept`` (places,); ``available`` (places,) the share of indicators with a value; ``nonzero`` (places,) the share
    of these that are not zero, NaN for a place without any value; ``findings`` names every place left out.
    """

    kept: Mask
    available: Vector
    nonzero: Vector
    findings: tuple[Finding, ...]


def screen(
    x: Matrix,
    places: Sequence[str],
    *,
    min_available: float | None = None,
    min_nonzero: float | None = None,
    always: Sequence[str] = (),
    never: Sequence[str] = (),
) -> Screening:
    """Screen places by the share of values present (by_missing), of values that are not zero (by_zero), or by both.

    A place with exactly the share asked for stays. A place without any value has no share of zeros and cannot fail
    that rule. ``always`` and ``never`` override the rules (Becker et al. 2022, JOSS 7(78):4567).

    Parameters
    ----------
    x : (places, indicators), NaN for missing.
    places : ids of the rows.
    min_available, min_nonzero : least shares, 0 to 1; None leaves the rule out.
    always, never : ids of places that stay, or go, whatever their data.

    Raises
    ------
    PanelError
        P120 no place is left; P121 ``always`` or ``never`` names an unknown place.

    Examples
    --------
    >>> x = np.array([[1.0, 0.0, 3.0], [np.nan, np.nan, 2.0]])
    >>> screen(x, ["a", "b"], min_available=2 / 3).kept
    array([ True, False])
    """
    unknown = [place for place in (*always, *never) if place not in set(places)]
    if unknown:
        raise PanelError([Finding("P121", value=place, params={"place": place}) for place in unknown])
    present = ~np.isnan(x)
    count = present.sum(axis=1)
    available = count / x.shape[1]
    nonzero = np.divide((present & (x != 0)).sum(axis=1), count, out=np.full(len(x), np.nan), where=count > 0)
    lacking = np.zeros(len(x), dtype=bool)
    if min_available is not None:
        lacking |= available < min_available - _SLACK
    if min_nonzero is not None:
        lacking |= nonzero < min_nonzero - _SLACK
    kept = (~lacking | np.isin(places, list(always))) & ~np.isin(places, list(never))
    if not kept.any():
        raise PanelError(Finding("P120", params={"places": len(places)}))
    findings = [
        Finding(
            "P122",
            "note",
            params={
                "place": places[row],
                "available": f"{available[row]:.3g}",
                "nonzero": "–" if np.isnan(nonzero[row]) else f"{nonzero[row]:.3g}",
            },
        )
        for row in np.flatnonzero(~kept).tolist()
    ]
    return Screening(kept, available, nonzero, tuple(findings))
