// The ranking: rank, bar with interval, score, rank interval and tier; arrow keys move the place in hand.

import { placeName, scoreText, type App } from "./app";
import { fill, focusKey, h } from "./dom";
import { mark, number, rankRange, sharesBar, sharesText, tierColour, tierWords } from "./marks";
import type { Row } from "./model";
import { DEFINITIONS, type Definition } from "./state";

/** Lowest and highest score that the bars must hold. */
export function scoreSpan(app: App): [number, number] {
  const ends = app.now.rows.flatMap((row) => [row.low ?? row.score, row.high ?? row.score, row.baseScore]);
  const found = ends.filter((value): value is number => value != null && Number.isFinite(value));
  return [Math.min(0, ...found), Math.max(0, ...found) || 1];
}

/** Draw the ranking into its panel. */
export function drawRanking(app: App, target: HTMLElement): void {
  const { words } = app;
  const head = h("tr", {},
    h("th", { scope: "col", class: "r" }, words.say("ranking.rank")), h("th", { scope: "col" }, words.say("ranking.place")),
    h("th", { scope: "col" }, words.say("ranking.bar")), h("th", { scope: "col", class: "r" }, words.say("ranking.score")),
    h("th", { scope: "col", class: "c", title: words.say("ranking.range_long") }, words.say("ranking.range", { level: words.percent(app.model.index.draws.level) })),
    app.model.tiered && h("th", { scope: "col" }, words.say("ranking.tier")));
  const span = scoreSpan(app);
  const table = h("table", { class: app.model.tiered ? "ranking" : "ranking plain-rows", "--name": `${nameWidth(app)}em`, "--digits": String(app.now.rows.length).length, role: "grid", "aria-label": words.say("ranking.title") },
    h("colgroup", {}, ["rank", "name", "bar", "score", "range", app.model.tiered && "tier"].map((name) => name && h("col", { class: `col-${name}` }))),
    h("thead", {}, head), h("tbody", { keydown: (event: KeyboardEvent) => step(app, event, target) },
      app.now.rows.map((row) => line(app, row, span))));
  fill(target, h("div", { class: "panel-head" }, h("h2", {}, words.say("ranking.title")), h("span", { class: "space" }), definition(app)),
    app.now.empty ? h("p", { class: "note warn" }, words.say("weights.empty")) : h("div", { class: "scroll", "data-scroll": "ranking" }, table),
    legend(app));
}

/** Room for the longest name of a place, in em, within reason. */
function nameWidth(app: App): number {
  const wide = (name: string): number => [...name].reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : 0.53), 0);
  return Math.min(10.5, Math.max(4.2, ...app.now.rows.map((row) => wide(placeName(app, row.place)))) + 0.6);
}

function definition(app: App): HTMLElement | false {
  const tiers = app.model.tiered ? app.book.data.tiers : null;
  if (!tiers) return false;
  const { words } = app;
  const shown = app.now.changed ? "places" : app.state.tiers;
  return h("label", { class: "choice" }, words.say("tier.question"),
    h("select", {
      "data-key": "tiers", disabled: app.now.changed, title: words.say(`definition.${shown}.text`, { sizes: tiers.sizes.join("/") }),
      change: (event: Event) => app.set({ tiers: (event.target as HTMLSelectElement).value as Definition }),
    }, DEFINITIONS.filter((kind) => tiers.probability[kind]).map((kind) =>
      h("option", { value: kind, selected: kind === shown }, words.say(`definition.${kind}.title`)))));
}

function line(app: App, row: Row, span: [number, number]): HTMLElement {
  const root = app.model.root.id;
  const held = row.place === app.state.place;
  const tab = held ? 0 : -1;
  const moved = app.now.changed && row.baseRank !== row.rank;
  return h("tr", {
    class: held ? "held" : "", "data-place": row.place, "data-key": `row/${row.place}`, tabindex: tab, "aria-selected": held ? "true" : "false",
    click: () => app.set({ place: row.place }),
    mouseenter: () => app.hover(row.place), mouseleave: () => app.hover(null),
  },
  h("td", { class: "r rank" }, moved && h("span", { class: "was", title: app.words.say("ranking.was") }, row.baseRank), String(row.rank ?? "—")),
  h("th", { scope: "row", class: "name" }, placeName(app, row.place)),
  h("td", { class: "bar-cell" }, bar(app, row, span)),
  h("td", { class: "r" }, number(app, scoreText(app, row.score), [row.place, root, "score"], tab)),
  h("td", { class: "c" }, number(app, rankRange(app, row), [row.place, root, "rank"], tab)),
  app.model.tiered && h("td", { class: "tier" }, mark(row.tier, row.firm),
    h("span", { class: "tier-name" }, tierWords(app, row)),
    row.shares.length > 0 && sharesBar(app, row.shares, sharesText(app, row.shares)),
    row.shares.length > 0 && number(app, app.words.chance(Math.max(...row.shares)), [row.place, root, "tier"], tab)));
}

function bar(app: App, row: Row, [least, most]: [number, number]): HTMLElement {
  const at = (value: number): string => `${(100 * (value - least)) / (most - least)}%`;
  const score = row.score ?? 0;
  const label = app.words.say("ranking.bar_text", { score: scoreText(app, row.score), low: scoreText(app, row.low), high: scoreText(app, row.high) });
  return h("div", { class: "bar", role: "img", "aria-label": label, title: label, "--tone": tierColour(row.tier) },
    h("span", { class: "fill", "--from": at(Math.min(0, score)), "--to": at(Math.max(0, score)) }),
    app.now.changed && row.baseScore !== null && h("span", { class: "tick", "--from": at(row.baseScore) }),
    row.low !== null && Number.isFinite(row.low) && h("span", { class: "whisker", "--from": at(row.low), "--to": at(row.high ?? row.low) }));
}

function legend(app: App): HTMLElement | false {
  const { words } = app;
  const tiers = app.model.tiered ? app.book.data.tiers : null;
  const how = app.now.changed ? "ranking.legend_changed" : "ranking.legend";
  const draws = (app.now.changed ? (app.now.live?.used ?? 0) : app.model.index.draws.total).toLocaleString("en-US");
  return h("p", { class: "legend note" },
    tiers && tiers.names.map((name, k) => h("span", { class: "key" }, mark(k), words.of(name.name))),
    tiers && h("span", { class: "key" }, mark(1, false), words.say("tier.between_long", { firm: words.percent(tiers.firm) })),
    app.now.changed && app.model.index.draws.methods && h("span", { class: "key warn" }, words.say("ranking.weights_only")),
    h("span", { class: "key" }, words.say(how, { level: words.percent(app.model.index.draws.level), draws })));
}

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last), ArrowUp: (at) => Math.max(at - 1, 0), Home: () => 0, End: (_, last) => last,
};

function step(app: App, event: KeyboardEvent, target: HTMLElement): void {
  const go = STEPS[event.key];
  if (!go) return;
  event.preventDefault();
  const at = app.now.rows.findIndex((row) => row.place === app.state.place);
  const place = app.now.rows[go(at, app.now.rows.length - 1)]!.place;
  app.set({ place });
  focusKey(target, `row/${place}`);
  document.activeElement?.scrollIntoView({ block: "nearest" });
}
