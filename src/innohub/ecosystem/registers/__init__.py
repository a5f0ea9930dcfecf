"""Registers of a city: what follows from them."""

from innohub.ecosystem.registers.chains import chain_links
from innohub.ecosystem.registers.dashboard import (
    dashboard,
    field_matrix,
    open_cells,
    register_gaps,
    strategy_cards,
)
from innohub.ecosystem.registers.finance import coverage_matrix, finance_ratios, leverage
from innohub.ecosystem.registers.platforms import SetAnswer, completeness, only_place_with
from innohub.ecosystem.registers.policies import policy_stacks
from innohub.ecosystem.registers.ranks import rank_series
from innohub.ecosystem.registers.talent import talent_pyramid
from innohub.ecosystem.registers.transfer import five_ones, institution_coverage

__all__ = [
    "SetAnswer", "chain_links", "completeness", "coverage_matrix", "dashboard", "field_matrix", "finance_ratios",
    "five_ones", "institution_coverage", "leverage", "only_place_with", "open_cells", "policy_stacks", "rank_series",
    "register_gaps", "strategy_cards", "talent_pyramid",
]  # fmt: skip
