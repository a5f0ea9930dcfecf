"""Read another source of a study's indicators, to be compared with its panel; places beyond the study's stay in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding, PanelError
from innohub.study.columns import fold, match_heads
from innohub.study.names import Names, names_of
from innohub.study.numbers import parse_number
from innohub.study.other_names import find_indicator, indicator_names, is_count, stem_of
from innohub.study.panel import RAW, TOTALS, lay_out
from innohub.study.report import has_error, ordered, some
from innohub.study.settings import FILE
from innohub.study.study import Study, read_study
from innohub.study.tables import read_table
from innohub.study.values import Known, find_duplicates, read_values

# Stands behind the id of a share of the nation of which the other source has the counts.
COUNTED: Final = "#counted"
_NATION: Final = frozenset(
    map(fold, ("全国", "全国合计", "合计", "总计", "national", "nation", "nationwide", "total"))
)
_DIGITS = re.compile(r"\d(?:[\d,， ]*\d)?(?:[.．](\d+))?(?:[eE]([+-]?\d+))?")


@dataclass(frozen=True)
class Other:
    """Another source, in the ids and units of a study.

    ``values`` has place, indicator, year, value, cell, file, row, column; the place is the study's id where it has
    one. ``totals`` says for indicators of which only counts are given what their shares are of: indicator, year,
    national (NaN without a row of the nation), summed, places. ``unmatched`` are indicators that the study lacks.
    """

    values: pd.DataFrame
    totals: pd.DataFrame
    unmatched: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_other(path: Path, study: Study, matches: Mapping[str, str]) -> Other:
    """Read another source: a table laid out like a panel, or the folder of another study.

    Indicators and places are found by id or name. Of an indicator that is a share of the nation the other source may
    give counts instead: ``专利授权数`` stands for ``专利授权占全国比重``. ``matches`` says which of its indicators
    stand for which of the study's, before names are looked at.

    Raises
    ------
    PanelError
        C160 no indicator in common, C163 or C164 a match names what is not there; unreadable cells; all at once.
    RecordError, StudyError
        When the file or folder cannot be read.
    """
    found: list[Finding] = []
    names = indicator_names(study, matches, found)
    raw = _from_study(path, study) if (path / FILE).is_file() else _from_table(path, study, names, found)
    if raw is None or has_error(found):
        raise PanelError(ordered(found))
    raw, unmatched = _matched(raw, study, names, matches, source=path.name, found=found)
    if has_error(found):
        raise PanelError(ordered(found))
    national = np.array([fold(text) in _NATION for text in raw["place"]], dtype=bool)
    values = _values(raw, study, found)
    if has_error(found):
        raise PanelError(ordered(found))
    return Other(values, _totals(values, set(raw.loc[national, "place"])), unmatched, ordered(found))


def _values(raw: pd.DataFrame, study: Study, found: list[Finding]) -> pd.DataFrame:
    """Read the numbers in the study's ids and units; places that it does not have keep their names."""
    places = names_of(study.places, "place", "P001")
    raw["place"] = [_place(text, places) for text in raw["place"]]
    known = Known(
        places=Names({text: text for text in raw["place"]}, {}, {}, "P001"),
        indicators=Names({text: text for text in raw["indicator"]}, {}, {}, "P002"),
        sources=None,
        units=dict(zip(study.indicators["indicator"], study.indicators["unit"], strict=True)),
        year=study.settings.study.year,
    )
    values = read_values(raw, known, found)
    found += find_duplicates(values)
    return values[values["value"].notna()].reset_index(drop=True)


