"""Many small linear programmes at once: stacked on a diagonal, solved together by HiGHS."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from innohub.errors import Finding, NoSolutionError

Array = NDArray[np.float64]
_HIGHS: Callable[..., Any] = linprog
_TOGETHER = 32
_TOLERANCE = 1e-10
_INFEASIBLE = 2


@dataclass(frozen=True)
class Programmes:
    """Linear programmes of one shape: minimise c v with upper v <= limit, equal v = level, v >= 0.

    ``c`` (programmes, variables); ``upper`` (programmes, rows, variables) and ``limit`` (programmes,
    rows); ``equal`` (programmes, rows, variables) and ``level`` (programmes, rows), possibly no rows.
    """

    c: Array
    upper: Array
    limit: Array
    equal: Array
    level: Array


def minimise(programmes: Programmes) -> tuple[Array, Array]:
    """Solve every programme.

    The programmes are independent, so that a block-diagonal programme of many has the same optima; its
    cost is that of one call of the solver. A block that turns out infeasible is halved until the
    infeasible programmes stand alone.

    Returns
    -------
    value (programmes,) and solution (programmes, variables), NaN where a programme is infeasible.

    Raises
    ------
    NoSolutionError
        N011 when the solver stops for any other reason than optimality or infeasibility.
    """
    solution = np.full(programmes.c.shape, np.nan)
    for start in range(0, len(solution), _TOGETHER):
        _solve(programmes, slice(start, min(start + _TOGETHER, len(solution))), solution)
    return (programmes.c * solution).sum(axis=1), solution


def _solve(programmes: Programmes, block: slice, solution: Array) -> None:
    found = _HIGHS(
        programmes.c[block].ravel(),
        A_ub=_diagonal(programmes.upper[block]),
        b_ub=programmes.limit[block].ravel(),
        A_eq=_diagonal(programmes.equal[block]) if programmes.equal.shape[1] else None,
        b_eq=programmes.level[block].ravel() if programmes.equal.shape[1] else None,
        method="highs-ds",
        options={
            "presolve": False,
            "primal_feasibility_tolerance": _TOLERANCE,
            "dual_feasibility_tolerance": _TOLERANCE,
        },
    )
    if found.status == 0:
        solution[block] = found.x.reshape(-1, solution.shape[1])
    elif block.stop - block.start > 1:
        middle = (block.start + block.stop) // 2
        _solve(programmes, slice(block.start, middle), solution)
        _solve(programmes, slice(middle, block.stop), solution)
    elif found.status != _INFEASIBLE:
        raise NoSolutionError(Finding("N011", params={"unit": block.start + 1, "message": found.message}))


def _diagonal(blocks: Array) -> sparse.csr_array:
    """Put dense blocks of one shape (blocks, rows, columns) on the diagonal of a sparse matrix."""
    count, rows, columns = blocks.shape
    index = np.arange(columns)[None, None, :] + columns * np.arange(count)[:, None, None]
    starts = np.arange(0, count * rows * columns + 1, columns)
    flat = np.broadcast_to(index, blocks.shape).ravel()
    return sparse.csr_array((blocks.ravel(), flat, starts), shape=(count * rows, count * columns))
