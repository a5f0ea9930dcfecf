// Moves between classes of scores, and inequality within and between groups, as tables.

import { scoreText, type App } from "./app";
import { h } from "./dom";
import type { Change, Component, Moves } from "./types_analysis";

/** Moves of all places, then those by the class of their neighbours. */
export function moves(app: App, change: Change): HTMLElement | null {
  const { words } = app;
  const pooled = change.moves.find((table) => table.lag === 0);
  const near = change.moves.filter((table) => table.lag > 0);
  if (!pooled && !near.length) return null;
  const { spatial } = change;
  return h("div", {},
    h("h3", {}, words.say("change.moves")), h("p", { class: "note" }, words.say(change.relative ? "change.moves_relative" : "change.moves_text")),
    pooled ? heat(app, pooled, "") : null,
    near.length > 0 && h("h3", {}, words.say("change.spatial")),
    spatial && h("p", {}, words.say(spatial.p !== null && spatial.p < 0.05 ? "change.spatial_yes" : "change.spatial_no", {
      statistic: words.number(spatial.statistic, 1), freedom: words.number(spatial.freedom, 0), p: spatial.p !== null && spatial.p < 0.001 ? "<0.001" : words.number(spatial.p, 3),
    })),
    near.length > 0 && h("div", { class: "figures" }, near.map((table) => heat(app, table, words.say("change.lag", { n: table.lag })))));
}

/** Limits of a class in words, such as 0.20–0.32. */
function limits(app: App, table: Moves, k: number): string {
  if (!table.lower.length) return "";
  const [low, high] = [table.lower[k] ?? null, table.lower[k + 1] ?? null];
  if (low === null && high === null) return "";
  const text = low === null ? `< ${scoreText(app, high)}` : high === null ? `≥ ${scoreText(app, low)}` : `${scoreText(app, low)}–${scoreText(app, high)}`;
  return app.words.say("in_brackets", { text });
}

function heat(app: App, table: Moves, title: string): HTMLElement {
  const { words } = app;
  const name = (k: number): string => words.say("change.class", { n: k + 1 });
  return h("div", { class: "wide-table" }, title && h("h4", {}, title), h("table", { class: "sheet heat moves" },
    h("thead", {},
      h("tr", {}, h("th", { scope: "col" }, words.say("change.from_class")), table.count.map((_, k) => h("th", { scope: "col", class: "c" }, words.say("change.to", { name: name(k) }))),
        h("th", { scope: "col", class: "r" }, words.say("change.steady")))),
    h("tbody", {}, table.count.map((row, from) => h("tr", {},
      h("th", { scope: "row" }, name(from), h("span", { class: "muted" }, limits(app, table, from))),
      row.map((count, to) => {
        const share = table.probability[from]?.[to] ?? null;
        return h("td", { class: "c shade", "--depth": share ?? 0 }, share === null ? "—" : words.percent(share), h("span", { class: "count" }, words.say("in_brackets", { text: String(count) })));
      }),
      h("td", { class: "r" }, words.percent(table.steady[from] ?? null)))))));
}

const ORDER = ["within", "inside", "between", "net_between", "overlap", "across", "distance", "total"];

/** Inequality split into parts, year by year; the parts of single groups for the last year. */
export function groups(app: App, components: Component[]): HTMLElement | null {
  if (!components.length) return null;
  const { words } = app;
  const measures = [...new Set(components.map((item) => item.measure))];
  return h("div", {}, h("h3", {}, words.say("change.groups")), h("p", { class: "note" }, words.say("change.groups_text")),
    h("div", { class: "figures" }, measures.map((measure) => split(app, measure, components.filter((item) => item.measure === measure)))));
}

function split(app: App, measure: string, items: Component[]): HTMLElement {
  const { words } = app;
  const whole = items.filter((item) => !item.group && !item.other);
  const years = [...new Set(whole.map((item) => item.year))].sort((a, b) => a - b);
  const parts = [...new Set(whole.map((item) => item.component))].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const single = items.filter((item) => item.group && item.value !== null);
  const label = (key: string): string => (words.has(`component.${key}`) ? words.say(`component.${key}`) : key);
  const last = years.at(-1) ?? "";
  return h("div", { class: "wide-table" }, h("h4", {}, words.has(`measure.${measure}`) ? words.say(`measure.${measure}`) : measure),
    h("table", { class: "sheet heat" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("change.year")), parts.map((part) => h("th", { scope: "col", class: "r" }, label(part))))),
      h("tbody", {}, years.map((year) => h("tr", {}, h("th", { scope: "row" }, year), parts.map((part) => {
        const found = whole.find((item) => item.year === year && item.component === part);
        return found?.share != null && part !== "total"
          ? h("td", { class: "r shade", "--depth": found.share, title: words.number(found.value, 4) }, words.percent(found.share))
          : h("td", { class: "r" }, words.number(found?.value, 4));
      }))))),
    singles(app, single.filter((item) => !item.other), "change.single", last),
    singles(app, single.filter((item) => item.component === "across"), "change.across", last));
}

function singles(app: App, items: Component[], key: string, year: number | string): HTMLElement | null {
  const { words } = app;
  const name = (item: Component): string => (item.other ? words.say("change.pair", { one: groupName(words.language, item.group), other: groupName(words.language, item.other) }) : groupName(words.language, item.group));
  return items.length ? h("p", { class: "note" }, words.say(key, { year }), words.list(items.map((item) => `${name(item)} ${words.number(item.value, 4)}`))) : null;
}

/** A label written in both languages, such as 东部 East, in the reader's own. */
export function groupName(language: string, label: string): string {
  const both = /^([\u2e80-\uffef]+) +([\x20-\x7e]+)$/.exec(label);
  return both ? both[language === "zh" ? 1 : 2]! : label;
}
