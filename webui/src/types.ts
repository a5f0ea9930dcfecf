// The shape of the page's data, as src/innohub/web/schema.py declares it; a Python test compares the two.

import type { Change, Effect, Efficiency, Rules, Sensitivity, Stage } from "./types_analysis";
import type { Catalogue, Insights } from "./types_insight";
import type { Position, StandingTables } from "./types_position";
import type { Preset } from "./types_preset";
import type { Ecosystem } from "./types_tables";

export interface Text {
  zh: string; en: string;
}

export interface RunInfo {
  id: string; created: string; version: string; seed: number;
}

export interface StudyInfo {
  id: string; title: Text; question: Text; note: Text; year: number; overlaps: string;
  cautions: Text[];
}

export interface Place {
  id: string; name: Text; kind: string; part_of: string; lat: number | null; lon: number | null;
  ranked: boolean;
}

export interface Indicator {
  id: string; name: Text; unit: string; direction: number; note: Text;
}

export interface Source {
  id: string; title: string; publisher: string; year: number | null; url: string; licence: string;
  accessed: string;
}

export interface Method {
  spec: string; title: Text; note: Text; citation: string;
}

export interface Node {
  id: string; parent: string; name: Text; weight: number | null; share: number; effective: number;
  indicator: string;
}

export interface Cell {
  place: string; indicator: string; year: number; value: number | null; unit: string;
  source: string; flag: string; note: Text; file: string; row: number; column: string; cell: string;
}

export interface Standing {
  score: number | null; score_low: number | null; score_high: number | null; rank: number | null;
  rank_low: number | null; rank_high: number | null;
}

export interface Draws {
  count: number; total: number; level: number; spec: string; methods: boolean; rows: string;
}

export interface Alternative {
  id: string; title: Text; method: string; score: (number | null)[]; rank: (number | null)[];
  tier: string[];
}

export interface Index {
  id: string; title: Text; nodes: Node[]; places: string[]; leaves: string[];
  normalised: ((number | null)[])[]; inner: Record<string, (number | null)[]>;
  standings: Standing[]; acceptability: number[][]; wins: number[][]; alternatives: Alternative[];
  draws: Draws; obstacle: "" | "geometric" | "other"; normalise: Method; weigh: Method; aggregate: Method;
  rules: Rules; stages: Stage[]; effects: Effect[]; change: Change | null; sensitivity: Sensitivity[];
  preset: Preset | null;
}

export interface TierName {
  id: string; name: Text;
}

export interface Sizes {
  sizes: string; probability: number;
}

export interface Limit {
  scale: string; tier: string; lower: number | null; size: number; fit: number | null;
}

export interface Tiers {
  index: string; names: TierName[]; method: Method; scale: string; definition: string; firm: number;
  sizes: number[]; assigned: string[]; probability: Record<string, number[][]>; stability: Sizes[];
  limits: Limit[];
}

export interface Centre {
  place: string; tier: string; name: Text; scope: Text; focus: Text; lat: number | null;
  lon: number | null; source: string; note: Text;
}

export interface Comparison {
  place: string; planned: string; assigned: string; agrees: boolean;
}

export interface Noted {
  code: string; level: string; text: Text; hint: Text; file: string; row: number | null;
}

export interface Payload {
  schema: number; run: RunInfo; study: StudyInfo; places: Place[]; indicators: Indicator[];
  sources: Source[]; cells: Cell[]; indices: Index[]; tiers: Tiers | null; plan: Centre[];
  comparison: Comparison[]; efficiencies: Efficiency[];
  position: Position | null; standing: StandingTables; insights: Insights; ecosystem: Ecosystem | null; catalogue: Catalogue;
  findings: Noted[]; meridian: number; land: number[][][];
  words: Record<string, Record<string, string>>;
}
