// What a place would need to reach the frontier, and how its productivity changed.

import { placeName, unitName, valueText, type App } from "./app";
import { h } from "./dom";
import { indicatorName, onFrontier } from "./efficiency";
import type { Efficiency, Productivity } from "./types_analysis";

const ROLES = ["inputs", "outputs", "undesirable"] as const;

/** Read "A 0.61; B 0.39" as pairs of place and share. */
export function readPeers(text: string): [string, number][] {
  return text.split(";").flatMap((part): [string, number][] => {
    const cut = part.trim().lastIndexOf(" ");
    const share = Number(part.trim().slice(cut + 1));
    return cut > 0 && Number.isFinite(share) ? [[part.trim().slice(0, cut), share]] : [];
  });
}

/** Values and targets of the place in hand. */
export function targets(app: App, measure: Efficiency, year: number): HTMLElement {
  const { words } = app;
  const row = measure.rows.find((item) => item.year === year && item.place === app.state.place);
  const title = h("h3", {}, words.say("efficiency.targets", { place: placeName(app, app.state.place), year }));
  if (!row || row.score === null) return h("div", {}, title, h("p", { class: "muted" }, words.say("efficiency.no_targets")));
  const items = ROLES.flatMap((role) => measure[role].map((code) => ({ role, code })));
  const peers = readPeers(row.peers).filter(([place]) => place !== row.place);
  const change = (value: number | null): string => (value === null ? "—" : Math.abs(value) < 0.0005 ? words.say("efficiency.stays") : `${value > 0 ? "+" : "−"}${words.percent(Math.abs(value), 1)}`);
  return h("div", {}, title,
    h("p", {}, onFrontier(row) ? words.say("efficiency.is_best") : peers.length ? words.say("efficiency.peers", { names: words.list(peers.map(([place, share]) => `${placeName(app, place)}${words.say("in_brackets", { text: words.number(share, 2) })}`)) }) : ""),
    row.target.some((value) => value !== null) && h("div", { class: "wide-table" }, h("table", { class: "sheet targets" },
      h("thead", {}, h("tr", {}, ["item", "role", "value", "target", "change"].map((key, k) => h("th", { scope: "col", class: k > 1 ? "r" : "" }, words.say(`efficiency.${key}`))))),
      h("tbody", {}, items.map(({ role, code }, k) => h("tr", {},
        h("th", { scope: "row" }, indicatorName(app, code), h("span", { class: "unit" }, unitName(app, app.book.indicators.get(code)?.unit ?? ""))),
        h("td", {}, words.say(`role.${role}`)), h("td", { class: "r" }, valueText(app, row.value[k])), h("td", { class: "r" }, valueText(app, row.target[k])), h("td", { class: "r" }, change(row.change[k] ?? null))))))),
    h("p", { class: "note" }, words.say("efficiency.targets_text")));
}

const PARTS = ["index", "efficiency", "technical", "pure", "scale"] as const;

/** Change of productivity of the place in hand beside the mean over places, period by period. */
export function productivity(app: App, measure: Efficiency): HTMLElement | null {
  const { words } = app;
  const rows = measure.malmquist;
  if (!rows.length) return null;
  const own = rows.filter((row) => row.place === app.state.place);
  const mean = rows.filter((row) => row.place === "");
  const kinds = [...new Set(rows.map((row) => row.frontier))];
  return h("div", {}, h("h3", {}, words.say("efficiency.malmquist")),
    h("p", { class: "note" }, words.say("efficiency.malmquist_text"), kinds.map((kind) => (words.has(`efficiency.frontier_${kind}`) ? words.say(`efficiency.frontier_${kind}`) : ""))),
    h("div", { class: "figures" }, own.length > 0 && periods(app, placeName(app, app.state.place), own), mean.length > 0 && periods(app, words.say("efficiency.mean"), mean)));
}

function periods(app: App, title: string, rows: Productivity[]): HTMLElement {
  const { words } = app;
  const parts = PARTS.filter((part) => rows.some((row) => row[part] !== null) || part === "index");
  const kind = (value: number | null): string => (value === null || Math.abs(value - 1) < 0.0005 ? "r" : value > 1 ? "r rise" : "r fall");
  const sign = (value: number | null): string => (value === null || Math.abs(value - 1) < 0.0005 ? "" : value > 1 ? "▲" : "▼");
  return h("div", { class: "wide-table" }, h("h4", {}, title), h("table", { class: "sheet periods" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("efficiency.period")), parts.map((part) => h("th", { scope: "col", class: "r", title: words.say(`malmquist.${part}_long`) }, words.say(`malmquist.${part}`))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, `${row.start}–${row.end}`),
      parts.map((part) => h("td", { class: kind(row[part]) }, h("span", { class: "sign", "aria-hidden": "true" }, sign(row[part])), words.number(row[part], 3))))))));
}
