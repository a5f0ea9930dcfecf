"""Understand ``iMeta``, the table in which COINr describes indicators, aggregates, groups and denominators."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from innohub.errors import Finding, Level
from innohub.study.coinr_limits import NUMBERS, SWITCHES, switch
from innohub.study.cycles import find_cycles
from innohub.study.numbers import parse_number
from innohub.study.report import near, shown, some
from innohub.study.tables import Table

TYPES = ("Indicator", "Aggregate", "Group", "Denominator", "Other")
_NEEDED = ("iCode", "Parent", "Direction", "Type", "Weight")


@dataclass(frozen=True)
class Meta:
    """``iMeta`` by code.

    ``rows`` is the spreadsheet row of each code, ``types`` its type, ``cells`` its texts by column, ``numbers`` its
    direction, weight, target, factor and what it says of normalisers (NaN for missing), ``used`` the indicators that
    stand in the framework; ``below`` are the denominators that an extra table offers, None without one.
    """

    rows: Mapping[str, int]
    types: Mapping[str, str]
    cells: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, Mapping[str, float]]
    used: list[str]
    below: tuple[str, ...] | None = None

    @property
    def denominators(self) -> list[str]:
        """What indicators may be divided by: the extra table's columns, else the denominators of the data."""
        return self.of_type("Denominator") if self.below is None else list(self.below)

    def of_type(self, kind: str) -> list[str]:
        """Return the codes of one type, in the order of the table."""
        return [code for code, known in self.types.items() if known == kind]

    def parent(self, code: str) -> str:
        """Return the code of the parent, empty for none."""
        return self._text(code, "Parent")

    def denominator(self, code: str) -> str:
        """Return the code of what an indicator is divided by, empty for nothing."""
        return self._text(code, "Denominator")

    def indicators(self) -> pd.DataFrame:
        """Return the indicators of the framework with what the table says of each."""
        texts = {
            "name": "iName",
            "unit": "Unit",
            "denominator": "Denominator",
            "parent": "Parent",
        }
        return pd.DataFrame(
            {
                "code": self.used,
                **{name: [self._text(code, column) for code in self.used] for name, column in texts.items()},
                **{
                    name.lower(): [self.numbers[code][name] for code in self.used]
                    for name in ("Direction", "Weight")
                },
                **{name: [self.numbers[code][name] for code in self.used] for name in (*NUMBERS, *SWITCHES)},
            }
        )

    def framework(self) -> pd.DataFrame:
        """Return the framework: node, parent, weight, indicator (empty for aggregates), level."""
        nodes = [*self.used, *self.of_type("Aggregate")]
        level = dict.fromkeys(nodes, 1)
        for leaf in self.used:
            node, height = self.parent(leaf), 2
            while node:
                level[node] = max(level[node], height)
                node, height = self.parent(node), height + 1
        return pd.DataFrame(
            {
                "node": nodes,
                "parent": [self.parent(node) for node in nodes],
                "weight": [self.numbers[node]["Weight"] for node in nodes],
                "indicator": [node if node in self.used else "" for node in nodes],
                "level": [level[node] for node in nodes],
            }
        )

    def _text(self, code: str, column: str) -> str:
        """Return a cell; ``NA``, as R writes a missing text, is empty unless it is a code."""
        text = self.cells[code].get(column, "")
        return "" if text == "NA" and text not in self.rows else text


def read_meta(table: Table, found: list[Finding], below: tuple[str, ...] | None = None) -> Meta:
    """Read ``iMeta``, adding what is wrong with it to the findings; ``below`` as in :class:`Meta`."""
    missing = [name for name in _NEEDED if name not in table.frame]
    for name in missing:
        lacking = {"name": name, "near": near(name, table.frame.columns)}
        found.append(Finding("R201", file=table.file, column=name, params=lacking))
    if missing:
        return Meta({}, {}, {}, {}, [])
    rows: dict[str, int] = {}
    cells: dict[str, dict[str, str]] = {}
    for row, record in zip(table.rows.tolist(), table.frame.to_dict("records"), strict=True):
        code = str(record["iCode"])
        if not code:
            found.append(Finding("R205", file=table.file, row=row, column="iCode"))
        elif code in rows:
            params: dict[str, object] = {"code": shown(code), "first": rows[code]}
            found.append(Finding("M206", "error", table.file, row, "iCode", shown(code), params))
        else:
            rows[code], cells[code] = row, {str(name): str(text) for name, text in record.items()}
    types = {code: cells[code]["Type"] for code in rows}
    numbers = {
        code: {
            name: parse_number(cells[code].get(name, "")).value for name in ("Direction", "Weight", *NUMBERS)
        }
        for code in rows
    }
    _switches(table.file, rows, cells, numbers, found)
    known = Meta(rows, types, cells, numbers, [], below)
    known.used.extend(code for code in known.of_type("Indicator") if known.parent(code))
    _Checks(known, table.file, found).all()
    return known


