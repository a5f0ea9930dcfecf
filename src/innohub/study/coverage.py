"""Check what the panel covers: the study's year, every indicator, every place."""

from collections.abc import Collection

import pandas as pd

from innohub.errors import Finding, Level
from innohub.study.report import NONE, shown
from innohub.study.summary import runs

_STUDY_FILE = "study.toml"


def check_coverage(
    values: pd.DataFrame,
    indicators: pd.DataFrame,
    places: pd.DataFrame,
    *,
    year: int | None,
    used: Collection[str],
    year_row: int | None = None,
) -> list[Finding]:
    """Return what is missing from the panel or constant in it.

    Parameters
    ----------
    values : the values as read, with ``refused`` marking cells that are errors already.
    used : indicators that stand in a framework; for them, having no value at all is an error.
    year_row : the row of ``study.toml`` where the year stands.
    """
    filled = values[values["value"].notna()]
    if filled.empty:
        files = ", ".join(dict.fromkeys(values["file"])) or None
        # Rows that were left out or refused are errors already.
        return [] if values.empty or values["refused"].any() else [Finding("P023", file=files)]
    found: list[Finding] = []
    years = sorted(int(number) for number in filled["year"].unique())
    if year is not None and year not in years:
        params = {"year": year, "years": _years(years)}
        return [
            Finding(
                "P015", file=_STUDY_FILE, row=year_row, column="study.year", value=str(year), params=params
            )
        ]
    now = filled if year is None else filled[filled["year"] == year]
    found += _check_indicators(now, values, indicators, year, used)
    seen = {*now["place"], *values.loc[values["refused"], "place"]}
    empty = places[~places["place"].isin(seen)]
    for key, file, row in empty[["place", "file", "row"]].itertuples(index=False):
        params = {"id": shown(key), "year": "–" if year is None else year}
        found.append(Finding("P030", "note", file, int(row), "place", shown(key), params))
    return found


def _check_indicators(
    now: pd.DataFrame, values: pd.DataFrame, indicators: pd.DataFrame, year: int | None, used: Collection[str]
) -> list[Finding]:
    found: list[Finding] = []
    # Refused cells are errors of their own; what remains of their column says nothing.
    refused = set(values.loc[values["refused"], "indicator"])
    spread = now.groupby("indicator")["value"].agg(["min", "max", "count"])
    for key, file, row in indicators[["indicator", "file", "row"]].itertuples(index=False):
        params: dict[str, object] = {"id": shown(key), "year": "–" if year is None else year}
        if key in refused:
            continue
        if key not in spread.index:
            level: Level = "error" if key in used else "warning"
            others = values.loc[(values["indicator"] == key) & values["value"].notna(), "year"]
            params["years"] = _years(sorted(int(number) for number in others.unique()))
            found.append(Finding("P014", level, file, int(row), "indicator", shown(key), params))
            continue
        low, high, count = spread.loc[key]
        if count > 1 and low == high:
            params |= {"number": f"{low:.15g}", "count": int(count)}
            found.append(Finding("P013", "warning", file, int(row), "indicator", shown(key), params))
    return found


def _years(years: list[int]) -> tuple[str, ...]:
    return tuple(runs(years)) or NONE
