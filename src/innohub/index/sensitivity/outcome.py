"""What a run of a design yields: rank shifts, tier membership; and which outputs move at all."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, NoSolutionError

Array = NDArray[np.float64]
Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
_SAME = 1e-12


def rank_shift(ranks: Matrix, nominal: Vector) -> Vector:
    """Mean absolute shift of ranks against the nominal ones, an output for each run.

    Parameters
    ----------
    ranks : (runs, places); nominal : (places,).

    Examples
    --------
    >>> rank_shift(np.array([[1.0, 2, 3], [3, 2, 1]]), np.array([1.0, 2, 3])).round(4).tolist()
    [0.0, 1.3333]
    """
    return np.asarray(np.abs(ranks - nominal).mean(axis=1))


def rank_outputs(ranks: Matrix, nominal: Vector, boundaries: Sequence[int]) -> Matrix:
    """Return what the ranks of each run are judged by; see :func:`output_names`.

    Parameters
    ----------
    ranks : (runs, places); nominal : (places,) the study's own.
    boundaries : number of places above each tier boundary, from the top.

    Returns
    -------
    (runs, outputs): the rank of each place, the mean absolute rank shift, and for each tier boundary the number of
    places that cross it (pairs that change sides count one).
    """
    crossing = [((ranks <= size) != (nominal <= size)).sum(axis=1) / 2 for size in boundaries]
    return np.column_stack([ranks, rank_shift(ranks, nominal), *crossing]).astype(float)


def output_names(places: Sequence[str], boundaries: Sequence[int]) -> list[tuple[str, str]]:
    """Name the outputs of :func:`rank_outputs`: kind, and place or nothing.

    Examples
    --------
    >>> output_names(["a"], [1])
    [('rank', 'a'), ('mean_rank_shift', ''), ('boundary_1', '')]
    """
    crossing = [(f"boundary_{number}", "") for number in range(1, len(boundaries) + 1)]
    return [*(("rank", place) for place in places), ("mean_rank_shift", ""), *crossing]


def tier_membership(tiers: NDArray[np.int64], count: int) -> Array:
    """Say for each tier boundary which places lie above it, as outputs of 0 and 1.

    Parameters
    ----------
    tiers : (runs, places) tier numbers, 0 the highest.
    count : number of tiers.

    Returns
    -------
    (runs, boundaries, places); boundary b lies below tier b.
    """
    boundaries = np.arange(count - 1)[None, :, None]
    return np.asarray(tiers[:, None, :] <= boundaries, dtype=float)


def moves(y: Matrix) -> NDArray[np.bool_]:
    """Say which outputs vary by more than the last bits of their size."""
    return np.asarray(np.ptp(y, axis=0) > _SAME * np.abs(y).max(axis=0))


def require_results(y: Matrix) -> None:
    """Refuse outputs (runs, outputs) with a run that has no result: S202, NoSolutionError."""
    failed = np.flatnonzero(~np.isfinite(y).all(axis=1))
    if len(failed):
        at = (*(str(run + 1) for run in failed[:8]), *(["…"] if len(failed) > 8 else []))
        raise NoSolutionError(Finding("S202", params={"count": len(failed), "runs": at}))


def undefined(defined: NDArray[np.bool_]) -> tuple[Finding, ...]:
    """Note S203: how many outputs have no indices, because nothing moves them."""
    if defined.all():
        return ()
    params = {"count": int((~defined).sum()), "outputs": len(defined)}
    return (Finding("S203", level="note", params=params),)
