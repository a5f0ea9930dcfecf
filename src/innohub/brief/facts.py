"""What a brief reads from a run: tables brought into the order in which the brief speaks of them."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import pandas as pd

from innohub.brief.tables import TABLES, RunLike, Tables
from innohub.catalog import tier_label
from innohub.chart.ecosystem import told_of
from innohub.chart.functions import positioned
from innohub.chart.tables import (
    assigned_tiers,
    chosen_index,
    common_kind,
    in_sentence,
    ranking,
    read_table,
    records,
)
from innohub.chart.years import Course, read_course
from innohub.position.tier.definitions import Definition, definitions, own_definition
from innohub.words import Language

CLOSE = 0.7
ORDERLY = 1 / 3


@dataclass(frozen=True)
class Facts(Tables):
    """What the sections say, derived from the tables."""

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Score, rank and intervals of the root by place, best first."""
        return ranking(self.table("scores"), self.root, self.settings.study.year)

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[str, float]]:
        """The columns of ``scores`` as plain numbers, by place."""
        columns = ("score", "score_low", "score_high", "rank", "rank_low", "rank_high")
        return {
            str(place): {name: float(value) for name, value in zip(columns, row, strict=True)}
            for place, row in zip(self.scores.index, self.scores[list(columns)].to_numpy(float), strict=True)
        }

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ranked places, best first."""
        return tuple(self.scores.index)

    @cached_property
    def intervals(self) -> bool:
        """Say whether the run has rank intervals."""
        return bool(self.scores["rank_low"].notna().any())

    @cached_property
    def spread(self) -> float:
        """The largest absolute score, which decides how many decimals are printed."""
        return float(self.scores["score"].abs().max())

    @cached_property
    def noun(self) -> str:
        """What kind of places these are: ``city``, ``country``, else ``region``."""
        told = self.order or positioned(self.table) or told_of(self.table)
        return common_kind(self.places["kind"].reindex(list(told)))

    @cached_property
    def ranked(self) -> bool:
        """Say whether the run has an index whose scores rank places."""
        return not self.scores.empty

    @cached_property
    def places(self) -> pd.DataFrame:
        """Every place by id, nested ones included."""
        return self.table("places").set_index("place")

    def tier_name(self, tier: str, language: Language) -> str:
        """Return the name of a tier as it stands within a sentence."""
        named = {name.id: name.text(language) for name in (self.tiering.names if self.tiering else ())}
        return in_sentence(named.get(tier) or tier_label(tier)[language], language)

    @cached_property
    def tier_ids(self) -> tuple[str, ...]:
        """The tiers, highest first."""
        return tuple(name.id for name in self.tiering.names) if self.tiering else ()

    @cached_property
    def assigned(self) -> Mapping[str, str]:
        """The tier of each ranked place; empty without tiers."""
        if self.tiering is None:
            return {}
        tiers = assigned_tiers(self.table("tiers"))
        return {place: tiers[place] for place in self.order if place in tiers}

    def members(self, tier: str) -> tuple[str, ...]:
        """Return the places of a tier, best first."""
        return tuple(place for place, its in self.assigned.items() if its == tier)

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions of tier probability that the run has and that give different answers."""
        return definitions(self.tiering, self.table("tiers")) if self.tiering else ()

    @cached_property
    def definition(self) -> Definition | None:
        """The definition that the study takes as its own."""
        return own_definition(self.tiering, self.definitions) if self.tiering else None

    @cached_property
    def _chances(self) -> Mapping[tuple[str, str, str], float]:
        frame = self.table("tiers")
        keys = zip(frame["place"], frame["tier"], frame["definition"], strict=True)
        return dict(zip(keys, frame["probability"].astype(float), strict=True))

    def chance(self, place: str, tier: str, definition: Definition) -> float:
        """Return the probability that a place is in a tier under a definition."""
        return self._chances.get((place, tier, definition), float("nan"))

    @cached_property
    def firm(self) -> float:
        """The probability from which a tier counts as firm."""
        return self.tiering.firm if self.tiering else 1.0

    def weak_places(self, definition: Definition) -> tuple[str, ...]:
        """Return the places whose own tier stays under the bar of the study, best first."""
        return tuple(p for p, tier in self.assigned.items() if self.chance(p, tier, definition) < self.firm)

    @cached_property
    def open_places(self) -> tuple[str, ...]:
        """The places that are weak under the study's own definition."""
        return self.weak_places(self.definition) if self.definition else ()

    def between(self, place: str, definition: Definition | None = None) -> tuple[str, str]:
        """Return the tier of a place and the likeliest other one, the higher tier first."""
        asked = definition or cast("Definition", self.definition)
        own = self.assigned[place]
        others = (tier for tier in self.tier_ids if tier != own)
        other = max(others, key=lambda tier: self.chance(place, tier, asked), default=own)
        first, second = sorted((own, other), key=self.tier_ids.index)
        return first, second

    @cached_property
    def wins(self) -> Mapping[tuple[str, str], float]:
        """The probability that the first place of a pair scores higher than the second."""
        frame = self.table("wins")
        if frame.empty:
            return {}
        return dict(zip(zip(frame["place"], frame["other"], strict=True), frame["probability"], strict=True))

    @cached_property
    def close_pairs(self) -> tuple[tuple[str, str], ...]:
        """Neighbours in rank of which the upper scores higher in too few draws to tell them apart."""
        pairs = itertools.pairwise(self.order)
        return tuple(pair for pair in pairs if self.wins.get(pair, 1.0) < CLOSE)

    @cached_property
    def orderly(self) -> bool:
        """Say whether most neighbours in rank can be told apart."""
        return len(self.close_pairs) <= ORDERLY * (len(self.order) - 1)

    @cached_property
    def normalised(self) -> pd.DataFrame:
        """The normalised values, ranked places by indicators; empty if the run has none."""
        frame = self.table("steps")
        if frame.empty:
            return pd.DataFrame()
        year = int(self.scores["year"].iloc[0])
        rows = frame[(frame["step"] == "normalised") & frame["place"].isin(self.order)]
        rows = rows[rows["year"] == year] if "year" in rows else rows
        wide = rows.pivot_table(index="place", columns="node", values="after", aggfunc="last")
        by_node = {
            row["node"]: row["indicator"] for row in records(self.table("framework")) if row["indicator"]
        }
        wide = wide.rename(columns=by_node).reindex(index=list(self.order))
        return wide[[leaf for leaf in self.listed if leaf in wide and wide[leaf].notna().any()]]

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The indicators that enter the scores: a constant one does not, though the framework lists it."""
        return tuple(self.normalised.columns) or self.listed

    @cached_property
    def unscored(self) -> tuple[str, ...]:
        """The places that should be ranked and have no score, for want of data."""
        places = self.places
        wanted = places.index[places["ranked"].astype(bool)] if "ranked" in places else ()
        return tuple(str(place) for place in wanted if place not in self.scores.index)

    @cached_property
    def course(self) -> Course | None:
        """Ranks and scores of the ranked places over the years; none for a single year."""
        return read_course(self.table("history"), self.root, pd.Index(self.order))

    @cached_property
    def used(self) -> pd.DataFrame:
        """The panel rows of the ranked places and the indicators in the framework."""
        frame = self.table("panel")
        rows = frame[frame["place"].isin(self.order) & frame["indicator"].isin(self.leaves)]
        return (
            rows[rows["year"] == self.settings.study.year]
            if (rows["year"] == self.settings.study.year).any()
            else rows
        )

    @cached_property
    def values(self) -> Mapping[tuple[str, str], tuple[float, str, str]]:
        """Value, unit and source by place and indicator."""
        rows = self.used.dropna(subset=["value"])
        keys = zip(rows["place"], rows["indicator"], strict=True)
        entries = zip(
            rows["value"].astype(float), rows["unit"].astype(str), rows["source"].astype(str), strict=True
        )
        return dict(zip(keys, entries, strict=True))

    @cached_property
    def flagged(self) -> pd.DataFrame:
        """The used panel rows with a flag."""
        return self.used[self.used["flag"].fillna("") != ""]

    def sizes(self, scale: str) -> str:
        """Return the sizes of the tiers on a scale, as ``3/5/6``; empty if the run has none."""
        frame = self.table("tier_limits")
        rows = frame[frame["scale"] == scale] if not frame.empty else frame
        if rows.empty:
            return ""
        by_tier = rows.drop_duplicates("tier").set_index("tier")["size"].reindex(list(self.tier_ids))
        return "" if by_tier.isna().any() else "/".join(str(int(size)) for size in by_tier)

    @cached_property
    def own_sizes(self) -> str:
        """The sizes of the tiers as assigned."""
        return "/".join(str(len(self.members(tier))) for tier in self.tier_ids)


def facts(run: RunLike, index: str | None = None) -> Facts:
    """Read a run's tables for one index (the tiers' index, else the first), or for a positioning without one."""
    settings = run.settings
    chosen = chosen_index(settings, index)
    tables = {name: read_table(run, name) for name in TABLES}
    return Facts(settings, run.manifest, chosen, tables)
