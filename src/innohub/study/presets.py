"""Lay the presets that ``study.toml`` names under what it writes itself, and remember where the two differ."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from innohub.catalog import parse_spec
from innohub.catalog.presets import Preset, preset
from innohub.errors import Finding, InnohubError, ModelError
from innohub.study.index_section import IndexSection
from innohub.study.lines import line_of
from innohub.study.preset_indicators import Applied, Change, Supplied, indicator_changes
from innohub.study.report import near, shown
from innohub.study.schema import Settings
from innohub.study.tables import Table

_FILE = "study.toml"
_MARK = "preset:"
_METHOD = (
    "framework", "screen", "denominate", "impute", "treat", "normalise", "weights", "combine", "aggregate",
    "missing", "pool", "nodes",
)  # fmt: skip
_SPECS = ("impute", "treat", "normalise", "weights", "aggregate")
_MOST_NAMED = 8
Lines = Mapping[tuple[str, ...], int]


def lay_presets(raw: dict[str, Any], lines: Lines, found: list[Finding]) -> dict[str, Applied]:
    """Fill what each index leaves to its preset, in place, and return the presets by index.

    Findings: C190 an unknown preset, C194 and C206 a wrong map of indicators, C203 such a map without a preset, C204
    and C205 what a preset does not know and the study must give.
    """
    sections = raw.get("index")
    applied: dict[str, Applied] = {}
    for name, section in sections.items() if isinstance(sections, dict) else ():
        if not isinstance(section, dict):
            continue
        wanted = section.get("preset")
        if wanted is None and "preset_indicators" in section:
            row = line_of(lines, ("index", name, "preset_indicators"))
            found.append(Finding("C203", file=_FILE, row=row, column=f"index.{name}.preset_indicators"))
        if not isinstance(wanted, str):
            continue
        try:
            chosen = preset(wanted)
        except ModelError as problem:
            row = line_of(lines, ("index", name, "preset"))
            found += [
                replace(f, file=_FILE, row=row, column=f"index.{name}.preset") for f in problem.findings
            ]
            section.setdefault("framework", _MARK + wanted)
            continue
        applied[name] = _lay(name, section, chosen, lines, found)
    return applied


def _lay(name: str, section: dict[str, Any], chosen: Preset, lines: Lines, found: list[Finding]) -> Applied:
    """Lay one preset under one section."""
    changes = tuple(_changes(section, chosen))
    framed = "framework" not in section
    ids = _ids(name, section, chosen, lines, found)
    for key in (key for key in chosen.needs if key not in section):
        code = "C205" if key == "framework" else "C204"
        params = {"preset": chosen.id, "key": key, "index": name, "unknown": chosen.unknown.__getitem__}
        found.append(
            Finding(
                code, "error", _FILE, line_of(lines, ("index", name)), f"index.{name}.{key}", params=params
            )
        )
    section.setdefault("framework", _MARK + chosen.id)
    section.setdefault("title", dict(chosen.label))
    for key, value in chosen.settings.items():
        if key == "nodes" and not framed:
            continue
        _under(section, key, value)
    published = section.get("published")
    if isinstance(published, dict) and chosen.digits is not None:
        published.setdefault("digits", chosen.digits)
    return Applied(name, chosen, ids, framed, changes)


def _under(section: dict[str, Any], key: str, value: Any) -> None:
    """Put a value under a key unless something is written there; tables are filled key by key."""
    if key not in section:
        section[key] = deepcopy(value)
    elif isinstance(value, dict) and isinstance(section[key], dict):
        for inner, each in value.items():
            _under(section[key], inner, each)


def _ids(
    name: str, section: Mapping[str, Any], chosen: Preset, lines: Lines, found: list[Finding]
) -> dict[str, str]:
    """Return the study's id of every indicator of a preset."""
    known = [row["indicator"] for row in chosen.indicators]
    given = section.get("preset_indicators", {})
    given = (
        {key: own for key, own in given.items() if isinstance(own, str)} if isinstance(given, dict) else {}
    )
    where = _FILE, line_of(lines, ("index", name, "preset_indicators")), f"index.{name}.preset_indicators"
    for key in given:
        if key not in known:
            params = {"key": shown(key), "preset": chosen.id, "near": near(key, known)}
            found.append(Finding("C194", "error", *where, shown(key), params))
    ids = {key: given.get(key, key) for key in known}
    first: dict[str, str] = {}
    for key, own in ids.items():
        if own in first:
            params = {"own": shown(own), "one": first[own], "other": key, "preset": chosen.id}
            found.append(Finding("C206", "error", *where, shown(own), params))
        first.setdefault(own, key)
    return ids


