// What binds: constraints by severity with their evidence and levers, then the obstacles by indicator over the years.

import { placeName, unitName, valueText, type App } from "./app";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { sourceTitle } from "./entries";
import { rowButton } from "./evidence";
import { homeChoice, homeOf, placesOf } from "./home";
import { frameOf, line, part, sheet } from "./insight";
import { obstacles } from "./obstacles";
import { signed } from "./subsystems";
import type { Constraint } from "./types_ecosystem";

/** The view. */
export function drawBinds(app: App): HTMLElement {
  const { tables } = app.book;
  const places = placesOf(app, [...tables.get("constraints"), ...tables.get("obstacle_groups")]);
  const home = homeOf(app, places);
  return frameOf(app, "binds", app.words.say("binds.title", { place: placeName(app, home) }), homeChoice(app, places, home), [constraints(app, home), obstacles(app, home)]);
}

function constraints(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const all = book.tables.get("constraints");
  if (!all.length) return null;
  const years = all.filter((row) => row.place === home).map((row) => row.year ?? 0);
  const rows = all.filter((row) => row.place === home && row.year === Math.max(...years)).sort((a, b) => (a.rank ?? 99) - (b.rank ?? 99));
  const names = ["constraints", "constraint_evidence", "constraint_levers"] as const;
  if (!rows.length) return part(app, [...names], words.say("binds.not_diagnosed", { places: words.list(placesOf(app, all).map((place) => placeName(app, place))) }));
  const most = Math.max(2, ...rows.map((row) => row.severity ?? 0));
  const ahead = rows.filter((row) => row.verdict === "binds" && (row.gap ?? 0) > 0);
  return part(app, [...names], words.say("binds.text", { year: rows[0]!.year ?? "" }),
    ahead.length > 0 && h("p", { class: "warn" }, words.say("binds.ahead", { names: words.list(ahead.map((row) => words.say("quoted", { text: words.of(row.name) }))) })),
    h("ol", { class: "plain constraints" }, rows.map((row) => constraint(app, row, most))),
    h("p", { class: "note" }, h("b", {}, words.say("unknowns.cause_lead")), " ", words.say("unknowns.cause"), " ", words.say("unknowns.levers")));
}

function constraint(app: App, row: Constraint, most: number): HTMLElement {
  const { words } = app;
  const at = (value: number): string => `${(100 * Math.min(value, most)) / most}%`;
  const binds = row.verdict === "binds";
  const bar = h("div", { class: "bar severity", role: "img", "aria-label": words.say("binds.severity_told", { n: words.number(row.severity, 2) }), "--tone": binds ? "#c75000" : "#9aa4a8" },
    h("span", { class: "fill", "--from": "0%", "--to": at(row.severity ?? 0) }), h("span", { class: "tick", "--from": at(1) }));
  const items: [string, string][] = [
    ["severity", words.number(row.severity, 2)], ["obstacle", words.say("binds.of_weight", { obstacle: words.percent(row.obstacle), weight: words.percent(row.weight) })],
    ["gap", words.say("binds.gap_told", { gap: signed(app, row.gap, 2), score: words.number(row.score, 2), median: words.number(row.peer_median, 2) })],
    ["confidence", row.confidence === null ? "—" : words.chance(row.confidence)], ["data", words.percent(row.data)],
  ];
  return h("li", { class: "constraint" },
    h("h4", {}, row.rank !== null && h("span", { class: "rank-no" }, row.rank), words.of(row.name), " ", h("span", { class: binds ? "badge bad" : "badge" }, words.say(`verdict.${row.verdict.replace(/ /g, "_")}`))),
    bar, h("dl", { class: "facts" }, items.map(([key, text]) => h("div", {}, h("dt", {}, words.say(`binds.${key}`)), h("dd", {}, text)))),
    evidence(app, row), levers(app, row));
}

function evidence(app: App, group: Constraint): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("constraint_evidence").filter((row) => row.place === group.place && row.group === group.group).sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  if (!rows.length) return null;
  return sheet([[words.say("binds.evidence")], [words.say("models.value"), true], [words.say("binds.year")], [words.say("binds.score"), true], [words.say("binds.median"), true], [words.say("binds.obstacle"), true], [words.say("board.read_from")]],
    rows.map((row) => line(indicatorName(app, row.indicator), [
      [[rowButton(app, valueText(app, row.value), row.place, row.indicator, row.file, row.row), h("span", { class: "unit" }, unitName(app, row.unit))], true], [row.year], [words.number(row.score, 2), true], [words.number(row.peer_median, 2), true], [words.percent(row.obstacle), true],
      [h("span", { class: "muted" }, words.say("method.where_text", { file: row.file, row: row.row ?? "" }), h("span", { class: "line" }, sourceTitle(app, row.source)))]])), "evidence-table");
}

function levers(app: App, group: Constraint): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("constraint_levers").filter((row) => row.place === group.place && row.group === group.group).sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  if (!rows.length) return null;
  return h("details", { open: group.rank === 1 }, h("summary", { "data-key": `levers/${group.group}` }, words.say("binds.levers", { n: rows.length })),
    h("ul", { class: "plain levers" }, rows.map((row) => h("li", { class: "text" }, words.of(row.text), h("span", { class: "muted line" }, words.say("binds.lever_source", { source: words.of(row.source), section: row.section }))))));
}
