"""Figure ``indicators``: normalised values, places by indicators, grouped by dimension."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from innohub.chart import wording
from innohub.chart.heads import lay_heads
from innohub.chart.heat import heat, rule
from innohub.chart.palette import BLUES, BOTH_WAYS
from innohub.chart.picture import Drawing
from innohub.chart.reading import View, bilingual
from innohub.chart.rows import cut_note, name_rows, rows, sentences, subtitle
from innohub.chart.sheet import SMALL, panel, sheet, width
from innohub.chart.tables import records
from innohub.words import words

SIGNS = "†‡§¶※"
FOOT = 1.5


@dataclass(frozen=True)
class Table:
    """Normalised values of the places (rows) by indicator (columns), in the framework's order.

    ``heads`` and ``groups`` name each column and the dimension it belongs to; ``flags`` has the flags of the
    raw values in the cells of ``values``.
    """

    values: pd.DataFrame
    heads: tuple[str, ...]
    groups: tuple[str, ...]
    flags: pd.DataFrame

    @property
    def signs(self) -> dict[str, str]:
        """The sign of each flag that occurs."""
        met = sorted({flag for cell in self.flags.to_numpy().ravel() for flag in cell.split(";") if flag})
        return {flag: SIGNS[min(number, len(SIGNS) - 1)] for number, flag in enumerate(met)}


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the heat table."""
    table = read_values(view)
    laid = rows(view, width_mm)
    left = laid.width + 9.0
    step = (width_mm - left - 1.0) / len(table.heads)
    bands = _bands(table.groups)
    groups = lay_heads([(name, step * (end - start + 1)) for name, start, end in bands])
    heads = lay_heads([(name, step) for name in table.heads])
    above = groups.height + 2.4 if bands else 0.8
    top = above + heads.height + 3.2
    figure = sheet(width_mm, top + laid.total + FOOT)
    axes = panel(figure, left, top, step * len(table.heads), laid.total)
    _cells(axes, table, step, len(view.shown))
    name_rows(axes, laid, view)
    for (_, start, end), text in zip(bands, groups.texts, strict=True):
        groups.write(figure, text, left + step * ((start + end) / 2 + 0.5), above - 1.2)
        rule(axes, start, end, 1 + (top - above) / laid.total)
    for column, text in enumerate(heads.texts):
        heads.write(figure, text, left + step * (column + 0.5), top - 1.6)
    return Drawing(
        figure,
        _title(view, table),
        subtitle(view, "indicators"),
        sentences(
            view,
            view.say("indicators.note", noun=view.noun),
            view.say("indicators.grouped") if bands else "",
            _flag_note(view, table),
            cut_note(view),
        ),
        _alt(view, table),
    )


def read_values(view: View) -> Table:
    """Read the normalised values of the leaves of the framework."""
    framework = view.table("framework")
    leaves = framework[framework["indicator"].fillna("") != ""]
    steps = view.table("steps")
    steps = steps[(steps["step"] == "normalised") & (steps["year"] == view.year)]
    wide = steps.pivot_table(index="place", columns="node", values="after", aggfunc="last")
    by_node = {row["node"]: row for row in records(framework)}
    leaves = leaves[leaves["node"].isin(wide.columns)]
    leaves = leaves.assign(group=[_group(parent, by_node, view) for parent in leaves["parent"]])
    # a file may list indicators in any order: those of one dimension stand side by side
    first = {name: position for position, name in enumerate(dict.fromkeys(leaves["group"]))}
    leaves = leaves.sort_values("group", key=lambda names: names.map(first), kind="stable")
    nodes, indicators = list(leaves["node"]), list(leaves["indicator"])
    names = {row["indicator"]: row for row in records(view.table("indicators"))}
    heads = [
        bilingual(names.get(indicator, {}), "name", view.language)
        or bilingual(row, "name", view.language)
        or node
        for node, indicator, row in zip(nodes, indicators, records(leaves), strict=True)
    ]
    return Table(
        wide.reindex(view.places.index)[nodes],
        tuple(heads),
        tuple(leaves["group"]),
        _flags(view, nodes, indicators),
    )


def _group(parent: str, by_node: dict[str, dict[str, Any]], view: View) -> str:
    """Name the dimension just below the root; an indicator right below the root has none."""
    while parent in by_node and by_node[parent]["parent"] not in {view.root, ""}:
        parent = str(by_node[parent]["parent"])
    known = parent in by_node and parent != view.root
    return (bilingual(by_node[parent], "name", view.language) or parent) if known else ""


def _flags(view: View, nodes: list[str], indicators: list[str]) -> pd.DataFrame:
    panel_rows = view.table("panel")
    empty = pd.DataFrame("", index=view.places.index, columns=nodes)
    if panel_rows.empty:
        return empty
    flagged = panel_rows[(panel_rows["flag"].fillna("") != "") & (panel_rows["year"] == view.year)]
    flagged = flagged[flagged["place"].isin(empty.index)]
    for node, indicator in zip(nodes, indicators, strict=True):
        of_one = flagged[flagged["indicator"] == indicator].drop_duplicates("place", keep="last")
        empty.loc[of_one["place"], node] = of_one["flag"].to_numpy()
    return empty


def _bands(groups: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Return each run of columns of one dimension with its first and last column."""
    bands: list[tuple[str, int, int]] = []
    for column, name in enumerate(groups):
        if bands and bands[-1][0] == name:
            bands[-1] = (name, bands[-1][1], column)
        elif name:
            bands.append((name, column, column))
    return bands


def _cells(axes: Axes, table: Table, step: float, rows_shown: int) -> None:
    values = table.values.to_numpy(dtype=float)[:rows_shown]
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    colours, limits = (BLUES, (low, high)) if low >= 0 else (BOTH_WAYS, (-max(-low, high), max(-low, high)))
    digits = 2 if max(abs(low), abs(high)) < 10 else 0
    signs = [
        ["".join(table.signs[f] for f in cell.split(";") if f) for cell in row]
        for row in table.flags.to_numpy()[:rows_shown]
    ]
    texts = [
        [wording.fixed(value, digits) + sign for value, sign in zip(*cells, strict=True)]
        for cells in zip(values, signs, strict=True)
    ]
    if max(width(text, SMALL) for row in texts for text in row) > step - 0.6:
        texts = signs
    heat(axes, values, texts, colours, limits)


def _flag_note(view: View, table: Table) -> str:
    book = words(view.language)
    named = [
        f"{sign} {view.say(f'flag.{flag}') if book.has(f'chart.flag.{flag}') else flag}"
        for flag, sign in table.signs.items()
    ]
    return view.say("indicators.flags", flags=view.say("list.comma").join(named)) if named else ""


def _title(view: View, table: Table) -> str:
    best = table.values.eq(table.values.max(), axis=1).sum(axis=1)
    order = best.sort_values(ascending=False, kind="stable")
    values = {
        "total": len(table.heads),
        "leader": view.places["name"][order.index[0]],
        "count": int(order.iloc[0]),
    }
    if len(order) < 2 or not order.iloc[1]:
        return view.say("indicators.title_one", **values)
    return view.say(
        "indicators.title", **values, second=view.places["name"][order.index[1]], next=int(order.iloc[1])
    )


def _alt(view: View, table: Table) -> str:
    return view.say(
        "indicators.alt", title=_title(view, table), count=len(table.values), noun=view.noun,
        indicators=len(table.heads), low=wording.fixed(float(table.values.min().min()), 2),
        high=wording.fixed(float(table.values.max().max()), 2),
    )  # fmt: skip
