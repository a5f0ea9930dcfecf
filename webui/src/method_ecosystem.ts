// How the ecosystem is computed: formulas of coupling and class schemes with their sources, registers, ties.

import type { App } from "./app";
import { h } from "./dom";

/** The steps as terms and texts; nothing where the run has no ecosystem. */
export function ecosystemSteps(app: App): HTMLElement | null {
  const { words, book } = app;
  const data = book.data.ecosystem;
  if (!data) return null;
  const has = (name: string): boolean => book.tables.names.includes(name);
  const steps: [string, string, string][] = [
    ...data.variants.map((item): [string, string, string] => [words.of(item.name), `${item.formula}${words.say("semicolon")}${words.of(item.note)}`, item.citation]),
    ...(has("coupling") ? data.schemes.map((item): [string, string, string] => [words.of(item.title), words.list(item.classes.map((grade) => `${words.of(grade.name)}${grade.low === null ? "" : ` ≥ ${words.number(grade.low)}`}`)), item.source]) : []),
    ...["obstacles", "constraints", "chain_fusion", "synergy", "triple_helix", "pillars"].filter(has).map((name): [string, string, string] => [words.say(`insight.table.${name}`), words.say(`ecosystem.how_${name}`), ""]),
  ];
  return h("dl", { class: "steps" }, steps.map(([term, text, cite]) => h("div", {}, h("dt", {}, term), h("dd", {}, text, cite && h("span", { class: "muted cite" }, cite)))));
}
