// What the checks found: code, level, text, where in the input, and what to do.

import type { App } from "./app";
import type { Cells } from "./csv_text";
import { h } from "./dom";
import { csvButton } from "./take";
import type { Noted } from "./types";

const HEADS = ["code", "level", "finding", "where", "hint"];

/** Place of a finding in the input. */
const where = (app: App, row: Noted): string => (row.row === null ? row.file : app.words.say("method.where_text", { file: row.file, row: row.row }));

function findingCells(app: App): Cells[] {
  const { words, book } = app;
  return [HEADS.map((key) => words.say(`method.${key}`)), ...book.data.findings.map((row) => [row.code, words.say(`level.${row.level}`), words.of(row.text), where(app, row), words.of(row.hint)])];
}

/** The findings as a table; nothing where there are none. */
export function findings(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.findings;
  if (!rows.length) return null;
  return h("div", {}, h("div", { class: "part-head" }, h("h3", {}, words.say("method.findings")), csvButton(app, "findings", () => findingCells(app), words.say("method.findings"))), h("p", { class: "muted" }, words.say("method.findings_text")),
    h("div", { class: "wide-table" }, h("table", { class: "sheet text findings" },
      h("thead", {}, h("tr", {}, HEADS.map((key) => h("th", { scope: "col" }, words.say(`method.${key}`))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row.code), h("td", { class: row.level === "note" ? "" : "warn" }, words.say(`level.${row.level}`)), h("td", {}, words.of(row.text)), h("td", {}, where(app, row)), h("td", {}, words.of(row.hint))))))));
}
