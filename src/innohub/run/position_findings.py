"""Say once what positioning finds of several places, and where in the study it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from innohub.errors import Finding
from innohub.run.position_ground import PositionGround
from innohub.study.report import some
from innohub.words import Language, words

_TOGETHER = {"N114": "N180", "N115": "N181"}
_MOST = 20
# Which params of a finding are ids that readers know by a name, and of what.
_NAMED = {
    "place": "place", "peers": "place", "indicator": "indicator", "indicators": "indicator",
    "function": "function", "scope": "scope", "wide": "scope", "narrow": "scope", "claimed": "scope",
    "computed": "scope",
}  # fmt: skip


def settle(base: PositionGround, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give every finding its file and row, name each once, and put short series together."""
    once: dict[tuple[object, ...], Finding] = {}
    series: dict[str, list[Finding]] = {}
    alone: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code in _TOGETHER:
            series.setdefault(finding.code, []).append(finding)
            continue
        if _has_no_peer(base, finding):
            alone.setdefault(str(finding.params["place"]), []).append(finding)
            continue
        key = (finding.code, finding.value, tuple(sorted((k, str(v)) for k, v in finding.params.items())))
        once.setdefault(key, finding)
    names = _all_names(base)
    several = [_alone(place, group) for place, group in alone.items()]
    placed = [_named(names, _placed(base, finding)) for finding in [*several, *once.values()]]
    return (*placed, *(_series(base, code, group) for code, group in series.items()))


def _has_no_peer(base: PositionGround, finding: Finding) -> bool:
    """Say whether a finding tells of an indicator of which no peer at all has a value."""
    others = set(base.told.peers["place"]) - {finding.params.get("place")}
    return finding.code == "N106" and set(finding.params["peers"]) == others


def _alone(place: str, findings: Sequence[Finding]) -> Finding:
    """Put the indicators that are compared with nobody into one note, which stands at the first of them."""
    first = findings[0]
    unique = tuple(dict.fromkeys(str(finding.params["indicator"]) for finding in findings))
    params = {"place": place, "count": len(unique), "indicators": unique}
    return Finding("N184", "note", first.file, first.row, params=params)


def _all_names(base: PositionGround) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the names of places, indicators, functions and scopes by language."""
    found = {"place": base.place_names, "indicator": base.indicator_names}
    for key, table in (("function", base.told.functions), ("scope", base.told.scopes)):
        rows = table[[key, "name_zh", "name_en"]].itertuples(index=False)
        found[key] = {str(name): {"zh": str(zh), "en": str(en)} for name, zh, en in rows}
    return found


def _named(names: Mapping[str, Mapping[str, Mapping[str, str]]], finding: Finding) -> Finding:
    """Return a finding that speaks of names in the reader's language instead of ids."""

    def spoken(key: str, value: Any) -> Any:
        known = names[_NAMED[key]]

        def say(language: Language) -> str:
            ids = value if isinstance(value, tuple) else (value,)
            texts = [known[name][language] if name in known else str(name) for name in ids]
            return words(language).say("where.list").join(texts)

        return say

    params = {key: spoken(key, value) if key in _NAMED else value for key, value in finding.params.items()}
    return replace(finding, params=params)


def _placed(base: PositionGround, finding: Finding) -> Finding:
    """Return a finding with the row of the table that it is about."""
    told, files = base.told, base.study.settings.files
    value = finding.value or ""
    if finding.file is not None:
        return finding
    if finding.code == "N105":
        return _at(finding, told.peers[told.peers["place"] == value], "place")
    if finding.code == "N117":
        return _at(finding, told.uses[told.uses["indicator"] == value], "indicator")
    if finding.code in ("N111", "N113"):
        rows = told.functions[told.functions["function"] == value]
        return replace(_at(finding, rows, "function"), file=files.functions)
    if finding.code == "N110":
        rows = told.scopes[told.scopes["scope"] == value]
        own = len(rows) and bool(rows["file"].iloc[0])
        return _at(finding, rows, "scope") if own else replace(finding, file=files.peers, column="scope")
    return finding


def _at(finding: Finding, rows: pd.DataFrame, column: str) -> Finding:
    if rows.empty:
        return finding
    row = rows["row"].iloc[0]
    where = None if pd.isna(row) else int(row)
    return replace(finding, file=str(rows["file"].iloc[0]), row=where, column=column)


def _series(base: PositionGround, code: str, findings: Sequence[Finding]) -> Finding:
    """Put the series that carry no trend into one note, which stands at the last value of the first of them."""
    unique = dict.fromkeys((str(f.params["place"]), str(f.params["indicator"])) for f in findings)
    years = {(str(f.params["place"]), str(f.params["indicator"])): f.params["years"] for f in findings}
    named = [f"{place} {indicator} ({years[place, indicator]})" for place, indicator in unique]
    values = base.values.get(next(iter(unique)), ())
    last = values[-1] if values else None
    params = {"count": len(named), "series": some(named, _MOST), "least": findings[0].params["least"]}
    return Finding(
        _TOGETHER[code],
        "note",
        last.file or None if last else None,
        last.row if last else None,
        params=params,
    )
