// The shape of what the page shows of positions, as src/innohub/web/schema_position.py declares it.

import type { Text } from "./types";

export interface PositionRule {
  bar: number; min_peers: number; near: number; spread: number; max_gap: number; horizon: number | null; refuse: string[];
}

export interface PositionFunction {
  id: string; group: string; group_name: Text; name: Text; position: Text; assumed: boolean; indicators: string[];
  weights: (number | null)[];
}

export interface Scope {
  id: string; name: Text;
}

export interface PeerSet {
  scope: string; id: string; name: Text; places: string[];
}

export interface GridCell {
  place: string; function: string; scope: string; set: string; indicators: number; peers: number; passed: number;
  tied: number; not_passed: number; q: number | null; verdict: string; widest: boolean; certainty: number | null;
  ready: string; ready_year: number | null; ready_low: number | null; ready_high: number | null;
  chance: number | null;
}

export interface Told {
  value: number | null; year: number | null; since: number | null; area: string; qualifier: string; file: string;
  row: number | null;
}

export interface Relation {
  place: string; indicator: string; peer: string; relation: string; direction: number; ratio: number | null;
  marks: string[]; settled: boolean; unit: string; own: Told; other: Told;
}

export interface SentencePart {
  text: string; row: number | null;
}

export interface Sentence {
  place: string; indicator: string; scope: string; set: string; zh: SentencePart[]; en: SentencePart[];
}

export interface PanelRow {
  place: string; indicator: string; value: number | null; unit: string; year: number | null; since: number | null;
  area: string; qualifier: string; source: string; flag: string; note: Text; file: string; row: number;
  column: string; cell: string;
}

export interface FunctionScore {
  place: string; function: string; group: string; score: number | null; specialisation: number | null;
}

export interface PositionClaim {
  place: string; function: string; part: string; claimed_scope: string; claimed_year: number | null;
  computed_scope: string; verdict: string; basis: string; ready_year: number | null; text: Text; source: string;
}

export interface Agreement {
  place: string; text: Text; other: Text; status: string;
}

export interface Position {
  places: string[]; rule: PositionRule; functions: PositionFunction[]; scopes: Scope[]; sets: PeerSet[];
  cells: GridCell[]; relations: Relation[]; sentences: Sentence[]; rows: PanelRow[]; scores: FunctionScore[];
  claims: PositionClaim[]; agreement: Agreement[];
}

export interface Badge {
  place: string; scheme: string; title: Text; edition: string; status: string; source: string; of: string;
  value: number | null; order: number; name: Text; rule: Text; next: Text; distance: number | null;
  distance_in: string;
}

export interface StageRow {
  place: string; scheme: string; measure: string; value: number | null; unit: string; year: number | null; name: Text;
  next: Text; threshold: number | null; declared: number | null; base_year: number | null; prices: string;
  growth: number | null; years: number | null; by_year: number | null; status: string; fragile: boolean;
  source: string;
}

export interface StageShift {
  place: string; measure: string; prices: string; shift: number | null; value: number | null;
  threshold: number | null; name: Text; years: number | null;
}

export interface EquivalentRow {
  place: string; indicator: string; value: number | null; unit: string; year: number | null; converted: number | null;
  ranking_unit: string; rate: number | null; rank: number | null; members: number | null; above: string;
  above_value: number | null; below: string; below_value: number | null; level: string[]; other_years: number | null;
}

export interface TargetRow {
  place: string; indicator: string; base: number | null; base_year: number | null; target: number | null;
  deadline: number | null; value: number | null; year: number | null; progress: number | null;
  expected: number | null; required_growth: number | null; achieved_growth: number | null;
  required_change: number | null; achieved_change: number | null; status: string;
}

export interface Condition {
  place: string; condition: string; name: Text; verdict: string; claimed: string; agrees: string;
}

export interface ConditionIndicator {
  place: string; condition: string; indicator: string; direction: number; value: number | null; unit: string;
  year: number | null; lower: number | null; upper: number | null; verdict: string;
}

export interface ConditionPeer {
  place: string; indicator: string; peer: string; value: number | null; year: number | null; marks: string[];
}

export interface TechnologyState {
  place: string; year: number | null; state: string; name: Text; count: number; share: number | null;
  printed: number | null;
}

export interface StandingTables {
  classes: Badge[]; stages: StageRow[]; shifts: StageShift[]; equivalents: EquivalentRow[]; targets: TargetRow[];
  conditions: Condition[]; measures: ConditionIndicator[]; peers: ConditionPeer[]; technologies: TechnologyState[];
}
