"""Tiers of places with probabilities: limits, draws, mixtures."""
