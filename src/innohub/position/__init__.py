"""Position: tiers with probabilities."""

from innohub.position.breaks import goodness_of_fit, natural_breaks
from innohub.position.classify import Cut, above, assign, cut, tier_sizes
from innohub.position.definitions import DEFINITIONS, definitions, own_definition
from innohub.position.mixture import Mixture, fit_mixture
from innohub.position.tiers import Tiers, build_tiers, tier_tables

__all__ = [
    "DEFINITIONS",
    "Cut",
    "Mixture",
    "Tiers",
    "above",
    "assign",
    "build_tiers",
    "cut",
    "definitions",
    "fit_mixture",
    "goodness_of_fit",
    "natural_breaks",
    "own_definition",
    "tier_sizes",
    "tier_tables",
]
