"""The step of a run that measures efficiency: which places and years carry it, its tables, its findings."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from innohub.errors import Finding, ScaleError
from innohub.index.efficiency.tables import (
    Production,
    malmquist_table,
    measure_year,
    score_table,
    target_table,
)
from innohub.run import store
from innohub.run.blocks import Outcome, Tables, findings_table, read_block, replacing
from innohub.run.ground import Ground
from innohub.study.efficiency_check import paired_years
from innohub.study.efficiency_section import EfficiencySection
from innohub.study.report import some
from innohub.study.summary import runs
from innohub.trace import code_fingerprint, digest

_FEWEST = 2


@dataclass(frozen=True)
class Laid:
    """What a measure of efficiency stands on: its years, and what had to be left out."""

    years: tuple[Production, ...]
    findings: tuple[Finding, ...]


def efficiency_step(ground: Ground, name: str, blocks: Path, *, fresh: bool) -> Outcome:
    """Measure efficiency in every year, or read it back."""
    section = ground.study.settings.efficiency[name]
    fingerprint = efficiency_fingerprint(ground, section)
    block = blocks / f"efficiency-{name}" / fingerprint
    if not fresh and (tables := read_block(block)) is not None:
        return Outcome(f"efficiency:{name}", fingerprint, tables, computed=False)
    tables, findings = measure_efficiency(name, section, lay_out(ground, name, section))
    tables["findings"] = findings_table(findings)
    with replacing(block) as folder:
        store.write_tables(folder, tables)
    return Outcome(f"efficiency:{name}", fingerprint, tables, computed=True)


def efficiency_fingerprint(ground: Ground, section: EfficiencySection) -> str:
    """Return what a measure of efficiency depends on, as one digest."""
    values = ground.values
    used = values[values["indicator"].isin(section.codes) & values["place"].isin(ground.selection.kept)]
    cells = used[["place", "indicator", "year", "value", "file", "row", "column"]]
    return digest(
        code_fingerprint(),
        np.__version__,
        scipy.__version__,
        section.model_dump(mode="json"),
        cells.to_csv(index=False, float_format="%r"),
        ground.selection.kept,
        ground.panel.calendar,
    )


def rehearse_efficiency(ground: Ground, name: str) -> tuple[Finding, ...]:
    """Lay out every year and measure the last one, so that what would stop a run is known before it."""
    section = ground.study.settings.efficiency[name]
    laid = lay_out(ground, name, section)
    _, findings = measure_efficiency(name, section, Laid(laid.years[-1:], laid.findings), change=False)
    return findings


def lay_out(ground: Ground, name: str, section: EfficiencySection) -> Laid:
    """Return inputs and outputs by year; a place that lacks one in a year is left out of it, with a warning.

    Raises
    ------
    ScaleError
        S180 for inputs and outputs of zero or below, every cell at once; S301 when no year has two whole places.
    """
    years = paired_years(section, ground.values, ground.panel.calendar)
    cube, cells = _cube(ground, section, years)
    whole = np.asarray(np.isfinite(cube).all(axis=2))
    wrong = whole[:, :, None] & (cube <= 0)
    if wrong.any():
        raise ScaleError(_not_positive(ground, cells, wrong))
    spot = f"efficiency.{name}"
    findings = [_left_out(ground, section, cube, years, spot)] if not whole.all() else []
    thin = whole.sum(axis=1) < _FEWEST
    lost = sorted({*(np.array(years)[thin].tolist()), *(set(ground.panel.calendar) - set(years))})
    if lost:
        level = "error" if thin.all() else "warning"
        params = {"years": some(runs(lost)), "lag": section.lag}
        findings.append(Finding("S301", level, "study.toml", column=spot, params=params))  # type: ignore[arg-type]
    if thin.all():
        raise ScaleError(findings)
    made = [
        _production(ground, section, cube[at], whole[at], years[at]) for at in np.flatnonzero(~thin).tolist()
    ]
    return Laid(tuple(made), tuple(findings))


def _cube(
    ground: Ground, section: EfficiencySection, years: tuple[int, ...]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the values (years, places, indicators) and the positions of their cells in the panel, -1 for none."""
    places, codes, values = ground.selection.kept, section.codes, ground.values
    cells = np.full((len(years), len(places), len(codes)), -1, dtype=np.int64)
    place_at = pd.Index(places).get_indexer(pd.Index(values["place"]))
    filled = values["value"].notna().to_numpy()
    for column, code in enumerate(codes):
        lag = section.lag if column < len(section.inputs) else 0
        year_at = pd.Index(years).get_indexer(pd.Index(values["year"] + lag))
        rows = np.flatnonzero(
            values["indicator"].eq(code).to_numpy() & (place_at >= 0) & (year_at >= 0) & filled
        )
        cells[year_at[rows], place_at[rows], column] = rows
    numbers = values["value"].to_numpy(dtype=float)
    return np.where(cells >= 0, numbers[cells], np.nan), cells


