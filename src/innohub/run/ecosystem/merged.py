"""Findings of several groups, said once."""

from collections.abc import Sequence
from dataclasses import replace

from innohub.errors import Finding
from innohub.study.report import some


def merged(findings: Sequence[Finding]) -> list[Finding]:
    """Say once what was found of several groups: their names together, each once."""
    kept: dict[str, Finding] = {}
    rows: dict[str, dict[str, None]] = {}
    for finding in findings:
        first = kept.setdefault(finding.code, finding)
        if finding.params.get("count", 0) > first.params.get("count", 0):
            kept[finding.code] = finding
        told = finding.params.get("rows", ())
        for label in told if isinstance(told, tuple) else ():
            # A year of 0 stands for all years together.
            name = " ".join(part for part in label.split() if part != "0") or "–"
            rows.setdefault(finding.code, {})[name] = None
    return [_named(finding, tuple(rows.get(code, ()))) for code, finding in kept.items()]


def _named(finding: Finding, rows: tuple[str, ...]) -> Finding:
    if not rows:
        return finding
    count = max(finding.params.get("count", 0), len(rows))
    return replace(finding, params={**finding.params, "count": count, "rows": some(rows)})
