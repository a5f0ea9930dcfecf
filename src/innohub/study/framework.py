"""Read and check a framework: the tree from an index down to its indicators."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.study.cells import read_column, refusal
from innohub.study.columns import fit
from innohub.study.cycles import find_cycles
from innohub.study.names import Names, resolve
from innohub.study.report import near, shown
from innohub.study.tables import Table

COLUMNS = ["node", "parent", "name_zh", "name_en", "weight", "indicator", "file", "row"]


@dataclass(frozen=True)
class Rule:
    """How an index uses its framework: which parents take the weights as given, and which nodes it names."""

    index: str
    given_everywhere: bool
    given_under: frozenset[str]
    not_given_under: frozenset[str]
    nodes: Mapping[str, int | None]

    def weighs(self, parent: str) -> bool:
        """Say whether the children of a parent take their weights from the framework."""
        return parent in self.given_under or (self.given_everywhere and parent not in self.not_given_under)


def read_framework(
    table: Table, indicators: pd.DataFrame, names: Names, rules: Collection[Rule], found: list[Finding]
) -> pd.DataFrame | None:
    """Return the nodes of a framework; None when the table lacks its columns."""
    frame = fit(table, "framework", found)
    if frame is None:
        return None
    frame["blank"] = frame["indicator"] == ""
    frame["indicator"] = resolve(frame, "indicator", names, found)
    frame["node"] = frame["node"].where(frame["node"] != "", frame["indicator"])
    nameless = frame.loc[frame["node"] == "", "row"]
    found += [Finding("M025", file=table.file, row=int(row), column="node") for row in nameless]
    frame = frame[frame["node"] != ""].reset_index(drop=True)
    frame["unweighted"] = frame["weight"] == ""
    frame["weight"] = _weights(frame, found)
    frame = _one_parent(frame, found)
    _check_tree(frame, found)
    _check_leaves(frame, indicators, found)
    _check_context(frame, indicators, found)
    for rule in rules:
        _check_weights(frame, rule, found)
    _name(frame, indicators)
    return frame[COLUMNS]


def _weights(frame: pd.DataFrame, found: list[Finding]) -> NDArray[np.float64]:
    numbers = read_column(frame["weight"].to_numpy())
    values = numbers.values.copy()
    for place in numbers.odd():
        number, spot = numbers.number(place), numbers.spot(frame, "weight", place)
        if number.missing or refusal(number, spot) or number.unit_hint not in ("", "%"):
            found.append(spot.finding("M029", node=shown(frame["node"].iloc[place])))
            values[place] = np.nan
    for place in np.flatnonzero(values < 0):
        spot = numbers.spot(frame, "weight", int(place))
        found.append(spot.finding("M028", node=shown(frame["node"].iloc[place])))
    return values


def _one_parent(frame: pd.DataFrame, found: list[Finding]) -> pd.DataFrame:
    """Keep the first row of each node; further rows are errors, with another parent a different one."""
    first = frame.drop_duplicates("node").set_index("node")
    for node, parent, file, row in frame.loc[
        frame.duplicated("node"), ["node", "parent", "file", "row"]
    ].itertuples(index=False):
        known = first.loc[node]
        params = {
            "node": shown(node),
            "first": int(known["row"]),
            "one": known["parent"] or "–",
            "other": parent or "–",
        }
        code = "M022" if known["parent"] == parent else "M026"
        found.append(Finding(code, "error", file, int(row), "node", shown(node), params))
    return frame.drop_duplicates("node").reset_index(drop=True)


def _check_tree(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Check that every parent exists, that there is one root and no circle."""
    if frame.empty:
        return
    rows = dict(zip(frame["node"], frame["row"], strict=True))
    file = str(frame["file"].iloc[0])
    parents = dict(zip(frame["node"], frame["parent"], strict=True))
    for node, parent in parents.items():
        if parent and parent not in rows:
            params = {"node": shown(node), "near": near(parent, rows)}
            found.append(Finding("M021", "error", file, int(rows[node]), "parent", shown(parent), params))
    cycles = find_cycles({node: [parent] if parent in rows else [] for node, parent in parents.items()})
    for cycle in cycles:
        params = {"cycle": " → ".join(shown(node) for node in [*cycle, cycle[0]])}
        found.append(Finding("M020", "error", file, int(rows[cycle[0]]), "parent", shown(cycle[0]), params))
    roots = [node for node, parent in parents.items() if not parent]
    if len(roots) > 1:
        several = {"count": len(roots), "roots": tuple(shown(root) for root in roots[:6])}
        found.append(Finding("M023", "error", file, int(rows[roots[1]]), "parent", shown(roots[1]), several))
    if not roots and not cycles:
        found.append(Finding("M032", file=file, column="parent"))


