"""Hold a text's claims against the grid, and the positions it argues against those it concludes with."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from innohub.errors import Finding, Level
from innohub.position.function.grid import REACHED, UNTESTED

SUPPORTED, WIDER, NOT_TESTED = "supported", "wider than the evidence", "not tested"
_ALIKE = 0.6


@dataclass(frozen=True)
class Claims:
    """Claims beside the grid.

    ``table`` columns: place, function, claimed_scope, claimed_year, computed_scope (widest reached, empty for none),
    verdict, basis (``values``, ``trend`` or empty), ready_year, text, source.
    """

    table: pd.DataFrame
    findings: tuple[Finding, ...]


def check_claims(claims: pd.DataFrame, cells: pd.DataFrame, scopes: Sequence[str]) -> Claims:
    """Compare every claimed scope with the widest that the grid supports.

    A claim is supported when its scope or a wider one is reached, by today's values or, where it names a year and the
    cells carry ``ready_year``, by the trend in time. It is not tested when no cell of its scope could be tested.

    Parameters
    ----------
    claims : columns place, function, scope, year, text, source (year and below may be missing).
    cells : of grids, columns place, function, scope, verdict and perhaps ready, ready_year.
    scopes : widest first.

    Returns
    -------
    One row a claim, in order; N100 a claim wider than its evidence, N101 one that could not be tested.
    """
    rows, findings = [], []
    for row, claim in enumerate(claims.to_dict("records"), 2):
        mine = cells[(cells["place"] == claim["place"]) & (cells["function"] == claim["function"])]
        told = _judge(claim, mine, list(scopes))
        texts = {name: claim.get(name, "") for name in ("text", "source")}
        named = {name: claim[name] for name in ("place", "function")}
        rows.append({**named, **told, **texts})
        if told["verdict"] != SUPPORTED:
            findings.append(_finding({**named, **told}, claim.get("row", row), claim.get("file")))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    years = ["claimed_year", "ready_year"]
    table[years] = table[years].astype("Int64")
    return Claims(table, tuple(findings))


_COLUMNS = [
    "place", "function", "claimed_scope", "claimed_year", "computed_scope", "verdict", "basis", "ready_year", "text",
    "source",
]  # fmt: skip


def _judge(claim: Mapping[Hashable, Any], mine: pd.DataFrame, scopes: list[str]) -> dict[str, object]:
    scope, year = claim["scope"], claim.get("year")
    reached = set(mine.loc[mine["verdict"] == REACHED, "scope"])
    widest = next((name for name in scopes if name in reached), "")
    here = mine[mine["scope"] == scope]
    covering = scopes[: scopes.index(str(scope)) + 1]
    soon = _soon(mine[mine["scope"].isin(covering)], year)
    told = {
        "claimed_scope": scope,
        "claimed_year": None if year is None or pd.isna(year) else year,
        "computed_scope": widest,
        "ready_year": soon,
    }
    if widest in covering:
        return {**told, "verdict": SUPPORTED, "basis": "values", "ready_year": None}
    if soon is not None:
        return {**told, "verdict": SUPPORTED, "basis": "trend"}
    is_open = here.empty or (here["verdict"] == UNTESTED).all()
    return {**told, "verdict": NOT_TESTED if is_open else WIDER, "basis": ""}


def _soon(cells: pd.DataFrame, year: Any) -> int | None:
    """Return the first year in which the trend reaches a scope wide enough, if that is no later than claimed."""
    if year is None or pd.isna(year) or "ready_year" not in cells:
        return None
    years = cells.loc[cells["ready"] == "by", "ready_year"].dropna()
    first = None if years.empty else int(years.min())
    return first if first is not None and first <= int(str(year)) else None


def _finding(told: dict[str, object], row: int, file: str | None) -> Finding:
    is_wider = told["verdict"] == WIDER
    params = {
        "place": told["place"],
        "function": told["function"],
        "claimed": told["claimed_scope"],
        "computed": told["computed_scope"] or "-",
    }
    level: Level = "warning" if is_wider else "note"
    code = "N100" if is_wider else "N101"
    return Finding(code, level, file=file, row=row, value=str(told["function"]), params=params)


@dataclass(frozen=True)
class Agreement:
    """The positions a text argues beside those it concludes with.

    ``matched`` pairs (argued, concluded); ``missing`` argued but not concluded; ``extra`` concluded but never argued.
    """

    matched: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    findings: tuple[Finding, ...]


def agree(argued: Sequence[str], concluded: Sequence[str], alike: float = _ALIKE) -> Agreement:
    """Match the headings of a text with the list in its conclusion.

    Names need not be the same word for word: they are paired so that the sum of their likeness (twice the common
    characters over all characters) is greatest, and pairs less alike than ``alike`` are no pairs.

    Returns
    -------
    Findings N102 for a heading that the conclusion drops, N103 for one that it words otherwise, N104 for a position
    that was never argued.

    Examples
    --------
    >>> agree(["亚太创业高地", "亚太信息枢纽"], ["亚太信息枢纽"]).missing
    ('亚太创业高地',)
    """
    likeness = np.array([[SequenceMatcher(None, a, c).ratio() for c in concluded] for a in argued])
    likeness = likeness.reshape(len(argued), len(concluded))
    left, right = linear_sum_assignment(-np.where(likeness >= alike, likeness, 0.0))
    pairs = {int(i): int(j) for i, j in zip(left, right, strict=True) if likeness[i, j] >= alike}
    matched = tuple((argued[i], concluded[j]) for i, j in sorted(pairs.items()))
    missing = tuple(name for i, name in enumerate(argued) if i not in pairs)
    extra = tuple(name for j, name in enumerate(concluded) if j not in pairs.values())
    counts = {"argued": len(argued), "concluded": len(concluded)}
    findings = (
        *(Finding("N102", "warning", value=n, params={"name": n, **counts}) for n in missing),
        *(Finding("N103", "note", value=a, params={"name": a, "other": c}) for a, c in matched if a != c),
        *(Finding("N104", "warning", value=n, params={"name": n, **counts}) for n in extra),
    )
    return Agreement(matched, missing, extra, findings)
