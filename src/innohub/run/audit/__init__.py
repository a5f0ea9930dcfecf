"""Audit a published table: read it, ask what the user asks of it, say what reproduces it."""

from innohub.run.audit.ask import Ask
from innohub.run.audit.audit import Report, audit

__all__ = ["Ask", "Report", "audit"]
