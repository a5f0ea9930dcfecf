// Practice modes of a place, and the case register: every case with its numbers, years and source.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { barOf, called, line, part, sheet } from "./insight";
import type { CaseFigure } from "./types_models";

/** Shares of the practice modes, and the verdict. */
export function modes(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.modes.filter((row) => row.place === place);
  if (!rows.length) return null;
  const { verdict, basis, certainty, left_out } = rows[0]!;
  const known = rows.some((row) => row.mode === verdict);
  return part(app, ["modes"], words.say("modes.text"),
    h("p", { class: "answer" }, h("span", { class: "badge" }, known ? called(app, "mode", verdict) : words.say("modes.mixed")), words.say(`modes.basis.${basis.replace(/ /g, "_")}`), certainty !== null && [" ", words.say("modes.certainty", { share: words.percent(certainty) })], (left_out ?? 0) > 0 && [" ", words.say("modes.left_out", { weight: words.number(left_out) })]),
    sheet([[words.say("modes.mode")], [words.say("alike.share"), true], [""], [words.say("modes.by_actor"), true], [words.say("modes.by_tie"), true], [words.say("modes.serves")]],
      rows.map((row) => line([called(app, "mode", row.mode), h("span", { class: "muted line" }, called(app, "way", row.mode))],
        [[words.percent(row.share), true], [h("div", { class: "bar-cell" }, barOf(row.share, words.percent(row.share)))], [words.percent(row.by_actor), true], [words.percent(row.by_tie), true], [called(app, "strategic", row.function)]], row.mode === verdict ? "held" : "")), "mode-table"));
}

/** The case register by mode. */
export function cases(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.cases;
  if (!rows.length) return null;
  const all = [...new Set(rows.map((row) => row.case))];
  return part(app, ["cases"], words.say("modes.cases_text", { n: all.length }), all.map((id) => drawCase(app, rows.filter((row) => row.case === id))));
}

function drawCase(app: App, rows: CaseFigure[]): HTMLElement {
  const { words } = app;
  const first = rows[0]!;
  const about = [called(app, "mode", first.mode), app.book.places.has(first.place) && placeName(app, first.place)].filter(Boolean).join(words.say("semicolon"));
  const source = app.book.sources.get(first.source)?.title ?? called(app, "source", first.source);
  return h("div", { class: "case" }, h("h4", {}, words.of(first.name), h("span", { class: "muted" }, words.say("in_brackets", { text: about }))), h("p", {}, words.of(first.way)),
    sheet([[words.say("modes.number")], [words.say("models.value"), true], [words.say("position.head_year"), true]], rows.map((row) => line([words.of(row.label), row.derived_from.length > 0 && h("span", { class: "muted line" }, words.say("modes.derived"))], [[figure(app, row), true], [row.year ?? "—", true]]))),
    h("p", { class: "note cite" }, words.say("modes.source", { source, section: first.section })));
}

/** A number as the source writes it, in its own language; else shares in per cent, the qualifier in front. */
function figure(app: App, row: CaseFigure): string {
  const { words } = app;
  if (words.language === "zh" && row.written) return row.written;
  const sign = { ">": ">", "<": "<", "<=": "≤", ">=": "≥", "~": "≈", "~<": "≲" }[row.qualifier] ?? row.qualifier;
  const rate = row.unit === "share / year";
  const number = row.unit.startsWith("share") ? words.percent(row.value, (row.value ?? 0) >= 0.1 && !rate ? 0 : 1) : words.of(row.told);
  return `${sign}${number}${rate ? words.say("modes.a_year") : ""}`;
}
