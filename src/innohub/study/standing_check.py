"""Check ``[position.*]`` of ``study.toml``: what its keys name, and whether each analysis has what it needs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from innohub.catalog.base_conditions import base_condition_catalogue
from innohub.catalog.hierarchies import hierarchies
from innohub.catalog.local_types import local_types
from innohub.catalog.scheme import Scheme, scheme, scheme_names
from innohub.catalog.stages import stages
from innohub.errors import Finding, ModelError
from innohub.study.centre_check import check_hub
from innohub.study.lines import line_of
from innohub.study.names import Names
from innohub.study.report import near, shown
from innohub.study.settings import Configuration
from innohub.study.standing_section import SchemeSection, StandingSection
from innohub.study.standing_tables import StandingTables
from innohub.words import Language, words

Lines = Mapping[tuple[str, ...], int]
Path = tuple[str, ...]
_FILE = "study.toml"
_RATE = re.compile(r"[A-Z]{3}(-\d{4})?")
_YEAR = re.compile(r"\d{4}")
_TABLE_OF = {"rollup": "tags", "models": "slots", "modes": "actors", "checklist": "checklists"} | {
    "hub": "ties",
    "laboratories": "laboratories",
}


def check_standing(
    configuration: Configuration,
    tables: StandingTables,
    indicators: Names,
    frameworks: Mapping[str, pd.DataFrame],
    found: list[Finding],
) -> None:
    """Compare the keys beyond the grid with the indicators, indices, schemes and tables of the study.

    Unknown indicators and indices are M262; M264 an analysis without its table; N166 an unknown scheme, M265 one
    without a value, M261 a cited class or scheme that does not exist.
    """
    settings, lines = configuration.settings, configuration.lines
    section = settings.position
    if section is None:
        return
    codes = tuple(indicators.ids)
    for path, code in _indicators(section):
        if code not in indicators.ids:
            found.append(_unknown("indicator", path, code, codes, lines))
    for path, name, nodes in _indices(section):
        if name and name not in settings.index:
            found.append(_unknown("index", path, name, tuple(settings.index), lines))
        if name in frameworks:
            found += _strange("node", path, nodes, tuple(frameworks[name]["node"]), lines)
    if section.compare and not (section.compare.indicators or settings.index):
        found.append(_finding("M269", ("position", "compare"), "", lines, {}))
    if section.containment and settings.tiers is None:
        found.append(_finding("M268", ("position", "containment"), "", lines, {}))
    for key, table in _TABLE_OF.items():
        if getattr(section, key) is not None and getattr(tables, table) is None:
            found.append(
                _finding("M264", ("position", key), f"{table}.csv", lines, {"table": f"{table}.csv"})
            )
    if section.hub:
        found += check_hub(
            section.hub, tables.ties, bool(settings.index),
            lambda kind, path, given, known: _strange(kind, path, given, known, lines),
            lambda code, path, value, params: _finding(code, path, value, lines, params),
        )  # fmt: skip
    _check_words(section, tables, lines, found)
    _check_schemes(section, tables, lines, found)
    if tables.classes is not None:
        _check_cited(tables.classes, tables.schemes, found)


def _indicators(section: StandingSection) -> Iterator[tuple[Path, str]]:
    """Return every indicator that a key names, with its key."""
    for name, rule in section.scheme.items():
        base = ("position", "scheme", name)
        yield from ([((*base, "indicator"), rule.indicator)] if rule.indicator else [])
        yield from (((*base, "parts"), code) for code in ([] if rule.index else rule.parts.values()))
    if section.stage:
        yield from ((("position", "stage", "measures"), code) for code in section.stage.measures.values())
    for each in section.equivalent:
        yield ("position", "equivalent", "indicator"), each.indicator
        if each.ranking_indicator:
            yield ("position", "equivalent", "ranking_indicator"), each.ranking_indicator
    if section.similar:
        for key in ("variables", "logs", "outcomes"):
            yield from ((("position", "similar", key), code) for code in getattr(section.similar, key))
    if section.compare:
        yield from ((("position", "compare", "indicators"), code) for code in section.compare.indicators)
    if section.unevenness:
        for key, codes in section.unevenness.named:
            yield from ((("position", "unevenness", key), code) for code in codes)
    if section.containment:
        yield from ((("position", "containment", "niches"), code) for code in section.containment.niches)
    if section.local:
        for measure in section.local.measures.values():
            pair = (measure,) if isinstance(measure, str) else measure
            yield from ((("position", "local", "measures"), code) for code in pair)
    yield from _indicators_of_centres(section)


def _indicators_of_centres(section: StandingSection) -> Iterator[tuple[Path, str]]:
    if section.hub and section.hub.concentration and not section.hub.index:
        yield ("position", "hub", "concentration"), section.hub.concentration
    if section.path:
        for name, role in section.path.roles.items():
            yield ("position", "path", "roles", name, "indicator"), role.indicator
    if section.triangle and not section.triangle.index:
        for key in ("agglomeration", "innovation", "diffusion"):
            yield ("position", "triangle", key), getattr(section.triangle, key)


def _indices(section: StandingSection) -> Iterator[tuple[Path, str, Sequence[str]]]:
    """Return every index that a key names, with the nodes named beside it."""
    for name, rule in section.scheme.items():
        nodes = [node for node in (rule.node, *(rule.parts.values() if rule.index else ())) if node]
        yield ("position", "scheme", name, "index"), rule.index, nodes
    for key in ("compare", "rollup", "containment", "models"):
        if part := getattr(section, key):
            yield ("position", key, "index"), part.index, getattr(part, "functions", ())
    if section.hub:
        nodes = [section.hub.concentration] if section.hub.index and section.hub.concentration else []
        yield ("position", "hub", "index"), section.hub.index, nodes
    if section.triangle:
        corners = (section.triangle.agglomeration, section.triangle.innovation, section.triangle.diffusion)
        yield ("position", "triangle", "index"), section.triangle.index, corners


def _check_words(
    section: StandingSection, tables: StandingTables, lines: Lines, found: list[Finding]
) -> None:
    """Name the measures, conditions, frames and kinds of tests that nothing knows."""
    if section.stage:
        ladder = stages("porter") if section.stage.scheme == "porter" else ()
        own = tables.stages["measure"].tolist() if tables.stages is not None else []
        known = tuple(dict.fromkeys([step.measure for step in ladder] if ladder else own))
        where = ("position", "stage", "measures")
        found += _strange("measure", where, section.stage.measures, known, lines)
        if section.stage.scheme == "own" and tables.stages is None:
            where = ("position", "stage", "scheme")
            found.append(_finding("M264", where, "stages.csv", lines, {"table": "stages.csv"}))
    if section.conditions:
        told = tables.conditions["condition"].tolist() if tables.conditions is not None else []
        known = tuple(dict.fromkeys([*base_condition_catalogue(), *told]))
        path = ("position", "conditions", "claims")
        found += _strange("condition", path, section.conditions.claims, known, lines)
    if section.rollup:
        path = ("position", "rollup", "hierarchies")
        found += _strange("hierarchy", path, section.rollup.hierarchies, tuple(hierarchies()), lines)
    if section.local:
        tests = dict.fromkeys(test.measure for kind in local_types().values() for test in kind.tests)
        path = ("position", "local", "measures")
        found += _strange("measure", path, section.local.measures, tuple(tests), lines)
    deflator = section.stage.deflator if section.stage else {}
    found += _malformed(("position", "rates"), section.rates, _RATE, ("CNY", "CNY-2015"), lines)
    found += _malformed(("position", "stage", "deflator"), deflator, _YEAR, ("2015",), lines)


def _check_schemes(
    section: StandingSection, tables: StandingTables, lines: Lines, found: list[Finding]
) -> None:
    cited = set() if tables.classes is None else set(tables.classes["scheme"])
    for name in dict.fromkeys((*section.schemes, *section.scheme)):
        rule = section.scheme_of(name)
        path = ("position", "scheme" if name in section.scheme else "schemes")
        if not rule.file and name not in scheme_names():
            params = {"name": shown(name), "near": near(name, scheme_names())}
            found.append(_finding("N166", path, name, lines, params))
        elif name in section.scheme or name not in cited:
            known = tables.schemes.get(name) if rule.file else scheme(name)
            if known is not None and not _has_value(known.kind, rule):
                found.append(_finding("M265", (*path, name), name, lines, {"scheme": name}))


def _has_value(kind: str, rule: SchemeSection) -> bool:
    """Say whether a scheme has what its kind places: one value, several parts, or a framework's dimensions."""
    several = {"breadth": rule.index or rule.parts, "ratings": rule.parts, "scope": rule.parts}
    return bool(several.get(kind, rule.index or rule.indicator))


