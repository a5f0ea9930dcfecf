"""Level of a place: stage of development, size equivalents, targets, technologies, base conditions."""

from collections.abc import Mapping
from dataclasses import replace
from math import nan
from typing import Any

import pandas as pd

from innohub.catalog.base_conditions import base_condition_catalogue
from innohub.catalog.stages import Stage, read_stages, stages
from innohub.errors import Finding, InnohubError, ModelError
from innohub.position.standing.conditions import Measure, base_conditions, declared_measures
from innohub.position.standing.equivalent import size_equivalent
from innohub.position.standing.stage import Observation, stage
from innohub.position.standing.target import track_targets
from innohub.position.standing.technology import technology_states
from innohub.run.standing.ask import Ask, Found, at, joined, no_value
from innohub.study.standing_section import EquivalentSection, StageSection
from innohub.study.stated import area_of_kind


def stage_of(ask: Ask) -> Found:
    """Return the tables stages and stage_sensitivity."""
    section = ask.section.stage
    if section is None:
        return Found({})
    ladder = _ladder(ask, section)
    currency = {step.measure: step.currency for step in ladder}
    seen, findings = [], []
    year = section.year or ask.year
    for place in ask.places(section.places, "position.stage.places"):
        for measure, code in section.measures.items():
            known = ask.nearest(code, year)
            if place not in known.index:
                findings.append(no_value(place, code, year, ask.max_gap))
                continue
            row: Any = known.loc[place]
            unit = str(row["unit"])
            rate = ask.rate(unit, f"{currency[measure]} per person", int(row["year"]))
            growth = _growth(section, measure, place)
            value = (float(row["value"]), unit, int(row["year"]))
            seen.append(Observation(place, measure, *value, growth, rate))
    deflator = {int(when): level for when, level in section.deflator.items()}
    found = stage(seen, ladder, deflator, section.shifts)
    tables = {"stages": found.table, "stage_sensitivity": found.sensitivity}
    return Found(tables if seen else {}, at((*findings, *found.findings), "position.stage"))


def _ladder(ask: Ask, section: StageSection) -> tuple[Stage, ...]:
    if section.scheme == "porter" or ask.tables.stages is None:
        return stages("porter")
    rows: Any = ask.tables.stages.to_dict("records")
    try:
        return read_stages(rows, str(rows[0]["file"]) if rows else "stages.csv")
    except ModelError as problem:
        # The reader counts rows from the head; the table knows where they stand.
        where = {number: int(row["row"]) for number, row in enumerate(rows, 2)}
        raise ModelError(
            replace(finding, row=where.get(finding.row or 0, finding.row)) for finding in problem.findings
        ) from None


def _growth(section: StageSection, measure: str, place: str) -> float:
    if isinstance(section.growth, Mapping):
        return float(section.growth.get(place, section.growth.get(measure, nan)))
    return nan if section.growth is None else float(section.growth)


def equivalents(ask: Ask) -> Found:
    """Return the table equivalents: where a value would stand in each ranking that the study asks for."""
    rows: list[dict[str, object]] = []
    findings: list[Finding] = []
    wrong: list[Finding] = []
    for section in ask.section.equivalent:
        try:
            for place in ask.places(section.places, "position.equivalent.places"):
                row, noticed = _equivalent(ask, section, place)
                rows += row
                findings += noticed
        except InnohubError as problem:
            wrong += at(problem.findings, "position.equivalent")
    if wrong:
        raise ModelError(wrong)
    table = pd.DataFrame(rows)
    years = {name: "Int64" for name in ("year", "above_year", "below_year") if name in table}
    return Found({"equivalents": table.astype(years)} if rows else {}, at(findings, "position.equivalent"))


def _equivalent(
    ask: Ask, section: EquivalentSection, place: str
) -> tuple[list[dict[str, object]], tuple[Finding, ...]]:
    year = section.year or ask.year
    own = ask.nearest(section.indicator, year, section.max_gap)
    if place not in own.index:
        return [], (no_value(place, section.indicator, year, section.max_gap),)
    members = ask.members(section.ranking, "position.equivalent.ranking")
    code = section.ranking_indicator or section.indicator
    known = ask.values.loc[ask.values["indicator"].eq(code) & ask.values["place"].isin(members)]
    empty = pd.DataFrame({"place": [m for m in members if m not in set(known["place"])]})
    ranking = pd.concat([known[["place", "year", "value"]], empty]) if len(empty) else known
    row: Any = own.loc[place]
    unit, wanted = str(row["unit"]), ask.unit(code)
    found = size_equivalent(
        place, float(row["value"]), int(row["year"]), ranking.reset_index(drop=True),
        indicator=section.indicator, unit=unit, ranking_unit=wanted,
        rate=section.rate or ask.rate(unit, wanted, int(row["year"])),
        max_gap=section.max_gap, leave_out=section.leave_out,
    )  # fmt: skip
    return [{**found.row(), "names": ";".join(members)}], found.findings


