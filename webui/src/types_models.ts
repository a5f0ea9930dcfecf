// Rows of models, modes and the hub, as src/innohub/web/schema_models.py declares them.

import type { Text } from "./types";

export interface ModelShare {
  place: string; model: string; cosine: number | null; weight: number | null; weight_low: number | null;
  weight_high: number | null; nearest: boolean;
}

export interface ModelFit {
  place: string; compare: string; residual: number | null; norm: number | null; fits: boolean; nearest: string[];
  gap_model: string; gap_slot: string; gap: number | null; unique: boolean; slots: number; left_out: string[];
}

export interface ModelSlot {
  place: string; model: string; slot: string; value: number | null; model_value: number | null; gap: number | null;
  mixture: number | null;
}

export interface ModeShare {
  place: string; mode: string; share: number | null; by_actor: number | null; by_tie: number | null; function: string;
  verdict: string; basis: string; certainty: number | null; left_out: number | null;
}

export interface CaseFigure {
  case: string; mode: string; subject: string[]; way: Text; focus: Text; function: string; place: string; name: Text;
  item: string; label: Text; value: number | null; unit: string; year: number | null; qualifier: string;
  written: string; told: Text; derived_from: string[]; source: string; section: string;
}

export interface HubPlace {
  layer: string; year: number | null; place: string; indicator: string; index: string; node: string;
  value: number | null; unit: string; value_year: number | null; share: number | null; net_strength: number | null;
  strength: number | null; through: number | null; concentration: number | null; control: number | null;
  grade: string; name: Text; next_class: string; distance: number | null; lacks: string;
}

export interface HubLimit {
  grade: string; name: Text; concentration: number | null; control: number | null; given_by: string;
}

export interface HubTie {
  layer: string; year: number | null; place: string; other: string; weight: number | null; directed: boolean; file: string;
  row: number | null;
}

export interface Laboratory {
  place: string; year: number | null; total: number | null; kinds: number; entropy: number | null;
  evenness: number | null; equivalent: number | null; largest: string; largest_share: number | null;
}

export interface LaboratoryKind {
  place: string; kind: string; name: Text; count: number | null; share: number | null; year: number | null;
  source: string;
}

export interface CentrePath {
  place: string; path: string; planned: string; planned_from: string; roles: string[];
}

export interface CentreRole {
  place: string; role: string; name: Text; indicator: string; value: number | null; unit: string; relation: string;
  bar: number | null; verdict: string; year: number | null;
}

export interface Arrow {
  start: string; end: string; lag: number; coefficient: number | null; standard_error: number | null;
  low: number | null; high: number | null; p: number | null; standardised: number | null; weakest: number | null;
  places: number; observations: number; verdict: string; is_weakest: boolean;
}

export interface HubLoop {
  alpha: number | null; beta: number | null; gamma: number | null; decay: number | null; decay_from: string;
  gain: number | null; growth: number | null; low: number | null; high: number | null; interval: string;
  draws: number; verdict: string;
}

export interface Balance {
  place: string; year: number | null; C: number | null; T: number | null; D: number | null; lowest: string;
  gap: number | null;
}
