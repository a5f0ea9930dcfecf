"""The panel: place × indicator × year, every value with unit, flag and source."""

from innohub.panel.panel import Panel, build_panel

__all__ = ["Panel", "build_panel"]
