"""Read every table of a study and check them against each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
from pandas.api.types import is_integer_dtype

from innohub.errors import Finding
from innohub.study.choices import method_names
from innohub.study.coverage import check_coverage
from innohub.study.divisions import check_divisions, check_own, denominators
from innohub.study.ecosystem_tables import read_ecosystem
from innohub.study.efficiency_check import check_production
from innohub.study.expert_tiers import read_expert_tiers
from innohub.study.experts import gather_trees
from innohub.study.files import Shelf, plain
from innohub.study.flow_tables import FlowTables
from innohub.study.flows_check import gather_flows
from innohub.study.frameworks import read_frameworks
from innohub.study.indicators import SOURCE_COLUMNS, read_sources
from innohub.study.judgements import read_judgements
from innohub.study.limits import NUMBERS as LIMITS
from innohub.study.lines import line_of
from innohub.study.measures import has_measures, read_measures, read_panels
from innohub.study.names import names_of
from innohub.study.neighbours import TABLE, read_neighbours
from innohub.study.places import read_places
from innohub.study.plan import read_plan
from innohub.study.points import read_points
from innohub.study.positioning import Positioning, read_positioning
from innohub.study.preset_indicators import Applied
from innohub.study.presets import check_presets
from innohub.study.registers.gather import Registers, read_registers
from innohub.study.settings import Configuration
from innohub.study.standing_check import check_standing
from innohub.study.standing_section import standing_parts
from innohub.study.standing_tables import StandingTables, read_standing
from innohub.study.stated import of_single_years
from innohub.study.tables import Table
from innohub.study.values import COLUMNS as VALUE_COLUMNS
from innohub.study.values import Known, no_values

_NUMBERS = {"lat", "lon", "weight", "value", "points", "spread", *LIMITS}
_WHOLE = {"row", "direction"}


@dataclass(frozen=True)
class Tables:
    """The tables of a study, as ``Study`` carries them."""

    places: pd.DataFrame
    indicators: pd.DataFrame
    values: pd.DataFrame
    frameworks: Mapping[str, pd.DataFrame]
    sources: pd.DataFrame
    plan: pd.DataFrame | None
    expert_tiers: pd.DataFrame | None
    neighbours: pd.DataFrame | None
    judgements: pd.DataFrame | None
    points: pd.DataFrame | None
    position: Positioning | None
    standing: StandingTables
    flows: FlowTables
    constraints: pd.DataFrame | None = None
    registers: Registers | None = None
    presets: Mapping[str, Applied] = field(default_factory=dict)


def read_tables(shelf: Shelf, configuration: Configuration, found: list[Finding]) -> Tables | None:
    """Read all tables; None when places, indicators or panel are beyond reading."""
    files = configuration.settings.files
    table = shelf.table(files.places, ("files", "places"))
    places = read_places(table, found) if table else None
    indicators = read_measures(shelf, configuration, found)
    table = shelf.table(files.sources, ("files", "sources"), needed=files.sources != "sources.csv")
    sources = read_sources(table, found) if table else None
    frameworks = read_frameworks(shelf, configuration, indicators, found)
    names = (files.panel,) if isinstance(files.panel, str) else files.panel
    paneled = has_measures(shelf, configuration)
    wanted = dict.fromkeys(map(plain, names)) if paneled else {}
    panels = [shelf.table(name, ("files", "panel")) for name in wanted]
    if places is None or indicators is None:
        return None
    known = _known(places, indicators, sources, configuration)
    plan = _read_plan(shelf, configuration, known, found)
    expert = read_expert_tiers(shelf, configuration.settings.tiers, known.places, found)
    judgements, points = _read_experts(shelf, configuration, frameworks, found)
    neighbours = _read_neighbours(shelf, configuration, known, found)
    standing = read_standing(shelf, configuration.settings, known.places, known.indicators, found)
    beside = bool(standing.tables() or standing_parts(configuration.settings.position))
    position = read_positioning(shelf, configuration, known, indicators, found, beside=beside)
    check_standing(configuration, standing, known.indicators, frameworks, found)
    constraints = read_ecosystem(shelf, configuration, known, frameworks, found, position=position)
    flows = gather_flows(shelf, configuration, known, found)
    registers = read_registers(shelf, configuration, known, found)
    values = read_panels(panels, known, found) if paneled else no_values()
    if values is None:
        return None
    settings, lines = configuration.settings, configuration.lines
    check_production(settings, known.indicators, of_single_years(values), lines, found)
    uses = _uses(values, indicators, places, frameworks, configuration)
    presets = _check_presets(values, indicators, uses, configuration, found)
    if sources is None:
        found.append(Finding("F014", "warning", file=files.sources))
        sources = pd.DataFrame(columns=SOURCE_COLUMNS, dtype=object)
    return Tables(
        places=typed(places),
        indicators=typed(indicators),
        values=typed(values[VALUE_COLUMNS]),
        frameworks={name: typed(frame) for name, frame in frameworks.items()},
        sources=typed(sources),
        plan=_typed(plan),
        expert_tiers=_typed(expert),
        neighbours=_typed(neighbours),
        judgements=_typed(judgements),
        points=_typed(points),
        position=position,
        standing=standing,
        flows=flows,
        constraints=_typed(constraints),
        registers=registers,
        presets=presets,
    )


def _known(
    places: pd.DataFrame, indicators: pd.DataFrame, sources: pd.DataFrame | None, configuration: Configuration
) -> Known:
    """Return the names that other tables may use."""
    settings = configuration.settings
    return Known(
        places=names_of(places, "place", "P001"),
        indicators=names_of(indicators, "indicator", "P002"),
        sources=names_of(sources, "source", "P003") if sources is not None else None,
        units=dict(zip(indicators["indicator"], indicators["unit"], strict=True)),
        year=configuration.year,
        loose=settings.position is not None or settings.tables_only,
    )


def _check_presets(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    uses: list[Finding],
    configuration: Configuration,
    found: list[Finding],
) -> Mapping[str, Applied]:
    """Check the presets against the values; an indicator that one of them asks for in vain is named once."""
    asked = tuple(configuration.presets.values())
    presets, told = check_presets(asked, values, configuration.settings, indicators, configuration.lines)
    named = {finding.value for finding in told if finding.code == "C192"}
    found += [*told, *(use for use in uses if use.code != "P014" or use.value not in named)]
    return presets


def _typed(frame: pd.DataFrame | None) -> pd.DataFrame | None:
    return None if frame is None else typed(frame)


def _uses(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    places: pd.DataFrame,
    frameworks: Mapping[str, pd.DataFrame],
    configuration: Configuration,
) -> list[Finding]:
    """Return what is found of the indicators that indices stand on: divisions, own numbers, years covered."""
    settings, lines = configuration.settings, configuration.lines
    found: list[Finding] = []
    for check in (check_divisions, check_own):
        check(indicators, settings.index, frameworks, lines, found)
    if settings.index or settings.efficiency or not (settings.position or settings.tables_only):
        used = {key for frame in frameworks.values() for key in frame["indicator"] if key}
        used |= set(denominators(indicators, settings.index, frameworks))
        row = line_of(lines, ("study", "year"))
        dated, year = of_single_years(values), configuration.year
        found += check_coverage(dated, indicators, places, year=year, used=used, year_row=row)
    return found


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give text columns the text type, measures floats, rows and directions whole numbers; whole numbers stay."""
    types = {
        name: "float64" if name in _NUMBERS else "int64" if name in _WHOLE else "str"
        for name, kind in frame.dtypes.items()
        if not is_integer_dtype(kind)
    }
    return frame.astype(types).reset_index(drop=True)


