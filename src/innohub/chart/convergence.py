"""Figure ``convergence``: do the differences shrink? Dispersion by year, growth against the start, the distribution."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from innohub.chart import wording
from innohub.chart.labels import Box, Mark, place_labels
from innohub.chart.palette import BLUE, GREY, INK, tint
from innohub.chart.picture import Drawing, Spot
from innohub.chart.reading import View
from innohub.chart.rows import sentences, subtitle
from innohub.chart.sheet import BODY, LINE, SMALL, panel, sheet, width, wrap, write
from innohub.chart.years import Growth, few_years, read_course, read_densities, read_growth, spaced_years

GAP, HEAD, PLOT, FOOT = 7.0, 11.5, 48.0, 9.0
NARROW = 110.0
MEASURES = {"cv": BLUE, "gini": "#D55E00", "theil": "#007D5B"}
STYLES = {"cv": ("-", "o"), "gini": ("--", "s"), "theil": (":", "^")}
RIDGES = 6
NAMED = 3
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)


Painter = Callable[[Figure, View, Spot], None]


def draw(view: View, width_mm: float) -> Drawing:
    """Draw dispersion, growth and distribution, those of the three that the run has."""
    growth = read_growth(
        view.table("convergence"), read_course(view.table("history"), view.root, view.places.index)
    )
    densities = read_densities(view.table("density"))
    painters: list[Painter] = [_sigma]
    if growth is not None:
        painters.append(lambda figure, seen, spot: _beta(figure, seen, spot, growth))
    if densities:
        painters.append(lambda figure, seen, spot: _ridges(figure, seen, spot, densities))
    across = len(painters) if width_mm >= NARROW else 1
    deep = -(-len(painters) // across)
    wide = (width_mm - GAP * (across - 1)) / across
    figure = sheet(width_mm, deep * (HEAD + PLOT + FOOT))
    for number, paint in enumerate(painters):
        row, column = divmod(number, across)
        paint(figure, view, Spot(column * (wide + GAP), row * (HEAD + PLOT + FOOT), wide))
    parts = [view.say("convergence.note_sigma")]
    parts += [view.say("convergence.note_beta")] if growth is not None else []
    parts += [view.say("convergence.note_density")] if densities else []
    title = _title(view)
    years = sorted(view.table("inequality")["year"])
    span = {"first": int(years[0]), "last": int(years[-1])}
    return Drawing(
        figure,
        title,
        subtitle(view, "convergence", **span),
        sentences(view, *parts),
        view.say("convergence.alt", title=title, count=len(view.places), noun=view.noun, **span),
    )


def _head(figure: Figure, view: View, spot: Spot, key: str) -> None:
    write(
        figure,
        view.say(f"convergence.{key}"),
        spot.left + 0.5,
        spot.top + 2.2,
        size=BODY,
        colour=INK,
        weight="bold",
    )
    lines = wrap(view.say(f"convergence.{key}_means"), spot.wide - 1.0, SMALL).split("\n")
    for number, line in enumerate(lines[:2]):
        write(figure, line, spot.left + 0.5, spot.top + 5.4 + number * LINE)


def _sigma(figure: Figure, view: View, spot: Spot) -> None:
    """Draw the measures of dispersion by year, each named at its end."""
    _head(figure, view, spot, "sigma")
    table = view.table("inequality").sort_values("year")
    known = [name for name in MEASURES if table[name].notna().any()]
    texts = {name: _named(view, table, name) for name in known}
    right = (
        max((width(line, SMALL) for text in texts.values() for line in text.split("\n")), default=0.0) + 2.0
    )
    left = width("0.00", SMALL) + 2.0
    axes = panel(figure, spot.left + left, spot.top + HEAD, spot.wide - left - right, PLOT)
    for name in known:
        line, marker = STYLES[name]
        axes.plot(table["year"], table[name], color=MEASURES[name], linestyle=line, marker=marker, markersize=2.8,
                  linewidth=1.3)  # fmt: skip
    highest = float(table[known].max().max()) if known else 1.0
    axes.set_ylim(0, highest * 1.08 or 1.0)
    _plain(axes, table["year"], spot.wide - left - right)
    _ends(axes, table, texts, highest)


def _named(view: View, table: pd.DataFrame, name: str) -> str:
    last = table[name].dropna().iloc[-1]
    return f"{view.say(f'convergence.{name}')}\n{wording.fixed(float(last), 3)}"


def _ends(axes: Axes, table: pd.DataFrame, texts: dict[str, str], highest: float) -> None:
    """Write name and last value of each measure at the right, moved apart where they would touch."""
    at = {name: float(table[name].dropna().iloc[-1]) for name in texts}
    room = 2.15 * LINE / PLOT * highest * 1.08
    above = -np.inf
    for name in sorted(at, key=lambda name: at[name]):
        above = max(at[name], above + room)
        axes.annotate(
            texts[name], (1, above), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            va="center", size=SMALL, color=INK, annotation_clip=False, linespacing=1.05,
        )  # fmt: skip


def _plain(axes: Axes, years: pd.Series, wide: float) -> None:
    """Give the axes of a time series quiet lines and as many years as fit."""
    first, last = int(years.min()), int(years.max())
    room = (last - first) * (width("2000", SMALL) + 3.0) / wide
    axes.set_xlim(first - 0.03 * (last - first), last + 0.03 * (last - first))
    axes.set_xticks(spaced_years([int(year) for year in years], room))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    axes.yaxis.grid(True)
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: wording.value(round(value, 6)))
    axes.tick_params(pad=2)


def _beta(figure: Figure, view: View, spot: Spot, growth: Growth) -> None:
    """Draw growth a year against the initial score, with the fitted line."""
    _head(figure, view, spot, "beta")
    left = width("−10%", SMALL) + 2.0
    wide = spot.wide - left - 1.5
    axes = panel(figure, spot.left + left, spot.top + HEAD, wide, PLOT)
    low, high = float(growth.start.min()), float(growth.start.max())
    axes.set_xscale("log")
    axes.set_xlim(low / 1.15, high * 1.15)
    axes.set_xticks([tick for tick in TICKS if low / 1.15 <= tick <= high * 1.15] or [low, high], minor=False)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(float(f"{value:.2g}")))
    ends = np.array([low, high])
    axes.plot(ends, growth.line(ends), color=INK, linewidth=1.0, zorder=2)
    values = growth.growth
    room = 0.1 * (float(np.ptp(values)) or 0.01)
    axes.set_ylim(float(values.min()) - room, float(values.max()) + room)
    for place in growth.start.index:
        look = view.look(str(view.places["tier"][place]))
        axes.plot(
            growth.start[place], values[place], marker=look.marker, markersize=3.6 * look.size, color=look.colour,
            markeredgecolor=look.edge, markeredgewidth=0.4, zorder=3,
        )  # fmt: skip
    axes.yaxis.grid(True)
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: wording.exact(value, 0 if room > 0.004 else 1))
    axes.set_xlabel(view.say("convergence.initial", year=growth.first), labelpad=1)
    axes.tick_params(pad=2)
    _name_some(axes, view, growth, wide)


def _name_some(axes: Axes, view: View, growth: Growth, wide: float) -> None:
    """Name the places that grow fastest and slowest, and those farthest from the line."""
    off = (
        (growth.growth - growth.line(growth.start.to_numpy(float)))
        .abs()
        .sort_values(ascending=False, kind="stable")
    )
    order = growth.growth.sort_values(kind="stable").index
    chosen = list(dict.fromkeys([*order[-NAMED:], *order[:NAMED], *off.index[:NAMED], growth.start.idxmax()]))
    others = [place for place in growth.start.index if place not in chosen]
    (west, east), (south, north) = np.log(axes.get_xlim()), axes.get_ylim()
    marks = []
    for place in [*chosen, *others]:
        x = (np.log(growth.start[place]) - west) / (east - west) * wide
        y = (growth.growth[place] - south) / (north - south) * PLOT
        text = str(view.places["name"][place])
        marks.append(Mark(float(x), float(y), 0.8, width(text, SMALL), LINE * 0.95))
    boxes = place_labels(marks, Box(0, 0, wide, PLOT), distances=(0.9, 1.6, 2.4))
    for place, box in zip(chosen, boxes, strict=False):
        if box is not None:
            middle = ((box.left + box.right) / 2 / wide, (box.low + box.high) / 2 / PLOT)
            axes.annotate(
                str(view.places["name"][place]), middle, (0, -0.37 * SMALL), xycoords="axes fraction",
                textcoords="offset points", ha="center", va="baseline", size=SMALL, color=INK,
            )  # fmt: skip


def _ridges(figure: Figure, view: View, spot: Spot, densities: dict[int, pd.DataFrame]) -> None:
    """Draw the distribution of the scores in some years, one above the other, the last one in colour."""
    _head(figure, view, spot, "density")
    left = width("2000", SMALL) + 2.0
    axes = panel(figure, spot.left + left, spot.top + HEAD, spot.wide - left - 1.0, PLOT)
    years = few_years(sorted(densities), RIDGES)
    highest = max(float(densities[year]["density"].max()) for year in years)
    step = 0.55 * highest
    for number, year in enumerate(years):
        foot = (len(years) - 1 - number) * step
        x, y = densities[year]["score"].to_numpy(float), densities[year]["density"].to_numpy(float)
        colour = BLUE if year == years[-1] else GREY
        axes.fill_between(x, foot, foot + y, color=tint(colour, 0.35), linewidth=0, zorder=2 * number)
        axes.plot(x, foot + y, color=colour, linewidth=0.9, zorder=2 * number + 1)
        axes.annotate(
            str(year), (0, foot), (-3, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            ha="right", va="bottom", size=SMALL, color=INK if year == years[-1] else GREY, annotation_clip=False,
        )  # fmt: skip
    axes.set_ylim(0, (len(years) - 1) * step + highest * 1.05)
    axes.set_yticks([])
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(round(value, 6)))
    axes.set_xlabel(view.say("convergence.score"), labelpad=1)
    axes.tick_params(pad=2)


def _title(view: View) -> str:
    table = view.table("inequality").sort_values("year").dropna(subset=["cv"])
    if len(table) < 2:
        return view.say("convergence.title_none")
    first, last = table.iloc[0], table.iloc[-1]
    way = "shrink" if last["cv"] < first["cv"] else "grow"
    return view.say(
        f"convergence.title_{way}", first=int(first["year"]), last=int(last["year"]),
        before=wording.fixed(float(first["cv"]), 3), after=wording.fixed(float(last["cv"]), 3), noun=view.noun,
    )  # fmt: skip
