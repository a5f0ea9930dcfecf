"""Rows of coupling, obstacles and constraints. ``webui/src/types_ecosystem.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class SubsystemScore(TypedDict):
    """The score of a subsystem."""

    place: str
    year: int | None
    subsystem: str
    name: Text
    score: float | None
    score_low: float | None
    score_high: float | None


class Coupling(TypedDict):
    """Coupling, level and coordination of all subsystems, or of two."""

    place: str
    year: int | None
    first: str
    second: str
    systems: int | None
    variant: str
    main: bool
    squeezed: str
    coupling: float | None
    level: float | None
    coordination: float | None
    coupling_low: float | None
    coupling_high: float | None
    level_low: float | None
    level_high: float | None
    coordination_low: float | None
    coordination_high: float | None
    defined: float | None
    scheme: str
    grade: str
    class_name: Text
    class_probability: float | None
    likeliest: str
    likeliest_name: Text
    likeliest_probability: float | None
    coupling_class: str
    coupling_class_name: Text
    coupling_class_probability: float | None


class DiagnosedPlace(TypedDict):
    """A place that the diagnosis is about."""

    place: str


class CouplingClass(TypedDict):
    """The probability of a class of D or C."""

    place: str
    year: int | None
    first: str
    second: str
    variant: str
    measure: str
    scheme: str
    grade: str
    class_name: Text
    probability: float | None
    assigned: bool


class SubsystemLag(TypedDict):
    """Which subsystem is behind."""

    place: str
    year: int | None
    first: str
    second: str
    lag: str
    lag_name: Text
    lagging: list[str]
    gap: float | None
    bar: float | None
    probability: float | None


class CouplingChange(TypedDict):
    """The change of C, T and D between two years."""

    place: str
    first: str
    second: str
    start: int | None
    end: int | None
    whole: bool
    coupling_change: float | None
    level_change: float | None
    coordination_change: float | None
    scheme: str
    from_class: str
    to_class: str
    steps: int | None
    move: str
    coordination_change_low: float | None
    coordination_change_high: float | None
    rise: float | None


class Obstacle(TypedDict):
    """The degree of obstacle of an indicator."""

    place: str
    year: int | None
    indicator: str
    subsystem: str
    weight: float | None
    value: float | None
    degree: float | None
    rank: int | None
    known: float | None


class ObstacleGroup(TypedDict):
    """The degree of obstacle of a subsystem."""

    place: str
    year: int | None
    subsystem: str
    weight: float | None
    degree: float | None
    rank: int | None
    known: float | None


class ObstacleTrend(TypedDict):
    """Mean and trend of a degree of obstacle."""

    place: str
    kind: str
    name: str
    years: int | None
    mean: float | None
    trend: float | None
    start: int | None
    end: int | None
    first: float | None
    last: float | None
    change: float | None
    known: float | None
    rank: int | None


class Driver(TypedDict):
    """A subsystem's part in the change of D."""

    place: str
    start: int | None
    end: int | None
    subsystem: str
    score_change: float | None
    contribution: float | None
    share: float | None
    rank: int | None
    probability: float | None


class CouplingSpread(TypedDict):
    """How unequal D is between places."""

    year: int | None
    variant: str
    places: int | None
    mean: float | None
    cv: float | None
    gini: float | None
    theil: float | None


class Constraint(TypedDict):
    """A group of constraints and how much it binds."""

    place: str
    year: int | None
    group: str
    name: Text
    rank: int | None
    verdict: str
    severity: float | None
    obstacle: float | None
    weight: float | None
    score: float | None
    peer_median: float | None
    gap: float | None
    confidence: float | None
    data: float | None


class ConstraintProof(TypedDict):
    """An indicator behind a constraint, as it was read."""

    place: str
    group: str
    order: int | None
    indicator: str
    score: float | None
    obstacle: float | None
    peer_median: float | None
    gap: float | None
    value: float | None
    unit: str
    year: int | None
    source: str
    flag: str
    file: str
    row: int | None


class ConstraintLever(TypedDict):
    """What a text advises against a constraint."""

    place: str
    group: str
    order: int | None
    lever: str
    text: Text
    section: str
    source: Text
