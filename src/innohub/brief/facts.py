"""What a brief reads from a run: tables brought into the order in which the brief speaks of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import pandas as pd

from innohub.brief.tables import DEFINITIONS, TABLES, Definition, RunLike, Tables, read_table, records
from innohub.catalog import tier_label
from innohub.errors import Finding, ModelError
from innohub.words import Language


@dataclass(frozen=True)
class Facts(Tables):
    """What the sections say, derived from the tables."""

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Score, rank and intervals of the root by place, best first."""
        frame = self.table("scores")
        frame = frame[frame["node"] == self.root].dropna(subset=["score", "rank"])
        return frame.sort_values(["rank", "place"], kind="stable").set_index("place")

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
        kinds = set(self.places.loc[list(self.order), "kind"]) if "kind" in self.places else set()
        return str(next(iter(kinds))) if len(kinds) == 1 and kinds <= {"city", "country"} else "region"

    @cached_property
    def places(self) -> pd.DataFrame:
        """Every place by id, nested ones included."""
        return self.table("places").set_index("place")

    def place_name(self, place: str, language: Language) -> str:
        """Return the name of a place, else its id."""
        row = self._named.get(place, {})
        return str(row.get(f"name_{language}") or row.get("name_en") or row.get("name_zh") or place)

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, Any]]:
        return {str(row["place"]): row for row in records(self.table("places"))}

    def node_name(self, node: str, language: Language) -> str:
        """Return the name of an indicator or node, without a unit in brackets at its end."""
        for table, key in (("indicators", "indicator"), ("framework", "node")):
            frame = self.table(table)
            rows = frame[frame[key] == node] if not frame.empty else frame
            if not rows.empty and (name := rows.iloc[0].get(f"name_{language}")):
                return re.sub(r"\s*[（(][^（）()]{1,12}[）)]$", "", str(name))
        return node

    def tier_name(self, tier: str, language: Language) -> str:
        """Return the name of a tier as it stands within a sentence."""
        named = {name.id: name.text(language) for name in (self.tiering.names if self.tiering else ())}
        label = named.get(tier) or tier_label(tier)[language]
        return label if language == "zh" or label.isupper() else label[:1].lower() + label[1:]

    @cached_property
    def tier_ids(self) -> tuple[str, ...]:
        """The tiers, highest first."""
        return tuple(name.id for name in self.tiering.names) if self.tiering else ()

    @cached_property
    def assigned(self) -> Mapping[str, str]:
        """The tier of each ranked place; empty without tiers."""
        if self.tiering is None:
            return {}
        frame = self.table("tiers")
        rows = frame[frame["assigned"].astype(bool)].drop_duplicates("place")
        tiers = dict(zip(rows["place"], rows["tier"], strict=True))
        return {place: tiers[place] for place in self.order if place in tiers}

    def members(self, tier: str) -> tuple[str, ...]:
        """Return the places of a tier, best first."""
        return tuple(place for place, its in self.assigned.items() if its == tier)

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions of tier probability that the run has."""
        frame = self.table("tiers")
        known = frame.loc[frame["probability"].notna(), "definition"].unique() if not frame.empty else ()
        return tuple(name for name in DEFINITIONS if name in known)

    @cached_property
    def definition(self) -> Definition | None:
        """The definition that the study names as its own."""
        wanted = self.tiering.definition if self.tiering else None
        return wanted if wanted in self.definitions else next(iter(self.definitions), None)

    @cached_property
    def _chances(self) -> Mapping[tuple[str, str, str], float]:
        frame = self.table("tiers")
        keys = zip(frame["place"], frame["tier"], frame["definition"], strict=True)
        return dict(zip(keys, frame["probability"].astype(float), strict=True))

    def chance(self, place: str, tier: str, definition: Definition) -> float:
        """Return the probability that a place is in a tier under a definition."""
        return self._chances.get((place, tier, definition), float("nan"))

    @cached_property
    def open_places(self) -> tuple[str, ...]:
        """The places whose likeliest tier stays under the bar of the study."""
        if self.tiering is None or self.definition is None:
            return ()
        bar, definition = self.tiering.firm, self.definition
        best = {p: max(self.chance(p, tier, definition) for tier in self.tier_ids) for p in self.assigned}
        return tuple(place for place, chance in best.items() if chance < bar)

    def between(self, place: str, definition: Definition | None = None) -> tuple[str, str]:
        """Return the two likeliest tiers of a place, the higher tier first."""
        asked = definition or cast("Definition", self.definition)
        likely = sorted(self.tier_ids, key=lambda tier: -self.chance(place, tier, asked))[:2]
        first, second = sorted(likely, key=self.tier_ids.index)
        return first, second

    @cached_property
    def wins(self) -> Mapping[tuple[str, str], float]:
        """The probability that the first place of a pair scores higher than the second."""
        frame = self.table("wins")
        if frame.empty:
            return {}
        return dict(zip(zip(frame["place"], frame["other"], strict=True), frame["probability"], strict=True))

    @cached_property
    def normalised(self) -> pd.DataFrame:
        """The normalised values, ranked places by indicators; empty if the run has none."""
        frame = self.table("steps")
        if frame.empty:
            return pd.DataFrame()
        rows = frame[(frame["step"] == "normalised") & frame["place"].isin(self.order)]
        wide = rows.pivot_table(index="place", columns="node", values="after", aggfunc="last")
        by_node = {
            row["node"]: row["indicator"] for row in records(self.table("framework")) if row["indicator"]
        }
        wide = wide.rename(columns=by_node)
        return wide.reindex(index=list(self.order), columns=list(self.leaves))

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
    """Read a run's tables for one index (the tiers' index, else the first)."""
    settings = run.settings
    chosen = index or (settings.tiers.index if settings.tiers else next(iter(settings.index)))
    tables = {name: read_table(run, name) for name in TABLES}
    found = Facts(settings, run.manifest, chosen, tables)
    if not found.has("scores") or found.scores.empty:
        raise ModelError(Finding("B007", params={"index": chosen}))
    return found
