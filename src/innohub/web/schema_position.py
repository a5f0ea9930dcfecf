"""The shape of what the page shows of positions. ``webui/src/types_position.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class PositionRule(TypedDict):
    """When a function is held at a scope, and whose values are compared."""

    bar: float
    min_peers: int
    near: float
    spread: float
    max_gap: int
    horizon: int | None
    refuse: list[str]


class PositionFunction(TypedDict):
    """A function with its group, the position that the founding text gives to it, its indicators and their weights."""

    id: str
    group: str
    group_name: Text
    name: Text
    position: Text
    assumed: bool
    indicators: list[str]
    weights: list[float | None]


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


class SentencePart(TypedDict):
    """A stretch of a sentence; ``row`` is the position among ``rows`` of the value it prints, none for plain words."""

    text: str
    row: int | None


class Sentence(TypedDict):
    """What is said of a place's indicator beside one peer set; without a set, of the value alone."""

    place: str
    indicator: str
    scope: str
    set: str
    zh: list[SentencePart]
    en: list[SentencePart]


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
    other: Text
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
    sentences: list[Sentence]
    rows: list[PanelRow]
    scores: list[FunctionScore]
    claims: list[PositionClaim]
    agreement: list[Agreement]
