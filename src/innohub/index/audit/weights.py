"""Weights from printed numbers: which weights reproduce them within their rounding, as linear programs."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, nnls

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Rows = NDArray[np.bool_]

# In half-units of the last decimal; below it a miss is the arithmetic's, not the table's.
NEAR = 1e-6
_EVEN = 1e-9


@dataclass(frozen=True)
class Band:
    """What rows ask of the parameters w: ``least @ w <= high`` and ``most @ w >= low``.

    Attributes
    ----------
    least, most : (rows, parameters); they differ where the numbers that go in are rounded too.
    low, high : (rows,) ends of what the printed number stands for; infinite where it bounds one side only.
    unit : (rows,) half the width of the rounding, in which misses are measured.
    shares : whether w are weights: zero or above, with a sum of one.
    """

    least: Matrix
    most: Matrix
    low: Vector
    high: Vector
    unit: Vector
    shares: bool = True

    def only(self, rows: Rows | NDArray[np.intp]) -> "Band":
        """Return the band of some of the rows."""
        least, most, low, high, unit = (
            part[rows] for part in (self.least, self.most, self.low, self.high, self.unit)
        )
        return replace(self, least=least, most=most, low=low, high=high, unit=unit)

    @property
    def free(self) -> int:
        """How many parameters can be chosen."""
        return int(self.least.shape[1]) - int(self.shares)

    def misses(self, w: Vector) -> Vector:
        """Return by how many half-units each row misses, (rows,); zero where it fits."""
        over = (self.least @ w - self.high) / self.unit
        under = (self.low - self.most @ w) / self.unit
        return np.maximum(np.maximum(over, under), 0.0)


def centre(band: Band) -> tuple[Vector, float] | None:
    """Return the parameters whose largest miss is least, and that miss in half-units (negative: room to spare).

    None where the program has no solution at all.
    """
    above, below = np.isfinite(band.high), np.isfinite(band.low)
    size = band.least.shape[1]
    scale = band.unit[:, None]
    matrix = np.vstack([(band.least / scale)[above], (-band.most / scale)[below]])
    bound = np.concatenate([(band.high / band.unit)[above], (-band.low / band.unit)[below]])
    matrix = np.column_stack([matrix, -np.ones(len(matrix))])
    cost = np.append(np.zeros(size), 1.0)
    ends = [(0.0, 1.0) if band.shares else (None, None)] * size + [(-1.0, None)]
    total = np.append(np.ones(size), 0.0)[None, :] if band.shares else None
    found = linprog(
        cost,
        A_ub=matrix,
        b_ub=bound,
        A_eq=total,
        b_eq=[1.0] if band.shares else None,
        bounds=ends,
        method="highs",
    )
    return None if found.x is None else (np.asarray(found.x[:size]), float(found.x[size]))


def ranges(band: Band, slack: float = NEAR) -> tuple[Vector, Vector]:
    """Return the least and the greatest value of every parameter that reproduces all rows, (parameters,) each."""
    above, below = np.isfinite(band.high), np.isfinite(band.low)
    scale = band.unit[:, None]
    matrix = np.vstack([(band.least / scale)[above], (-band.most / scale)[below]])
    bound = np.concatenate([(band.high / band.unit)[above], (-band.low / band.unit)[below]]) + slack
    size = band.least.shape[1]
    ends = np.full((2, size), np.nan)
    for j in range(size):
        for side, sign in enumerate((1.0, -1.0)):
            cost = np.zeros(size)
            cost[j] = sign
            found = linprog(
                cost, A_ub=matrix, b_ub=bound, A_eq=np.ones((1, size)) if band.shares else None,
                b_eq=[1.0] if band.shares else None, bounds=(0, 1) if band.shares else (None, None), method="highs",
            )  # fmt: skip
            if found.x is not None:
                ends[side, j] = found.x[j]
            elif found.status == 3:
                ends[side, j] = -sign * np.inf
    return ends[0], ends[1]


def least_squares_shares(matrix: Matrix, target: Vector) -> Vector:
    """Return the weights, zero or above with a sum of one, with the least sum of squared differences.

    With d = matrix - target in every row and weights that sum to one the difference is D w; the minimum of
    |D u|² + (sum u - 1)² over u >= 0 lies on the same ray (Lawson & Hanson 1974, Solving Least Squares Problems,
    ch. 23), so no penalty has to be chosen.

    Examples
    --------
    >>> s = np.array([[80, 60, 70], [55, 90, 40], [62, 48, 88], [91, 73, 52], [35, 66, 59.0]])
    >>> least_squares_shares(s, s @ [0.5, 0.3, 0.2]).round(9).tolist()
    [0.5, 0.3, 0.2]
    """
    away = matrix - target[:, None]
    size = float(np.abs(away).max()) or 1.0
    system = np.vstack([away / size, np.ones(matrix.shape[1])])
    found = nnls(system, np.append(np.zeros(len(target)), 1.0))[0]
    total = float(found.sum())
    shares: Vector = found / total if total > 0 else np.full(matrix.shape[1], 1 / matrix.shape[1])
    return shares


def simplest(low: float, high: float) -> float:
    """Return the number with the fewest decimals between two; their middle where none has nine or fewer.

    >>> simplest(0.4982, 0.5018), simplest(19.97, 20.04), simplest(74_000, 75_900)
    (0.5, 20.0, 75000.0)
    """
    middle = (low + high) / 2
    if not np.isfinite(middle):
        return middle
    top = int(np.ceil(np.log10(max(abs(low), abs(high), 1e-300)))) + 1
    for decimals in range(-max(top, 0), 10):
        step = 10.0**-decimals
        candidate = round(middle / step) * step
        if low - _EVEN * abs(low) <= candidate <= high + _EVEN * abs(high) and (
            candidate or low <= 0 <= high
        ):
            return round(float(candidate), max(decimals, 0))
    return middle


def simplest_shares(low: Vector, high: Vector, band: Band) -> Vector | None:
    """Return the weights with the fewest decimals that reproduce all rows; equal ones first; None where none do.

    Weights are rounded together (largest remainder), so that they still sum to one.
    """
    size = len(low)
    even = np.full(size, 1 / size)
    if (band.misses(even) <= NEAR).all():
        return even
    middle = (low + high) / 2
    middle = middle / middle.sum()
    for decimals in range(1, 6):
        units = middle * 10**decimals
        parts = np.floor(units)
        short = round(10**decimals - float(parts.sum()))
        parts[np.argsort(parts - units)[: max(short, 0)]] += 1
        shares: Vector = parts / 10**decimals
        if (band.misses(shares) <= NEAR).all():
            return shares
    return None
