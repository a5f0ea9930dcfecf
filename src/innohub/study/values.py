"""Read the values of a panel: ids, years, numbers in the unit of their indicator, flags and sources."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.study.amounts import read_amounts
from innohub.study.cells import read_column, refusal
from innohub.study.names import Names, resolve
from innohub.study.report import near, shown

COLUMNS = [
    "place", "indicator", "year", "value", "unit", "source", "flag", "note", "file", "row", "column", "cell",
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
}
_FLAG_WORDS = {word: flag for flag, words in FLAGS.items() for word in (flag, *words)}
FIRST_YEAR, LAST_YEAR = 1500, 2200


def read_values(
    raw: pd.DataFrame,
    places: Names,
    indicators: Names,
    sources: Names | None,
    units: Mapping[str, str],
    year: int | None,
    found: list[Finding],
) -> pd.DataFrame:
    """Read one table's values; rows whose place, indicator or year is unknown are named and left out.

    Parameters
    ----------
    raw : one row a value as written, columns of ``panel.RAW``.
    sources : None when the study has no table of sources.
    units : unit of each indicator.
    year : the study's year, used where the table has no years.
    """
    file, rows = str(raw["file"].iloc[0]), raw["row"].to_numpy(dtype=np.int64)
    frame = raw.copy()
    for column, names in (("place", places), ("indicator", indicators)):
        texts = raw[column].to_numpy()
        for row in np.unique(rows[texts == ""]):
            found.append(Finding("P020", file=file, row=int(row), column=column))
        frame[column] = resolve(texts, rows, names, file, column, found)
    frame["year"] = _years(raw["year"].to_numpy(), rows, file, year, found)
    frame["source"] = _sources(raw, rows, file, sources, found)
    frame["flag"] = _flags(raw["flag"].to_numpy(), rows, file, found)
    frame["declared"] = frame["indicator"].map(units).fillna("").to_numpy(dtype=object)
    amounts = read_amounts(frame, found)
    frame["value"], frame["flag"], frame["note"] = amounts["value"], amounts["flag"], amounts["note"]
    frame["unit"] = np.where(frame["declared"] != "", frame["declared"], frame["unit"])
    known = (frame["place"] != "") & (frame["indicator"] != "") & frame["year"].notna()
    kept = frame.loc[known, COLUMNS].reset_index(drop=True)
    return kept.astype({"year": "int64", "value": "float64", "row": "int64"})


def find_duplicates(values: pd.DataFrame) -> list[Finding]:
    """Name every cell that stands twice: one place, one indicator, one year."""
    key = ["place", "indicator", "year"]
    later = values.duplicated(key)
    if not later.any():
        return []
    first = values.drop_duplicates(key).set_index(key)[["file", "row", "column"]]
    found: list[Finding] = []
    for _, twin in values[later].iterrows():
        place, indicator, year = (twin[name] for name in key)
        file, row, _ = first.loc[(place, indicator, year)]
        params = {"place": place, "indicator": indicator, "year": year, "first": row, "first_file": file}
        value = shown(twin["cell"])
        found.append(Finding("P006", "error", twin["file"], int(twin["row"]), twin["column"], value, params))
    return found


def _years(
    texts: NDArray[np.object_], rows: NDArray[np.int64], file: str, year: int | None, found: list[Finding]
) -> NDArray[np.float64]:
    """Return years, NaN where unusable (each named once a text)."""
    numbers = read_column(texts)
    years = numbers.values.copy()
    _, first = np.unique(numbers.codes, return_index=True)
    for code, text in enumerate(numbers.texts):
        if text == "?":
            continue
        place = int(first[code])
        number, row = numbers.number(place), int(rows[place])
        count = int((numbers.codes == code).sum()) if number.problem or number.qualifier else 1
        params = {"count": count}
        if text == "":
            years[numbers.codes == code] = np.nan if year is None else year
        elif (
            number.unit_hint in ("", "年")
            and not refusal(number, file, row, "year", text)
            and number.value % 1 == 0
        ):
            if not FIRST_YEAR <= number.value <= LAST_YEAR:
                found.append(Finding("P017", "error", file, row, "year", shown(text), params))
                years[numbers.codes == code] = np.nan
        else:
            found.append(Finding("P016", "error", file, row, "year", shown(text), params))
            years[numbers.codes == code] = np.nan
    return years


def _sources(
    raw: pd.DataFrame, rows: NDArray[np.int64], file: str, sources: Names | None, found: list[Finding]
) -> NDArray[np.object_]:
    texts: NDArray[np.object_] = raw["source"].to_numpy()
    if sources is None:
        return texts
    without = (texts == "") & (raw["cell"].to_numpy() != "")
    if without.any():
        params = {"count": int(without.sum())}
        found.append(Finding("P021", "warning", file, int(rows[without][0]), "source", params=params))
    return resolve(texts, rows, sources, file, "source", found)


def _flags(
    texts: NDArray[np.object_], rows: NDArray[np.int64], file: str, found: list[Finding]
) -> NDArray[np.object_]:
    """Return flags by their ids, joined by ``;``; an unknown flag is kept and named."""
    codes, distinct = pd.factorize(texts)
    flags = np.full(len(distinct), "", dtype=object)
    for place, text in enumerate(distinct):
        words = [word.strip() for word in re.split(r"[;；,，、]", text) if word.strip()]
        flags[place] = ";".join(dict.fromkeys(_FLAG_WORDS.get(word.casefold(), word) for word in words))
        for word in words:
            if word.casefold() not in _FLAG_WORDS:
                row = int(rows[np.argmax(codes == place)])
                params = {"near": near(word, FLAGS), "known": ", ".join(FLAGS)}
                found.append(Finding("P027", "warning", file, row, "flag", shown(word), params))
    return flags[codes] if len(distinct) else texts
