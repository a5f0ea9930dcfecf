"""Pairwise judgements: from a list of pairs to a reciprocal matrix, and what such a matrix must be."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, ModelError

Matrix = NDArray[np.float64]

_RECIPROCAL = 1e-6


def judgement_matrix(
    pairs: Iterable[tuple[str, str, float]], items: Sequence[str], expert: str = ""
) -> Matrix:
    """Build the reciprocal matrix of one expert from judgements of each pair of items.

    Parameters
    ----------
    pairs : (first, second, how many times more the first matters than the second), each pair once in any order.
    items : in the order wanted for rows and columns.

    Raises
    ------
    ModelError
        S148 a judgement that is not positive, S150 a pair judged never or more than once, S157 an unknown item.
        All that is wrong is named at once.

    Examples
    --------
    >>> judgement_matrix([("a", "b", 2), ("c", "a", 0.25), ("b", "c", 2)], ["a", "b", "c"]).tolist()
    [[1.0, 2.0, 4.0], [0.5, 1.0, 2.0], [0.25, 0.5, 1.0]]
    """
    place = {item: position for position, item in enumerate(items)}
    matrix = np.eye(len(place))
    times = np.eye(len(place), dtype=int)
    found = []
    for first, second, value in pairs:
        unknown = [item for item in (first, second) if item not in place]
        if unknown:
            params = {"expert": expert or "-", "item": unknown[0], "items": tuple(items)}
            found.append(Finding("S157", params=params))
        elif not (np.isfinite(value) and value > 0):
            judged = {"expert": expert or "-", "first": first, "second": second, "value": value}
            found.append(Finding("S148", params=judged))
        else:
            i, j = place[first], place[second]
            matrix[i, j], matrix[j, i] = value, 1 / value
            times[i, j] += 1
            times[j, i] += i != j
    found += _repeated(times, items, expert)
    if found:
        raise ModelError(found)
    return matrix


def _repeated(times: NDArray[np.int_], items: Sequence[str], expert: str) -> list[Finding]:
    """Name the pairs, each item with itself included, that are not judged exactly once."""
    wrong = np.argwhere(np.triu(times != 1))
    return [
        Finding(
            "S150",
            params={
                "expert": expert or "-",
                "first": items[i],
                "second": items[j],
                "times": int(times[i, j]),
            },
        )
        for i, j in wrong
    ]


def require_judgements(a: Matrix, items: Sequence[str], expert: str = "") -> None:
    """Refuse a matrix that is not one of judgements.

    Raises
    ------
    ModelError
        S148 values missing, zero or negative; S147 pairs that are not reciprocal to each other, with both values.
    ValueError
        When the matrix is not square or has not one row an item: a mistake of the caller, not of the data.
    """
    if a.shape != (len(items), len(items)):
        message = f"judgements of {len(items)} items have the shape {a.shape}"
        raise ValueError(message)
    with np.errstate(invalid="ignore"):
        positive = np.isfinite(a) & (a > 0)
    code, bad = "S148", ~positive
    if not bad.any():
        code, bad = "S147", np.triu(np.abs(a * a.T - 1) > _RECIPROCAL)
    if bad.any():
        told = [
            {"first": items[i], "second": items[j], "value": float(a[i, j]), "back": float(a[j, i])}
            for i, j in np.argwhere(bad)
        ]
        raise ModelError([Finding(code, params={"expert": expert or "-", **params}) for params in told])
