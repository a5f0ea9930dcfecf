"""Findings of the numerical steps, which know columns by position only, and their names."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from innohub.errors import Finding, InnohubError


@contextmanager
def named(indicators: Sequence[str] | None) -> Iterator[None]:
    """Let findings name indicators: the position in ``params["indicator"]`` becomes an id, or a number from 1."""
    try:
        yield
    except InnohubError as problem:
        raise type(problem)([name(finding, indicators) for finding in problem.findings]) from None


def name(finding: Finding, indicators: Sequence[str] | None) -> Finding:
    """Return a finding with the id of its indicator in place of the position."""
    position = finding.params.get("indicator")
    if not isinstance(position, int):
        return finding
    shown = indicators[position] if indicators else str(position + 1)
    return replace(finding, column=shown, params={**finding.params, "indicator": shown})