def targets(ask: Ask) -> Found:
    """Return the table targets; a base or present value that the table leaves blank comes from the panel."""
    table = ask.tables.targets
    if table is None or table.empty:
        return Found({})
    filled = table.apply(lambda row: _fill(ask, row), axis=1)
    filled["unit"] = [ask.unit(code) for code in filled["indicator"]]
    tracked, findings = track_targets(filled)
    whole = {name: "Int64" for name in ("base_year", "deadline", "year", "row")}
    return Found({"targets": tracked.astype(whole)}, findings)


def _fill(ask: Ask, row: "pd.Series[Any]") -> "pd.Series[Any]":
    values = ask.values
    own = values.loc[values["place"].eq(row["place"]) & values["indicator"].eq(row["indicator"])]
    filled = row.copy()
    if pd.isna(row["base"]) and pd.notna(row["base_year"]):
        then = own.loc[own["year"].eq(int(row["base_year"])), "value"]
        filled["base"] = float(then.iloc[0]) if len(then) else nan
    if pd.isna(row["value"]):
        known = own if pd.isna(row["year"]) else own.loc[own["year"].eq(int(row["year"]))]
        last = known.sort_values("year").tail(1)
        filled["value"] = float(last["value"].iloc[0]) if len(last) else nan
        filled["year"] = int(last["year"].iloc[0]) if len(last) else row["year"]
    elif pd.isna(row["year"]):
        filled["year"] = ask.year
    if pd.isna(row["direction"]):
        filled["direction"] = ask.direction(row["indicator"])
    return filled


def technologies(ask: Ask) -> Found:
    """Return the table technologies: a row a place and state."""
    table = ask.tables.technologies
    if table is None or table.empty:
        return Found({})
    parts: list[pd.DataFrame] = []
    wrong: list[Finding] = []
    states = ("leading", "parallel", "following")
    for row in table.to_dict("records"):
        total = None if pd.isna(row["total"]) else int(row["total"])
        printed = [float(row[f"printed_{state}"]) for state in states]
        try:
            found = technology_states(
                [int(row[state]) for state in states], total, None if any(map(pd.isna, printed)) else printed
            )
        except InnohubError as problem:
            spot = {"file": str(row["file"]), "row": int(row["row"]), "column": "total"}
            wrong += [replace(finding, **spot) for finding in problem.findings]  # type: ignore[arg-type]
            continue
        found.insert(0, "place", row["place"])
        found.insert(1, "year", row["year"])
        parts.append(found.assign(source=row["source"], file=row["file"], row=row["row"]))
    if wrong:
        raise ModelError(wrong)
    return Found({"technologies": joined(parts).astype({"year": "Int64"})})


def conditions(ask: Ask) -> Found:
    """Return the tables conditions, condition_indicators and condition_peers."""
    section = ask.section.conditions
    if section is None:
        return Found({})
    key = "position.conditions"
    peers = ask.members(section.peers, f"{key}.peers")
    measures, claims = _measures(ask)
    about = {place: area_of_kind(kind) for place, kind in ask.kinds.items()}
    known = pd.concat([ask.values, ask.undated], ignore_index=True) if len(ask.undated) else ask.values
    values = known.assign(area=known["area"].where(known["area"].ne(""), known["place"].map(about)))
    gap = ask.max_gap if section.max_gap is None else section.max_gap
    position = ask.study.settings.position
    fewest = section.min_peers or (position.min_peers if position else 3)
    judged = [
        base_conditions(
            values, place, peers, measures,
            year=section.year, max_gap=gap, min_peers=fewest, claims={**claims, **section.claims},
        )
        for place in ask.places(section.places, f"{key}.places")
    ]  # fmt: skip
    tables = {
        "conditions": joined([each.conditions for each in judged]),
        "condition_indicators": joined([each.indicators for each in judged]),
        "condition_peers": joined([each.peers for each in judged]),
    }
    whole = {"condition_indicators": "year", "condition_peers": "peer_year"}
    for name, column in whole.items():
        if column in tables[name]:
            tables[name] = tables[name].astype({column: "Int64"})
    findings = tuple(finding for each in judged for finding in each.findings)
    return Found({name: table for name, table in tables.items() if len(table)}, at(findings, key))


def _measures(ask: Ask) -> tuple[tuple[Measure, ...], dict[str, str]]:
    """Return the measures of base conditions, the study's own or the catalogue's, and what a text claims."""
    table = ask.tables.conditions
    if table is None or table.empty:
        return declared_measures(ask.values["indicator"].unique()), {}
    usual = base_condition_catalogue()
    measures = []
    for condition, code, direction in table[["condition", "indicator", "direction"]].itertuples(index=False):
        known = usual[condition].measures.get(code) if condition in usual else None
        other = known if known is not None else ask.direction(code)
        measures.append(Measure(condition, code, other if pd.isna(direction) else int(direction)))
    told = table.loc[table["claimed"].ne(""), ["condition", "claimed"]].drop_duplicates("condition")
    return tuple(measures), dict(told.itertuples(index=False, name=None))
