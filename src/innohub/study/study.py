"""Read a study folder: settings and tables, checked together, every finding at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from innohub.errors import Finding, StudyError
from innohub.study.files import Shelf
from innohub.study.flow_tables import FlowTables
from innohub.study.gather import read_tables
from innohub.study.positioning import Positioning
from innohub.study.preset_indicators import Applied
from innohub.study.registers.gather import Registers
from innohub.study.report import NONE, has_error, near, ordered, unopened
from innohub.study.schema import Settings
from innohub.study.settings import FILE, read_settings
from innohub.study.standing_tables import StandingTables
from innohub.study.summary import summarise


@dataclass(frozen=True)
class Study:
    """A study as read from its folder; every table carries ``file`` and ``row`` of each entry.

    Attributes
    ----------
    places : place, kind, name_zh, name_en, country, region, part_of, lat, lon, members, file, row. ``part_of`` joins
        ids by ``;``: the place lies inside them, or, behind ``~``, is stood for by them.
    indicators : indicator, name_zh, name_en, unit, direction (1, -1, 0 = context), denominator, factor, low, high,
        target, noise (NaN = not given), area, note_zh, note_en, file, row.
    values : place, indicator, year, value (NaN = missing), unit, source, flag, note, note_zh, note_en,
        file, row, column, cell, since (first year of a period that ends in ``year``), area, qualifier, spread, rule.
        In a positioning study the year may be missing.
    frameworks : by index: node, parent ("" for the root), name_zh, name_en, weight, indicator, file, row.
    sources : source, title, publisher, year, url, licence, accessed (texts), file, row.
    plan : the published plan, or None.
    expert_tiers : tiers that experts give: place, tier, expert, source, file, row; or None.
    judgements : experts' pairwise judgements, each pair once: expert, node, first, second, value, file, row; or None.
    points : experts' points: expert, node, item, points, file, row; or None.
    position : what a positioning study brings: functions, scopes, peers, claims, shares; or None.
    neighbours : pairs of neighbours: place, other, weight, file, row; or None.
    standing : the tables of a positioning study beside the grid: classes, targets, conditions, tags and others.
    constraints : the group of constraints that each indicator belongs to: group, indicator, name_zh, name_en,
        levers, file, row; or None.
    flows : chains by field and place, works and their members, stages of the chain; each where it is asked for.
    registers : the registers of a city and what is asked of them; or None.
    presets : by index, the published index that it follows and where it departs from it.
    findings : warnings and notes.
    files : SHA-256 of every file read, by its path inside the folder.
    """

    folder: Path
    settings: Settings
    places: pd.DataFrame
    indicators: pd.DataFrame
    values: pd.DataFrame
    frameworks: Mapping[str, pd.DataFrame]
    sources: pd.DataFrame
    plan: pd.DataFrame | None
    neighbours: pd.DataFrame | None = None
    judgements: pd.DataFrame | None = None
    points: pd.DataFrame | None = None
    position: Positioning | None = None
    expert_tiers: pd.DataFrame | None = None
    standing: StandingTables = field(default_factory=StandingTables)
    flows: FlowTables = field(default_factory=FlowTables)
    constraints: pd.DataFrame | None = None
    registers: Registers | None = None
    presets: Mapping[str, Applied] = field(default_factory=dict)
    findings: tuple[Finding, ...] = field(default=())
    files: Mapping[str, str] = field(default_factory=dict)


def read_study(folder: str | Path) -> Study:
    """Read a study folder.

    Raises
    ------
    StudyError
        When anything is wrong; carries every finding, errors first.
    """
    study, findings = _gather(Path(folder))
    if study is None or has_error(findings):
        raise StudyError(findings)
    return study


def check_study(folder: str | Path) -> tuple[Finding, ...]:
    """Return everything that a check of a study folder finds, errors first; nothing is changed or written."""
    return _gather(Path(folder))[1]


def _gather(folder: Path) -> tuple[Study | None, tuple[Finding, ...]]:
    found: list[Finding] = []
    if not _is_study(folder, found):
        return None, ordered(found)
    configuration = read_settings(folder, found)
    if configuration is None:
        return None, ordered(found)
    shelf = Shelf(folder, configuration.lines, found)
    tables = read_tables(shelf, configuration, found)
    findings = ordered(summarise(found))
    if tables is None or has_error(findings):
        return None, findings
    study = Study(
        folder=folder,
        settings=configuration.settings,
        places=tables.places,
        indicators=tables.indicators,
        values=tables.values,
        frameworks=tables.frameworks,
        sources=tables.sources,
        plan=tables.plan,
        expert_tiers=tables.expert_tiers,
        neighbours=tables.neighbours,
        findings=findings,
        files={FILE: configuration.digest, **shelf.digests},
        judgements=tables.judgements,
        points=tables.points,
        position=tables.position,
        standing=tables.standing,
        flows=tables.flows,
        constraints=tables.constraints,
        registers=tables.registers,
        presets=tables.presets,
    )
    return study, findings


def _is_study(folder: Path, found: list[Finding]) -> bool:
    name = str(folder)
    try:
        if not folder.exists():
            around = folder.parent.iterdir() if folder.parent.is_dir() else ()
            others = near(folder.name, (path.name for path in around if path.is_dir()))
            found.append(Finding("F001", file=name, params={"near": others}))
        elif not folder.is_dir():
            found.append(Finding("F002", file=name))
        elif not (folder / FILE).exists():
            found.append(Finding("F003", file=name))
    except PermissionError as problem:
        found.append(unopened(name, problem))
    except (OSError, ValueError):
        found.append(Finding("F001", file=name, params={"near": NONE}))
    return not found