def _read_plan(
    shelf: Shelf, configuration: Configuration, known: Known, found: list[Finding]
) -> pd.DataFrame | None:
    tiers = configuration.settings.tiers
    if tiers is None or not tiers.plan:
        return None
    table = shelf.table(tiers.plan, ("tiers", "plan"))
    return read_plan(table, known.places, tiers.names, known.sources, found) if table else None


def _read_neighbours(
    shelf: Shelf, configuration: Configuration, known: Known, found: list[Finding]
) -> pd.DataFrame | None:
    """Read the table of neighbours when an index says that it is there."""
    settings = configuration.settings
    if all(index.change.neighbours != TABLE for index in settings.index.values()):
        return None
    table = shelf.table(settings.files.neighbours, ("files", "neighbours"))
    return read_neighbours(table, known.places, found) if table else None


def _read_experts(
    shelf: Shelf,
    configuration: Configuration,
    frameworks: Mapping[str, pd.DataFrame],
    found: list[Finding],
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """Read the tables of experts that some index asks for, or that ``[files]`` names."""
    indices, files = configuration.settings.index.values(), configuration.settings.files
    drawn = any("experts" in method_names(index, "draws") for index in indices)
    weighed = set().union(*(method_names(index, "weights") for index in indices))
    trees = gather_trees(frameworks.values()) if frameworks else None

    def opened(name: str, key: str, method: str) -> Table | None:
        needed = method in weighed or name != f"{key}.csv"
        table = shelf.table(name, ("files", key), needed=needed) if needed or drawn else None
        return table if trees else None

    judged = opened(files.judgements, "judgements", "ahp")
    shared = opened(files.points, "points", "budget")
    return (
        read_judgements(judged, trees, found) if judged and trees else None,
        read_points(shared, trees, found) if shared and trees else None,
    )
