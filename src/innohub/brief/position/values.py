"""Values of a positioning as the result tables hold them: whose, of which row, compared with whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import pandas as pd

from innohub.brief.facts import Facts
from innohub.brief.tables import text
from innohub.chart.comparisons import marks_of
from innohub.chart.functions import Grid, positioned, read_grid
from innohub.chart.tables import records
from innohub.position.evidence.gather import Evidence, Share, order_relations
from innohub.position.evidence.writer import Writer
from innohub.position.function.relation import Relation, Value
from innohub.words import LANGUAGES, Language

Row = Mapping[str, Any]
Spot = tuple[str, int | None]


def whole(value: object) -> int | None:
    """Return a cell as a whole number, nothing where it is missing."""
    return None if value is None or pd.isna(value) else int(str(value).partition(".")[0])  # type: ignore[call-overload]


class Values:
    """The comparisons and evidence of a run, rebuilt from its tables so that sentences can be written from them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places that are positioned."""
        return positioned(self.facts.table)

    def grid(self, place: str, language: Language) -> Grid:
        """Return the grid of a place."""
        return read_grid(self.facts.table, place, language)

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """The names of all places, by place and language."""
        known = [str(row["place"]) for row in records(self.facts.table("places"))]
        return {place: {lang: self.facts.place_name(place, lang) for lang in LANGUAGES} for place in known}

    def named(self, place: str) -> Mapping[str, str]:
        """Return the names of a place by language; one that the study lacks stands for itself."""
        return self.names.get(place) or dict.fromkeys(LANGUAGES, place)

    def indicator(self, indicator: str) -> Mapping[str, str]:
        """Return the names of an indicator by language."""
        return {language: self.facts.node_name(indicator, language) for language in LANGUAGES}

    @cached_property
    def relations(self) -> pd.DataFrame:
        """Every comparison once, though its peer may stand in several sets."""
        frame = self.facts.table("relations")
        return frame.drop_duplicates(["place", "function", "indicator", "peer"]) if not frame.empty else frame

    @cached_property
    def _panel(self) -> Mapping[Spot, Row]:
        frame = self.facts.table("panel")
        rows = records(frame) if {"file", "row"} <= set(frame.columns) else []
        return {(str(row["file"]), whole(row["row"])): row for row in rows}

    def cell(self, file: str, row: int | None) -> Row:
        """Return the row of the panel that was read from a row of a file; empty where there is none."""
        return self._panel.get((file, row), {})

    def source(self, value: Value | Share) -> str:
        """Return the source of a value by id, empty where it is not known."""
        return text(self.cell(value.file, value.row).get("source"))

    def find(self, place: str, indicator: str, year: int | None, value: float) -> Value:
        """Return a value with what the panel tells of it; without a row of its own it stands alone."""
        for row in self._by_spot.get((place, indicator), ()):
            if whole(row.get("year")) == year and float(row["value"]) == value:
                return self._value(row)
        return Value(place, indicator, value, year=year)

    @cached_property
    def _by_spot(self) -> Mapping[tuple[str, str], Sequence[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self._panel.values():
            found.setdefault((str(row["place"]), str(row["indicator"])), []).append(row)
        return found

    def match(self, place: str, indicator: str, value: float) -> Value:
        """Return the value of a place that a table repeats without telling its year, the last of equal ones."""
        rows = [r for r in self._by_spot.get((place, indicator), ()) if float(r["value"]) == value]
        rows.sort(key=lambda row: whole(row.get("year")) or 0)
        return self._value(rows[-1]) if rows else Value(place, indicator, value)

    def latest(self, place: str, indicator: str) -> Value | None:
        """Return the value of a place with the latest year, an undated one last; targets are no values."""
        frame = self.facts.table("panel")
        rows = frame[(frame["place"] == place) & (frame["indicator"] == indicator)].dropna(subset=["value"])
        found = [row for row in records(rows) if not text(row.get("qualifier")).startswith("target")]
        found.sort(key=lambda row: whole(row.get("year")) or 0)
        return self._value(found[-1]) if found else None

    @staticmethod
    def _value(row: Row) -> Value:
        return Value(
            place=str(row["place"]), indicator=str(row["indicator"]), value=float(row["value"]),
            unit=text(row.get("unit")), year=whole(row.get("year")), since=whole(row.get("since")),
            area=text(row.get("area")), qualifier=text(row.get("qualifier")), rule=text(row.get("rule")),
            file=text(row.get("file")), row=whole(row.get("row")),
        )  # fmt: skip

    def evidence(self, place: str, function: str) -> tuple[Evidence, ...]:
        """Return the evidence of a place on a function, one piece an indicator, in the order of the table."""
        frame = self.facts.table("evidence")
        if frame.empty:
            return ()
        rows = frame[(frame["place"] == place) & (frame["function"] == function)]
        return tuple(
            self._evidence(place, function, str(indicator), rows[rows["indicator"] == indicator])
            for indicator in dict.fromkeys(rows.loc[rows["kind"] == "value", "indicator"])
        )

    def _evidence(self, place: str, function: str, indicator: str, rows: pd.DataFrame) -> Evidence:
        told = records(rows[rows["kind"] == "value"])[0]
        own = Value(
            place, indicator, float(told["value"]), text(told.get("unit")), whole(told.get("year")),
            whole(told.get("since")), file=text(told.get("file")), row=whole(told.get("row")),
        )  # fmt: skip
        cell = self.cell(own.file, own.row)
        own = replace(own, area=text(cell.get("area")), qualifier=text(cell.get("qualifier")))
        compared = self._compared(place, function, indicator)
        if compared:
            own = replace(own, area=text(compared[0]["area"]), qualifier=text(compared[0]["qualifier"]))
        relations = [self._relation(own, row) for row in compared]
        return Evidence(
            own=own,
            place=self.named(place),
            indicator=self.indicator(indicator),
            direction=relations[0].direction if relations else self._direction(indicator),
            shares=tuple(_share(row) for row in records(rows[rows["kind"] == "share"])),
            relations=order_relations(relations),
            peers={r.peer.place: self.named(r.peer.place) for r in relations},
        )

    def _compared(self, place: str, function: str, indicator: str) -> list[Row]:
        frame = self.relations
        if frame.empty:
            return []
        keys = (("place", place), ("function", function), ("indicator", indicator))
        for column, wanted in keys:
            frame = frame[frame[column] == wanted]
        return [dict(row) for row in records(frame)]

    def _direction(self, indicator: str) -> int:
        frame = self.facts.table("indicators")
        rows = frame[frame["indicator"] == indicator] if "direction" in frame else frame.head(0)
        return -1 if len(rows) and rows["direction"].iloc[0] == -1 else 1

    @staticmethod
    def _relation(own: Value, row: Row) -> Relation:
        peer = Value(
            str(row["peer"]), own.indicator, float(row["peer_value"]), own.unit, whole(row["peer_year"]),
            whole(row["peer_since"]), text(row["peer_area"]), text(row["peer_qualifier"]),
            file=text(row["peer_file"]), row=whole(row["peer_row"]),
        )  # fmt: skip
        marks = marks_of(text(row["marks"]))
        return Relation(own, peer, int(row["direction"]), str(row["relation"]), marks, bool(row["settled"]))


def _share(row: Row) -> Share:
    """Return a share from its row of evidence, with the name of the whole read back from its words."""
    value = float(row["value"])
    kind = "share" if text(row.get("unit")) == "%" else "times"
    spot = {"file": text(row.get("file")), "row": whole(row.get("row"))}
    for computed in (False, True):
        marked = Share({lang: "\0" for lang in LANGUAGES}, value, kind, computed)  # type: ignore[arg-type]
        names = {lang: _between(_words(marked, lang), text(row[lang])) for lang in LANGUAGES}
        if all(name is not None for name in names.values()):
            named = {lang: name or "" for lang, name in names.items()}
            return Share(named, value, kind, computed, **spot)  # type: ignore[arg-type]
    return Share({}, value, kind, False, **spot)  # type: ignore[arg-type]


def _words(share: Share, language: Language) -> str:
    return "".join(piece.text for piece in Writer(language).share(share))


def _between(form: str, told: str) -> str | None:
    """Return what stands for the mark of a form in a text, nothing where they do not fit."""
    before, _, after = form.partition("\0")
    fits = told.startswith(before) and told.endswith(after) and len(told) >= len(before) + len(after)
    return told[len(before) : len(told) - len(after)] if fits else None


def comparisons(evidence: Iterable[Evidence]) -> Sequence[Relation]:
    """Return all comparisons of some evidence."""
    return [relation for one in evidence for relation in one.relations]
