"""The tables of the ecosystem on the wire. ``webui/src/types_tables.ts`` declares the same.

``EcosystemTables`` is what the page unpacks: a row has the names of the columns of its table; what differs is listed
in ``ecosystem_data``.
"""

from typing import Literal, TypedDict

from innohub.web.schema_basic import Text
from innohub.web.schema_ecosystem import (
    Constraint,
    ConstraintLever,
    ConstraintProof,
    Coupling,
    CouplingChange,
    CouplingClass,
    CouplingSpread,
    DiagnosedPlace,
    Driver,
    Obstacle,
    ObstacleGroup,
    ObstacleTrend,
    SubsystemLag,
    SubsystemScore,
)
from innohub.web.schema_flows import (
    ChainAmount,
    ChainField,
    ChainFusion,
    ChainGap,
    DivisionTest,
    Helix,
    LevelPair,
    OpenInnovation,
    Openness,
    StageShare,
    Synergy,
    SynergyPair,
    TalentMismatch,
)
from innohub.web.schema_holdings import (
    BarrierState,
    FieldCount,
    OpenCell,
    Overlap,
    PillarEntry,
    Pull,
    RankStep,
    RegisterGap,
    StrategyCard,
)
from innohub.web.schema_registers import (
    ChainLinks,
    Completeness,
    DistrictCover,
    FinanceCover,
    FinanceRatio,
    FiveOnes,
    OnlyTest,
    PlatformClass,
    PolicyStack,
    RegisterLabel,
    Rung,
    ScopeCount,
    SetQuery,
)


class EcosystemTables(TypedDict):
    """One list a result table, under its name; empty without the table."""

    subsystems: list[SubsystemScore]
    coupling: list[Coupling]
    ecosystem_places: list[DiagnosedPlace]
    coupling_classes: list[CouplingClass]
    lags: list[SubsystemLag]
    coupling_changes: list[CouplingChange]
    obstacles: list[Obstacle]
    obstacle_groups: list[ObstacleGroup]
    obstacle_trends: list[ObstacleTrend]
    drivers: list[Driver]
    coupling_inequality: list[CouplingSpread]
    constraints: list[Constraint]
    constraint_evidence: list[ConstraintProof]
    constraint_levers: list[ConstraintLever]
    chain_fields: list[ChainField]
    chain_amounts: list[ChainAmount]
    chain_fusion: list[ChainFusion]
    chain_gaps: list[ChainGap]
    talent_mismatch: list[TalentMismatch]
    synergy: list[Synergy]
    synergy_pairs: list[SynergyPair]
    level_pairs: list[LevelPair]
    open_innovation: list[OpenInnovation]
    openness: list[Openness]
    triple_helix: list[Helix]
    stage_division: list[StageShare]
    division_tests: list[DivisionTest]
    register_labels: list[RegisterLabel]
    platform_classes: list[PlatformClass]
    register_completeness: list[Completeness]
    register_sets: list[SetQuery]
    register_only: list[OnlyTest]
    policy_stack: list[PolicyStack]
    five_ones: list[FiveOnes]
    district_coverage: list[DistrictCover]
    finance_coverage: list[FinanceCover]
    finance_ratios: list[FinanceRatio]
    talent_pyramid: list[Rung]
    chain_links: list[ChainLinks]
    firsts_by_scope: list[ScopeCount]
    rank_series: list[RankStep]
    strategy_cards: list[StrategyCard]
    field_matrix: list[FieldCount]
    barrier_matrix: list[BarrierState]
    platform_overlap: list[Overlap]
    platform_pull: list[Pull]
    pillars: list[PillarEntry]
    register_gaps: list[RegisterGap]
    register_open: list[OpenCell]


class PackedColumn(TypedDict):
    """A column of a table; ``runs`` says that its cells stand as value, count, value, count.

    Cells of ``text`` and ``list`` are positions in the texts, those of ``pair`` in the pairs, those of ``flag`` 0 or 1.
    """

    field: str
    kind: Literal["number", "text", "pair", "list", "flag"]
    runs: bool
    cells: list[float | None]


class PackedTable(TypedDict):
    """A table, column by column."""

    rows: int
    columns: list[PackedColumn]


class CouplingVariant(TypedDict):
    """A formula of coupling; ``gathers`` says at which end its values pile up."""

    id: str
    name: Text
    note: Text
    citation: str
    formula: str
    gathers: str
    main: bool


class SchemeClass(TypedDict):
    """A class of a scheme, and where it begins."""

    id: str
    name: Text
    low: float | None


class ClassScheme(TypedDict):
    """A class scheme, the highest class first."""

    id: str
    title: Text
    source: str
    classes: list[SchemeClass]


class Ecosystem(TypedDict):
    """Everything of the ecosystem.

    ``lists`` says which list of words a column of a register takes, ``groups`` which places are in a
    group of a division.
    """

    texts: list[str]
    pairs: list[Text]
    tables: dict[str, PackedTable]
    variants: list[CouplingVariant]
    schemes: list[ClassScheme]
    lists: dict[str, str]
    groups: dict[str, list[str]]
    level: float
    bar: float
    squeezed: str
