"""The place x function matrix, what each place is specialised in, and scores of the groups of functions."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.index.rank import round_significant

Array = NDArray[np.float64]


def standing_matrix(x: Array, directions: Array, least: int = 3) -> Array:
    """Return each place's share of others that it is ahead of, ties counted half, indicator by indicator.

    Parameters
    ----------
    x : (places, indicators), NaN for missing.
    directions : (indicators,) 1 or -1.
    least : fewest others with a value; below it the standing is missing.

    Returns
    -------
    (places, indicators) in [0, 1].

    Examples
    --------
    >>> standing_matrix(np.array([[1.0], [2], [2], [4]]), np.array([1])).ravel().tolist()
    [0.0, 0.5, 0.5, 1.0]
    """
    rounded = round_significant(x) * directions
    ahead = (rounded[:, None, :] > rounded[None, :, :]).sum(axis=1)
    tied = (rounded[:, None, :] == rounded[None, :, :]).sum(axis=1) - 1
    others = (~np.isnan(x)).sum(axis=0) - 1
    is_known = ~np.isnan(x) & (others >= least)
    return np.where(is_known, (ahead + 0.5 * tied) / np.maximum(others, 1), np.nan)


def mean_by(q: Array, weights: Array) -> Array:
    """Return weighted means over the columns that are present.

    Parameters
    ----------
    q : (places, columns), NaN for missing; weights : (groups, columns), non-negative.

    Returns
    -------
    (places, groups), NaN where no column of weight is present.
    """
    is_known = ~np.isnan(q)
    total = is_known.astype(float) @ weights.T
    return np.where(
        total > 0, np.where(is_known, q, 0.0) @ weights.T / np.where(total > 0, total, 1.0), np.nan
    )


def specialisation(scores: Array) -> Array:
    """Return how much more a function weighs in a place than over all places, as a location quotient.

    The share of each function in the sum of the place's scores over its share in the mean place; where scores are
    missing both shares are taken over the functions that the place has. Above 1: specialised.

    Parameters
    ----------
    scores : (places, functions), zero or above, NaN for missing.

    Returns
    -------
    (places, functions), NaN where a score is missing or a sum is zero.

    Examples
    --------
    >>> specialisation(np.array([[1.0, 3.0], [3.0, 1.0]])).tolist()
    [[0.5, 1.5], [1.5, 0.5]]
    """
    is_known = ~np.isnan(scores)
    filled = np.where(is_known, scores, 0.0)
    count = is_known.sum(axis=0)
    mean = np.where(count > 0, filled.sum(axis=0) / np.maximum(count, 1), 0.0)
    own, common = filled.sum(axis=1, keepdims=True), (is_known * mean).sum(axis=1, keepdims=True)
    divisor = own * mean
    safe = np.where(divisor > 0, divisor, 1.0)
    return np.where(is_known & (divisor > 0), filled * common / safe, np.nan)


def function_table(
    x: pd.DataFrame,
    functions: pd.DataFrame,
    groups: Mapping[str, str],
    directions: Mapping[str, int],
    least: int = 3,
) -> pd.DataFrame:
    """Score every place on every function and on the groups of functions.

    Parameters
    ----------
    x : places (index) x indicators (columns), NaN for missing.
    functions : columns function, indicator, weight.
    groups : by function its group; a group's score is the plain mean of its functions' scores.

    Returns
    -------
    Columns place, function, group, score, specialisation: one row a place and function, then one a place and group
    with ``function`` empty and the specialisation missing.
    """
    names = list(dict.fromkeys(functions["function"]))
    used = functions[functions["indicator"].isin(x.columns)]
    weights = used.pivot_table(index="function", columns="indicator", values="weight", aggfunc="sum")
    weights = weights.reindex(index=names, columns=x.columns).fillna(0.0)
    signs = np.array([directions.get(name, 1) for name in x.columns], dtype=float)
    scores = mean_by(standing_matrix(x.to_numpy(dtype=float), signs, least), weights.to_numpy())
    quotient = specialisation(scores)
    kinds = list(dict.fromkeys(groups[name] for name in names))
    member = np.array([[float(groups[name] == kind) for name in names] for kind in kinds])
    whole = mean_by(scores, member)
    by_function = _long(x.index, names, scores, quotient)
    by_function["group"] = by_function["function"].map(dict(groups))
    by_group = _long(x.index, kinds, whole, np.full_like(whole, np.nan)).rename(columns={"function": "group"})
    table = pd.concat([by_function, by_group.assign(function="")], ignore_index=True)
    return table[["place", "function", "group", "score", "specialisation"]]


def _long(places: pd.Index, names: Sequence[str], scores: Array, quotient: Array) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": np.repeat(places.to_numpy(dtype=object), len(names)),
            "function": np.tile(np.array(names, dtype=object), len(places)),
            "score": scores.ravel(),
            "specialisation": quotient.ravel(),
        }
    )
