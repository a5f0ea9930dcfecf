"""Exact natural breaks for one or many score vectors at once (Fisher 1958; Jenks 1967)."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Sizes = NDArray[np.intp]

_BLOCK = 4_000_000


def natural_breaks(scores: Matrix, classes: int) -> Sizes:
    """Split every score vector into classes of least within-class sum of squares.

    The optimum is exact: dynamic programming over the sorted scores, all vectors in step
    (Fisher 1958, JASA 53:789-798). Among equal optima the one with the larger lower classes is taken.

    Parameters
    ----------
    scores : (vectors, places), finite.
    classes : number of classes, at most the number of places.

    Returns
    -------
    (vectors, classes) class sizes, from the highest class down.

    Examples
    --------
    >>> natural_breaks(np.array([[1.0, 2, 3, 10, 11, 30]]), 3).tolist()
    [[1, 2, 3]]
    >>> natural_breaks(np.array([[1.0, 2, 3, 10, 11, 30]]), 2).tolist()
    [[1, 5]]
    """
    vectors, places = scores.shape
    step = max(1, _BLOCK // (places * classes))
    blocks = [_split(scores[start : start + step], classes) for start in range(0, vectors, step)]
    return np.concatenate(blocks) if blocks else np.empty((0, classes), dtype=np.intp)


def _split(scores: Matrix, classes: int) -> Sizes:
    """Solve one block; arrays run (position, vectors) so that each step reads memory in line."""
    ordered = -np.sort(-(scores - scores.mean(axis=1, keepdims=True)), axis=1).T
    places, vectors = ordered.shape
    total = np.concatenate([np.zeros((1, vectors)), np.cumsum(ordered, axis=0)])
    best = np.full((places + 1, vectors), -np.inf)
    best[1:] = total[1:] ** 2 / np.arange(1, places + 1)[:, None]
    cut = np.zeros((classes, places + 1, vectors), dtype=np.int32)
    for level in range(1, classes):
        earlier, best = best, np.full((places + 1, vectors), -np.inf)
        for end in range(level + 1, places + 1):
            start = np.arange(level, end)
            gain = earlier[start] + (total[end] - total[start]) ** 2 / (end - start)[:, None]
            choice = gain.argmax(axis=0)
            best[end] = np.take_along_axis(gain, choice[None, :], axis=0)[0]
            cut[level, end] = start[choice]
    return _read_back(cut, places)


def _read_back(cut: NDArray[np.int32], places: int) -> Sizes:
    """Follow the cuts from the last class to the first."""
    classes, _, vectors = cut.shape
    sizes = np.empty((vectors, classes), dtype=np.intp)
    end = np.full(vectors, places, dtype=np.intp)
    for level in range(classes - 1, 0, -1):
        start = cut[level, end, np.arange(vectors)].astype(np.intp)
        sizes[:, level] = end - start
        end = start
    sizes[:, 0] = end
    return sizes


def goodness_of_fit(scores: Matrix, sizes: Sizes) -> float:
    """Goodness of variance fit: one minus the within-class share of the total sum of squares.

    Parameters
    ----------
    scores : (places,); sizes : (classes,) from the highest down.

    Examples
    --------
    >>> round(goodness_of_fit(np.array([1.0, 2, 3, 10, 11, 30]), np.array([1, 2, 3])), 6)
    0.995788
    """
    ordered = np.sort(scores)[::-1]
    total = ((ordered - ordered.mean()) ** 2).sum()
    parts = np.split(ordered, np.cumsum(sizes)[:-1])
    within = sum(float(((part - part.mean()) ** 2).sum()) for part in parts if len(part))
    return 1.0 if total == 0 else float(1 - within / total)
