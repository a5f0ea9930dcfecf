"""What ``study.toml`` may say, as pydantic models: every key, its type, its default."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator

from innohub.catalog import Spec, parse_spec, tier_label
from innohub.catalog.methods import Family
from innohub.words import Language

# Strict: TOML knows its types, and year = true or draws = "1000" is a slip, not a number.
Whole = Annotated[int, Strict()]
Share = Annotated[float, Strict()]
# An id that names files and result tables, so that nothing in it may lead elsewhere.
Id = Annotated[str, Field(pattern=r"^\w[\w.-]{0,59}$")]


class Section(BaseModel):
    """A table of ``study.toml``: unknown keys are errors, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Section):
    """A text in Chinese and English; a missing one is filled with the other."""

    zh: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: object) -> object:
        return {"zh": data, "en": data} if isinstance(data, str) else data

    def text(self, language: Language) -> str:
        """Return the text in a language, else in the other."""
        return getattr(self, language) or self.zh or self.en


class StudySection(Section):
    """``[study]``: what the study is about."""

    id: Id
    title: Bilingual
    question: Bilingual = Bilingual()
    note: Bilingual = Bilingual()
    year: Whole
    years: Literal["all"] | tuple[Whole, ...] = ()
    seed: Annotated[Whole, Field(ge=0)] = 7
    overlaps: Literal["refuse", "wholes", "parts", "allow"] = "refuse"


class FilesSection(Section):
    """``[files]``: names of the tables, relative to the study folder; ``.csv``, ``.xlsx`` or ``.parquet``."""

    places: str = "places.csv"
    indicators: str = "indicators.csv"
    panel: str | Annotated[tuple[str, ...], Field(min_length=1)] = "panel.csv"
    sources: str = "sources.csv"


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
    """``vary``: which choices the draws vary."""

    weights: str = "dirichlet(1)"
    normalise: tuple[str, ...] = ()
    aggregate: tuple[str, ...] = ()


class Uncertainty(Section):
    """``[index.<name>.uncertainty]``: Monte-Carlo draws over method choices."""

    draws: Annotated[Whole, Field(ge=100, le=1_000_000)] = 10_000
    level: Annotated[Share, Field(gt=0, lt=1)] = 0.9
    vary: Vary = Vary()


class Alternative(Section):
    """``[index.<name>.alternatives.<alternative>]``: the same index by another method, shown beside it."""

    title: Bilingual = Bilingual()
    normalise: str | None = None
    weights: str | None = None
    aggregate: str | None = None


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
    framework: str = "framework.csv"
    screen: ScreenRule = ScreenRule()
    impute: str = "none"
    treat: str = "none"
    normalise: str = "minmax(0, 1)"
    weights: str = "equal"
    aggregate: str = "arithmetic"
    missing: MissingRule = MissingRule()
    pool: Literal["all-years", "each-year"] = "all-years"
    nodes: dict[str, NodeSection] = {}
    uncertainty: Uncertainty = Uncertainty()
    alternatives: dict[Id, Alternative] = {}
    design: DesignSection | None = None

    def spec(self, family: Family) -> Spec:
        """Return the index's own choice of a family, parsed."""
        return parse_spec(getattr(self, family), family)


class TierName(Section):
    """A tier: an id and its names in both languages."""

    id: Annotated[str, Field(min_length=1)]
    zh: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: object) -> object:
        return {"id": data, **tier_label(data)} if isinstance(data, str) else data

    def text(self, language: Language) -> str:
        """Return the name of the tier in a language."""
        return self.zh if language == "zh" else self.en


class TiersSection(Section):
    """``[tiers]``: how places fall into tiers, highest first."""

    index: str
    method: str = "natural_breaks"
    scale: Literal["raw", "log", "rank"] = "raw"
    probability: Literal["places", "thresholds", "refitted"] | None = None
    names: tuple[TierName, ...]
    plan: str | None = None
    firm: Annotated[Share, Field(gt=0.5, le=1)] = 0.8

    @property
    def definition(self) -> Literal["places", "thresholds", "refitted"]:
        """The definition of tier probability: as chosen, else by whether a plan or the sizes are given."""
        if self.probability:
            return self.probability
        return "places" if self.plan or self.method.startswith("sizes") else "refitted"


class BriefSection(Section):
    """``[brief]``: masthead and cautions of the brief."""

    organ: Bilingual = Bilingual()
    kind: Bilingual = Bilingual(zh="决策参阅", en="Policy brief")
    issue: str = ""
    date: str = ""
    mark: Bilingual = Bilingual()
    contact: Bilingual = Bilingual()
    cautions: tuple[Bilingual, ...] = ()


class Settings(Section):
    """The whole of ``study.toml``."""

    study: StudySection
    files: FilesSection = FilesSection()
    index: dict[Id, IndexSection]
    tiers: TiersSection | None = None
    brief: BriefSection = BriefSection()
