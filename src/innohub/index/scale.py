"""Findings of the numerical steps, which know columns by position only, and their names."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from innohub.errors import Finding, InnohubError
from innohub.panel import Panel


@contextmanager
def named(indicators: Sequence[str] | None) -> Iterator[None]:
    """Let findings name indicators: the position in ``params["indicator"]`` becomes an id, or a number from 1."""
    try:
        yield
    except InnohubError as problem:
        raise type(problem)([name(finding, indicators) for finding in problem.findings]) from None


@contextmanager
def naming(panel: Panel) -> Iterator[None]:
    """Let errors about an indicator say in which file its values stand."""
    try:
        yield
    except InnohubError as problem:
        raise type(problem)([in_file(finding, panel) for finding in problem.findings]) from None


def in_file(finding: Finding, panel: Panel) -> Finding:
    """Return a finding about an indicator with the file that its values stand in; others stay as they are."""
    if "indicator" not in finding.params or finding.file not in (None, "panel"):
        return finding
    return replace(finding, file=panel.file)


def name(finding: Finding, indicators: Sequence[str] | None) -> Finding:
    """Return a finding with the id of its indicator in place of the position."""
    position = finding.params.get("indicator")
    if not isinstance(position, int):
        return finding
    shown = indicators[position] if indicators else str(position + 1)
    return replace(finding, column=shown, params={**finding.params, "indicator": shown})
