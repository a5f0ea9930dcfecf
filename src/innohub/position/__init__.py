"""Position: tiers with probabilities."""

from innohub.position.tier.breaks import goodness_of_fit, natural_breaks
from innohub.position.tier.classify import Cut, above, assign, cut, tier_sizes
from innohub.position.tier.definitions import DEFINITIONS, definitions, own_definition
from innohub.position.tier.mixture import Mixture, fit_mixture
from innohub.position.tier.tiers import Tiers, build_tiers, tier_tables

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
