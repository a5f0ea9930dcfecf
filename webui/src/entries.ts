// Entries of registers: their texts in the reader's language, and the entries as a table.

import { placeName, unitName, type App } from "./app";
import { h, type Children } from "./dom";
import { called, line, sheet } from "./insight";
import type { Entry, Value } from "./tables";
import type { Text } from "./types";

const HIDDEN = ["place", "id", "name", "file", "row", "source", "quote", "note", "unstated", "lat", "lon", "name_zh"];
const MONEY = ["amount", "public", "social", "budget"];

/** Whether a table is a register as it was read. */
export const isEntryTable = (table: string): boolean => table.startsWith("register_") && !["labels", "completeness", "sets", "only", "gaps", "open"].includes(table.slice(9));

/** A text of the registers in the reader's language, by the study's own labels. */
export function labelled(app: App, text: string): string {
  const found = app.book.tables.get("register_labels").find((row) => row.text === text);
  return found ? app.words.of(found.name) || text : text;
}

/** Several texts of the registers. */
export const labelledAll = (app: App, texts: string[]): string => app.words.list(texts.map((text) => labelled(app, text)));

/** A text of a column: a word of the catalogue, or a label of the study. */
export function entryText(app: App, table: string, field: string, value: string): string {
  if (!value) return "";
  const list = app.book.data.ecosystem?.lists[`${table.replace("register_", "")}.${field}`];
  const one = (text: string): string => (list ? called(app, `list.${list}`, text) : field === "other" ? placeName(app, text) : ["file", "source", "quote", "id", "start", "end"].includes(field) ? text : labelled(app, text));
  return value.split(";").map(one).join("; ");
}

/** A number with how exact it is. */
export function roughly(app: App, qualifier: string, text: string): string {
  const key = { ">": "more", "<": "less", "~": "about", "~<": "nearly" }[qualifier];
  return key ? app.words.say(`board.${key}`, { n: text }) : text;
}

/** An amount of money in the reader's large units. */
export function money(app: App, value: number, currency: string): string {
  const { words } = app;
  const steps: [number, string][] = words.language === "zh" ? [[1e8, "亿"], [1e4, "万"]] : [[1e9, "billion"], [1e6, "million"]];
  const found = steps.find(([size]) => Math.abs(value) >= size);
  const number = words.number(found ? value / found[0] : value, undefined, 2);
  return words.say("board.money", { n: found ? words.say("board.sized", { n: number, size: found[1] }) : number, currency: words.has(`board.currency.${currency}`) ? words.say(`board.currency.${currency}`) : currency });
}

/** Where an entry stands in the input. */
export const whereIs = (app: App, row: Entry): string => (row["row"] === null ? String(row["file"]) : app.words.say("method.where_text", { file: String(row["file"]), row: Number(row["row"]) }));

function cell(app: App, table: string, field: string, row: Entry): string {
  const value: Value = row[field] ?? null;
  const unstated = String(row["unstated"] ?? "").split(";").includes(field);
  if (value === null || value === "") return unstated ? app.words.say("registers.not_stated") : "—";
  if (typeof value === "number") {
    const told = MONEY.includes(field) ? money(app, value, String(row["currency"] ?? "")) : field === "year" || field === "edition" || field === "data_year" ? String(value) : app.words.number(value);
    return roughly(app, String(row[`${field}_qualifier`] ?? ""), field === "value" ? `${told} ${unitName(app, String(row["unit"] ?? ""))}` : told);
  }
  return typeof value === "string" ? entryText(app, table, field, value) : typeof value === "object" && !Array.isArray(value) ? app.words.of(value) : String(value);
}

/** Entries with every column that any of them fills, and where each is read from. */
export function entryTable(app: App, table: string, rows: Entry[]): HTMLElement {
  const { words } = app;
  const known = Object.keys(rows[0] ?? {}).filter((field) => !HIDDEN.includes(field) && !field.endsWith("_qualifier") && field !== "currency" && !(field === "unit" && "value" in rows[0]!));
  const fields = known.filter((field) => rows.some((row) => cell(app, table, field, row) !== "—"));
  const name = (row: Entry): Children => {
    const title = row["name"] ? words.of(row["name"] as Text) : "";
    return [title || String(row["id"]), row["quote"] && h("span", { class: "muted line" }, words.say("board.quote", { text: String(row["quote"]) })), row["note"] && h("span", { class: "muted line" }, String(row["note"]))] as Children;
  };
  const label = (field: string): string => {
    const found = called(app, "column", `${table.replace("register_", "")}.${field}`);
    return found.includes(".") ? (words.has(`insight.csv.${field}`) ? words.say(`insight.csv.${field}`) : field) : found;
  };
  return sheet([[words.say("board.entry")], ...fields.map((field): [string] => [label(field)]), [words.say("board.read_from")]],
    rows.map((row) => line(name(row), [...fields.map((field): [Children] => [cell(app, table, field, row)]), [h("span", { class: "muted" }, whereIs(app, row), h("span", { class: "line" }, sourceTitle(app, String(row["source"] ?? ""))))]])), "entry-table");
}

/** A title with its translation in square brackets, in one language: all brackets go in Chinese, all but one at the end stays in English. */
export function titleIn(language: string, title: string): string {
  const whole = /^[^[\]]*\[([^[\]]*)\]$/.exec(title);
  return language === "zh" ? title.replace(/\s*\[[^[\]]*\]/g, "") : whole ? whole[1]! : title;
}

/** Title of a source. */
export function sourceTitle(app: App, id: string): string {
  const found = app.book.sources.get(id);
  return found ? [titleIn(app.words.language, found.title), found.year].filter(Boolean).join(app.words.say("comma")) : id;
}
