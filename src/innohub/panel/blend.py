"""One panel out of two: some places as one source has them, the others as the other does."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from innohub.panel.panel import Panel


def aligned(panel: Panel, year: int) -> Panel:
    """Return a panel whose years are counted so that its own year becomes another."""
    return replace(panel, year=year, years=panel.years + (year - panel.year))


def blend(one: Panel, other: Panel, from_other: Collection[str], places: Sequence[str]) -> Panel:
    """Take each place whole, with all its years, from one of two panels.

    Parameters
    ----------
    one, other : panels of the same indicators in the same order, about the same year (see :func:`aligned`).
    from_other : the places that are read from the second panel.
    places : the places to keep, in this order within each year; one that the chosen panel lacks is read from the
        panel that has it.

    Returns
    -------
    A panel with what is known of indicators (directions, limits, units) as the first panel has it.
    """
    here, there = set(one.places), set(other.places)
    chosen = {place: (place in from_other or place not in here) and place in there for place in places}
    order = {place: position for position, place in enumerate(places)}
    rows = [
        (int(panel.years[row]), order[place], source, row)
        for source, panel in enumerate((one, other))
        for row, place in enumerate(panel.places)
        if place in order and chosen[place] == bool(source)
    ]
    rows.sort()
    first = np.array([source == 0 for _, _, source, _ in rows], dtype=bool)
    at = np.array([row for *_, row in rows], dtype=np.intp)
    matrix = np.empty((len(rows), len(one.indicators)))
    flags = np.empty(matrix.shape, dtype=object)
    for panel, mask in ((one, first), (other, ~first)):
        matrix[mask], flags[mask] = panel.matrix[at[mask]], panel.flags[at[mask]]
    return replace(
        one,
        places=tuple(places[position] for _, position, *_ in rows),
        years=np.array([year for year, *_ in rows], dtype=np.int64),
        matrix=matrix,
        flags=flags,
        findings=(),
    )
