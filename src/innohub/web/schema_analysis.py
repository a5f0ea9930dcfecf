"""The shape of the page's data beyond the ranking itself. ``webui/src/types_analysis.ts`` declares the same."""

from typing import Literal, TypedDict

from innohub.web.schema_basic import Method, Text


class Spread(TypedDict):
    """How unequal the scores of one year are."""

    year: int
    places: int
    mean: float | None
    cv: float | None
    gini: float | None
    theil: float | None


class Convergence(TypedDict):
    """Whether places that began low grew faster; ``reason`` is a message code where that is undefined."""

    start: int
    end: int
    places: int
    slope: float | None
    slope_error: float | None
    p: float | None
    speed: float | None
    half_life: float | None
    reason: str


class Moves(TypedDict):
    """Moves between classes of scores; ``lag`` is 0 for all places, else the class of the neighbours."""

    lag: int
    lower: list[float | None]
    count: list[list[int]]
    probability: list[list[float | None]]
    steady: list[float | None]


class SpatialTest(TypedDict):
    """Whether the moves depend on the neighbours."""

    statistic: float | None
    freedom: float | None
    p: float | None


class Component(TypedDict):
    """A part of the inequality of one year, within or between groups of places."""

    year: int
    measure: str
    group: str
    other: str
    component: str
    value: float | None
    share: float | None


class Density(TypedDict):
    """The distribution of the scores of one year, on a grid."""

    year: int
    score: list[float]
    density: list[float]


class Change(TypedDict):
    """An index over the years; ``rank`` and ``score`` are place by place, year by year.

    ``relative`` says that classes are cut on scores over the mean of their year.
    """

    years: list[int]
    rank: list[list[int | None]]
    score: list[list[float | None]]
    spread: list[Spread]
    convergence: Convergence | None
    relative: bool
    moves: list[Moves]
    spatial: SpatialTest | None
    groups: list[Component]
    density: list[Density]


class Effect(TypedDict):
    """What one step of the index changed, against leaving it out or doing it the plain way."""

    step: str
    method: str
    neutral: str
    values: int
    places: int
    mean_shift: float | None
    max_shift: float | None
    most_place: str
    from_rank: int | None
    to_rank: int | None


class Stage(TypedDict):
    """Values of one leaf before and after a step, place by place; null where the step left them alone."""

    step: str
    leaf: str
    before: list[float | None]
    after: list[float | None]


class Rules(TypedDict):
    """What is done before normalising, and when a score exists; ``by`` says how the present share is counted."""

    treat: Method
    impute: Method
    min_available: float | None
    min_nonzero: float | None
    denominate: bool
    combine: list[Method]
    pool: Literal["all-years", "each-year"]
    min_share: float
    by: Literal["count", "weight"]


class Influence(TypedDict):
    """What each choice moves of one output; lists follow the factors."""

    output: str
    place: str
    variance: float | None
    first: list[float | None]
    total: list[float | None]
    first_error: list[float | None]
    total_error: list[float | None]


class Settling(TypedDict):
    """How a sampled index settles as the sample grows."""

    output: str
    place: str
    factor: str
    size: list[int]
    first: list[float | None]
    total: list[float | None]


class Sensitivity(TypedDict):
    """Which choice moves the ranks; ``span`` is best, middle and worst rank of each place over all models."""

    method: Literal["exact", "sampled"]
    models: int
    replicates: int
    factors: list[str]
    levels: list[list[str]]
    influences: list[Influence]
    path: list[Settling]
    span: list[list[float | None]]


class Yield(TypedDict):
    """Efficiency of a place in a year; ``value``, ``target`` and ``change`` follow inputs, outputs, undesirable."""

    place: str
    year: int
    score: float | None
    feasible: bool
    regime: str
    rank: int | None
    pure: float | None
    scale: float | None
    peers: str
    value: list[float | None]
    target: list[float | None]
    change: list[float | None]


class Productivity(TypedDict):
    """Change of productivity of a place between two years; an empty place is the mean over places."""

    place: str
    start: int
    end: int
    frontier: str
    index: float | None
    efficiency: float | None
    technical: float | None
    pure: float | None
    scale: float | None


class Efficiency(TypedDict):
    """A measure of efficiency: what is put in, what comes out, and how far each place is from the frontier."""

    id: str
    title: Text
    method: Method
    inputs: list[str]
    outputs: list[str]
    undesirable: list[str]
    lag: int
    years: list[int]
    rows: list[Yield]
    malmquist: list[Productivity]
