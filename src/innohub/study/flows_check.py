"""Check ``[ecosystem.chains]``, ``[ecosystem.synergy]`` and ``[ecosystem.division]`` of ``study.toml``."""

from collections.abc import Iterable, Mapping

import pandas as pd

from innohub.catalog.coupling import parse_coupling
from innohub.errors import Finding, ModelError
from innohub.study.files import Shelf
from innohub.study.flow_tables import FlowTables, read_flows
from innohub.study.flows_section import CHAINS, ChainsSection, DivisionSection, SynergySection
from innohub.study.lines import line_of
from innohub.study.report import near, shown
from innohub.study.settings import Configuration
from innohub.study.values import Known
from innohub.words import Language, words

Lines = Mapping[tuple[str, ...], int]
Path = tuple[str, ...]
_FILE = "study.toml"


def gather_flows(
    shelf: Shelf, configuration: Configuration, known: Known, found: list[Finding]
) -> FlowTables:
    """Read the tables of flows and compare the keys with them, with the indicators and with the variants.

    M262 an unknown indicator, M101-M103 the variant, N344 one for two systems only, N346 weights that are not four,
    N349 works that tell neither place nor sector nor level, N352 a place in two groups, N353 a group or stage that a
    division states and nothing knows, N356 works without a year.
    """
    tables = read_flows(shelf, configuration, known, found)
    section, lines = configuration.settings.ecosystem, configuration.lines
    if section is None:
        return tables
    if section.chains:
        _check_chains(section.chains, tuple(known.indicators.ids), lines, found)
    if section.synergy:
        _check_works(section.synergy, tables.works, lines, found)
    for name, division in section.division.items():
        _check_division(name, division, tables.chain_stages, lines, found)
    return tables


def _check_chains(section: ChainsSection, codes: tuple[str, ...], lines: Lines, found: list[Finding]) -> None:
    base = ("ecosystem", "chains")
    for name, field in section.fields.items():
        told = [(chain, getattr(field, chain)) for chain in CHAINS]
        found += [
            _unknown((*base, "fields", name, chain), code, codes, lines)
            for chain, code in told
            if code not in codes
        ]
    if section.weights and (len(section.weights) != len(CHAINS) or not sum(section.weights) > 0):
        value = ", ".join(f"{weight:g}" for weight in section.weights)
        found.append(_finding("N346", (*base, "weights"), value, lines, {"count": len(section.weights)}))
    try:
        spec = parse_coupling(section.variant, key="ecosystem.chains.variant")
        if spec.variant.systems == "two":
            found.append(_finding("N344", (*base, "variant"), section.variant, lines, {}))
    except ModelError as problem:
        found += problem.findings


def _check_works(
    section: SynergySection, works: pd.DataFrame | None, lines: Lines, found: list[Finding]
) -> None:
    if works is None or works.empty:
        return
    if all(works[column].eq("").all() for column in ("place", "sector", "level")):
        file = str(works["file"].iloc[0])
        found.append(Finding("N349", "error", file, 1, "place"))
    if section.by_year and works["year"].isna().any():
        rows = works.loc[works["year"].isna()]
        params = {"count": len(rows)}
        file, row = str(rows["file"].iloc[0]), int(rows["row"].iloc[0])
        found.append(Finding("N356", "error", file, row, "year", "", params))


def _check_division(
    name: str, division: DivisionSection, stages: pd.DataFrame | None, lines: Lines, found: list[Finding]
) -> None:
    base = ("ecosystem", "division", name)
    owner: dict[str, str] = {}
    for group, places in division.groups.items():
        for place in places:
            if owner.setdefault(place, group) != group:
                params = {"first": owner[place], "second": group}
                found.append(_finding("N352", (*base, "groups", group), place, lines, params))
    unheard = [group for group in division.stated if group not in division.groups]
    found += _strange("group", (*base, "stated"), unheard, tuple(division.groups), lines)
    if stages is None or stages.empty:
        return
    if division.field:
        known = tuple(dict.fromkeys(stages["field"]))
        found += _strange("field", (*base, "field"), {division.field} - set(known), known, lines)
    known = tuple(dict.fromkeys(stages["stage"]))
    told = dict.fromkeys(stage for _, stage in division.parts if stage not in known)
    found += _strange("stage", (*base, "stated"), told, known, lines)


def _strange(
    kind: str, path: Path, given: Iterable[str], known: tuple[str, ...], lines: Lines
) -> list[Finding]:
    """Name what a division states and nothing knows; N353."""

    def what(language: Language) -> str:
        return words(language).say(f"finding.N353.of.{kind}")

    return [_finding("N353", path, name, lines, {"what": what, "near": near(name, known)}) for name in given]


def _unknown(path: Path, value: str, known: tuple[str, ...], lines: Lines) -> Finding:
    def what(language: Language) -> str:
        return words(language).say("finding.M262.of.indicator")

    return _finding("M262", path, value, lines, {"what": what, "near": near(value, known)})


def _finding(code: str, path: Path, value: str, lines: Lines, params: Mapping[str, object]) -> Finding:
    return Finding(code, "error", _FILE, line_of(lines, path), ".".join(path), shown(value), params)
