// Rows of checklists, similar places, comparison and frames, as src/innohub/web/schema_frames.py declares them.

import type { Text } from "./types";

export interface Checked {
  place: string; tier: string; passage: string; mark: string; name: Text; indicator: string; value: number | null;
  relation: string; bar: number | null; verdict: string;
}

export interface CheckCount {
  place: string; tier: string; marks: number; yes: number; no: number; no_data: number; met: boolean;
}

export interface Similar {
  place: string; peer: string; rank: number | null; distance: number | null; squared: number | null; share: number | null; variables: number;
  match: boolean; chosen: boolean; metric: string;
}

export interface SimilarPart {
  place: string; peer: string; variable: string; value: number | null; peer_value: number | null; z: number | null;
  peer_z: number | null; contribution: number | null; share: number | null;
}

export interface Beside {
  node: string; parent: string; depth: number; name: Text; place: string; value: number | null; unit: string;
  year: number | null; rank: number | null; of: number; rank_here: number | null; best: boolean; marks: string[];
}

export interface Rollup {
  hierarchy: string; slot: string; name: Text; place: string; score: number | null; share: number | null;
  indicators: number;
}

export interface Untagged {
  hierarchy: string; indicator: string;
}

export interface Exceeding {
  function: string; higher: string; lower: string; higher_tier: number; lower_tier: number;
  higher_value: number | null; lower_value: number | null; gap: number | null;
}

export interface Containing {
  function: string; compared: number; held: number; share: number | null;
}

export interface Niche {
  place: string; tier: number; niche: string; lq: number | null; k: number | null; higher: string;
  higher_lq: number | null; special: string;
}

export interface LocalType {
  place: string; types: string[]; classified: boolean; untested: string[];
}

export interface LocalTest {
  place: string; type: string; measure: string; name: Text; value: number | null; relation: string;
  bar: number | null; against: string; verdict: string;
}
