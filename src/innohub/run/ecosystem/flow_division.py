"""Stated divisions of the chain between groups of places, tested on the table of stages."""

import numpy as np
import pandas as pd

from innohub.ecosystem.division import divide_stages
from innohub.errors import Finding
from innohub.run.standing.ask import Ask, Found, at, joined
from innohub.study.flows_section import DivisionSection

_DRAWN = 31


def divisions(ask: Ask) -> Found:
    """Return the tables stage_division and division_tests."""
    ecosystem, stages = ask.study.settings.ecosystem, ask.study.flows.chain_stages
    if ecosystem is None or stages is None or not ecosystem.division:
        return Found({})
    parts = [_division(ask, name, section, stages) for name, section in ecosystem.division.items()]
    tables = {
        name: joined([part.tables[name] for part in parts if name in part.tables])
        for name in ("stage_division", "division_tests")
    }
    return Found(tables, tuple(finding for part in parts for finding in part.findings))


def _division(ask: Ask, name: str, section: DivisionSection, stages: pd.DataFrame) -> Found:
    """Test a division in every year of the table; a row without a year counts in none but its own group."""
    key = f"ecosystem.division.{name}"
    groups = {
        place: group
        for group, places in section.groups.items()
        for place in ask.members(places, f"{key}.groups.{group}")
    }
    own = stages[stages["field"].eq(section.field)] if section.field else stages
    own = own.assign(spread=own["spread"].fillna(section.spread), year=own["year"].fillna(0).astype("int64"))
    rng = np.random.default_rng([ask.study.settings.study.seed, _DRAWN])
    tables, tests, silent = [], [], []
    order = list(dict.fromkeys(stages["stage"]))
    own = own.sort_values(["stage", "place"], key=lambda c: c.map(order.index) if c.name == "stage" else c)
    for year, rows in own.groupby("year", sort=True):
        found = divide_stages(rows, groups, section.parts, section.draws, rng, level=section.level)
        unit = rows["unit"].iloc[0]
        tables.append(found.table.assign(division=name, year=year, unit=unit))
        title = {"name_zh": section.title.zh or name, "name_en": section.title.en or name}
        tests.append(found.tests.assign(division=name, year=year, verdict=found.verdict, **title))
        silent += [group for group in section.groups if group not in set(found.table["group"])]
    columns = ["group", "stage", "amount", "unit", "quotient", "quotient_low", "quotient_high", "stated"]
    told = ["group", "stage", "quotient", "quotient_low", "quotient_high", "probability", "holds", "verdict"]
    made = {
        "stage_division": _dated(joined(tables), ["division", "year", *columns]),
        "division_tests": _dated(joined(tests), ["division", "name_zh", "name_en", "year", *told]),
    }
    made["division_tests"]["holds"] = made["division_tests"]["holds"].astype("boolean")
    lost = tuple(dict.fromkeys(silent))
    findings = [Finding("N359", "warning", params={"groups": lost, "count": len(lost)})] if lost else []
    return Found(made, at(findings, key))


def _dated(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    years = table["year"].astype("Int64")
    return table.assign(year=years.where(years.gt(0)))[columns]
