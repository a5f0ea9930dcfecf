// Rows of coupling, obstacles and constraints, as src/innohub/web/schema_ecosystem.py declares them.

import type { Text } from "./types";

export interface SubsystemScore {
  place: string; year: number | null; subsystem: string; name: Text; score: number | null; score_low: number | null; score_high: number | null;
}

export interface Coupling {
  place: string; year: number | null; first: string; second: string; systems: number | null; variant: string; main: boolean; squeezed: string;
  coupling: number | null; level: number | null; coordination: number | null; coupling_low: number | null; coupling_high: number | null;
  level_low: number | null; level_high: number | null; coordination_low: number | null; coordination_high: number | null; defined: number | null;
  scheme: string; grade: string; class_name: Text; class_probability: number | null; likeliest: string; likeliest_name: Text;
  likeliest_probability: number | null; coupling_class: string; coupling_class_name: Text; coupling_class_probability: number | null;
}

export interface DiagnosedPlace {
  place: string;
}

export interface CouplingClass {
  place: string; year: number | null; first: string; second: string; variant: string; measure: string; scheme: string; grade: string; class_name: Text;
  probability: number | null; assigned: boolean;
}

export interface SubsystemLag {
  place: string; year: number | null; first: string; second: string; lag: string; lag_name: Text; lagging: string[]; gap: number | null;
  bar: number | null; probability: number | null;
}

export interface CouplingChange {
  place: string; first: string; second: string; start: number | null; end: number | null; whole: boolean; coupling_change: number | null;
  level_change: number | null; coordination_change: number | null; scheme: string; from_class: string; to_class: string; steps: number | null;
  move: string; coordination_change_low: number | null; coordination_change_high: number | null; rise: number | null;
}

export interface Obstacle {
  place: string; year: number | null; indicator: string; subsystem: string; weight: number | null; value: number | null; degree: number | null;
  rank: number | null; known: number | null;
}

export interface ObstacleGroup {
  place: string; year: number | null; subsystem: string; weight: number | null; degree: number | null; rank: number | null; known: number | null;
}

export interface ObstacleTrend {
  place: string; kind: string; name: string; years: number | null; mean: number | null; trend: number | null; start: number | null; end: number | null;
  first: number | null; last: number | null; change: number | null; known: number | null; rank: number | null;
}

export interface Driver {
  place: string; start: number | null; end: number | null; subsystem: string; score_change: number | null; contribution: number | null;
  share: number | null; rank: number | null; probability: number | null;
}

export interface CouplingSpread {
  year: number | null; variant: string; places: number | null; mean: number | null; cv: number | null; gini: number | null; theil: number | null;
}

export interface Constraint {
  place: string; year: number | null; group: string; name: Text; rank: number | null; verdict: string; severity: number | null; obstacle: number | null;
  weight: number | null; score: number | null; peer_median: number | null; gap: number | null; confidence: number | null; data: number | null;
}

export interface ConstraintProof {
  place: string; group: string; order: number | null; indicator: string; score: number | null; obstacle: number | null; peer_median: number | null;
  gap: number | null; value: number | null; unit: string; year: number | null; source: string; flag: string; file: string; row: number | null;
}

export interface ConstraintLever {
  place: string; group: string; order: number | null; lever: string; text: Text; section: string; source: Text;
}
