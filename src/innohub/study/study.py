"""Read a study folder: settings and tables, checked together, every finding at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from innohub.errors import Finding, StudyError
from innohub.study.coverage import check_coverage
from innohub.study.files import Shelf
from innohub.study.framework import Rule, read_framework
from innohub.study.indicators import SOURCE_COLUMNS, read_indicators, read_sources
from innohub.study.lines import line_of
from innohub.study.names import names_of
from innohub.study.panel import lay_out
from innohub.study.places import read_places
from innohub.study.plan import read_plan
from innohub.study.report import has_error, near, ordered
from innohub.study.schema import IndexSection, Settings
from innohub.study.settings import FILE, Configuration, read_settings
from innohub.study.values import COLUMNS as VALUE_COLUMNS
from innohub.study.values import find_duplicates, read_values


@dataclass(frozen=True)
class Study:
    """A study as read from its folder; every table carries ``file`` and ``row`` of each entry.

    Attributes
    ----------
    places : place, kind, name_zh, name_en, country, part_of, lat, lon, members, file, row. ``part_of`` joins ids
        by ``;``: the place lies inside them, or, behind ``~``, is stood for by them.
    indicators : indicator, name_zh, name_en, unit, direction (1, -1, 0 = context), note_zh, note_en, file, row.
    values : place, indicator, year, value (NaN = missing), unit, source, flag, note, file, row, column, cell.
    frameworks : by index: node, parent ("" for the root), name_zh, name_en, weight, indicator, file, row.
    sources : source, title, publisher, year, url, licence, accessed (texts), file, row.
    plan : the published plan, or None.
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
    tables = _read_tables(shelf, configuration, found)
    findings = ordered(found)
    if tables is None or has_error(findings):
        return None, findings
    files = {FILE: configuration.digest, **shelf.digests}
    return Study(folder, configuration.settings, **tables, findings=findings, files=files), findings


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
    except (OSError, ValueError):
        found.append(Finding("F001", file=name, params={"near": "–"}))
    return not found


def _read_tables(
    shelf: Shelf, configuration: Configuration, found: list[Finding]
) -> dict[str, object] | None:
    """Read all tables; None when places, indicators or panel are beyond reading."""
    settings = configuration.settings
    names = settings.files
    table = shelf.table(names.places, ("files", "places"))
    places = read_places(table, found) if table else None
    table = shelf.table(names.indicators, ("files", "indicators"))
    indicators = read_indicators(table, found) if table else None
    table = shelf.table(names.sources, ("files", "sources"), needed=names.sources != "sources.csv")
    sources = read_sources(table, found) if table else None
    frameworks = _read_frameworks(shelf, configuration, indicators, found)
    panel_names = (names.panel,) if isinstance(names.panel, str) else names.panel
    panel_tables = [shelf.table(name, ("files", "panel")) for name in panel_names]
    if places is None or indicators is None:
        return None
    known_places = names_of(places, "place", "P001")
    known_sources = names_of(sources, "source", "P003") if sources is not None else None
    plan = None
    if (
        settings.tiers
        and settings.tiers.plan
        and (table := shelf.table(settings.tiers.plan, ("tiers", "plan")))
    ):
        plan = read_plan(table, known_places, settings.tiers.names, known_sources, found)
    parts = []
    units = dict(zip(indicators["indicator"], indicators["unit"], strict=True))
    known_indicators = names_of(indicators, "indicator", "P002")
    for table in panel_tables:
        raw = lay_out(table, known_places, known_indicators, found) if table else None
        if raw is not None and len(raw):
            parts.append(
                read_values(
                    raw, known_places, known_indicators, known_sources, units, configuration.year, found
                )
            )
    if any(table is None for table in panel_tables) or not parts:
        return None
    values = pd.concat(parts, ignore_index=True)
    found += find_duplicates(values)
    _check_whole(values, indicators, places, frameworks, sources, configuration, found)
    return {
        "places": _typed(places),
        "indicators": _typed(indicators),
        "values": _typed(values[VALUE_COLUMNS]),
        "frameworks": {name: _typed(frame) for name, frame in frameworks.items()},
        "sources": _typed(
            sources if sources is not None else pd.DataFrame(columns=SOURCE_COLUMNS, dtype=object)
        ),
        "plan": _typed(plan) if plan is not None else None,
    }


def _read_frameworks(
    shelf: Shelf, configuration: Configuration, indicators: pd.DataFrame | None, found: list[Finding]
) -> dict[str, pd.DataFrame]:
    """Read each framework file once, for all indices that stand on it."""
    frameworks: dict[str, pd.DataFrame] = {}
    by_file: dict[str, list[str]] = {}
    for name, index in configuration.settings.index.items():
        by_file.setdefault(index.framework, []).append(name)
    for file, indices in by_file.items():
        table = shelf.table(file, ("index", indices[0], "framework"))
        if table is None or indicators is None:
            continue
        rules = [_rule(name, configuration.settings.index[name], configuration.lines) for name in indices]
        known = names_of(indicators, "indicator", "P002")
        frame = read_framework(table, indicators, known, rules, found)
        if frame is not None:
            frameworks |= dict.fromkeys(indices, frame)
    return frameworks


def _rule(name: str, index: IndexSection, lines: Mapping[tuple[str, ...], int]) -> Rule:
    """Say where an index takes its weights as given, in its main form or an alternative."""

    def given(text: str | None) -> bool:
        return text is not None and text.strip().startswith("given")

    own = {node: rule.weights for node, rule in index.nodes.items() if rule.weights is not None}
    return Rule(
        index=name,
        given_everywhere=given(index.weights)
        or any(given(other.weights) for other in index.alternatives.values()),
        given_under=frozenset(node for node, text in own.items() if given(text)),
        not_given_under=frozenset(node for node, text in own.items() if not given(text)),
        nodes={node: line_of(lines, ("index", name, "nodes", node)) for node in index.nodes},
    )


def _check_whole(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    places: pd.DataFrame,
    frameworks: Mapping[str, pd.DataFrame],
    sources: pd.DataFrame | None,
    configuration: Configuration,
    found: list[Finding],
) -> None:
    """Check what only shows when the tables are seen together."""
    used = {key for frame in frameworks.values() for key in frame["indicator"] if key}
    row = line_of(configuration.lines, ("study", "year"))
    found += check_coverage(values, indicators, places, configuration.year, used, row)
    if sources is None:
        found.append(Finding("F014", "warning", file=configuration.settings.files.sources))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give text columns the text type, and numbers of rows whole numbers."""
    numeric = {"lat", "lon", "weight", "value"}
    types = {
        name: "float64" if name in numeric else "int64" if name in ("row", "direction") else "str"
        for name in frame.columns
    }
    if "value" in frame.columns:
        types["year"] = "int64"
    return frame.astype(types).reset_index(drop=True)
