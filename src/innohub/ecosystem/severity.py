"""Severity of groups of constraints: the share of the obstacle over the share of the weight."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.ecosystem.obstacle import obstacle_degrees

Vector = NDArray[np.float64]
Array = NDArray[np.float64]

WORST = 2


@dataclass(frozen=True)
class GroupState:
    """Groups of constraints of many places (and draws), all (..., groups).

    ``score`` is the weighted mean of known scores, ``obstacle`` the share of the place's obstacle, ``weight`` the
    share of the known weight, ``data`` the share of the group's weight with a value, ``severity`` obstacle over
    weight: above 1 the group binds more than its weight says. NaN in severity: no obstacle anywhere, no value.
    """

    score: Array
    obstacle: Array
    weight: Array
    data: Array
    severity: Array


def group_state(scores: Array, weights: Array, groups: NDArray[np.int64], count: int) -> GroupState:
    """Return severity of groups of constraints from obstacle degrees O_j = F_j (1 - z_j) / sum F (1 - z).

    Indicators without a score are left out, and weights of the others scaled up, for obstacle and weight alike.

    Parameters
    ----------
    scores : (..., indicators) on 0-1, 1 the best; NaN for a missing one.
    weights : (..., indicators) of zero or above, of any sum: product of weight shares down the tree.
    groups : (indicators,) numbers from 0, -1 for an indicator of no group, which still takes its part of the whole.
    count : how many groups.

    Raises
    ------
    ScaleError
        N156 for a score outside 0-1.
    ModelError
        N149 for weights below zero or without a positive sum.

    Examples
    --------
    >>> found = group_state(np.array([0.2, 0.9, 0.5, 1.0, 0.1]), np.array([0.2, 0.2, 0.18, 0.18, 0.24]),
    ...                     np.array([0, 0, 1, 1, 1]), 2)
    >>> found.obstacle.round(4).tolist(), found.severity.round(4).tolist()
    ([0.3704, 0.6296], [0.9259, 1.0494])
    """
    degrees = np.nan_to_num(obstacle_degrees(weights, scores))
    member = (groups[:, None] == np.arange(count)).astype(float)
    weights = np.broadcast_to(weights, degrees.shape)
    known = np.where(np.isnan(scores), 0.0, weights)
    # Where nothing is lacking the degrees are zero, and no group can be said to hold the place back.
    obstacle = _over(degrees @ member, degrees.sum(axis=-1, keepdims=True))
    weight = _over(known @ member, known.sum(axis=-1, keepdims=True))
    score = _over((known * np.nan_to_num(scores)) @ member, known @ member)
    return GroupState(
        score, obstacle, weight, _over(known @ member, weights @ member), _over(obstacle, weight)
    )


def _over(above: Array, below: Array) -> Array:
    shape = np.broadcast_shapes(above.shape, below.shape)
    result: Array = np.divide(above, below, out=np.full(shape, np.nan), where=below > 0)
    return result


def worst_share(severity: Array, judged: NDArray[np.bool_]) -> Vector:
    """Return the share of draws in which each group is among the two worst of those that can be judged.

    A group is among them when fewer than two others are more severe; groups that tie are treated alike.

    Parameters
    ----------
    severity : (draws, groups).
    judged : (groups,).

    Returns
    -------
    (groups,); NaN for groups that are not judged, for all when fewer than three are, because then each is
    among the two worst anyway, and when no draw has all of them.

    Examples
    --------
    >>> worst_share(np.array([[1.4, 0.9, 1.1, 0.6], [1.3, 1.2, 0.8, 0.7]]), np.ones(4, bool)).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """
    share = np.full(severity.shape[1], np.nan)
    values = severity[:, judged]
    values = values[np.isfinite(values).all(axis=1)]
    if judged.sum() <= WORST or not len(values):
        return share
    above = (values[:, None, :] > values[:, :, None]).sum(axis=2)
    share[judged] = (above < WORST).mean(axis=0)
    return share
