// Stage of development with its sensitivity, and where a value would stand in a ranking.

import { placeName, unitName, valueText, type App } from "./app";
import { around, heading, ofPlace } from "./badges";
import { equivalentCells, stageCells } from "./csv_standing";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { said } from "./position";
import { csvButton } from "./take";
import type { EquivalentRow, StageRow, StageShift } from "./types_position";

/** Stages of a place, measure by measure. */
export function stages(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const rows = around(app, book.data.standing.stages, place);
  if (!rows.length) return null;
  return h("div", {}, heading(app, "stages", csvButton(app, "stages", () => stageCells(app))),
    rows.map((row) => h("div", { class: "stage" },
      h("p", {}, h("span", { class: "badge" }, words.of(row.name) || words.say("position.before_stages")), ofPlace(app, row, place), measureName(app, row.measure), words.say("colon"),
        words.say("position.stage_told", { value: words.number(row.value, undefined, 0), unit: unitName(app, row.unit), year: row.year ?? "—", threshold: words.number(row.threshold, undefined, 0) }), stageNext(app, row)),
      h("p", { class: "note" }, words.say(row.prices === "adjusted" ? "position.stage_adjusted" : "position.stage_declared", { declared: words.number(row.declared, undefined, 0), base: row.base_year ?? "—" }), row.fragile && h("b", { class: "warn" }, words.say("position.fragile")), row.source && h("span", { class: "cite" }, row.source)),
      shifts(app, book.data.standing.shifts.filter((item) => item.place === row.place && item.measure === row.measure)))));
}

const measureName = (app: App, measure: string): string => (app.words.has(`position.measure.${measure}`) ? app.words.say(`position.measure.${measure}`) : indicatorName(app, measure));

function stageNext(app: App, row: StageRow): string {
  const { words } = app;
  const next = words.of(row.next);
  if (row.status === "reached" || !next) return words.say("position.stage_last");
  if (row.status === "by growth" && row.years !== null) return words.say("position.stage_by", { next, growth: words.percent(row.growth, 1), years: words.number(row.years, 1), year: Math.ceil(row.by_year ?? 0) });
  return words.say(row.status === "no trend" ? "position.stage_unknown" : "position.stage_never", { next });
}

function shifts(app: App, rows: StageShift[]): HTMLElement | null {
  if (rows.length < 2) return null;
  const { words } = app;
  const heads = ["shift", "prices", "value", "threshold", "stage"];
  return h("details", {}, h("summary", {}, words.say("position.sensitivity")), h("div", { class: "wide-table" }, h("table", { class: "sheet" },
    h("thead", {}, h("tr", {}, heads.map((key, k) => h("th", { scope: "col", class: k === 2 || k === 3 ? "r" : "" }, words.say(`position.stage_${key}`))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, h("td", {}, `${(row.shift ?? 0) > 0 ? "+" : ""}${words.number(100 * (row.shift ?? 0), 0)}%`), h("td", {}, said(app, "prices", row.prices)), h("td", { class: "r" }, words.number(row.value, undefined, 0)), h("td", { class: "r" }, words.number(row.threshold, undefined, 0)), h("td", {}, words.of(row.name) || words.say("position.before_stages"))))))));
}

/** Where the place's values would stand in rankings of other places. */
export function equivalents(app: App, place: string): HTMLElement | null {
  const rows = around(app, app.book.data.standing.equivalents, place);
  if (!rows.length) return null;
  return h("div", {}, heading(app, "equivalents", csvButton(app, "equivalents", () => equivalentCells(app))),
    rows.map((row) => h("div", { class: "equivalent" }, h("p", {}, equivalentText(app, row)), h("p", { class: "note" }, notes(app, row)), ladder(app, row))));
}

/** The sentence of a size equivalent. */
export function equivalentText(app: App, row: EquivalentRow): string {
  const { words } = app;
  const values = { place: placeName(app, row.place), indicator: indicatorName(app, row.indicator), year: row.year ?? "—", value: words.number(row.value), unit: unitName(app, row.unit), rank: row.rank ?? "—", members: row.members ?? 0 };
  const above = row.above && placeName(app, row.above);
  const below = row.below && placeName(app, row.below);
  const between = above && below ? words.say("position.between", { above, below }) : above ? words.say("position.behind", { above }) : below ? words.say("position.before", { below }) : "";
  return words.say("position.equivalent", values) + between + (row.level.length ? words.say("position.same", { names: words.list(row.level.map((id) => placeName(app, id))) }) : "") + words.say("stop");
}

function notes(app: App, row: EquivalentRow): string {
  const { words } = app;
  return [row.rate !== null && words.say("position.rate", { converted: valueText(app, row.converted), unit: unitName(app, row.ranking_unit), rate: words.number(row.rate) }), (row.other_years ?? 0) > 0 && words.say("position.other_years", { n: row.other_years ?? 0 })].filter(Boolean).join("");
}

function ladder(app: App, row: EquivalentRow): HTMLElement {
  const line = (name: string, value: number | null, rank: number | null, held = false): HTMLElement | null => (name ? h("tr", { class: held ? "held" : "" }, h("td", { class: "r" }, rank === null ? "" : `${rank}`), h("th", { scope: "row" }, placeName(app, name)), h("td", { class: "r" }, valueText(app, value))) : null);
  return h("table", { class: "sheet ladder" }, h("tbody", {}, line(row.above, row.above_value, null), line(row.place, row.converted, row.rank, true), line(row.below, row.below_value, null)));
}
