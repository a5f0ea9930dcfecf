"""Rows of checklists, similar places, comparison and frames. ``webui/src/types_frames.ts`` declares the same."""

from typing import TypedDict

from innohub.web.schema_basic import Text


class Checked(TypedDict):
    """A mark of a tier's checklist, tested on one indicator."""

    place: str
    tier: str
    passage: str
    mark: str
    name: Text
    indicator: str
    value: float | None
    relation: str
    bar: float | None
    verdict: str


class CheckCount(TypedDict):
    """How many marks of a checklist a place meets."""

    place: str
    tier: str
    marks: int
    yes: int
    no: int
    no_data: int
    met: bool


class Similar(TypedDict):
    """A place of similar structure; only those with ``match`` share enough variables."""

    place: str
    peer: str
    rank: int | None
    distance: float | None
    squared: float | None
    share: float | None
    variables: int
    match: bool
    chosen: bool
    metric: str


class SimilarPart(TypedDict):
    """What a variable adds to the distance of two places."""

    place: str
    peer: str
    variable: str
    value: float | None
    peer_value: float | None
    z: float | None
    peer_z: float | None
    contribution: float | None
    share: float | None


class Beside(TypedDict):
    """A value in the study's own comparison; ``of`` places are ranked, ``rank_here`` is among those compared."""

    node: str
    parent: str
    depth: int
    name: Text
    place: str
    value: float | None
    unit: str
    year: int | None
    rank: int | None
    of: int
    rank_here: int | None
    best: bool
    marks: list[str]


class Rollup(TypedDict):
    """The score of a place in a slot of a frame."""

    hierarchy: str
    slot: str
    name: Text
    place: str
    score: float | None
    share: float | None
    indicators: int


class Untagged(TypedDict):
    """An indicator that a frame leaves out."""

    hierarchy: str
    indicator: str


class Exceeding(TypedDict):
    """A centre of a lower tier that exceeds one of a higher tier; tiers count from the highest, 0."""

    function: str
    higher: str
    lower: str
    higher_tier: int
    lower_tier: int
    higher_value: float | None
    lower_value: float | None
    gap: float | None


class Containing(TypedDict):
    """How often higher tiers do all that lower ones do; an empty function is all together."""

    function: str
    compared: int
    held: int
    share: float | None


class Niche(TypedDict):
    """A place's location quotient in a niche beside the largest of a higher tier."""

    place: str
    tier: int
    niche: str
    lq: float | None
    k: float | None
    higher: str
    higher_lq: float | None
    special: str


class LocalType(TypedDict):
    """The types of a local centre."""

    place: str
    types: list[str]
    classified: bool
    untested: list[str]


class LocalTest(TypedDict):
    """A test behind a type of local centre."""

    place: str
    type: str
    measure: str
    name: Text
    value: float | None
    relation: str
    bar: float | None
    against: str
    verdict: str
