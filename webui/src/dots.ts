// A plot of peers relative to the place: one line an indicator, one dot a peer, on a scale of multiples.

import { placeName, valueText, type App } from "./app";
import { panelWidth, scale } from "./chart";
import { s } from "./dom";
import { indicatorName } from "./efficiency";
import { PATHS, tierColour } from "./marks";
import type { Relation } from "./types_position";

export interface Dot {
  peer: number; // position among the peers chosen
  times: number; // the peer's value as a multiple of the place's
  open: boolean; // the two values are not fully comparable
}

/** Dots of one indicator; values of zero or below have no place on a scale of multiples. */
export function dotsOf(relations: (Relation | undefined)[]): Dot[] {
  return relations.flatMap((item, peer) => {
    const times = item && item.ratio ? 1 / item.ratio : NaN;
    return Number.isFinite(times) && times > 0 ? [{ peer, times, open: item!.marks.length > 0 }] : [];
  });
}

/** Multiples that mark the axis: powers of two around one that hold all dots, at most nine. */
export function multiples(times: number[]): number[] {
  const ends = [Math.floor(Math.log2(Math.min(0.8, ...times))), Math.ceil(Math.log2(Math.max(1.25, ...times)))] as const;
  const step = Math.ceil((ends[1] - ends[0]) / 8);
  const [low, high] = [Math.floor(ends[0] / step) * step, Math.ceil(ends[1] / step) * step];
  return Array.from({ length: (high - low) / step + 1 }, (_, k) => 2 ** (low + k * step));
}

/** A multiple as a reader writes it. */
export const timesText = (times: number): string => (times >= 1 ? `${times}×` : `1/${1 / times}×`).replace("1/1×", "1×");

const LANE = 38;
const HEAD = 26;
const NAME = 13; // room for a line of text

/** The plot as one picture; its numbers stand in the table below. */
export function dotPlot(app: App, facts: string[], rivals: string[]): SVGElement {
  const { words, state } = app;
  const book = app.book.position!;
  const width = Math.max(320, Math.min(1060, panelWidth()));
  const left = Math.min(250, Math.round(width * 0.3));
  const lanes = facts.map((indicator) => ({ indicator, relations: rivals.map((id) => book.relation(state.city, indicator, id)) }));
  const dots = lanes.map(({ relations }) => dotsOf(relations));
  const axis = multiples(dots.flatMap((lane) => lane.map((dot) => dot.times)));
  const x = scale(Math.log2(axis[0]!), Math.log2(axis.at(-1)!), left + 14, width - 18);
  const height = HEAD + LANE * lanes.length + 8;
  const told = lanes.map(({ indicator, relations }) => words.say("position.plot_lane", { indicator: indicatorName(app, indicator), values: words.list(relations.flatMap((item) => (item && item.ratio ? [`${placeName(app, item.peer)} ${words.number(1 / item.ratio, 2)}`] : []))) || "—" }));
  return s("svg", { class: "chart dots", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": [words.say("position.plot_text", { place: placeName(app, state.city) }), ...told].join(" ") },
    axis.map((value) => [
      s("line", { class: value === 1 ? "one" : "grid", x1: x(Math.log2(value)), x2: x(Math.log2(value)), y1: HEAD - 6, y2: height - 6 }),
      s("text", { x: x(Math.log2(value)), y: HEAD - 11, "text-anchor": "middle", class: value === 1 ? "here" : "" }, value === 1 ? placeName(app, state.city) : timesText(value)),
    ]).flat(),
    lanes.flatMap(({ indicator, relations }, k) => {
      const y = HEAD + LANE * (k + 0.5);
      return [s("line", { class: "grid", x1: 0, x2: width, y1: y + LANE / 2, y2: y + LANE / 2 }), ...name(indicatorName(app, indicator), left, y), ...dots[k]!.map((dot) => mark(app, dot, relations[dot.peer]!, x(Math.log2(dot.times)), y + (dot.peer - (rivals.length - 1) / 2) * 3))];
    }));
}

/** A name on at most two lines. */
function name(text: string, wide: number, y: number): SVGElement[] {
  const most = (line: string): boolean => [...line].reduce((sum, sign) => sum + (sign > "\u2e80" ? 12 : 6.4), 0) <= wide - 8;
  const lines = [""];
  for (const part of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*/g) ?? []) {
    if (lines.at(-1) && !most(lines.at(-1)! + part) && lines.length < 2) lines.push(part);
    else lines[lines.length - 1] += part;
  }
  const shown = lines.map((line) => (most(line) ? line : `${[...line].slice(0, Math.max(4, Math.floor((wide - 20) / (line > "\u2e80" ? 12 : 6.4)))).join("")}…`));
  return shown.map((line, k) => s("text", { class: "lane", x: 0, y: y + 4 + NAME * (k - (shown.length - 1) / 2) }, line, s("title", {}, text)));
}

function mark(app: App, dot: Dot, row: Relation, x: number, y: number): SVGElement {
  const tone = tierColour(dot.peer);
  const dress = dot.open ? { fill: "#fff", stroke: tone, "stroke-width": 2.4 } : { fill: tone, stroke: "#333", "stroke-width": 0.7 };
  return s("g", { transform: `translate(${(x - 7).toFixed(1)} ${(y - 7).toFixed(1)}) scale(0.875)`, "data-place": row.peer },
    s("title", {}, `${placeName(app, row.peer)} ${row.other.qualifier}${valueText(app, row.other.value)}${row.other.year === null ? "" : app.words.say("in_brackets", { text: String(row.other.year) })}`), s("path", { d: PATHS[dot.peer % PATHS.length]!, ...dress }));
}
