"""Audits of 1,000 made-up tables whose conventions are known: how often the right one is found, how often a wrong one.

    python benchmarks/audit.py [--cases 1000] [--seed 7]

Every case draws a question (weights and mean of printed scores, normalisation of one column, raw values to an index,
ranks, classes, filled cells), a convention, a size, weights and values, prints the table with three decimals, and
plants a typing error in one or two rows of four cases in ten. Two kinds of cases have no right convention to find:
tables made by a rule that the audit does not know, where it should say that none fits, and tables too small to decide.
Counted: the right convention found alone; found among several that fit; said to be undecidable though planted; none
found though planted; and a wrong answer given with confidence (one or several fit and the right one is not among them,
or a table too small, or made by a rule that is not known, is decided).
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from innohub.index.audit import (
    Limits,
    Outcome,
    audit_classes,
    audit_column,
    audit_filled,
    audit_index,
    audit_ranks,
)
from innohub.index.audit.aggregation import AGGREGATIONS, mean_of
from innohub.index.audit.filled import RULES as FILLING
from innohub.index.audit.normalisation import NORMALISERS, normalised
from innohub.index.audit.ranks import RULES, rank_by

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
DECIMALS = 3
HALF = 0.5 * 10.0**-DECIMALS
SLIPS = 0.4


@dataclass(frozen=True)
class Case:
    """What was planted and what the audit said of it."""

    kind: str
    planted: str
    answer: str
    found: Outcome


def main() -> None:
    """Run the cases and print a Markdown table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    start = time.process_time()
    cases = study(asked.cases, asked.seed)
    spent = time.process_time() - start
    heads = (
        "question",
        "cases",
        "right, alone",
        "right, among several",
        "not decided",
        "none found",
        "wrong",
    )
    print("| " + " | ".join(heads) + " |")
    print("|---" + "|---:" * (len(heads) - 1) + "|")
    for kind in [*KINDS, ""]:
        own = Counter(case.answer for case in cases if kind in ("", case.kind))
        numbers = [
            own.total(),
            *(own[answer] for answer in ("right", "several", "undecided", "missed", "wrong")),
        ]
        print(f"| {kind or 'all'} | " + " | ".join(f"{number:,}" for number in numbers) + " |")
    print(f"\nCPU time: {spent:.0f} s, {1000 * spent / len(cases):.0f} ms a table.")
    for case in cases:
        if case.answer in ("wrong", "missed", "undecided"):
            told = [(fit.convention, dict(fit.parameters), fit.misfits) for fit in case.found.fits]
            print(case.kind, case.planted, case.answer, case.found.verdict, case.found.reason, told)


def study(count: int, seed: int) -> list[Case]:
    """Return the cases, kinds in turn."""
    rng = np.random.default_rng(seed)
    kinds = list(KINDS)
    return [
        Case(kind, planted, judge(planted, found), found)
        for number in range(count)
        for kind in [kinds[number % len(kinds)]]
        for planted, found in [KINDS[kind](rng)]
    ]


def judge(planted: str, found: Outcome) -> str:
    """Compare an outcome with what was planted: ``none`` and ``undecidable`` are plants too."""
    if planted in ("none", "undecidable"):
        return "right" if found.verdict in (planted, "undecidable") else "wrong"
    if found.verdict == "undecidable":
        return "undecided"
    names = [_name(found, number) for number in range(len(found.fits))]
    if found.verdict == "none":
        return "missed"
    if planted not in names:
        return "wrong"
    return "right" if found.verdict == "one" else "several"


def _name(found: Outcome, number: int) -> str:
    """Write a fit as the planters write it."""
    fit = found.fits[number]
    told = fit.parameters
    if found.aspect == "aggregation" and told["normaliser"] != "none":
        return f"{told['normaliser']} {told['directions']} {fit.convention}"
    if found.aspect == "normalisation":
        return f"{fit.convention} {told['direction']} {told.get('caps', ())}"
    if found.aspect == "classes":
        return f"{fit.convention} {told['side']}"
    return fit.convention


def _size(rng: np.random.Generator) -> tuple[int, int]:
    return int(rng.integers(10, 61)), int(rng.integers(2, 7))


def _weights(rng: np.random.Generator, count: int) -> Vector:
    """Return equal weights, round ones, or any."""
    kind = rng.integers(3)
    if kind == 0:
        return np.full(count, 1 / count)
    drawn = rng.dirichlet(np.full(count, 4.0))
    if kind == 1:
        drawn = np.maximum(np.round(drawn, 1), 0.1)
    return drawn / drawn.sum()


