"""Audit of a published table: which conventions reproduce its numbers within their rounding, and which rows do not."""

from innohub.index.audit.classes import Limits, audit_classes
from innohub.index.audit.filled import audit_filled
from innohub.index.audit.goalposts import audit_goalposts
from innohub.index.audit.normalisation import audit_column
from innohub.index.audit.outcome import Fit, Outcome
from innohub.index.audit.pipeline import audit_index
from innohub.index.audit.ranks import audit_ranks

__all__ = [
    "Fit",
    "Limits",
    "Outcome",
    "audit_classes",
    "audit_column",
    "audit_filled",
    "audit_goalposts",
    "audit_index",
    "audit_ranks",
]
