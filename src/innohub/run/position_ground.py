"""What positioning stands on: values with their boundaries, names, shares of larger wholes, seed and rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from innohub.position.evidence.gather import Names, Share, share_of
from innohub.position.function.comparison import Rules, Values
from innohub.position.function.grid import Bar, Noise
from innohub.position.function.relation import Value, in_unit, read_values
from innohub.study import Study
from innohub.study.places import only_whole
from innohub.study.position_section import PositionSection
from innohub.study.positioning import Positioning
from innohub.study.stated import area_of_kind

# How far to look ahead where a study does not say.
_AHEAD = 5


@dataclass(frozen=True)
class PositionGround:
    """A positioning study: what it says, and the values of all its places, whether ranked or not."""

    study: Study
    section: PositionSection
    told: Positioning

    @cached_property
    def values(self) -> Values:
        """The values by place and indicator, each with the boundary that it, or the kind of its place, covers."""
        return read_values(position_panel(self.study))

    @property
    def rules(self) -> Rules:
        """What counts as comparable."""
        section = self.section
        year = self.study.settings.study.year
        return Rules(section.near, section.max_gap, year, frozenset(section.refuse))

    @property
    def bar(self) -> Bar:
        """When a function is held at a scope."""
        return Bar(self.section.bar, self.section.min_peers)

    @property
    def noise(self) -> Noise:
        """How values are drawn anew."""
        return Noise(self.section.draws, self.section.spread)

    @property
    def horizon(self) -> int:
        """The last year to look ahead to."""
        return self.section.horizon or self.study.settings.study.year + _AHEAD

    @property
    def scopes(self) -> list[str]:
        """The scopes, widest first."""
        return [str(scope) for scope in self.told.scopes["scope"]]

    @property
    def indicators(self) -> list[str]:
        """The indicators that measure some function, in the order of their table."""
        return list(dict.fromkeys(self.told.uses["indicator"]))

    @property
    def directions(self) -> dict[str, int]:
        """The direction of every indicator."""
        table = self.study.indicators
        return {str(key): int(sign) for key, sign in zip(table["indicator"], table["direction"], strict=True)}

    @cached_property
    def place_names(self) -> Mapping[str, Names]:
        """The names of places by language."""
        return _names(self.study.places, "place")

    @cached_property
    def indicator_names(self) -> Mapping[str, Names]:
        """The names of indicators by language."""
        return _names(self.study.indicators, "indicator")

    def latest(self, place: str, indicator: str) -> Value | None:
        """Return the latest value of a place up to the study's year that is not older than the widest gap allowed."""
        year = self.study.settings.study.year
        fit = [v for v in self.values.get((place, indicator), ()) if v.year is None or v.year <= year]
        best = fit[-1] if fit else None
        stale = best is not None and best.year is not None and year - best.year > self.section.max_gap
        return None if stale else best

    def nation(self, place: str) -> str:
        """Return the country that a place lies in, "" where the table of places tells none."""
        table = self.study.places.set_index("place")
        for _ in range(len(table)):
            place = only_whole(str(table["part_of"].get(place) or ""))
            if area_of_kind(str(table["kind"].get(place) or "")) == "country":
                return place
        return ""

    def shares(self, own: Mapping[str, Value]) -> dict[str, tuple[Share, ...]]:
        """Return the shares and multiples of a place's values, as stated or, failing that, divided."""
        table = self.told.shares
        found: dict[str, tuple[Share, ...]] = {}
        if table is None:
            return found
        for key, of, whole, kind in table[["indicator", "of_indicator", "whole", "kind"]].itertuples(
            index=False
        ):
            value = own.get(of)
            share = None if value is None else self._share(value, key, whole, kind)
            if share is not None:
                found[of] = (*found.get(of, ()), share)
        return found

    def _share(self, value: Value, key: str, whole: str, kind: str) -> Share | None:
        name = {} if whole == self.nation(value.place) else self.place_names.get(whole, {})
        for stated in self.values.get((value.place, key), ()) if key else ():
            if (stated.year, stated.since) == (value.year, value.since):
                return Share(
                    name,
                    stated.value,
                    "times" if kind == "times" else "share",
                    False,
                    stated.file,
                    stated.row,
                )
        for other in self.values.get((whole, value.indicator), ()) if whole else ():
            divided = share_of(value, other, name)
            if divided is None:
                continue
            if kind == "times":
                same = in_unit(other, value.unit)
                ratio = value.value / same.value if same else np.nan
                return Share(name, ratio, "times", True, other.file, other.row)
            return divided
        return None


def position_ground(study: Study) -> PositionGround | None:
    """Return what positioning stands on; None for a study without ``[position]``."""
    section, told = study.settings.position, study.position
    return PositionGround(study, section, told) if section is not None and told is not None else None


def position_panel(study: Study) -> pd.DataFrame:
    """Return the values of a study as positioning reads them.

    A blank boundary is that of the place's kind; a blank spread the indicator's ``noise``.
    """
    panel = study.values
    kinds = {
        str(place): area_of_kind(str(kind))
        for place, kind in zip(study.places["place"], study.places["kind"].fillna(""), strict=True)
    }
    area = panel["area"].where(panel["area"] != "", panel["place"].map(kinds))
    noise = dict(zip(study.indicators["indicator"], study.indicators["noise"], strict=True))
    spread = panel["spread"].fillna(panel["indicator"].map(noise).astype("float64"))
    return panel.assign(area=area.fillna(""), spread=spread)


def _names(table: pd.DataFrame, key: str) -> Mapping[str, Names]:
    rows = table[[key, "name_zh", "name_en"]].itertuples(index=False)
    return {str(name): {"zh": str(zh), "en": str(en)} for name, zh, en in rows}
