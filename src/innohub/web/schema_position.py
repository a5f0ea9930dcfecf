"""The shape of what the page shows of positions. ``webui/src/types_position.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class PositionRule(TypedDict):
    """When a function is held at a scope, and whose values are compared."""

    bar: float
    min_peers: int
    near: float
    max_gap: int
    horizon: int | None
    refuse: list[str]


class PositionFunction(TypedDict):
    """A function with its group, the position that the founding text gives to it, and its indicators."""

    id: str
    group: str
    group_name: Text
    name: Text
    position: Text
    assumed: bool
    indicators: list[str]


class Scope(TypedDict):
    """A scope; scopes are listed widest first."""

    id: str
    name: Text


class PeerSet(TypedDict):
    """Named peers of a scope."""

    scope: str
    id: str
    name: Text
    places: list[str]


class GridCell(TypedDict):
    """A place's function held against one peer set."""

    place: str
    function: str
    scope: str
    set: str
    indicators: int
    peers: int
    passed: int
    tied: int
    not_passed: int
    q: float | None
    verdict: str
    widest: bool
    certainty: float | None
    ready: str
    ready_year: int | None
    ready_low: int | None
    ready_high: int | None
    chance: float | None


class Told(TypedDict):
    """A value as it was compared, and the row it is from."""

    value: float | None
    year: int | None
    since: int | None
    area: str
    qualifier: str
    file: str
    row: int | None


class Relation(TypedDict):
    """A place's value beside a peer's; ``other`` is in the unit of ``own``."""

    place: str
    indicator: str
    peer: str
    relation: str
    direction: int
    ratio: float | None
    marks: list[str]
    settled: bool
    unit: str
    own: Told
    other: Told


class Evidence(TypedDict):
    """A fact of an evidence sentence, and the row it is from."""

    place: str
    function: str
    indicator: str
    kind: str
    text: Text
    peer: str
    unit: str
    marks: list[str]
    file: str
    row: int | None


class PanelRow(TypedDict):
    """A value of the panel that a comparison or sentence rests on, as it was read."""

    place: str
    indicator: str
    value: float | None
    unit: str
    year: int | None
    since: int | None
    area: str
    qualifier: str
    source: str
    flag: str
    note: Text
    file: str
    row: int
    column: str
    cell: str


class FunctionScore(TypedDict):
    """Score and specialisation of a place in a function; an empty function is the whole group."""

    place: str
    function: str
    group: str
    score: float | None
    specialisation: float | None


class PositionClaim(TypedDict):
    """What a text claims, and what the values support."""

    place: str
    function: str
    part: str
    claimed_scope: str
    claimed_year: int | None
    computed_scope: str
    verdict: str
    basis: str
    ready_year: int | None
    text: Text
    source: str


class Agreement(TypedDict):
    """Whether a position that is argued is also concluded with; ``other`` is how the conclusion words it."""

    place: str
    text: Text
    other: str
    status: str


class Position(TypedDict):
    """The positions of places: the grid, what it rests on, and the claims held against it."""

    places: list[str]
    rule: PositionRule
    functions: list[PositionFunction]
    scopes: list[Scope]
    sets: list[PeerSet]
    cells: list[GridCell]
    relations: list[Relation]
    evidence: list[Evidence]
    rows: list[PanelRow]
    scores: list[FunctionScore]
    claims: list[PositionClaim]
    agreement: list[Agreement]


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
