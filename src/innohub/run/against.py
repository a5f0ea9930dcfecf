"""Compare the panel of a study with another source of the same indicators, indicator by indicator."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from innohub.errors import Finding, PanelError
from innohub.panel.agreement import agree
from innohub.panel.beside import FEWEST, Agreement, Cells
from innohub.panel.rounding import half_widths
from innohub.study import Study, read_study
from innohub.study.other import COUNTED, Other, read_other, roundings
from innohub.study.report import some

# These say that the sources disagree; the others that they agree, or that nothing can be said.
DISAGREE = frozenset({"shift", "unit", "ratio", "differs"})


@dataclass(frozen=True)
class Misfit:
    """A cell that the verdict does not explain, with what the other source has in its place.

    ``expected`` is what the verdict would have made of ``other_value``; ``ratio`` is value over other value; ``years``
    are the years of the other source whose value the cell equals, none if it fits no year.
    """

    place: str
    year: int
    file: str
    row: int
    value: float
    other_file: str
    other_row: int
    other_value: float
    expected: float
    ratio: float
    years: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """One indicator, in one year of the study's panel or (``year`` None) in all of them.

    ``shares_of`` says what shares computed from counts are of: ``national``, ``summed`` or "" where nothing was
    computed; ``summed_places`` over how many places the sum runs, and ``summed_ratio`` what the ratio would be of it.
    """

    indicator: str
    year: int | None
    agreement: Agreement
    cells: int
    misfits: tuple[Misfit, ...]
    shares_of: str = ""
    summed_places: int = 0
    summed_ratio: float = np.nan

    @property
    def disagrees(self) -> bool:
        """Whether the two sources say different things, or some cells do."""
        found = self.agreement
        shifted = found.verdict == "close" and found.reading.shift != 0
        return found.verdict in DISAGREE or shifted or (found.verdict != "undecided" and bool(self.misfits))


@dataclass(frozen=True)
class Against:
    """The comparisons of a study with another source; ``study`` gives names, ``unmatched`` what it does not have."""

    study: Study
    other: str
    comparisons: tuple[Comparison, ...]
    unmatched: tuple[str, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def check_against(folder: Path | str, other: Path | str, matches: Mapping[str, str] | None = None) -> Against:
    """Compare the panel of a study with another source of the same indicators.

    Parameters
    ----------
    folder : the study.
    other : a table laid out like a panel (CSV, XLSX, Parquet), or the folder of another study.
    matches : by name in the other source, the study's indicator; names that are alike need none.

    Raises
    ------
    StudyError, RecordError
        When either cannot be read.
    PanelError
        C160 to C164 when there is nothing to compare.
    """
    study = read_study(folder)
    source = read_other(Path(other), study, matches or {})
    own = study.values[study.values["value"].notna() & study.values["year"].notna()].astype({"year": "int64"})
    _require_common(own, source, Path(other))
    compared = dict.fromkeys(key.removesuffix(COUNTED) for key in source.values["indicator"])
    done = [
        one for key in study.indicators["indicator"] if key in compared for one in _compare(key, own, source)
    ]
    missing = tuple(key for key in study.indicators["indicator"] if key not in compared)
    return Against(
        study, Path(other).name, tuple(done), source.unmatched, missing, (*source.findings, *_summed(source))
    )


def _require_common(own: pd.DataFrame, source: Other, other: Path) -> None:
    """Refuse sources that share no place, or no place with a value of a shared indicator."""
    if not set(own["place"]) & set(source.values["place"]):
        params = {
            "others": some(dict.fromkeys(source.values["place"])),
            "own": some(dict.fromkeys(own["place"])),
        }
        raise PanelError(Finding("C161", file=other.name, params=params))
    codes = source.values["indicator"].str.removesuffix(COUNTED)
    both = set(zip(own["place"], own["indicator"], strict=True)) & set(
        zip(source.values["place"], codes, strict=True)
    )
    if not both:
        raise PanelError(Finding("C162", file=other.name, params={"indicators": some(dict.fromkeys(codes))}))


def _compare(key: str, own: pd.DataFrame, source: Other) -> Iterator[Comparison]:
    """Compare one indicator, year by year; all years together where no year has enough cells."""
    mine = own[own["indicator"].eq(key)].drop_duplicates(["place", "year"]).reset_index(drop=True)
    theirs = _theirs(key, source)
    shared = mine[mine["place"].isin(theirs["place"])]
    if shared.empty:
        return
    half = half_widths(mine["value"].to_numpy(), *roundings(mine))
    mine["half"] = half
    counts = mine[mine["place"].isin(theirs["place"])]["year"].value_counts()
    if counts.max() >= FEWEST:
        for year, part in mine.groupby("year", sort=True):
            yield _one(key, int(str(year)), part.reset_index(drop=True), theirs, source)
    else:
        yield _one(key, None, mine, theirs, source)


def _theirs(key: str, source: Other) -> pd.DataFrame:
    """Return the other source's values of an indicator with half widths; counts as shares of the nation."""
    values = source.values
    direct = values[values["indicator"].eq(key)]
    counted = values[values["indicator"].eq(key + COUNTED)]
    parts = []
    for frame in (direct, counted):
        if len(frame):
            part = frame.drop_duplicates(["place", "year"]).reset_index(drop=True)
            part["half"] = half_widths(part["value"].to_numpy(), *roundings(part))
            parts.append(part)
    if len(counted):
        totals = source.totals[source.totals["indicator"].eq(key + COUNTED)].set_index("year")
        whole = totals["national"].fillna(totals["summed"])
        scale = 100.0 / parts[-1]["year"].map(whole).to_numpy(dtype=float)
        parts[-1]["value"] *= scale
        parts[-1]["half"] *= scale
    # A share as published comes before one computed.
    return pd.concat(parts, ignore_index=True).drop_duplicates(["place", "year"]).reset_index(drop=True)


