"""Weights of the children of a node: given, equal, and from the data."""

from innohub.index.weight.entropy import entropy_weights
from innohub.index.weight.weigh import weigh

__all__ = ["entropy_weights", "weigh"]