def _switches(
    file: str,
    rows: Mapping[str, int],
    cells: Mapping[str, Mapping[str, str]],
    numbers: Mapping[str, dict[str, float]],
    found: list[Finding],
) -> None:
    """Add the columns of yes and no to the numbers."""
    for code, row in rows.items():
        for name in SWITCHES:
            text = cells[code].get(name, "")
            try:
                numbers[code][name] = switch(text)
            except ValueError:
                numbers[code][name] = math.nan
                params = {"code": shown(code), "name": name}
                found.append(Finding("M214", "error", file, row, name, shown(text), params))


class _Checks:
    """The checks of ``iMeta``."""

    def __init__(self, known: Meta, file: str, found: list[Finding]) -> None:
        self.known, self.file, self.found = known, file, found

    def all(self) -> None:
        """Do them all."""
        for code in self.known.rows:
            self._type(code)
        for code in [*self.known.of_type("Indicator"), *self.known.of_type("Aggregate")]:
            self._parent(code)
            self._numbers(code)
        self._denominators()
        self._shape()

    def _say(self, finding: str, code: str, column: str, level: Level = "error", **params: object) -> None:
        value = shown(self.known.cells[code].get(column, ""))
        params["code"] = shown(code)
        row = self.known.rows[code]
        self.found.append(Finding(finding, level, self.file, row, column, value, params))

    def _type(self, code: str) -> None:
        if self.known.types[code] not in TYPES:
            self._say("M205", code, "Type", options=TYPES)

    def _parent(self, code: str) -> None:
        parent, aggregates = self.known.parent(code), self.known.of_type("Aggregate")
        if parent and parent not in aggregates:
            self._say("M203", code, "Parent", near=near(parent, aggregates))
        elif not parent and self.known.types[code] == "Indicator":
            self._say("M213", code, "Parent", "warning")

    def _numbers(self, code: str) -> None:
        if code not in self.known.used and self.known.types[code] == "Indicator":
            return
        direction, weight = (self.known.numbers[code][name] for name in ("Direction", "Weight"))
        written = {name: self.known.cells[code][name] for name in ("Direction", "Weight")}
        is_top = self.known.types[code] == "Aggregate"
        blank = is_top and written["Direction"] in ("", "NA")
        if direction not in (1, -1) and not blank:
            self._say("M204", code, "Direction")
        elif is_top and direction == -1:
            self._say("M212", code, "Direction")
        for name in NUMBERS:
            text = self.known.cells[code].get(name, "")
            if text not in ("", "NA") and math.isnan(self.known.numbers[code][name]):
                self._say("M214", code, name, name=name)
        if weight < 0 or (math.isnan(weight) and written["Weight"] not in ("", "NA")):
            self._say("M211", code, "Weight")

    def _denominators(self) -> None:
        known = self.known.denominators
        for code in self.known.used:
            below = self.known.cells[code].get("Denominator", "")
            if below and below not in known and below != "NA":
                self._say("M207", code, "Denominator", near=near(below, known))

    def _shape(self) -> None:
        """Look for circles, for one top, and for aggregates of nothing."""
        aggregates = self.known.of_type("Aggregate")
        above: dict[str, list[str]] = {code: [self.known.parent(code)] for code in aggregates}
        cycles = find_cycles(above)
        for cycle in cycles:
            self._say(
                "M208", cycle[0], "Parent", cycle=" → ".join(shown(code) for code in [*cycle, cycle[0]])
            )
        parents = {self.known.parent(code) for code in [*self.known.used, *aggregates]}
        for code in (code for code in aggregates if code not in parents):
            self._say("M210", code, "iCode")
        tops = [code for code in aggregates if not self.known.parent(code)]
        if len(tops) != 1 and not cycles:
            params = {"count": len(tops), "tops": some(tops)}
            self.found.append(Finding("M209", file=self.file, column="Parent", params=params))
