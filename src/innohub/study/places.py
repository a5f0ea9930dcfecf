"""Read and check the places of a study: ids, coordinates, and which place lies inside which."""

import re
from collections.abc import Mapping

import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import plain_numbers
from innohub.study.columns import fit
from innohub.study.cycles import find_cycles
from innohub.study.names import Names, names_of
from innohub.study.report import shown
from innohub.study.tables import Table

COLUMNS = [
    "place", "kind", "name_zh", "name_en", "country", "part_of", "lat", "lon", "members", "file", "row",
]  # fmt: skip
SHARED = "~"
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
    frame["part_of"] = [
        _parts(key, text, names, row, table.file, found)
        for key, text, row in zip(frame["place"], frame["part_of"], frame["row"], strict=True)
    ]
    _check_parts(frame, table.file, found)
    return frame[COLUMNS]


def check_ids(frame: pd.DataFrame, column: str, blank: str, twice: str, found: list[Finding]) -> pd.DataFrame:
    """Keep the first row of each id; rows without id and ids that stand twice are errors."""
    file = str(frame["file"].iloc[0])
    for row in frame.loc[frame[column] == "", "row"]:
        found.append(Finding(blank, file=file, row=int(row), column=column))
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


def _check_points(frame: pd.DataFrame, found: list[Finding]) -> None:
    wanted = ["place", "lat", "lon", "country", "file", "row"]
    for key, lat, lon, country, file, row in frame[wanted].itertuples(index=False):
        if code := check_point(lat, lon, country):
            params = {"id": shown(key), "lat": f"{lat:g}", "lon": f"{lon:g}"}
            level = "warning" if code == "L010" else "error"
            found.append(Finding(code, level, file, int(row), "lat", f"{lat:g}, {lon:g}", params))  # type: ignore[arg-type]


def _parts(key: str, text: str, names: Names, row: int, file: str, found: list[Finding]) -> str:
    """Return ``part_of`` with ids, its unknown and ambiguous parts named."""
    parts: list[str] = []
    for piece in filter(None, (part.strip() for part in _SPLIT.split(text))):
        mark = SHARED if piece[0] in "~～" else ""
        name = piece[1:].strip() if mark else piece
        hits = names.find(name)
        params = {"id": shown(key), "name": shown(name), "near": "" if hits else names.near(name)}
        if hits == (key,):
            found.append(
                Finding("L007", file=file, row=row, column="part_of", value=shown(text), params=params)
            )
        elif len(hits) == 1:
            parts.append(mark + hits[0])
        else:
            params["id"] = ", ".join(hits) or params["id"]
            code = "P005" if hits else "L005"
            params["count"] = "1"
            found.append(
                Finding(code, file=file, row=row, column="part_of", value=shown(name), params=params)
            )
    return ";".join(dict.fromkeys(parts))


def _check_parts(frame: pd.DataFrame, file: str, found: list[Finding]) -> None:
    rows: Mapping[str, int] = dict(zip(frame["place"], frame["row"], strict=True))
    parts = {
        key: text.split(";") if text else []
        for key, text in zip(frame["place"], frame["part_of"], strict=True)
    }
    inside = {key: [part for part in named if not part.startswith(SHARED)] for key, named in parts.items()}
    for cycle in find_cycles(inside):
        params = {"cycle": " → ".join([*cycle, cycle[0]])}
        found.append(Finding("L006", file=file, row=int(rows[cycle[0]]), column="part_of", params=params))
    for key, named in parts.items():
        for part in named:
            other = part.removeprefix(SHARED)
            if part.startswith(SHARED) and SHARED + key in parts[other] and rows[other] < rows[key]:
                params = {"id": key, "name": other, "first": int(rows[other])}
                found.append(Finding("L012", file=file, row=int(rows[key]), column="part_of", params=params))
