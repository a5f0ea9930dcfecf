"""What ``[index.<name>]`` of ``study.toml`` may say."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from innohub.catalog import Spec, parse_spec
from innohub.catalog.methods import Family
from innohub.study.section import Bilingual, Id, Section, Share, Whole


class MissingRule(Section):
    """When an aggregate exists: the least share of children that must be present."""

    min_share: Annotated[Share, Field(gt=0, le=1)] = 2 / 3
    by: Literal["count", "weight"] = "count"


class ScreenRule(Section):
    """``screen``: the least shares of values present, and of these not zero, for a place to take part."""

    min_available: Annotated[Share, Field(ge=0, le=1)] | None = None
    min_nonzero: Annotated[Share, Field(ge=0, le=1)] | None = None


class NodeSection(Section):
    """``[index.<name>.nodes.<node>]``: how the children of one node are weighted and aggregated."""

    weights: str | None = None
    aggregate: str | None = None


class Vary(Section):
    """``vary``: which choices the draws vary.

    ``noise`` is the standard deviation of every value as a share of it; an indicator's own, from the table of
    indicators, comes first. ``leave_out`` sets one indicator aside in each draw.
    """

    weights: str = "dirichlet(1)"
    impute: tuple[str, ...] = ()
    normalise: tuple[str, ...] = ()
    aggregate: tuple[str, ...] = ()
    noise: Annotated[Share, Field(ge=0, le=1)] | None = None
    leave_out: Annotated[bool, Strict()] = False


class Uncertainty(Section):
    """``[index.<name>.uncertainty]``: Monte-Carlo draws over method choices."""

    draws: Annotated[Whole, Field(ge=100, le=1_000_000)] = 10_000
    level: Annotated[Share, Field(gt=0, lt=1)] = 0.9
    vary: Vary = Vary()
    sampling: Literal["random", "quasi-random"] = "random"


class SensitivitySection(Section):
    """``[index.<name>.sensitivity]``: how much of the movement of ranks each uncertain choice explains, by sampling.

    What varies is what ``uncertainty.vary`` says; ``size`` base points in each of ``replicates`` repetitions.
    """

    size: Annotated[Whole, Field(ge=16, le=65_536)] = 1024
    replicates: Annotated[Whole, Field(ge=2, le=64)] = 8


class AhpSection(Section):
    """``[index.<name>.ahp]``: random consistency indices by number of items, for more than ten."""

    random_index: dict[str, Share] = Field(default_factory=dict)


class ChangeSection(Section):
    """``[index.<name>.change]``: how differences between places are read over the years.

    ``groups`` is the column of the table of places whose labels group them; ``neighbours`` says which places are near
    each other.
    """

    groups: str = ""
    neighbours: str = ""
    classes: Annotated[Whole, Field(ge=2, le=10)] = 4
    relative: Annotated[bool, Strict()] = False
    bandwidth: Literal["silverman", "scott"] = "silverman"


class Alternative(Section):
    """``[index.<name>.alternatives.<alternative>]``: the same index by another method, shown beside it."""

    title: Bilingual = Bilingual()
    normalise: str | None = None
    weights: str | None = None
    aggregate: str | None = None


class PublishedSection(Section):
    """``[index.<name>.published]``: the published values of the same index, to compare with.

    ``indicator`` holds them in the panel; ``digits`` is to how many decimals they are published; ``within`` is the
    difference allowed in place of half a unit of the last decimal, where the inputs are rounded too.
    """

    indicator: str
    digits: Annotated[Whole, Field(ge=0, le=12)] = 3
    within: Annotated[Share, Field(gt=0)] | None = None


class DesignSection(Section):
    """``[index.<name>.design]``: choices of method, every combination of which is computed."""

    impute: tuple[str, ...] = ()
    treat: tuple[str, ...] = ()
    normalise: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    aggregate: tuple[str, ...] = ()


class IndexSection(Section):
    """``[index.<name>]``: one composite index over the panel."""

    title: Bilingual = Bilingual()
    preset: str = ""
    preset_indicators: dict[str, str] = Field(default_factory=dict)
    published: PublishedSection | None = None
    framework: str = "framework.csv"
    screen: ScreenRule = ScreenRule()
    denominate: Annotated[bool, Strict()] = False
    impute: str = "none"
    treat: str = "none"
    normalise: str = "minmax(0, 1)"
    weights: str = "equal"
    combine: tuple[str, ...] = ()
    ahp: AhpSection = AhpSection()
    aggregate: str = "arithmetic"
    missing: MissingRule = MissingRule()
    pool: Literal["all-years", "each-year"] = "all-years"
    nodes: dict[str, NodeSection] = Field(default_factory=dict)
    uncertainty: Uncertainty = Uncertainty()
    alternatives: dict[Id, Alternative] = Field(default_factory=dict)
    design: DesignSection | None = None
    sensitivity: SensitivitySection | None = None
    change: ChangeSection = ChangeSection()

    def varied(self, *, errors: bool = False) -> tuple[str, ...]:
        """Return what the draws vary; ``errors`` says whether indicators bring errors of their own."""
        vary = self.uncertainty.vary
        asked = {
            "weights": parse_spec(vary.weights, "draws").name != "fixed",
            "impute": bool(vary.impute) or self.spec("impute").name == "multiple",
            "normalise": len(vary.normalise) > 1,
            "aggregate": len(vary.aggregate) > 1,
            "noise": bool(vary.noise) or errors,
            "leave_out": vary.leave_out,
        }
        return tuple(name for name, moves in asked.items() if moves)

    def spec(self, family: Family) -> Spec:
        """Return the index's own choice of a family, parsed."""
        return parse_spec(getattr(self, family), family)
