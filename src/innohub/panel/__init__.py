"""The panel: place × indicator × year, every value with unit, flag and source; what is screened, divided, filled."""

from innohub.panel.denominate import Denominated, Division, denominate
from innohub.panel.divide import divide_panel, quotient_unit, units_in
from innohub.panel.impute import Imputed, Table, draw_imputations, impute
from innohub.panel.panel import LIMITS, Panel, build_panel
from innohub.panel.screen import Screening, screen

__all__ = [
    "LIMITS",
    "Denominated",
    "Division",
    "Imputed",
    "Panel",
    "Screening",
    "Table",
    "build_panel",
    "denominate",
    "divide_panel",
    "draw_imputations",
    "impute",
    "quotient_unit",
    "screen",
    "units_in",
]
