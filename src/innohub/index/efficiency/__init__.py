"""Efficiency by data envelopment analysis: how much output a place draws from its inputs, against the best practice."""

from innohub.index.efficiency.malmquist import Malmquist, lag_outputs, malmquist
from innohub.index.efficiency.measure import Measured, measure
from innohub.index.efficiency.production import Efficiency, check_production
from innohub.index.efficiency.radial import Scale, radial, scale_efficiency
from innohub.index.efficiency.slacks import sbm, super_sbm

__all__ = [
    "Efficiency",
    "Malmquist",
    "Measured",
    "Scale",
    "check_production",
    "lag_outputs",
    "malmquist",
    "measure",
    "radial",
    "sbm",
    "scale_efficiency",
    "super_sbm",
]