def roundings(frame: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the decimals written in each cell and how much one unit of the written number is.

    >>> cells = pd.DataFrame({"cell": ["4.10", "12.3万"], "value": [4.1, 123000.0]})
    >>> [part.tolist() for part in roundings(cells)]
    [[2, 1], [1.0, 10000.0]]
    """
    decimals, scales = np.zeros(len(frame), dtype=np.int64), np.ones(len(frame))
    for place, (cell, value) in enumerate(zip(frame["cell"], frame["value"], strict=True)):
        if match := _DIGITS.search(str(cell)):
            decimals[place] = max(len(match[1] or "") - int(match[2] or 0), 0)
            bare = parse_number(match[0].replace(" ", "")).value
            scales[place] = abs(value / bare) if bare and np.isfinite(value / bare) else np.nan
    usual = float(np.nanmedian(scales)) if np.isfinite(scales).any() else 1.0
    return decimals, np.where(np.isfinite(scales), scales, usual)


def _place(text: str, places: Names) -> str:
    hits = places.find(text)
    return hits[0] if len(hits) == 1 else text


def _from_table(path: Path, study: Study, names: Names, found: list[Finding]) -> pd.DataFrame | None:
    table = read_table(path, name=path.name)
    found += table.findings
    heads = match_heads(table, "panel").heads
    texts: list[str] = table.frame[heads["place"]].tolist() if "place" in heads else []
    # Every place is known here, the nation too: it is what shares are of.
    everyone = Names({text: text for text in texts}, {}, {}, "P001")
    stems = {
        head: names.by_name[stem_of(head)]
        for head in table.frame.columns
        if not names.find(head) and stem_of(head) in names.by_name
    }
    wide = replace(names, by_name={**names.by_name, **{fold(head): hits for head, hits in stems.items()}})
    return lay_out(table, everyone, wide, found)


def _from_study(path: Path, study: Study) -> pd.DataFrame:
    """Return the values of another study as a table would give them, its places and indicators by their names."""
    other = read_study(path)
    ids = _labels(other.places, "place", names_of(study.places, "place", "P001"))
    codes = _labels(other.indicators, "indicator", indicator_names(study, {}, []))
    values = other.values[other.values["value"].notna() & other.values["year"].notna()]
    units = dict(zip(other.indicators["indicator"], other.indicators["unit"], strict=True))
    frame = pd.DataFrame("", index=range(len(values)), columns=RAW, dtype=object)
    frame["place"] = values["place"].map(ids).to_numpy(dtype=object)
    frame["indicator"] = values["indicator"].map(codes).to_numpy(dtype=object)
    frame["year"] = values["year"].astype(str).to_numpy(dtype=object)
    frame["cell"] = [f"{value:.15g}" for value in values["value"]]
    frame["unit"] = values["indicator"].map(units).fillna("").to_numpy(dtype=object)
    frame["unit_from"] = "cell"
    for column in ("file", "row", "column"):
        frame[column] = values[column].to_numpy(dtype=object)
    return frame


def _labels(table: pd.DataFrame, column: str, names: Names) -> dict[str, str]:
    """Return for each id of another study the form that this study finds it by: id, else a name."""
    found = {}
    for key, chinese, english in table[[column, "name_zh", "name_en"]].itertuples(index=False):
        forms = [form for form in (key, chinese, english) if form]
        known = (form for form in forms if len(names.find(form)) == 1 or fold(form) in _NATION)
        found[str(key)] = str(next(known, chinese or key))
    return found


def _matched(
    raw: pd.DataFrame,
    study: Study,
    names: Names,
    matches: Mapping[str, str],
    *,
    source: str,
    found: list[Finding],
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Keep the rows of the study's indicators; counts behind a share of the nation get an id of their own."""
    texts = list(dict.fromkeys(raw["indicator"]))
    ids = {text: find_indicator(text, names) for text in texts}
    # A wide table has ids already; what its heads said stands beside them.
    folded = {fold(text) for text in (*texts, *raw["column"])}
    found += [
        Finding("C164", file=source, value=other, params={"near": some(texts)})
        for other in matches
        if fold(other) not in folded
    ]
    if not any(ids.values()):
        params = {"others": some(texts), "own": some(study.indicators["indicator"])}
        found.append(Finding("C160", file=source, params=params))
    units = dict(zip(study.indicators["indicator"], study.indicators["unit"], strict=True))
    kept = raw[raw["indicator"].map(ids).ne("").to_numpy(dtype=bool)].reset_index(drop=True)
    named = kept["indicator"].tolist()
    kept["indicator"] = [
        ids[text] + (COUNTED if is_count(text, str(unit), ids[text], units, names) else "")
        for text, unit in zip(named, kept["unit"], strict=True)
    ]
    return kept, tuple(text for text in texts if not ids[text])


def _totals(values: pd.DataFrame, nation: set[str]) -> pd.DataFrame:
    """Return what the shares of counted indicators are of, by year."""
    rows: list[Sequence[object]] = []
    counted = values[values["indicator"].str.endswith(COUNTED)]
    for (indicator, year), group in counted.groupby(["indicator", "year"], sort=True):
        national = group.loc[group["place"].isin(nation), "value"]
        rest = group[~group["place"].isin(nation) & ~group["place"].map(fold).isin(TOTALS)]
        whole = float(national.iloc[0]) if len(national) else np.nan
        rows.append((indicator, year, whole, float(rest["value"].sum()), len(rest)))
    return pd.DataFrame(rows, columns=["indicator", "year", "national", "summed", "places"])
