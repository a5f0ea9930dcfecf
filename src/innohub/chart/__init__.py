"""Figures for paper: matplotlib pictures of a run, the land mask, the map projection."""

from typing import TYPE_CHECKING

from innohub.chart.land import land_polygons, land_rings
from innohub.chart.projection import equal_earth

if TYPE_CHECKING:
    from innohub.chart.album import draw, names
    from innohub.chart.picture import Picture

__all__ = ["Picture", "draw", "equal_earth", "land_polygons", "land_rings", "names"]

_LAZY = {"Picture": "picture", "draw": "album", "names": "album"}


def __getattr__(name: str) -> object:
    # Drawing needs matplotlib; the land mask must not pay for it.
    from importlib import import_module  # noqa: PLC0415

    if name in _LAZY:
        return getattr(import_module(f"innohub.chart.{_LAZY[name]}"), name)
    message = f"module 'innohub.chart' has no attribute {name!r}"
    raise AttributeError(message)
