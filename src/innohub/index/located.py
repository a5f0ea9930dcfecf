"""Say where in a study a finding of the numerical steps arose: the key of study.toml, and the cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from innohub.catalog.methods import method
from innohub.errors import Finding, InnohubError
from innohub.index.model import Model
from innohub.index.weight.weighing import with_names
from innohub.panel import Panel

Matrix = NDArray[np.float64]
Key = Literal["weights", "aggregate"]

_MOST_NAMED = 8
_WRONG: Mapping[str, Callable[[Matrix], NDArray[np.bool_]]] = {
    "S103": lambda x: x < 0,
    "S106": lambda x: x <= 0,
    "S120": np.isnan,
    "S128": lambda x: x < 0,
    "S140": np.isnan,
    "S144": lambda x: x < 0,
}
# What is wrong with these stands in the data, not in a choice of method.
_OF_DATA = ("S103", "S140")


@dataclass(frozen=True)
class Children:
    """The children of a node as a method saw them: ``x`` (rows, children), rows of the panel, nodes of the tree."""

    x: Matrix
    rows: Sequence[int]
    nodes: Sequence[int]


@contextmanager
def chosen_by(where: str) -> Iterator[None]:
    """Let errors that know no file say by which key of study.toml the method was chosen."""
    try:
        yield
    except InnohubError as problem:
        told = [
            found if found.file else replace(found, file="study.toml", column=where)
            for found in problem.findings
        ]
        raise type(problem)(told) from None


def located(
    problem: InnohubError, model: Model, panel: Panel, node: int, key: Key, *, children: Children
) -> InnohubError:
    """Return the same error with the key that chose the method, and with cells named as place/indicator.

    A geometric mean's S106 becomes S102, which knows the normaliser that made the zero.
    """
    own = model.own_weights if key == "weights" else model.own_aggregates
    name = model.tree.nodes[node]
    where = f"index.{model.name}.nodes.{name}.{key}" if name in own else f"index.{model.name}.{key}"
    return type(problem)([_told(found, model, panel, where, children) for found in problem.findings])


def _told(finding: Finding, model: Model, panel: Panel, where: str, children: Children) -> Finding:
    finding = _named(finding, model, panel, children)
    placed = replace(finding, file=finding.file or "study.toml", column=finding.column or where)
    if finding.code not in _WRONG:
        return placed
    wrong = np.argwhere(_WRONG[finding.code](children.x)).tolist()
    cells = [(children.rows[row], children.nodes[column]) for row, column in wrong]
    params = {**finding.params, "cells": _spelt(cells, model, panel)}
    if finding.code == "S106":
        mean = method("aggregate", finding.params["method"])
        params |= {"index": model.name, "normaliser": str(model.normaliser), "method": mean.title}
        return replace(placed, code="S102", params=params)
    placed = replace(placed, params=params)
    return _at_cell(placed, model, panel, cells) if finding.code in _OF_DATA and cells else placed


def _named(finding: Finding, model: Model, panel: Panel, children: Children) -> Finding:
    """Call the children and the places that a method only numbered by their names."""
    finding = with_names(finding, [model.tree.nodes[node] for node in children.nodes])
    if finding.code != "S146":
        return finding
    # The method saw the places without gaps.
    whole = [row for row, x in zip(children.rows, children.x, strict=True) if not np.isnan(x).any()]
    places = tuple(panel.places[whole[row]] for row in finding.params["rows"])
    return replace(finding, params={**finding.params, "places": places})


def _spelt(cells: Sequence[tuple[int, int]], model: Model, panel: Panel) -> tuple[str, ...]:
    """Name the first cells; the year is told where there are several."""
    several = len(panel.calendar) > 1
    names = [
        f"{panel.places[row]}/{model.tree.nodes[node]}" + (f" {panel.years[row]}" if several else "")
        for row, node in cells[:_MOST_NAMED]
    ]
    return (*names, *(["…"] if len(cells) > _MOST_NAMED else [])) or ("–",)


def _at_cell(finding: Finding, model: Model, panel: Panel, cells: Sequence[tuple[int, int]]) -> Finding:
    """Point at the first of the cells that stands in an input file."""
    leaf = {int(node): code for node, code in zip(model.tree.leaves, model.tree.indicators, strict=True)}
    table = panel.cells
    if "file" not in table:
        return finding
    for row, node in cells:
        if node not in leaf:
            continue
        here = table["place"].eq(panel.places[row]) & table["indicator"].eq(leaf[node])
        found = table[here & table["year"].eq(int(panel.years[row]))]
        if len(found):
            cell = found.iloc[0]
            return replace(finding, file=str(cell["file"]), row=int(cell["row"]), column=str(cell["column"]))
    return finding
