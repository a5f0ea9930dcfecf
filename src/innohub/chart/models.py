"""Figure ``models``: a place beside the foreign centre that it is most like, slot by slot."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from innohub.catalog.models import model_name, slot_name
from innohub.chart import wording
from innohub.chart.functions import as_head
from innohub.chart.palette import BLUE, GREY, INK
from innohub.chart.picture import MOST_PLACES, Drawing
from innohub.chart.position import place_name
from innohub.chart.reading import View, legible
from innohub.chart.rows import lay_names, sentences, write_names
from innohub.chart.sheet import SMALL, key_room, legend, panel, sheet, width, write

KEY, FOOT = 5.0, 6.5
BEHIND = "#7A5200"


@dataclass(frozen=True)
class Beside:
    """A place beside one model: ``slots`` has slot, value, model_value and gap, the widest gap first."""

    place: str
    model: str
    weight: float
    fits: bool
    slots: pd.DataFrame
    places: int


def read_beside(view: View) -> Beside:
    """Read the place and the model that weighs most in its mixture."""
    slots = view.table("model_slots")
    places = list(dict.fromkeys(slots["place"].astype(str)))
    place = view.place or places[0]
    mix = view.table("model_mix")
    mine = mix[mix["place"] == place].sort_values("weight", ascending=False, kind="stable")
    fit = view.table("model_fit")
    row = fit[fit["place"] == place].iloc[0]
    model = str(row["gap_model"] or mine["model"].iloc[0])
    weight = float(mine.loc[mine["model"] == model, "weight"].iloc[0])
    own = slots[(slots["place"] == place) & (slots["model"] == model)]
    own = own.sort_values("gap", ascending=False, kind="stable")
    return Beside(place, model, weight, bool(row["fits"]), own, len(places))


def draw(view: View, width_mm: float) -> Drawing:
    """Draw the slots of a place beside those of its nearest model."""
    found = read_beside(view)
    names = [as_head(slot_name(str(slot), view.language), view.language) for slot in found.slots["slot"]]
    laid = lay_names([legible(name) for name in names], width_mm)
    entries = _key(view, found)
    top = KEY + key_room(entries, 0.5, width_mm)[1] + 1.0
    figure = sheet(width_mm, top + laid.total + FOOT)
    room = width("−0.00", SMALL) + 3.0
    left = laid.width + 4.0
    axes = panel(figure, left, top, width_mm - left - room, laid.total)
    axes.set_xlim(-0.03, 1.03)
    for row, (own, other, gap) in enumerate(found.slots[["value", "model_value", "gap"]].to_numpy(float)):
        _row(axes, row, own, other)
        middle = top + (row + 0.5) * laid.height
        colour = BEHIND if gap > 0 else GREY
        write(figure, wording.fixed(-gap, 2), width_mm - 0.5, middle, colour=colour, align="right")
    write_names(axes, laid, [""] * len(names))
    axes.xaxis.grid(True)
    axes.set_xticks([0, 0.5, 1.0])
    axes.xaxis.set_major_formatter(lambda value, _: wording.value(value))
    axes.tick_params(axis="x", pad=2)
    legend(figure, entries, 0.5)
    return _drawing(figure, view, found)


def _row(axes: Axes, row: int, own: float, other: float) -> None:
    """Draw the place and the model on one line; the line between them is heavy where the place is behind."""
    behind = other > own
    axes.plot(
        [own, other], [row, row], color=BEHIND if behind else GREY, linewidth=1.8 if behind else 0.8,
        linestyle="solid" if behind else (0, (2.0, 1.6)), zorder=2,
    )  # fmt: skip
    for mark, at in ((_model_mark(), other), (_own_mark(), own)):
        mark.set_data([at], [row])
        mark.set_zorder(4)
        mark.set_clip_on(False)
        axes.add_line(mark)


def _own_mark() -> Line2D:
    return Line2D([0], [0], marker="o", markersize=4.8, markerfacecolor=BLUE, markeredgecolor="#004A75",
                  markeredgewidth=0.6, linestyle="none")  # fmt: skip


def _model_mark() -> Line2D:
    return Line2D([0], [0], marker="D", markersize=4.6, markerfacecolor="white", markeredgecolor=INK,
                  markeredgewidth=1.0, linestyle="none")  # fmt: skip


def _key(view: View, found: Beside) -> list[tuple[Line2D, str]]:
    behind = Line2D([0], [0], color=BEHIND, linewidth=1.8)
    return [
        (_own_mark(), place_name(view, found.place)),
        (_model_mark(), legible(model_name(found.model, view.language))),
        (behind, view.say("models.behind")),
    ]


def _drawing(figure: Figure, view: View, found: Beside) -> Drawing:
    values = {
        "place": place_name(view, found.place),
        "model": legible(model_name(found.model, view.language)),
        "weight": wording.fixed(found.weight, 2),
        "slots": len(found.slots),
        "behind": int((found.slots["gap"] > 0).sum()),
    }
    title = view.say("models.title" if found.fits else "models.title_none", **values)
    left = (
        view.say("position.note_first", count=found.places, shown=MOST_PLACES)
        if found.places > MOST_PLACES
        else ""
    )
    note = sentences(view, view.say("models.note"), left)
    return Drawing(
        figure,
        title,
        view.say("models.subtitle", **values),
        note,
        view.say("models.alt", title=title, **values),
    )
