// Rows of chains, synergies and division of work, as src/innohub/web/schema_flows.py declares them.

import type { Text } from "./types";

export interface ChainField {
  field: string; name: Text;
}

export interface ChainAmount {
  place: string; year: number | null; field: string; chain: string; amount: number | null; unit: string; spread: number | null; indicator: string;
  source: string; file: string; row: number | null;
}

export interface ChainFusion {
  place: string; year: number | null; field: string; industry: number | null; innovation: number | null; capital: number | null; talent: number | null;
  coupling: number | null; level: number | null; coordination: number | null; coordination_low: number | null; coordination_high: number | null;
  weakest: string[]; lag: number | null; certainty: number | null; variant: string; compared: string; scaling: string;
}

export interface ChainGap {
  place: string; year: number | null; field: string; chain: string; other: string; gap: number | null; gap_low: number | null; gap_high: number | null;
}

export interface TalentMismatch {
  place: string; year: number | null; mismatch: number | null; mismatch_low: number | null; mismatch_high: number | null; short_of: string;
  shortage: number | null; surplus_in: string; surplus: number | null; fields: number | null;
}

export interface Synergy {
  place: string; year: number | null; kind: string; share: number | null; share_low: number | null; share_high: number | null; expected: number | null;
  ratio: number | null; ratio_low: number | null; ratio_high: number | null; null: string; decay: number | null; weight: number | null;
  works: number | null;
}

export interface SynergyPair {
  place: string; other: string; year: number | null; observed: number | null; expected: number | null; ratio: number | null;
}

export interface LevelPair {
  place: string; year: number | null; level: string; other: string; share: number | null;
}

export interface OpenInnovation {
  place: string; year: number | null; external: number | null; external_low: number | null; external_high: number | null; inward: number | null;
  inward_low: number | null; inward_high: number | null; outward: number | null; outward_low: number | null; outward_high: number | null;
  coupled: number | null; coupled_low: number | null; coupled_high: number | null; weight: number | null; works: number | null;
}

export interface Openness {
  place: string; year: number | null; elsewhere: number | null; elsewhere_low: number | null; elsewhere_high: number | null; abroad: number | null;
  abroad_low: number | null; abroad_high: number | null; partners: number | null; effective: number | null; works: number | null;
}

export interface Helix {
  place: string; year: number | null; u: number | null; i: number | null; g: number | null; ui: number | null; ug: number | null; ig: number | null;
  uig: number | null; works: number | null; left_out: number | null; bits: number | null; low: number | null; high: number | null;
}

export interface StageShare {
  division: string; year: number | null; group: string; stage: string; amount: number | null; unit: string; quotient: number | null;
  quotient_low: number | null; quotient_high: number | null; stated: boolean;
}

export interface DivisionTest {
  division: string; name: Text; year: number | null; group: string; stage: string; quotient: number | null; quotient_low: number | null;
  quotient_high: number | null; probability: number | null; holds: string; verdict: string;
}
