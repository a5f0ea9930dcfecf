"""What ``[position.*]`` of ``study.toml`` may say beyond the grid of functions and scopes."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Strict

from innohub.study.centre_section import HubSection, LaboratoriesSection, PathSection, UnevennessSection
from innohub.study.section import Id, Section, Share, Whole

Code = Annotated[str, Field(min_length=1)]
Codes = tuple[Code, ...]
Positive = Annotated[Share, Field(gt=0)]


def _one_or_many(data: object) -> object:
    """Take a single table for a list of one, so that ``[position.x]`` and ``[[position.x]]`` both work."""
    return [data] if isinstance(data, dict) else data


class SchemeSection(Section):
    """``[position.scheme.<name>]``: by what places are classed, and what the scheme leaves to the user.

    The value is a node of an index (its root unless named) or an indicator. ``parts`` are the segments, criteria or
    functions of a scheme that asks for several: their ids with an indicator each.
    """

    index: str = ""
    node: str = ""
    indicator: str = ""
    parts: dict[str, Code] = Field(default_factory=dict)
    places: Codes = ()
    file: str = ""
    closed: Literal["", "left", "right"] = ""
    reference: Share | str | None = None
    limits: tuple[Share, ...] = ()
    scale: Literal["raw", "log", "rank"] = "raw"
    bar: Share | None = None
    quota: tuple[Share, ...] = ()
    spread: Positive | None = None
    ddof: Annotated[Whole, Field(ge=0, le=1)] | None = None
    share: Annotated[Share, Field(gt=0, le=1)] | None = None
    rank: Annotated[Whole, Field(ge=1)] | None = None
    functions: Annotated[Whole, Field(ge=1)] = 1
    thirds: Annotated[bool, Strict()] = False


class ChecklistSection(Section):
    """``[position.checklist]``: which tiers' checklists are gone through; values stand in the table of checklists."""

    tiers: Annotated[
        tuple[Literal["international", "national", "regional", "local"], ...], Field(min_length=1)
    ]
    places: Codes = ()


class StageSection(Section):
    """``[position.stage]``: stage of development, with measures (ids of the table of stages) and their indicators.

    ``growth`` is the yearly rate on the prices of the threshold, one for all or by measure or place; ``deflator`` the
    price index of the thresholds' currency by year.
    """

    measures: Annotated[dict[str, Code], Field(min_length=1)]
    places: Codes = ()
    scheme: Literal["porter", "own"] = "porter"
    year: Whole | None = None
    growth: Share | dict[str, Share] | None = None
    deflator: dict[str, Positive] = Field(default_factory=dict)
    shifts: tuple[Annotated[Share, Field(gt=-1)], ...] = (-0.1, 0.0, 0.1)


class EquivalentSection(Section):
    """``[position.equivalent]``: where a place's value would stand in a ranking of other places.

    ``ranking`` names places or sets of the table of peers; ``ranking_indicator`` is their indicator where it differs.
    ``rate`` is units of the value's currency for one of the ranking's.
    """

    indicator: Code
    ranking: Annotated[Codes, Field(min_length=1)]
    ranking_indicator: str = ""
    places: Codes = ()
    year: Whole | None = None
    rate: Positive | None = None
    max_gap: Annotated[Whole, Field(ge=0)] = 0
    leave_out: Annotated[bool, Strict()] = False


class ConditionsSection(Section):
    """``[position.conditions]``: base conditions among named peers; ``claims`` are the verdicts of a text."""

    peers: Annotated[Codes, Field(min_length=1)]
    places: Codes = ()
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None
    min_peers: Annotated[Whole, Field(ge=1)] | None = None
    claims: dict[str, Literal["high", "medium", "low"]] = Field(default_factory=dict)


class SimilarSection(Section):
    """``[position.similar]``: the places most like one of them in structure; ``outcomes`` may not be among them."""

    variables: Annotated[Codes, Field(min_length=1)]
    places: Codes = ()
    among: Codes = ()
    k: Annotated[Whole, Field(ge=1)] = 5
    metric: Literal["euclid", "mahalanobis"] = "euclid"
    shrinkage: Annotated[Share, Field(ge=0, le=1)] | None = None
    logs: Codes = ()
    outcomes: Codes = ()
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None


