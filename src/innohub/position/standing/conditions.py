"""Base conditions: is a place's value high, medium or low among named peers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog.base_conditions import base_condition_catalogue
from innohub.errors import Finding, ModelError
from innohub.index.rank import round_significant
from innohub.position.function.relation import relate
from innohub.position.standing.nearest import nearest_year

MIN_PEERS = 3


@dataclass(frozen=True)
class Measure:
    """An indicator of a condition; ``direction`` 1 where more is favourable, -1 where less is (prices, pollution)."""

    condition: str
    indicator: str
    direction: int = 1


@dataclass(frozen=True)
class BaseConditions:
    """Verdicts on the base conditions of one place.

    ``conditions`` has a row a condition, ``indicators`` a row an indicator, ``peers`` a row an indicator and peer with
    ``relation`` (above, near above, tie, near below, below; above is the favourable side).
    """

    place: str
    conditions: pd.DataFrame
    indicators: pd.DataFrame
    peers: pd.DataFrame
    findings: tuple[Finding, ...]


def declared_measures(indicators: Iterable[str]) -> tuple[Measure, ...]:
    """Return the catalogue's measures of base conditions for the indicators that a study has.

    >>> declared_measures(["rd_intensity", "cost_of_living"])[1]
    Measure(condition='liveability', indicator='cost_of_living', direction=-1)
    """
    known = set(indicators)
    return tuple(
        Measure(name, indicator, direction)
        for name, condition in base_condition_catalogue().items()
        for indicator, direction in condition.measures.items()
        if indicator in known
    )


def verdict(value: float, lower: float, upper: float, direction: int = 1) -> str:
    """Return high, medium or low: beyond the upper third, within, or beyond the lower third of the peers.

    A value on a limit is medium. High always means favourable: for an indicator of which less is better the
    sides are exchanged.

    >>> verdict(2.3, 1.0, 2.0), verdict(2.0, 1.0, 2.0), verdict(2.3, 1.0, 2.0, direction=-1)
    ('high', 'medium', 'low')
    """
    own, low, high = round_significant(np.array([value, lower, upper])).tolist()
    if low <= own <= high:
        return "medium"
    return "high" if (own > high) == (direction > 0) else "low"


def base_conditions(
    values: pd.DataFrame,
    place: str,
    peers: Sequence[str],
    measures: Sequence[Measure],
    *,
    year: int | None = None,
    max_gap: int = 5,
    min_peers: int = MIN_PEERS,
    claims: Mapping[str, str] | None = None,
) -> BaseConditions:
    """Judge every condition of a place among its peers.

    The limits are the terciles of the peers' values, the place's own left out (linear interpolation, type 7 of
    Hyndman & Fan 1996, The American Statistician 50:361-365). A condition of several indicators has their common
    verdict, or is ``mixed``.

    Parameters
    ----------
    values : columns place, indicator, year, value and, if there, unit, area (boundary), qualifier. A value without
        a year is told but not tested.
    year : the place's year; default its latest for each indicator. Peers' values of the nearest year are taken.
    max_gap : years by which a peer's value may differ; such peers are marked.
    min_peers : with fewer peers a condition is not tested.
    claims : verdict by condition as a text states it, to be set beside the computed one.

    Raises
    ------
    ModelError
        N134 where the place is among its peers, N135 where units differ within an indicator.
    """
    if place in peers:
        raise ModelError(Finding("N134", value=place, params={"place": place}))
    judged = [_judge(values, place, peers, measure, _Rule(year, max_gap, min_peers)) for measure in measures]
    rows = [row for row, _, _ in judged]
    pairs = [pair for _, table, _ in judged for pair in table]
    findings = tuple(finding for _, _, found in judged for finding in found)
    return BaseConditions(
        place, _by_condition(place, rows, claims or {}), pd.DataFrame(rows), pd.DataFrame(pairs), findings
    )


@dataclass(frozen=True)
class _Rule:
    """The wanted year, how far a peer's may lie from it, and how many peers there must be."""

    year: int | None
    max_gap: int
    min_peers: int


