"""Frames over the indicators of a study: checklists, roll-ups, containment and special functions, local types."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from innohub.catalog.checklists import checklists as known_checklists
from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.local_types import local_types as known_types
from innohub.errors import Finding, InnohubError, ModelError
from innohub.index import build_tree
from innohub.position.classes.checklist import check_marks, count_marks
from innohub.position.classes.containment import contain, location_quotients, special_functions
from innohub.position.classes.local import find_local_types
from innohub.position.classes.rollup import roll_up
from innohub.run.standing.ask import Ask, Found, at, joined
from innohub.study.standing_section import LocalSection


def checklists(ask: Ask) -> Found:
    """Return the tables checklists and checklist_counts; a value is as written, of an indicator, or of the grid."""
    section, rows = ask.section.checklist, ask.tables.checklists
    if section is None or rows is None:
        return Found({})
    places = ask.places(section.places, "position.checklist.places")
    values = rows.assign(value=[_mark_value(ask, row) for row in rows.to_dict("records")])
    parts = []
    for tier in section.tiers:
        own = values.loc[values["tier"].eq(tier)]
        told = own.loc[own["bar"].notna() | own["relation"].ne("")]
        usual = {mark.id: mark for mark in known_checklists()[tier].marks}
        tests = told.assign(
            relation=[r or usual[m].relation for r, m in zip(told["relation"], told["mark"], strict=True)],
            bar=[usual[m].bar if pd.isna(b) else b for b, m in zip(told["bar"], told["mark"], strict=True)],
        )
        columns = ["mark", "indicator", "relation", "bar"]
        known = own[["place", "mark", "indicator", "value"]]
        parts.append(
            check_marks(
                known, known_checklists()[tier], places=places, tests=tests[columns].drop_duplicates()
            )
        )
    table = joined(parts)
    return Found({"checklists": table, "checklist_counts": count_marks(table)})


def _mark_value(ask: Ask, row: Mapping[Hashable, Any]) -> float:
    """Return what a row says, else the share of peers passed by its function, else its indicator's value."""
    if pd.notna(row["value"]):
        return float(row["value"])
    grid = ask.grid
    if row["function"] and grid is not None:
        own = grid.loc[grid["place"].eq(row["place"]) & grid["function"].eq(row["function"])]
        own = own.loc[own["scope"].eq(row["scope"])] if row["scope"] else own.loc[own["widest"].astype(bool)]
        return float(own["q"].iloc[0]) if len(own) else float("nan")
    place, code = str(row["place"]), str(row["indicator"])
    return float(ask.column(code, [place])[place]) if code else float("nan")


def rollups(ask: Ask) -> Found:
    """Return the tables rollups and rollup_untagged over the normalised indicators of an index."""
    section, tags = ask.section.rollup, ask.tables.tags
    if section is None or tags is None:
        return Found({})
    values = ask.normalised(ask.index_of(section.index))
    chosen = section.hierarchies or tuple(dict.fromkeys(tags["hierarchy"]))
    done = {name: roll_up(values, tags, hierarchies()[name], min_share=section.min_share) for name in chosen}
    loose = [(name, code) for name, found in done.items() for code in found.untagged]
    tables = {
        "rollups": joined([found.scores for found in done.values()]),
        "rollup_untagged": pd.DataFrame(loose, columns=["hierarchy", "indicator"]),
    }
    return Found(tables, at((f for found in done.values() for f in found.findings), "position.rollup"))


def containment(ask: Ask) -> Found:
    """Return the tables containment, containment_shares and special_functions."""
    section = ask.section.containment
    if section is None or ask.tiers is None:
        return Found({})
    index = ask.index_of(
        section.index or (ask.study.settings.tiers.index if ask.study.settings.tiers else "")
    )
    frame = ask.study.frameworks[index]
    wanted = section.functions or tuple(frame.loc[frame["parent"].eq(build_tree(frame).root), "node"])
    wide = _scores_of(ask, index, wanted)
    tier = ask.tier_of()
    found = contain(wide, tier)
    tables = {"containment": found.exceptions, "containment_shares": found.shares}
    findings = list(found.findings)
    if section.niches:
        _require_one_unit(ask, section.niches)
        amounts = pd.DataFrame({code: ask.column(code, wide.index) for code in section.niches})
        quotients, noticed = location_quotients(amounts)
        tables["special_functions"], more = special_functions(quotients, tier, k=section.k)
        findings += [*noticed, *more]
    whole = {name: "Int64" for name in ("higher_tier", "lower_tier")}
    tables["containment"] = tables["containment"].astype(whole)
    return Found(tables, at(dict.fromkeys(findings_once(findings)), "position.containment"))


