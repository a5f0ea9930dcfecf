"""Hub position: concentration of resources against control of ties."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd

from innohub.catalog.hub import HubClass, hub_classes
from innohub.errors import Finding
from innohub.index import build_tree
from innohub.index.rank import rank_scores
from innohub.position.hub.classes import hub_position, hub_table
from innohub.position.hub.through import Control, tie_control
from innohub.run.standing.ask import Ask, Found, Vector, at, by_range, joined
from innohub.run.standing.classes import scores_of
from innohub.run.standing.dated import called, of_one_year
from innohub.study.centre_section import HubSection

KEY = "position.hub"
_TIES = ["layer", "year", "place", "other", "weight", "directed", "file", "row"]
_WHOLE = {"value_year": "Int64", "row": "Int64"}


@dataclass(frozen=True)
class _Resources:
    """What concentration is taken of: values by place with their year, file and row, and what they are."""

    table: pd.DataFrame
    indicator: str
    index: str
    node: str
    unit: str


def hub_positions(ask: Ask) -> Found:
    """Return the tables hub_position, hub_limits and hub_ties, each layer of ties for itself."""
    section, ties = ask.section.hub, ask.tables.ties
    if section is None or ties is None:
        return Found({})
    resources = _resources(ask, section)
    classes = _classes(section)
    asked = ask.members(section.places, f"{KEY}.places") if section.places else None
    parts: list[pd.DataFrame] = []
    used: list[pd.DataFrame] = []
    findings: list[Finding] = []
    for layer in section.layers or tuple(dict.fromkeys(ties["layer"])):
        own, noticed = of_one_year(
            ties.loc[ties["layer"].eq(layer)],
            ask.year if section.year is None else section.year,
            ask.max_gap if section.max_gap is None else section.max_gap,
            what=called("layer", name=layer),
        )
        findings += noticed
        if own.empty:
            continue
        control = tie_control(own, alpha=section.alpha)
        table, noticed = _position(control, resources, classes, asked, layer)
        parts.append(table.assign(layer=layer, year=own["year"].iloc[0]))
        used.append(own)
        findings += noticed
    if not parts:
        return Found({}, at(findings, KEY))
    tables = {
        "hub_position": _ordered(joined(parts), resources),
        "hub_limits": _limits(classes, section),
        "hub_ties": joined(used)[_TIES].astype({"year": "Int64"}),
    }
    return Found(tables, at(findings, KEY))


def _resources(ask: Ask, section: HubSection) -> _Resources:
    """Return an indicator's values near the year of the study, or the scores of a node of an index."""
    if section.concentration and not section.index:
        code = section.concentration
        gap = ask.max_gap if section.max_gap is None else section.max_gap
        table = ask.nearest(code, section.year, gap)[["value", "year", "file", "row"]]
        return _Resources(table, code, "", "", ask.unit(code))
    index = ask.index_of(section.index)
    node = section.concentration or build_tree(ask.study.frameworks[index]).root
    scores = scores_of(ask, index, node).dropna()
    table = pd.DataFrame({"value": scores, "year": ask.year, "file": "", "row": pd.NA})
    return _Resources(table, "", index, node, "")


def _classes(section: HubSection) -> tuple[HubClass, ...]:
    return tuple(HubClass(entry.name, entry.label, *section.limits_of(entry)) for entry in hub_classes())


def _position(
    control: Control,
    resources: _Resources,
    classes: tuple[HubClass, ...],
    asked: list[str] | None,
    layer: str,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Class the places of one layer; percentiles are taken over those asked for, all with ties unless named."""
    frame = pd.DataFrame(
        {
            "strength": control.strength,
            "out_strength": control.out_strength,
            "in_strength": control.in_strength,
            "net_strength": control.net_strength,
            "through": control.through,
        },
        index=list(control.places),
    )
    places = [place for place in asked if place in frame.index] if asked else list(frame.index)
    frame = frame.loc[places]
    value = resources.table["value"].astype(float).reindex(places)
    findings = _doubts(control, value, asked, layer)
    amount: Vector = np.asarray(value, dtype=np.float64)
    if resources.index and (amount[np.isfinite(amount)] < 0).any():
        # Scores have no zero of their own; their order is all that a percentile needs.
        amount = by_range(amount)
    net = frame["net_strength"].to_numpy(float) if control.has_net else None
    found = hub_position(amount, net, frame["through"].to_numpy(float), classes)
    total = value.where(pd.Series(found.assigned, index=places).ne("")).sum()
    spot = resources.table.reindex(places)
    table = hub_table(tuple(places), found).assign(
        value=value.to_numpy(),
        share=nan if resources.index or not total > 0 else (value / total).to_numpy(),
        value_year=spot["year"].to_numpy(),
        file=spot["file"].fillna("").to_numpy(),
        row=spot["row"].to_numpy(),
        rank_through=rank_scores(frame["through"].to_numpy(float)),
        **{str(column): frame[column].to_numpy() for column in frame},
    )
    return table, [*findings, *found.findings]


def _doubts(
    control: Control, value: "pd.Series[float]", asked: list[str] | None, layer: str
) -> list[Finding]:
    """Say what is missing: directions, places enough, values of resources, ties of places asked for."""
    findings = []
    told: dict[str, object] = {"what": called("layer", name=layer)}
    if not control.has_net:
        findings.append(Finding("L204", "warning", value=layer, params=told))
    if len(control.places) < 3:
        params = {**told, "count": len(control.places)}
        findings.append(Finding("L211", "warning", value=layer, params=params))
    lacking: Mapping[str, tuple[str, ...]] = {
        "L207": tuple(value.index[value.isna()]),
        "L208": tuple(place for place in asked or () if place not in control.places),
    }
    for code, places in lacking.items():
        if places:
            params = {**told, "count": len(places), "places": places}
            findings.append(Finding(code, "warning", value=places[0], params=params))
    return findings


def _limits(classes: tuple[HubClass, ...], section: HubSection) -> pd.DataFrame:
    rows = [
        (
            entry.name, entry.label["zh"], entry.label["en"], entry.concentration, entry.control,
            "study" if entry.name in section.limits else "catalogue",
        )
        for entry in classes
    ]  # fmt: skip
    columns = ["class", "class_zh", "class_en", "concentration", "control", "given_by"]
    return pd.DataFrame(rows, columns=columns)


def _ordered(table: pd.DataFrame, resources: _Resources) -> pd.DataFrame:
    """Return the table hub_position with its columns in order."""
    label = {entry.name: entry.label for entry in hub_classes()} | {"": {"zh": "", "en": ""}}
    named = table.assign(
        indicator=resources.indicator,
        index=resources.index,
        node=resources.node,
        unit=resources.unit,
        class_zh=[label[name]["zh"] for name in table["class"]],
        class_en=[label[name]["en"] for name in table["class"]],
    )
    columns = [
        "layer", "year", "place", "indicator", "index", "node", "value", "unit", "value_year", "share",
        "out_strength", "in_strength", "net_strength", "strength", "through", "concentration", "control",
        "net_percentile", "through_percentile", "class", "class_zh", "class_en", "next_class", "distance",
        "lacks", "rank_through", "file", "row",
    ]  # fmt: skip
    return named[columns].astype({"year": "Int64", **_WHOLE})
