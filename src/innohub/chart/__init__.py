"""Figures for paper: matplotlib pictures of a run, the land mask, the map projection."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from innohub.chart.album import draw, names
    from innohub.chart.land import land_polygons, land_rings
    from innohub.chart.picture import Picture
    from innohub.chart.projection import equal_earth

__all__ = ["Picture", "draw", "equal_earth", "land_polygons", "land_rings", "names"]

_LAZY = {
    "Picture": "picture",
    "draw": "album",
    "equal_earth": "projection",
    "land_polygons": "land",
    "land_rings": "land",
    "names": "album",
}


def __getattr__(name: str) -> object:
    # Drawing needs matplotlib and the land mask shapely; the printing of numbers must not pay for them.
    from importlib import import_module  # noqa: PLC0415

    if name in _LAZY:
        return getattr(import_module(f"innohub.chart.{_LAZY[name]}"), name)
    message = f"module 'innohub.chart' has no attribute {name!r}"
    raise AttributeError(message)
