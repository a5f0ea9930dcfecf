// Peers alike: places of similar structure with what sets them apart, then the study's own comparison side by side.

import { placeName, unitName, valueText, type App } from "./app";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { choosable, frameOf, inHand, line, part, placeChoice, sheet } from "./insight";
import { COLOURS } from "./marks";
import { said } from "./position";
import type { Beside, Similar, SimilarPart } from "./types_frames";

const FIRST = 5; // variables with a colour of their own

/** The view. */
export function drawAlike(app: App): HTMLElement {
  const { similar } = app.book.data.insights;
  const places = choosable(app, similar.map((row) => row.place));
  const place = inHand(app, places);
  const title = app.words.say(place ? "alike.title" : "view.alike", { place: placeName(app, place) });
  return frameOf(app, "alike", title, placeChoice(app, places, place), [alike(app, place), beside(app)]);
}

/** Variables in the order of what they add over all places shown. */
export function telling(parts: SimilarPart[]): string[] {
  const sum = new Map<string, number>();
  for (const item of parts) sum.set(item.variable, (sum.get(item.variable) ?? 0) + Math.max(0, item.contribution ?? 0));
  return [...sum].sort((a, b) => b[1] - a[1]).map(([variable]) => variable);
}

function alike(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const all = book.data.insights.similar.filter((row) => row.place === place);
  if (!all.length) return null;
  const rows = all.filter((row) => row.chosen);
  const parts = book.data.insights.similar_parts.filter((item) => item.place === place && rows.some((row) => row.peer === item.peer));
  const order = telling(parts);
  const most = Math.max(...rows.map((row) => row.squared ?? 0));
  const head = [words.say("alike.rank"), words.say("alike.peer"), words.say("alike.distance"), words.say("alike.parts")];
  return part(app, ["similar", "similar_parts"], words.say("alike.text", { metric: words.say(`alike.${all[0]!.metric}`), n: order.length }),
    h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table alike-table" },
      h("thead", {}, h("tr", {}, head.map((text, k) => h("th", { scope: "col", class: k === 0 || k === 2 ? "r" : "" }, text)))),
      h("tbody", {}, rows.map((row) => similarRow(app, row, parts.filter((item) => item.peer === row.peer), order, most))))),
    h("p", { class: "note legend-line" }, order.slice(0, FIRST).map((variable, k) => h("span", { class: "key" }, h("span", { class: "swatch", "--tone": COLOURS[k]! }), indicatorName(app, variable))),
      order.length > FIRST && h("span", { class: "key" }, h("span", { class: "swatch", "--tone": COLOURS[FIRST]! }), words.say("alike.rest"))),
    all.length > rows.length && others(app, all));
}

function similarRow(app: App, row: Similar, parts: SimilarPart[], order: string[], most: number): HTMLElement {
  const { words } = app;
  const sorted = [...parts].sort((a, b) => (b.contribution ?? 0) - (a.contribution ?? 0));
  const told = sorted.slice(0, 2).filter((item) => (item.share ?? 0) > 0).map((item) => `${indicatorName(app, item.variable)} ${words.percent(item.share)}`);
  const colour = (variable: string): string => COLOURS[Math.min(FIRST, order.indexOf(variable))]!;
  const length = most ? (row.squared ?? 0) / most : 0;
  return h("tr", { "data-place": row.peer }, h("td", { class: "r" }, row.rank), h("th", { scope: "row" }, placeName(app, row.peer)), h("td", { class: "r" }, words.number(row.distance, 2)),
    h("td", {}, h("span", { class: "stack wide-stack", "aria-hidden": "true", "--length": `${100 * length}%` }, sorted.map((item) => h("span", { "--share": `${100 * Math.max(0, item.share ?? 0)}%`, "--tone": colour(item.variable) }))),
      h("details", {}, h("summary", {}, told.length ? words.say("alike.differs", { names: words.list(told) }) : words.say("alike.same")), details(app, row, sorted))));
}

function details(app: App, row: Similar, parts: SimilarPart[]): HTMLElement {
  const { words } = app;
  return sheet([[words.say("position.condition_indicator")], [placeName(app, row.place), true], [placeName(app, row.peer), true], [words.say("alike.share"), true]],
    parts.map((item) => line([indicatorName(app, item.variable), unit(app, item.variable)], [[valueText(app, item.value), true], [valueText(app, item.peer_value), true], [words.percent(item.share), true]])));
}

function unit(app: App, indicator: string): HTMLElement | false {
  const name = unitName(app, app.book.indicators.get(indicator)?.unit ?? "");
  return name !== "" && h("span", { class: "unit" }, name);
}

function others(app: App, all: Similar[]): HTMLElement {
  const { words } = app;
  return h("details", {}, h("summary", {}, words.say("alike.all", { n: all.length })),
    sheet([[words.say("alike.peer")], [words.say("alike.rank"), true], [words.say("alike.distance"), true], [words.say("alike.covered"), true]],
      all.map((row) => line([placeName(app, row.peer), !row.match && h("span", { class: "muted line" }, words.say("alike.few"))], [[row.rank ?? "—", true], [words.number(row.distance, 2), true], [words.percent(row.share), true]], row.chosen ? "held" : ""))));
}

/** Nodes with their children below them; those without a parent in the order of the table. */
export function inTree(rows: Pick<Beside, "node" | "parent">[]): string[] {
  const parents = new Map(rows.map((row) => [row.node, row.parent]));
  const below = (node: string): string[] => [node, ...[...parents].filter(([, parent]) => parent === node).flatMap(([child]) => below(child))];
  return [...parents].filter(([, parent]) => !parents.has(parent)).flatMap(([node]) => below(node));
}

/** The comparison that the study asks for: nodes down, places across. */
function beside(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.comparison;
  if (!rows.length) return null;
  const places = [...new Set(rows.map((row) => row.place))];
  const nodes = inTree(rows);
  const inner = new Set(rows.map((row) => row.parent));
  const cell = (row: Beside | undefined): HTMLElement => (!row || row.value === null ? h("td", { class: "r muted" }, "—") : h("td", { class: `r ${row.best ? "best" : ""}` }, h("b", {}, valueText(app, row.value)), marks(app, row),
    h("span", { class: "muted line" }, words.say("alike.rank_of", { rank: row.rank ?? "—", of: row.of }))));
  return part(app, ["comparison"], words.say("alike.beside_text"),
    h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table beside-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("position.condition_indicator")), places.map((place) => h("th", { scope: "col", class: "r" }, placeName(app, place))))),
      h("tbody", {}, nodes.map((node) => {
        const own = rows.filter((row) => row.node === node);
        const unit = own.find((row) => row.unit)?.unit ?? "";
        return h("tr", { class: inner.has(node) ? "inner" : "" }, h("th", { scope: "row", "--depth": own[0]!.depth }, words.of(own[0]!.name), unit && h("span", { class: "unit" }, unitName(app, unit))), places.map((place) => cell(own.find((row) => row.place === place))));
      })))));
}

function marks(app: App, row: Beside): HTMLElement | null {
  const told = app.words.list(row.marks.map((mark) => (mark === "year" && row.year !== null ? String(row.year) : said(app, "mark", mark))));
  return told ? h("abbr", { class: "flag", role: "img", title: told, "aria-label": told }, "◇") : null;
}
