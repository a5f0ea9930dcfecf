"""Outranking by pairwise majorities: Copeland, and the order with the most support (Condorcet–Kemeny)."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from innohub.errors import Finding, NoSolutionError
from innohub.index.aggregate.compare import TIE, Params, Weighting, comparing, require, tie_width, total
from innohub.index.aggregate.orders import LONGEST, places_below

Array = NDArray[np.float64]
Whole = NDArray[np.intp]
_CELLS = 1 << 20


def _signs(one: Array, others: Array) -> Array:
    """Return 1 where the one is better, -1 where worse, 0 for ties and where either value is missing."""
    d = one - others
    return np.where(np.abs(d) > tie_width(one, others), np.sign(d), 0.0)


def majorities(x: Array, weights: Array) -> Array:
    """Copeland score: places beaten less places that beat it, by weighted majority of the children.

    i beats k when the weight of children on which i is better exceeds that on which k is; ties of values count half
    for each and so cancel. A pair is compared on the children that both have. Weights whose difference is below ten
    digits of their sum tie.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better, NaN for missing.
    weights : (draws, children).

    Returns
    -------
    (draws, places), whole numbers from -(places - 1) to places - 1.
    """
    places = x.shape[-2]
    scores = np.zeros((places, len(weights)), dtype=np.int32)
    tie = TIE * weights.sum(axis=1)
    for place in range(places - 1):
        signs = _signs(x[..., place : place + 1, :], x[..., place + 1 :, :])
        margins = signs @ weights.T if x.ndim == 2 else total(signs, weights).T
        won = (margins > tie).view(np.int8) - (margins < -tie).view(np.int8)
        scores[place] += won.sum(axis=0, dtype=np.int32)
        scores[place + 1 :] -= won
    return np.asarray(scores.T, dtype=float)


def copeland(x: Array, p: Params) -> Weighting:
    """Copeland rule (Copeland 1951); see :func:`majorities`. Any increasing normaliser gives the same."""
    return partial(majorities, x)


def most_supported(x: Array, p: Params) -> Weighting:
    """Non-compensatory outranking: the order of places with the most support, exactly.

    e_ik is the weight of children on which i is better than k, plus half where they tie; an order is supported by
    the sum of e_ik over all pairs with i above k, and the order with the largest support wins (Condorcet–Kemeny–
    Young–Levenglick). The score of a place is the number of places below it; where several orders have the
    same largest support, the mean over all of them, so that the order of rows never matters.

    Places that beat all of a group lie above it in every such order; the search is therefore exact within each
    cycle of majorities alone, by dynamic programming over its subsets.

    Parameters
    ----------
    x : (places, children), or (draws, places, children); more is better, no gaps. Only the order of values counts.
    p : most, the largest cycle that is searched.

    Returns
    -------
    The function from weightings (draws, children) to the number of places below (draws, places).

    Raises
    ------
    NoSolutionError
        S125 when a cycle has more places than ``most``; there is no approximation instead.
    ScaleError
        S126 when most lies outside 2…18.

    References
    ----------
    Munda & Nardo (2009), doi 10.1080/00036840601019364; Young & Levenglick (1978), doi 10.1137/0135023; Truchon
    (1998) on the decomposition.
    """
    most = int(p["most"])
    require(2 <= most <= LONGEST, "outranking", "most", most, f"2…{LONGEST}")

    def score(weights: Array) -> Array:
        places = x.shape[-2]
        won = majorities(x, weights) / 2 + (places - 1) / 2
        order = np.argsort(-won, axis=1, kind="stable")
        first, size = _cycles(np.take_along_axis(won, order, axis=1))
        for length in np.unique(size[size > 1]):
            starts = first[size == length]
            step = max(_CELLS // int(length * max(x.shape[-1], length)), 1)
            for block in range(0, len(starts), step):
                at = starts[block : block + step]
                draw, members = at // places, order.ravel()[at[:, None] + np.arange(length)]
                below = (places - at % places - length)[:, None]
                values = x[members] if x.ndim == 2 else x[draw[:, None], members]
                won[draw[:, None], members] = below + _search(values, weights[draw], most)
        return np.asarray(won)

    return score


def _cycles(won: Array) -> tuple[Whole, Whole]:
    """Split every draw's places, ordered by wins, where all above beat all below.

    The wins of the first k places reach k (k - 1) / 2 + k (places - k) exactly if each of them beats all the rest.

    Parameters
    ----------
    won : (draws, places), falling in each row; a tie is half a win.

    Returns
    -------
    positions (cycles,) of the first members in the flattened table and the numbers (cycles,) of members.
    """
    places = won.shape[1]
    k = np.arange(1, places + 1)
    last = np.flatnonzero(np.cumsum(won, axis=1) == k * (k - 1) / 2 + k * (places - k))
    first = np.concatenate([[0], last[:-1] + 1])
    return first, last - first + 1


def _search(values: Array, weights: Array, most: int) -> Array:
    """Return the places below each member of cycles: values (cycles, members, children) to (cycles, members)."""
    size = values.shape[1]
    margins = np.stack(
        [total(_signs(values[:, place : place + 1], values), weights) for place in range(size)], axis=1
    )
    tie = TIE * weights.sum(axis=1)
    if (np.abs(margins) <= tie[:, None, None]).all():
        return np.full(values.shape[:2], (size - 1) / 2)
    if size > most:
        raise NoSolutionError(Finding("S125", params={"size": size, "most": most, "limit": LONGEST}))
    return places_below(margins, tie)


METHODS = {
    "copeland": comparing("copeland", copeland, gaps=True),
    "outranking": comparing("outranking", most_supported),
}
