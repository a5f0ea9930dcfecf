"""Figure ``alternatives``: ranks and tiers under other methods, beside the study's own."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from innohub.chart import wording
from innohub.chart.palette import GREY, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.reading import View, bilingual
from innohub.chart.rows import cut_note, name_rows, rows, sentences, subtitle, tier_key
from innohub.chart.sheet import LINE, SMALL, key_room, legend, panel, sheet, wrap, write
from innohub.chart.tables import records

KEY, FOOT = 6.0, 1.5
MOST = 8


@dataclass(frozen=True)
class Ranks:
    """Ranks and tiers of the places (rows) by method (columns); the first column is the study's own."""

    titles: tuple[str, ...]
    ranks: pd.DataFrame
    tiers: pd.DataFrame

    @property
    def moves(self) -> pd.Series:
        """Largest move of each place away from its own rank."""
        return self.ranks.sub(self.ranks["own"], axis=0).abs().max(axis=1)

    @property
    def changed(self) -> int:
        """How many places change tier under some method."""
        rows = self.tiers.to_numpy(dtype=str)
        return int(((rows != rows[:, :1]) & (rows != "")).any(axis=1).sum())


def draw(view: View, width_mm: float) -> Drawing:
    """Draw ranks by method."""
    found = read_ranks(view)
    laid = rows(view, width_mm)
    left = laid.width + 9.0
    plot = width_mm - left - 1.5
    step = plot / len(found.titles)
    heads = [wrap(title, step - 1.5, SMALL) for title in found.titles]
    lines = max(head.count("\n") + 1 for head in heads)
    entries = tier_key(view)
    top = KEY + key_room(entries, left, width_mm)[1] + 2.5 + LINE * lines
    figure = sheet(width_mm, top + laid.total + FOOT)
    axes = panel(figure, left, top, plot, laid.total)
    _slopes(axes, view, found)
    name_rows(axes, laid, view)
    for number, head in enumerate(heads):
        for line, text in enumerate(head.split("\n")):
            write(
                figure, text, left + (number + 0.5) * step, top - 1.5 - (lines - line - 0.5) * LINE,
                align="center", colour=INK if number == 0 else GREY, weight="bold" if number == 0 else "normal",
            )  # fmt: skip
    legend(figure, entries, left)
    return Drawing(
        figure,
        _title(view, found),
        subtitle(view, "alternatives", methods=_methods(view, found)),
        sentences(view, view.say("alternatives.note"), cut_note(view)),
        view.say(
            "alternatives.alt", title=_title(view, found), count=len(view.places), noun=view.noun,
            stable=int((found.moves == 0).sum()),
        ),
    )  # fmt: skip


def read_ranks(view: View) -> Ranks:
    """Read ranks and tiers by method; a place without a tier has an empty one."""
    table = view.table("alternatives").dropna(subset=["rank"])
    firsts = table.drop_duplicates("alternative").head(MOST)
    order = list(firsts["alternative"])
    titles = [bilingual(row, "title", view.language) or row["alternative"] for row in records(firsts)]
    ranks, tiers = (
        table.pivot(index="place", columns="alternative", values=value).reindex(view.places.index)[order]
        for value in ("rank", "tier")
    )
    ranks.insert(0, "own", view.places["rank"])
    tiers.insert(0, "own", view.places["tier"])
    return Ranks((view.say("alternatives.own"), *titles), ranks, tiers.fillna(""))


def _slopes(axes: Axes, view: View, found: Ranks) -> None:
    """Draw one line a place through its ranks; a rank is the row in which it stands."""
    number = len(found.titles)
    axes.set_xlim(0, number)
    axes.set_xticks([])
    across = [column + 0.5 for column in range(number)]
    moves = found.moves
    shown = view.shown.index
    ranks_shown, tiers_shown = found.ranks.loc[shown].to_numpy(dtype=float), found.tiers.loc[shown].to_numpy()
    by_place = zip(shown, ranks_shown, tiers_shown, strict=True)
    for place, ranks, tiers in by_place:
        moved = bool(moves[place] > 0)
        colour = view.look(view.places["tier"][place]).colour if moved else HAIRLINE
        axes.plot(across, ranks - 1, color=colour, linewidth=1.4 if moved else 1.0, zorder=2 if moved else 1)
        for at, rank, tier in zip(across, ranks, tiers, strict=True):
            look = view.look(tier)
            axes.plot(
                at, rank - 1, marker=look.marker, markersize=5.5 * look.size, color=look.colour,
                markeredgecolor=look.edge, markeredgewidth=0.6, zorder=3,
            )  # fmt: skip


def _title(view: View, found: Ranks) -> str:
    most = int(found.moves.max()) if len(found.moves) else 0
    values = {"methods": _methods(view, found), "most": wording.few(most, view.language), "noun": view.noun}
    said = view.say("alternatives.title" if most else "alternatives.title_same", **values)
    if not view.tiers:
        return said
    key = "tiers_same" if not found.changed else "tiers_one" if found.changed == 1 else "tiers_changed"
    changed = wording.few(found.changed, view.language)
    return said + view.say(f"alternatives.{key}", count=changed, noun=view.noun)


def _methods(view: View, found: Ranks) -> str:
    """Say how many other methods there are."""
    number = len(found.titles) - 1
    key = "alternatives.method" if number == 1 else "alternatives.methods"
    return view.say(key, count=wording.few(number, view.language))
