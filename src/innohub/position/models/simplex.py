"""The mixture that comes nearest to a vector: least squares with weights of zero or above that sum to one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.optimize import linprog, nnls

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

# Two weights closer than this count as one; it is the tolerance of the linear programs below.
NEAR = 1e-6


@dataclass(frozen=True)
class Mixture:
    """The nearest mixture of vectors: weights, their range, and what is left.

    ``weights`` (vectors,) sum to one. ``low`` and ``high`` (vectors,) tell how far each weight can go without
    moving the mixture: they equal the weights where only one set of weights is best. ``fitted`` (slots,) is the
    mixture itself and ``residual`` its Euclidean distance from the target.
    """

    weights: Vector
    low: Vector
    high: Vector
    fitted: Vector
    residual: float

    @property
    def unique(self) -> bool:
        """Whether no other weights give the same mixture."""
        return bool((self.high - self.low < NEAR).all())


def nearest_mixture(vectors: Matrix, target: Vector) -> Mixture:
    """Return the point of the convex hull of some vectors that is nearest to a target.

    With d_j = v_j - target and weights that sum to one, the residual is D w. The minimum over u >= 0 of
    |D u|^2 + (sum u - 1)^2 lies on the same ray as the constrained minimum: for u = s w the best s gives
    |D w|^2 / (1 + |D w|^2), which rises with |D w|. So one non-negative least squares (Lawson & Hanson 1974,
    Solving Least Squares Problems, ch. 23) is exact; no penalty has to be chosen. Where several sets of
    weights give the same mixture, the most even one is returned, with the range of every weight.

    Parameters
    ----------
    vectors : (vectors, slots), finite.
    target : (slots,), finite.

    Examples
    --------
    >>> models = np.array([[0.9, 0.4, 0.3], [0.4, 0.9, 0.4], [0.3, 0.4, 0.9]])
    >>> found = nearest_mixture(models, np.array([0.60, 0.55, 0.40]))
    >>> found.weights.round(6).tolist(), round(found.residual, 6)
    ([0.492424, 0.348485, 0.159091], 0.049237)
    """
    away = (vectors - target).T
    size = float(np.abs(away).max()) or 1.0
    system = np.vstack([away / size, np.ones(len(vectors))])
    weights = nnls(system, np.append(np.zeros(len(target)), 1.0))[0]
    weights = weights / weights.sum()
    low = high = weights
    joined = np.vstack([vectors.T / (np.abs(vectors).max() or 1.0), np.ones(len(vectors))])
    free = null_space(joined, rcond=1e-10)
    if free.shape[1]:
        low, high = _ranges(joined, weights)
        if (high - low >= NEAR).any():
            weights = _most_even(weights, free)
    fitted = weights @ vectors
    return Mixture(weights, low, high, fitted, float(np.linalg.norm(fitted - target)))


def _ranges(joined: Matrix, weights: Vector) -> tuple[Vector, Vector]:
    """Return the least and the largest value of each weight among those that give the same mixture."""
    same = joined @ weights
    ends = np.empty((2, len(weights)))
    for j in range(len(weights)):
        for row, sign in enumerate((1.0, -1.0)):
            cost = np.zeros(len(weights))
            cost[j] = sign
            found = linprog(cost, A_eq=joined, b_eq=same, bounds=(0, 1), method="highs")
            ends[row, j] = weights[j] if found.x is None else found.x[j]
    return np.minimum(ends[0], weights), np.maximum(ends[1], weights)


def _most_even(weights: Vector, free: Matrix) -> Vector:
    """Return the weights with the least sum of squares among those that give the same mixture.

    They are ``base + free z`` with ``base`` orthogonal to ``free``: minimise |z| subject to free z >= -base, the
    least distance problem of Lawson & Hanson (1974, ch. 23).
    """
    base = weights - free @ (free.T @ weights)
    # A weight that is zero but for rounding must not become a bound that has to be forced.
    base, free = (np.where(np.abs(part) < 1e-12, 0.0, part) for part in (base, free))
    system = np.vstack([free.T, -base])
    goal = np.append(np.zeros(free.shape[1]), 1.0)
    left = system @ nnls(system, goal)[0] - goal
    moved: Vector = np.clip(base + free @ (-left[:-1] / left[-1]), 0.0, None)
    even: Vector = moved / moved.sum()
    return even