def _printed(rng: np.random.Generator, values: Vector, decimals: int = DECIMALS) -> Vector:
    """Round, and in some tables mistype a digit of one or two rows."""
    printed = values.round(decimals)
    if rng.random() < SLIPS:
        for row in rng.choice(len(values), int(rng.integers(1, 3)), replace=False):
            printed[row] += (
                float(rng.choice([-1, 1])) * rng.integers(1, 10) * 10.0 ** -int(rng.integers(1, 4))
            )
    return printed.round(decimals)


def _scores(rng: np.random.Generator) -> tuple[str, Outcome]:
    rows, columns = _size(rng)
    name = str(rng.choice(AGGREGATIONS))
    raw = (
        rng.normal(100, 10, (rows, columns))
        if name.startswith("mpi")
        else rng.uniform(0.05, 1, (rows, columns))
    )
    shown = raw.round(DECIMALS)
    # Some authors compute from what they print, others from what they hold.
    value = mean_of(name, shown if rng.random() < 0.5 else raw, _weights(rng, columns))
    y = _printed(rng, value)
    return name, audit_index(shown, y - HALF, y + HALF, half=np.full(columns, HALF))


def _column(rng: np.random.Generator) -> tuple[str, Outcome]:
    rows, sign = _size(rng)[0], int(rng.choice([1, -1]))
    x = np.round(rng.lognormal(4, 0.6, rows), 3)
    kinds = [
        *NORMALISERS,
        "goalposts",
        "goalposts_log",
        "frac_max(1)",
        *(f"rank({rule})" for rule in RULES[:4]),
    ]
    name = str(rng.choice(kinds))
    caps: tuple[str, ...] = ()
    if name.startswith("goalposts"):
        low, high = 0.3 * x.min(), np.quantile(x, 0.85) if rng.random() < 0.5 else 1.3 * x.max()
        low, high = float(f"{low:.2g}"), float(f"{high:.3g}")
        turn = np.log if name.endswith("log") else np.asarray
        z = (turn(x) - turn(low)) / (turn(high) - turn(low))
        z = z if sign > 0 else 1 - z
        over = (z > 1) if sign > 0 else (z < 0)
        if over.any():
            caps = ("upper",) if sign > 0 else ("lower",)
        z = np.clip(z, 0, 1)
    elif name.startswith("frac"):
        z = x / x.max() if sign > 0 else x.min() / x
    elif name.startswith("rank"):
        x = x.round(-1)
        z = rank_by(x * sign, name[5:-1])
    else:
        z = normalised(name, x[:, None], np.array([float(sign)]), np.ones(rows, dtype=bool))[:, 0]
    y = _printed(rng, z)
    return f"{name} {sign} {caps}", audit_column(x, y - HALF, y + HALF)


def _raw(rng: np.random.Generator) -> tuple[str, Outcome]:
    rows, columns = _size(rng)
    rows = max(rows, columns + 8)
    name = str(rng.choice(NORMALISERS))
    signs = tuple(int(sign) for sign in rng.choice([1, -1], columns))
    x = np.round(rng.lognormal(3, 0.5, (rows, columns)), 4)
    z = normalised(name, x, np.array(signs, dtype=float), np.ones(rows, dtype=bool))
    if name.startswith("zscore(100"):
        mean = str(rng.choice(["arithmetic", "mpi_minus_ddof0", "mpi_plus_ddof0"]))
    else:
        mean = str(rng.choice(["arithmetic", "geometric"])) if name == "minmax(1, 100)" else "arithmetic"
    y = _printed(rng, mean_of(mean, z, _weights(rng, columns)))
    return f"{name} {signs} {mean}", audit_index(x, y - HALF, y + HALF, raw=True)


def _ranks(rng: np.random.Generator) -> tuple[str, Outcome]:
    rows, rule = _size(rng)[0], str(rng.choice(RULES[:4]))
    x = rng.uniform(0, 1, rows).round(DECIMALS)
    for _ in range(3):
        first, second, third = rng.choice(rows, 3, replace=False)
        x[first] = x[second]
        x[third] = x[second] if rng.random() < 0.5 else x[third]
    r = rank_by(-x if rng.random() < 0.7 else x, rule)
    if rng.random() < SLIPS:
        r[rng.integers(rows)] += rng.integers(1, 4)
    return rule, audit_ranks(x, r)


