"""The shape of the page's data. ``webui/src/types.ts`` declares the same names; a test compares the two."""

from typing import Literal, TypedDict

from innohub.web.schema_analysis import Change, Effect, Efficiency, Rules, Sensitivity, Stage
from innohub.web.schema_basic import Method, Noted, RunInfo, StudyInfo, Text
from innohub.web.schema_insight import Catalogue, Insights
from innohub.web.schema_position import Position
from innohub.web.schema_preset import Preset
from innohub.web.schema_standing import StandingTables
from innohub.web.schema_tables import Ecosystem

VERSION = 5


class Place(TypedDict):
    """A place; only those with ``ranked`` take part in the ranking."""

    id: str
    name: Text
    kind: str
    part_of: str
    lat: float | None
    lon: float | None
    ranked: bool


class Indicator(TypedDict):
    """An indicator, and why it is in."""

    id: str
    name: Text
    unit: str
    direction: int
    note: Text


class Source(TypedDict):
    """Where values come from."""

    id: str
    title: str
    publisher: str
    year: int | None
    url: str
    licence: str
    accessed: str


class Node(TypedDict):
    """A node of the framework; ``indicator`` is filled in the leaves only."""

    id: str
    parent: str
    name: Text
    weight: float | None
    share: float
    effective: float
    indicator: str


class Cell(TypedDict):
    """A value of the panel as it was read: where it stands and what was written there."""

    place: str
    indicator: str
    year: int
    value: float | None
    unit: str
    source: str
    flag: str
    note: Text
    file: str
    row: int
    column: str
    cell: str


class Standing(TypedDict):
    """Score and rank of a place with their intervals, as the run has them."""

    score: float | None
    score_low: float | None
    score_high: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None


class Draws(TypedDict):
    """Effective leaf weights of the first draws: rows of 16-bit shares, little-endian, in base64.

    ``methods`` says that the run drew methods besides weights, which the page cannot do.
    """

    count: int
    total: int
    level: float
    spec: str
    methods: bool
    rows: str


class Alternative(TypedDict):
    """The index by another method: score, rank and tier of every place."""

    id: str
    title: Text
    method: str
    score: list[float | None]
    rank: list[int | None]
    tier: list[str]


class Index(TypedDict):
    """An index; every list over places follows ``places``, every list over leaves follows ``leaves``.

    ``obstacle`` says why the page cannot re-weight the index; an empty text means that it can.
    """

    id: str
    title: Text
    nodes: list[Node]
    places: list[str]
    leaves: list[str]
    normalised: list[list[float | None]]
    inner: dict[str, list[float | None]]
    standings: list[Standing]
    acceptability: list[list[float]]
    wins: list[list[float]]
    alternatives: list[Alternative]
    draws: Draws
    obstacle: Literal["", "geometric", "other"]
    normalise: Method
    weigh: Method
    aggregate: Method
    rules: Rules
    stages: list[Stage]
    effects: list[Effect]
    change: Change | None
    sensitivity: list[Sensitivity]
    preset: Preset | None


class TierName(TypedDict):
    """A tier and its names."""

    id: str
    name: Text


class Sizes(TypedDict):
    """How often a vector of tier sizes comes out when the breaks are found anew."""

    sizes: str
    probability: float


class Limit(TypedDict):
    """A tier's lowest score on one scale, its size, and how well the tiers fit."""

    scale: str
    tier: str
    lower: float | None
    size: int
    fit: float | None


class Tiers(TypedDict):
    """Tiers, highest first, and how likely each place is in each under every definition."""

    index: str
    names: list[TierName]
    method: Method
    scale: str
    definition: str
    firm: float
    sizes: list[int]
    assigned: list[str]
    probability: dict[str, list[list[float]]]
    stability: list[Sizes]
    limits: list[Limit]


class Centre(TypedDict):
    """A centre city of the published plan."""

    place: str
    tier: str
    name: Text
    scope: Text
    focus: Text
    lat: float | None
    lon: float | None
    source: str
    note: Text


class Comparison(TypedDict):
    """The tier of a place in the published plan and in the study."""

    place: str
    planned: str
    assigned: str
    agrees: bool


class Payload(TypedDict):
    """Everything the page shows; ``meridian`` is mid-map, rings of ``land`` lie within half a turn of it."""

    schema: int
    run: RunInfo
    study: StudyInfo
    places: list[Place]
    indicators: list[Indicator]
    sources: list[Source]
    cells: list[Cell]
    indices: list[Index]
    tiers: Tiers | None
    plan: list[Centre]
    comparison: list[Comparison]
    efficiencies: list[Efficiency]
    position: Position | None
    standing: StandingTables
    insights: Insights
    ecosystem: Ecosystem | None
    catalogue: Catalogue
    findings: list[Noted]
    meridian: float
    land: list[list[list[float]]]
    words: dict[str, dict[str, str]]
