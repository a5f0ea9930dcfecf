"""What a value states beside its number: the years it covers, its boundary, how exact it is, how money was turned."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.study.cells import Spot, plain_numbers
from innohub.study.columns import fold
from innohub.study.names import OFFERS
from innohub.study.numbers import QUALIFIERS as NUMBER_WORDS
from innohub.study.report import NONE, near

STATED: Final = ("area", "qualifier", "spread", "rule")
TARGET: Final = "target"
AREAS: Mapping[str, tuple[str, ...]] = {
    "district": ("区", "市辖区", "区县", "县", "borough", "county", "part"),
    "city": ("城市", "市", "municipality", "town", "prefecture", "地级市", "副省级市"),
    "metropolitan": ("都市圈", "都市区", "大都市区", "城市群", "metropolitan area", "metro", "agglomeration"),
    "province": (
        "省",
        "省份",
        "州",
        "自治区",
        "直辖市",
        "state",
        "autonomous region",
        "province-level municipality",
    ),
    "region": ("地区", "区域", "大区", "经济区"),
    "city-state": ("城市国家", "城邦", "特别行政区", "city state", "special administrative region", "sar"),
    "country": ("国家", "国", "全国", "nation", "national", "economy"),
}
QUALIFIERS: Mapping[str, tuple[str, ...]] = {
    ">": (">=", "≥", "以上"),
    "<": ("<=", "≤", "以下"),
    "~": ("approx", "approximately", "左右"),
    "~<": ("nearly", "将近"),
    TARGET: ("目标", "目标值", "规划", "规划值", "plan", "planned"),
}
UNDATED: Final = frozenset(
    map(fold, ("undated", "n.d.", "nd", "?", "不详", "年份不详", "未注明", "无年份", "无"))
)
_PERIOD = re.compile(r"(\d{4})\s*年?\s*(?:-|–|—|―|~|至|到|/)\s*(\d{4})\s*年?")
_AREA_WORDS = {fold(word): area for area, words in AREAS.items() for word in (area, *words)}
_QUALIFIER_WORDS = {
    **{fold(word): sign for word, sign in NUMBER_WORDS.items()},
    **{fold(word): sign for sign, words in QUALIFIERS.items() for word in (sign, *words)},
}


def area_of_kind(kind: str) -> str:
    """Return the boundary that a kind of place covers, "" where the kind does not tell.

    >>> area_of_kind("城市"), area_of_kind("country"), area_of_kind("park")
    ('city', 'country', '')
    """
    return _AREA_WORDS.get(fold(kind), "")


def read_period(text: str) -> tuple[int, int] | None:
    """Read a period of years, None where the text is none.

    >>> read_period("2011—2015年"), read_period("2015")
    ((2011, 2015), None)
    """
    match = _PERIOD.fullmatch(text.translate(str.maketrans("０１２３４５６７８９－", "0123456789-")).strip())
    return (int(match[1]), int(match[2])) if match and match[1] < match[2] else None


def read_stated(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Read area, qualifier and spread in place; unknown words are errors with the known ones."""
    frame["area"] = _words(frame, "area", _AREA_WORDS, AREAS, found)
    frame["qualifier"] = _words(frame, "qualifier", _QUALIFIER_WORDS, QUALIFIERS, found)
    spread = plain_numbers(frame, "spread", found)
    for place in np.flatnonzero(spread < 0).tolist():
        text = frame["spread"].iloc[place]
        spot = Spot(str(frame["file"].iloc[place]), int(frame["row"].iloc[place]), "spread", text)
        found.append(spot.finding("P061"))
    frame["spread"] = np.where(spread < 0, np.nan, spread)


def _words(
    frame: pd.DataFrame, column: str, known: Mapping[str, str], ids: Iterable[str], found: list[Finding]
) -> NDArray[np.object_]:
    """Return the ids of a column's words, "" for a blank or an unknown one; each unknown word is named once."""
    codes, distinct = pd.factorize(frame[column].to_numpy())
    _, first = np.unique(codes, return_index=True)
    read = np.full(len(distinct), "", dtype=object)
    for place, text in enumerate(distinct):
        if not text:
            continue
        read[place] = known.get(fold(text), "")
        if not read[place]:
            at = int(first[place])
            spot = Spot(str(frame["file"].iloc[at]), int(frame["row"].iloc[at]), column, str(text))
            offer = near(str(text), known) if place < OFFERS else NONE
            count = int((codes == place).sum())
            found.append(spot.finding("P060", count=count, known=tuple(ids), near=offer))
    return read[codes] if len(distinct) else np.full(len(frame), "", dtype=object)


def of_single_years(values: pd.DataFrame) -> pd.DataFrame:
    """Return the values that an index may take: dated ones, no plan targets, a year's own before a period's.

    Parameters
    ----------
    values : place, indicator, year, since, qualifier, …
    """
    odd = values["year"].isna() | values["qualifier"].eq(TARGET) | values["since"].notna()
    if not odd.any():
        return values
    kept = values[values["year"].notna() & values["qualifier"].ne(TARGET)]
    order = kept["since"].fillna(kept["year"]).astype("int64").to_numpy()
    shortest = kept.iloc[np.argsort(-order, kind="stable")]
    shortest = shortest.drop_duplicates(["place", "indicator", "year"]).sort_index()
    return shortest.astype({"year": "int64"}).reset_index(drop=True)