def _classes(rng: np.random.Generator) -> tuple[str, Outcome]:
    rows = _size(rng)[0]
    side = str(rng.choice(["left", "right"]))
    schemes = [
        Limits(
            "tenths", tuple(np.arange(1, 10) / 10), ("",) * 9, tuple(frozenset({f"g{k}"}) for k in range(10))
        ),
        Limits("fifths", (0.2, 0.4, 0.6, 0.8), ("",) * 4, tuple(frozenset({f"g{k}"}) for k in range(5))),
        Limits("uneven", (0.3, 0.5, 0.8), ("",) * 3, tuple(frozenset({f"g{k}"}) for k in range(4))),
    ]
    one = schemes[int(rng.integers(3))]
    x = rng.uniform(0, 1, rows).round(DECIMALS)
    x[: len(one.limits)] = one.limits[: len(x)]
    x[-len(one.limits) :] = np.array(one.limits) + 0.001
    limits = np.array(one.limits)
    above = x[:, None] > limits + 1e-9 if side == "right" else x[:, None] >= limits - 1e-9
    labels = [f"g{k}" for k in above.sum(axis=1)]
    return f"{one.id} {side}", audit_classes(x, HALF, labels, schemes)


def _filled(rng: np.random.Generator) -> tuple[str, Outcome]:
    rows, columns = _size(rng)
    x = rng.lognormal(3, 0.5, (rows, columns)).round(DECIMALS)
    groups = [f"g{k}" for k in rng.integers(0, 3, rows)]
    marked = np.zeros(x.shape, dtype=bool)
    for column in range(columns):
        # No row has two filled cells, or its mean could be of nothing.
        free = np.flatnonzero(~marked.any(axis=1))
        marked[rng.choice(free, min(2, len(free) // 2), replace=False), column] = True
    name = str(rng.choice(FILLING))
    known = np.where(marked, np.nan, x)
    for i, j in np.argwhere(marked):
        own = known[i] if name == "row_mean" else known[:, j]
        if name.startswith("group"):
            own = own[np.array(groups) == groups[i]]
        how: Callable[[Vector], float] = {
            "mean": np.nanmean, "median": np.nanmedian, "least": np.nanmin, "largest": np.nanmax,
        }.get(name.rpartition("_")[2], lambda own: 0.0)  # fmt: skip
        # A group without values has no mean to fill with; such a cell is not filled.
        marked[i, j] = bool(np.isfinite(own).any()) or name == "zero"
        x[i, j] = round(float(how(own)), DECIMALS) if marked[i, j] else x[i, j]
    return name, audit_filled(x, marked, np.full(columns, HALF), groups)


def _unknown(rng: np.random.Generator) -> tuple[str, Outcome]:
    """Make an index by a rule that the audit does not know: a power mean, a median, a least value."""
    rows, columns = max(_size(rng)[0], 20), int(rng.integers(3, 7))
    x = rng.uniform(0.05, 1, (rows, columns)).round(DECIMALS)
    weights = _weights(rng, columns)
    made = [
        lambda: (x**2 @ weights) ** 0.5,
        lambda: np.median(x, axis=1),
        lambda: x.min(axis=1),
        lambda: rng.uniform(0, 1, rows),
        lambda: 1 / (1 + np.exp(-4 * (x @ weights - 0.5))),
    ][int(rng.integers(5))]()
    y = _printed(rng, np.asarray(made))
    return "none", audit_index(x, y - HALF, y + HALF, half=np.full(columns, HALF))


def _small(rng: np.random.Generator) -> tuple[str, Outcome]:
    """Fewer rows than weights, or ranks in place of scores."""
    columns = int(rng.integers(4, 8))
    if rng.random() < 0.5:
        x = rng.uniform(0.05, 1, (int(rng.integers(2, columns + 1)), columns)).round(DECIMALS)
        y = (x @ _weights(rng, columns)).round(DECIMALS)
        return "undecidable", audit_index(x, y - HALF, y + HALF, half=np.full(columns, HALF))
    x = rng.uniform(0.05, 1, (20, columns)).round(DECIMALS)
    r = rank_by(-(x @ _weights(rng, columns)), "min")
    return "undecidable", audit_index(x, r - 0.5, r + 0.5)


KINDS: dict[str, Callable[[np.random.Generator], tuple[str, Outcome]]] = {
    "mean and weights of printed scores": _scores,
    "normalisation of a column": _column,
    "raw values to an index": _raw,
    "ranks": _ranks,
    "classes": _classes,
    "filled cells": _filled,
    "a rule that is not known": _unknown,
    "too small": _small,
}

if __name__ == "__main__":
    main()
