"""Fill missing values, and say which ones were filled (OECD/JRC Handbook 2008, step 3)."""

from innohub.panel.impute.impute import Imputed, impute
from innohub.panel.impute.multiple import draw_imputations
from innohub.panel.impute.normal import NormalFit, fit_normal
from innohub.panel.impute.table import Table

__all__ = ["Imputed", "NormalFit", "Table", "draw_imputations", "fit_normal", "impute"]
