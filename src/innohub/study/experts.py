"""What the two tables of experts share: the nodes they may speak of, their numbers, who says what of which node."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.study.cells import Spot, read_column, refusal
from innohub.study.names import Names, names_of, resolve

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

_FRACTION = re.compile(r"(\d+(?:\.\d+)?)\s*[/／⁄]\s*(\d+(?:\.\d+)?)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


@dataclass(frozen=True)
class Trees:
    """The nodes that experts may speak of, the children of each by framework, and the names that these go by."""

    nodes: Names
    children: Mapping[str, tuple[tuple[str, ...], ...]]
    items: Mapping[str, Names]


def gather_trees(frameworks: Iterable[pd.DataFrame]) -> Trees:
    """Gather inner nodes and their children from the frameworks of a study, each framework once."""
    tables = list({id(table): table for table in frameworks}.values())
    whole = pd.concat(tables, ignore_index=True)
    # A leaf may also be called by the id of its indicator.
    aliases = whole.assign(name_zh=whole["indicator"], name_en=whole["indicator"])
    named = pd.concat([whole, aliases[aliases["indicator"] != ""]], ignore_index=True)
    children: dict[str, dict[tuple[str, ...], None]] = {}
    for table in tables:
        for parent, below in table[table["parent"] != ""].groupby("parent", sort=False):
            children.setdefault(str(parent), {})[tuple(below["node"])] = None
    items = {
        str(parent): names_of(below, "node", "M051")
        for parent, below in named[named["parent"] != ""].groupby("parent", sort=False)
    }
    nodes = names_of(whole[whole["node"].isin(list(children))], "node", "M050")
    return Trees(nodes, {node: tuple(sets) for node, sets in children.items()}, items)


def spots_of(frame: pd.DataFrame, column: str) -> list[Spot]:
    """Return where each cell of a column stands, with its text as written."""
    cells = frame[["file", "row", column]].itertuples(index=False)
    return [Spot(str(file), int(row), column, str(text)) for file, row, text in cells]


def take_numbers(frame: pd.DataFrame, column: str, found: list[Finding]) -> Mask:
    """Replace the texts of a column by numbers, fractions such as 1/3 included; say which could be read.

    A blank cell becomes NaN and counts as read: what it means is for the caller to say.
    """
    numbers = read_column(frame[column].to_numpy())
    values, sound = numbers.values.copy(), np.ones(len(frame), dtype=bool)
    for row in numbers.odd():
        number, spot = numbers.number(int(row)), numbers.spot(frame, column, int(row))
        fraction = _FRACTION.fullmatch(spot.text.strip().translate(_FULL_WIDTH))
        if fraction and float(fraction[2]):
            values[row] = float(fraction[1]) / float(fraction[2])
        elif (problem := refusal(number, spot)) or number.unit_hint not in ("", "%"):
            found.append(problem or spot.finding("R014"))
            sound[row] = False
    frame[column] = values
    return sound


def take_ids(frame: pd.DataFrame, items: Sequence[str], trees: Trees, found: list[Finding]) -> Mask:
    """Write ids for the names of nodes and of their children; say which rows are whole. Every failure is named."""
    sound = np.ones(len(frame), dtype=bool)
    for column in ("expert", "node", *items):
        blank = frame[column].eq("").to_numpy()
        spots = spots_of(frame, column)
        found += [
            replace(spots[row].finding("M052", name=column), value=None)
            for row in np.flatnonzero(blank).tolist()
        ]
        sound &= ~blank
    frame["node"] = resolve(frame, "node", trees.nodes, found)
    for node, below in frame[frame["node"] != ""].groupby("node", sort=False):
        for column in items:
            told: list[Finding] = []
            frame.loc[below.index, column] = resolve(below, column, trees.items[str(node)], told)
            found += [replace(each, params={**each.params, "node": node}) for each in told]
    whole = np.all([frame[column].ne("").to_numpy() for column in ("node", *items)], axis=0)
    return np.asarray(sound & whole)


def opinions(frame: pd.DataFrame, sound: Mask) -> Iterator[tuple[str, str, Rows]]:
    """Yield expert, node and the rows that say something of it; those of which no row can be used are left out."""
    said: dict[tuple[str, str], list[int]] = {}
    for row, (expert, node) in enumerate(zip(frame["expert"], frame["node"], strict=True)):
        said.setdefault((str(expert), str(node)), []).append(row)
    for (expert, node), rows in said.items():
        at = np.array(rows, dtype=np.intp)
        if expert and node and sound[at].any():
            yield expert, node, at


def doubtful(frame: pd.DataFrame, expert: str, node: str) -> bool:
    """Say whether a row that names no expert, or no known node, may be what an expert lacks at a node."""
    nameless = frame["expert"].eq("") & frame["node"].isin([node, ""])
    lost = frame["expert"].eq(expert) & frame["node"].eq("")
    return bool((nameless | lost).any())


def incomplete(frame: pd.DataFrame, rows: Rows, code: str, **params: object) -> Finding:
    """Return a finding about what an expert says of a node, at the last row of it."""
    last = frame.loc[rows[-1]]
    told = {**params, "expert": last["expert"], "node": last["node"]}
    return Finding(code, "error", str(last["file"]), int(last["row"]), "node", str(last["node"]), told)
