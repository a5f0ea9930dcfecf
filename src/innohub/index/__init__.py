"""Composite indices: normalise, weigh, aggregate, and say how sure the ranks are."""

from innohub.index.aggregate import aggregate
from innohub.index.compute import Nominal, compute, unscored
from innohub.index.design import Design, build_design, design_tables
from innohub.index.draws.build import require_draws, require_memory, require_sensitivity, streams, vary_index
from innohub.index.draws.simulate import Draws, simulate
from innohub.index.draws.summary import acceptability, rank_intervals, score_intervals, win_probability
from innohub.index.draws.weights import draw_weights
from innohub.index.effects import effects
from innohub.index.index import Index, build_index, compute_alternatives
from innohub.index.model import Model, build_alternative, build_model
from innohub.index.normalise import normalise
from innohub.index.prepare import Prepared, prepare
from innohub.index.rank import rank_draws, rank_scores, round_significant
from innohub.index.sensitivity.sampled_design import (
    Sensitivity,
    sample_sensitivity,
    sensitivity_tables,
)
from innohub.index.tables import index_tables
from innohub.index.tree import Tree, build_tree
from innohub.index.weight import entropy_weights, weigh
from innohub.index.weight.experts import Experts

__all__ = [
    "Design",
    "Draws",
    "Experts",
    "Index",
    "Model",
    "Nominal",
    "Prepared",
    "Sensitivity",
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
    "require_draws",
    "require_memory",
    "require_sensitivity",
    "round_significant",
    "sample_sensitivity",
    "score_intervals",
    "sensitivity_tables",
    "simulate",
    "streams",
    "unscored",
    "vary_index",
    "weigh",
    "win_probability",
]
