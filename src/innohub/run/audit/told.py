"""What an audit has to say, as findings: rows that do not fit, texts that are contradicted, what cannot be decided."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from innohub.catalog.scheme import scheme
from innohub.ecosystem.audit_row import Audit
from innohub.errors import Finding
from innohub.index.audit import Outcome
from innohub.run.audit.names import convention, number
from innohub.study.published import Published
from innohub.study.report import shown
from innohub.words import Language, words

MOST: Final = 12
# A reason that says something of the table itself, not only of the audit.
_REASONS: Final = {
    "ranks_only": "C101",
    "few_rows": "C102",
    "constant": "C103",
    "constant_input": "C103",
}


def outcome_findings(outcome: Outcome, table: Published, inputs: Sequence[str]) -> list[Finding]:
    """Return the findings of one outcome."""
    found: list[Finding] = []
    params: dict[str, Any]
    where: dict[str, Any] = {"file": table.file, "column": outcome.column or None}
    if outcome.verdict == "undecidable" and outcome.reason in _REASONS:
        params = {"rows": outcome.rows, "inputs": len(inputs)}
        found.append(Finding(_REASONS[outcome.reason], "note", **where, params=params))
    if outcome.verdict == "none":
        params = {"count": outcome.detail.get("conventions", len(outcome.tested)), "rows": outcome.rows}
        found.append(Finding("C107", "warning", **where, params=params))
    if outcome.verdict == "several":
        params = {"conventions": _conventions(outcome), "count": len(outcome.fits)}
        found.append(Finding("C108", "note", **where, params=params))
    found += _misfits(outcome, table, inputs)
    if order := outcome.detail.get("order"):
        rows = [table.row(int(outcome.detail["place"][k])) for k in order]
        params = {"rows": tuple(rows[:MOST]), "count": len(rows)}
        found.append(Finding("C115", "warning", table.file, rows[0], outcome.column, None, params))
    if other := outcome.detail.get("exchanged"):
        params = {"input": outcome.detail.get("input", ""), "other": other}
        found.append(Finding("C110", "warning", **where, params=params))
    return found + _stated(outcome, table, inputs)


def _conventions(outcome: Outcome) -> object:
    def said(language: Language) -> str:
        names = dict.fromkeys(convention(fit, outcome.aspect, language) for fit in outcome.fits)
        return words(language).say("where.list").join(list(names)[:MOST])

    return said


def _misfits(outcome: Outcome, table: Published, inputs: Sequence[str]) -> list[Finding]:
    """Name each row that no fitting convention reproduces, with what it would print."""
    if outcome.verdict not in ("one", "several") or outcome.aspect == "rounding":
        return []
    best, found = outcome.fits[0], []
    for position in outcome.misfits[:MOST]:
        place = outcome.detail["place"][position]
        row, head = (
            (place[0], inputs[place[1]]) if outcome.aspect == "filled" else (int(place), outcome.column)
        )
        text = str(table.table.frame[head].iloc[row])
        params = {
            "label": shown(table.labels[row]),
            "printed": shown(text),
            "expected": _expected(outcome, position),
            "convention": lambda language: convention(best, outcome.aspect, language),
        }
        found.append(Finding("C104", "warning", table.file, table.row(row), head, shown(text), params))
    return found


def _expected(outcome: Outcome, position: int) -> str:
    best = outcome.fits[0]
    if outcome.aspect == "classes":
        step, by_limits = int(best.expected[position]), best.parameters["by"] == "limits"
        ladder = [str(one["class"]) for one in outcome.detail["classes"]]
        return ladder[step] if by_limits and step < len(ladder) else grade_name(best.convention, step)
    return number(float(outcome.fits[0].expected[position]))


def grade_name(name: str, step: int) -> str:
    """Return the Chinese name of a class of a scheme, counted from the lowest; classes are printed by their names."""
    return scheme(name).grades[::-1][step].title("zh")


def _stated(outcome: Outcome, table: Published, inputs: Sequence[str]) -> list[Finding]:
    """Say where the weights of the text contradict those of the table."""
    told = outcome.detail.get("stated")
    if not told or told["holds"]:
        return []
    misses = np.asarray(told["misses"])
    worst = int(misses.argmax())
    row = table.row(int(outcome.detail["place"][worst]))
    params = {
        "stated": tuple(number(float(w)) for w in told["shares"]),
        "miss": number(float(misses[worst])),
        "rows": int((misses > 0).sum()),
        "label": shown(table.labels[int(outcome.detail["place"][worst])]),
    }
    found = [Finding("C111", "warning", table.file, row, outcome.column, None, params)]
    if pair := told["exchanged"]:
        names = {"input": inputs[pair[0]], "other": inputs[pair[1]]}
        found.append(Finding("C110", "warning", table.file, None, outcome.column, None, names))
    return found


def coupling_findings(done: Audit, places: Sequence[int], table: Published) -> list[Finding]:
    """Return the findings of the coupling audit with the rows of the table, in place of its own."""
    found = []
    for finding in done.findings:
        params = dict(finding.params)
        if finding.code == "S346":
            rows = done.rows.loc[~done.rows["holds"].fillna(value=True), "row"]
            params["rows"] = tuple(table.row(places[int(row) - 1]) for row in rows[:MOST])
        found.append(Finding(finding.code, finding.level, table.file, None, None, None, params))
    return found
