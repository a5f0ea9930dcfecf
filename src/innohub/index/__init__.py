"""Composite indices: normalise, weigh, aggregate, and say how sure the ranks are."""

from innohub.index.aggregate import aggregate
from innohub.index.compute import Nominal, compute, unscored
from innohub.index.design import Design, build_design, design_tables
from innohub.index.effects import effects
from innohub.index.index import Index, build_index, compute_alternatives, require_memory
from innohub.index.model import Model, build_alternative, build_model
from innohub.index.normalise import normalise
from innohub.index.prepare import Prepared, prepare
from innohub.index.rank import rank_draws, rank_scores, round_significant
from innohub.index.tables import index_tables
from innohub.index.tree import Tree, build_tree
from innohub.index.uncertainty import (
    Draws,
    acceptability,
    rank_intervals,
    score_intervals,
    simulate,
    win_probability,
)
from innohub.index.weight import entropy_weights, weigh
from innohub.index.weight_draws import draw_weights

__all__ = [
    "Design",
    "Draws",
    "Index",
    "Model",
    "Nominal",
    "Prepared",
    "Tree",
    "acceptability",
    "aggregate",
    "build_alternative",
    "build_design",
    "build_index",
    "build_model",
    "build_tree",
    "compute",
    "compute_alternatives",
    "design_tables",
    "draw_weights",
    "effects",
    "entropy_weights",
    "index_tables",
    "normalise",
    "prepare",
    "rank_draws",
    "rank_intervals",
    "rank_scores",
    "require_memory",
    "round_significant",
    "score_intervals",
    "simulate",
    "unscored",
    "weigh",
    "win_probability",
]
