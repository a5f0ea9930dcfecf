"""Which choice moves the result? Sobol indices, exact for finite designs, by quasi-random points otherwise."""

from innohub.index.sensitivity.exact import MOST_RUNS, Sobol, enumerate_design, sobol_exact
from innohub.index.sensitivity.outcome import output_names, rank_outputs, rank_shift, tier_membership
from innohub.index.sensitivity.sampled import Estimate, choose_level, require_balance, sobol_sampled

__all__ = [
    "MOST_RUNS",
    "Estimate",
    "Sobol",
    "choose_level",
    "enumerate_design",
    "output_names",
    "rank_outputs",
    "rank_shift",
    "require_balance",
    "sobol_exact",
    "sobol_sampled",
    "tier_membership",
]
