"""What ``study.toml`` may say, as pydantic models: every key, its type, its default."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from innohub.catalog import tier_label
from innohub.study.ecosystem_section import EcosystemSection
from innohub.study.efficiency_section import EfficiencySection
from innohub.study.index_section import IndexSection
from innohub.study.position_section import PositionSection
from innohub.study.section import Bilingual, Id, Section, Share, Whole
from innohub.words import Language


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
    judgements: str = "judgements.csv"
    points: str = "points.csv"
    neighbours: str = "neighbours.csv"
    functions: str = "functions.csv"
    scopes: str = "scopes.csv"
    peers: str = "peers.csv"
    claims: str = "claims.csv"
    shares: str = "shares.csv"
    classes: str = "classes.csv"
    checklists: str = "checklists.csv"
    stages: str = "stages.csv"
    conditions: str = "conditions.csv"
    targets: str = "targets.csv"
    technologies: str = "technologies.csv"
    tags: str = "tags.csv"
    slots: str = "slots.csv"
    actors: str = "actors.csv"
    ties_actors: str = "ties_actors.csv"
    cases: str = "cases.csv"
    ties: str = "ties.csv"
    laboratories: str = "laboratories.csv"
    chains: str = "chains.csv"
    works: str = "works.csv"
    chain_stages: str = "chain_stages.csv"
    constraints: str = "constraints.csv"
    pillars: str = "pillars.csv"


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
    expert: str | None = None
    firm: Annotated[Share, Field(gt=0.5, le=1)] = 0.8

    @property
    def definition(self) -> Literal["places", "thresholds", "refitted"]:
        """The definition of tier probability: as chosen, else by whether a plan or the sizes are given."""
        if self.probability:
            return self.probability
        return "places" if self.plan or self.method.startswith("sizes") else "refitted"


class Caution(Bilingual):
    """A caution, in the briefs of one subject or of all."""

    subject: Literal["", "ranking", "positioning", "diagnosis"] = ""


class BriefSection(Section):
    """``[brief]``: masthead and cautions of the brief."""

    organ: Bilingual = Bilingual()
    kind: Bilingual = Bilingual(zh="决策参阅", en="Policy brief")
    issue: str = ""
    date: str = ""
    mark: Bilingual = Bilingual()
    contact: Bilingual = Bilingual()
    cautions: tuple[Caution, ...] = ()

    def cautions_on(self, subject: str) -> tuple[Caution, ...]:
        """Return the cautions that belong into the brief on a subject."""
        return tuple(caution for caution in self.cautions if caution.subject in ("", subject))


class Settings(Section):
    """The whole of ``study.toml``."""

    study: StudySection
    files: FilesSection = FilesSection()
    index: dict[Id, IndexSection] = Field(default_factory=dict)
    position: PositionSection | None = None
    efficiency: dict[Id, EfficiencySection] = Field(default_factory=dict)
    ecosystem: EcosystemSection | None = None
    tiers: TiersSection | None = None
    brief: BriefSection = BriefSection()

    @property
    def tables_only(self) -> bool:
        """Whether the study stands on tables of its own, such as registers, so that it may do without a panel."""
        asked = self.ecosystem
        ranked = self.index or self.efficiency or self.position
        return (
            asked is not None
            and not ranked
            and bool(asked.registers or asked.chains or asked.synergy or asked.division)
        )
