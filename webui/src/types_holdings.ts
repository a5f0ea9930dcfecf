// Rows of ranks, strategies, fields, borders, pillars and gaps of the registers, as src/innohub/web/schema_holdings.py declares them.

import type { Text } from "./types";

export interface RankStep {
  place: string; index: string; boundary: string; series: string; edition: number | null; data_year: number | null; rank: number | null;
  of: number | null; previous_edition: number | null; previous_rank: number | null; change: number | null; top_share: number | null; entry: string;
  file: string; row: number | null;
}

export interface StrategyCard {
  place: string; entry: string; name: Text; start: string; end: string; years: number | null; budget: number | null; currency: string;
  budget_a_year: number | null; field: string[]; fields: number | null; instrument: string[]; goal: Text; dated: boolean; sourced: boolean;
  file: string; row: number | null;
}

export interface FieldCount {
  place: string; register: string; field: string; entries: number | null; spread: number | null;
}

export interface BarrierState {
  place: string; other: string; resource: string; free: number | null; limited: number | null; closed: number | null; state: string;
}

export interface Overlap {
  place: string; entry: string; other: string; other_place: string; overlap: number | null;
}

export interface Pull {
  place: string; entry: string; lower: number | null; reached: number | null; reach: number | null;
}

export interface PillarEntry {
  place: string; pillar: string; slot: string; filled: boolean; bearer: string; name: Text; value: number | null; unit: string; year: number | null;
  qualifier: string; indicator: string; register: string; entry: string; column: string; source: string; file: string; row: number | null;
}

export interface RegisterGap {
  place: string; register: string; entries: number | null; without_source: number | null; without_date: number | null; not_stated: number | null;
}

export interface OpenCell {
  place: string; register: string; entry: string; name: Text; column: string; file: string; row: number | null;
}
