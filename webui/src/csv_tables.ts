// A result table as a spreadsheet takes it: every field a column, ids with their names beside them.

import { placeName, unitName, type App } from "./app";
import type { Cells } from "./csv_text";
import { indicatorName } from "./efficiency";
import { answer, called, nodeCalled, type TableName } from "./insight";
import type { Text } from "./types";

type Value = string | number | boolean | null | string[] | Text;

const PLACES = ["place", "peer", "higher", "lower"];
const FAMILIES: Record<string, string> = { model: "model", gap_model: "model", slot: "slot", gap_slot: "slot", mode: "mode", hierarchy: "hierarchy", type: "type", start: "corner", end: "corner", lowest: "corner" };

/** Head of a column in the reader's language. */
export function headOf(app: App, table: string, field: string): string {
  const key = [`insight.csv.${table}_${field}`, ...["insight.csv", "csv", "position.csv"].map((stem) => `${stem}.${field}`)].find((name) => app.words.has(name));
  return key ? app.words.say(key) : field;
}

function written(app: App, field: string, value: Value): string | number | null {
  if (value === null || typeof value === "number") return value;
  if (typeof value === "boolean") return app.words.say(value ? "insight.answer.yes" : "insight.answer.no");
  if (Array.isArray(value)) return value.join("; ");
  if (typeof value === "object") return app.words.of(value);
  if (field === "unit") return unitName(app, value);
  if (field === "verdict" || field === "special") return app.book.data.catalogue.names["mode"]?.[value] ? called(app, "mode", value) : answer(app, value);
  if (["indicator", "variable", "niche"].includes(field)) return value && indicatorName(app, value);
  if (field === "function") return app.book.data.catalogue.names["strategic"]?.[value] ? called(app, "strategic", value) : nodeCalled(app, value);
  return FAMILIES[field] && !(field === "slot" && !app.book.data.catalogue.names["slot"]?.[value]) ? called(app, FAMILIES[field], value) : value;
}

/** All rows of a table. */
export function tableCells(app: App, name: TableName): Cells[] {
  const rows = app.book.data.insights[name] as unknown as Record<string, Value>[];
  const fields = Object.keys(rows[0] ?? {});
  const head = (field: string): string => (field === "place" ? app.words.say("csv.name") : headOf(app, name, field));
  const id = (field: string): string => (field === "place" ? app.words.say("csv.place") : app.words.say("insight.id", { name: head(field) }));
  return [
    fields.flatMap((field) => (PLACES.includes(field) ? [id(field), head(field)] : [head(field)])),
    ...rows.map((row) => fields.flatMap((field) => (PLACES.includes(field) ? [String(row[field]), row[field] ? placeName(app, String(row[field])) : ""] : [written(app, field, row[field] ?? null)]))),
  ];
}
