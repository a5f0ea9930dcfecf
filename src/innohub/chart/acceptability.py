"""Figure ``acceptability``: how often each place takes each rank."""

import numpy as np
import pandas as pd

from innohub.chart import wording
from innohub.chart.heat import heat, outline
from innohub.chart.palette import BLUES, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import cut_note, draws_phrase, level, name_rows, rows, sentences, subtitle
from innohub.chart.sheet import SMALL, key_box, key_room, legend, panel, sheet, width, write

TOP, FOOT = 14.0, 1.5
PRINTED = 0.05


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the rank acceptability."""
    table = read_shares(view)
    laid = rows(view, width_mm)
    left = laid.width + 9.0
    plot = width_mm - left - 1.5
    signed = width("99%", SMALL) < plot / table.shape[1] - 0.6
    keys = [(key_box("none", INK), view.say("acceptability.nominal"))]
    if not signed:
        keys.append((key_box("none", "none"), view.say("acceptability.unit")))
    top = TOP + key_room(keys, left, width_mm)[1]
    figure = sheet(width_mm, top + laid.total + FOOT)
    axes = panel(figure, left, top, plot, laid.total)
    values = table.loc[view.shown.index].to_numpy(dtype=float)
    tight = width("99", SMALL) > plot / table.shape[1] - 0.9
    texts = [[_cell(share, signed, row.max() if tight else PRINTED) for share in row] for row in values]
    heat(axes, values, texts, BLUES, (0.0, 1.0))
    for row, rank in enumerate(view.shown["rank"]):
        outline(axes, float(rank) - 1, row)
    for column, rank in list(enumerate(table.columns))[:: 2 if tight else 1]:
        write(figure, str(rank), left + plot * (column + 0.5) / table.shape[1], top - 2.4, align="center")
    name_rows(axes, laid, view)
    write(figure, view.say("acceptability.rank"), left + plot / 2, top - 6.0, align="center")
    legend(figure, keys, left)
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
    last = int(max(len(view.shown), view.shown["rank_high"].fillna(0).max()))
    return table.reindex(view.places.index).reindex(columns=range(1, last + 1)).fillna(0.0)


def _cell(share: float, signed: bool, least: float) -> str:
    text = wording.percent(share) if share >= least else ""
    return text if signed else text.rstrip("%")


def _title(view: View, table: pd.DataFrame) -> str:
    first, most = str(table[1].idxmax()), float(table[1].max())
    spread = (view.places["rank_high"] - view.places["rank_low"]).fillna(0)
    widest = [str(place) for place in spread.index[spread == spread.max()]]
    values = {
        "leader": view.places["name"][first],
        "chance": wording.probability(most, view.language),
        "level": level(view),
        "places": view.subject(widest, 2),
        "ranks": int(spread.max()) + 1,
    }
    if len(widest) == 1:
        low, high = (float(view.places[end][widest[0]]) for end in ("rank_low", "rank_high"))
        span = wording.span(low, high, view.language)
        return view.say("acceptability.title", **values, span=span)
    clear = int(np.sum(table.max(axis=1) >= 0.5))
    key = "acceptability.title_many" if clear else "acceptability.title_none"
    return view.say(key, **values, count=clear, total=len(table), noun=view.noun)