class CompareSection(Section):
    """``[position.compare]``: up to six places side by side on an index or on a list of indicators."""

    places: Annotated[Codes, Field(min_length=1)]
    index: str = ""
    indicators: Codes = ()
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None


class RollupSection(Section):
    """``[position.rollup]``: the indicators of an index rolled up by the table of tags; ``hierarchies`` empty = all."""

    index: str = ""
    hierarchies: Codes = ()
    min_share: Annotated[Share, Field(gt=0, le=1)] = 2 / 3


class ContainmentSection(Section):
    """``[position.containment]``: whether higher tiers do all that lower ones do, and niches where one leads.

    ``functions`` are nodes of the index (the children of its root unless named), ``niches`` indicators whose amounts
    give location quotients.
    """

    index: str = ""
    functions: Codes = ()
    niches: Codes = ()
    k: Positive = 1.5


class LocalSection(Section):
    """``[position.local]``: types of local centres; a measure is an indicator, or two for a location quotient."""

    measures: Annotated[dict[str, Code | tuple[Code, Code]], Field(min_length=1)]
    places: Codes = ()
    among: Codes = ()
    tier: str = ""
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None


class ModelsSection(Section):
    """``[position.models]``: places beside foreign centres; the table of slots says which indicator speaks for what."""

    index: str = ""
    places: Codes = ()
    compare: Literal["levels", "profile"] = "levels"
    limit: Positive = 0.25
    min_share: Annotated[Share, Field(gt=0, le=1)] = 2 / 3


class ModesSection(Section):
    """``[position.modes]``: the practice mode of places, from the tables of actors and of their ties."""

    limit: Annotated[Share, Field(gt=0, le=1)] = 0.6
    tie_weight: Annotated[Share, Field(ge=0, le=1)] = 0.5
    draws: Annotated[Whole, Field(ge=0, le=100_000)] = 999


class TriangleSection(Section):
    """``[position.triangle]``: whether agglomeration feeds innovation, innovation diffusion, diffusion agglomeration.

    A corner is a node of ``index``, or an indicator where no index is named.
    """

    agglomeration: Code
    innovation: Code
    diffusion: Code
    index: str = ""
    places: Codes = ()
    lag: Annotated[Whole, Field(ge=1, le=20)] = 1
    min_years: Annotated[Whole, Field(ge=4)] = 5
    decay: Annotated[Share, Field(ge=0, le=1)] | None = None
    interval: Literal["delta", "bootstrap"] = "delta"
    draws: Annotated[Whole, Field(ge=0, le=100_000)] = 999
    level: Annotated[Share, Field(gt=0, lt=1)] = 0.95


class StandingSection(Section):
    """The keys of ``[position]`` that ask for more than the grid; what is not asked for is not computed.

    ``rates`` gives average exchange rates as units of a currency for one of the thresholds' or the ranking's, by
    currency or by currency and year: ``{ CNY-2015 = 6.2270 }``.
    """

    schemes: tuple[Id, ...] = ()
    scheme: dict[Id, SchemeSection] = Field(default_factory=dict)
    checklist: ChecklistSection | None = None
    rates: dict[str, Positive] = Field(default_factory=dict)
    stage: StageSection | None = None
    equivalent: Annotated[tuple[EquivalentSection, ...], BeforeValidator(_one_or_many)] = ()
    conditions: ConditionsSection | None = None
    similar: SimilarSection | None = None
    compare: CompareSection | None = None
    rollup: RollupSection | None = None
    containment: ContainmentSection | None = None
    local: LocalSection | None = None
    models: ModelsSection | None = None
    modes: ModesSection | None = None
    cases: Annotated[bool, Strict()] = False
    triangle: TriangleSection | None = None
    hub: HubSection | None = None
    laboratories: LaboratoriesSection | None = None
    path: PathSection | None = None
    unevenness: UnevennessSection | None = None

    def scheme_of(self, name: str) -> SchemeSection:
        """Return what the study says about a scheme, or a section of defaults."""
        return self.scheme.get(name, SchemeSection())


def standing_parts(section: StandingSection | None) -> dict[str, Any]:
    """Return the sections beyond the grid that a study fills in, by key.

    >>> standing_parts(StandingSection(cases=True))
    {'cases': True}
    """
    if section is None:
        return {}
    return {name: part for name in StandingSection.model_fields if (part := getattr(section, name))}