def _judge(
    values: pd.DataFrame, place: str, peers: Sequence[str], measure: Measure, rule: _Rule
) -> tuple[dict[str, Any], list[dict[str, Any]], list[Finding]]:
    """Judge one indicator: its row, its peers' rows, and what was found."""
    known = values.loc[(values["indicator"] == measure.indicator) & values["value"].notna()]
    known = known.loc[known["place"].isin([place, *peers])]
    _require_one_unit(known, measure.indicator)
    head: dict[str, Any] = {"place": place, "condition": measure.condition, "indicator": measure.indicator}
    head |= {"direction": measure.direction}
    undated = known.loc[known["year"].isna() & (known["place"] == place)]
    known = known.loc[known["year"].notna()]
    own = known.loc[known["place"] == place]
    own = own.loc[own["year"] == (own["year"].max() if rule.year is None else rule.year)]
    if own.empty:
        return head | _untested(undated if rule.year is None else undated.iloc[:0]), [], []
    mine = own.iloc[0]
    used = nearest_year(known.loc[known["place"] != place], int(mine["year"]), rule.max_gap)
    where = {"place": place, "indicator": measure.indicator}
    findings = [
        Finding("N133", "note", params=where | {"count": len(out), "peers": tuple(out), "gap": rule.max_gap})
        for out in [[peer for peer in peers if peer not in set(used["place"])]]
        if out
    ]
    rows = [head | _peer_row(mine, peer, measure.direction) for _, peer in used.iterrows()]
    told, limits = "not tested", (np.nan, np.nan)
    if len(used) >= rule.min_peers:
        lower, upper = np.quantile(used["value"].to_numpy(dtype=float), [1 / 3, 2 / 3]).tolist()
        told, limits = verdict(float(mine["value"]), lower, upper, measure.direction), (lower, upper)
    else:
        findings.append(
            Finding("N125", "warning", params=where | {"count": len(used), "least": rule.min_peers})
        )
    marks = dict.fromkeys(mark for row in rows for mark in row["marks"].split(";") if mark)
    row = head | {
        "value": float(mine["value"]), "unit": mine.get("unit", ""), "year": int(mine["year"]),
        "lower": limits[0], "upper": limits[1], "verdict": told, "peers": len(used),
        "names": ";".join(used["place"]), "marks": ";".join(marks),
    }  # fmt: skip
    return row, rows, findings


def _untested(undated: pd.DataFrame) -> dict[str, Any]:
    """Return the cells of an indicator without a dated value: told if it is known without a year, never tested."""
    told = undated.iloc[-1] if len(undated) else None
    return {
        "value": np.nan if told is None else float(told["value"]),
        "unit": "" if told is None else told.get("unit", ""),
        "year": pd.NA, "lower": np.nan, "upper": np.nan, "verdict": "not tested", "peers": 0, "names": "",
        "marks": "" if told is None else "year",
    }  # fmt: skip


def _require_one_unit(known: pd.DataFrame, indicator: str) -> None:
    units = sorted(known["unit"].fillna("").unique()) if "unit" in known else []
    if len(units) > 1:
        raise ModelError(Finding("N135", params={"indicator": indicator, "units": tuple(units)}))


def _peer_row(mine: "pd.Series[Any]", peer: "pd.Series[Any]", direction: int) -> dict[str, Any]:
    """Return a peer's value, how the place stands to it, and marks of what keeps it from being quite comparable."""
    marks = ["year"] if peer["gap"] else []
    marks += ["boundary"] if _text(peer, "area") != _text(mine, "area") else []
    marks += ["qualifier"] if _text(peer, "qualifier") or _text(mine, "qualifier") else []
    value = float(peer["value"])
    return {
        "peer": peer["place"],
        "peer_value": value,
        "peer_year": int(peer["year"]),
        "relation": str(relate(np.array(mine["value"]), np.array(value), direction)),
        "marks": ";".join(marks),
    }


def _text(row: "pd.Series[Any]", column: str) -> str:
    cell = row.get(column, "")
    return "" if pd.isna(cell) else str(cell)


def _by_condition(place: str, rows: list[dict[str, Any]], claims: Mapping[str, str]) -> pd.DataFrame:
    """Join the verdicts of each condition's indicators; every declared condition has a row."""
    names = dict.fromkeys([*base_condition_catalogue(), *(row["condition"] for row in rows)])
    table = []
    for name in names:
        told = {row["verdict"] for row in rows if row["condition"] == name} - {"not tested"}
        joined = "not tested" if not told else told.pop() if len(told) == 1 else "mixed"
        claimed = claims.get(name, "")
        compared = bool(claimed) and joined != "not tested"
        tested = sum(row["condition"] == name and row["verdict"] != "not tested" for row in rows)
        condition = base_condition_catalogue().get(name)
        label = condition.label if condition else {"zh": name, "en": name}
        table.append(
            {"place": place, "condition": name, "name_zh": label["zh"], "name_en": label["en"]}
            | {"verdict": joined, "tested": tested, "claimed": claimed}
            | {"agrees": joined == claimed if compared else None}
        )
    return pd.DataFrame(table).astype({"agrees": "boolean"})
