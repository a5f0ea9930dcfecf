"""The figures that a run supports, and drawing one of them."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from innohub.chart.picture import MOST_PLACES, Drawing, Picture
from innohub.chart.reading import View, read
from innohub.chart.sheet import drawing, printed
from innohub.chart.source import source_line
from innohub.chart.tables import Results, read_table
from innohub.position.tier.definitions import given
from innohub.words import Language

NEEDS = {
    "ranking": ("scores",),
    "tiers": ("scores", "tiers"),
    "map": ("scores", "places"),
    "indicators": ("scores", "steps", "framework"),
    "acceptability": ("scores", "acceptability"),
    "alternatives": ("scores", "alternatives"),
    "sizes": ("tiers", "tier_sizes"),
    "history": ("scores", "history"),
    "convergence": ("scores", "inequality"),
    "efficiency": ("scores", "efficiency"),
    "sensitivity": ("scores", "sensitivity"),
    "position": ("positions",),
    "peers": ("positions", "relations"),
    "triangle": ("triangle",),
    "models": ("model_fit", "model_slots"),
    "coupling": ("coupling",),
    "obstacles": ("obstacle_groups",),
    "chains": ("chain_fusion",),
    "constraints": ("constraints",),
    "pillars": ("pillars",),
    "synergies": ("synergy",),
}
# Figures of one place: of a run with several, each of the first so many has its own, as "position:guangzhou".
OF_A_PLACE = {"position": "positions", "peers": "relations", "models": "model_slots"}


def names(run: Results) -> list[str]:
    """Return the names of the figures for which a run has the tables."""
    empty = {table for needed in NEEDS.values() for table in needed if read_table(run, table).empty}
    found = [name for name, needed in NEEDS.items() if not empty & set(needed)]
    untrue = {
        "map": not _placed(run),
        "sizes": _sizes_given(run),
        **_without_years(run),
        **_unsolved(run),
        **_bare(run),
    }
    return [own for name in found if not untrue.get(name, False) for own in _each(name, run)]


def _each(name: str, run: Results) -> list[str]:
    """Return the names of a figure: one for each place where it is of a place and there are several."""
    if name not in OF_A_PLACE:
        return [name]
    places = dict.fromkeys(read_table(run, OF_A_PLACE[name])["place"].astype(str))
    return [name] if len(places) < 2 else [f"{name}:{place}" for place in list(places)[:MOST_PLACES]]


def draw(name: str, run: Results, language: Language, width_mm: float = 160) -> Picture:
    """Draw a figure of a run.

    Parameters
    ----------
    name : one of :func:`names`.
    run : settings and tables of a run.
    language : of every word in and around the figure.
    width_mm : width of the figure; 160 for a page, 80 for half of one. Text is never below 7 pt.

    Returns
    -------
    The figure as SVG and PNG with its words. The same run gives the same bytes.

    Raises
    ------
    KeyError
        If the figure does not exist or the run lacks its tables; names those that can be drawn.
    """
    possible = names(run)
    if name not in possible:
        message = f"no figure {name!r} in this run; there are {', '.join(possible)}"
        raise KeyError(message)
    stem, _, place = name.partition(":")
    make = cast("Callable[[View, float], Drawing]", import_module(f"innohub.chart.{stem}").draw)
    with drawing():
        view = replace(read(run, language), place=place)
        drawn = make(view, width_mm)
        svg, png = printed(drawn.figure)
    source = source_line(view, drawn.ground, drawn.cited)
    across, down = (round(float(inches) * 25.4, 2) for inches in drawn.figure.get_size_inches())
    words = (drawn.title, drawn.subtitle, drawn.note, source, drawn.alt)
    return Picture(
        name, language, svg, png, *words, width_mm=across, height_mm=down, ground=drawn.ground, cited=drawn.cited
    )  # fmt: skip


def _sizes_given(run: Results) -> bool:
    """Say whether the method of the tiers gives their sizes, so that no draw can change them."""
    section = run.settings.tiers
    return section is not None and given(section) == "places"


def _without_years(run: Results) -> dict[str, bool]:
    """Say which figures over the years a run cannot fill: those of a study with a single year."""
    years = {table: set(read_table(run, table).get("year", ())) for table in ("history", "inequality")}
    return {"history": len(years["history"]) < 2, "convergence": len(years["inequality"]) < 2}


def _unsolved(run: Results) -> dict[str, bool]:
    """Say whether no model of efficiency has a score."""
    scores = read_table(run, "efficiency").get("score")
    return {"efficiency": scores is None or not scores.notna().any()}


def _bare(run: Results) -> dict[str, bool]:
    """Say which figures of a diagnosis have a table but nothing in it that can be drawn."""
    coupling, held = read_table(run, "coupling"), read_table(run, "pillars").get("filled")
    whole = coupling[coupling["first"].fillna("") == ""] if not coupling.empty else coupling
    degrees = read_table(run, "obstacle_groups").get("degree")
    ratios = read_table(run, "synergy").get("ratio")
    return {
        "coupling": whole.empty or not whole["coordination"].notna().any(),
        "obstacles": degrees is None or not degrees.notna().any(),
        "pillars": held is None or not held.any(),
        "synergies": ratios is None or not ratios.notna().any(),
    }


def _placed(run: Results) -> bool:
    """Say whether ranked places have coordinates."""
    places = read_table(run, "places")
    return {"lat", "lon"} <= set(places.columns) and bool(places[["lat", "lon"]].notna().all(axis=1).any())
