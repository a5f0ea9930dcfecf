"""The table of coupling: C, T and D of all subsystems and of every pair, by place and year, with intervals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.coupling import CouplingSpec, parse_coupling
from innohub.ecosystem.classes import intervals
from innohub.ecosystem.coupling import couple, couple_pair, pair_positions, squeeze, weight_shares
from innohub.ecosystem.subsystems import SHOWN, Subsystems, require_rows
from innohub.errors import Finding
from innohub.position.hub.balance import Coupling

Array = NDArray[np.float64]
MEASURES = ("coupling", "level", "coordination")
Key = tuple[int, int] | None

# Above this the classic C counts as highly coupled (scheme c-4), up to this D counts as imbalance (scheme ccd-10).
_HIGH_COUPLING, _IMBALANCE = 0.8, 0.5


@dataclass(frozen=True)
class CouplingResult:
    """Coupling of all subsystems and of every pair.

    ``table`` has a row a place, year and part: place, year, first, second (both empty for all subsystems together),
    systems (their number), variant, squeezed (such as "0.01–0.99", or empty), coupling, level, coordination and,
    with draws, each with _low and _high and ``defined``, the share of draws in which C and D exist. ``draws`` holds
    the draws of the measures to keep by name, each (draws, rows of the table); empty without draws.
    """

    table: pd.DataFrame
    draws: Mapping[str, Array]
    level: float
    findings: tuple[Finding, ...]


def coupling_table(
    found: Subsystems,
    spec: CouplingSpec | str = "classic",
    *,
    weights: Sequence[float] | None = None,
    pairs: bool = True,
    squeezed: tuple[float, float] | None = None,
    draws: Array | None = None,
    level: float = 0.9,
    keep: Sequence[str] = ("coordination",),
) -> CouplingResult:
    """Compute C, T and D by place and year, of all subsystems together and of every pair.

    Parameters
    ----------
    weights : (subsystems,) in T only; equal when None.
    pairs : whether to add every pair; two subsystems are one part, and a variant for two gives pairs in any case.
    squeezed : span to which scores (and draws) are moved first; told in the table and as a note.
    draws : (draws, rows, subsystems) on 0-1, such as scores under drawn weights.
    keep : measures whose draws are kept, for class probabilities and changes.

    Returns
    -------
    The result with findings: S335 zeros that decide, S336 rows without any score above zero, S338 squeezed, S339
    pairs only, S341 pairs without weight, S342 high C at low D.

    Raises
    ------
    ModelError, ScaleError
        As :func:`couple` and :func:`squeeze`; S347 draws of another shape; N179 a level outside 0-1.
    """
    spec = parse_coupling(spec) if isinstance(spec, str) else spec
    values = found.values
    if draws is not None:
        require_rows(draws, found)
    if squeezed:
        values = squeeze(values, *squeezed)
        draws = None if draws is None else squeeze(draws, *squeezed)
    keys = _keys(len(found.names), spec, pairs)
    span = "–".join(f"{end:g}" for end in squeezed) if squeezed else ""
    table = _lay_out(found, {key: _part(values, key, spec, weights) for key in keys}, str(spec), span)
    drawn: dict[str, Array] = {}
    if draws is not None:
        drawn = {name: np.empty((len(draws), len(table))) for name in keep}
        table = table.assign(**_draw(((key, _part(draws, key, spec, weights)) for key in keys), level, drawn))
    findings = _doubts(found, values, table, spec, weight_shares(weights, len(found.names)))
    return CouplingResult(table, drawn, level, findings)


def _keys(systems: int, spec: CouplingSpec, pairs: bool) -> tuple[Key, ...]:
    """Return the parts to compute: all subsystems (None) and the pairs wanted."""
    many, is_for_two = systems > 2, spec.variant.systems == "two"
    whole: tuple[Key, ...] = () if many and is_for_two else (None,)
    return whole + (pair_positions(systems) if many and (pairs or is_for_two) else ())


def _part(values: Array, key: Key, spec: CouplingSpec, weights: Sequence[float] | None) -> Coupling:
    return couple(values, spec, weights) if key is None else couple_pair(values, key, spec, weights)


def _lay_out(found: Subsystems, parts: Mapping[Key, Coupling], variant: str, span: str) -> pd.DataFrame:
    blocks = []
    for pair, part in parts.items():
        first, second = (found.names[pair[0]], found.names[pair[1]]) if pair else ("", "")
        block = {
            "place": found.places, "year": found.years, "first": first, "second": second,
            "systems": 2 if pair else len(found.names), "variant": variant, "squeezed": span,
            **{name: getattr(part, name) for name in MEASURES},
        }  # fmt: skip
        blocks.append(pd.DataFrame(block))
    return pd.concat(blocks, ignore_index=True)


def _draw(
    parts: Iterable[tuple[Key, Coupling]], level: float, drawn: Mapping[str, Array]
) -> dict[str, Array]:
    """Summarise the draws part by part, so that few are held at once, and fill those to keep."""
    columns: dict[str, list[Array]] = {}
    for number, (_, part) in enumerate(parts):
        for name in MEASURES:
            values = getattr(part, name)
            span = intervals(values, level)
            columns.setdefault(f"{name}_low", []).append(span.low)
            columns.setdefault(f"{name}_high", []).append(span.high)
            if name == "coordination":
                columns.setdefault("defined", []).append(span.defined)
            if name in drawn:
                rows = values.shape[1]
                drawn[name][:, number * rows : (number + 1) * rows] = values
    return {name: np.concatenate(column) for name, column in columns.items()}


def _doubts(
    found: Subsystems, values: Array, table: pd.DataFrame, spec: CouplingSpec, shares: Array
) -> tuple[Finding, ...]:
    """Tell where the numbers mislead."""
    is_zero = values == 0
    void = is_zero.all(axis=1)
    some = np.flatnonzero(is_zero.any(axis=1) & ~void)
    cells = tuple(
        f"{found.rows[row]} ({', '.join(np.array(found.names)[is_zero[row]])})" for row in some[:SHOWN]
    )
    findings = [Finding("S335", "warning", params={"count": len(some), "cells": cells})] if len(some) else []
    if void.any():
        rows = tuple(np.array(found.rows)[void][:SHOWN])
        findings.append(Finding("S336", "warning", params={"count": int(void.sum()), "cells": rows}))
    if span := "".join(table["squeezed"].unique()):
        findings.append(Finding("S338", "note", params={"span": span}))
    if spec.variant.systems == "two" and len(found.names) > 2:
        findings.append(Finding("S339", "note", params={"variant": str(spec)}))
    if (shares == 0).sum() > 1 and len(found.names) > 2:
        idle = tuple(np.array(found.names)[shares == 0])
        findings.append(Finding("S341", "warning", params={"systems": idle}))
    high = (table["coupling"] > _HIGH_COUPLING) & (table["coordination"] <= _IMBALANCE)
    if spec.variant.gathers == "high" and high.any():
        told = {"count": int(high.sum()), "rows": len(table), "share": float(high.mean())}
        told |= {"high": _HIGH_COUPLING, "low": _IMBALANCE}
        findings.append(Finding("S342", "note", params=told))
    return tuple(findings)
