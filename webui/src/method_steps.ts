// The steps of the index, one line each, and what each of them changed.

import { placeName, type App } from "./app";
import { h } from "./dom";
import type { Method } from "./types";
import type { Rules } from "./types_analysis";

/** Every step with its method, in the order in which they are done. */
export function methodSteps(app: App): HTMLElement {
  const { words, model } = app;
  const { index } = model;
  const { rules } = index;
  const tiers = model.tiered ? app.book.data.tiers : null;
  const about = (method: Method): string => words.say("method.about", { title: words.of(method.title), spec: method.spec, note: words.of(method.note) });
  const line = (key: string, text: string, citation = ""): HTMLElement => h("div", {}, h("dt", {}, words.say(`method.${key}`)), h("dd", {}, text, citation && h("span", { class: "muted cite" }, citation)));
  const step = (key: string, method: Method): HTMLElement => line(key, method.spec === "none" ? words.of(method.title) : about(method), method.spec === "none" ? "" : method.citation);
  const change = index.change !== null;
  const transform = index.effects.find((effect) => effect.step === "transform");
  return h("dl", { class: "steps" },
    line("screen", screenText(app, rules)),
    line("denominate", words.say(rules.denominate ? "method.denominate_yes" : "method.denominate_no")),
    step("impute", rules.impute), transform !== undefined && line("transform", transform.method), step("treat", rules.treat),
    line("normalise", about(index.normalise), index.normalise.citation),
    change && line("pool", words.say(rules.pool === "all-years" ? "method.pool_all" : "method.pool_each")),
    line("weights", about(index.weigh), index.weigh.citation),
    rules.combine.length > 0 && line("combine", words.list(rules.combine.map((method) => words.of(method.title)))),
    line("aggregate", about(index.aggregate), index.aggregate.citation),
    line("missing", words.say(rules.by === "weight" ? "method.missing_weight" : "method.missing_count", { share: words.percent(rules.min_share) })),
    line("draws", words.say("method.draws_text", { draws: index.draws.total.toLocaleString("en-US"), spec: index.draws.spec, level: words.percent(index.draws.level) })),
    tiers && line("tiers", about(tiers.method), tiers.method.citation),
    tiers && line("definition", words.say(`definition.${tiers.definition}.text`, { sizes: tiers.sizes.join("/") })),
    line("reweight", index.obstacle ? words.say(`obstacle.${index.obstacle}`) : words.say("method.reweight_text", { draws: index.draws.count.toLocaleString("en-US") }), index.obstacle ? "" : "Aitchison (1986), The Statistical Analysis of Compositional Data"));
}

function screenText(app: App, rules: Rules): string {
  const { words } = app;
  const parts = [
    rules.min_available !== null && words.say("method.screen_available", { share: words.percent(rules.min_available) }),
    rules.min_nonzero !== null && words.say("method.screen_nonzero", { share: words.percent(rules.min_nonzero) }),
  ].filter((part): part is string => part !== false);
  return parts.length ? parts.join(words.say("semicolon")) : words.say("method.screen_no");
}

/** What each step changed, against the plain way to do it. */
export function effectTable(app: App): HTMLElement | null {
  const { words, model } = app;
  const { effects } = model.index;
  if (!effects.length) return null;
  const step = (key: string): string => (words.has(`method.${key}`) ? words.say(`method.${key}`) : key);
  const heads = ["step", "spec", "neutral", "values", "places", "mean_shift", "max_shift"];
  return h("div", {}, h("h3", {}, words.say("method.effects")), h("p", { class: "muted" }, words.say("method.effects_text")),
    h("div", { class: "wide-table" }, h("table", { class: "sheet text effects" },
      h("thead", {}, h("tr", {}, heads.map((key, k) => h("th", { scope: "col", class: k > 2 && k < 6 ? "r" : "" }, words.say(`effect.${key}`))))),
      h("tbody", {}, effects.map((effect) => h("tr", {}, h("th", { scope: "row" }, step(effect.step)), h("td", { class: "spec" }, effect.method), h("td", { class: "spec" }, effect.neutral),
        h("td", { class: "r" }, words.number(effect.values)), h("td", { class: "r" }, words.number(effect.places)), h("td", { class: "r" }, words.number(effect.mean_shift, 2)),
        h("td", {}, effect.most_place && effect.max_shift ? words.say("effect.most", { shift: words.number(effect.max_shift), place: placeName(app, effect.most_place), from: effect.from_rank ?? "—", to: effect.to_rank ?? "—" }) : "—")))))));
}
