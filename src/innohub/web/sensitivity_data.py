"""What the page shows of which choice moves the ranks."""

from typing import Any, Literal

import pandas as pd

from innohub.web.change_data import of_index
from innohub.web.reading import plain, short, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema_analysis import Influence, Sensitivity, Settling

KINDS: tuple[Literal["exact", "sampled"], ...] = ("exact", "sampled")
SHARES = ("first", "total", "first_error", "total_error")
Span = list[list[float | None]]


def sensitivity_data(run: RunTables, name: str, places: list[str]) -> list[Sensitivity]:
    """Return the exact and the sampled analysis of an index, those of the two that the run has."""
    table = of_index(run, "sensitivity", name)
    if table.empty:
        return []
    if "method" not in table:
        table = table.assign(method="exact")
    return [
        _analysis(run, name, kind, table[table["method"] == kind], places)
        for kind in KINDS
        if (table["method"] == kind).any()
    ]


def _analysis(
    run: RunTables, name: str, kind: Literal["exact", "sampled"], table: pd.DataFrame, places: list[str]
) -> Sensitivity:
    section = run.settings.index[name]
    design = of_index(run, "design", name) if kind == "exact" else pd.DataFrame()
    path = of_index(run, "sensitivity_path", name) if kind == "sampled" else pd.DataFrame()
    factors = [plain(factor) for factor in table["factor"].unique()]
    rule = section.sensitivity if kind == "sampled" else None
    # A sampled model is a base, its twin, and one swap for each factor.
    drawn = rule.size * rule.replicates * (len(factors) + 2) if rule else 0
    return Sensitivity(
        method=kind,
        models=drawn if design.empty else int(design["run"].nunique()),
        replicates=rule.replicates if rule else 0,
        factors=factors,
        levels=[_levels(design, factor) for factor in factors],
        influences=_influences(table, factors),
        path=[] if path.empty else _settling(path),
        span=[] if design.empty else _span(design, places),
    )


def _levels(design: pd.DataFrame, factor: str) -> list[str]:
    return [plain(level) for level in design[factor].unique()] if factor in design else []


def _influences(table: pd.DataFrame, factors: list[str]) -> list[Influence]:
    keyed = table.assign(place=table["place"].fillna(""))
    found: list[Influence] = []
    for (output, place), part in keyed.groupby(["output", "place"], sort=False):
        own = part.drop_duplicates("factor").set_index("factor").reindex(factors)
        shares: dict[str, list[float | None]] = {
            column: [short(value) for value in own[column]] if column in own else [None] * len(factors)
            for column in SHARES
        }
        found.append(
            Influence(
                output=str(output),
                place=str(place),
                variance=short(own["variance"].iloc[0]),
                first=shares["first"],
                total=shares["total"],
                first_error=shares["first_error"],
                total_error=shares["total_error"],
            )
        )
    return found


def _settling(path: pd.DataFrame) -> list[Settling]:
    keyed = path.assign(place=path["place"].fillna(""))
    return [
        Settling(
            output=str(output),
            place=str(place),
            factor=str(factor),
            size=[whole(value) or 0 for value in part["size"]],
            first=[_three(value) for value in part["first"]],
            total=[_three(value) for value in part["total"]],
        )
        for (output, place, factor), part in keyed.sort_values("size", kind="stable").groupby(
            ["output", "place", "factor"], sort=False
        )
    ]


def _three(value: Any) -> float | None:
    found = short(value)
    return None if found is None else round(found, 4)


def _span(design: pd.DataFrame, places: list[str]) -> Span:
    ranks = design.assign(rank=design["rank"].astype(float)).groupby("place")["rank"]
    ends = ranks.agg(["min", "median", "max"]).reindex(places)
    return [[short(value) for value in row] for row in ends.to_numpy(dtype=float)]
