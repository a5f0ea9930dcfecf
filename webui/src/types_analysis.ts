// The shape of the page's data beyond the ranking, as src/innohub/web/schema_analysis.py declares it.

import type { Method, Text } from "./types";

export interface Spread {
  year: number; places: number; mean: number | null; cv: number | null; gini: number | null;
  theil: number | null;
}

export interface Convergence {
  start: number; end: number; places: number; slope: number | null; slope_error: number | null;
  p: number | null; speed: number | null; half_life: number | null; reason: string;
}

export interface Moves {
  lag: number; lower: (number | null)[]; count: number[][]; probability: ((number | null)[])[];
  steady: (number | null)[];
}

export interface SpatialTest {
  statistic: number | null; freedom: number | null; p: number | null;
}

export interface Component {
  year: number; measure: string; group: string; other: string; component: string; value: number | null;
  share: number | null;
}

export interface Density {
  year: number; score: number[]; density: number[];
}

export interface Change {
  years: number[]; rank: ((number | null)[])[]; score: ((number | null)[])[]; spread: Spread[];
  convergence: Convergence | null; relative: boolean; moves: Moves[]; spatial: SpatialTest | null;
  groups: Component[]; density: Density[];
}

export interface Effect {
  step: string; method: string; neutral: string; values: number; places: number;
  mean_shift: number | null; max_shift: number | null; most_place: string; from_rank: number | null;
  to_rank: number | null;
}

export interface Stage {
  step: string; leaf: string; before: (number | null)[]; after: (number | null)[];
}

export interface Rules {
  treat: Method; impute: Method; min_available: number | null; min_nonzero: number | null;
  denominate: boolean; combine: Method[]; pool: "all-years" | "each-year"; min_share: number;
  by: "count" | "weight";
}

export interface Influence {
  output: string; place: string; variance: number | null; first: (number | null)[];
  total: (number | null)[]; first_error: (number | null)[]; total_error: (number | null)[];
}

export interface Settling {
  output: string; place: string; factor: string; size: number[]; first: (number | null)[];
  total: (number | null)[];
}

export interface Sensitivity {
  method: "exact" | "sampled"; models: number; replicates: number; factors: string[]; levels: string[][];
  influences: Influence[]; path: Settling[]; span: ((number | null)[])[];
}

export interface Yield {
  place: string; year: number; score: number | null; feasible: boolean; regime: string;
  rank: number | null; pure: number | null; scale: number | null; peers: string;
  value: (number | null)[]; target: (number | null)[]; change: (number | null)[];
}

export interface Productivity {
  place: string; start: number; end: number; frontier: string; index: number | null;
  efficiency: number | null; technical: number | null; pure: number | null; scale: number | null;
}

export interface Efficiency {
  id: string; title: Text; method: Method; inputs: string[]; outputs: string[]; undesirable: string[];
  lag: number; years: number[]; rows: Yield[]; malmquist: Productivity[];
}
