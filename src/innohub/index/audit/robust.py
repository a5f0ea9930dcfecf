"""The smallest set of rows that no parameters reproduce: typing errors, overrides, rules of exception."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from innohub.index.audit.weights import NEAR, Band, centre

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

_STARTS, _FOLLOWED, _STEPS, _SEED = 300, 20, 4, 7


@dataclass(frozen=True)
class Kept:
    """Rows reproduced together (rows,), and parameters that do it."""

    rows: Rows
    parameters: Vector


def keep_rows(band: Band, most: int) -> Kept | None:
    """Return the largest set of rows that some parameters reproduce, leaving out at most ``most``; None where none.

    All rows are tried first. Then least trimmed squares (Rousseeuw & Van Driessen 2006, doi 10.1007/s10618-005-0024-4)
    finds rows that go together, whatever the others say and however far out they lie, and linear programs
    bring back as many of the others as can be.
    """
    whole = np.ones(len(band.low), dtype=bool)
    if _may_fit(band) and (found := centre(band)) and found[1] <= NEAR:
        return Kept(whole, found[0])
    if most < 1:
        return None
    inner = _trimmed(band, most)
    if not inner.any() or not _may_fit(band.only(inner)):
        return None
    found = centre(band.only(inner))
    if not found or found[1] > NEAR:
        return None
    rows = _bring_back(band, inner)
    found = centre(band.only(rows)) if (~rows).sum() <= most else None
    return Kept(rows, found[0]) if found and found[1] <= NEAR else None


def _system(band: Band) -> tuple[Matrix, Vector]:
    """Return the free parameters' system in half-units: (rows, free) and (rows,), one-sided rows at their end."""
    matrix = (band.least + band.most) / 2
    low, high = (
        np.where(np.isfinite(band.low), band.low, band.high),
        np.where(np.isfinite(band.high), band.high, band.low),
    )
    wide = band.unit + np.abs(band.most - band.least).max(axis=1, initial=0.0) / 2
    target = (low + high) / 2
    if band.shares:
        target = target - matrix[:, -1]
        matrix = matrix[:, :-1] - matrix[:, -1:]
    return matrix / wide[:, None], target / wide


def _may_fit(band: Band) -> bool:
    """Say whether the rows can fit at all: where they do, least squares leaves less than one half-unit on average."""
    matrix, target = _system(band.only(_two_ended(band)))
    if not len(target):
        return True
    left = target - matrix @ np.linalg.lstsq(matrix, target, rcond=None)[0] if matrix.shape[1] else target
    return bool(np.mean(left**2) <= 1 + NEAR)


def _two_ended(band: Band) -> Rows:
    return np.asarray(np.isfinite(band.low) & np.isfinite(band.high))


def _trimmed(band: Band, most: int) -> Rows:
    """Return the rows with two ends that least trimmed squares keeps; no others are among them."""
    two = np.flatnonzero(_two_ended(band))
    matrix, target = _system(band.only(two))
    count, free = matrix.shape
    keep = max(count - most, min(count, free + 2))
    rng = np.random.default_rng(_SEED)
    size = min(count, max(free + 1, 2))
    some = rng.random((_STARTS, count)).argsort(axis=1)[:, :size]
    for step in range(_STEPS + 1):
        left = _left(matrix, target, some)
        some = np.argpartition(left, keep - 1, axis=1)[:, :keep]
        loss = (np.take_along_axis(left, some, axis=1) ** 2).sum(axis=1)
        if step == 0:
            # Most starts hold a slip and lead nowhere; only the most promising are followed up.
            some = some[np.argsort(loss)[:_FOLLOWED]]
    rows = np.zeros(len(band.low), dtype=bool)
    rows[two[some[int(loss.argmin())]]] = True
    return rows


def _left(matrix: Matrix, target: Vector, some: NDArray[np.intp]) -> Matrix:
    """Return what least squares over some rows leaves in every row, (starts, rows)."""
    x, y = matrix[some], target[some]
    square = x.transpose(0, 2, 1) @ x
    # A trace of ridge keeps subsets solvable in which columns coincide.
    ridge = 1e-12 * np.trace(square, axis1=1, axis2=2) + 1e-300
    square += ridge[:, None, None] * np.eye(matrix.shape[1])
    solved = np.linalg.solve(square, (x * y[:, :, None]).sum(axis=1)[:, :, None])[:, :, 0]
    return np.abs(target - solved @ matrix.T)


def _bring_back(band: Band, inner: Rows) -> Rows:
    """Return the inner rows and those of the others that fit together with them, the least missed first.

    The order is that of the parameters with the least sum of misses over the others (a linear program), which are
    exact for every row that can be reproduced where few cannot.
    """
    rows, others = inner.copy(), np.flatnonzero(~inner)
    for row in others[np.argsort(_least_missed(band, inner)[others], kind="stable")]:
        rows[row] = True
        found = centre(band.only(rows))
        rows[row] = bool(found and found[1] <= NEAR)
    return rows


def _least_missed(band: Band, inner: Rows) -> Vector:
    """Return by how many half-units each row misses, (rows,), where the inner rows fit and the sum is least."""
    size, scale = band.least.shape[1], band.unit[:, None]
    slack = np.eye(len(band.low))[:, ~inner]
    matrix = np.vstack(
        [np.column_stack([band.least / scale, -slack]), np.column_stack([-band.most / scale, -slack])]
    )
    bound = np.concatenate([band.high / band.unit, -band.low / band.unit]) + NEAR
    firm = np.isfinite(bound)
    loose = slack.shape[1]
    found = linprog(
        np.append(np.zeros(size), np.ones(loose)), A_ub=matrix[firm], b_ub=bound[firm],
        A_eq=np.append(np.ones(size), np.zeros(loose))[None, :] if band.shares else None,
        b_eq=[1.0] if band.shares else None,
        bounds=[(0, 1) if band.shares else (None, None)] * size + [(0, None)] * loose, method="highs",
    )  # fmt: skip
    return np.zeros(len(band.low)) if found.x is None else band.misses(np.asarray(found.x[:size]))
