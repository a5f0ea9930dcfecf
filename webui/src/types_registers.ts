// Rows of registers, as src/innohub/web/schema_registers.py declares them.

import type { Text } from "./types";

export interface RegisterLabel {
  text: string; name: Text; file: string; row: number | null;
}

export interface PlatformClass {
  place: string; grade: string; class_name: Text; entries: number | null; ids: string[];
}

export interface Completeness {
  place: string; platforms: number | null; present: number | null; wanted: string[]; missing: string[]; other: number | null; unclassed: number | null;
  complete: boolean;
}

export interface SetQuery {
  place: string; query: string; title: Text; register: string; column: string; wanted: string[]; have: string[]; lacking: string[]; all: boolean;
  ids: string[];
}

export interface OnlyTest {
  place: string; query: string; title: Text; register: string; column: string; verdict: string; complete: boolean; compared: number | null;
  others: string[]; lacking: string[]; nearest: string[]; nearest_lacking: string;
}

export interface PolicyStack {
  place: string; general: string; name: Text; supporting: number | null; topics: string[]; instruments: string[]; first_year: number | null;
  last_year: number | null; complete: boolean;
}

export interface FiveOnes {
  place: string; by: string; name: string; institution: boolean; team: boolean; results: boolean; fund: boolean; park: boolean; score: number | null;
  missing: string[];
}

export interface DistrictCover {
  place: string; districts: number | null; served: number | null; share: number | null; served_names: string[]; without: string[];
}

export interface FinanceCover {
  place: string; slot: string; stage: string; entries: number | null; covered: boolean;
}

export interface FinanceRatio {
  place: string; entry: string; name: Text; slot: string; measure: string; value: number | null; unit: string; qualifier: string; above: string;
  below: string; file: string; row: number | null;
}

export interface Rung {
  place: string; year: number | null; rung: string; count: number | null; share: number | null; to_lower: number | null; inverted: boolean;
  growth: number | null; entries: number | null;
}

export interface ChainLinks {
  place: string; chain: string; links: number | null; weak: number | null; middle: number | null; strong: number | null; not_stated: number | null;
  weak_share: number | null; weak_links: string[]; strong_links: string[];
}

export interface ScopeCount {
  place: string; scope: string; entries: number | null; undated: number | null;
}

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
