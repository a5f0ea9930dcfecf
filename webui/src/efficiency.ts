// Efficiency: how much each place draws from what it puts in, who is on the frontier, what the others would need.

import { placeName, type App } from "./app";
import { productivity, targets } from "./efficiency_tables";
import { h } from "./dom";
import { tierColour } from "./marks";
import type { Efficiency, Yield } from "./types_analysis";

const SAME = 1e-6; // a score this near to one is on the frontier

/** The measure and the year that the state asks for, else the first and the last. */
export function inHand(app: App): { measure: Efficiency; year: number } {
  const all = app.book.data.efficiencies;
  const measure = all.find((item) => item.id === app.state.efficiency) ?? all[0]!;
  const year = Number(app.state.year);
  return { measure, year: measure.years.includes(year) ? year : measure.years.at(-1)! };
}

/** On the frontier: nothing less would do for the same, or nothing more could come out. */
export const onFrontier = (row: Yield): boolean => row.feasible && row.score !== null && row.score >= 1 - SAME;

/** Rows of a year, the best first; those without a score last. */
export function ordered(measure: Efficiency, year: number): Yield[] {
  return measure.rows.filter((row) => row.year === year).sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.place.localeCompare(b.place));
}

/** The view as sections that scroll together. */
export function drawEfficiency(app: App): HTMLElement {
  const { words } = app;
  const { measure, year } = inHand(app);
  const rows = ordered(measure, year);
  const names = (codes: string[]): string => words.list(codes.map((code) => indicatorName(app, code)));
  return h("section", { class: "efficiency", "aria-label": words.say("view.efficiency") },
    h("div", { class: "panel-head" }, h("h2", {}, words.of(measure.title)), h("span", { class: "space" }), choices(app, measure, year)),
    h("div", { class: "scroll", "data-scroll": "efficiency" },
      h("p", { class: "note" }, words.say("efficiency.text", { inputs: names(measure.inputs), outputs: names(measure.outputs) }),
        measure.undesirable.length > 0 && words.say("efficiency.undesirable_text", { names: names(measure.undesirable) }),
        measure.lag > 0 && words.say("efficiency.lag", { n: measure.lag })),
      h("p", { class: "note" }, words.say("method.about", { title: words.of(measure.method.title), spec: measure.method.spec, note: words.of(measure.method.note) }), words.say("stop")),
      h("p", {}, words.say("efficiency.count", { year, n: rows.filter(onFrontier).length, of: rows.filter((row) => row.score !== null).length })),
      bars(app, rows), targets(app, measure, year), productivity(app, measure)));
}

/** Name of an indicator in the reader's language. */
export function indicatorName(app: App, code: string): string {
  const found = app.book.indicators.get(code);
  return found ? app.words.of(found.name) : code;
}

function choices(app: App, measure: Efficiency, year: number): HTMLElement {
  const { words, book } = app;
  const select = (key: string, label: string, options: [string, string][], held: string, act: (value: string) => void): HTMLElement =>
    h("label", { class: "choice" }, label, h("select", { "data-key": key, change: (event: Event) => act((event.target as HTMLSelectElement).value) },
      options.map(([value, text]) => h("option", { value, selected: value === held }, text))));
  return h("div", { class: "choices" },
    book.data.efficiencies.length > 1 && select("efficiency", words.say("efficiency.measure"), book.data.efficiencies.map((item) => [item.id, words.of(item.title)]), measure.id, (efficiency) => app.set({ efficiency, year: "" })),
    measure.years.length > 1 && select("year", words.say("efficiency.year"), [...measure.years].reverse().map((item) => [String(item), String(item)]), String(year), (value) => app.set({ year: value })));
}

function bars(app: App, rows: Yield[]): HTMLElement {
  const { words } = app;
  const most = Math.max(1, ...rows.map((row) => row.score ?? 0));
  const split = rows.some((row) => row.pure !== null && Math.abs(row.pure - (row.score ?? 0)) > SAME);
  const sized = rows.some((row) => row.scale !== null);
  const regimes = rows.some((row) => row.regime);
  const col = (key: string, kind: string): HTMLElement => h("th", { scope: "col", class: kind, title: words.has(`efficiency.${key}_long`) ? words.say(`efficiency.${key}_long`) : null }, words.say(`efficiency.${key}`));
  return h("div", { class: "wide-table" }, h("table", { class: "sheet yields" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "r" }, words.say("ranking.rank")), h("th", { scope: "col" }, words.say("ranking.place")), col("bar", ""), col("score", "r"),
      split && col("pure", "r"), sized && col("scale", "r"), regimes && col("regime", ""))),
    h("tbody", {}, rows.map((row) => {
      const best = onFrontier(row);
      return h("tr", { class: row.place === app.state.place ? "held" : "", "data-place": row.place, click: () => app.set({ place: row.place }), mouseenter: () => app.hover(row.place), mouseleave: () => app.hover(null) },
        h("td", { class: "r" }, row.rank ?? "—"),
        h("th", { scope: "row" }, h("button", { type: "button", class: "link", "data-key": `e/${row.place}`, "aria-pressed": row.place === app.state.place ? "true" : "false", click: () => app.set({ place: row.place }) }, placeName(app, row.place))),
        h("td", { class: "bar-cell" }, bar(app, row, best, most)),
        h("td", { class: "r" }, row.feasible ? words.number(row.score, 3) : h("span", { class: "muted" }, words.say("efficiency.infeasible"))),
        split && h("td", { class: "r" }, words.number(row.pure, 3)), sized && h("td", { class: "r" }, words.number(row.scale, 3)),
        regimes && h("td", {}, row.regime && words.has(`regime.${row.regime}`) ? words.say(`regime.${row.regime}`) : row.regime || "—"));
    }))),
  h("p", { class: "note" }, h("span", { class: "key" }, h("span", { class: "swatch frontier", "aria-hidden": "true" }), words.say("efficiency.frontier")), h("span", { class: "key" }, words.say("efficiency.line"))));
}

function bar(app: App, row: Yield, best: boolean, most: number): HTMLElement | null {
  if (row.score === null) return null;
  const label = app.words.say(best ? "efficiency.bar_best" : "efficiency.bar_text", { score: app.words.number(row.score, 3) });
  return h("div", { class: best ? "bar best" : "bar", role: "img", "aria-label": label, "--tone": best ? tierColour(1) : tierColour(0) },
    h("span", { class: "fill", "--from": "0%", "--to": `${(100 * row.score) / most}%` }), h("span", { class: "tick", "--from": `${100 / most}%` }));
}
