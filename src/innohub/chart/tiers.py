"""Figure ``tiers``: tier probabilities under each definition, side by side."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from innohub.chart import wording
from innohub.chart.palette import INK, Look, tint
from innohub.chart.picture import Drawing
from innohub.chart.reading import View
from innohub.chart.rows import cut_note, draws_phrase, name_rows, rows, sentences, subtitle
from innohub.chart.sheet import BODY, LINE, SMALL, key_box, key_room, legend, panel, sheet, width, wrap, write

KEY, FOOT, GAP = 7.0, 1.5, 4.0
NARROW, CRAMPED = 110.0, 20.0
# light enough for dark figures upon it; the outline of the mark keeps the bar apart from white
FILL = 0.5


@dataclass(frozen=True)
class Chances:
    """Probability of each place (rows) for each tier (columns) by definition, the study's own first."""

    by_definition: dict[str, pd.DataFrame]
    firm: float

    def unsure(self, definition: str) -> list[str]:
        """Return the places whose likeliest tier stays below the firm probability."""
        best = self.by_definition[definition].max(axis=1)
        return [str(place) for place in best.index[best < self.firm]]


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the tier probabilities."""
    chances = read_chances(view)
    laid, entries = rows(view, width_mm), _key(view, chances)
    left = laid.width + 9.0
    number = len(chances.by_definition)
    gap = GAP if width_mm >= NARROW else GAP / 2
    wide = (width_mm - left - (number - 1) * gap - 2.0) / number
    heads = [_head(view, definition, wide) for definition in chances.by_definition]
    first = KEY + key_room(entries, left, width_mm)[1]
    top = first + 1.5 + LINE * max(len(bold) + len(plain) for bold, plain in heads)
    figure = sheet(width_mm, top + laid.total + FOOT)
    for number, table in enumerate(chances.by_definition.values()):
        at = left + number * (wide + gap)
        axes = panel(figure, at, top, wide, laid.total)
        axes.set_ylim(len(laid.names) - 0.5, -0.5)
        _bars(axes, view, table.loc[view.shown.index], wide)
        _headline(figure, heads[number], at, first, _head_size(wide))
        if number == 0:
            name_rows(axes, laid, view)
    legend(figure, entries, left)
    return Drawing(
        figure,
        _title(view, chances),
        subtitle(view, "tiers"),
        sentences(
            view, view.say("tiers.note", draws=draws_phrase(view)), _likelier(view, chances), cut_note(view)
        ),
        _alt(view, chances),
    )


def read_chances(view: View) -> Chances:
    """Read the probabilities, the study's own definition first."""
    table = view.table("tiers").dropna(subset=["probability"])
    wide = {
        name: table[table["definition"] == name].pivot(index="place", columns="tier", values="probability")
        for name in view.definitions
    }
    tiers = [tier for tier in view.tiers if (table["tier"] == tier).any()]
    return Chances({name: part.reindex(view.places.index)[tiers] for name, part in wide.items()}, view.firm)


def _bars(axes: Axes, view: View, table: pd.DataFrame, wide: float) -> None:
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    axes.set_yticks([])
    for row, shares in enumerate(table.to_numpy(dtype=float)):
        if np.isnan(shares).any():
            continue
        starts = np.concatenate([[0.0], np.cumsum(shares)[:-1]])
        for tier, start, share in zip(table.columns, starts, shares, strict=True):
            look = view.look(tier)
            axes.barh(
                row, share, left=start, height=0.62, color=fill(look), edgecolor=look.edge, linewidth=0.35
            )
        largest = int(shares.argmax())
        look = view.look(str(table.columns[largest]))
        share = wording.percent(float(shares[largest]), view.firm)
        room = wide * float(shares[largest]) - 0.6
        if text := next((t for t in (f"{look.sign} {share}", share) if width(t, SMALL) < room), ""):
            middle = starts[largest] + shares[largest] / 2
            axes.annotate(
                text, (middle, row), (0, -2.6), textcoords="offset points", ha="center", va="baseline",
                size=SMALL, color=INK,
            )  # fmt: skip
        if shares[largest] < view.firm:
            frame = Rectangle(
                (0, row - 0.36), 1, 0.72, fill=False, edgecolor=INK, linewidth=1.0, clip_on=False
            )
            axes.add_patch(frame)


def fill(look: Look) -> str:
    """Return the fill of a tier's bar."""
    return tint(look.colour, FILL)


def _head(view: View, definition: str, wide: float) -> tuple[list[str], list[str]]:
    """Return the lines of a panel's name and of what it means."""
    own = view.say("tiers.own") if definition == view.definitions[0] and len(view.definitions) > 1 else ""
    name = wrap(view.say(f"tiers.{definition}.name") + own, wide, _head_size(wide), "bold")
    return name.split("\n"), wrap(view.say(f"tiers.{definition}.means"), wide, SMALL).split("\n")


def _head_size(wide: float) -> float:
    return BODY if wide > CRAMPED else SMALL


def _headline(figure: Figure, head: tuple[list[str], list[str]], at: float, top: float, size: float) -> None:
    bold, plain = head
    for number, line in enumerate(bold):
        write(figure, line, at, top + (number + 0.5) * LINE, size=size, colour=INK, weight="bold")
    for number, line in enumerate(plain):
        write(figure, line, at, top + 0.5 + (len(bold) + number + 0.5) * LINE)


def _key(view: View, chances: Chances) -> list[tuple[Rectangle, str]]:
    first = next(iter(chances.by_definition.values()))
    colours = [
        (key_box(fill(view.look(tier)), view.look(tier).edge), f"{view.look(tier).sign} {view.tiers[tier]}")
        for tier in first.columns
    ]
    between = key_box("none", INK)
    return [*colours, (between, view.say("tiers.between", firm=wording.level(view.firm)))]


def _title(view: View, chances: Chances) -> str:
    unsure = {name: chances.unsure(name) for name in chances.by_definition}
    own = next(iter(unsure))
    worst = max(unsure, key=lambda name: len(unsure[name]))
    phrases = {
        "subject": view.subject(unsure[own]),
        "when": view.say(f"tiers.{own}.when"),
        "other": view.subject(unsure[worst]),
        "other_when": view.say(f"tiers.{worst}.when"),
        "noun": view.noun,
    }
    if not unsure[worst]:
        return view.say("tiers.title_clear", **phrases)
    if worst == own or len(unsure[worst]) == len(unsure[own]):
        return view.say("tiers.title_own", **phrases)
    return view.say("tiers.title_other" if not unsure[own] else "tiers.title", **phrases)


def _likelier(view: View, chances: Chances) -> str:
    """Name the places whose likeliest tier, the one printed, is not the tier that the study gives them."""
    table = next(iter(chances.by_definition.values())).dropna()
    tiers = view.places["tier"]
    own = {place: table[tiers[place]][place] for place in table.index if tiers[place] in table}
    other = [str(place) for place, share in own.items() if table.loc[place].max() > share]
    return view.say("tiers.likelier", places=view.subject(other, 4)) if other else ""


def _alt(view: View, chances: Chances) -> str:
    parts = [
        view.say("tiers.alt_part", name=view.say(f"tiers.{name}.name"), count=len(chances.unsure(name)))
        for name in chances.by_definition
    ]
    return view.say(
        "tiers.alt", title=_title(view, chances), count=len(view.places), noun=view.noun,
        firm=wording.level(view.firm), parts=wording.listing(parts, view.language),
    )  # fmt: skip
