"""Put an audit together: every question asked of a published table, with its findings."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.catalog.scheme import scheme, scheme_names
from innohub.ecosystem.audit_row import Audit, audit_table
from innohub.errors import Finding
from innohub.index.audit import (
    Fit,
    Limits,
    Outcome,
    audit_classes,
    audit_column,
    audit_filled,
    audit_index,
    audit_ranks,
)
from innohub.index.audit.outcome import about, undecided
from innohub.index.audit.rounding import audit_rounding
from innohub.run.audit.ask import Ask, Laid, assume, lay
from innohub.run.audit.told import coupling_findings, outcome_findings
from innohub.study.published import Column, Published, read_published

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Report:
    """What an audit found: an outcome for each question, the audit of a coupling table, findings, the table itself.

    ``coupled`` names what the positions of the coupling audit's rows are in the table.
    """

    ask: Ask
    table: Published
    inputs: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    coupling: Audit | None
    coupled: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether nothing in the table is contradicted."""
        return all(finding.level == "note" for finding in self.findings)


def audit(ask: Ask) -> Report:
    """Audit a published table.

    Raises
    ------
    RecordError
        When the file cannot be read as a table.
    ModelError
        When the question does not fit the table; every reason at once.
    """
    table = read_published(ask.table, ask.label)
    found = list(table.findings)
    if ask.empty and not ask.inputs:
        ask = assume(ask, table, found)
    laid = lay(ask, table, found)
    outcomes = tuple(_outcomes(laid, found))
    coupling, coupled = _coupling(laid, found)
    names = tuple(column.name for column in laid.inputs)
    for outcome in outcomes:
        found += outcome_findings(outcome, table, names)
    if coupling is not None:
        found += coupling_findings(coupling, coupled, table)
    return Report(ask, table, names, outcomes, coupling, coupled, tuple(found))


def _outcomes(laid: Laid, found: list[Finding]) -> Iterator[Outcome]:
    if len(laid.outputs) == 1 and len(laid.inputs) > 1:
        yield from _index(laid)
    else:
        yield from _normalised(laid)
    ask = laid.ask
    if ask.rank or ask.classes:
        values = _values(laid, found)
        if ask.rank:
            ranks = laid.table.numbers(ask.rank, found)
            usable = ~laid.table.totals
            x, r = (np.where(usable, column.values, np.nan) for column in (values, ranks))
            yield audit_ranks(x, r, column=ranks.name)
        if ask.classes:
            yield _classes(laid, values)
    if ask.filled:
        yield _filled(laid)


def _index(laid: Laid) -> Iterator[Outcome]:
    """Audit an index: scores as they are first, and raw values to be normalised where that does not do."""
    output = laid.outputs[0]
    low, high = laid.ends(output)
    told = {"half": laid.half, "stated": laid.stated, "column": output.name, "totals": laid.table.totals}
    found = None if laid.directions is not None else audit_index(laid.matrix, low, high, **told)  # type: ignore[arg-type]
    if found is None or found.verdict == "none":
        raw = audit_index(laid.matrix, low, high, raw=True, directions=laid.directions, **told)  # type: ignore[arg-type]
        found = raw if found is None or raw.verdict != "none" else found
    yield found
    if found.verdict == "one" and _exact(found.fits[0]):
        yield _rounding(laid, output, found)


def _exact(best: Fit) -> bool:
    """Say whether an index is a mean of the scores just as they are printed, so that its rounding can be tested."""
    told = best.parameters
    return best.convention == "arithmetic" and told["inputs"] == "printed" and told["normaliser"] == "none"


def _rounding(laid: Laid, output: Column, found: Outcome) -> Outcome:
    place = [int(row) for row in found.detail["place"]]
    texts = [[column.texts[row] for column in laid.inputs] for row in place]
    weights = np.asarray(found.fits[0].weights)
    printed = [output.texts[row] for row in place]
    done = audit_rounding(texts, weights, printed, output.decimals, column=output.name)
    return about(done, place=np.array(place))


def _normalised(laid: Laid) -> Iterator[Outcome]:
    """Audit columns one by one; a column that another input reproduces is told as exchanged."""
    directions = laid.directions
    for number, output in enumerate(laid.outputs):
        low, high = laid.ends(output)
        sign = 0 if directions is None else int(directions[number])
        found = _one(laid, number, (low, high), output.name, sign)
        if found.verdict == "none":
            others = [
                other
                for other in range(len(laid.inputs))
                if other != number
                and _one(laid, other, (low, high), output.name, 0).verdict in ("one", "several")
            ]
            if len(others) == 1:
                found = about(found, exchanged=laid.inputs[others[0]].name)
        yield about(found, input=laid.inputs[number].name)


def _one(laid: Laid, number: int, ends: tuple[Vector, Vector], name: str, sign: int) -> Outcome:
    raw = laid.inputs[number].values
    return audit_column(raw, *ends, column=name, totals=laid.table.totals, direction=sign)


def _values(laid: Laid, found: list[Finding]) -> Column:
    """Return the values that ranks and classes are of: those named, else the last output, else the last of coupling."""
    name = laid.ask.of or (laid.outputs[-1].name if laid.outputs else "") or (laid.ask.coupled or ("",))[-1]
    return laid.table.numbers(name or laid.ask.inputs[-1], found)


def _classes(laid: Laid, values: Column) -> Outcome:
    table, head = laid.table, laid.table.find(laid.ask.classes)
    labels = ["" if total else text for text, total in zip(table.words(head), table.totals, strict=True)]
    schemes = [_limits(name) for name in scheme_names() if scheme(name).kind == "limits"]
    return audit_classes(values.values, values.half, labels, schemes, column=head)


def _limits(name: str) -> Limits:
    """Return a scheme of the catalogue as numbers, from the lowest class up."""
    one = scheme(name)
    names = tuple(
        frozenset({grade.id.casefold(), *(text.casefold() for text in grade.label.values())})
        for grade in reversed(one.grades)
    )
    return Limits(one.id, tuple(reversed(one.limits)), tuple(reversed(one.sides)), names)


def _filled(laid: Laid) -> Outcome:
    table = laid.table
    columns = laid.inputs
    if not columns:
        return undecided("filled", "", 0, "no_cells")
    marks = np.array([[laid.ask.filled in mark for mark in column.marks] for column in columns]).T
    matrix = np.where(table.totals[:, None], np.nan, laid.matrix)
    groups = table.words(laid.ask.group) if laid.ask.group else None
    return audit_filled(matrix, marks, laid.half, groups)


def _coupling(laid: Laid, found: list[Finding]) -> tuple[Audit | None, tuple[int, ...]]:
    """Audit C, T and D against the scores of the subsystems."""
    ask, table = laid.ask, laid.table
    if not ask.coupled:
        return None, ()
    scores = laid.matrix
    rows = ~table.totals & np.isfinite(scores).all(axis=1)
    parts, decimals = [], {"scores": max(column.decimals for column in laid.inputs)}
    for kind in ("coupling", "level", "coordination"):
        name = getattr(ask, kind)
        if not name:
            parts.append(np.full(int(rows.sum()), np.nan))
            continue
        column = table.numbers(name, found)
        decimals[kind] = column.decimals
        parts.append(column.values[rows])
    weights = None if laid.stated is None else laid.stated.tolist()
    done = audit_table(scores[rows], *parts, weights=weights, decimals=decimals)
    return done, tuple(np.flatnonzero(rows).tolist())
