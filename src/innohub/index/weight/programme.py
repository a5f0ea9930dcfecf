"""Many small linear programmes at once: the simplex method on stacks of dictionaries."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.intp]

_ZERO = 1e-11
_MOST_VALUES = 2_000_000


def maximise(objective: Array, rows: Array, limits: Array) -> Array:
    """Maximise c · w subject to A w <= b and w >= 0, for many programmes at once.

    The simplex method from w = 0 with Bland's rule (1977), doi 10.1287/moor.2.2.103, which never cycles; every b is
    zero or above, so that w = 0 is feasible, and the programmes are bounded.

    Parameters
    ----------
    objective : (programmes, variables); rows : (programmes, limits, variables); limits : (limits,) not negative.

    Returns
    -------
    (programmes, variables), a corner at which the objective is largest.

    Examples
    --------
    >>> maximise(np.array([[0.5, 0.4]]), np.array([[[0.8, 0.3], [0.4, 0.9], [0.5, 0.4]]]), np.ones(3)).round(6).tolist()
    [[1.0, 0.666667]]
    """
    found = np.empty_like(objective)
    step = max(1, _MOST_VALUES // ((rows.shape[1] + 1) * (rows.shape[2] + 1)))
    for start in range(0, len(objective), step):
        some = slice(start, start + step)
        found[some] = _solve(objective[some], rows[some], limits)
    return found


def _solve(objective: Array, rows: Array, limits: Array) -> Array:
    """Pivot all programmes of a stack until none can be improved."""
    count, height, width = rows.shape
    table = np.zeros((count, height + 1, width + 1))
    table[:, :-1, :-1], table[:, :-1, -1], table[:, -1, :-1] = rows, limits, -objective
    outside = np.tile(np.arange(width), (count, 1))
    basis = np.tile(np.arange(width, width + height), (count, 1))
    going = np.arange(count)
    while True:
        better = table[going, -1, :-1] < -_ZERO
        still = better.any(axis=1)
        going, better = going[still], better[still]
        if not len(going):
            return _corner(table, basis, width)
        enter = np.where(better, outside[going], width + height).argmin(axis=1)
        column = table[going, :-1, enter]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(column > _ZERO, table[going, :-1, -1] / column, np.inf)
        least = ratio.min(axis=1, keepdims=True)
        leave = np.where(ratio <= least * (1 + _ZERO) + 1e-15, basis[going], width + height).argmin(axis=1)
        _pivot(table, going, leave, enter)
        at, out = (going, leave), (going, enter)
        basis[at], outside[out] = outside[out], basis[at]


def _pivot(table: Array, going: Whole, leave: Whole, enter: Whole) -> None:
    """Exchange one variable of the basis for one outside it, in the dictionaries that go on."""
    some, each = table[going], np.arange(len(going))
    pivot = some[each, leave, enter]
    column = some[each, :, enter]
    row = some[each, leave] / pivot[:, None]
    some -= column[:, :, None] * row[:, None, :]
    some[each, :, enter] = -column / pivot[:, None]
    row[each, enter] = 1 / pivot
    some[each, leave] = row
    # What rounding leaves below zero on the right would otherwise be taken for an infeasible corner.
    some[:, :-1, -1] = np.maximum(some[:, :-1, -1], 0.0)
    table[going] = some


def _corner(table: Array, basis: Whole, width: int) -> Array:
    """Read the variables off the dictionaries; those outside the basis are zero."""
    found = np.zeros((len(table), width))
    programme, row = np.nonzero(basis < width)
    found[programme, basis[programme, row]] = table[programme, row, -1]
    return found
