"""What the page shows of an index over the years: ranks, inequality, convergence, moves between classes."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from innohub.web.reading import optional, plain, rows, short, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema_analysis import (
    Change,
    Component,
    Convergence,
    Density,
    Moves,
    SpatialTest,
    Spread,
)

# Every second point of a density is as smooth as a reader can see.
DENSITY_STEP = 2


def change_data(run: RunTables, name: str, root: str, places: list[str]) -> Change | None:
    """Return an index over the years; ``None`` for a study of one year."""
    history = of_index(run, "history", name)
    if history.empty:
        return None
    history = history[history["node"] == root]
    years = sorted(int(year) for year in history.loc[history["score"].notna(), "year"].unique())
    if len(years) < 2:
        return None
    return Change(
        years=years,
        rank=_grid(history, "rank", places, years, whole),
        score=_grid(history, "score", places, years, short),
        spread=[_spread(row) for row in rows(of_index(run, "inequality", name))],
        convergence=_convergence(of_index(run, "convergence", name)),
        relative=run.settings.index[name].change.relative,
        moves=_moves(of_index(run, "transitions", name), of_index(run, "spatial_transitions", name)),
        spatial=_spatial(of_index(run, "spatial_test", name)),
        groups=_groups(of_index(run, "inequality_groups", name)),
        density=_density(of_index(run, "density", name)),
    )


def of_index(run: RunTables, table: str, name: str) -> pd.DataFrame:
    """Return the rows of one index of a table that only some studies have."""
    found = optional(run, table)
    return found if found.empty else found[found["index"] == name]


def _grid(
    table: pd.DataFrame, column: str, places: list[str], years: list[int], read: Callable[[Any], Any]
) -> list[list[Any]]:
    wide = table.pivot_table(index="place", columns="year", values=column, dropna=False)
    wide = wide.astype("Float64").reindex(index=places, columns=years)
    return [[read(value) for value in row] for row in wide.to_numpy(dtype=float, na_value=float("nan"))]


def _spread(row: dict[str, Any]) -> Spread:
    return Spread(
        year=int(row["year"]),
        places=int(row["places"]),
        mean=short(row["mean"]),
        cv=short(row["cv"]),
        gini=short(row["gini"]),
        theil=short(row["theil"]),
    )


def _convergence(table: pd.DataFrame) -> Convergence | None:
    for row in rows(table):
        return Convergence(
            start=int(row["start"]),
            end=int(row["end"]),
            places=int(row["places"]),
            slope=short(row["slope"]),
            slope_error=short(row["slope_error"]),
            p=short(row["p"]),
            speed=short(row["speed"]),
            half_life=short(row["half_life"]),
            reason=plain(row["reason"]),
        )
    return None


def _moves(pooled: pd.DataFrame, spatial: pd.DataFrame) -> list[Moves]:
    """Return the moves of all places, then those of places by the class of their neighbours."""
    found = [] if pooled.empty else [_matrix(pooled, 0)]
    if not spatial.empty:
        found += [_matrix(part, int(str(lag))) for lag, part in spatial.groupby("lag_class")]
    return found


def _matrix(table: pd.DataFrame, lag: int) -> Moves:
    classes = sorted(table["from_class"].unique())

    def square(column: str) -> Any:
        wide = table.pivot_table(index="from_class", columns="to_class", values=column, dropna=False)
        return wide.reindex(index=classes, columns=classes).to_numpy(dtype=float)

    first = table.drop_duplicates("from_class").set_index("from_class").reindex(classes)
    return Moves(
        lag=lag,
        lower=[short(value) for value in first.get("lower", [])],
        count=[[whole(value) or 0 for value in row] for row in square("count")],
        probability=[[short(value) for value in row] for row in square("probability")],
        steady=[short(value) for value in first["steady"]],
    )


def _spatial(table: pd.DataFrame) -> SpatialTest | None:
    for row in rows(table):
        return SpatialTest(
            statistic=short(row["statistic"]), freedom=short(row["freedom"]), p=short(row["p"])
        )
    return None


def _groups(table: pd.DataFrame) -> list[Component]:
    """Return the whole's components in every year, and those of single groups in the last year."""
    if table.empty:
        return []
    whole_rows = table["group"].fillna("").eq("") & table["other"].fillna("").eq("")
    kept = table[whole_rows | table["year"].eq(table["year"].max())]
    return [
        Component(
            year=int(row["year"]),
            measure=plain(row["measure"]),
            group=plain(row["group"]),
            other=plain(row["other"]),
            component=plain(row["component"]),
            value=short(row["value"]),
            share=short(row["share"]),
        )
        for row in rows(kept)
    ]


def _density(table: pd.DataFrame) -> list[Density]:
    if table.empty:
        return []
    table = table.dropna(subset=["score", "density"])
    return [
        Density(
            year=int(str(year)),
            score=[float(f"{value:.5g}") for value in part["score"][::DENSITY_STEP]],
            density=[float(f"{value:.4g}") for value in part["density"][::DENSITY_STEP]],
        )
        for year, part in table.groupby("year")
    ]
