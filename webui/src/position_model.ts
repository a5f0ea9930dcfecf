// Look-ups over the grid of positions, and what of the state its data has.

import { MARKS, MOST_COMPARED, type State } from "./state";
import type { GridCell, PanelRow, PeerSet, Position, PositionClaim, PositionFunction, Relation, Sentence } from "./types_position";

export interface PositionBook {
  data: Position;
  functions: Map<string, PositionFunction>;
  cell(place: string, key: string[]): GridCell | undefined;
  claims(place: string, func: string, scope: string): PositionClaim[];
  relation(place: string, indicator: string, peer: string): Relation | undefined;
  relations(place: string, indicator: string): Relation[];
  sentence(place: string, indicator: string, scope: string, set: string): Sentence | undefined;
  row(place: string, indicator: string, where: string): PanelRow | undefined;
}

const group = <T>(items: T[], key: (item: T) => string): Map<string, T[]> => {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
};

/** Where a row stands: file and row. */
export const whereOf = (file: string, row: number | null): string => `${file}:${row ?? ""}`;

/** Make the look-ups over the positions. */
export function openGrid(data: Position): PositionBook {
  const relations = group(data.relations, (item) => `${item.place}/${item.indicator}`);
  const sentences = new Map(data.sentences.map((item) => [[item.place, item.indicator, item.scope, item.set].join("/"), item]));
  const rows = group(data.rows, (item) => whereOf(item.file, item.row));
  return {
    data,
    functions: new Map(data.functions.map((item) => [item.id, item])),
    cell: (place, [func, scope, set]) => data.cells.find((item) => item.place === place && item.function === func && item.scope === scope && item.set === set),
    claims: (place, func, scope) => data.claims.filter((item) => item.place === place && item.function === func && item.claimed_scope === scope),
    relation: (place, indicator, peer) => relations.get(`${place}/${indicator}`)?.find((item) => item.peer === peer),
    relations: (place, indicator) => relations.get(`${place}/${indicator}`) ?? [],
    sentence: (place, indicator, scope, set) => sentences.get([place, indicator, scope, set].join("/")) ?? sentences.get([place, indicator, "", ""].join("/")),
    row(place, indicator, where) {
      const found = rows.get(where) ?? [];
      return found.find((item) => item.place === place && item.indicator === indicator) ?? found.find((item) => item.place === place) ?? found[0];
    },
  };
}

/** Columns of the grid: every scope with its peer sets, widest first; a scope without peers keeps an empty column. */
export function columnsOf(data: Position): { scope: string; sets: PeerSet[] }[] {
  const named = data.scopes.map((scope) => scope.id);
  const all = [...named, ...data.sets.map((set) => set.scope).filter((scope) => !named.includes(scope))];
  return [...new Set(all)].map((scope) => ({ scope, sets: data.sets.filter((set) => set.scope === scope).sort((a, b) => a.id.localeCompare(b.id)) }));
}

/** Cell that lies a step away from another; the same one at an edge. */
export function neighbour(data: Position, cell: string[], down: number, right: number): string[] {
  const across = columnsOf(data).flatMap(({ scope, sets }) => sets.map((set) => [scope, set.id]));
  const held = (at: number, last: number): number => Math.max(0, Math.min(last, at));
  const row = data.functions.findIndex((item) => item.id === cell[0]);
  const column = across.findIndex(([scope, set]) => scope === cell[1] && set === cell[2]);
  const to = across[held(column + right, across.length - 1)];
  const below = data.functions[held(row + down, data.functions.length - 1)];
  return below && to ? [below.id, ...to] : cell;
}

/** Relations of an indicator with the peers of a set, the best standing of the peers first; marks in sight only. */
export function league(book: PositionBook, place: string, indicator: string, peers: string[], hide: string[]): Relation[] {
  return book.relations(place, indicator)
    .filter((item) => peers.includes(item.peer) && !item.marks.some((mark) => hide.includes(mark)))
    .sort((a, b) => a.direction * ((b.other.value ?? 0) - (a.other.value ?? 0)) || a.peer.localeCompare(b.peer));
}

export type Standing = "passed" | "tied" | "not_passed";

/** Whether a peer is passed. */
export const standingOf = (relation: string): Standing => (relation === "tie" ? "tied" : relation.endsWith("above") ? "passed" : "not_passed");

/** A place and all that it is part of, the nearest first. */
export function circle(places: Map<string, { part_of: string }>, place: string): string[] {
  const found = [place];
  for (let above = places.get(place)?.part_of.replace(/^~/, ""); above && !found.includes(above); above = places.get(above)?.part_of.replace(/^~/, "")) found.push(above);
  return found;
}

/** The verdict of several claims on one cell that must be said: the worst first. */
export function worstOf(claims: PositionClaim[]): string {
  const verdicts = claims.map((claim) => claim.verdict);
  return ["wider than the evidence", "not tested", "supported"].find((verdict) => verdicts.includes(verdict)) ?? "";
}

/** The cell to open first: the widest that is reached with most peers, else the first. */
export function firstCell(data: Position, city: string): string[] {
  const mine = data.cells.filter((cell) => cell.place === city);
  const found = mine.find((cell) => cell.widest) ?? mine.find((cell) => cell.verdict !== "not tested") ?? mine[0];
  return found ? [found.function, found.scope, found.set] : [];
}

/** Drop of the state what the positions do not have; ``on`` may name a row of the panel. */
export function settlePosition(state: State, on: string[], book: PositionBook | null): State {
  if (!book) return { ...state, city: "", cell: [], facts: [], rivals: [], hide: [] };
  const { data } = book;
  const city = data.places.includes(state.city) ? state.city : (data.places[0] ?? "");
  const told = new Set(data.relations.filter((item) => item.place === city).map((item) => item.indicator));
  const peers = new Set(data.relations.map((item) => item.peer));
  const isRow = on.length === 3 && on[2]!.includes(":") && book.row(on[0]!, on[1]!, on[2]!) !== undefined;
  return {
    ...state, city, cell: book.cell(city, state.cell) ? state.cell : firstCell(data, city),
    facts: [...new Set(state.facts)].filter((item) => told.has(item)), rivals: [...new Set(state.rivals)].filter((item) => peers.has(item)),
    hide: MARKS.filter((mark) => state.hide.includes(mark)), on: isRow ? on : state.on,
  };
}

/** Indicators and peers of the comparison: the reader's, else the first indicators and the peers with most values. */
export function rivalsOf(book: PositionBook, state: State, most = 8): { facts: string[]; rivals: string[] } {
  const mine = book.data.relations.filter((item) => item.place === state.city);
  const facts = state.facts.length ? state.facts : [...new Set(book.data.functions.flatMap((item) => item.indicators))].filter((id) => mine.some((item) => item.indicator === id)).slice(0, most);
  const count = group(mine.filter((item) => facts.includes(item.indicator)), (item) => item.peer);
  const busy = [...count.keys()].sort((a, b) => count.get(b)!.length - count.get(a)!.length);
  return { facts, rivals: state.rivals.length ? state.rivals : busy.slice(0, MOST_COMPARED) };
}
