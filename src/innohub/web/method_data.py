"""What the page says of the steps before normalising, and of what every step changed."""

import pandas as pd

from innohub.study.index_section import IndexSection
from innohub.web.change_data import of_index
from innohub.web.reading import describe, number, plain, rows, short, whole
from innohub.web.run_tables import RunTables
from innohub.web.schema_analysis import Effect, Rules, Stage

STAGES = ("denominated", "imputed", "transformed", "treated")


def rule_data(section: IndexSection) -> Rules:
    """Return the rules that an index follows before it normalises, and its rule for missing values."""
    return Rules(
        treat=describe(section.treat, "treat"),
        impute=describe(section.impute, "impute"),
        min_available=section.screen.min_available,
        min_nonzero=section.screen.min_nonzero,
        denominate=section.denominate,
        combine=[describe(spec, "weights") for spec in section.combine],
        pool=section.pool,
        min_share=section.missing.min_share,
        by=section.missing.by,
    )


def stage_data(run: RunTables, name: str, places: list[str], leaves: list[str]) -> list[Stage]:
    """Return the values that were denominated, imputed, transformed or treated, in this order, leaf by leaf."""
    steps = of_index(run, "steps", name)
    if steps.empty:
        return []
    steps = steps[steps["year"] == steps["year"].max()]
    found: list[Stage] = []
    for step in STAGES:
        part = steps[steps["step"] == step]
        for leaf in (leaf for leaf in leaves if part["node"].eq(leaf).any()):
            own = part[part["node"] == leaf].drop_duplicates("place").set_index("place").reindex(places)
            found.append(
                Stage(step=step, leaf=leaf, before=_values(own["before"]), after=_values(own["after"]))
            )
    return found


def _values(column: pd.Series) -> list[float | None]:
    return [number(value) for value in column]


def effect_data(run: RunTables, name: str) -> list[Effect]:
    """Return what every step of an index changed."""
    return [
        Effect(
            step=plain(row["step"]),
            method=plain(row["method"]),
            neutral=plain(row["neutral"]),
            values=whole(row["values"]) or 0,
            places=whole(row["places"]) or 0,
            mean_shift=short(row["mean_shift"]),
            max_shift=short(row["max_shift"]),
            most_place=plain(row["most_place"]),
            from_rank=whole(row["from_rank"]),
            to_rank=whole(row["to_rank"]),
        )
        for row in rows(of_index(run, "effects", name))
    ]