def _one(key: str, year: int | None, mine: pd.DataFrame, theirs: pd.DataFrame, source: Other) -> Comparison:
    agreement = agree(_cells(mine), _cells(theirs))
    misfits = tuple(_misfits(mine, theirs, agreement))
    computed = theirs["indicator"].str.endswith(COUNTED).any()
    if not computed:
        return Comparison(key, year, agreement, len(mine), misfits)
    totals = source.totals[source.totals["indicator"].eq(key + COUNTED)].set_index("year")
    at = (int(mine["year"].iloc[0]) if year is None else year) + agreement.reading.shift
    row: dict[str, Any] = dict(totals.loc[at if at in totals.index else totals.index[0]])
    national = bool(np.isfinite(row["national"]))
    ratio = agreement.reading.factor * float(row["summed"] / row["national"]) if national else np.nan
    return Comparison(
        key,
        year,
        agreement,
        len(mine),
        misfits,
        "national" if national else "summed",
        int(row["places"]),
        ratio,
    )


def _cells(frame: pd.DataFrame) -> Cells:
    return Cells(
        frame["place"].tolist(),
        frame["year"].to_numpy(dtype=np.int64),
        frame["value"].to_numpy(dtype=float),
        frame["half"].to_numpy(dtype=float),
    )


def _misfits(mine: pd.DataFrame, theirs: pd.DataFrame, agreement: Agreement) -> Iterator[Misfit]:
    """Yield the compared cells that a verdict leaves unexplained."""
    if agreement.verdict == "undecided":
        return
    reading = agreement.reading
    spots = theirs.set_index(["place", "year"])[["file", "row"]]
    beyond = np.flatnonzero(~np.isnan(reading.other) & ~reading.near)
    for cell in beyond.tolist():
        row: dict[str, Any] = dict(mine.iloc[cell])
        spot = spots.loc[(row["place"], row["year"] + reading.shift)]
        other = float(reading.other[cell])
        yield Misfit(
            row["place"], int(row["year"]), row["file"], int(row["row"]), float(row["value"]),
            str(spot["file"]), int(spot["row"]), other, reading.factor * other,
            float(row["value"]) / other if other else np.nan, agreement.years[cell],
        )  # fmt: skip


def _summed(source: Other) -> list[Finding]:
    """Warn of shares that were computed of a sum of places, because the other source has no row of the nation."""
    bare = source.totals[source.totals["national"].isna()]
    return [
        Finding(
            "C165",
            "warning",
            params={"indicator": str(key).removesuffix(COUNTED), "places": int(group["places"].max())},
        )
        for key, group in bare.groupby("indicator", sort=False)
    ]
