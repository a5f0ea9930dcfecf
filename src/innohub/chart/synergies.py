"""Figure ``synergies``: ties between sectors, places and levels over what is expected, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from innohub.chart import wording
from innohub.chart.chains import last_year
from innohub.chart.ecosystem import Diagnosis
from innohub.chart.functions import as_head
from innohub.chart.palette import BLUE, GREY, HAIRLINE, INK
from innohub.chart.picture import Drawing
from innohub.chart.position import place_name
from innohub.chart.ratios import Scale
from innohub.chart.reading import View
from innohub.chart.rows import Rows, lay_names, sentences, write_names
from innohub.chart.sheet import key_room, legend, panel, sheet, write
from innohub.chart.tables import common_kind, read_table

KINDS = ("subjects", "cities", "levels")
MOST, KEY, HEAD, FOOT, GAP = 24, 5.0, 6.0, 5.0, 5.0
MARK = {"above": ("#D55E00", "^"), "below": (BLUE, "v"), "near": (GREY, "o")}


@dataclass(frozen=True)
class Ratios:
    """Ratios by place (the whole first, with an empty id) and kind, and how many places there are in all."""

    kinds: tuple[str, ...]
    places: tuple[str, ...]
    rows: dict[tuple[str, str], tuple[float, float, float]]
    total: int


def read_ratios(found: Diagnosis) -> Ratios:
    """Read the ratios of the last year; of many places those with the most works, the largest ratio first."""
    frame = last_year(found.table("synergy"), found.results.settings.study.year).dropna(subset=["ratio"])
    kinds = tuple(kind for kind in KINDS if (frame["kind"] == kind).any())
    placed = frame[frame["place"].fillna("") != ""]
    works = placed.groupby("place", sort=False)["works"].max().sort_values(ascending=False, kind="stable")
    kept = list(works.index[:MOST])
    first = (
        placed[placed["kind"] == kinds[0]].set_index("place")["ratio"] if kinds else pd.Series(dtype=float)
    )
    kept.sort(key=lambda place: -float(first.get(place, float("-inf"))))
    columns = ["ratio", "ratio_low", "ratio_high"]
    keys = zip(frame["place"].fillna(""), frame["kind"], strict=True)
    told = frame[columns].astype(float).itertuples(index=False, name=None)
    rows = {
        (str(place), str(kind)): cast("tuple[float, float, float]", row)
        for (place, kind), row in zip(keys, told, strict=True)
    }
    whole = [""] if any(place == "" for place, _ in rows) else []
    return Ratios(kinds, (*whole, *(str(place) for place in kept)), rows, len(works))


def side(row: tuple[float, float, float]) -> str:
    """Say on which side of one an interval lies: ``near`` where it holds one or is missing.

    >>> side((0.9, 0.8, 0.95)), side((1.1, float("nan"), float("nan")))
    ('below', 'near')
    """
    return "above" if row[1] > 1 else "below" if row[2] < 1 else "near"


def draw(view: View, width_mm: float) -> Drawing:
    """Draw a panel for each kind, a row for each place."""
    found = Diagnosis(view.results)
    told = read_ratios(found)
    names = [place_name(view, place) if place else view.say("synergies.all") for place in told.places]
    laid = lay_names(names, width_mm)
    left = laid.width + 3.0
    entries = _key(view, told)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + HEAD
    across = (width_mm - left - GAP * (len(told.kinds) - 1) - 2.0) / len(told.kinds)
    figure = sheet(width_mm, top + laid.total + FOOT)
    for number, kind in enumerate(told.kinds):
        spot = left + number * (across + GAP)
        axes = panel(figure, spot, top, across, laid.total)
        _panel(axes, told, kind)
        if not number:
            write_names(axes, laid, [""] * len(names))
        else:
            axes.set_ylim(len(names) - 0.5, -0.5)
            axes.set_yticks([])
        head = as_head(_kind(view, found, kind), view.language)
        write(figure, head, spot + across / 2, top - 3.0, colour=INK, align="center")
    legend(figure, entries, 0.5)
    return _words(view, found, told, Drawing(figure, "", "", "", ""), laid)


def _panel(axes: Axes, told: Ratios, kind: str) -> None:
    """Draw the ratios of one kind with their intervals around one."""
    rows = [
        (number, told.rows[place, kind])
        for number, place in enumerate(told.places)
        if (place, kind) in told.rows
    ]
    ends = [value for _, row in rows for value in row if not isnan(value)]
    scale = Scale.around(ends)
    low = scale.low if scale.log else min(0.98 * min(ends), 0.95)
    axes.set_xscale("log" if scale.log else "linear")
    axes.set_xlim(low, scale.high)
    if scale.log:
        axes.set_xticks(scale.ticks)
    else:
        axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(round(value, 4)))
    axes.minorticks_off()
    axes.xaxis.grid(visible=True)
    axes.tick_params(axis="x", pad=2)
    axes.axvline(1.0, color=INK, linewidth=0.9, linestyle=(0, (3, 2)), zorder=2)
    for number, row in rows:
        colour, mark = MARK[side(row)]
        if not isnan(row[1]):
            axes.plot(row[1:], (number, number), color=colour, linewidth=1.4, zorder=3)
        axes.plot(row[0], number, marker=mark, markersize=5, color=colour, zorder=4, linestyle="")
    if told.places and not told.places[0]:
        axes.axhline(0.5, color=HAIRLINE, linewidth=0.6, zorder=1)


def _key(view: View, told: Ratios) -> list[tuple[Line2D, str]]:
    used = {side(row) for row in told.rows.values()}
    return [
        (
            Line2D([0], [0], color=colour, marker=mark, linestyle="none", markersize=5),
            view.say(f"synergies.{name}"),
        )
        for name, (colour, mark) in MARK.items()
        if name in used
    ]


def _kind(view: View, found: Diagnosis, kind: str) -> str:
    """Name a kind, with what the study's places are."""
    frame = found.table("synergy")
    kinds = read_table(view.results, "places").set_index("place")["kind"]
    used = [place for place in dict.fromkeys(frame["place"].dropna()) if place]
    return view.say(f"synergies.kind.{kind}", noun=view.say(f"noun.{common_kind(kinds.reindex(used))}"))


def _words(view: View, found: Diagnosis, told: Ratios, drawn: Drawing, laid: Rows) -> Drawing:
    """Put title, note and alternative text around the figure."""
    kind = told.kinds[0]
    rows: Sequence[tuple[str, tuple[float, float, float]]] = [
        (place, told.rows[place, kind]) for place in told.places if (place, kind) in told.rows
    ]
    place, row = rows[0]
    values = {
        "kind": as_head(_kind(view, found, kind), view.language),
        "ratio": wording.fixed(row[0], 2),
        "place": place_name(view, place) if place else "",
    }
    title = view.say(f"synergies.title{'' if not place else '_place'}", **values)
    shown = len(laid.names) - (not told.places[0])
    cut = view.say("synergies.shown", shown=shown, total=told.total) if shown < told.total else ""
    note = sentences(view, view.say("synergies.note"), cut)
    sources = tuple(str(source) for source in read_table(view.results, "sources").get("source", ()))
    return Drawing(
        drawn.figure, title, view.say("synergies.subtitle"), note,
        view.say("synergies.alt", title=title, count=len(rows)), cited=sources,
    )  # fmt: skip
