"""What every analysis beside the grid stands on: values, indices, tiers, and who is meant by a key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from innohub.catalog.money import read_money
from innohub.errors import Finding, ModelError
from innohub.position.standing.nearest import nearest_year
from innohub.run.blocks import Tables
from innohub.run.ground import Ground
from innohub.study import Study
from innohub.study.names import names_of
from innohub.study.report import near
from innohub.study.standing_section import StandingSection
from innohub.study.standing_tables import StandingTables
from innohub.study.stated import TARGET, of_single_years

FILE = "study.toml"
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """The tables of an analysis, and what was noticed on the way."""

    tables: Tables
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Ask:
    """A study with what its run has computed so far: the tables of its indices, its tiers, its grid."""

    ground: Ground
    indices: Mapping[str, Tables] = field(default_factory=dict)
    tiers: pd.DataFrame | None = None
    grid: pd.DataFrame | None = None

    @property
    def study(self) -> Study:
        """The study."""
        return self.ground.study

    @property
    def section(self) -> StandingSection:
        """What ``[position]`` says."""
        return self.study.settings.position or StandingSection()

    @property
    def tables(self) -> StandingTables:
        """The tables beside the grid, as read."""
        return self.study.standing

    @property
    def year(self) -> int:
        """The year of the study."""
        return self.study.settings.study.year

    @property
    def max_gap(self) -> int:
        """Years by which a value may differ from the wanted one unless an analysis says otherwise."""
        position = self.study.settings.position
        return position.max_gap if position else 0

    @cached_property
    def values(self) -> pd.DataFrame:
        """The values with a year, without the targets of plans; a single year's before a period's."""
        known = of_single_years(self.study.values)
        return known.loc[known["value"].notna()].astype({"year": "int64"}).reset_index(drop=True)

    @property
    def undated(self) -> pd.DataFrame:
        """The values that state no year, without the targets of plans."""
        known = self.study.values
        return known.loc[known["year"].isna() & known["value"].notna() & known["qualifier"].ne(TARGET)]

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each place."""
        return dict(zip(self.study.places["place"], self.study.places["kind"], strict=True))

    def alike(self, places: Iterable[str]) -> list[str]:
        """Return all places of the kinds of some."""
        wanted = {self.kinds.get(place, "") for place in places}
        return [place for place, kind in self.kinds.items() if kind in wanted]

    def unit(self, indicator: str) -> str:
        """Return the unit of an indicator."""
        about = self.study.indicators
        return str(about.loc[about["indicator"].eq(indicator), "unit"].iloc[0])

    def direction(self, indicator: str) -> int:
        """Return -1 for an indicator of which less is better, else 1."""
        about = self.study.indicators
        return -1 if int(about.loc[about["indicator"].eq(indicator), "direction"].iloc[0]) < 0 else 1

    def positioned(self) -> list[str]:
        """Return whom the study positions."""
        if self.study.position:
            return list(self.study.position.places)
        told = self.study.settings.position
        names = names_of(self.study.places, "place", "P001")
        return [place for name in (told.places if told else ()) for place in names.find(name)[:1]]

    def members(self, names: Sequence[str], key: str) -> list[str]:
        """Return the places that a key means: places, or sets and scopes of the table of peers, each place once.

        Raises
        ------
        ModelError
            M263 for every name that is neither.
        """
        peers = self.study.position.peers if self.study.position else None
        found: list[str] = []
        wrong = []
        for name in names:
            if name in self.kinds:
                found.append(name)
                continue
            column = next((c for c in ("set", "scope") if peers is not None and name in set(peers[c])), None)
            if column is None or peers is None:
                sets = [] if peers is None else [*peers["set"], *peers["scope"]]
                params = {"key": key, "near": near(name, [*sets, *self.kinds])}
                wrong.append(Finding("M263", "error", FILE, column=key, value=name, params=params))
            else:
                found += peers.loc[peers[column].eq(name), "place"].tolist()
        if wrong:
            raise ModelError(wrong)
        return list(dict.fromkeys(found))

    def places(self, names: Sequence[str], key: str) -> list[str]:
        """Return the places that a key names, whom the study positions where it names none."""
        return self.members(names, key) if names else self.positioned()

    def nearest(self, indicator: str, year: int | None = None, max_gap: int | None = None) -> pd.DataFrame:
        """Return each place's value of an indicator in the year nearest to one; index = places.

        Columns are those of the values, with ``gap``.
        """
        own = self.values.loc[self.values["indicator"].eq(indicator)]
        gap = self.max_gap if max_gap is None else max_gap
        return nearest_year(own, self.year if year is None else year, gap).set_index("place")

    def column(
        self, indicator: str, places: Iterable[str], year: int | None = None, gap: int | None = None
    ) -> "pd.Series[float]":
        """Return the values of an indicator for some places, NaN where there is none."""
        return self.nearest(indicator, year, gap)["value"].reindex(list(places)).astype(float)

    def rate(self, unit: str, to: str, year: int) -> float | None:
        """Return the exchange rate that the study gives between two units; None where they share a currency."""
        first, second = read_money(unit), read_money(to)
        if first is None or second is None or first.currency == second.currency:
            return None
        rates = self.section.rates
        return rates.get(f"{first.currency}-{year}", rates.get(first.currency))

    def index_of(self, name: str) -> str:
        """Return an index by name, the first of the study where none is named; "" in a study without one."""
        return name or next(iter(self.indices), "")

    def normalised(self, index: str) -> pd.DataFrame:
        """Return places x indicators on one scale, more being better: as the index has them, else by range (0-1).

        Without an index, each indicator of the study's year (or near it) is scaled by the range over all places of
        the kinds that the study positions.
        """
        if index:
            steps = self.indices[index]["steps"]
            frame = self.study.frameworks[index]
            code = dict(zip(frame["node"], frame["indicator"], strict=True))
            rows = steps.loc[steps["step"].eq("normalised")]
            wide = rows.assign(indicator=rows["node"].map(code)).pivot_table(
                index="place", columns="indicator", values="after", aggfunc="first", sort=False, dropna=False
            )
            return wide.loc[wide.notna().any(axis=1)]
        places = self.alike(self.positioned())
        columns = {
            code: by_range(self.column(code, places).to_numpy(), self.direction(code))
            for code in self.study.indicators["indicator"]
        }
        wide = pd.DataFrame(columns, index=pd.Index(places, name="place"))
        return wide.loc[wide.notna().any(axis=1)].dropna(axis=1, how="all")

    def tier_of(self) -> dict[str, int]:
        """Return the tier that each place was assigned, 0 = highest."""
        if self.tiers is None:
            return {}
        cut = self.study.settings.tiers
        order = {tier.id: number for number, tier in enumerate(cut.names)} if cut else {}
        rows = self.tiers.loc[self.tiers["assigned"].astype(bool)].drop_duplicates("place")
        return {place: order[tier] for place, tier in zip(rows["place"], rows["tier"], strict=True)}


def by_range(values: "np.ndarray[Any, np.dtype[np.floating[Any]]]", direction: int = 1) -> Vector:
    """Scale values to 0-1 by their range; all 0.5 where they are equal.

    >>> by_range(np.array([2.0, 4.0, 3.0]), -1).tolist()
    [1.0, 0.0, 0.5]
    """
    signed = values * direction
    known = signed[~np.isnan(signed)]
    low, high = (known.min(), known.max()) if len(known) else (0.0, 0.0)
    scaled: Vector = (signed - low) / (high - low) if high > low else np.where(np.isnan(signed), np.nan, 0.5)
    return scaled


def at(findings: Iterable[Finding], key: str) -> tuple[Finding, ...]:
    """Say where findings belong that know no place: at a key of ``study.toml``."""
    return tuple(finding if finding.file else replace(finding, file=FILE, column=key) for finding in findings)


def no_value(place: str, indicator: str, year: int, gap: int) -> Finding:
    """Return the warning that a place has no value near enough to a year."""
    params = {"place": place, "indicator": indicator, "year": year, "gap": gap}
    return Finding("M267", "warning", value=indicator, params=params)


def joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables below each other, leaving out the empty ones so that types stay."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else next(iter(parts), pd.DataFrame())
