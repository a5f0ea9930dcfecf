// Targets: how far along, how far the time has run, and what growth it still takes.

import { unitName, valueText, type App } from "./app";
import { around, heading, ofPlace } from "./badges";
import { targetCells } from "./csv_standing";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { said } from "./position";
import { csvButton } from "./take";
import type { TargetRow } from "./types_position";

const GOOD = ["met", "reached early", "on track"];
const BAD = ["missed", "off track"];

/** Sign of a state: on its way, off it, or not to be said. */
export const stateSign = (status: string): string => (GOOD.includes(status) ? "✓" : BAD.includes(status) ? "✗" : "–");

/** Targets of a place as a table. */
export function targets(app: App, place: string): HTMLElement | null {
  const { words } = app;
  const rows = around(app, app.book.data.standing.targets, place);
  if (!rows.length) return null;
  const heads = ["item", "base", "now", "goal", "progress", "required", "achieved", "status"];
  return h("div", {}, heading(app, "targets", csvButton(app, "targets", () => targetCells(app))), h("p", { class: "note" }, words.say("position.targets_text")),
    h("div", { class: "wide-table" }, h("table", { class: "sheet target-table" },
      h("thead", {}, h("tr", {}, heads.map((key, k) => h("th", { scope: "col", class: k && k !== 4 && k !== 7 ? "r" : "" }, words.say(`position.target_${key}`))))),
      h("tbody", {}, rows.map((row) => line(app, row, place))))));
}

function line(app: App, row: TargetRow, place: string): HTMLElement {
  const told = (value: number | null, year: number | null): HTMLElement => h("td", { class: "r" }, valueText(app, value), h("span", { class: "muted line" }, year ?? "—"));
  const state = GOOD.includes(row.status) ? "good" : BAD.includes(row.status) ? "bad" : "muted";
  return h("tr", {}, h("th", { scope: "row" }, ofPlace(app, row, place), indicatorName(app, row.indicator), h("span", { class: "unit" }, unitName(app, app.book.indicators.get(row.indicator)?.unit ?? ""))),
    told(row.base, row.base_year), told(row.value, row.year), told(row.target, row.deadline), h("td", { class: "bar-cell" }, bar(app, row)),
    h("td", { class: "r" }, pace(app, row.required_growth, row.required_change)), h("td", { class: "r" }, pace(app, row.achieved_growth, row.achieved_change)),
    h("td", {}, h("span", { class: `state ${state}` }, h("span", { "aria-hidden": "true" }, stateSign(row.status)), said(app, "state", row.status))));
}

/** A yearly rate, or the yearly change where a rate has no meaning. */
export function pace(app: App, growth: number | null, change: number | null): string {
  if (growth !== null) return app.words.say("position.a_year", { rate: `${growth < 0 ? "−" : ""}${app.words.percent(Math.abs(growth), 1)}` });
  return change === null ? "—" : app.words.say("position.a_year", { rate: `${change > 0 ? "+" : ""}${valueText(app, change)}` });
}

function bar(app: App, row: TargetRow): HTMLElement | string {
  if (row.progress === null) return "—";
  const label = app.words.say("position.progress", { progress: app.words.percent(row.progress), expected: app.words.percent(row.expected) });
  return h("div", {}, h("div", { class: "bar", role: "img", "aria-label": label, "--tone": "#56B4E9" }, h("span", { class: "fill", "--from": "0%", "--to": `${100 * Math.max(0, Math.min(1, row.progress))}%` }), row.expected !== null && h("span", { class: "tick", "--from": `${100 * row.expected}%` })), h("span", { class: "muted line", "aria-hidden": "true" }, label));
}
