"""Figure ``chains``: the four chains by field and place, the weakest framed, with their coordination."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from innohub.catalog.registers import chain_name
from innohub.chart import wording
from innohub.chart.ecosystem import Diagnosis
from innohub.chart.functions import as_head
from innohub.chart.heads import lay_heads
from innohub.chart.heat import heat, outline, rule
from innohub.chart.palette import BLUES
from innohub.chart.picture import Drawing
from innohub.chart.position import place_name
from innohub.chart.reading import MOST_ROWS, View, legible
from innohub.chart.rows import lay_names, sentences, write_names
from innohub.chart.sheet import panel, sheet
from innohub.chart.tables import records
from innohub.ecosystem.chains import CHAINS, scaling_text

Matrix = NDArray[np.float64]
FOOT, GAP = 1.5, 4.0
LEAST, LONG = 3, 18
OWN = "●"


@dataclass(frozen=True)
class Row:
    """A field at a place: the chains on 0-1, how coordinated they are, and the weakest."""

    place: str
    field: str
    chains: tuple[float, ...]
    coordination: float
    weakest: tuple[str, ...]


def read_rows(found: Diagnosis) -> tuple[Row, ...]:
    """Read the fields of the places asked for in the last year up to the one to tell of, in the table's order."""
    frame = last_year(found.table("chain_fusion"), found.results.settings.study.year)
    if frame.empty:
        return ()
    asked = set(found.asked) & set(frame["place"]) or set(frame["place"])
    own = frame[frame["place"].isin(asked)]
    if len(own) < LEAST < len(frame):
        # so few rows say nothing by themselves: beside all places of the same fields they do
        own = frame[frame["field"].isin(set(own["field"]))]
        own = own.sort_values("coordination", ascending=False, kind="stable", na_position="last")
        kept = {*range(LONG), *np.flatnonzero(own["place"].isin(asked)).tolist()}
        own = own.iloc[sorted(kept & {*range(len(own))})]
    return tuple(_row(row) for row in records(own))


def last_year(frame: pd.DataFrame, wanted: int) -> pd.DataFrame:
    """Return the rows of the last year up to the one wanted, all rows where none is told."""
    years = sorted({int(year) for year in frame["year"].dropna()}) if "year" in frame else []
    if not years:
        return frame
    return frame[frame["year"] == max((year for year in years if year <= wanted), default=years[-1])]


def _row(row: Mapping[str, Any]) -> Row:
    weakest = tuple(part for part in str(row["weakest"] or "").split(";") if part in CHAINS)
    chains = tuple(float(row[chain]) for chain in CHAINS)
    return Row(str(row["place"]), str(row["field"]), chains, float(row["coordination"]), weakest)


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the heat map, one row a field and place."""
    found = Diagnosis(view.results)
    every = read_rows(found)
    shown = every[:MOST_ROWS]
    laid = lay_names(_names(view, found, shown), width_mm)
    left = laid.width + 9.0
    step = (width_mm - left - GAP - 1.0) / (len(CHAINS) + 1)
    heads = lay_heads(
        [(as_head(legible(chain_name(chain, view.language)), view.language), step) for chain in CHAINS]
        + [(view.say("chains.coordination"), step)]
    )
    top = heads.height + 4.0
    figure = sheet(width_mm, top + laid.total + FOOT)
    axes = panel(figure, left, top, step * len(CHAINS), laid.total)
    _cells(axes, np.array([row.chains for row in shown]), 2)
    for number, row in enumerate(shown):
        for chain in row.weakest:
            outline(axes, CHAINS.index(chain), number)
    asked = set(found.asked)
    mixed = any(row.place not in asked for row in every) and any(row.place in asked for row in every)
    write_names(axes, laid, [OWN if mixed and row.place in asked else "" for row in shown])
    beside = panel(figure, left + GAP + step * len(CHAINS), top, step, laid.total)
    _cells(beside, np.array([[row.coordination] for row in shown]), 2)
    rule(beside, 0, 0, 1 + 1.0 / laid.total)
    for column, text in enumerate(heads.texts):
        shift = GAP if column == len(CHAINS) else 0.0
        heads.write(figure, text, left + shift + step * (column + 0.5), top - 1.6)
    title = _title(view, every)
    count = {"rows": len(every), "shown": len(shown)}
    first = found.table("chain_fusion").iloc[0]
    scaling = scaling_text(str(first["scaling"]), str(first["compared"]), view.language)
    note = sentences(
        view,
        view.say("chains.note", scaling=scaling),
        view.say("chains.own") if mixed else "",
        view.say("chains.cut", **count) if len(shown) < len(every) else "",
    )
    alt = view.say("chains.alt", title=title, rows=len(every))
    names = list(dict.fromkeys(place_name(view, row.place) for row in every))
    key = "chains.subtitle" if len(names) <= LEAST else "chains.subtitle_many"
    subtitle = view.say(key, places=wording.listing(names[:LEAST], view.language), count=len(names))
    return Drawing(figure, title, subtitle, note, alt)


def _cells(axes: Axes, values: Matrix, digits: int) -> None:
    texts = [
        ["" if np.isnan(value) else wording.fixed(float(value), digits) for value in row] for row in values
    ]
    heat(axes, values, texts, BLUES, (0.0, 1.0))


def _names(view: View, found: Diagnosis, rows: Sequence[Row]) -> list[str]:
    """Name the rows by field, and by place where there are several."""
    fields = found.fields(view.language)
    names = {row.field: as_head(legible(fields.get(row.field, row.field)), view.language) for row in rows}
    if len({row.place for row in rows}) < 2:
        return [names[row.field] for row in rows]
    if len(names) < 2:
        return [place_name(view, row.place) for row in rows]
    return [view.say("chains.row", place=place_name(view, row.place), field=names[row.field]) for row in rows]


def _title(view: View, rows: Sequence[Row]) -> str:
    counts = {chain: sum(chain in row.weakest for row in rows) for chain in CHAINS}
    most = max(counts, key=counts.__getitem__)
    if not counts[most]:
        return view.say("chains.title_none")
    chain = legible(chain_name(most, view.language))
    return view.say("chains.title", chain=chain, number=counts[most], rows=len(rows))
