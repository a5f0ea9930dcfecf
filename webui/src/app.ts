// What every panel is given: data, words, state, the numbers in force, and the two ways to act.

import type { Book } from "./book";
import type { Current, Model, Row } from "./model";
import type { State, View } from "./state";
import type { Index, Payload, Source } from "./types";
import type { Insights } from "./types_insight";
import type { EcosystemTables } from "./types_tables";
import type { Words } from "./words";

export interface App {
  book: Book;
  model: Model;
  words: Words;
  state: State;
  now: Current;
  set(patch: Partial<State>): void;
  hover(place: string | null): void;
}

/** Views beside the grid, and the tables any of which they need. */
export const VIEW_TABLES: Partial<Record<View, (keyof Insights | keyof EcosystemTables)[]>> = {
  alike: ["similar", "comparison"], models: ["model_fit", "modes", "cases", "centre_path", "laboratories"], dynamics: ["triangle", "balance"],
  roles: ["hub_position", "rollups", "containment_shares", "special_functions", "local_types"],
  ecosystem: ["coupling"], binds: ["constraints", "obstacles"],
  flows: ["chain_fusion", "talent_mismatch", "synergy", "open_innovation", "openness", "triple_helix", "division_tests", "stage_division"],
  registers: ["pillars", "register_gaps"],
};

/** The views that this run has tables for. */
export function hasView(data: Payload, index: Index, view: View): boolean {
  if (view === "method") return true;
  if (view === "position" || view === "rivals") return data.position !== null;
  if (view === "claims") return data.position !== null && data.position.claims.length + data.position.agreement.length > 0;
  if (view === "standing") return data.insights.checklists.length > 0 || Object.values(data.standing).some((table: unknown[]) => table.length > 0);
  if (view in VIEW_TABLES) return VIEW_TABLES[view]!.some((name) => ((data.insights[name as keyof Insights] as unknown[] | undefined)?.length ?? data.ecosystem?.tables[name]?.rows ?? 0) > 0);
  if (!data.indices.length) return false;
  if (view === "change") return index.change !== null;
  if (view === "efficiency") return data.efficiencies.length > 0;
  return view !== "choices" || index.sensitivity.length > 0;
}

const WIDE: readonly View[] = ["position", "rivals", "standing", "claims", "alike", "models", "dynamics", "roles", "ecosystem", "binds", "flows", "registers"];
const ECOSYSTEM: readonly View[] = ["ecosystem", "binds", "flows", "registers"];

/** Views of the ecosystem have sources and a foot of their own. */
export const isEcosystem = (app: App): boolean => ECOSYSTEM.includes(app.state.view) || (!app.book.data.indices.length && !app.book.position);

/** Views of positions take the whole width: they have no ranking beside them. */
export const isWide = (view: View): boolean => WIDE.includes(view);

/** Name of a place in the reader's language. */
export function placeName(app: App, place: string): string {
  const found = app.book.places.get(place);
  return found ? app.words.of(found.name) : place;
}

/** Name of a node of the framework. */
export function nodeName(app: App, node: string): string {
  const found = app.model.nodes.get(node);
  return found ? app.words.of(found.name) : node;
}

/** Unit as a reader writes it; the words may translate common ones. */
export function unitName(app: App, unit: string): string {
  const key = `unit.${unit}`;
  return app.words.has(key) ? app.words.say(key) : unit;
}

/** Name of a tier by its position. */
export function tierName(app: App, tier: number): string {
  const found = app.book.data.tiers?.names[tier];
  return found ? app.words.of(found.name) : "—";
}

/** Score of an inner node under the weights in force. */
export function nodeScore(app: App, row: Row, node: string): number | null {
  const { index, root } = app.model;
  if (node === root.id) return row.score;
  if (!app.now.changed) return index.inner[node]?.[row.at] ?? null;
  const score = app.model.scoresOf(row.at, app.now.shares).get(node);
  return score === undefined || Number.isNaN(score) ? null : score;
}

/** A score with as many decimals as its scale needs. */
export function scoreText(app: App, score: number | null | undefined): string {
  const most = Math.max(...app.model.index.standings.map((standing) => Math.abs(standing.score ?? 0)));
  return app.words.number(score, most < 3 ? 3 : most < 30 ? 2 : 1);
}

/** A raw value with as many decimals as a reader can use; its chain has all of them. */
export function valueText(app: App, value: number | null | undefined): string {
  const size = Math.abs(value ?? 0);
  return app.words.number(value, undefined, size >= 10_000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4);
}

/** The sources that the values shown come from. */
export function usedSources(app: App): Source[] {
  const { cells, position, sources } = app.book.data;
  if (isEcosystem(app)) {
    const named = new Set(app.book.tables.names.flatMap((name) => app.book.tables.entries(name)).map((row) => row["source"]));
    const found = sources.filter((source) => named.has(source.id) || cells.some((cell) => cell.source === source.id));
    return found.length ? found : sources;
  }
  const rows = isWide(app.state.view) || !cells.length ? (position?.rows ?? []) : cells;
  return [...new Set(rows.map((row) => row.source))].flatMap((id) => app.book.sources.get(id) ?? []);
}

/** Title, publisher and year of the sources in use. */
export function sourceNames(app: App): string {
  const { words } = app;
  return words.list(usedSources(app).map((source) => [source.title, source.publisher, source.year].filter(Boolean).join(words.say("comma"))));
}

/** The places compared: the reader's choice, else the place in hand and its neighbours. */
export function compared(app: App): string[] {
  if (app.state.compare.length) return app.state.compare;
  const at = app.now.rows.findIndex((row) => row.place === app.state.place);
  const from = Math.max(0, Math.min(at - 1, app.now.rows.length - 3));
  return app.now.rows.slice(from, from + 3).map((row) => row.place);
}
