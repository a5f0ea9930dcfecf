"""Figure ``acceptability``: how often each place takes each rank."""

import numpy as np
import pandas as pd

from innohub.chart import wording
from innohub.chart.heat import cell_text, heat, outline
from innohub.chart.palette import BLUES, GREY, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import cut_note, draws_phrase, level, name_rows, rows, sentences, subtitle
from innohub.chart.sheet import SMALL, key_box, legend, panel, sheet, width, write

TOP, FOOT = 14.0, 1.5
PRINTED = 0.05


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the rank acceptability."""
    table = read_shares(view)
    laid = rows(view, 0.27 * width_mm)
    left = laid.width + 9.0
    plot = width_mm - left - 1.5
    figure = sheet(width_mm, TOP + laid.total + FOOT)
    axes = panel(figure, left, TOP, plot, laid.total)
    values = table.to_numpy(dtype=float)
    signed = width("99%", SMALL) < plot / table.shape[1] - 0.6
    texts = [[_cell(share, signed) for share in row] for row in values]
    heat(axes, values, texts, BLUES, (0.0, 1.0))
    for row, rank in enumerate(view.places["rank"]):
        if rank in table.columns:
            outline(axes, table.columns.get_loc(rank), row)
    for column, rank in enumerate(table.columns):
        cell_text(axes, str(rank), column, -0.95, GREY)
    name_rows(axes, laid, view)
    write(figure, view.say("acceptability.rank"), left + plot / 2, TOP - 6.4, align="center")
    keys = [(key_box("none", INK), view.say("acceptability.nominal"))]
    if not signed:
        keys.append((key_box("none", "none"), view.say("acceptability.unit")))
    legend(figure, keys, left, 2.6)
    return Drawing(
        figure,
        _title(view, table),
        subtitle(view, "acceptability"),
        sentences(
            view,
            view.say("acceptability.note", draws=draws_phrase(view), least=wording.percent(PRINTED)),
            cut_note(view),
        ),
        view.say("acceptability.alt", title=_title(view, table), count=len(table), noun=view.noun),
    )


def read_shares(view: View) -> pd.DataFrame:
    """Return the share of draws by place (rows, in rank order) and rank (columns)."""
    table = view.table("acceptability").pivot(index="place", columns="rank", values="probability")
    last = int(max(len(view.places), view.places["rank_high"].fillna(0).max()))
    return table.reindex(view.places.index).reindex(columns=range(1, last + 1)).fillna(0.0)


def _cell(share: float, signed: bool) -> str:
    if share < PRINTED:
        return ""
    text = wording.percent(share)
    return text if signed else text.rstrip("%")


def _title(view: View, table: pd.DataFrame) -> str:
    first = str(table[1].idxmax())
    spread = (view.places["rank_high"] - view.places["rank_low"]).fillna(0)
    widest = [str(place) for place in spread.index[spread == spread.max()]]
    values = {
        "leader": view.places["name"][first],
        "chance": wording.percent(float(table.loc[first, 1])),
        "level": level(view),
        "places": view.subject(widest, 2),
        "ranks": int(spread.max()) + 1,
    }
    if len(widest) == 1:
        row = view.places.loc[widest[0]]
        span = wording.span(row["rank_low"], row["rank_high"], view.language)
        return view.say("acceptability.title", **values, span=span)
    clear = int(np.sum(table.max(axis=1) >= 0.5))
    return view.say("acceptability.title_many", **values, count=clear, total=len(table), noun=view.noun)
