"""Read and check what a text claims of places: the positions that it argues, and those that it concludes with."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.errors import Finding
from innohub.study.cells import Spot, read_column, refusal
from innohub.study.columns import fit, fold
from innohub.study.names import Names, resolve
from innohub.study.report import near, shown
from innohub.study.tables import Table
from innohub.study.values import FIRST_YEAR, LAST_YEAR

COLUMNS = [
    "place", "function", "scope", "year", "part", "text_zh", "text_en", "source", "file", "row",
]  # fmt: skip
ARGUED, CONCLUDED = "argued", "concluded"
_PARTS = {
    ARGUED: ("argument", "heading", "body", "论证", "论述", "正文", "标题"),
    CONCLUDED: ("conclusion", "结论", "总结", "结语"),
}
_PART_WORDS = {fold(word): part for part, words in _PARTS.items() for word in (part, *words)}


@dataclass(frozen=True)
class Ids:
    """What a claim may name; sources None without a table of them."""

    places: Names
    functions: Names
    scopes: Names
    sources: Names | None


def read_claims(
    table: Table, ids: Ids, positioned: Iterable[str], found: list[Finding]
) -> pd.DataFrame | None:
    """Return the claims; a claim without a function only takes part in comparing headings with conclusion."""
    frame = fit(table, "claims", found)
    if frame is None:
        return None
    known = {"place": ids.places, "function": ids.functions, "scope": ids.scopes}
    for column in ("place", "part"):
        blank = frame.loc[frame[column] == "", "row"]
        found += [Finding("P020", file=table.file, row=int(row), column=column) for row in blank]
    unscoped = (frame["function"] != "") & (frame["scope"] == "")
    for column, names in known.items():
        frame[column] = resolve(frame, column, names, found)
    if ids.sources is not None:
        frame["source"] = resolve(frame, "source", ids.sources, found)
    frame["part"] = _parts(frame, found)
    frame["year"] = pd.array(_years(frame, found), dtype="Int64")
    chinese, english = frame["text_zh"].copy(), frame["text_en"].copy()
    frame["text_zh"] = chinese.where(chinese != "", english)
    frame["text_en"] = english.where(english != "", chinese)
    for position in np.flatnonzero(unscoped.to_numpy()).tolist():
        function = frame["function"].iloc[position]
        found.append(_spot(frame, position, "scope").finding("P071", function=function))
    _check_whole(frame, set(positioned), found)
    return frame.loc[(frame["place"] != "") & (frame["part"] != ""), COLUMNS].reset_index(drop=True)


def _parts(frame: pd.DataFrame, found: list[Finding]) -> list[str]:
    parts = []
    for position, text in enumerate(frame["part"]):
        parts.append(_PART_WORDS.get(fold(text), ""))
        if text and not parts[-1]:
            offer = near(text, _PARTS)
            found.append(_spot(frame, position, "part").finding("P070", near=offer, known=tuple(_PARTS)))
    return parts


def _years(frame: pd.DataFrame, found: list[Finding]) -> list[int | None]:
    """Return the years by which claims are to hold, none where blank or unusable."""
    numbers = read_column(frame["year"].to_numpy())
    years: list[int | None] = []
    for position, text in enumerate(frame["year"]):
        number, spot = numbers.number(position), numbers.spot(frame, "year", position)
        wrong = number.unit_hint not in ("", "年") or refusal(number, spot) or number.value % 1 != 0
        far = not wrong and not FIRST_YEAR <= number.value <= LAST_YEAR
        if text and (wrong or far):
            found.append(spot.finding("P016" if wrong else "P017", count=1))
        years.append(int(number.value) if text and not wrong and not far else None)
    return years


def _check_whole(frame: pd.DataFrame, positioned: set[str], found: list[Finding]) -> None:
    """Name claims of places that are not positioned, and claims without words."""

    def rows(where: pd.Series) -> NDArray[np.intp]:
        return np.flatnonzero(where.to_numpy())

    for position in rows((frame["place"] != "") & ~frame["place"].isin(positioned)).tolist():
        place = frame["place"].iloc[position]
        found.append(_spot(frame, position, "place").finding("P072", "warning", place=place))
    empty = rows((frame["text_zh"] == "") & (frame["function"] == "")).tolist()
    found += [_spot(frame, position, "text_zh").finding("P073") for position in empty]


def _spot(frame: pd.DataFrame, position: int, column: str) -> Spot:
    text = shown(str(frame[column].iloc[position]))
    return Spot(str(frame["file"].iloc[position]), int(frame["row"].iloc[position]), column, text)
