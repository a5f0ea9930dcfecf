"""Solve tiny linear programmes by trying every vertex: slow, obvious, independent of any solver."""

from itertools import combinations

import numpy as np
import pytest

TOLERANCE = 1e-9


def _best_vertex(c, upper, limit, equal=(), level=()):
    """Minimise c v with upper v <= limit, equal v = level, v >= 0; NaN when there is no vertex."""
    size = len(c)
    upper = np.vstack([np.asarray(upper, dtype=float).reshape(-1, size), -np.eye(size)])
    limit = np.concatenate([np.asarray(limit, dtype=float), np.zeros(size)])
    equal = np.asarray(equal, dtype=float).reshape(-1, size)
    level = np.asarray(level, dtype=float)
    best = np.nan
    for active in combinations(range(len(upper)), size - len(equal)):
        rows = np.vstack([equal, upper[list(active)]])
        if np.linalg.matrix_rank(rows) < size:
            continue
        v = np.linalg.solve(rows, np.concatenate([level, limit[list(active)]]))
        if (upper @ v <= limit + TOLERANCE).all():
            best = np.fmin(best, float(c @ v))
    return best


@pytest.fixture(scope="session")
def best_vertex():
    return _best_vertex
