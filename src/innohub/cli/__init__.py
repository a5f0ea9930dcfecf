"""The command line: one file a verb, no arithmetic."""

from innohub.cli.app import app, main

__all__ = ["app", "main"]
