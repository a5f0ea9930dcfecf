// The tables of the ecosystem on the wire and unpacked, as src/innohub/web/schema_tables.py declares them.

import type { Text } from "./types";
import type {
  Constraint, ConstraintLever, ConstraintProof, Coupling, CouplingChange, CouplingClass, CouplingSpread, DiagnosedPlace, Driver, Obstacle, ObstacleGroup, ObstacleTrend, SubsystemLag, SubsystemScore,
} from "./types_ecosystem";
import type {
  ChainAmount, ChainField, ChainFusion, ChainGap, DivisionTest, Helix, LevelPair, OpenInnovation, Openness, StageShare, Synergy, SynergyPair, TalentMismatch,
} from "./types_flows";
import type {
  BarrierState, FieldCount, OpenCell, Overlap, PillarEntry, Pull, RankStep, RegisterGap, StrategyCard,
} from "./types_holdings";
import type {
  ChainLinks, Completeness, DistrictCover, FinanceCover, FinanceRatio, FiveOnes, OnlyTest, PlatformClass, PolicyStack, RegisterLabel, Rung, ScopeCount, SetQuery,
} from "./types_registers";

export interface EcosystemTables {
  subsystems: SubsystemScore[]; coupling: Coupling[]; ecosystem_places: DiagnosedPlace[]; coupling_classes: CouplingClass[];
  lags: SubsystemLag[]; coupling_changes: CouplingChange[]; obstacles: Obstacle[]; obstacle_groups: ObstacleGroup[];
  obstacle_trends: ObstacleTrend[]; drivers: Driver[]; coupling_inequality: CouplingSpread[]; constraints: Constraint[];
  constraint_evidence: ConstraintProof[]; constraint_levers: ConstraintLever[]; chain_fields: ChainField[]; chain_amounts: ChainAmount[];
  chain_fusion: ChainFusion[]; chain_gaps: ChainGap[]; talent_mismatch: TalentMismatch[]; synergy: Synergy[]; synergy_pairs: SynergyPair[];
  level_pairs: LevelPair[]; open_innovation: OpenInnovation[]; openness: Openness[]; triple_helix: Helix[]; stage_division: StageShare[];
  division_tests: DivisionTest[]; register_labels: RegisterLabel[]; platform_classes: PlatformClass[]; register_completeness: Completeness[];
  register_sets: SetQuery[]; register_only: OnlyTest[]; policy_stack: PolicyStack[]; five_ones: FiveOnes[];
  district_coverage: DistrictCover[]; finance_coverage: FinanceCover[]; finance_ratios: FinanceRatio[]; talent_pyramid: Rung[];
  chain_links: ChainLinks[]; firsts_by_scope: ScopeCount[]; rank_series: RankStep[]; strategy_cards: StrategyCard[];
  field_matrix: FieldCount[]; barrier_matrix: BarrierState[]; platform_overlap: Overlap[]; platform_pull: Pull[]; pillars: PillarEntry[];
  register_gaps: RegisterGap[]; register_open: OpenCell[];
}

export interface PackedColumn {
  field: string; kind: "number" | "text" | "pair" | "list" | "flag"; runs: boolean; cells: (number | null)[];
}

export interface PackedTable {
  rows: number; columns: PackedColumn[];
}

export interface CouplingVariant {
  id: string; name: Text; note: Text; citation: string; formula: string; gathers: string; main: boolean;
}

export interface SchemeClass {
  id: string; name: Text; low: number | null;
}

export interface ClassScheme {
  id: string; title: Text; source: string; classes: SchemeClass[];
}

export interface Ecosystem {
  texts: string[]; pairs: Text[]; tables: Record<string, PackedTable>; variants: CouplingVariant[];
  schemes: ClassScheme[]; lists: Record<string, string>; groups: Record<string, string[]>; level: number; bar: number; squeezed: string;
}
