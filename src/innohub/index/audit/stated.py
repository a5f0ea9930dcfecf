"""Weights that a text states, held against the table: do they hold, where do they miss, are two exchanged."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit.aggregation import Scores, band_of, mean_of
from innohub.index.audit.outcome import Outcome
from innohub.index.audit.weights import NEAR

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

# Normaliser, directions, rows its bounds are over, scores, and what one unit of each input moves them by.
Case = tuple[str, tuple[int, ...], str, Matrix, Matrix]


def hold_stated(
    found: Outcome,
    cases: Sequence[Case],
    rows: Rows,
    printed: tuple[Vector, Vector],
    given: tuple[Vector, Vector],
) -> dict[str, object]:
    """Hold weights that a text states against the table; decimals that are not printed count in their favour.

    Parameters
    ----------
    given : the stated weights and the half-units of the inputs, (columns,) each.

    Returns
    -------
    ``holds``; ``misses`` (rows,) the difference by row under the convention that fits best, or under arithmetic
    means; ``exchanged``, two positions of columns whose weights fit when they change places.
    """
    stated, half = given
    shares = stated / stated.sum()
    best = found.fits[0] if found.fits else None
    key = (
        (best.parameters["normaliser"], best.parameters["directions"], best.parameters["over"])
        if best
        else None
    )
    case = next((case for case in cases if case[:3] == key), cases[0])
    name = best.convention if best and best.weights is not None else "arithmetic"
    z, room = case[3][rows], (case[4] * half)[rows]
    scores = Scores(z - room, z + room, printed[0][rows], printed[1][rows])
    keep = np.ones(int(rows.sum()), dtype=bool)
    if best:
        keep[list(best.misfits)] = False
    misses = np.abs(mean_of(name, z, shares) - scores.printed)
    holds = _reproduces(name, scores, shares, keep)
    exchanged = None if holds or not best else _exchanged(name, scores, shares, keep)
    told = np.where(keep, misses, 0.0)
    return {"holds": holds, "misses": told, "exchanged": exchanged, "shares": shares, "aggregation": name}


def _exchanged(name: str, scores: Scores, shares: Vector, keep: Rows) -> tuple[int, int] | None:
    """Return two positions whose weights reproduce the rows when they change places."""
    for first, second in combinations(range(len(shares)), 2):
        other = shares.copy()
        other[[first, second]] = other[[second, first]]
        if shares[first] != shares[second] and _reproduces(name, scores, other, keep):
            return first, second
    return None


def _reproduces(name: str, scores: Scores, shares: Vector, keep: Rows) -> bool:
    kept = replace(
        scores, least=scores.least[keep], most=scores.most[keep], low=scores.low[keep], high=scores.high[keep]
    )
    band = band_of(name, kept)
    return band is not None and bool((band.misses(shares) <= NEAR + 1e-6).all())