def _changes(section: Mapping[str, Any], chosen: Preset) -> Iterator[Change]:
    """Yield what a section writes itself of the method that the preset lays down, or is silent on."""
    said = dict(_flat(chosen.settings))
    for key, used in _flat({key: section[key] for key in _METHOD if key in section}):
        head = key.partition(".")[0]
        if head in chosen.needs:
            yield Change(key, "–", used, "supplied")
        elif head == "framework":
            yield Change(key, chosen.id, used)
        else:
            default = said.get(key, _default(key))
            if _plain(default, key) != _plain(used, key):
                yield Change(key, default or "–", used)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield every key of nested tables with its value as text."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, str(value)


def _default(key: str) -> str:
    """Return what a key is when neither preset nor study says anything."""
    value: Any = IndexSection()
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else getattr(value, part, None)
    return "" if value is None or value == () else str(value)


def _plain(text: str, key: str) -> str:
    """Return a value written one way, so that ``goalposts(own,own)`` is what the preset says."""
    family = key.rpartition(".")[2]
    if family in _SPECS and text:
        try:
            return str(parse_spec(text, family))  # type: ignore[arg-type]
        except InnohubError:
            return text
    return text


def framework_table(applied: Applied) -> Table:
    """Return the tree of a preset as a table, its indicators under the study's ids."""
    rows = [{**row, "indicator": applied.ids.get(row["indicator"], "")} for row in applied.preset.nodes]
    return Table(applied.file, pd.DataFrame(rows, dtype=object), np.arange(2, len(rows) + 2, dtype=np.int64))


def is_framed(framework: str) -> bool:
    """Say whether a framework is a preset's own tree, not a file."""
    return framework.startswith(_MARK)


def needs_table(presets: Iterable[Applied]) -> bool:
    """Say whether the table of indicators must be there: unless some preset supplies indicators."""
    return not any(applied.rows for applied in presets)


def check_presets(
    presets: Supplied, values: pd.DataFrame, settings: Settings, indicators: pd.DataFrame, lines: Lines
) -> tuple[dict[str, Applied], list[Finding]]:
    """Compare presets with the tables of a study, and say what is known and unknown of each.

    Returns
    -------
    The presets by index, with all that the study changes; and C192 for indicators without any value, C196 where the
    study departs, C197 or C198 what is unknown, C201 for a published index that is not in the table of indicators.
    """
    whole, found = {}, []
    for applied in presets:
        changes = (*applied.changes, *indicator_changes(applied, indicators))
        whole[applied.index] = replace(applied, changes=changes)
        found += [*_missing(applied, values, lines), *_told(whole[applied.index], lines)]
    for name, section in settings.index.items():
        published = section.published
        if published and published.indicator not in set(indicators["indicator"]):
            row = line_of(lines, ("index", name, "published"))
            params = {
                "indicator": shown(published.indicator),
                "near": near(published.indicator, indicators["indicator"]),
            }
            where = row, f"index.{name}.published.indicator", shown(published.indicator)
            found.append(Finding("C201", "error", _FILE, *where, params))
    return whole, found


def _missing(applied: Applied, values: pd.DataFrame, lines: Lines) -> Iterator[Finding]:
    """Name the indicators of a preset that the panel knows nothing of."""
    seen = values.loc[values["value"].notna() | values["refused"], "indicator"].unique()
    own = {ours: key for key, ours in applied.ids.items()}
    row, column = line_of(lines, ("index", applied.index, "preset")), f"index.{applied.index}.preset"
    for told in applied.rows:
        code = told["indicator"]
        if code not in seen:
            params: dict[str, object] = {"id": code, "key": own[code], "preset": applied.preset.id}
            params |= {"unit": told["unit"] or "–", "near": near(code, map(str, seen))}
            yield Finding("C192", "error", _FILE, row, column, code, params)


def _told(applied: Applied, lines: Lines) -> Iterator[Finding]:
    """Say where the study departs from a preset, and what is unknown of it."""
    chosen = applied.preset
    where = (
        _FILE,
        line_of(lines, ("index", applied.index, "preset")),
        f"index.{applied.index}.preset",
        chosen.id,
    )
    known: dict[str, Any] = {
        "preset": chosen.title,
        "edition": chosen.edition.__getitem__,
        "source": chosen.source,
    }
    known |= {"unknown": chosen.unknown.__getitem__, "verified": chosen.verified.__getitem__}
    if chosen.status == "verified":
        yield Finding("C198", "note", *where, known)
    else:
        yield Finding("C197", "warning", *where, known)
    departures = [change for change in applied.changes if change.kind == "departure"]
    if departures:
        told = [f"{change.key}: {change.said} → {change.used}" for change in departures[:_MOST_NAMED]]
        told += ["…"] if len(departures) > _MOST_NAMED else []
        params = {"preset": chosen.title, "count": len(departures), "which": "\n".join(told)}
        yield Finding("C196", "warning", *where, params)
