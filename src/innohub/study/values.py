"""Read the values of a panel: ids, years, numbers in the unit of their indicator, flags and sources."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.study.amounts import join, read_amounts
from innohub.study.cells import Spot, read_column, refusal
from innohub.study.columns import fold
from innohub.study.names import OFFERS, Names, resolve
from innohub.study.panel import NO_YEAR, NOTES
from innohub.study.report import NONE, near
from innohub.study.stated import STATED, TARGET, UNDATED, read_period, read_stated

COLUMNS = [
    "place", "indicator", "year", "value", "unit", "source", "flag", *NOTES, "file", "row", "column", "cell",
    "since", *STATED,
]  # fmt: skip
FLAGS: Mapping[str, tuple[str, ...]] = {
    "imputed": ("插补", "填补"),
    "substituted": ("替代", "代用"),
    "estimated": ("估计", "估算", "e"),
    "provisional": ("初步", "暂定", "快报", "p"),
    "break": ("断点", "口径变化", "b"),
    "converted": ("换算",),
    "below_unit": ("不足单位",),
    "not_applicable": ("不适用",),
    "confidential": ("保密", "c"),
    "truncated": ("截断",),
    "doubtful": ("存疑",),
}
_FLAG_WORDS = {word: flag for flag, words in FLAGS.items() for word in (flag, *words)}
FIRST_YEAR, LAST_YEAR = 1500, 2200


@dataclass(frozen=True)
class Known:
    """What a panel may name: places, indicators with their units, sources (None without a table), the study's year.

    ``loose`` says that values may be of periods, undated or approximate, as in a positioning study.
    """

    places: Names
    indicators: Names
    sources: Names | None
    units: Mapping[str, str]
    year: int | None
    loose: bool = False


def read_values(raw: pd.DataFrame, known: Known, found: list[Finding]) -> pd.DataFrame:
    """Read one table's values; rows whose place, indicator or year is unknown are named and left out.

    Parameters
    ----------
    raw : one row a value as written, columns of ``panel.RAW``.
    """
    file, rows = str(raw["file"].iloc[0]), raw["row"].to_numpy(dtype=np.int64)
    frame = raw.copy()
    for column, names in (("place", known.places), ("indicator", known.indicators)):
        blank = np.unique(rows[raw[column].to_numpy() == ""])
        found += [Finding("P020", file=file, row=int(row), column=column) for row in blank]
        frame[column] = resolve(raw, column, names, found)
    frame["year"], frame["since"], dated = _years(raw, known, found)
    frame["source"] = _sources(raw, known.sources, found)
    frame["flag"] = _flags(raw, found)
    frame["declared"] = frame["indicator"].map(known.units).fillna("").to_numpy(dtype=object)
    read_stated(frame, found)
    amounts = read_amounts(frame, found, inexact=known.loose)
    frame["qualifier"] = frame["qualifier"].where(frame["qualifier"] != "", amounts["qualifier"])
    frame["value"], frame["flag"], frame["refused"] = amounts["value"], amounts["flag"], amounts["refused"]
    fill_notes(frame)
    marked = amounts["mark"] != ""
    for column in NOTES:
        pairs = zip(frame.loc[marked, column], amounts["mark"][marked], strict=True)
        frame.loc[marked, column] = [join(text, mark) for text, mark in pairs]
    frame["unit"] = np.where(frame["declared"] != "", frame["declared"], frame["unit"])
    sound = (frame["place"] != "") & (frame["indicator"] != "") & dated
    kept = frame.loc[sound, [*COLUMNS, "refused"]].reset_index(drop=True)
    year = "Int64" if kept["year"].isna().any() else "int64"
    types = {"year": year, "since": "Int64", "value": "float64", "spread": "float64", "row": "int64"}
    return kept.astype(types)


def no_values() -> pd.DataFrame:
    """Return the values of a study without a panel: none, in the columns that values have."""
    types = {"year": "int64", "since": "Int64", "value": "float64", "spread": "float64", "row": "int64"}
    return pd.DataFrame(columns=[*COLUMNS, "refused"], dtype=object).astype({**types, "refused": "bool"})


def fill_notes(frame: pd.DataFrame) -> None:
    """Fill a missing note with the one for both languages, and that with the Chinese, then the English one."""
    common, chinese, english = (frame[name].copy() for name in NOTES)
    frame["note_zh"] = chinese.where(chinese != "", common)
    frame["note_en"] = english.where(english != "", common)
    frame["note"] = common.where(common != "", chinese).where(lambda text: text != "", english)


def find_duplicates(values: pd.DataFrame) -> list[Finding]:
    """Name every cell that stands twice: one place, one indicator, one year; a period or a target is another thing."""
    key = ["place", "indicator", "year"]
    told = values.assign(period=values["since"].fillna(0), planned=values["qualifier"].eq(TARGET))
    whole = [*key, "period", "planned"]
    later = told.duplicated(whole)
    if not later.any():
        return []
    ones = told.drop_duplicates(whole)
    stands = zip(ones["file"], ones["row"], strict=True)
    first = dict(zip(ones[whole].itertuples(index=False, name=None), stands, strict=True))
    found: list[Finding] = []
    twins = told.loc[later, [*whole, "file", "row", "column", "cell"]]
    for place, indicator, year, period, planned, *spot in twins.itertuples(index=False, name=None):
        file, row = first[place, indicator, year, period, planned]
        when = "–" if pd.isna(year) else year
        params = {"place": place, "indicator": indicator, "year": when, "first": row, "first_file": file}
        found.append(Spot(*spot).finding("P006", **params))
    return found


def _years(
    raw: pd.DataFrame, known: Known, found: list[Finding]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return years, first years of periods, and which rows may be used; each unusable text is named at its first row.

    A study that is loose about years may also have periods and values without a year.
    """
    numbers = read_column(raw["year"].to_numpy())
    years, since = (np.full(len(numbers.texts), np.nan) for _ in range(2))
    usable = np.zeros(len(numbers.texts), dtype=bool)
    _, first = np.unique(numbers.codes, return_index=True)
    counts = np.bincount(numbers.codes, minlength=len(numbers.texts))
    for code, text in enumerate(numbers.texts):
        number, spot = numbers.number(int(first[code])), numbers.spot(raw, "year", int(first[code]))
        period = read_period(text) if known.loose else None
        if period:
            since[code], years[code] = period
        elif known.loose and fold(text) in UNDATED:
            usable[code] = True
            count = int(counts[code])
            found.append(Finding("P062", "note", spot.file, spot.row, "year", params={"count": count}))
        elif text == "":
            years[code] = np.nan if known.year is None else known.year
        elif text == NO_YEAR:
            continue
        elif number.unit_hint not in ("", "年") or refusal(number, spot) or number.value % 1 != 0:
            found.append(spot.finding("P016", count=int(counts[code])))
        else:
            years[code] = number.value
        if not np.isnan(years[code]) and not FIRST_YEAR <= years[code] <= LAST_YEAR:
            found.append(spot.finding("P017", count=int(counts[code])))
            years[code] = np.nan
    usable |= ~np.isnan(years)
    return years[numbers.codes], since[numbers.codes], usable[numbers.codes]


