// The head and the foot of the page: what it is, the views, the language, what to take away; source and certainty.

import { viewCells } from "./csv";
import { toCsv } from "./csv_text";
import { isEcosystem, isWide, placeName, sourceNames, usedSources, type App } from "./app";
import { h } from "./dom";
import type { MapPanel } from "./map";
import { rankingPicture, viewPicture } from "./picture";
import { snapshot } from "./snapshot";
import { save } from "./take";
import { LANGUAGES, type Language, type View } from "./state";
import type { Position } from "./types_position";

/** Year, places, indicators and method in one line. */
export function summary(app: App): string {
  const { words, model, book } = app;
  const { index } = model;
  if (isEcosystem(app)) return ecosystemSummary(app);
  if ((isWide(app.state.view) || !index.places.length) && book.position) return gridSummary(app, book.position.data);
  const key = (name: string, spec: string): string => spec.replace(/\(.*/, "") && name;
  return words.say("head.summary", {
    year: book.data.study.year, places: index.places.length, indicators: index.leaves.length,
    normalise: key(words.of(index.normalise.title), index.normalise.spec), weigh: words.of(index.weigh.title), aggregate: words.of(index.aggregate.title),
  });
}

/** Year, places, and what the ecosystem is read from. */
function ecosystemSummary(app: App): string {
  const { words, book } = app;
  const { tables } = book;
  const years = [...new Set(tables.get("coupling").flatMap((row) => row.year ?? []))].sort((a, b) => a - b);
  const entries = tables.get("register_gaps").reduce((sum, row) => sum + (row.entries ?? 0), 0);
  const works = Math.max(0, ...[...tables.get("synergy"), ...tables.get("triple_helix")].map((row) => row.works ?? 0));
  return [
    words.say("table.year", { year: book.data.study.year }), words.say("ecosystem.n_places", { n: book.data.places.length }),
    ...(years.length ? [words.say("ecosystem.n_years", { start: years[0]!, end: years.at(-1)!, n: years.length })] : []),
    ...(entries ? [words.say("ecosystem.n_entries", { n: entries })] : []), ...(works ? [words.say("ecosystem.n_works", { n: works.toLocaleString("en-US") })] : []),
  ].join(" · ");
}

/** Year, functions, scopes, peers and indicators in one line. */
function gridSummary(app: App, data: Position): string {
  const count = (items: string[]): number => new Set(items).size;
  return app.words.say("position.summary", {
    year: app.book.data.study.year, places: app.words.list(data.places.map((place) => placeName(app, place))), functions: data.functions.length, scopes: data.scopes.length,
    peers: count(data.sets.flatMap((set) => set.places)), indicators: count(data.functions.flatMap((item) => item.indicators)),
  });
}

export function drawHead(app: App, map: MapPanel, copy: (text: string) => void): HTMLElement[] {
  const { words, book, state } = app;
  const indices = book.data.indices;
  return [
    h("div", { class: "title" }, h("h1", {}, words.of(book.data.study.title)), h("p", {}, summary(app))),
    h("div", { class: "tools" },
      indices.length > 1 && !isEcosystem(app) && h("select", { "aria-label": words.say("head.index"), "data-key": "index", change: (event: Event) => app.set({ index: (event.target as HTMLSelectElement).value, weights: {}, lock: [], on: [], open: [] }) },
        indices.map((index) => h("option", { value: index.id, selected: index.id === state.index }, words.of(index.title)))),
      h("div", { class: "languages", role: "group", "aria-label": "中文 / English" }, LANGUAGES.map((language) =>
        h("button", { type: "button", lang: language === "zh" ? "zh-CN" : "en", "data-key": `lang/${language}`, "aria-pressed": language === state.lang ? "true" : "false", click: () => app.set({ lang: language as Language }) }, language === "zh" ? "中文" : "English"))),
      h("button", { type: "button", "data-key": "share", click: () => copy(location.href) }, words.say("head.share")),
      h("button", { type: "button", "data-key": "csv", click: () => save(new Blob([toCsv(viewCells(app))], { type: "text/csv;charset=utf-8" }), fileName(app, "csv")) }, words.say("head.csv")),
      h("button", { type: "button", "data-key": "png", disabled: !pictured(state.view), title: pictured(state.view) ? null : words.say("head.no_picture"), click: () => void picture(app, map) }, words.say("head.png"))),
  ];
}

/** Source, licence and edition of what is shown, and how sure it is. */
export function footLine(app: App): string[] {
  const { words, book, model } = app;
  const licences = [...new Set(usedSources(app).map((source) => source.licence).filter(Boolean))];
  const tiers = model.tiered ? book.data.tiers : null;
  const shown = app.now.changed ? "places" : app.state.tiers;
  const draws = app.now.changed ? (app.now.live?.used ?? 0) : model.index.draws.total;
  const sure = words.say(app.now.changed ? "foot.sure_changed" : "foot.sure", { draws: draws.toLocaleString("en-US"), level: words.percent(model.index.draws.level) });
  const place = words.say("foot.source", { title: sourceNames(app) });
  const edition = words.say("foot.edition", { id: book.data.run.id, licence: words.list(licences) || "—" });
  if (isEcosystem(app)) return [place, edition, ecosystemFoot(app)];
  const rule = book.position?.data.rule;
  if ((isWide(app.state.view) || !model.index.places.length) && rule) return [place, edition, words.say("position.foot", { bar: words.number(rule.bar), gap: rule.max_gap })];
  const question = tiers ? words.say("foot.definition", { title: words.say(`definition.${shown}.title`) }) : "";
  return [place, edition, sure + question];
}

/** How sure the numbers of the ecosystem are. */
function ecosystemFoot(app: App): string {
  const { words, book } = app;
  const { ecosystem, indices } = book.data;
  if (app.state.view === "registers" || !ecosystem || !Object.keys(ecosystem.tables).some((name) => !name.startsWith("register") && ecosystem.tables[name]!.columns.some((column) => column.field.endsWith("_low") || column.field === "low"))) return words.say("board.foot");
  return words.say(indices.length && app.state.view !== "flows" ? "ecosystem.foot" : "ecosystem.foot_flows", { level: words.percent(ecosystem.level) });
}

const pictured = (view: View): boolean => view !== "table" && view !== "method";
const fileName = (app: App, ending: string): string => `${app.book.data.study.id}-${app.state.view}.${ending}`;

const PANEL_INSET = 8; // a panel has less margin than a picture

async function picture(app: App, map: MapPanel): Promise<void> {
  const heading = summary(app) + (app.now.changed ? ` · ${app.words.say("weights.changed")}` : "");
  const foot = footLine(app);
  const shown = async (): Promise<HTMLCanvasElement> =>
    app.state.view === "map" ? map.picture() : snapshot(document.querySelector<HTMLElement>(".view > section")!);
  const canvas = app.state.view === "ranking" ? rankingPicture(app, heading, foot) : viewPicture(app, await shown(), app.state.view === "map" ? 0 : PANEL_INSET, heading, foot);
  canvas.toBlob((blob) => blob && save(blob, fileName(app, "png")), "image/png");
}
