// Change over the years: ranks or scores as lines, how unequal the scores are, whether the gap closes.

import { placeName, scoreText, type App } from "./app";
import { bump, chosen } from "./bump";
import { figure, lineChart } from "./chart";
import { groups, moves } from "./change_tables";
import { h } from "./dom";
import { MEASURES } from "./state";
import type { Change, Convergence } from "./types_analysis";

/** The view as sections that scroll together; it always shows the study's own weights. */
export function drawChange(app: App): HTMLElement {
  const { words } = app;
  const change = app.model.index.change!;
  return h("section", { class: "change", "aria-label": words.say("view.change") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("change.title")), h("span", { class: "space" }), toggle(app)),
    h("div", { class: "scroll", "data-scroll": "change" },
      app.now.changed && h("p", { class: "changed" }, words.say("robustness.default_only")),
      h("p", { class: "note" }, words.say(app.state.measure === "rank" ? "change.hint_rank" : "change.hint_score")),
      bump(app, change), values(app, change), sigma(app, change), density(app, change), beta(app, change.convergence), moves(app, change), groups(app, change.groups)));
}

function toggle(app: App): HTMLElement {
  return h("div", { class: "languages", role: "group", "aria-label": app.words.say("change.show") }, MEASURES.map((measure) =>
    h("button", { type: "button", "data-key": `measure/${measure}`, "aria-pressed": measure === app.state.measure ? "true" : "false", click: () => app.set({ measure }) }, app.words.say(`change.${measure}`))));
}

/** The years of the places that stand out, as a table. */
function values(app: App, change: Change): HTMLElement {
  const { words, model } = app;
  const shown = model.index.places.map((place, at) => ({ place, at })).filter(({ place }) => chosen(app, place));
  const byRank = app.state.measure === "rank";
  const write = (value: number | null | undefined): string => (byRank ? words.number(value) : scoreText(app, value));
  const table = byRank ? change.rank : change.score;
  return h("div", { class: "wide-table" }, h("table", { class: "sheet" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("ranking.place")), change.years.map((year) => h("th", { scope: "col", class: "r" }, year)))),
    h("tbody", {}, shown.map(({ place, at }) => h("tr", { "data-place": place }, h("th", { scope: "row" }, placeName(app, place)), change.years.map((_, k) => h("td", { class: "r" }, write(table[at]?.[k]))))))));
}

const SPREADS = ["cv", "gini", "theil"] as const;

function sigma(app: App, change: Change): HTMLElement | null {
  const { words } = app;
  if (change.spread.length < 2) return null;
  const years = change.spread.map((row) => row.year);
  const [first, last] = [change.spread[0]!, change.spread.at(-1)!];
  const fell = first.cv !== null && last.cv !== null && last.cv < first.cv;
  return h("div", {}, h("h3", {}, words.say("change.sigma")),
    first.cv !== null && last.cv !== null && h("p", {}, words.say(fell ? "change.sigma_less" : "change.sigma_more", { start: first.year, end: last.year, from: words.number(first.cv, 3), to: words.number(last.cv, 3) })),
    h("div", { class: "figures" }, SPREADS.map((key) => {
      const lines = change.spread.map((row) => row[key]);
      const told = `${words.say(`change.${key}`)}${words.say("colon")}${words.list(lines.map((value, k) => `${years[k]} ${words.number(value, 3)}`))}`;
      return figure(words.say(`change.${key}`), lineChart({ label: told, xs: years, lines: [{ name: key, values: lines, class: "main" }], x: String, y: (value) => words.number(value, 3) }),
        h("p", { class: "note" }, words.say("change.from_to", { from: words.number(lines[0], 3), to: words.number(lines.at(-1), 3) })));
    })));
}

function density(app: App, change: Change): HTMLElement | null {
  const { words } = app;
  const [first, last] = [change.density[0], change.density.at(-1)];
  if (!first || !last || first === last) return null;
  const grid = [...new Set([...first.score, ...last.score])].sort((a, b) => a - b);
  const at = (curve: typeof first): (number | null)[] => grid.map((value) => between(curve.score, curve.density, value));
  const chart = lineChart({
    label: words.say("change.density_alt", { start: first.year, end: last.year }), xs: grid, width: 420, zero: true,
    lines: [{ name: "first", values: at(first), class: "light" }, { name: "last", values: at(last), class: "main" }], x: (value) => scoreText(app, value), y: (value) => words.number(value, 1),
  });
  return h("div", {}, h("h3", {}, words.say("change.density")), h("p", { class: "note" }, words.say("change.density_text")),
    figure("", chart, h("p", { class: "note" }, h("span", { class: "key" }, h("span", { class: "swatch light", "aria-hidden": "true" }), first.year), h("span", { class: "key" }, h("span", { class: "swatch main", "aria-hidden": "true" }), last.year))));
}

/** Value of a curve between its points; nothing outside them. */
export function between(xs: number[], ys: number[], x: number): number | null {
  const k = xs.findIndex((value) => value >= x);
  if (k < 0 || (k === 0 && xs[0]! > x)) return null;
  if (k === 0) return ys[0]!;
  const share = (x - xs[k - 1]!) / (xs[k]! - xs[k - 1]! || 1);
  return ys[k - 1]! + share * (ys[k]! - ys[k - 1]!);
}

const CLEAR = 0.05; // the usual limit of a p-value

/** What the slope says in words. */
export function betaKey(found: Convergence): string {
  if (found.slope === null) return "change.beta_none";
  if (found.p === null || found.p >= CLEAR) return "change.beta_unclear";
  return found.slope > 0 ? "change.beta_apart" : found.half_life === null ? "change.beta_leap" : "change.beta_closer";
}

function beta(app: App, found: Convergence | null): HTMLElement | null {
  if (!found) return null;
  const { words } = app;
  const p = found.p !== null && found.p < 0.001 ? "<0.001" : words.number(found.p, 3);
  return h("div", {}, h("h3", {}, words.say("change.beta")), h("p", {}, words.say(betaKey(found), {
    start: found.start, end: found.end, places: found.places, slope: words.number(found.slope, 4), error: words.number(found.slope_error, 4), p,
    speed: words.percent(found.speed, 1), half: words.number(found.half_life, 1), reason: found.reason || "—",
  })));
}