def _scores_of(ask: Ask, index: str, nodes: Sequence[str]) -> pd.DataFrame:
    """Return places x nodes: scores of inner nodes, normalised values of indicators."""
    scores, frame = ask.indices[index]["scores"], ask.study.frameworks[index].set_index("node")
    inner = scores.loc[scores["node"].isin(nodes)]
    wide = inner.pivot_table(index="place", columns="node", values="score", sort=False)
    leaves = {node: code for node in nodes if (code := frame["indicator"].get(node, ""))}
    if leaves:
        wide = wide.join(
            pd.DataFrame({node: ask.normalised(index)[code] for node, code in leaves.items()}), how="outer"
        )
    return wide[list(nodes)]


def _require_one_unit(ask: Ask, niches: tuple[str, ...]) -> None:
    """Refuse niches of different units: their amounts make up a whole only in one unit."""
    units = dict.fromkeys(map(ask.unit, niches))
    if len(units) > 1:
        params = {"name": "niches", "given": ", ".join(units), "wanted": next(iter(units))}
        raise ModelError(Finding("N179", params=params))


def findings_once(findings: list[Finding]) -> list[Finding]:
    """Return findings without repeats of the same code and values."""
    seen = {(finding.code, repr(finding.params)): finding for finding in findings}
    return list(seen.values())


def local(ask: Ask) -> Found:
    """Return the tables local_types and local_tests."""
    section = ask.section.local
    if section is None:
        return Found({})
    key = "position.local"
    places = _local_places(ask, section)
    among = ask.members(section.among, f"{key}.among") if section.among else ask.alike(places)
    everyone = list(dict.fromkeys([*places, *among]))
    columns: dict[str, pd.Series[float]] = {}
    wrong: list[Finding] = []
    for name, told in section.measures.items():
        try:
            columns[name] = _measure(ask, section, told, everyone, among)
        except InnohubError as problem:
            wrong += at(problem.findings, f"{key}.measures")
    if wrong:
        raise ModelError(wrong)
    table = pd.DataFrame(columns)
    # A type of which nothing is measured is not asked; saying so for every place would help nobody.
    asked = {
        name: kind
        for name, kind in known_types().items()
        if any(test.measure in columns for test in kind.tests)
    }
    found = find_local_types(table.loc[places], among=table.loc[among], types=asked)
    return Found({"local_types": found.types, "local_tests": found.tests}, at(found.findings, key))


def _local_places(ask: Ask, section: LocalSection) -> list[str]:
    """Return the places to test: those named, those of a tier (the lowest unless named), else all alike."""
    cut = ask.study.settings.tiers
    if section.places:
        return ask.members(section.places, "position.local.places")
    if cut is None or ask.tiers is None:
        return ask.alike(ask.positioned())
    names = [tier.id for tier in cut.names]
    number = names.index(section.tier) if section.tier in names else len(names) - 1
    return [place for place, tier in ask.tier_of().items() if tier == number]


def _measure(
    ask: Ask, section: LocalSection, told: str | tuple[str, str], places: list[str], among: list[str]
) -> "pd.Series[float]":
    """Return an indicator, or the location quotient of one relative to another over the places compared."""
    if isinstance(told, str):
        return ask.column(told, places, section.year, section.max_gap)
    part, whole = (ask.column(code, places, section.year, section.max_gap) for code in told)
    both = part.loc[among].notna() & whole.loc[among].notna()
    area = part.loc[among][both].sum() / whole.loc[among][both].sum() if whole.loc[among][both].sum() else 0.0
    if not area > 0:
        raise ModelError(Finding("N176", params={"names": told}))
    return (part / whole.where(whole > 0)) / area
