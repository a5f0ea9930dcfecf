"""Weights of the children of a node: given, equal, from the data, from experts, and combined."""

from innohub.index.weight.ahp import GroupPriorities, Priorities, group_priorities, priorities
from innohub.index.weight.benefit import Benefit, benefit_of_the_doubt
from innohub.index.weight.budget import Budget, budget, expert_draws
from innohub.index.weight.combine import (
    Combination,
    combine_additive,
    combine_game,
    combine_multiplicative,
)
from innohub.index.weight.critic import critic_weights
from innohub.index.weight.entropy import entropies, entropy_weights
from innohub.index.weight.influence import Influence, equal_influence, influence_weights
from innohub.index.weight.judgements import judgement_matrix
from innohub.index.weight.pca import pca_weights
from innohub.index.weight.weigh import weigh, weighing
from innohub.index.weight.weighing import Weighing

__all__ = [
    "Benefit",
    "Budget",
    "Combination",
    "GroupPriorities",
    "Influence",
    "Priorities",
    "Weighing",
    "benefit_of_the_doubt",
    "budget",
    "combine_additive",
    "combine_game",
    "combine_multiplicative",
    "critic_weights",
    "entropies",
    "entropy_weights",
    "equal_influence",
    "expert_draws",
    "group_priorities",
    "influence_weights",
    "judgement_matrix",
    "pca_weights",
    "priorities",
    "weigh",
    "weighing",
]
