"""Aggregate the children of a node: means, penalised means, outranking, distances to an ideal."""

from innohub.index.aggregate.aggregate import aggregate, enough
from innohub.index.aggregate.means import weighted_mean

__all__ = ["aggregate", "enough", "weighted_mean"]
