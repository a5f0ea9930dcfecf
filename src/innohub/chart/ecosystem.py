"""What figures and briefs alike read of a diagnosis: whom it is about, the main variant, names, one year's rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from innohub.catalog.constraints import constraint_groups
from innohub.chart.tables import Results, read_table, records
from innohub.words import Language

Read = Callable[[str], pd.DataFrame]
# So many places are told one by one; more are told together.
FEW = 3
KEYS = ("place", "year")


@dataclass(frozen=True)
class Diagnosis:
    """The tables of a diagnosis, which may each be absent."""

    results: Results

    def table(self, name: str) -> pd.DataFrame:
        """Return a result table, empty where the run has none."""
        return self._tables[name] if name in self._tables else self._keep(name)

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {}

    def _keep(self, name: str) -> pd.DataFrame:
        return self._tables.setdefault(name, read_table(self.results, name))

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The places that the diagnosis is about; all with a coupling where the study names none."""
        section = self.results.settings.ecosystem
        named = tuple(section.places) if section else ()
        position = self.results.settings.position
        named = named or (tuple(position.places) if position else ())
        known = self.places
        return tuple(place for place in named if place in known) or known

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Every place that the diagnosis computes."""
        for name in ("coupling", "subsystems", "constraints"):
            frame = self.table(name)
            if not frame.empty:
                return tuple(dict.fromkeys(frame["place"].astype(str)))
        return ()

    @property
    def few(self) -> bool:
        """Say whether places are told one by one."""
        return len(self.asked) <= FEW

    @cached_property
    def variant(self) -> str:
        """The main variant of coupling; those computed beside it come after it in the table."""
        frame = self.table("coupling")
        if frame.empty:
            return ""
        return str(frame.loc[frame["main"].astype(bool), "variant"].iloc[0])

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The variants computed beside the main one."""
        frame = self.table("coupling")
        names = dict.fromkeys(frame["variant"].astype(str)) if not frame.empty else ()
        return tuple(name for name in names if name != self.variant)

    @cached_property
    def whole(self) -> pd.DataFrame:
        """Coupling of all subsystems together by place and year, of the main variant."""
        return self.of(self.variant)

    def of(self, variant: str) -> pd.DataFrame:
        """Return the coupling of all subsystems together by place and year, of a variant."""
        frame = self.table("coupling")
        if frame.empty:
            return frame
        rows = frame[(frame["variant"] == variant) & (frame["first"].fillna("") == "")]
        return rows.sort_values(["place", "year"], kind="stable")

    @cached_property
    def year(self) -> int:
        """The year to tell of: that of the study, else the last one before it that the diagnosis has."""
        for name in ("coupling", "subsystems", "obstacles", "constraints"):
            frame = self.table(name)
            if not frame.empty and "year" in frame:
                years = sorted({int(year) for year in frame["year"].dropna()})
                wanted = self.results.settings.study.year
                return max((year for year in years if year <= wanted), default=years[-1])
        return self.results.settings.study.year

    def now(self, name: str, place: str | None = None) -> pd.DataFrame:
        """Return the rows of a table in the year to tell of, of one place where it is given."""
        frame = self.table(name)
        if frame.empty:
            return frame
        rows = frame[frame["year"] == self.year] if "year" in frame else frame
        return rows if place is None else rows[rows["place"] == place]

    @cached_property
    def state(self) -> pd.DataFrame:
        """C, T and D of all subsystems in the year to tell of, indexed by place, highest D first."""
        rows = self.whole
        if rows.empty:
            return rows
        rows = rows[rows["year"] == self.year].dropna(subset=["coordination"])
        return rows.sort_values(["coordination", "place"], ascending=[False, True]).set_index("place")

    @cached_property
    def subsystems(self) -> tuple[str, ...]:
        """The subsystems in the order of the study."""
        frame = self.table("subsystems")
        return tuple(dict.fromkeys(frame["subsystem"].astype(str))) if not frame.empty else ()

    @cached_property
    def _nodes(self) -> Mapping[str, Mapping[str, Any]]:
        named = {str(row["node"]): row for row in records(self.table("framework"))}
        return named | {str(row["indicator"]): row for row in records(self.table("indicators"))}

    def name(self, node: str, language: Language) -> str:
        """Return the name of a subsystem or an indicator."""
        return named(self._nodes.get(node, {}), language) or node

    def group(self, group: str, language: Language) -> str:
        """Return the name of a group of constraints, of the study or of the catalogue."""
        row = self._groups.get(group, {})
        known = constraint_groups().get(group)
        return named(row, language) or (known.label[language] if known else group)

    @cached_property
    def _groups(self) -> Mapping[str, Mapping[str, Any]]:
        return {str(row["group"]): row for row in records(self.table("constraints"))}

    def fields(self, language: Language) -> Mapping[str, str]:
        """Return the names of the fields of the chains, where the study names them."""
        section = self.results.settings.ecosystem
        chains = section.chains if section else None
        if chains is None:
            return {}
        told = {**chains.names, **{name: field.title for name, field in chains.fields.items()}}
        return {name: title.text(language) for name, title in told.items() if title.text(language)}


def told_of(read: Read) -> tuple[str, ...]:
    """Return the places of a diagnosis without an index: the one with most on record, else those of works."""
    gaps = read("register_gaps")
    if not gaps.empty and gaps["entries"].any():
        return (str(gaps.groupby("place", sort=False)["entries"].sum().idxmax()),)
    for name in ("synergy", "openness", "triple_helix", "chain_fusion"):
        frame = read(name)
        places = frame.loc[frame["place"].fillna("") != "", "place"] if not frame.empty else ()
        if len(places):
            return tuple(dict.fromkeys(str(place) for place in places))
    return ()


def named(row: Mapping[str, Any], language: Language, stem: str = "name") -> str:
    """Return the name that a row gives in a language, else in the other, else empty."""
    other = "en" if language == "zh" else "zh"
    told = (row.get(f"{stem}_{language}"), row.get(f"{stem}_{other}"))
    return next((text for text in told if isinstance(text, str) and text), "")


def cited_by(results: Results, places: Sequence[str], indicators: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the sources of the values of some places, of the indicators of the diagnosis or of those given."""
    panel, section = read_table(results, "panel"), results.settings.ecosystem
    if panel.empty or "source" not in panel:
        return ()
    wanted = set(indicators)
    if not wanted and section and section.index:
        nodes = read_table(results, "framework")
        wanted = set(nodes.loc[nodes["index"] == section.index, "indicator"].dropna()) - {""}
    rows = panel[panel["place"].isin(list(places))]
    rows = rows[rows["indicator"].isin(wanted)] if wanted else rows
    listed = list(read_table(results, "sources").get("source", ()))
    used = {str(source) for source in rows["source"].dropna()}
    return tuple(sorted(used, key=lambda name: (listed.index(name) if name in listed else len(listed), name)))


def leading(rows: pd.DataFrame, by: str, most: int) -> Sequence[Mapping[str, Any]]:
    """Return the rows with the largest values of a column, those without a value left out."""
    ordered = rows.dropna(subset=[by]).sort_values(by, ascending=False, kind="stable")
    return records(ordered.head(most))


def within(name: str, language: Language) -> str:
    """Return a name as it stands within a sentence.

    >>> within("Knowledge", "en"), within("R&D inputs", "en"), within("知识创造", "zh")
    ('knowledge', 'R&D inputs', '知识创造')
    """
    return name[:1].lower() + name[1:] if language == "en" and name[1:2].islower() else name
