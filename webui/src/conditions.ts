// Base conditions: high, medium or low among named peers, beside what a text says of them.

import { placeName, unitName, valueText, type App } from "./app";
import { heading } from "./badges";
import { conditionCells } from "./csv_standing";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { said } from "./position";
import { csvButton } from "./take";
import type { Condition, ConditionIndicator, ConditionPeer } from "./types_position";

const LEVELS: Record<string, string> = { high: "▲", medium: "◆", low: "▼", mixed: "◇" };

/** Base conditions of a place as a table. */
export function conditions(app: App, place: string): HTMLElement | null {
  const { words } = app;
  const { standing } = app.book.data;
  const rows = standing.conditions.filter((row) => row.place === place);
  if (!rows.length) return null;
  const heads = ["condition", "verdict", "indicator", "value", "limits", "peers"];
  return h("div", {}, heading(app, "conditions", csvButton(app, "conditions", () => conditionCells(app))), h("p", { class: "note" }, words.say("position.conditions_text")),
    h("div", { class: "wide-table" }, h("table", { class: "sheet text condition-table" },
      h("thead", {}, h("tr", {}, heads.map((key, k) => h("th", { scope: "col", class: k === 3 || k === 4 ? "r" : "" }, words.say(`position.condition_${key}`))))),
      rows.map((row) => group(app, row, standing.measures.filter((item) => item.place === place && item.condition === row.condition))))));
}

function level(app: App, verdict: string): HTMLElement {
  return h("span", { class: `level ${verdict.replace(" ", "-")}` }, h("span", { class: "sign", "aria-hidden": "true" }, LEVELS[verdict] ?? ""), said(app, "level", verdict));
}

function group(app: App, row: Condition, measures: ConditionIndicator[]): HTMLElement {
  const { words } = app;
  const height = Math.max(1, measures.length);
  const claim = row.claimed && words.say(row.agrees === "no" ? "position.text_differs" : "position.text_says", { verdict: said(app, "level", row.claimed) });
  const head = [h("th", { scope: "rowgroup", rowspan: height }, words.of(row.name)), h("td", { rowspan: height }, level(app, row.verdict), claim && h("span", { class: row.agrees === "no" ? "warn line" : "muted line" }, claim))];
  if (!measures.length) return h("tbody", {}, h("tr", {}, head, h("td", { colspan: 4, class: "muted" }, words.say("position.no_measure"))));
  return h("tbody", {}, measures.map((item, k) => h("tr", {}, k === 0 && head, measure(app, item))));
}

function flag(app: App, peer: ConditionPeer): HTMLElement | null {
  const told = app.words.list(peer.marks.map((mark) => (mark === "year" && peer.year !== null ? String(peer.year) : said(app, "mark", mark))));
  return told ? h("abbr", { class: "flag", role: "img", title: told, "aria-label": told }, "◇") : null;
}

function measure(app: App, item: ConditionIndicator): HTMLElement[] {
  const { words } = app;
  const peers = app.book.data.standing.peers.filter((peer) => peer.place === item.place && peer.indicator === item.indicator).sort((a, b) => item.direction * ((b.value ?? 0) - (a.value ?? 0)));
  return [
    h("td", {}, indicatorName(app, item.indicator), h("span", { class: "unit" }, unitName(app, item.unit)), item.direction < 0 && h("span", { class: "unit" }, words.say("position.less")), h("span", { class: "line" }, level(app, item.verdict))),
    h("td", { class: "r" }, valueText(app, item.value), h("span", { class: "muted line" }, item.year ?? "")),
    h("td", { class: "r" }, item.lower === null ? "—" : words.range(valueText(app, item.lower), valueText(app, item.upper))),
    h("td", {}, peers.length ? peers.map((peer, k) => [k ? words.list(["", ""]) : "", h("span", { class: "bound" }, placeName(app, peer.peer), " ", valueText(app, peer.value), flag(app, peer))]).flat() : "—"),
  ];
}
