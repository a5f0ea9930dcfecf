// How the grid of positions is made, one line a step.

import type { App } from "./app";
import { h } from "./dom";
import { said } from "./position";

/** The rules of the grid; nothing for a study that positions nobody. */
export function gridSteps(app: App): HTMLElement | null {
  const { words, book } = app;
  if (!book.position) return null;
  const { rule } = book.position.data;
  const lines: [string, string][] = [
    ["q", words.say("position.step_q_text")],
    ["bar", words.say("position.step_bar_text", { bar: words.number(rule.bar), least: rule.min_peers })],
    ["near", words.say("position.step_near_text", { near: words.percent(rule.near) })],
    ["gap", words.say("position.step_gap_text", { gap: rule.max_gap })],
    ["refuse", rule.refuse.length ? words.say("position.step_refuse_text", { marks: words.list(rule.refuse.map((mark) => said(app, "mark", mark))) }) : words.say("position.step_refuse_none")],
    ["sure", words.say("position.step_sure_text", { spread: words.percent(rule.spread) })],
    ["ready", words.say("position.step_ready_text", { horizon: rule.horizon ?? "—" })],
    ["claim", words.say("position.step_claim_text")],
  ];
  return h("dl", { class: "steps" }, lines.map(([key, text]) => h("div", {}, h("dt", {}, words.say(`position.step_${key}`)), h("dd", {}, text))));
}
