"""What binds a place: groups of constraints with severity, gap to peers, confidence, evidence and levers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.constraints import constraint_groups
from innohub.ecosystem.obstacle import obstacle_degrees
from innohub.ecosystem.severity import WORST, GroupState, group_state, worst_share
from innohub.errors import Finding, ModelError

Vector = NDArray[np.float64]
Array = NDArray[np.float64]

LEAST_DATA = 0.5
EVIDENCE = 3


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
    degree = np.nan_to_num(obstacle_degrees(weight, scores[here]))
    median = _medians(scores[rest])
    rows = []
    for group in np.flatnonzero(judged).tolist():
        mine = np.flatnonzero((numbers == group) & (degree > 0))
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
    if drawn and not clear and len(table) - len(dark) <= WORST:
        told = {"place": place, "count": len(table) - len(dark)}
        findings.append(Finding("N217", "note", params=told))
    return tuple(findings)
