"""Classes of schemes: those that a source lists, and those computed from an index or an indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import nan
from typing import Any

import pandas as pd

from innohub.catalog.scheme import Scheme, give_limits, rule_text, scheme
from innohub.errors import Finding, InnohubError, ModelError
from innohub.index import build_tree
from innohub.position.classes.breadth import place_by_breadth
from innohub.position.classes.cited import place_as_cited
from innohub.position.classes.quota import place_by_quota
from innohub.position.classes.ratings import place_by_ratings
from innohub.position.classes.scheme import (
    place_by_breaks,
    place_by_deviation,
    place_in_scheme,
    split_thirds,
)
from innohub.position.classes.scope_rule import ScopeRule, measure_scopes, place_by_scope
from innohub.run.standing.ask import Ask, Found, at, joined
from innohub.study.standing_section import SchemeSection
from innohub.words import LANGUAGES, Language


def classes(ask: Ask) -> Found:
    """Return the table classes: a row a scheme, place and basis (computed, cited).

    Raises
    ------
    InnohubError
        With the findings of every scheme that cannot be used.
    """
    parts: list[pd.DataFrame] = []
    findings: list[Finding] = []
    wrong: list[Finding] = []
    for name in dict.fromkeys((*ask.section.schemes, *ask.section.scheme)):
        rule = ask.section.scheme_of(name)
        if not (rule.index or rule.indicator or rule.parts):
            continue
        key = f"position.scheme.{name}"
        try:
            table, noticed = _computed(ask, ask.tables.schemes.get(name) or scheme(name), rule, key)
        except InnohubError as problem:
            wrong += at(problem.findings, key)
            continue
        parts.append(table)
        findings += at(noticed, key)
    if wrong:
        raise ModelError(wrong)
    if ask.tables.classes is not None:
        parts += _cited(ask, ask.tables.classes)
    return Found({"classes": joined(parts)} if parts else {}, tuple(findings))


def _cited(ask: Ask, rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Lay out the classes that sources list, each with its row."""
    parts = []
    for row in rows.to_dict("records"):
        found = ask.tables.schemes.get(row["scheme"]) or scheme(row["scheme"])
        source = str(row["source"])
        named = ask.study.sources.loc[ask.study.sources["source"].eq(source), "title"]
        told = str(named.iloc[0]) if len(named) else source
        table = place_as_cited({row["place"]: row["class"]}, found, source=told)
        spot: dict[str, Any] = {"basis": "cited", "index": "", "node": "", "indicator": "", "unit": ""}
        spot |= {"year": pd.NA}
        spot |= {f"rule_{lang}": rule_text("cited", lang, source=_title(told, lang)) for lang in LANGUAGES}
        parts.append(_typed(table.assign(**spot, source=source, file=row["file"], row=row["row"])))
    return parts


def _title(text: str, language: Language) -> str:
    """Return the title of a source in a language, of a title written as "中文 [English]"."""
    own, bracket, rest = text.partition(" [")
    return rest.removesuffix("]") if bracket and language == "en" else own


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({"year": "Int64", "row": "Int64"})


