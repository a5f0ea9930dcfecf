"""The panel: place × indicator × year, every value with unit, flag and source; what is screened, divided, filled."""

from innohub.panel.denominate import Denominated, Division, denominate
from innohub.panel.impute import Imputed, Table, draw_imputations, impute
from innohub.panel.panel import Panel, build_panel
from innohub.panel.screen import Screening, screen

__all__ = [
    "Denominated",
    "Division",
    "Imputed",
    "Panel",
    "Screening",
    "Table",
    "build_panel",
    "denominate",
    "draw_imputations",
    "impute",
    "screen",
]
