// Which choice of method moves the ranks: shares of each choice, for all places and for each.

import { placeName, tierName, type App } from "./app";
import { figure, lineChart } from "./chart";
import { h } from "./dom";
import type { Influence, Sensitivity, Settling } from "./types_analysis";

/** The view as sections that scroll together; the exact analysis before the sampled one. */
export function drawChoices(app: App): HTMLElement {
  const { words, model } = app;
  return h("section", { class: "choices-view", "aria-label": words.say("view.choices") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("choices.title"))),
    h("div", { class: "scroll", "data-scroll": "choices" }, h("p", { class: "note" }, words.say("choices.text")),
      model.index.sensitivity.map((found) => analysis(app, found))));
}

/** Name of a choice in the reader's language. */
export const factorName = (app: App, factor: string): string => (app.words.has(`factor.${factor}`) ? app.words.say(`factor.${factor}`) : factor);

function analysis(app: App, found: Sensitivity): HTMLElement {
  const { words } = app;
  const models = words.number(found.models);
  const whole = found.influences.filter((item) => !item.place);
  const each = found.influences.filter((item) => item.place && item.output === "rank");
  return h("div", {},
    h("h3", {}, words.say(`choices.${found.method}`)),
    found.models > 0 && h("p", {}, words.say(`choices.${found.method}_text`, { models, replicates: found.replicates })),
    found.levels.some((levels) => levels.length) && h("dl", { class: "steps" }, found.factors.map((factor, k) => h("div", {}, h("dt", {}, factorName(app, factor)), h("dd", {}, found.levels[k]!.join(words.say("semicolon")))))),
    h("div", { class: "figures" }, whole.map((item) => bars(app, found, item))),
    h("p", { class: "note" }, h("span", { class: "key" }, h("span", { class: "swatch main", "aria-hidden": "true" }), words.say("choices.first")), h("span", { class: "key" }, h("span", { class: "swatch light", "aria-hidden": "true" }), words.say("choices.total"))),
    each.length > 0 && heat(app, found, each), settling(app, found));
}

/** What an output of the analysis is, in words. */
export function outputName(app: App, output: string): string {
  const cut = /^boundary_(\d+)$/.exec(output);
  if (cut) {
    const k = Number(cut[1]);
    return app.model.tiered ? app.words.say("choices.boundary", { upper: tierName(app, k - 1), lower: tierName(app, k) }) : app.words.say("choices.boundary_n", { n: k });
  }
  return app.words.has(`choices.${output}`) ? app.words.say(`choices.${output}`) : output;
}

function bars(app: App, found: Sensitivity, item: Influence): HTMLElement {
  const { words } = app;
  const title = outputName(app, item.output);
  if (item.total.every((value) => value === null)) return h("div", { class: "share" }, h("h4", {}, title), h("p", { class: "muted" }, words.say("choices.still")));
  const end = (value: number | null): string => `${100 * Math.max(0, Math.min(1, value ?? 0))}%`;
  const give = (value: number | null, error: number | null): string => (error === null || value === null ? words.percent(value) : `${words.number(100 * value, 0)}% ± ${words.number(100 * error, 1)}`);
  const order = found.factors.map((_, k) => k).sort((a, b) => (item.total[b] ?? 0) - (item.total[a] ?? 0));
  return h("div", { class: "share" }, h("h4", {}, title), h("table", { class: "sheet" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("choices.factor")), h("th", {}), h("th", { scope: "col", class: "r" }, words.say("choices.first_short")), h("th", { scope: "col", class: "r" }, words.say("choices.total_short")))),
    h("tbody", {}, order.map((k) => h("tr", {}, h("th", { scope: "row" }, factorName(app, found.factors[k]!)),
      h("td", { class: "bar-cell" }, h("div", { class: "bar twin", "aria-hidden": "true" }, h("span", { class: "fill all", "--from": "0%", "--to": end(item.total[k]!) }), h("span", { class: "fill own-part", "--from": "0%", "--to": end(item.first[k]!) }))),
      h("td", { class: "r" }, give(item.first[k]!, item.first_error[k] ?? null)), h("td", { class: "r" }, give(item.total[k]!, item.total_error[k] ?? null)))))));
}

/** Total share of every choice for every place, and the ranks that all models give it. */
function heat(app: App, found: Sensitivity, each: Influence[]): HTMLElement {
  const { words, model } = app;
  const of = new Map(each.map((item) => [item.place, item]));
  return h("div", {}, h("h4", {}, words.say("choices.places")), h("p", { class: "note" }, words.say("choices.places_text"), found.span.length > 0 && words.say("choices.span_text")),
    h("div", { class: "wide-table" }, h("table", { class: "sheet heat" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("ranking.place")), found.span.length > 0 && h("th", { scope: "col", class: "c" }, words.say("choices.span")), found.factors.map((factor) => h("th", { scope: "col", class: "c" }, factorName(app, factor))))),
      h("tbody", {}, model.index.places.flatMap((place, at) => {
        const item = of.get(place);
        if (!item) return [];
        const [low, middle, high] = found.span[at] ?? [];
        return h("tr", { class: place === app.state.place ? "held" : "", "data-place": place, click: () => app.set({ place }), mouseenter: () => app.hover(place), mouseleave: () => app.hover(null) },
          h("th", { scope: "row" }, h("button", { type: "button", class: "link", "data-key": `s/${place}`, click: () => app.set({ place }) }, placeName(app, place))),
          found.span.length > 0 && h("td", { class: "c", title: middle == null ? null : words.say("choices.middle", { n: words.number(middle) }) }, low == null || high == null ? "—" : words.range(words.number(low), words.number(high))),
          found.factors.map((_, k) => h("td", { class: "c shade", "--depth": Math.max(0, Math.min(1, item.total[k] ?? 0)) }, item.total[k] == null ? "—" : words.percent(item.total[k]))));
      })))));
}

/** How the sampled shares settle, one small chart for each choice. */
function settling(app: App, found: Sensitivity): HTMLElement | null {
  const { words } = app;
  if (!found.path.length) return null;
  const outputs = [...new Set(found.path.filter((line) => !line.place).map((line) => line.output))];
  const output = outputs.includes("mean_rank_shift") ? "mean_rank_shift" : outputs[0];
  const shown = found.path.filter((line) => line.size.length > 1 && (output ? line.output === output && !line.place : line.place === app.state.place));
  if (!shown.length) return null;
  const chart = (line: Settling): HTMLElement => figure(factorName(app, line.factor), lineChart({
    label: words.say("choices.path_alt", { name: factorName(app, line.factor), first: words.percent(line.first.at(-1)), total: words.percent(line.total.at(-1)), size: line.size.at(-1) ?? 0 }),
    xs: line.size, log: true, width: 200, x: (value) => words.number(value), y: (value) => words.percent(value),
    lines: [{ name: "total", values: line.total, class: "light" }, { name: "first", values: line.first, class: "main" }],
  }));
  return h("div", {}, h("h4", {}, words.say("choices.path", { output: output ? outputName(app, output) : placeName(app, app.state.place) })), h("p", { class: "note" }, words.say("choices.path_text")), h("div", { class: "figures" }, shown.map(chart)));
}
