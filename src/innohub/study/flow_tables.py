"""Read the tables of flows: chains by field and place, works and their members, stages of the chain."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from innohub.errors import Finding
from innohub.study.columns import match_heads
from innohub.study.files import Shelf
from innohub.study.flow_words import flow_of, level_of, sector_of
from innohub.study.flows_section import CHAINS, ChainsSection, SynergySection
from innohub.study.report import near, shown
from innohub.study.settings import Configuration
from innohub.study.shaped import Shape, check_once, read_shaped
from innohub.study.tables import Table
from innohub.study.units import conversion
from innohub.study.values import Known

ONE_FIELD = "all"
_UNITS = tuple(f"{chain}_unit" for chain in CHAINS)
_CHAINS = Shape(("place",), (*CHAINS, "spread"), ("year",), once=("place", "field", "year"))
_WORKS = Shape(("work",), ("amount",), ("year",))
_STAGES = Shape(("place", "stage"), ("amount", "spread"), ("year",), once=("place", "stage", "field", "year"))


@dataclass(frozen=True)
class FlowTables:
    """The tables of flows, each None where the study does not ask for it or does not have it.

    ``chains``: place, field, year, the four chains, their units, spread, source. ``works``: work, place ("" outside
    the study), country, actor, sector and level and flow in the catalogue's words ("" where not known), amount, year.
    ``chain_stages``: place, stage, amount, unit, field, year, spread, source. Numbers are floats, NaN for blank.
    """

    chains: pd.DataFrame | None = None
    works: pd.DataFrame | None = None
    chain_stages: pd.DataFrame | None = None

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables that are there, by name."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: table for name, table in found.items() if table is not None}


def read_flows(shelf: Shelf, configuration: Configuration, known: Known, found: list[Finding]) -> FlowTables:
    """Read the tables that ``[ecosystem]`` asks for.

    F004 a section without its table, N341 an amount below zero, N343 units that cannot be compared, N347 an unknown
    sector, N348 an unknown level, N355 a work of two years, N357 a field that is not declared.
    """
    ecosystem, files = configuration.settings.ecosystem, configuration.settings.files
    if ecosystem is None:
        return FlowTables()
    names = {"place": known.places} | ({"source": known.sources} if known.sources else {})

    def opened(name: str, kind: str, *, needed: bool) -> Table | None:
        return shelf.table(name, ("files", kind), needed=needed or name != f"{kind}.csv")

    chains = works = stages = None
    if ecosystem.chains and (table := opened(files.chains, "chains", needed=not ecosystem.chains.fields)):
        chains = read_shaped(table, "chains", _CHAINS, names, found)
        if chains is not None:
            chains = _chains(table, chains, ecosystem.chains, configuration.settings.study.year, found)
    if ecosystem.synergy and (table := opened(files.works, "works", needed=True)):
        works = read_shaped(table, "works", _WORKS, names, found)
        if works is not None:
            works = _works(works, ecosystem.synergy, found)
    if ecosystem.division and (table := opened(files.chain_stages, "chain_stages", needed=True)):
        stages = read_shaped(table, "chain_stages", _STAGES, names, found)
        if stages is not None:
            _refuse_negative(stages, ("amount", "spread"), found)
            stages["field"] = stages["field"].replace("", ONE_FIELD)
            stages["amount"], stages["unit"] = _one_unit(stages, "amount", "unit", [], found)
    return FlowTables(chains, works, stages)


def _chains(
    table: Table, frame: pd.DataFrame, section: ChainsSection, year: int, found: list[Finding]
) -> pd.DataFrame:
    """Fill in field, year and units, and bring every chain to one unit where rows are compared."""
    _refuse_negative(frame, (*CHAINS, "spread"), found)
    frame["field"] = frame["field"].replace("", ONE_FIELD)
    frame["year"] = frame["year"].fillna(year)
    units = match_heads(table, "chains").units
    together = [] if section.compared == "fields" else ["field"]
    for chain, column in zip(CHAINS, _UNITS, strict=True):
        frame[column] = frame[column].where(frame[column].ne(""), units.get(chain, ""))
        if section.compared != "given":
            frame[chain], frame[column] = _one_unit(frame, chain, column, together, found)
    for field, rows in frame.groupby("field", sort=False):
        if section.names and field not in section.names and field != ONE_FIELD:
            params = {"near": near(str(field), section.names), "count": len(rows)}
            file, row = str(rows["file"].iloc[0]), int(rows["row"].iloc[0])
            found.append(Finding("N357", "error", file, row, "field", shown(field), params))
    return frame


def _works(frame: pd.DataFrame, section: SynergySection, found: list[Finding]) -> pd.DataFrame:
    """Turn words into those of the catalogue; what is not known is named once, with its first row."""
    _refuse_negative(frame, ("amount",), found)
    frame["sector"] = _said(frame, "sector", sector_of(section.sectors), "N347", found)
    frame["level"] = _said(frame, "level", level_of(section.levels), "N348", found)
    frame["flow"] = _said(frame, "flow", flow_of(), "M261", found)
    once = Shape((), once=("work", "actor", "place", "sector", "level"))
    check_once(frame.loc[frame["actor"].ne("")], once, found)
    dated = frame.loc[frame["year"].notna()]
    for work, rows in dated.groupby("work", sort=False):
        if rows["year"].nunique() > 1:
            other = rows.loc[rows["year"].ne(rows["year"].iloc[0])].iloc[0]
            params = {"work": shown(work), "years": tuple(f"{year:.0f}" for year in rows["year"].unique())}
            spot = (str(other["file"]), int(other["row"]), "year", f"{other['year']:.0f}")
            found.append(Finding("N355", "error", *spot, params))
    return frame


def _said(
    frame: pd.DataFrame, column: str, meanings: Mapping[str, str], code: str, found: list[Finding]
) -> list[str]:
    """Return what each word of a column means, "" where it is blank or not known."""
    texts = frame[column].str.strip().str.casefold()
    unknown = ~texts.isin(["", *meanings]).to_numpy()
    known = tuple(dict.fromkeys(meanings.values()))
    for text in texts[unknown].unique().tolist():
        rows = frame.loc[texts.eq(text)]
        file, row, word = str(rows["file"].iloc[0]), int(rows["row"].iloc[0]), shown(rows[column].iloc[0])
        params = {"column": column, "near": near(text, meanings), "options": known, "count": len(rows)}
        found.append(Finding(code, "error", file, row, column, word, params))
    return [meanings.get(text, "") for text in texts]


def _refuse_negative(frame: pd.DataFrame, columns: tuple[str, ...], found: list[Finding]) -> None:
    """Name every amount below zero; it counts as missing from here on."""
    for column in columns:
        for at in np.flatnonzero(frame[column].to_numpy() < 0).tolist():
            file, row = str(frame["file"].iloc[at]), int(frame["row"].iloc[at])
            found.append(Finding("N341", "error", file, row, column, f"{frame[column].iloc[at]:g}"))
            frame.loc[frame.index[at], column] = np.nan


def _one_unit(
    frame: pd.DataFrame, column: str, unit: str, together: list[str], found: list[Finding]
) -> tuple[Any, Any]:
    """Return amounts and units, in the first unit of the rows that are compared."""
    values, units = frame[column].to_numpy(dtype=float).copy(), frame[unit].to_numpy().copy()
    groups = (
        frame.groupby(together, sort=False).ngroup().to_numpy() if together else np.zeros(len(frame), int)
    )
    first: dict[int, str] = {}
    named: set[tuple[int, str]] = set()
    for at, group in enumerate(groups.tolist()):
        wanted = first.setdefault(group, units[at])
        if units[at] == wanted:
            continue
        factor = conversion(units[at], wanted)
        if factor is None and (group, units[at]) not in named:
            named.add((group, units[at]))
            file, row = str(frame["file"].iloc[at]), int(frame["row"].iloc[at])
            params = {"given": shown(units[at]) or "–", "wanted": shown(wanted) or "–"}
            found.append(Finding("N343", "error", file, row, column, shown(units[at]), params))
        values[at], units[at] = values[at] * (factor or np.nan), wanted
    return values, units
