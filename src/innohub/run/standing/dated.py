"""Rows of a table that belong together are all of one year."""

from collections.abc import Callable
from typing import Literal

import pandas as pd

from innohub.errors import Finding
from innohub.words import Language, words

Called = Callable[[Language], str]


def called(kind: Literal["layer", "place"], **names: str) -> Called:
    """Return how findings call what rows are about: the ties of a layer, the laboratories of a place."""
    told = kind if any(names.values()) else "all"

    def text(language: Language) -> str:
        name = names.get(language) or next(iter(names.values()), "")
        return words(language).say(f"finding.L205.of.{told}", name=name)

    return text


def of_one_year(
    rows: pd.DataFrame, year: int, max_gap: int, *, what: Called
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the rows of the year nearest to one, of two as near the later one; never rows of several years.

    Rows that state no year are taken where no row states one, and left out, with a warning, where others do.

    Parameters
    ----------
    rows : with ``year`` as float, NaN where the table states none.
    what : what the rows are about, for the findings: L205 rows without a year, L206 no year near enough.
    """
    dated = rows.loc[rows["year"].notna()]
    if dated.empty:
        return rows, []
    findings = []
    loose = rows.loc[rows["year"].isna()]
    if len(loose):
        first = loose.iloc[0]
        params = {"count": len(loose), "what": what}
        findings.append(
            Finding("L205", "warning", str(first["file"]), int(first["row"]), "year", params=params)
        )
    gaps = dated["year"].astype(int) - year
    near = gaps.loc[gaps.abs() <= max_gap]
    if near.empty:
        first = dated.iloc[int(gaps.abs().to_numpy().argmin())]
        params = {"what": what, "year": year, "gap": max_gap, "nearest": int(first["year"])}
        findings.append(
            Finding("L206", "warning", str(first["file"]), int(first["row"]), "year", params=params)
        )
        return dated.iloc[:0], findings
    best = max(near.unique(), key=lambda gap: (-abs(gap), gap))
    return dated.loc[gaps.eq(best)], findings
