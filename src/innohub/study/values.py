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
from innohub.study.names import OFFERS, Names, resolve
from innohub.study.panel import NO_YEAR, NOTES
from innohub.study.report import NONE, near

COLUMNS = [
    "place", "indicator", "year", "value", "unit", "source", "flag", *NOTES, "file", "row", "column", "cell",
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
    """What a panel may name: places, indicators with their units, sources (None without a table), the study's year."""

    places: Names
    indicators: Names
    sources: Names | None
    units: Mapping[str, str]
    year: int | None


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
    frame["year"] = _years(raw, known.year, found)
    frame["source"] = _sources(raw, known.sources, found)
    frame["flag"] = _flags(raw, found)
    frame["declared"] = frame["indicator"].map(known.units).fillna("").to_numpy(dtype=object)
    amounts = read_amounts(frame, found)
    frame["value"], frame["flag"], frame["refused"] = amounts["value"], amounts["flag"], amounts["refused"]
    fill_notes(frame)
    marked = amounts["mark"] != ""
    for column in NOTES:
        pairs = zip(frame.loc[marked, column], amounts["mark"][marked], strict=True)
        frame.loc[marked, column] = [join(text, mark) for text, mark in pairs]
    frame["unit"] = np.where(frame["declared"] != "", frame["declared"], frame["unit"])
    sound = (frame["place"] != "") & (frame["indicator"] != "") & frame["year"].notna()
    kept = frame.loc[sound, [*COLUMNS, "refused"]].reset_index(drop=True)
    return kept.astype({"year": "int64", "value": "float64", "row": "int64"})


def fill_notes(frame: pd.DataFrame) -> None:
    """Fill a missing note with the one for both languages, and that with the Chinese, then the English one."""
    common, chinese, english = (frame[name].copy() for name in NOTES)
    frame["note_zh"] = chinese.where(chinese != "", common)
    frame["note_en"] = english.where(english != "", common)
    frame["note"] = common.where(common != "", chinese).where(lambda text: text != "", english)


def find_duplicates(values: pd.DataFrame) -> list[Finding]:
    """Name every cell that stands twice: one place, one indicator, one year."""
    key = ["place", "indicator", "year"]
    later = values.duplicated(key)
    if not later.any():
        return []
    ones = values.drop_duplicates(key)
    stands = zip(ones["file"], ones["row"], strict=True)
    first = dict(zip(ones[key].itertuples(index=False, name=None), stands, strict=True))
    found: list[Finding] = []
    twins = values.loc[later, [*key, "file", "row", "column", "cell"]]
    for place, indicator, year, *spot in twins.itertuples(index=False, name=None):
        file, row = first[place, indicator, year]
        params = {"place": place, "indicator": indicator, "year": year, "first": row, "first_file": file}
        found.append(Spot(*spot).finding("P006", **params))
    return found


def _years(raw: pd.DataFrame, year: int | None, found: list[Finding]) -> NDArray[np.float64]:
    """Return years, NaN where unusable (each text named once, at its first row)."""
    numbers = read_column(raw["year"].to_numpy())
    years = np.full(len(numbers.texts), np.nan)
    _, first = np.unique(numbers.codes, return_index=True)
    counts = np.bincount(numbers.codes, minlength=len(numbers.texts))
    for code, text in enumerate(numbers.texts):
        number, spot = numbers.number(int(first[code])), numbers.spot(raw, "year", int(first[code]))
        if text == "":
            years[code] = np.nan if year is None else year
        elif text == NO_YEAR:
            continue
        elif number.unit_hint not in ("", "年") or refusal(number, spot) or number.value % 1 != 0:
            found.append(spot.finding("P016", count=int(counts[code])))
        elif not FIRST_YEAR <= number.value <= LAST_YEAR:
            found.append(spot.finding("P017", count=int(counts[code])))
        else:
            years[code] = number.value
    return years[numbers.codes]


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
