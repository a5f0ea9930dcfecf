// Technologies in three states: leading, level with the leaders, following.

import { placeName, type App } from "./app";
import { around, heading } from "./badges";
import { technologyCells } from "./csv_standing";
import { h } from "./dom";
import { COLOURS } from "./marks";
import { csvButton } from "./take";
import type { TechnologyState } from "./types_position";

/** Technologies of a place, of what it is part of, and of nobody in particular. */
export function technologies(app: App, place: string): HTMLElement | null {
  const { technologies: all } = app.book.data.standing;
  const rows = [...around(app, all, place), ...all.filter((row) => !row.place)];
  if (!rows.length) return null;
  const groups = [...new Set(rows.map((row) => `${row.place}/${row.year ?? ""}`))];
  return h("div", {}, heading(app, "technologies", csvButton(app, "technologies", () => technologyCells(app))),
    groups.map((key) => group(app, rows.filter((row) => `${row.place}/${row.year ?? ""}` === key))));
}

function group(app: App, rows: TechnologyState[]): HTMLElement {
  const { words } = app;
  const { place, year } = rows[0]!;
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  const label = words.say("position.technologies_text", { place: place ? placeName(app, place) : "", year: year === null ? "" : words.say("position.in_year", { year }), n: words.number(total) });
  return h("div", { class: "technologies" }, h("p", {}, label),
    h("div", { class: "stack wide-stack", "aria-hidden": "true" }, rows.map((row, k) => h("span", { "--share": `${100 * (row.share ?? 0)}%`, "--tone": COLOURS[k % COLOURS.length]! }))),
    h("table", { class: "sheet" }, h("thead", {}, h("tr", {}, ["state", "count", "share"].map((key, k) => h("th", { scope: "col", class: k ? "r" : "" }, words.say(`position.technology_${key}`))), h("th", {}))),
      h("tbody", {}, rows.map((row, k) => h("tr", {}, h("th", { scope: "row" }, h("span", { class: "swatch", "--tone": COLOURS[k % COLOURS.length]! }), " ", words.of(row.name)), h("td", { class: "r" }, words.number(row.count)), h("td", { class: "r" }, words.percent(row.share, 1)),
        h("td", { class: "muted" }, row.printed === null ? "" : words.say("position.printed", { share: row.printed })))))));
}