def _sources(raw: pd.DataFrame, sources: Names | None, found: list[Finding]) -> NDArray[np.object_]:
    if sources is None:
        return raw["source"].to_numpy(dtype=object)
    without = raw[(raw["source"] == "") & (raw["cell"] != "")]
    if len(without):
        file, row = without[["file", "row"]].iloc[0]
        found.append(Finding("P021", "warning", file, int(row), "source", params={"count": len(without)}))
    return resolve(raw, "source", sources, found)


def _flags(raw: pd.DataFrame, found: list[Finding]) -> NDArray[np.object_]:
    """Return flags by their ids, joined by ``;``; an unknown flag is kept and named."""
    codes, distinct = pd.factorize(raw["flag"].to_numpy())
    _, first = np.unique(codes, return_index=True)
    files, rows = raw["file"].to_numpy(), raw["row"].to_numpy()
    flags = np.full(len(distinct), "", dtype=object)
    unknown: set[str] = set()
    for place, text in enumerate(distinct):
        words = [word.strip() for word in re.split(r"[;；,，、]", text) if word.strip()]
        flags[place] = ";".join(dict.fromkeys(_FLAG_WORDS.get(word.casefold(), word) for word in words))
        for word in words:
            if word.casefold() in _FLAG_WORDS or word in unknown:
                continue
            unknown.add(word)
            params = {"near": near(word, FLAGS) if len(unknown) <= OFFERS else NONE, "known": tuple(FLAGS)}
            spot = Spot(files[first[place]], int(rows[first[place]]), "flag", word)
            found.append(spot.finding("P027", "warning", **params))
    return flags[codes]
