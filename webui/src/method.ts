// Method and sources: what was done, with citations; what to keep in mind; indicators; sources.

import { sourceNames, unitName, type App } from "./app";
import { h } from "./dom";
import { flagSign, flagWords } from "./marks";
import { effectTable, methodSteps } from "./method_steps";
import { ecosystemSteps } from "./method_ecosystem";
import { gridSteps } from "./method_grid";
import { findings } from "./noted";
import { presetBox } from "./preset";

/** The view as text and tables. */
export function drawMethod(app: App, copy: (text: string) => void): HTMLElement {
  const { words, book } = app;
  const { study, run } = book.data;
  const told = [words.of(study.question), words.of(study.note)].filter(Boolean);
  return h("section", { class: "method", "aria-label": words.say("view.method") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("view.method"))),
    h("div", { class: "scroll", "data-scroll": "method" },
      told.map((text) => h("p", {}, text)),
      study.cautions.length > 0 && [h("h3", {}, words.say("method.cautions")), h("ul", {}, study.cautions.map((caution) => h("li", {}, words.of(caution))))],
      app.book.data.indices.length > 0 && presetBox(app),
      (book.data.indices.length > 0 || book.position !== null || book.data.ecosystem !== null) && h("h3", {}, words.say("method.steps")), book.data.indices.length > 0 && [methodSteps(app), effectTable(app)], gridSteps(app), ecosystemSteps(app),
      book.data.indicators.length > 0 && [h("h3", {}, words.say("method.indicators")), indicators(app)],
      flagTable(app), findings(app),
      h("h3", {}, words.say("method.sources")), sources(app),
      h("h3", {}, words.say("method.cite")), quote(app, "cite", citation(app), copy),
      h("h3", {}, words.say("method.recompute")), h("p", { class: "muted" }, words.say("method.recompute_text", { seed: run.seed, study: study.id })),
      quote(app, "code", recipe(app), copy), ownWeights(app, copy),
      h("p", { class: "muted" }, words.say("method.run", { id: run.id, created: run.created, version: run.version, seed: run.seed }))));
}

function indicators(app: App): HTMLElement {
  const { words, book, model } = app;
  const codes = [...model.index.leaves.map((leaf) => model.nodes.get(leaf)!.indicator), ...(book.position?.data.functions.flatMap((item) => item.indicators) ?? [])];
  const told = codes.length ? codes : book.data.indicators.map((indicator) => indicator.id);
  const used = [...new Set(told)].flatMap((code) => book.indicators.get(code) ?? []);
  return h("table", { class: "sheet text indicators" },
    h("thead", {}, h("tr", {}, ["name", "unit", "direction", "why"].map((key) => h("th", { scope: "col" }, words.say(`method.${key}`))))),
    h("tbody", {}, used.map((indicator) => h("tr", {}, h("th", { scope: "row" }, words.of(indicator.name)), h("td", {}, unitName(app, indicator.unit)),
      h("td", {}, words.say(indicator.direction < 0 ? "method.less" : "method.more")), h("td", {}, words.of(indicator.note))))));
}

function flagTable(app: App): HTMLElement | null {
  const flagged = app.book.data.cells.filter((cell) => cell.flag);
  if (!flagged.length) return null;
  const { words, book } = app;
  const name = (cell: (typeof flagged)[number]): string => words.of(book.places.get(cell.place)!.name);
  return h("div", {}, h("h3", {}, words.say("method.flags")), h("table", { class: "sheet text" },
    h("thead", {}, h("tr", {}, ["flag", "place", "name", "note", "where"].map((key) => h("th", { scope: "col" }, words.say(`method.${key}`))))),
    h("tbody", {}, flagged.map((cell) => h("tr", {},
      h("td", {}, cell.flag.split(";").map((flag) => `${flagSign(app, flag)} ${flagWords(app, flag)}`).join(words.say("semicolon"))), h("td", {}, name(cell)),
      h("td", {}, words.of(book.indicators.get(cell.indicator)!.name)), h("td", {}, words.of(cell.note)),
      h("td", {}, words.say("method.where_text", { file: cell.file, row: cell.row })))))));
}

function sources(app: App): HTMLElement {
  const { words, book } = app;
  const link = (url: string, text: string): HTMLElement | string =>
    /^https?:\/\//i.test(url) ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : text;
  return h("table", { class: "sheet text" },
    h("thead", {}, h("tr", {}, ["id", "title", "publisher", "year", "licence", "accessed"].map((key) => h("th", { scope: "col" }, words.say(`method.${key}`))))),
    h("tbody", {}, book.data.sources.map((source) => h("tr", {}, h("th", { scope: "row" }, source.id), h("td", {}, link(source.url, source.title)),
      h("td", {}, source.publisher), h("td", {}, source.year ?? "—"), h("td", {}, source.licence), h("td", {}, source.accessed)))));
}

/** A text to take away, with a button that copies it. */
function quote(app: App, key: string, text: string, copy: (text: string) => void): HTMLElement {
  return h("div", { class: "quote" }, h("pre", { tabindex: 0 }, text),
    h("button", { type: "button", "data-key": `copy/${key}`, click: () => copy(text) }, app.words.say("method.copy")));
}

function citation(app: App): string {
  const { words, book } = app;
  const { study, run } = book.data;
  return words.say("method.cite_text", { title: words.of(study.title), year: study.year, run: run.id, version: run.version, sources: sourceNames(app) });
}

/** Commands that compute the same again, and the table in Python. */
function recipe(app: App): string {
  const { study, indices } = app.book.data;
  const table = app.book.position ? "positions" : app.book.tables.names[0];
  if (!indices.length) return [`innohub run ${study.id}`, "", "import innohub", `run = innohub.open_run("${study.id}")`, `table = run.table("${table}")`].join("\n");
  return [
    `innohub run ${study.id}`,
    `innohub trace ${study.id} ${app.state.place} ${app.model.index.id}`,
    "",
    "import innohub",
    `run = innohub.open_run("${study.id}")`,
    'scores = run.table("scores")',
  ].join("\n");
}

function ownWeights(app: App, copy: (text: string) => void): HTMLElement | null {
  if (!app.now.changed || app.now.empty) return null;
  const lines = app.model.index.leaves.map((leaf, j) => `${leaf},${app.now.shares[j]!.toFixed(4)}`);
  return h("div", {}, h("h3", {}, app.words.say("method.own_weights")), quote(app, "weights", ["node,weight", ...lines].join("\n"), copy));
}
