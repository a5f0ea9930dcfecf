"""What a brief takes from a run: the tables it knows, read without asking whether they are there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import pandas as pd

from innohub.chart.tables import Results, of_index, records, root_node
from innohub.study.index_section import IndexSection
from innohub.study.schema import Settings, TiersSection
from innohub.words import Language


class RunLike(Results, Protocol):
    """What a brief needs of a run: settings, tables and manifest."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Run id, versions, hashes."""


TABLES = (
    "places", "indicators", "sources", "panel", "framework", "weights", "steps", "scores", "wins", "tiers",
    "tier_sizes", "tier_limits", "alternatives", "plan", "plan_comparison", "findings",
    "history", "inequality", "inequality_groups", "convergence", "density", "transitions", "spatial_test",
    "efficiency", "efficiency_targets", "malmquist", "design", "sensitivity", "sensitivity_path",
    "experts", "combination", "benefit", "effects", "presets", "departures", "reproduced",
    "positions", "relations", "evidence", "functions", "scopes", "peers", "position_claims", "claim_agreement",
    "function_scores", "stages", "stage_sensitivity", "equivalents", "targets", "technologies", "conditions",
    "condition_indicators", "condition_peers", "classes",
    "similar", "similar_parts", "comparison", "model_mix", "model_fit", "model_slots", "modes", "cases", "triangle",
    "triangle_loop", "balance", "checklists", "checklist_counts", "rollups", "rollup_untagged", "containment",
    "containment_shares", "special_functions", "local_types", "local_tests", "hub_position", "hub_limits",
    "laboratories", "laboratory_kinds", "centre_path", "centre_roles",
    "subsystems", "coupling", "lags", "coupling_changes", "obstacles", "obstacle_groups", "obstacle_trends", "drivers",
    "coupling_inequality", "constraints", "constraint_evidence", "constraint_levers", "chain_fusion", "talent_mismatch",
    "synergy", "open_innovation", "openness", "triple_helix", "division_tests", "pillars", "register_gaps",
    "register_completeness", "register_only", "register_labels", "platform_pull", "policy_stack", "five_ones",
    "district_coverage", "finance_coverage", "finance_ratios", "talent_pyramid", "chain_links", "firsts_by_scope",
    "rank_series", "barrier_matrix", "register_cases", "synergy_pairs", "level_pairs", "chain_gaps", "strategy_cards",
    "register_fronts", "register_firms", "register_platforms", "field_matrix", "platform_overlap", "unevenness",
)  # fmt: skip


def text(value: object) -> str:
    """Return a cell as text; a missing one is empty."""
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - only NaN differs from itself


@dataclass(frozen=True)
class Tables:
    """The tables of a run behind one index; a table that the run does not have is empty."""

    settings: Settings
    manifest: Mapping[str, Any]
    index: str
    tables: Mapping[str, pd.DataFrame]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table, of this index where the table has several."""
        return of_index(self.tables.get(name, pd.DataFrame()), self.index)

    def has(self, name: str) -> bool:
        """Say whether a table exists and has rows."""
        return not self.table(name).empty

    @property
    def rule(self) -> IndexSection:
        """The index's own section of ``study.toml``."""
        return self.settings.index[self.index]

    @property
    def tiering(self) -> TiersSection | None:
        """The tiers' section of ``study.toml``, if this index has tiers in the results."""
        section = self.settings.tiers
        return section if section and section.index == self.index and self.has("tiers") else None

    @cached_property
    def root(self) -> str:
        """The top node of the framework."""
        return root_node(self.table("framework"), self.index)

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The indicators of the framework, in its order."""
        frame = self.table("framework")
        named = frame.loc[frame["indicator"].fillna("") != "", "indicator"] if not frame.empty else ()
        return tuple(dict.fromkeys(named))

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
