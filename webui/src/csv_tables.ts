// A result table as a spreadsheet takes it: every field a column, ids with their names beside them.

import { placeName, unitName, type App } from "./app";
import type { Cells } from "./csv_text";
import { indicatorName } from "./efficiency";
import { entryText, isEntryTable } from "./entries";
import { answer, called, nodeCalled, rowsOf, type TableName } from "./insight";
import { subsystemName } from "./subsystems";
import type { Value } from "./tables";

const PLACES = ["place", "peer", "higher", "lower", "bearer", "other_place"];
const OTHERS = ["synergy_pairs", "barrier_matrix", "hub_ties"]; // tables whose column other names a place
const FAMILIES: Record<string, string> = {
  model: "model", gap_model: "model", slot: "slot", gap_slot: "slot", mode: "mode", hierarchy: "hierarchy", type: "type", start: "corner", end: "corner", lowest: "corner",
  chain: "chain", pillar: "pillar", register: "register", resource: "list.resource", rung: "list.talent-rung", boundary: "list.boundary",
};
const NAMED: Record<string, Record<string, string>> = {
  pillars: { slot: "pillar_slot" }, finance_coverage: { slot: "list.finance-slot", stage: "list.life-stage" }, finance_ratios: { slot: "list.finance-slot" },
  chain_gaps: { other: "chain" }, level_pairs: { level: "level", other: "level" }, firsts_by_scope: { scope: "list.claim-scope" }, chain_fusion: { weakest: "chain" },
  register_completeness: { missing: "list.platform-class" }, five_ones: { missing: "list.transfer-element" }, policy_stack: { instruments: "list.instrument" },
};
const SUBSYSTEMS = ["subsystem", "first", "second", "lagging"];

/** Head of a column in the reader's language; those of a register are the catalogue's. */
export function headOf(app: App, table: string, field: string): string {
  if (isEntryTable(table)) {
    const column = called(app, "column", `${table.replace("register_", "")}.${field}`);
    if (!column.includes(".")) return column;
  }
  const stems = [...(isEntryTable(table) ? ["insight.csv.register_"] : []), `insight.csv.${table}_`, "insight.csv.", "csv.", "position.csv."];
  const key = stems.map((stem) => `${stem}${field}`).find((name) => app.words.has(name));
  return key ? app.words.say(key) : field;
}

/** Whether a column holds ids of places. */
const isPlace = (table: string, field: string, value: Value | undefined): boolean => (PLACES.includes(field) && typeof value !== "number") || (field === "other" && OTHERS.includes(table));

function written(app: App, table: string, field: string, value: Value): string | number | null {
  if (value === null || typeof value === "number") return value;
  if (typeof value === "boolean") return app.words.say(value ? "insight.answer.yes" : "insight.answer.no");
  const family = NAMED[table]?.[field];
  const named = (id: string): string => (family ? called(app, family, id) : SUBSYSTEMS.includes(field) && id ? subsystemName(app, id) : id);
  if (Array.isArray(value)) return value.map(named).join("; ");
  if (typeof value === "object") return app.words.of(value);
  if (isEntryTable(table)) return entryText(app, table, field, value);
  if (family || SUBSYSTEMS.includes(field)) return named(value);
  if (field === "unit") return unitName(app, value);
  if (field === "verdict" || field === "special") return app.book.data.catalogue.names["mode"]?.[value] ? called(app, "mode", value) : answer(app, value);
  if (["indicator", "variable", "niche"].includes(field)) return value && indicatorName(app, value);
  if (field === "function") return app.book.data.catalogue.names["strategic"]?.[value] ? called(app, "strategic", value) : nodeCalled(app, value);
  return FAMILIES[field] && !(field === "slot" && !app.book.data.catalogue.names["slot"]?.[value]) ? called(app, FAMILIES[field], value) : value;
}

/** All rows of a table. */
export function tableCells(app: App, name: TableName): Cells[] {
  const rows = rowsOf(app, name);
  const fields = Object.keys(rows[0] ?? {});
  const placed = fields.map((field) => isPlace(name, field, rows[0]?.[field]));
  const head = (field: string): string => (field === "place" ? app.words.say("csv.name") : headOf(app, name, field));
  const id = (field: string): string => (field === "place" ? app.words.say("csv.place") : app.words.say("insight.id", { name: head(field) }));
  return [
    fields.flatMap((field, k) => (placed[k] ? [id(field), head(field)] : [head(field)])),
    ...rows.map((row) => fields.flatMap((field, k) => (placed[k] ? [String(row[field]), row[field] ? placeName(app, String(row[field])) : ""] : [written(app, name, field, row[field] ?? null)]))),
  ];
}
