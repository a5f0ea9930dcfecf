// One State is the whole address of what is on the screen: State <-> URL hash, without loss.

export const VIEWS = ["ranking", "map", "profile", "compare", "table", "change", "efficiency", "choices", "robustness",
  "position", "rivals", "standing", "claims", "alike", "models", "dynamics", "roles",
  "ecosystem", "binds", "flows", "registers", "method",
] as const;
export type View = (typeof VIEWS)[number];
export const LANGUAGES = ["zh", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export const DEFINITIONS = ["places", "thresholds", "refitted"] as const;
export type Definition = (typeof DEFINITIONS)[number];
export const LAYERS = ["none", "plan"] as const;
export const MEASURES = ["rank", "score"] as const;
export const MARKS = ["year", "boundary", "qualifier", "currency"] as const;
export const MOST_COMPARED = 6;

export interface State {
  lang: Language;
  view: View;
  index: string;
  place: string; // the place in hand
  compare: string[]; // empty: the place in hand and its neighbours
  weights: Record<string, number>; // points of the leaves that the reader changed
  lock: string[]; // nodes whose share of the weights stays
  tiers: Definition; // which question the tier probabilities answer
  layer: (typeof LAYERS)[number];
  sort: string; // column of the data table; a leading "-" turns the order round
  open: string[]; // unfolded nodes of the weights
  measure: (typeof MEASURES)[number]; // what the lines over the years show
  efficiency: string; // measure of efficiency in hand; empty: the first
  year: string; // year of the efficiency or of the ecosystem; empty: the last
  city: string; // the place whose position is shown; empty: the first
  cell: string[]; // the cell of the grid in hand: function, scope, peer set
  facts: string[]; // indicators of the peer comparison; empty: the study's first
  rivals: string[]; // peers compared with; empty: those with most values
  hide: string[]; // marks whose peers are left out of sight
  home: string; // the place whose ecosystem is shown; empty: the first diagnosed
  variant: string; // formula of the coupling; empty: the study's main one
  field: string; // field of the four chains; empty: the first
  entry: string[]; // the slot of the pillars in hand: pillar, slot; or a register
  on: string[]; // the number in hand: place, node, what; or place, indicator, file and row
}

function oneOf<T extends string>(known: readonly T[], value: string | null, fallback: T): T {
  return known.find((item) => item === value) ?? fallback;
}

const list = (items: string[]): string => items.map(encodeURIComponent).join(",");

function items(text: string | null): string[] {
  return text ? text.split(",").map(decode) : [];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readWeights(text: string | null): Record<string, number> {
  const found: Record<string, number> = {};
  for (const part of text ? text.split(",") : []) {
    const cut = part.lastIndexOf(":");
    const points = Number(part.slice(cut + 1));
    if (cut > 0 && Number.isFinite(points) && points >= 0 && points <= 100) found[decode(part.slice(0, cut))] = points;
  }
  return found;
}

function partsOf(state: State): [string, string][] {
  return [
    ["lang", state.lang],
    ["view", state.view],
    ["index", encodeURIComponent(state.index)],
    ["place", encodeURIComponent(state.place)],
    ["compare", list(state.compare)],
    ["weights", Object.entries(state.weights).map(([node, points]) => `${encodeURIComponent(node)}:${points}`).join(",")],
    ["lock", list(state.lock)],
    ["tiers", state.tiers],
    ["layer", state.layer],
    ["sort", encodeURIComponent(state.sort)],
    ["open", list(state.open)],
    ["measure", state.measure],
    ["efficiency", encodeURIComponent(state.efficiency)],
    ["year", encodeURIComponent(state.year)],
    ["city", encodeURIComponent(state.city)],
    ["cell", list(state.cell)],
    ["facts", list(state.facts)],
    ["rivals", list(state.rivals)],
    ["hide", list(state.hide)],
    ["home", encodeURIComponent(state.home)],
    ["variant", encodeURIComponent(state.variant)],
    ["field", encodeURIComponent(state.field)],
    ["entry", list(state.entry)],
    ["on", list(state.on)],
  ];
}

/** Write a state as a URL hash; what equals the default is left out, but for the language. */
export function toHash(state: State, fallback: State): string {
  const plain = new Map(partsOf(fallback));
  const kept = partsOf(state).filter(([key, value]) => value !== plain.get(key) || key === "lang");
  return `#${kept.map(([key, value]) => `${key}=${value}`).join("&")}`;
}

function hashParts(hash: string): [string, string][] {
  return hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
    const cut = part.indexOf("=");
    return [part.slice(0, cut), part.slice(cut + 1)];
  });
}

/** Read a state from a URL hash; what is missing or unknown takes the default. */
export function fromHash(hash: string, fallback: State): State {
  const parts = new Map(hashParts(hash));
  const get = (key: string): string | null => parts.get(key) ?? null;
  const text = (key: string, plain: string): string => (parts.has(key) ? decode(parts.get(key) ?? "") : plain);
  const several = (key: string, plain: string[]): string[] => (parts.has(key) ? items(get(key)) : plain);
  return {
    lang: oneOf(LANGUAGES, get("lang"), fallback.lang),
    view: oneOf(VIEWS, get("view"), fallback.view),
    index: text("index", fallback.index),
    place: text("place", fallback.place),
    compare: several("compare", fallback.compare).slice(0, MOST_COMPARED),
    weights: parts.has("weights") ? readWeights(get("weights")) : fallback.weights,
    lock: several("lock", fallback.lock),
    tiers: oneOf(DEFINITIONS, get("tiers"), fallback.tiers),
    layer: oneOf(LAYERS, get("layer"), fallback.layer),
    sort: text("sort", fallback.sort),
    open: several("open", fallback.open),
    measure: oneOf(MEASURES, get("measure"), fallback.measure),
    efficiency: text("efficiency", fallback.efficiency),
    year: text("year", fallback.year),
    city: text("city", fallback.city),
    cell: several("cell", fallback.cell),
    facts: several("facts", fallback.facts),
    rivals: several("rivals", fallback.rivals).slice(0, MOST_COMPARED),
    hide: several("hide", fallback.hide),
    home: text("home", fallback.home),
    variant: text("variant", fallback.variant),
    field: text("field", fallback.field),
    entry: several("entry", fallback.entry),
    on: several("on", fallback.on),
  };
}

/** Drop what the data does not have, so that an address from another run still opens. */
export function settle(state: State, places: string[], leaves: string[], indices: string[], fallback: State): State {
  const known = (place: string): boolean => places.includes(place);
  return {
    ...state,
    index: indices.includes(state.index) ? state.index : fallback.index,
    place: known(state.place) ? state.place : fallback.place,
    compare: [...new Set(state.compare)].filter(known),
    weights: Object.fromEntries(Object.entries(state.weights).filter(([leaf]) => leaves.includes(leaf))),
    on: state.on.length === 3 && known(state.on[0]!) ? state.on : [],
  };
}
