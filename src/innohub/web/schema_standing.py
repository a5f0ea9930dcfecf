"""The shape of what the page shows of a place's standing. ``webui/src/types_position.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class Badge(TypedDict):
    """The class of a place in a scheme, the rule that fired and what is missing to the next class up.

    ``order`` counts the classes from the highest; -1 where the place has none.
    """

    place: str
    scheme: str
    title: Text
    edition: str
    status: str
    source: str
    of: str
    value: float | None
    order: int
    name: Text
    rule: Text
    next: Text
    distance: float | None
    distance_in: str


class StageRow(TypedDict):
    """The stage of development of a place on one measure."""

    place: str
    scheme: str
    measure: str
    value: float | None
    unit: str
    year: int | None
    name: Text
    next: Text
    threshold: float | None
    declared: float | None
    base_year: int | None
    prices: str
    growth: float | None
    years: float | None
    by_year: float | None
    status: str
    fragile: bool
    source: str


class StageShift(TypedDict):
    """The stage under another exchange rate or price basis."""

    place: str
    measure: str
    prices: str
    shift: float | None
    value: float | None
    threshold: float | None
    name: Text
    years: float | None


class EquivalentRow(TypedDict):
    """Where a value would stand in a ranking, and between whom."""

    place: str
    indicator: str
    value: float | None
    unit: str
    year: int | None
    converted: float | None
    ranking_unit: str
    rate: float | None
    rank: int | None
    members: int | None
    above: str
    above_value: float | None
    below: str
    below_value: float | None
    level: list[str]
    other_years: int | None


class TargetRow(TypedDict):
    """How a target stands."""

    place: str
    indicator: str
    base: float | None
    base_year: int | None
    target: float | None
    deadline: int | None
    value: float | None
    year: int | None
    progress: float | None
    expected: float | None
    required_growth: float | None
    achieved_growth: float | None
    required_change: float | None
    achieved_change: float | None
    status: str


class Condition(TypedDict):
    """The verdict on a base condition, beside what a text says of it; ``agrees`` is empty where it says nothing."""

    place: str
    condition: str
    name: Text
    verdict: str
    claimed: str
    agrees: str


class ConditionIndicator(TypedDict):
    """The verdict on one indicator of a condition, and the limits among the peers."""

    place: str
    condition: str
    indicator: str
    direction: int
    value: float | None
    unit: str
    year: int | None
    lower: float | None
    upper: float | None
    verdict: str


class ConditionPeer(TypedDict):
    """A peer's value of an indicator of a condition."""

    place: str
    indicator: str
    peer: str
    value: float | None
    year: int | None
    marks: list[str]


class TechnologyState(TypedDict):
    """How many technologies lead, are level or follow; ``printed`` is the share as a text prints it, in per cent."""

    place: str
    year: int | None
    state: str
    name: Text
    count: int
    share: float | None
    printed: float | None


class StandingTables(TypedDict):
    """Classes, stages, equivalents, targets, technologies, base conditions; a list is empty without its table."""

    classes: list[Badge]
    stages: list[StageRow]
    shifts: list[StageShift]
    equivalents: list[EquivalentRow]
    targets: list[TargetRow]
    conditions: list[Condition]
    measures: list[ConditionIndicator]
    peers: list[ConditionPeer]
    technologies: list[TechnologyState]
