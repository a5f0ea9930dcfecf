"""Rows of ranks, strategies, fields, borders, pillars and gaps of the registers.

``webui/src/types_holdings.ts`` declares the same.
"""

from typing import TypedDict

from innohub.web.schema_basic import Text


class RankStep(TypedDict):
    """A rank in its series."""

    place: str
    index: str
    boundary: str
    series: str
    edition: int | None
    data_year: int | None
    rank: int | None
    of: int | None
    previous_edition: int | None
    previous_rank: int | None
    change: int | None
    top_share: float | None
    entry: str
    file: str
    row: int | None


class StrategyCard(TypedDict):
    """A strategy as a card."""

    place: str
    entry: str
    name: Text
    start: str
    end: str
    years: int | None
    budget: float | None
    currency: str
    budget_a_year: float | None
    field: list[str]
    fields: int | None
    instrument: list[str]
    goal: Text
    dated: bool
    sourced: bool
    file: str
    row: int | None


class FieldCount(TypedDict):
    """Entries of a register in a field."""

    place: str
    register: str
    field: str
    entries: int | None
    spread: int | None


class BarrierState(TypedDict):
    """How freely a resource passes a border."""

    place: str
    other: str
    resource: str
    free: int | None
    limited: int | None
    closed: int | None
    state: str


class Overlap(TypedDict):
    """How far two platforms share fields."""

    place: str
    entry: str
    other: str
    other_place: str
    overlap: float | None


class Pull(TypedDict):
    """How far national platforms reach others."""

    place: str
    entry: str
    lower: int | None
    reached: int | None
    reach: float | None


class PillarEntry(TypedDict):
    """What stands in a slot of the five pillars."""

    place: str
    pillar: str
    slot: str
    filled: bool
    bearer: str
    name: Text
    value: float | None
    unit: str
    year: int | None
    qualifier: str
    indicator: str
    register: str
    entry: str
    column: str
    source: str
    file: str
    row: int | None


class RegisterGap(TypedDict):
    """What a register lacks."""

    place: str
    register: str
    entries: int | None
    without_source: int | None
    without_date: int | None
    not_stated: int | None


class OpenCell(TypedDict):
    """A cell of which the source does not tell."""

    place: str
    register: str
    entry: str
    name: Text
    column: str
    file: str
    row: int | None
