"""What binds a place: groups of constraints with severity, gap to peers, confidence, evidence and levers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.constraints import constraint_groups
from innohub.errors import Finding, ModelError, ScaleError

Vector = NDArray[np.float64]
Array = NDArray[np.float64]

LEAST_DATA = 0.5
EVIDENCE = 3
_WORST = 2


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
    wrong = scores[~np.isnan(scores) & ~((scores >= 0) & (scores <= 1))]
    if wrong.size:
        raise ScaleError(Finding("N156", params={"number": float(wrong.flat[0])}))
    if not (np.isfinite(weights).all() and (weights >= 0).all() and (weights.sum(axis=-1) > 0).all()):
        raise ModelError(Finding("N149"))
    member = (groups[:, None] == np.arange(count)).astype(float)
    weights = np.broadcast_to(weights, np.broadcast_shapes(scores.shape, weights.shape))
    known = np.where(np.isnan(scores), 0.0, weights)
    lost = known * (1 - np.nan_to_num(scores))
    obstacle = _over(lost @ member, lost.sum(axis=-1, keepdims=True))
    weight = _over(known @ member, known.sum(axis=-1, keepdims=True))
    score = _over((known * np.nan_to_num(scores)) @ member, known @ member)
    data = _over(known @ member, weights @ member)
    return GroupState(score, obstacle, weight, data, _over(obstacle, weight))


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
    if judged.sum() <= _WORST or not len(values):
        return share
    above = (values[:, None, :] > values[:, :, None]).sum(axis=2)
    share[judged] = (above < _WORST).mean(axis=0)
    return share


@dataclass(frozen=True)
class Diagnosis:
    """What binds a place.

    ``table``: group, rank (1 binds most; missing where it cannot be judged), verdict (binds, does not bind, no
    obstacle, cannot judge), severity, obstacle, weight, score, peer_median, gap (score minus median), confidence,
    data, levers (ids joined by ";"). ``evidence``: group, order, indicator, score, obstacle, peer_median, gap and
    the columns of the values given.
    """

    place: str
    table: pd.DataFrame
    evidence: pd.DataFrame
    findings: tuple[Finding, ...]


def diagnose(
    place: str,
    scores: pd.DataFrame,
    weights: Mapping[str, float],
    groups: Mapping[str, str],
    peers: Sequence[str],
    *,
    draws: tuple[Array, Array] | None = None,
    values: pd.DataFrame | None = None,
    names: Sequence[str] | None = None,
    least: float = LEAST_DATA,
) -> Diagnosis:
    """Return the constraints of a place, ranked by severity, with evidence and levers.

    Parameters
    ----------
    scores : places by indicators, on 0-1, 1 the best; NaN for a missing one.
    weights : indicator to its share of the whole (product down the tree), of any sum.
    groups : indicator to group; indicators of no group still take their part of the obstacle.
    peers : places to compare with; the place itself is left out.
    draws : scores (draws, indicators) of the place and weights (draws, indicators), either of which may have a
        first axis of 1, in the order of the columns of ``scores``; without them there is no confidence.
    values : column indicator with any of value, unit, year, source, file, row of the place, for the evidence.
    names : the groups in order; those of the catalogue when None.
    least : share of a group's weight that must have a value.

    Raises
    ------
    PlaceError, ModelError, ScaleError
        N212 for a place without scores; N213 for a group that is not known; as :func:`group_state`.
    """
    names = tuple(constraint_groups()) if names is None else tuple(names)
    _check(place, scores, groups, names)
    order = [str(name) for name in scores.columns]
    weight = np.array([weights.get(name, 0.0) for name in order], dtype=float)
    numbers = np.array(
        [names.index(groups[name]) if name in groups else -1 for name in order], dtype=np.int64
    )
    others = [peer for peer in dict.fromkeys(peers) if peer != place and peer in scores.index]
    table_scores = scores.to_numpy(float)
    whole = group_state(table_scores, weight, numbers, len(names))
    here = int(scores.index.get_indexer(pd.Index([place]))[0])
    rest = scores.index.get_indexer(pd.Index(others)) if others else np.zeros(0, np.int64)
    judged = (np.nan_to_num(whole.data[here]) >= least) & (np.nan_to_num(whole.weight[here]) > 0)
    clear = bool(np.isnan(whole.severity[here][judged]).all())
    confidence = np.full(len(names), np.nan)
    if draws is not None and not clear:
        drawn = group_state(draws[0], draws[1], numbers, len(names))
        confidence = worst_share(np.atleast_2d(drawn.severity), judged)
    median = _medians(np.where(whole.data[rest] >= least, whole.score[rest], np.nan))
    table = _table(names, whole, here, judged=judged, median=median, confidence=confidence)
    evidence = _evidence(
        table_scores, order, weight, numbers, here=here, rest=rest, names=names, judged=judged
    )
    if values is not None:
        evidence = evidence.merge(values.drop_duplicates("indicator"), on="indicator", how="left")
    return Diagnosis(place, table, evidence, _findings(place, table, clear, len(others), draws is not None))


def _check(place: str, scores: pd.DataFrame, groups: Mapping[str, str], names: Sequence[str]) -> None:
    if place not in scores.index or not scores.index.is_unique:
        raise ModelError(Finding("N212", params={"place": place}))
    for name, group in groups.items():
        if group not in names:
            raise ModelError(Finding("N213", params={"group": group, "name": name, "known": tuple(names)}))


def _medians(scores: Array) -> Vector:
    """Return the median of each column over the known values; NaN for a column without any."""
    return np.array([np.median(known) if len(known := one[~np.isnan(one)]) else np.nan for one in scores.T])


def _table(
    names: Sequence[str],
    whole: GroupState,
    here: int,
    *,
    judged: NDArray[np.bool_],
    median: Vector,
    confidence: Vector,
) -> pd.DataFrame:
    severity = np.where(judged, whole.severity[here], np.nan)
    verdicts = np.where(severity > 1, "binds", np.where(severity <= 1, "does not bind", "no obstacle"))
    levers = {name: group.levers for name, group in constraint_groups().items()}
    table = pd.DataFrame(
        {
            "group": list(names),
            "rank": pd.Series(severity).rank(ascending=False, method="min").astype("Int64"),
            "verdict": np.where(judged, verdicts, "cannot judge"),
            "severity": severity,
            "obstacle": np.where(judged, whole.obstacle[here], np.nan),
            "weight": whole.weight[here],
            "score": whole.score[here],
            "peer_median": median,
            "gap": whole.score[here] - median,
            "confidence": confidence,
            "data": np.nan_to_num(whole.data[here]),
            "levers": [";".join(levers.get(name, ())) for name in names],
        }
    )
    return table.sort_values("rank", kind="stable", na_position="last", ignore_index=True)


def _evidence(
    scores: Array,
    order: Sequence[str],
    weight: Vector,
    numbers: NDArray[np.int64],
    *,
    here: int,
    rest: NDArray[np.int64],
    names: Sequence[str],
    judged: NDArray[np.bool_],
) -> pd.DataFrame:
    """Return the indicators with the largest obstacle of each group that can be judged, three at most."""
    lost = np.where(np.isnan(scores[here]), 0.0, weight) * (1 - np.nan_to_num(scores[here]))
    degree = lost / lost.sum() if lost.sum() > 0 else np.zeros(len(lost))
    median = _medians(scores[rest])
    rows = []
    for group in np.flatnonzero(judged).tolist():
        mine = np.flatnonzero((numbers == group) & (lost > 0))
        best = mine[np.argsort(-degree[mine], kind="stable")][:EVIDENCE]
        rows += [
            (
                names[group],
                k + 1,
                order[j],
                scores[here, j],
                degree[j],
                median[j],
                scores[here, j] - median[j],
            )
            for k, j in enumerate(best)
        ]
    head = ["group", "order", "indicator", "score", "obstacle", "peer_median", "gap"]
    return pd.DataFrame(rows, columns=head)


def _findings(place: str, table: pd.DataFrame, clear: bool, peers: int, drawn: bool) -> tuple[Finding, ...]:
    findings = []
    dark = tuple(table.loc[table["verdict"].eq("cannot judge"), "group"])
    if dark:
        findings.append(Finding("N214", "warning", params={"place": place, "groups": dark}))
    if clear and len(dark) < len(table):
        findings.append(Finding("N215", "note", params={"place": place}))
    if peers == 0:
        findings.append(Finding("N216", "warning", params={"place": place}))
    if drawn and not clear and len(table) - len(dark) <= _WORST:
        told = {"place": place, "count": len(table) - len(dark)}
        findings.append(Finding("N217", "note", params=told))
    return tuple(findings)
