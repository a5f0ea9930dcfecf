"""The tables that the page shows beside grid and standing. ``webui/src/types_insight.ts`` declares the same.

A row has the names of the columns of its table; what differs is listed in ``insight_data``.
"""

from typing import TypedDict

from innohub.web.schema_basic import Text
from innohub.web.schema_frames import (
    Beside,
    CheckCount,
    Checked,
    Containing,
    Exceeding,
    LocalTest,
    LocalType,
    Niche,
    Rollup,
    Similar,
    SimilarPart,
    Untagged,
)
from innohub.web.schema_models import (
    Arrow,
    Balance,
    CaseFigure,
    CentrePath,
    CentreRole,
    HubLimit,
    HubLoop,
    HubPlace,
    HubTie,
    Laboratory,
    LaboratoryKind,
    ModelFit,
    ModelShare,
    ModelSlot,
    ModeShare,
)


class Insights(TypedDict):
    """One list a result table, under its name; empty without the table."""

    checklists: list[Checked]
    checklist_counts: list[CheckCount]
    similar: list[Similar]
    similar_parts: list[SimilarPart]
    comparison: list[Beside]
    rollups: list[Rollup]
    rollup_untagged: list[Untagged]
    containment: list[Exceeding]
    containment_shares: list[Containing]
    special_functions: list[Niche]
    local_types: list[LocalType]
    local_tests: list[LocalTest]
    model_mix: list[ModelShare]
    model_fit: list[ModelFit]
    model_slots: list[ModelSlot]
    modes: list[ModeShare]
    cases: list[CaseFigure]
    hub_position: list[HubPlace]
    hub_limits: list[HubLimit]
    hub_ties: list[HubTie]
    laboratories: list[Laboratory]
    laboratory_kinds: list[LaboratoryKind]
    centre_path: list[CentrePath]
    centre_roles: list[CentreRole]
    triangle: list[Arrow]
    triangle_loop: list[HubLoop]
    balance: list[Balance]


class Borrow(TypedDict):
    """What a place can borrow of a model in a slot."""

    model: str
    slot: str
    text: Text


class Catalogue(TypedDict):
    """What the catalogue calls the ids of the tables, by family; what to borrow of models."""

    names: dict[str, dict[str, Text]]
    borrow: list[Borrow]
