"""Rows of chains, synergies and division of work. ``webui/src/types_flows.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class ChainField(TypedDict):
    """A field of the four chains."""

    field: str
    name: Text


class ChainAmount(TypedDict):
    """An amount of a chain, as it was read."""

    place: str
    year: int | None
    field: str
    chain: str
    amount: float | None
    unit: str
    spread: float | None
    indicator: str
    source: str
    file: str
    row: int | None


class ChainFusion(TypedDict):
    """The four chains of a place in a field."""

    place: str
    year: int | None
    field: str
    industry: float | None
    innovation: float | None
    capital: float | None
    talent: float | None
    coupling: float | None
    level: float | None
    coordination: float | None
    coordination_low: float | None
    coordination_high: float | None
    weakest: list[str]
    lag: float | None
    certainty: float | None
    variant: str
    compared: str
    scaling: str


class ChainGap(TypedDict):
    """The gap between two chains."""

    place: str
    year: int | None
    field: str
    chain: str
    other: str
    gap: float | None
    gap_low: float | None
    gap_high: float | None


class TalentMismatch(TypedDict):
    """The mismatch of talent and industry over fields."""

    place: str
    year: int | None
    mismatch: float | None
    mismatch_low: float | None
    mismatch_high: float | None
    short_of: str
    shortage: float | None
    surplus_in: str
    surplus: float | None
    fields: int | None


class Synergy(TypedDict):
    """A share of ties against its expectation; an empty place is the whole."""

    place: str
    year: int | None
    kind: str
    share: float | None
    share_low: float | None
    share_high: float | None
    expected: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    null: str
    decay: float | None
    weight: float | None
    works: int | None


class SynergyPair(TypedDict):
    """The ties of two places against their expectation."""

    place: str
    other: str
    year: int | None
    observed: float | None
    expected: float | None
    ratio: float | None


class LevelPair(TypedDict):
    """The share in which two levels take part together."""

    place: str
    year: int | None
    level: str
    other: str
    share: float | None


class OpenInnovation(TypedDict):
    """External, inward, outward and coupled shares of a place's ties."""

    place: str
    year: int | None
    external: float | None
    external_low: float | None
    external_high: float | None
    inward: float | None
    inward_low: float | None
    inward_high: float | None
    outward: float | None
    outward_low: float | None
    outward_high: float | None
    coupled: float | None
    coupled_low: float | None
    coupled_high: float | None
    weight: float | None
    works: int | None


class Openness(TypedDict):
    """How many works have a member elsewhere or abroad."""

    place: str
    year: int | None
    elsewhere: float | None
    elsewhere_low: float | None
    elsewhere_high: float | None
    abroad: float | None
    abroad_low: float | None
    abroad_high: float | None
    partners: int | None
    effective: float | None
    works: int | None


class Helix(TypedDict):
    """Works by the sectors that take part, and what these tell of each other."""

    place: str
    year: int | None
    u: int | None
    i: int | None
    g: int | None
    ui: int | None
    ug: int | None
    ig: int | None
    uig: int | None
    works: int | None
    left_out: int | None
    bits: float | None
    low: float | None
    high: float | None


class StageShare(TypedDict):
    """The location quotient of a group of places in a stage."""

    division: str
    year: int | None
    group: str
    stage: str
    amount: float | None
    unit: str
    quotient: float | None
    quotient_low: float | None
    quotient_high: float | None
    stated: bool


class DivisionTest(TypedDict):
    """The test of a part of a stated division."""

    division: str
    name: Text
    year: int | None
    group: str
    stage: str
    quotient: float | None
    quotient_low: float | None
    quotient_high: float | None
    probability: float | None
    holds: str
    verdict: str
