"""Build the chain behind a score from the result tables."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from innohub.errors import Finding, ModelError, PlaceError
from innohub.trace import Kind, Link

Table = Callable[[str], pd.DataFrame]
Row = Mapping[str, Any]
# What may have been done to a value before it was normalised, in order.
BEFORE: tuple[Kind, ...] = ("denominated", "imputed", "transformed", "treated")


@dataclass(frozen=True)
class _Rows:
    """The rows of one place that a chain needs, by node, indicator or source."""

    framework: Mapping[str, Row]
    weights: Mapping[str, Row]
    scores: Mapping[str, Row]
    steps: Mapping[str, Mapping[str, Row]]
    panel: Mapping[str, Row]
    sources: Mapping[str, Row]
    indicators: Mapping[str, Row]

    def below(self, node: str) -> list[str]:
        """Return the children of a node."""
        return [child for child, entry in self.framework.items() if entry["parent"] == node]


def rows_by(table: pd.DataFrame, key: str) -> dict[str, Row]:
    """Return the rows of a table by a key, missing values as ``None``."""
    plain = table.astype(object).where(table.notna(), None)
    return {
        str(row[key]): {str(name): value for name, value in row.items()} for row in plain.to_dict("records")
    }


def build_chain(table: Table, place: str, index: str, node: str | None) -> Link:
    """Return the chain of a place's score on an index, or on one of its nodes."""
    code = find_place(table("places"), place)
    frameworks = table("framework")
    if index not in set(frameworks["index"]):
        raise ModelError(_unknown("M130", index, frameworks["index"].unique()))
    framework = rows_by(frameworks[frameworks["index"].eq(index)], "node")
    top = (
        _find_node(framework, node)
        if node
        else next(n for n, entry in framework.items() if not entry["parent"])
    )
    steps = _of(table("steps"), index, code)
    if steps.empty:
        raise PlaceError(Finding("L111", value=place, params={"place": place, "index": index}))
    panel, weights = table("panel"), table("weights")
    here = panel["place"].eq(code) & panel["year"].eq(int(steps["year"].iloc[0]))
    rows = _Rows(
        framework=framework,
        weights=rows_by(weights[weights["index"].eq(index)], "node"),
        scores=rows_by(_of(table("scores"), index, code), "node"),
        steps={str(step): rows_by(rows, "node") for step, rows in steps.groupby("step")},
        panel=rows_by(panel[here], "indicator"),
        sources=rows_by(table("sources"), "source"),
        indicators=rows_by(table("indicators"), "indicator"),
    )
    return _link(rows, top)


def _of(table: pd.DataFrame, index: str, place: str) -> pd.DataFrame:
    return table[table["index"].eq(index) & table["place"].eq(place)]


def find_place(places: pd.DataFrame, wanted: str) -> str:
    """Return the id of a place by its id or name; L110 with the nearest names for an unknown one."""
    for column in ("place", "name_zh", "name_en"):
        found = places.loc[places[column].astype(str).str.casefold().eq(wanted.casefold()), "place"]
        if len(found) == 1:
            return str(found.iloc[0])
    known = [name for column in ("place", "name_zh", "name_en") for name in places[column].astype(str)]
    raise PlaceError(_unknown("L110", wanted, known))


def _find_node(framework: Mapping[str, Row], wanted: str) -> str:
    for column in ("node", "name_zh", "name_en", "indicator"):
        found = [node for node, row in framework.items() if str(row[column]).casefold() == wanted.casefold()]
        if len(found) == 1:
            return found[0]
    raise ModelError(_unknown("M131", wanted, [*framework, *(row["name_zh"] for row in framework.values())]))


def near_names(wanted: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known names most like one that is unknown; the first few without any like it."""
    names = list(dict.fromkeys(map(str, known)))
    return tuple(difflib.get_close_matches(wanted, names, n=3, cutoff=0.3) or names[:8])


def _unknown(code: str, wanted: str, known: Iterable[str]) -> Finding:
    return Finding(code, value=wanted, params={"name": wanted, "near": near_names(wanted, known)})


def _link(rows: _Rows, node: str) -> Link:
    return _leaf(rows, node) if rows.framework[node]["indicator"] else _inner(rows, node)


def _inner(rows: _Rows, node: str) -> Link:
    """Return the link of an inner node with the links of its children."""
    entry, score = rows.framework[node], rows.scores[node]
    return Link(
        kind="node" if entry["parent"] else "score",
        label_zh=entry["name_zh"],
        label_en=entry["name_en"],
        value=score["score"],
        year=score["year"],
        weight=rows.weights[node]["share"] if entry["parent"] else None,
        rank=score["rank"],
        children=tuple(_link(rows, child) for child in rows.below(node)),
    )


def _leaf(rows: _Rows, node: str) -> Link:
    """Return the link of a normalised indicator, with what was done before, down to its raw value."""
    entry, step = rows.framework[node], rows.steps["normalised"][node]
    below = (_raw(rows, entry),) if entry["indicator"] in rows.panel else ()
    for kind in BEFORE:
        if changed := rows.steps.get(kind, {}).get(node):
            divided = kind == "denominated"
            below = (*below, *_denominator(rows, entry)) if divided else below
            made = _made(entry, kind, changed, below)
            below = (replace(made, unit=entry.get("unit") or "") if divided else made,)
    link = _made(entry, "normalised", step, below)
    return replace(link, weight=rows.weights[node]["share"])


def _made(entry: Row, kind: Kind, step: Row, below: tuple[Link, ...]) -> Link:
    return Link(
        kind=kind,
        label_zh=entry["name_zh"],
        label_en=entry["name_en"],
        value=step["after"],
        year=step["year"],
        flag=step["flag"] or "",
        children=below,
    )


def _raw(rows: _Rows, entry: Row) -> Link:
    return value_link("raw", entry, rows.panel[entry["indicator"]], rows.sources)


def value_link(kind: Kind, about: Row, cell: Row, sources: Mapping[str, Row]) -> Link:
    """Return the link of a value as it stands in the input.

    Parameters
    ----------
    about : what bears the names under which the value is told: an indicator, or a place.
    cell : the row of the panel; sources : the table of sources by id.
    """
    return Link(
        kind=kind,
        label_zh=about["name_zh"],
        label_en=about["name_en"],
        value=cell["value"],
        unit=cell["unit"] or "",
        year=cell["year"],
        since=cell.get("since"),
        flag=cell["flag"] or "",
        note_zh=cell["note_zh"] or "",
        note_en=cell["note_en"] or "",
        source=cite(sources.get(cell["source"] or ""), cell["source"] or ""),
        file=cell["file"] or "",
        row=cell["row"],
        column=cell["column"] or "",
        cell=cell["cell"] or "",
    )


def _denominator(rows: _Rows, entry: Row) -> tuple[Link, ...]:
    """Return the link of what an indicator was divided by."""
    about = rows.indicators.get(str(rows.indicators[entry["indicator"]].get("denominator") or ""))
    if about is None or about["indicator"] not in rows.panel:
        return ()
    return (replace(_raw(rows, about), kind="denominator"),)


def cite(about: Row | None, code: str) -> str:
    """Return a source as a reader would cite it; one that sources.csv does not list stands for itself."""
    if about is None:
        return code
    return ", ".join(str(about[part]) for part in ("title", "publisher", "year", "url") if about[part])
