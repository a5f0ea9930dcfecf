"""Read and check the peers that places are compared with, and the shares of larger wholes."""

import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import Spot
from innohub.study.columns import fit, fold
from innohub.study.names import Names, resolve
from innohub.study.report import near
from innohub.study.tables import Table
from innohub.study.units import is_percent

PEER_COLUMNS = ["scope", "set", "name_zh", "name_en", "place", "file", "row"]
SHARE_COLUMNS = ["indicator", "of_indicator", "whole", "kind", "file", "row"]
_KINDS = {
    **dict.fromkeys(("", "share", "占比", "比重", "份额"), "share"),
    **dict.fromkeys(("times", "multiple", "倍", "倍数"), "times"),
}


def read_peers(table: Table, scopes: Names, places: Names, found: list[Finding]) -> pd.DataFrame | None:
    """Return the peers by scope and set; a set without a name bears its scope's id. None without the columns needed."""
    frame = fit(table, "peers", found)
    if frame is None:
        return None
    for column in ("scope", "place"):
        blank = frame.loc[frame[column] == "", "row"]
        found += [Finding("P020", file=table.file, row=int(row), column=column) for row in blank]
    frame["scope"] = resolve(frame, "scope", scopes, found)
    frame["place"] = resolve(frame, "place", places, found)
    frame = frame[(frame["scope"] != "") & (frame["place"] != "")].reset_index(drop=True)
    frame["set"] = frame["set"].where(frame["set"] != "", frame["scope"])
    _name_sets(frame)
    _check_twice(frame, found)
    return frame.drop_duplicates(["scope", "set", "place"])[PEER_COLUMNS].reset_index(drop=True)


def _name_sets(frame: pd.DataFrame) -> None:
    """Give every row of a set the names that any of its rows tells; blank where none does."""
    for column in ("name_zh", "name_en"):
        told = frame[frame[column] != ""].drop_duplicates(["scope", "set"])
        names = dict(zip(zip(told["scope"], told["set"], strict=True), told[column], strict=True))
        frame[column] = [
            names.get(key, "") for key in frame[["scope", "set"]].itertuples(index=False, name=None)
        ]
    chinese, english = frame["name_zh"].copy(), frame["name_en"].copy()
    frame["name_zh"] = chinese.where(chinese != "", english)
    frame["name_en"] = english.where(english != "", chinese)


def _check_twice(frame: pd.DataFrame, found: list[Finding]) -> None:
    """Name the peers that stand in a set twice; they count once."""
    key = ["scope", "set", "place"]
    first = frame.drop_duplicates(key).set_index(key)["row"]
    for scope, name, place, file, row in frame.loc[frame.duplicated(key), [*key, "file", "row"]].itertuples(
        index=False
    ):
        params = {"place": place, "set": name, "scope": scope, "first": int(first[scope, name, place])}
        found.append(Spot(file, int(row), "place", place).finding("P068", "warning", **params))


def read_shares(
    table: Table, indicators: pd.DataFrame, known: Names, places: Names, found: list[Finding]
) -> pd.DataFrame | None:
    """Return which indicators are a share, or a multiple, of a whole; a blank whole is the nation.

    Without an indicator of its own, a share is to be divided from the values of the place and of the whole.
    """
    frame = fit(table, "shares", found)
    if frame is None:
        return None
    blank = frame["of_indicator"] == ""
    found += [
        Finding("P020", file=table.file, row=int(r), column="of_indicator") for r in frame["row"][blank]
    ]
    written = frame["indicator"].copy()
    for column in ("indicator", "of_indicator"):
        frame[column] = resolve(frame, column, known, found)
    frame["whole"] = resolve(frame, "whole", places, found)
    units = dict(zip(indicators["indicator"], indicators["unit"], strict=True))
    kinds = []
    for text, key, whole, row in zip(
        frame["kind"], frame["indicator"], frame["whole"], frame["row"], strict=True
    ):
        kinds.append(_KINDS.get(fold(text), "share"))
        if fold(text) not in _KINDS:
            offer = near(text, ("share", "times"))
            found.append(Spot(table.file, int(row), "kind", text).finding("P069", near=offer))
        elif key and kinds[-1] == "share" and not is_percent(units[key]):
            spot = Spot(table.file, int(row), "indicator", key)
            found.append(spot.finding("P075", indicator=key, unit=units[key]))
        elif not key and not whole:
            found.append(Finding("P076", "error", table.file, int(row), "whole"))
    frame["kind"] = kinds
    sound = (frame["of_indicator"] != "") & ((frame["indicator"] != "") | (written == ""))
    return frame.loc[sound, SHARE_COLUMNS].reset_index(drop=True)