def _production(
    ground: Ground,
    section: EfficiencySection,
    table: NDArray[np.float64],
    whole: NDArray[np.bool_],
    year: int,
) -> Production:
    places = tuple(place for place, has in zip(ground.selection.kept, whole, strict=True) if has)
    first, second = len(section.inputs), len(section.inputs) + len(section.outputs)
    kept = table[whole]
    return Production(year, places, section.codes, kept[:, :first], kept[:, first:second], kept[:, second:])


def _not_positive(
    ground: Ground,
    cells: NDArray[np.int64],
    wrong: NDArray[np.bool_],
) -> Finding:
    """Name every cell of zero or below with its row; the finding stands at the first."""
    rows = ground.values.iloc[np.unique(cells[wrong])]
    named = [
        f"{place} {indicator} {year} ({file}:{row})"
        for place, indicator, year, file, row in rows[
            ["place", "indicator", "year", "file", "row"]
        ].itertuples(index=False)
    ]
    first = rows.iloc[0]
    params = {"count": len(named), "cells": some(named, 20)}
    return Finding(
        "S180", "error", first["file"], int(first["row"]), str(first["column"]), str(first["cell"]), params
    )


def _left_out(
    ground: Ground,
    section: EfficiencySection,
    cube: NDArray[np.float64],
    years: tuple[int, ...],
    spot: str,
) -> Finding:
    """Name the places that lack a value, with the indicator and the years in which it is missing."""
    missing = np.isnan(cube)
    named = []
    for place, column in zip(*np.nonzero(missing.any(axis=0)), strict=True):
        lag = section.lag if column < len(section.inputs) else 0
        gone = [year - lag for year, lacks in zip(years, missing[:, place, column], strict=True) if lacks]
        named.append(f"{ground.selection.kept[place]} {section.codes[column]} {', '.join(runs(gone))}")
    count = int(missing.any(axis=2).sum())
    params = {"count": count, "cells": some(named, 20)}
    return Finding("S300", "warning", "study.toml", column=spot, params=params)


def measure_efficiency(
    name: str, section: EfficiencySection, laid: Laid, *, change: bool = True
) -> tuple[Tables, tuple[Finding, ...]]:
    """Return the tables efficiency, efficiency_targets and, where asked for, malmquist, with all findings."""
    spec = section.spec
    measured = [(made, measure_year(spec, made)) for made in laid.years]
    tables = {
        "efficiency": pd.concat([score_table(spec, *each) for each in measured], ignore_index=True),
        "efficiency_targets": pd.concat([target_table(*each) for each in measured], ignore_index=True),
    }
    findings = [*laid.findings, *_few(name, section, laid), *_infeasible(name, tables["efficiency"])]
    if change and section.malmquist != "none":
        balanced, said = _balanced(name, laid)
        findings += said
        if balanced:
            tables["malmquist"] = malmquist_table(balanced, section.malmquist)
    for table in tables.values():
        table.insert(0, "efficiency", name)
    return tables, tuple(findings)


def _few(name: str, section: EfficiencySection, laid: Laid) -> list[Finding]:
    """Warn when the smallest year has fewer than three places for each input and output."""
    needed, least = 3 * len(section.codes), min(len(made.places) for made in laid.years)
    if least >= needed:
        return []
    params = {"units": least, "columns": len(section.codes), "needed": needed}
    return [Finding("S186", "warning", "study.toml", column=f"efficiency.{name}", params=params)]


def _infeasible(name: str, table: pd.DataFrame) -> list[Finding]:
    """Name the places that have no solution, with their years."""
    gone = table[~table["feasible"]]
    if gone.empty:
        return []
    named = [f"{place} {', '.join(runs(rows['year'].tolist()))}" for place, rows in gone.groupby("place")]
    params = {"count": len(gone), "units": some(named, 20)}
    column = f"efficiency.{name}.method"
    return [Finding("N010", "warning", "study.toml", column=column, params=params)]


def _balanced(name: str, laid: Laid) -> tuple[list[Production], list[Finding]]:
    """Return the places that have every year; Malmquist indices compare the same places over time."""
    column = f"efficiency.{name}.malmquist"
    present = [set(made.places) for made in laid.years]
    every = list(dict.fromkeys(place for made in laid.years for place in made.places))
    kept = [place for place in every if all(place in here for here in present)]
    if len(laid.years) < 2 or len(kept) < _FEWEST:
        params = {"years": len(laid.years), "places": len(kept)}
        return [], [Finding("S303", "warning", "study.toml", column=column, params=params)]
    dropped = [place for place in every if place not in kept]
    lost = {"count": len(dropped), "places": some(dropped, 20), "kept": len(kept)}
    said = [Finding("S302", "warning", "study.toml", column=column, params=lost)] if dropped else []
    return [made.take(kept) for made in laid.years], said
