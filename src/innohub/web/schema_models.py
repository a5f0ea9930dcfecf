"""Rows of models, modes and the hub. ``webui/src/types_models.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class ModelShare(TypedDict):
    """How like a foreign model a place is, and the model's weight in the mixture."""

    place: str
    model: str
    cosine: float | None
    weight: float | None
    weight_low: float | None
    weight_high: float | None
    nearest: bool


class ModelFit(TypedDict):
    """How well the models describe a place, and the largest gap to the nearest."""

    place: str
    compare: str
    residual: float | None
    norm: float | None
    fits: bool
    nearest: list[str]
    gap_model: str
    gap_slot: str
    gap: float | None
    unique: bool
    slots: int
    left_out: list[str]


class ModelSlot(TypedDict):
    """A place in one slot beside a model and the mixture."""

    place: str
    model: str
    slot: str
    value: float | None
    model_value: float | None
    gap: float | None
    mixture: float | None


class ModeShare(TypedDict):
    """The share of a practice mode in a place, and the place's verdict."""

    place: str
    mode: str
    share: float | None
    by_actor: float | None
    by_tie: float | None
    function: str
    verdict: str
    basis: str
    certainty: float | None
    left_out: float | None


class CaseFigure(TypedDict):
    """A number of a case, printed or derived; ``label`` says what it is, ``told`` is the value with its unit."""

    case: str
    mode: str
    subject: list[str]
    way: Text
    focus: Text
    function: str
    place: str
    name: Text
    item: str
    label: Text
    value: float | None
    unit: str
    year: int | None
    qualifier: str
    written: str
    told: Text
    derived_from: list[str]
    source: str
    section: str


class HubPlace(TypedDict):
    """A place by concentration of resources and control of ties; ``grade`` is its class, ``name`` that in words."""

    layer: str
    year: int | None
    place: str
    indicator: str
    index: str
    node: str
    value: float | None
    unit: str
    value_year: int | None
    share: float | None
    net_strength: float | None
    strength: float | None
    through: float | None
    concentration: float | None
    control: float | None
    grade: str
    name: Text
    next_class: str
    distance: float | None
    lacks: str


class HubLimit(TypedDict):
    """The least concentration and control of a class."""

    grade: str
    name: Text
    concentration: float | None
    control: float | None
    given_by: str


class HubTie(TypedDict):
    """A tie between two places; ``directed`` ones run from ``place`` to ``other``."""

    layer: str
    year: int | None
    place: str
    other: str
    weight: float | None
    directed: bool
    file: str
    row: int | None


class Laboratory(TypedDict):
    """The variety of a place's laboratories."""

    place: str
    year: int | None
    total: float | None
    kinds: int
    entropy: float | None
    evenness: float | None
    equivalent: float | None
    largest: str
    largest_share: float | None


class LaboratoryKind(TypedDict):
    """A place's laboratories of one kind."""

    place: str
    kind: str
    name: Text
    count: float | None
    share: float | None
    year: int | None
    source: str


class CentrePath(TypedDict):
    """By which path a place became a centre."""

    place: str
    path: str
    planned: str
    planned_from: str
    roles: list[str]


class CentreRole(TypedDict):
    """A test of a role of a centre."""

    place: str
    role: str
    name: Text
    indicator: str
    value: float | None
    unit: str
    relation: str
    bar: float | None
    verdict: str
    year: int | None


class Arrow(TypedDict):
    """An arrow of the hub triangle; ``weakest`` is the share of resamples in which it is the weakest."""

    start: str
    end: str
    lag: int
    coefficient: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    p: float | None
    standardised: float | None
    weakest: float | None
    places: int
    observations: int
    verdict: str
    is_weakest: bool


class HubLoop(TypedDict):
    """The loop that the three arrows close."""

    alpha: float | None
    beta: float | None
    gamma: float | None
    decay: float | None
    decay_from: str
    gain: float | None
    growth: float | None
    low: float | None
    high: float | None
    interval: str
    draws: int
    verdict: str


class Balance(TypedDict):
    """Coupling, level and coordination of a place's three corners in a year."""

    place: str
    year: int | None
    C: float | None
    T: float | None
    D: float | None
    lowest: str
    gap: float | None
