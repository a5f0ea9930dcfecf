// Rows of what registers hold of platforms, policies, transfer, finance, talent and chains, as src/innohub/web/schema_registers.py declares them.

import type { Text } from "./types";

export interface RegisterLabel {
  text: string; name: Text; file: string; row: number | null;
}

export interface PlatformClass {
  place: string; grade: string; class_name: Text; entries: number | null; ids: string[];
}

export interface Completeness {
  place: string; platforms: number | null; present: number | null; wanted: number | null; missing: string[]; other: number | null;
  unclassed: number | null; complete: boolean;
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
