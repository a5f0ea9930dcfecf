"""Which places are neighbours: the rule of ``study.toml``, and the table of neighbours."""

import re

import pandas as pd

from innohub.errors import Finding
from innohub.study.cells import plain_numbers
from innohub.study.columns import fit
from innohub.study.names import Names, resolve
from innohub.study.report import shown
from innohub.study.tables import Table

COLUMNS = ["place", "other", "weight", "file", "row"]
TABLE = "table"
_NEAREST = re.compile(r"\s*nearest\s*\(\s*(\d{1,4})\s*\)\s*")


def nearest_count(rule: str) -> int | None:
    """Return how many nearest places a rule takes; None for a rule of another kind.

    >>> nearest_count("nearest(4)"), nearest_count("table")
    (4, None)
    """
    match = _NEAREST.fullmatch(rule)
    return int(match[1]) if match else None


def is_rule(text: str) -> bool:
    """Say whether a text is a rule: none, ``table``, or the nearest of at least one place."""
    return not text or text == TABLE or bool(nearest_count(text))


def read_neighbours(table: Table, places: Names, found: list[Finding]) -> pd.DataFrame | None:
    """Return the pairs of neighbours: place, other, weight (1 unless said), file, row.

    A pair holds both ways unless the other way stands in a row of its own.
    """
    frame = fit(table, "neighbours", found)
    if frame is None:
        return None
    frame["place"] = resolve(frame, "place", places, found)
    frame["other"] = resolve(frame, "other", places, found)
    blank = frame["weight"].eq("")
    frame["weight"] = plain_numbers(frame, "weight", found)
    frame.loc[blank, "weight"] = 1.0
    known = frame[frame["place"].ne("") & frame["other"].ne("")]
    first: dict[tuple[str, str], int] = {}
    for place, other, weight, file, row in known[COLUMNS].itertuples(index=False):
        if place == other:
            found.append(Finding("M238", "error", file, int(row), "other", shown(other)))
        elif (place, other) in first:
            params = {"place": shown(place), "first": first[place, other]}
            found.append(Finding("M239", "error", file, int(row), "other", shown(other), params))
        elif weight < 0:
            found.append(Finding("M240", "error", file, int(row), "weight", f"{weight:g}"))
        first.setdefault((place, other), int(row))
    return known[COLUMNS].astype({"weight": "float64"}).reset_index(drop=True)
