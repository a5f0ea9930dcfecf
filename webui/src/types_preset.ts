// The shape of the page's data on presets, as src/innohub/web/schema_preset.py declares it.

import type { Text } from "./types";

export interface Departure {
  key: string; kind: string; said: string; used: string;
}

export interface Preset {
  title: Text; edition: Text; status: string; source: string; url: string; verified: Text; unknown: Text;
  departures: Departure[]; agree: number; published: number;
}