def _computed(
    ask: Ask, found: Scheme, rule: SchemeSection, key: str
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Place by the rule of a scheme; the columns tell what was placed and of which year."""
    if rule.limits:
        found = give_limits(found, rule.limits, rule.closed or found.closed)
    places = ask.members(rule.places, f"{key}.places") if rule.places else None
    findings: tuple[Finding, ...] = ()
    years: Mapping[str, int] = {}
    if found.kind in ("breadth", "ratings"):
        measured = _parts(ask, rule, places)
        table, findings = _by_parts(found, rule, measured)
    elif found.kind == "scope":
        table, findings = _by_scope(ask, found, rule, places)
    else:
        values, years = _values(ask, rule, places)
        table = _by_value(ask, found, rule, values)
    if rule.thirds:
        table = split_thirds(table)
    unit = ask.unit(rule.indicator) if rule.indicator else ""
    spot = {"basis": "computed", "index": rule.index, "node": _node(ask, rule), "indicator": rule.indicator}
    told: dict[str, Any] = {"unit": unit, "source": found.source, "file": "", "row": pd.NA}
    year = table["place"].map(years).fillna(ask.year) if years else ask.year
    return _typed(table.assign(**spot, year=year, **told)), findings


def _node(ask: Ask, rule: SchemeSection) -> str:
    if not rule.index or rule.parts:
        return ""
    return rule.node or build_tree(ask.study.frameworks[rule.index]).root


def _values(
    ask: Ask, rule: SchemeSection, places: Sequence[str] | None
) -> tuple[dict[str, float], dict[str, int]]:
    """Return the value of each place, and its year where that may differ."""
    if rule.index:
        scores = scores_of(ask, rule.index, _node(ask, rule))
        return _plain(scores.reindex(list(places)) if places else scores.dropna()), {}
    own = ask.nearest(rule.indicator)
    kept = own.reindex(list(places)) if places else own
    years = {str(place): int(year) for place, year in own["year"].items()}
    return _plain(kept["value"]), years


def _plain(column: "pd.Series[float]") -> dict[str, float]:
    return {str(place): float(value) for place, value in column.items()}


def scores_of(ask: Ask, index: str, node: str) -> "pd.Series[float]":
    """Return the scores of a node, in the unit of a leaf its normalised value; index = places."""
    scores = ask.indices[index]["scores"]
    own = scores.loc[scores["node"].eq(node)].set_index("place")["score"]
    if len(own):
        return own
    frame = ask.study.frameworks[index]
    leaf: pd.Series[float] = ask.normalised(index)[frame.loc[frame["node"].eq(node), "indicator"].iloc[0]]
    return leaf


def _by_value(ask: Ask, found: Scheme, rule: SchemeSection, values: Mapping[str, float]) -> pd.DataFrame:
    if found.kind == "deviation":
        return place_by_deviation(values, found, spread=rule.spread, ddof=rule.ddof, closed=rule.closed)
    if found.kind == "breaks":
        return place_by_breaks(values, found, scale=rule.scale)
    reference = rule.reference
    if isinstance(reference, str):
        reference = _values(ask, replace_places(rule), [reference])[0].get(reference, nan)
    return place_in_scheme(values, found, closed=rule.closed, reference=reference)


def replace_places(rule: SchemeSection) -> SchemeSection:
    """Return the rule without its choice of places, so that a reference may stand outside of it."""
    return rule.model_copy(update={"places": ()})


def _parts(ask: Ask, rule: SchemeSection, places: Sequence[str] | None) -> pd.DataFrame:
    """Return (places, parts): nodes of an index, its dimensions unless named, or indicators."""
    if rule.index:
        tree = build_tree(ask.study.frameworks[rule.index])
        frame = ask.study.frameworks[rule.index]
        below = frame.loc[frame["parent"].eq(rule.node or tree.root), "node"]
        named = rule.parts or {node: node for node in below}
        columns = {name: scores_of(ask, rule.index, node) for name, node in named.items()}
    else:
        columns = {name: ask.nearest(code)["value"] for name, code in rule.parts.items()}
    table = pd.DataFrame(columns).astype(float)
    table = table.reindex(list(places)) if places else table.loc[table.notna().any(axis=1)]
    return table.rename_axis("place")


def _by_parts(
    found: Scheme, rule: SchemeSection, measured: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    if found.kind == "ratings":
        return place_by_ratings(measured, found)
    if rule.bar is None:
        raise ModelError(Finding("N179", params={"name": "bar", "given": "–", "wanted": "bar = 0.5"}))
    if rule.quota:
        return place_by_quota(measured, found, bar=rule.bar, quota=rule.quota)
    return place_by_breadth(measured, found, bar=rule.bar)


def _by_scope(
    ask: Ask, found: Scheme, rule: SchemeSection, places: Sequence[str] | None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Place by the widest scope in which enough functions stand out; totals are those of the whole country."""
    about = ask.study.places.set_index("place")
    kept = list(places) if places else [p for p in ask.kinds if ask.kinds[p] != "country"]
    values = pd.concat(
        [
            pd.DataFrame({"function": name, "value": ask.column(code, kept)}).reset_index(names="place")
            for name, code in rule.parts.items()
        ],
        ignore_index=True,
    )
    labels = {
        "world": pd.Series("world", index=about.index),
        "nation": about["country"],
        "region": about["region"],
    }
    areas = pd.concat(
        [pd.DataFrame({"place": kept, "scope": scope, "area": label.reindex(kept).to_numpy()})
         for scope, label in labels.items()],
        ignore_index=True,
    )  # fmt: skip
    areas = areas.loc[areas["area"].fillna("").ne("")]
    nations = {about["country"][place]: place for place in ask.kinds if ask.kinds[place] == "country"}
    totals = {
        ("nation", country, name): float(amount)
        for country, place in nations.items()
        for name, code in rule.parts.items()
        if pd.notna(amount := ask.column(code, [place])[place])
    }
    if set(rule.parts) != (wanted := {entry["id"] for entry in found.parameters["functions"]}):
        told = {"name": "parts", "given": ", ".join(rule.parts) or "–", "wanted": ", ".join(sorted(wanted))}
        raise ModelError(Finding("N179", params=told))
    test = ScopeRule(rule.share, rule.rank, rule.functions)
    measured = measure_scopes(values, areas, totals)
    if about["country"].reindex(kept).nunique() == 1:
        # Standing among the places of one country says nothing of the world.
        return place_by_scope(
            measured, replace(found, grades=found.grades[1:]), test, scopes=tuple(labels)[1:]
        )
    return place_by_scope(measured, found, test)
