// What the views of positions give to a spreadsheet.

import { placeName, unitName, type App } from "./app";
import type { Cells } from "./csv_text";
import { indicatorName } from "./efficiency";
import { functionName, said, scopeName, setName } from "./position";
import { league, rivalsOf, worstOf } from "./position_model";
import type { Relation } from "./types_position";

const heads = (app: App, family: string, keys: string[]): string[] => keys.map((key) => (app.words.has(`csv.${key}`) ? app.words.say(`csv.${key}`) : app.words.say(`position.${family}.${key}`)));

/** Every cell of the grid, of every place. */
export function gridCells(app: App): Cells[] {
  const keys = ["place", "name", "function", "scope", "set", "indicators", "peers", "passed", "tied", "not_passed", "q", "verdict", "widest", "certainty", "ready", "ready_year", "ready_low", "ready_high", "chance", "claim"];
  const book = app.book.position!;
  return [heads(app, "csv", keys), ...book.data.cells.map((cell) => [
    cell.place, placeName(app, cell.place), functionName(app, cell.function), scopeName(app, cell.scope), setName(app, cell.scope, cell.set), cell.indicators, cell.peers, cell.passed, cell.tied, cell.not_passed, cell.q,
    said(app, "verdict", cell.verdict), cell.widest ? app.words.say("position.yes") : "", cell.certainty, said(app, "ready", cell.ready), cell.ready_year, cell.ready_low, cell.ready_high, cell.chance,
    said(app, "claim", worstOf(book.claims(cell.place, cell.function, cell.scope))).replace("—", ""),
  ])];
}

const PAIR = ["place", "name", "indicator", "unit", "value", "year", "peer", "peer_value", "peer_year", "area", "peer_area", "relation", "ratio", "marks", "file", "row", "peer_file", "peer_row"];

function pair(app: App, row: Relation): Cells {
  const { words } = app;
  const when = (told: Relation["own"]): string => (told.year === null ? "" : told.since === null ? String(told.year) : words.range(String(told.since), String(told.year)));
  return [row.place, placeName(app, row.place), indicatorName(app, row.indicator), unitName(app, row.unit), row.own.value, when(row.own), placeName(app, row.peer), row.other.value, when(row.other), row.own.area && said(app, "area", row.own.area), row.other.area && said(app, "area", row.other.area),
    said(app, "relation", row.relation), row.ratio, words.list(row.marks.map((mark) => said(app, "mark", mark))), row.own.file, row.own.row, row.other.file, row.other.row];
}

/** Peers of the cell in hand, indicator by indicator. */
export function leagueCells(app: App): Cells[] {
  const [func = "", scope, set] = app.state.cell;
  const book = app.book.position!;
  const peers = book.data.sets.find((item) => item.scope === scope && item.id === set)?.places ?? [];
  const rows = (book.functions.get(func)?.indicators ?? []).flatMap((indicator) => league(book, app.state.city, indicator, peers, app.state.hide));
  return [heads(app, "csv", PAIR), ...rows.map((row) => pair(app, row))];
}

/** The comparison in hand. */
export function rivalCells(app: App): Cells[] {
  const book = app.book.position!;
  const { facts, rivals } = rivalsOf(book, app.state);
  const rows = facts.flatMap((indicator) => rivals.flatMap((peer) => book.relation(app.state.city, indicator, peer) ?? []));
  return [heads(app, "csv", PAIR), ...rows.map((row) => pair(app, row))];
}

/** All claims with what the values support. */
export function claimCells(app: App): Cells[] {
  const { words } = app;
  const keys = ["place", "name", "function", "part", "text", "claimed_scope", "claimed_year", "computed_scope", "claim", "basis", "ready_year", "source"];
  return [heads(app, "csv", keys), ...app.book.position!.data.claims.map((item) => [
    item.place, placeName(app, item.place), item.function && functionName(app, item.function), said(app, "part", item.part), words.of(item.text), item.claimed_scope && scopeName(app, item.claimed_scope), item.claimed_year,
    item.computed_scope && scopeName(app, item.computed_scope), said(app, "claim", item.verdict), item.basis && said(app, "basis", item.basis), item.ready_year, item.source,
  ])];
}
