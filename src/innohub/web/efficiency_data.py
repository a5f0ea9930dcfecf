"""What the page shows of efficiency: scores, frontier, targets, change of productivity."""

from typing import Any

import pandas as pd

from innohub.study.efficiency_section import EfficiencySection
from innohub.web.reading import describe, optional, plain, rows, short, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema_analysis import Efficiency, Productivity, Yield
from innohub.web.schema_basic import Text


def efficiency_data(run: RunTables) -> list[Efficiency]:
    """Return every measure of efficiency that the run has."""
    scores = optional(run, "efficiency")
    if scores.empty:
        return []
    found = [(name, part) for name, part in run.settings.efficiency.items()]
    return [
        _measure(run, name, section, scores[scores["efficiency"] == name])
        for name, section in found
        if (scores["efficiency"] == name).any()
    ]


def _measure(run: RunTables, name: str, section: EfficiencySection, scores: pd.DataFrame) -> Efficiency:
    items = [*section.inputs, *section.outputs, *section.undesirable]
    targets = _targets(optional(run, "efficiency_targets"), name)
    malmquist = optional(run, "malmquist")
    return Efficiency(
        id=name,
        title=Text(zh=section.title.text("zh") or name, en=section.title.text("en") or name),
        method=describe(section.method, "efficiency"),
        inputs=list(section.inputs),
        outputs=list(section.outputs),
        undesirable=list(section.undesirable),
        lag=section.lag,
        years=sorted(int(year) for year in scores["year"].unique()),
        rows=[_yield(row, targets.get((row["place"], int(row["year"])), {}), items) for row in rows(scores)],
        malmquist=[
            _productivity(row)
            for row in rows(malmquist[malmquist["efficiency"] == name] if len(malmquist) else malmquist)
        ],
    )


def _targets(table: pd.DataFrame, name: str) -> dict[tuple[str, int], dict[str, dict[str, Any]]]:
    """Return the rows of the targets by place and year, then by indicator."""
    found: dict[tuple[str, int], dict[str, dict[str, Any]]] = {}
    for row in rows(table[table["efficiency"] == name] if len(table) else table):
        found.setdefault((row["place"], int(row["year"])), {})[row["indicator"]] = row
    return found


def _yield(row: dict[str, Any], targets: dict[str, dict[str, Any]], items: list[str]) -> Yield:
    own = [targets.get(item, {}) for item in items]
    return Yield(
        place=plain(row["place"]),
        year=int(row["year"]),
        score=short(row["score"]),
        feasible=bool(row["feasible"]),
        regime=plain(row["regime"]),
        rank=whole(row["rank"]),
        pure=short(row["pure"]),
        scale=short(row["scale"]),
        peers=next((plain(target["peers"]) for target in own if target), ""),
        value=[short(target.get("value")) for target in own],
        target=[short(target.get("target")) for target in own],
        change=[short(target.get("change")) for target in own],
    )


def _productivity(row: dict[str, Any]) -> Productivity:
    return Productivity(
        place=plain(row["place"]),
        start=int(row["start"]),
        end=int(row["end"]),
        frontier=plain(row["frontier"]),
        index=short(row["index"]),
        efficiency=short(row["efficiency_change"]),
        technical=short(row["technical_change"]),
        pure=short(row["pure_change"]),
        scale=short(row["scale_change"]),
    )
