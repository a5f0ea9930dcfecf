// What stands in where a study has no index: an empty one, so that every view may ask for it; and where the page opens.

import { hasView } from "./app";
import { DEFINITIONS, VIEWS, type Definition, type State } from "./state";
import type { Index, Method, Payload } from "./types";

const TEXT = { zh: "", en: "" };
const METHOD: Method = { spec: "none", title: TEXT, note: TEXT, citation: "" };

/** An index of no places. */
export const bareIndex = (): Index => ({
  id: "", title: TEXT, places: [], leaves: [], normalised: [], inner: {}, standings: [], acceptability: [], wins: [], alternatives: [],
  nodes: [{ id: "root", parent: "", name: TEXT, weight: null, share: 1, effective: 0, indicator: "" }],
  draws: { count: 0, total: 0, level: 0, spec: "", methods: false, rows: "" }, obstacle: "other",
  normalise: METHOD, weigh: METHOD, aggregate: METHOD, stages: [], effects: [], change: null, sensitivity: [], preset: null,
  rules: { treat: METHOD, impute: METHOD, min_available: null, min_nonzero: null, denominate: false, combine: [], pool: "each-year", min_share: 0, by: "count" },
});

/** What the page opens with. */
export function firstState(data: Payload): State {
  const first = data.indices.find((index) => index.id === data.tiers?.index) ?? data.indices[0];
  return {
    lang: navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en", view: first ? "ranking" : VIEWS.find((view) => hasView(data, bareIndex(), view))!, index: first?.id ?? "", place: first?.places[0] ?? "",
    compare: [], weights: {}, lock: [], tiers: DEFINITIONS.find((kind) => kind === data.tiers?.definition) ?? ("places" as Definition),
    layer: "none", sort: "", open: [], measure: "rank", efficiency: "", year: "", city: "", cell: [], facts: [], rivals: [], hide: [], home: "", variant: "", field: "", entry: [], on: [],
  };
}
