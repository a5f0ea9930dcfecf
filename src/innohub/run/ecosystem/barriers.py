"""What holds places back: obstacles over the years, and the groups of constraints with evidence and levers."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from innohub.catalog.constraints import constraint_groups, constraint_source, policy_levers
from innohub.ecosystem.constraints import diagnose
from innohub.ecosystem.obstacle import find_obstacles
from innohub.ecosystem.obstacle_years import obstacle_trends
from innohub.errors import Finding
from innohub.run.blocks import Tables
from innohub.run.ecosystem.laid import Array, Laid, Rows
from innohub.run.standing.ask import joined
from innohub.study.constraints import split_levers
from innohub.study.ecosystem_section import ConstraintsSection
from innohub.words import Language

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_EVIDENCE = ["value", "unit", "year", "source", "flag", "file", "row"]


def obstacles(laid: Laid) -> tuple[Tables, tuple[Finding, ...]]:
    """Return obstacles of every place and year by indicator and subsystem, and their trends.

    Where indicators have no scale from 0 to 1 there are none, and S384 says so.
    """
    history = laid.index.history
    if laid.normalised is None:
        params = {"index": history.model.name, "method": str(history.model.normaliser)}
        column = f"index.{history.model.name}.normalise"
        return {}, (Finding("S384", "warning", "study.toml", column=column, params=params),)
    values, factors = _values(laid), _factors(laid)
    found = find_obstacles(values, factors)
    groups = found.groups.rename(columns={"group": "subsystem"})
    trends = [
        obstacle_trends(found.indicators).rename(columns={"indicator": "name"}),
        obstacle_trends(found.groups, "group").rename(columns={"group": "name"}),
    ]
    for table, kind in zip(trends, ("indicator", "subsystem"), strict=True):
        table.insert(1, "kind", kind)
    columns = [
        "place", "kind", "name", "years", "mean", "trend", "start", "end", "first", "last", "change", "known", "rank",
    ]  # fmt: skip
    tables = {
        "obstacles": found.indicators.rename(columns={"group": "subsystem"}),
        "obstacle_groups": groups,
        "obstacle_trends": joined(trends)[columns],
    }
    tables = {name: table.astype({"rank": "Int64"}) for name, table in tables.items()}
    notes = list(found.findings)
    if not history.model.is_linear:
        column = f"index.{history.model.name}.aggregate"
        notes.append(
            Finding("S385", "note", "study.toml", column=column, params={"index": history.model.name})
        )
    return tables, tuple(notes)


def _factors(laid: Laid) -> pd.DataFrame:
    """Return F of each indicator and its subsystem, in the order of the framework."""
    codes = laid.index.history.model.tree.indicators
    rows = [
        (codes[leaf], name, laid.factors[leaf])
        for name, own in zip(laid.found.names, laid.leaves, strict=True)
        for leaf in own.tolist()
    ]
    return pd.DataFrame(rows, columns=["indicator", "group", "weight"])


def _values(laid: Laid) -> pd.DataFrame:
    """Return the normalised values of rows that have any, long."""
    codes = laid.index.history.model.tree.indicators
    z = laid.normalised if laid.normalised is not None else np.empty((0, len(codes)))
    used = np.flatnonzero(laid.factors > 0)
    has = np.flatnonzero(~np.isnan(z[:, used]).all(axis=1))
    return pd.DataFrame(
        {
            "place": np.repeat(np.array(laid.found.places, dtype=object)[has], len(used)),
            "year": np.repeat(np.array(laid.found.years)[has], len(used)),
            "indicator": [codes[leaf] for leaf in used] * len(has),
            "value": z[np.ix_(has, used)].ravel(),
        }
    )


def constraints(
    laid: Laid,
    table: pd.DataFrame,
    places: Sequence[str],
    peers: Sequence[str],
    *,
    year: int,
    cells: pd.DataFrame,
) -> tuple[Tables, tuple[Finding, ...]]:
    """Diagnose what binds each place in a year.

    Parameters
    ----------
    table : the groups of the study: group, indicator, name_zh, name_en, levers.
    peers : places to compare with; a place is never its own peer.
    cells : the panel as read: place, indicator, year, value, unit, source, flag, file, row.

    Returns
    -------
    The tables constraints, constraint_evidence and constraint_levers.
    """
    if laid.normalised is None:
        return {}, ()
    used = np.flatnonzero(laid.factors > 0)
    codes = [laid.index.history.model.tree.indicators[leaf] for leaf in used]
    years = np.array(laid.found.years)
    rows = np.flatnonzero(years == year)
    names = [laid.found.places[row] for row in rows]
    scores = pd.DataFrame(laid.normalised[np.ix_(rows, used)], index=names, columns=codes)
    weights = dict(zip(codes, laid.factors[used].tolist(), strict=True))
    known = table[table["indicator"].isin(codes)]
    groups = dict(zip(known["indicator"], known["group"], strict=True))
    drawn = _drawn(laid, used)
    labels = _labels(table)
    cells = cells[cells["year"].eq(year)]
    parts: list[Tables] = []
    least = (laid.section.constraints or ConstraintsSection()).least
    findings = list(_ungrouped(codes, groups))
    for place in places:
        if place not in scores.index:
            continue
        values = cells.loc[cells["place"].eq(place), ["indicator", *_EVIDENCE]]
        found = diagnose(
            place, scores, weights, groups, peers, draws=(scores.loc[[place]].to_numpy(float), drawn),
            values=values, names=list(labels), least=least,
        )  # fmt: skip
        findings += found.findings
        parts.append(_tables(place, year, found.table, found.evidence, labels))
    if not parts:
        return {}, tuple(findings)
    return {name: joined([part[name] for part in parts]) for name in parts[0]}, tuple(findings)


def _drawn(laid: Laid, used: Rows) -> Array:
    """Return F in every draw; draws in which a subsystem has no weight at all are left out."""
    drawn = laid.drawn_factors[:, used]
    kept: Array = drawn[drawn.sum(axis=1) > 0]
    return kept


def _ungrouped(codes: Sequence[str], groups: Mapping[str, str]) -> tuple[Finding, ...]:
    """Tell which indicators belong to no group: they take their part of the obstacle all the same."""
    left = tuple(code for code in codes if code not in groups)
    if not left:
        return ()
    params = {"count": len(left), "indicators": left}
    return (Finding("N325", "note", "study.toml", column="ecosystem.constraints", params=params),)


def _labels(table: pd.DataFrame) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Return the names and levers of every group: those of the catalogue that have indicators, then the study's own."""
    groups = {
        name: (group.label["zh"], group.label["en"], group.levers)
        for name, group in constraint_groups().items()
    }
    told = set(table["group"])
    # A study that names groups of its own only is not asked about those of the catalogue.
    found = dict(groups) if told & set(groups) else {}
    for name, rows in table.groupby("group", sort=False):
        old = groups.get(str(name), ("", "", ()))
        zh, en = (next((text for text in rows[f"name_{code}"] if text), "") for code in _LANGUAGES)
        levers = tuple(dict.fromkeys(lever for text in rows["levers"] for lever in split_levers(text)))
        found[str(name)] = (zh or old[0] or en, en or old[1] or zh, levers or old[2])
    return found


def _tables(
    place: str,
    year: int,
    table: pd.DataFrame,
    evidence: pd.DataFrame,
    labels: Mapping[str, tuple[str, str, tuple[str, ...]]],
) -> Tables:
    told = table.drop(columns="levers")
    told.insert(0, "place", place)
    told.insert(1, "year", year)
    for position, language in enumerate(_LANGUAGES):
        told.insert(3 + position, f"name_{language}", [labels[name][position] for name in told["group"]])
    evidence.insert(0, "place", place)
    binding = told.loc[told["verdict"].eq("binds"), "group"]
    rows = [
        _lever(place, group, order, name)
        for group in binding
        for order, name in enumerate(labels[group][2], 1)
    ]
    heads = ["place", "group", "order", "lever", "zh", "en", "section", "source_zh", "source_en"]
    return {
        "constraints": told,
        "constraint_evidence": evidence,
        "constraint_levers": pd.DataFrame(rows, columns=heads),
    }


def _lever(place: str, group: str, order: int, name: str) -> tuple[object, ...]:
    lever = policy_levers()[name]
    sources = (constraint_source(lever.source, language) for language in _LANGUAGES)
    return (place, group, order, name, lever.label["zh"], lever.label["en"], lever.section, *sources)
