"""Read and check the places of a study: ids, coordinates, and which place lies inside which."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from innohub.errors import Finding, Level
from innohub.study.cells import Spot, plain_numbers
from innohub.study.columns import fit
from innohub.study.cycles import find_cycles
from innohub.study.names import Names, names_of
from innohub.study.report import shown
from innohub.study.tables import Table

COLUMNS = [
    "place", "kind", "name_zh", "name_en", "country", "region", "part_of", "lat", "lon", "members", "file",
    "row",
]  # fmt: skip
SHARED = "~"
# The columns whose labels may group places.
GROUPINGS = ("kind", "country", "region", "part_of")
_SPLIT = re.compile(r"[;；]")
_CHINA = ((3.0, 54.0), (73.0, 136.0))


def read_places(table: Table, found: list[Finding]) -> pd.DataFrame | None:
    """Return the places of a study; None when the table lacks the ids.

    ``part_of`` holds ids joined by ``;``: a place lies inside them, or, behind ``~``, shares territory or data with
    them and is stood for by them.
    """
    frame = fit(table, "places", found)
    if frame is None:
        return None
    frame = check_ids(frame, "place", "L008", "L001", found)
    fill_names(frame, "place")
    frame["lat"], frame["lon"] = plain_numbers(frame, "lat", found), plain_numbers(frame, "lon", found)
    _check_points(frame, found)
    names = names_of(frame, "place", "L005")
    spots = [
        Spot(table.file, int(row), "part_of", text)
        for row, text in zip(frame["row"], frame["part_of"], strict=True)
    ]
    frame["part_of"] = [
        _parts(key, spot, names, found) for key, spot in zip(frame["place"], spots, strict=True)
    ]
    _check_parts(frame, table.file, found)
    return frame[COLUMNS]


def only_whole(part_of: str) -> str:
    """Return the one place that a place lies inside, "" where there is none or more than one.

    >>> only_whole("jingjinji"), only_whole("~gba"), only_whole("a;b")
    ('jingjinji', '', '')
    """
    wholes = [part for part in part_of.split(";") if part and not part.startswith(SHARED)]
    return wholes[0] if len(wholes) == 1 else ""


def check_ids(frame: pd.DataFrame, column: str, blank: str, twice: str, found: list[Finding]) -> pd.DataFrame:
    """Keep the first row of each id; rows without id and ids that stand twice are errors."""
    file = str(frame["file"].iloc[0])
    found += [
        Finding(blank, file=file, row=int(row), column=column)
        for row in frame.loc[frame[column] == "", "row"]
    ]
    kept = frame[frame[column] != ""]
    first = kept.drop_duplicates(column).set_index(column)["row"]
    for key, row in kept.loc[kept.duplicated(column), [column, "row"]].itertuples(index=False):
        params = {"id": shown(key), "first": int(first[key])}
        found.append(Finding(twice, file=file, row=int(row), column=column, value=shown(key), params=params))
    return kept.drop_duplicates(column).reset_index(drop=True)


def fill_names(frame: pd.DataFrame, column: str) -> None:
    """Fill a missing name with the name in the other language, else with the id."""
    chinese = frame["name_zh"].where(frame["name_zh"] != "", frame["name_en"])
    english = frame["name_en"].where(frame["name_en"] != "", frame["name_zh"])
    frame["name_zh"] = chinese.where(chinese != "", frame[column])
    frame["name_en"] = english.where(english != "", frame[column])


def check_point(lat: float, lon: float, country: str) -> str:
    """Return the code of what is wrong with a point, "" when nothing is.

    >>> check_point(116.4, 39.9, ""), check_point(0, 0, ""), check_point(43.8, 87.6, "CN")
    ('L003', 'L004', '')
    """
    if pd.isna(lat) and pd.isna(lon):
        return ""
    if pd.isna(lat) or pd.isna(lon):
        return "L010"
    if lat == 0 and lon == 0:
        return "L004"
    (south, north), (west, east) = _CHINA
    if country.upper() in ("CN", "CHN", "中国") and south <= lon <= north and west <= lat <= east:
        return "L003"
    if abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180:
        return "L003"
    return "L002" if abs(lat) > 90 or abs(lon) > 180 else ""


def point_finding(spot: Spot, name: str, lat: float, lon: float, country: str = "") -> list[Finding]:
    """Return the finding about a point, if there is one."""
    code = check_point(lat, lon, country)
    if not code:
        return []
    north, east = ("–" if pd.isna(number) else f"{number:g}" for number in (lat, lon))
    level: Level = "warning" if code == "L010" else "error"
    return [
        replace(spot, text=f"{north}, {east}").finding(
            code, level, id=shown(name or "–"), lat=north, lon=east
        )
    ]


def _check_points(frame: pd.DataFrame, found: list[Finding]) -> None:
    wanted = ["place", "lat", "lon", "country", "file", "row"]
    for key, lat, lon, country, file, row in frame[wanted].itertuples(index=False):
        found += point_finding(Spot(file, int(row), "lat", ""), key, lat, lon, country)


def _parts(key: str, spot: Spot, names: Names, found: list[Finding]) -> str:
    """Return ``part_of`` with ids, its unknown and ambiguous parts named."""
    parts: list[str] = []
    for piece in filter(None, (part.strip() for part in _SPLIT.split(spot.text))):
        mark = SHARED if piece[0] in "~～" else ""
        name = piece[1:].strip() if mark else piece
        hits = names.find(name)
        if hits == (key,):
            found.append(spot.finding("L007", id=shown(key)))
        elif len(hits) == 1:
            parts.append(mark + hits[0])
        elif hits:
            found.append(replace(spot, text=name).finding("P005", id=hits, count=1))
        else:
            found.append(replace(spot, text=name).finding("L005", id=shown(key), near=names.near(name)))
    return ";".join(dict.fromkeys(parts))


def _check_parts(frame: pd.DataFrame, file: str, found: list[Finding]) -> None:
    rows: Mapping[str, int] = dict(zip(frame["place"], frame["row"], strict=True))
    parts = {
        key: text.split(";") if text else []
        for key, text in zip(frame["place"], frame["part_of"], strict=True)
    }
    inside = {key: [part for part in named if not part.startswith(SHARED)] for key, named in parts.items()}
    for cycle in find_cycles(inside):
        circle = " → ".join([*cycle, cycle[0]])
        found.append(Spot(file, int(rows[cycle[0]]), "part_of", cycle[0]).finding("L006", cycle=circle))
    for key, named in parts.items():
        for part in named:
            other = part.removeprefix(SHARED)
            if part.startswith(SHARED) and SHARED + key in parts[other] and rows[other] < rows[key]:
                spot = Spot(file, int(rows[key]), "part_of", part)
                found.append(spot.finding("L012", id=key, name=other, first=int(rows[other])))
