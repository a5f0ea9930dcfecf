// Dynamics: the hub triangle with its weakest arrow and the loop it closes, then the balance of a place over the years.

import { placeName, type App } from "./app";
import { figure, lineChart } from "./chart";
import { h } from "./dom";
import { answer, called, choosable, frameOf, inHand, line, part, placeChoice, sheet } from "./insight";
import { triangleDrawing } from "./triangle";
import type { Arrow, Balance } from "./types_models";

/** The view. */
export function drawDynamics(app: App): HTMLElement {
  const places = choosable(app, app.book.data.insights.balance.map((row) => row.place));
  const place = inHand(app, places);
  return frameOf(app, "dynamics", app.words.say("dynamics.title"), placeChoice(app, places, place), [triangle(app), balance(app, place)]);
}

/** Name of an arrow from corner to corner. */
const arrowName = (app: App, row: Arrow): string => app.words.say("dynamics.arrow", { start: called(app, "corner", row.start), end: called(app, "corner", row.end) });

function triangle(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.triangle;
  if (!rows.length) return null;
  const number = (value: number | null): string => words.number(value, 3);
  const heads = ["arrow_head", "coefficient", "interval", "standardised", "weakest_share", "verdict"].map((key, k): [string, boolean] => [words.say(`dynamics.${key}`), k > 0 && k < 5]);
  return part(app, ["triangle", "triangle_loop"], words.say("dynamics.text", { places: rows[0]!.places, observations: rows[0]!.observations, lag: rows[0]!.lag }),
    h("p", { class: "warn" }, h("b", {}, words.say("dynamics.not_cause"))),
    h("div", { class: "triangle-pair" }, triangleDrawing(app, rows, arrowName), h("div", {},
      sheet(heads, rows.map((row) => line([arrowName(app, row), row.is_weakest && h("span", { class: "warn line" }, words.say("dynamics.weakest"))], [[number(row.coefficient), true], [words.say("insight.between", { low: number(row.low), high: number(row.high) }), true], [words.number(row.standardised, 2), true], [words.percent(row.weakest), true], [answer(app, row.verdict)]])), "arrow-table"),
      loop(app))));
}

function loop(app: App): HTMLElement | null {
  const { words, book } = app;
  const row = book.data.insights.triangle_loop[0];
  if (!row) return h("p", { class: "muted" }, words.say("dynamics.no_loop"));
  const number = (value: number | null): string => words.number(value, 3);
  return h("p", { class: "answer" }, h("b", {}, words.say(`dynamics.loops.${row.verdict.replace("-", "_")}`)), " ",
    words.say("dynamics.gain", { gain: number(row.gain), alpha: number(row.alpha), beta: number(row.beta), gamma: number(row.gamma), decay: number(row.decay), given: words.say(`dynamics.decay.${row.decay_from}`) }), " ",
    words.say("dynamics.growth", { growth: number(row.growth), range: words.say("insight.between", { low: number(row.low), high: number(row.high) }) }));
}

const LINES = ["D", "T", "C"] as const;

function balance(app: App, place: string): HTMLElement | null {
  const { words, book } = app;
  const all = book.data.insights.balance;
  const rows = all.filter((row) => row.place === place);
  const last = rows.at(-1);
  if (!last) return null;
  const years = rows.flatMap((row) => row.year ?? []);
  const told = words.say("dynamics.balance_told", { place: placeName(app, place), year: last.year ?? "—", D: words.number(last.D, 2), T: words.number(last.T, 2), C: words.number(last.C, 2) });
  const lowest = last.lowest && (last.gap ?? 0) > 0 ? words.say("dynamics.lowest", { corner: called(app, "corner", last.lowest), gap: words.number(last.gap, 2) }) : "";
  return part(app, ["balance"], words.say("dynamics.balance_text"), h("p", {}, told, " ", lowest),
    years.length > 1 && h("div", { class: "figures" }, LINES.map((key) => figure(words.say(`dynamics.${key}`), lineChart({
      label: `${words.say(`dynamics.${key}`)}${words.say("colon")}${words.list(rows.map((row) => `${row.year} ${words.number(row[key], 2)}`))}`,
      xs: years, lines: [{ name: key, values: rows.filter((row) => row.year !== null).map((row) => row[key]), class: "main" }], x: String, y: (value) => words.number(value, 2),
    })))), league(app, all.filter((row) => row.year === last.year), place));
}

function league(app: App, rows: Balance[], place: string): HTMLElement | null {
  const { words } = app;
  if (rows.length < 2) return null;
  const sorted = [...rows].sort((a, b) => (b.D ?? -1) - (a.D ?? -1));
  return h("details", {}, h("summary", {}, words.say("dynamics.league", { n: rows.length, year: rows[0]!.year ?? "—" })),
    sheet([[words.say("ranking.place")], ...LINES.map((key): [string, boolean] => [words.say(`dynamics.${key}`), true]), [words.say("dynamics.lowest_head")]],
      sorted.map((row) => line(placeName(app, row.place), [...LINES.map((key): [string, boolean] => [words.number(row[key], 2), true]), [row.lowest ? called(app, "corner", row.lowest) : "—"]], row.place === place ? "held" : ""))));
}
