"""The scores of subsystems by place and year, checked: on 0-1, each once, none without any score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.coupling import coupling_measures
from innohub.errors import Finding, ModelError, PanelError, ScaleError

Matrix = NDArray[np.float64]
SHOWN = 5


@dataclass(frozen=True)
class Subsystems:
    """Scores of subsystems: ``values`` (rows, subsystems) on 0-1, a row a place and year; NaN where missing."""

    places: tuple[str, ...]
    years: tuple[int, ...]
    names: tuple[str, ...]
    values: Matrix

    @property
    def rows(self) -> tuple[str, ...]:
        """Each row as a reader would name it."""
        return tuple(f"{place} {year}" for place, year in zip(self.places, self.years, strict=True))


def read_subsystems(
    scores: pd.DataFrame, names: Sequence[str] | None = None
) -> tuple[Subsystems, tuple[Finding, ...]]:
    """Arrange scores by place and year and check them.

    Parameters
    ----------
    scores : columns place, year, subsystem, score; a missing row or an empty score is a missing score.
    names : the subsystems in order; those of the table, in order of appearance, when None.

    Returns
    -------
    The scores, rows by place (order of appearance) and year, and findings: S332 a subsystem without any score in
    a year; S340 one place only.

    Raises
    ------
    ModelError
        S331 subsystems without any score; S334 fewer than two subsystems.
    PanelError
        S333 a score given twice.
    ScaleError
        S330 scores outside 0-1, with place, year and subsystem.
    """
    table = scores.assign(place=scores["place"].astype(str), subsystem=scores["subsystem"].astype(str))
    order = tuple(names) if names is not None else tuple(dict.fromkeys(table["subsystem"]))
    if len(order) < 2:
        name = coupling_measures()["coordination"].label
        told = {"variant": name.__getitem__, "count": len(order), "wanted": "≥ 2"}
        raise ModelError(Finding("S334", params=told))
    table = table[table["subsystem"].isin(order)]
    twice = table[table.duplicated(["place", "year", "subsystem"])]
    if len(twice):
        raise PanelError(_named("S333", twice))
    empty = tuple(name for name in order if table.loc[table["subsystem"] == name, "score"].isna().all())
    if empty:
        raise ModelError(Finding("S331", params={"systems": empty}))
    wrong = table[(table["score"] < 0) | (table["score"] > 1)]
    if len(wrong):
        raise ScaleError(_named("S330", wrong))
    wide = table.pivot(index=["place", "year"], columns="subsystem", values="score")
    seen = {place: number for number, place in enumerate(dict.fromkeys(table["place"]))}
    wide = wide.sort_index(level="place", key=lambda keys: keys.map(seen) if keys.name == "place" else keys)
    found = Subsystems(
        places=tuple(wide.index.get_level_values("place")),
        years=tuple(int(year) for year in wide.index.get_level_values("year")),
        names=order,
        values=wide.reindex(columns=list(order)).to_numpy(dtype=float),
    )
    return found, _doubts(found)


def _named(code: str, rows: pd.DataFrame) -> Finding:
    """Name the cells that a finding is about, the first few of them."""
    cells = tuple(
        f"{row.place} {row.year} {row.subsystem} ({row.score:.4g})" for row in rows.head(SHOWN).itertuples()
    )
    return Finding(code, value=f"{rows['score'].iloc[0]:.6g}", params={"count": len(rows), "cells": cells})


def _doubts(found: Subsystems) -> tuple[Finding, ...]:
    years = np.array(found.years)
    gone = [
        f"{name} {year}"
        for column, name in enumerate(found.names)
        for year in sorted(set(found.years))
        if np.isnan(found.values[years == year, column]).all()
    ]
    told = {"count": len(gone), "cells": tuple(gone[:SHOWN])}
    findings = [Finding("S332", "warning", params=told)] if gone else []
    if len(set(found.places)) == 1:
        findings.append(Finding("S340", "warning", params={"place": found.places[0]}))
    return tuple(findings)


def require_rows(draws: Matrix, found: Subsystems) -> None:
    """Refuse draws (draws, rows, subsystems) that do not fit the rows and subsystems; S347."""
    if draws.ndim != 3 or draws.shape[1:] != found.values.shape or not len(draws):
        told = {"given": " × ".join(map(str, draws.shape)), "wanted": _shape(found)}
        raise ModelError(Finding("S347", params=told))


def _shape(found: Subsystems) -> str:
    return " × ".join(("n", *map(str, found.values.shape)))
