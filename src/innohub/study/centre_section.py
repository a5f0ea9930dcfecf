"""What ``[position]`` may say of hubs, laboratories, the path of a centre, and unevenness between places."""

from typing import Annotated

from pydantic import Field, Strict

from innohub.catalog.hub import HubClass
from innohub.study.section import Bilingual, Section, Share, Whole

Code = Annotated[str, Field(min_length=1)]
Codes = tuple[Code, ...]
Percentile = Annotated[Share, Field(ge=0, le=1)]


class HubLimit(Section):
    """Least percentiles of a class of hub position; those of the catalogue where not told."""

    concentration: Percentile | None = None
    control: Percentile | None = None


class HubSection(Section):
    """``[position.hub]``: where places stand by concentration of resources and by control of ties.

    ``concentration`` is a node of ``index`` (its root unless named), or an indicator where no index is named. Ties
    are those of the table of ties, each layer for itself; the ties of a layer are all of one year. ``limits`` are
    the least percentiles of concentration and of control, by class.
    """

    concentration: str = ""
    index: str = ""
    places: Codes = ()
    layers: Codes = ()
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None
    alpha: Annotated[Share, Field(ge=0, le=10)] = 1.0
    limits: dict[Code, HubLimit] = Field(default_factory=dict)

    def limits_of(self, entry: HubClass) -> tuple[float, float]:
        """Return the least percentiles of concentration and of control of a class."""
        own = self.limits.get(entry.name, HubLimit())
        concentration = entry.concentration if own.concentration is None else own.concentration
        return concentration, entry.control if own.control is None else own.control


class LaboratoriesSection(Section):
    """``[position.laboratories]``: how many kinds of laboratories a place has, from the table of laboratories."""

    places: Codes = ()
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None


class RoleSection(Section):
    """One role of ``[position.path.roles]``: an indicator and the value from which a place has the role."""

    indicator: Code
    bar: Share
    name: Bilingual = Bilingual()


class PathSection(Section):
    """``[position.path]``: whether a place grew out of a centre of economy, finance or trade, or was planned as one.

    ``planned`` is one answer for all places or one by place; without it the table of the plan answers, if there is one.
    """

    roles: Annotated[dict[Code, RoleSection], Field(min_length=1)]
    planned: Annotated[bool, Strict()] | dict[Code, Annotated[bool, Strict()]] | None = None
    places: Codes = ()
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None


class UnevennessSection(Section):
    """``[position.unevenness]``: whether indicators are spread more unevenly over places than another, such as GDP."""

    indicators: Annotated[Codes, Field(min_length=1)]
    against: Code
    places: Codes = ()
    year: Whole | None = None
    max_gap: Annotated[Whole, Field(ge=0)] | None = None
    draws: Annotated[Whole, Field(ge=0, le=100_000)] = 999
    level: Annotated[Share, Field(gt=0, lt=1)] = 0.9

    @property
    def named(self) -> tuple[tuple[str, Codes], ...]:
        """The indicators named, by key."""
        return (("indicators", self.indicators), ("against", (self.against,)))