def _check_leaves(frame: pd.DataFrame, indicators: pd.DataFrame, found: list[Finding]) -> None:
    """Check that exactly the leaves name an indicator, each once, and none that is context only."""
    inner = set(frame["parent"])
    first: dict[str, int] = {}
    wanted = ["node", "indicator", "blank", "file", "row"]
    for node, key, blank, file, row in frame[wanted].itertuples(index=False):
        params: dict[str, object] = {"node": shown(node), "indicator": shown(key)}
        params["near"] = near(node, indicators["indicator"])
        where = (file, int(row), "indicator", shown(key or node))
        if node in inner and not blank:
            found.append(Finding("M027", "error", *where, params))
        elif node not in inner and blank:
            found.append(Finding("M024", "error", *where, params))
        elif key and key in first:
            found.append(Finding("M033", "warning", *where, {**params, "first": first[key]}))
        first.setdefault(key, int(row))


def _check_context(frame: pd.DataFrame, indicators: pd.DataFrame, found: list[Finding]) -> None:
    """Refuse indicators that are marked as context only."""
    # A direction that is missing or unreadable was already refused where it stands.
    refused = {(f.file, f.row) for f in found if f.code in ("P011", "P012")}
    context = {
        key
        for key, direction, file, row in indicators[["indicator", "direction", "file", "row"]].itertuples(
            index=False
        )
        if direction == 0 and (file, row) not in refused
    }
    for node, key, file, row in frame[["node", "indicator", "file", "row"]].itertuples(index=False):
        if key in context:
            params = {"node": shown(node), "indicator": shown(key)}
            found.append(Finding("M034", "error", file, int(row), "indicator", shown(key), params))


def _check_weights(frame: pd.DataFrame, rule: Rule, found: list[Finding]) -> None:
    """Check given weights within each parent, and the nodes that study.toml names."""
    for parent, children in frame[frame["parent"] != ""].groupby("parent", sort=False):
        if not rule.weighs(str(parent)):
            continue
        params = {"parent": shown(parent), "index": rule.index}
        for node, file, row in children.loc[children["unweighted"], ["node", "file", "row"]].itertuples(
            index=False
        ):
            more = {**params, "node": shown(node)}
            found.append(Finding("M031", "error", file, int(row), "weight", params=more))
        if (children["weight"] == 0).all():
            file, row = children["file"].iloc[0], int(children["row"].iloc[0])
            found.append(Finding("M030", "error", file, row, "weight", params=params))
    inner = [parent for parent in frame["parent"].unique() if parent]
    for node, row in rule.nodes.items():
        if node not in inner:
            unknown = {"node": shown(node), "index": rule.index, "near": near(node, inner)}
            column = f"index.{rule.index}.nodes.{node}"
            found.append(Finding("M010", "error", "study.toml", row, column, shown(node), unknown))


def _name(frame: pd.DataFrame, indicators: pd.DataFrame) -> None:
    """Fill missing names: a leaf takes those of its indicator, others the other language or their id."""
    for column, other in (("name_zh", "name_en"), ("name_en", "name_zh")):
        known = dict(zip(indicators["indicator"], indicators[column], strict=True))
        stand_in = frame["indicator"].map(known).fillna("").astype(object)
        stand_in = stand_in.where(stand_in != "", frame[other]).where(lambda text: text != "", frame["node"])
        frame[column] = frame[column].where(frame[column] != "", stand_in)