def _check_cited(classes: pd.DataFrame, own: Mapping[str, Scheme], found: list[Finding]) -> None:
    """Name the cited schemes and classes that do not exist, with their rows."""
    for row in classes.to_dict("records"):
        file, line = str(row["file"]), int(row["row"])
        try:
            grades = tuple(grade.id for grade in (own.get(row["scheme"]) or scheme(row["scheme"])).grades)
        except ModelError as problem:
            spot = {"file": file, "row": line, "column": "scheme"}
            found += [replace(finding, **spot) for finding in problem.findings]  # type: ignore[arg-type]
            continue
        if row["class"] not in grades:
            params = {"column": "class", "near": near(row["class"], grades), "options": grades}
            found.append(Finding("M261", "error", file, line, "class", shown(row["class"]), params))


def _strange(
    kind: str, path: Path, given: Iterable[str], known: Sequence[str], lines: Lines
) -> list[Finding]:  # fmt: skip
    """Name what a key gives and nothing knows; M262."""
    return [_unknown(kind, path, name, known, lines) for name in given if name not in known]


def _malformed(
    path: Path, given: Iterable[str], form: re.Pattern[str], examples: tuple[str, ...], lines: Lines
) -> list[Finding]:
    """Name what a key gives in another form than the examples; M261."""
    params = {"column": path[-1], "near": examples, "options": examples}
    return [_finding("M261", path, name, lines, params) for name in given if not form.fullmatch(name)]


def _unknown(kind: str, path: Path, value: str, known: Sequence[str], lines: Lines) -> Finding:
    def what(language: Language) -> str:
        return words(language).say(f"finding.M262.of.{kind}")

    return _finding("M262", path, value, lines, {"what": what, "near": near(value, known)})


def _finding(code: str, path: Path, value: str, lines: Lines, params: Mapping[str, object]) -> Finding:
    return Finding(code, "error", _FILE, line_of(lines, path), ".".join(path), shown(value), params)
