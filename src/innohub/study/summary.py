"""Say once what would otherwise be said of every cell: the same note on many cells of one column."""

from collections.abc import Iterable, Sequence

from innohub.errors import Finding
from innohub.study.report import some

_FEW = 3
_TOGETHER = {"R013": "R027", "R026": "R028", "P004": "P032"}


def summarise(findings: Iterable[Finding]) -> list[Finding]:
    """Put notes and warnings of one kind on more than three cells of a column into one; errors stay apart.

    The one stands at the first cell; its ``count``, ``examples`` and ``rows`` speak for all of them.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for place, finding in enumerate(findings):
        alone = finding.code not in _TOGETHER or finding.level == "error"
        key = (place,) if alone else (finding.code, finding.level, finding.file, finding.column)
        groups.setdefault(key, []).append(finding)
    return [
        finding for group in groups.values() for finding in (group if len(group) <= _FEW else [_one(group)])
    ]


def _one(group: Sequence[Finding]) -> Finding:
    first = min(group, key=lambda finding: finding.row or 0)
    rows = sorted({finding.row for finding in group if finding.row is not None})
    params = {
        "count": len(group),
        "examples": some(dict.fromkeys(map(_example, group)), _FEW),
        "rows": some(runs(rows)),
    }
    return Finding(
        _TOGETHER[first.code], first.level, first.file, first.row, first.column, first.value, params
    )


def _example(finding: Finding) -> str:
    """Show how a cell was understood; a missing mark stands for itself."""
    meant = finding.params.get("number") or "".join(finding.params.get("id", ()))
    return f"{finding.value} → {meant}" if meant else str(finding.value)


def runs(numbers: Sequence[int]) -> list[str]:
    """Write ascending numbers as runs.

    >>> runs([2015, 2016, 2017, 2020])
    ['2015–2017', '2020']
    """
    ends: list[list[int]] = []
    for number in numbers:
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    return [f"{low}–{high}" if low != high else str(low) for low, high in ends]
