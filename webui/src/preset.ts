// The published index that an index follows: how well it is known, what is unknown, what the study changed.

import type { App } from "./app";
import { h } from "./dom";
import type { Departure } from "./types_preset";

/** A box before the steps; nothing for an index of the study's own. */
export function presetBox(app: App): HTMLElement | null {
  const { words, model } = app;
  const { preset } = model.index;
  if (!preset) return null;
  const line = (key: string, text: string): HTMLElement | false => text !== "" && h("div", {}, h("dt", {}, words.say(`preset.${key}`)), h("dd", {}, text));
  const changed = (kind: string): string => preset.departures.filter((one) => one.kind === kind).map((one) => told(app, one)).join(words.say("semicolon"));
  return h("div", {}, h("h3", {}, words.say("preset.title")), h("dl", { class: "steps preset" },
    line("follows", words.say("preset.follows_text", { title: words.of(preset.title), edition: words.of(preset.edition), status: words.say(`preset.${preset.status.replace(" ", "_")}`) })),
    line("source", preset.source), line("proof", words.of(preset.verified)), line("unknown", words.of(preset.unknown)),
    line("departure", changed("departure")), line("supplied", changed("supplied")),
    line("reproduced", preset.published ? words.say("preset.reproduced_text", { agree: preset.agree, total: preset.published }) : "")));
}

function told(app: App, one: Departure): string {
  return app.words.say(`preset.${one.kind}_item`, { key: one.key, said: one.said, used: one.used });
}
