"""What ``[ecosystem.chains]``, ``[ecosystem.synergy]`` and ``[ecosystem.division.<name>]`` may say."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from innohub.study.section import Bilingual, Id, Section, Share, Whole

Code = Annotated[str, Field(min_length=1)]
Codes = tuple[Code, ...]
Positive = Annotated[Share, Field(gt=0)]
Draws = Annotated[Whole, Field(ge=100, le=100_000)]
Level = Annotated[Share, Field(gt=0, lt=1)]
Spread = Annotated[Share, Field(ge=0, le=1)]
Side = Literal["university", "institute", "firm", "government", "other"]
Tier = Literal["national", "provincial", "municipal", "institution"]

CHAINS = ("industry", "innovation", "capital", "talent")


class FieldSection(Section):
    """``[ecosystem.chains.fields.<name>]``: a field, with the indicator of the panel for each of its four chains."""

    title: Bilingual = Bilingual()
    industry: Code
    innovation: Code
    capital: Code
    talent: Code


class ChainsSection(Section):
    """``[ecosystem.chains]``: how industry, innovation, capital and talent go together, by place and field.

    Amounts stand in the table of chains, in the panel (``fields``), or in both. ``names`` lists the fields that the
    table may hold, with what they are called; any field may stand there without it.
    """

    fields: dict[Id, FieldSection] = Field(default_factory=dict)
    names: dict[str, Bilingual] = Field(default_factory=dict)
    places: Codes = ()
    compared: Literal["places", "fields", "given"] = "places"
    scaling: Literal["maximum", "range", "share"] = "maximum"
    variant: str = "classic"
    weights: tuple[Annotated[Share, Field(ge=0)], ...] = ()
    spread: Spread = 0.05
    draws: Draws = 2000
    level: Level = 0.9


class SynergySection(Section):
    """``[ecosystem.synergy]``: who works with whom across sectors, cities and levels, from the table of works.

    ``sectors`` and ``levels`` say what the words of the table mean where they are not known.
    """

    sectors: dict[str, Side] = Field(default_factory=dict)
    levels: dict[str, Tier] = Field(default_factory=dict)
    places: Codes = ()
    counting: Literal["whole", "fractional"] = "fractional"
    null: Literal["gravity", "configuration"] = "gravity"
    within_km: Positive | dict[str, Positive] = 10.0
    decay: Annotated[Share, Field(ge=0)] | None = None
    by_year: Annotated[bool, Strict()] = False
    draws: Draws = 1000
    level: Level = 0.9


class DivisionSection(Section):
    """``[ecosystem.division.<name>]``: which group of places is said to do which stage of the chain, to be tested.

    ``groups`` gives the places of each group; ``stated`` the stage or stages in which a group should be specialised.
    """

    title: Bilingual = Bilingual()
    groups: Annotated[dict[str, Annotated[Codes, Field(min_length=1)]], Field(min_length=2)]
    stated: Annotated[dict[str, Code | Codes], Field(min_length=1)]
    field: str = ""
    spread: Spread = 0.05
    draws: Draws = 2000
    level: Level = 0.9

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The pairs of group and stage that the division states."""
        return tuple(
            (group, stage)
            for group, told in self.stated.items()
            for stage in ((told,) if isinstance(told, str) else told)
        )
