// Lines of ranks or scores over the years; the place in hand and those compared stand out, hovering shows any other.

import { placeName, scoreText, type App } from "./app";
import { linePath, panelWidth, scale, spread, ticks, type Box, type Point } from "./chart";
import { focusKey, s } from "./dom";
import { tierColour } from "./marks";
import type { Change } from "./types_analysis";

const LABEL = 12; // height of a name
const [LEAST, MOST] = [250, 1000];

interface Track {
  place: string;
  at: number; // position in index.places
  values: (number | null)[];
  last: number | null; // the last value there is
}

/** All places as lines, those with a value in some year. */
export function tracks(places: string[], values: (number | null)[][]): Track[] {
  return places.flatMap((place, at) => {
    const own = values[at] ?? [];
    const last = [...own].reverse().find((value) => value !== null) ?? null;
    return last === null ? [] : [{ place, at, values: own, last }];
  });
}

/** Whether a place stands out without being pointed at. */
export const chosen = (app: App, place: string): boolean => place === app.state.place || app.state.compare.includes(place);

/** The chart; its width is that of the panel. */
export function bump(app: App, change: Change): SVGElement {
  const byRank = app.state.measure === "rank";
  const found = tracks(app.model.index.places, byRank ? change.rank : change.score);
  const values = found.flatMap((track) => track.values).filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const width = panelWidth();
  const names = Math.min(150, 16 + Math.max(...found.map((track) => wide(placeName(app, track.place)))));
  const height = Math.min(MOST, Math.max(LEAST, (LABEL + 4) * found.length + 34));
  const box: Box = { width, height, left: byRank ? 26 : 42, right: names, top: 10, bottom: 24 };
  const x = scale(change.years[0]!, change.years.at(-1)!, box.left + 6, width - box.right);
  const y = byRank ? scale(low, high, box.top, height - box.bottom) : scale(low, high, height - box.bottom, box.top);
  const ends = found.map((track) => y(track.last!));
  const roomy = (height - box.top - box.bottom) / found.length >= LABEL;
  const labels = spread(ends, roomy ? LABEL : 0, box.top, height - box.bottom);
  const drawn = found.map((track, k) => ({ track, label: labels[k]! })).sort((a, b) => Number(chosen(app, a.track.place)) - Number(chosen(app, b.track.place)));
  return s("svg", {
    class: roomy ? "chart bump" : "chart bump crowded", viewBox: `0 0 ${width} ${height}`, width, height, role: "group",
    "aria-label": app.words.say(byRank ? "change.alt_rank" : "change.alt_score", { n: found.length, start: change.years[0]!, end: change.years.at(-1)! }),
    keydown: (event: KeyboardEvent) => step(app, event, found),
  },
  axes(app, change, box, x, y, byRank ? rankTicks(low, high) : ticks(low, high, 5)),
  drawn.map(({ track, label }) => line(app, change, track, x, y, label, width - box.right)));
}

/** About how wide a name is drawn, in pixels. */
export const wide = (name: string): number => [...name].reduce((sum, sign) => sum + (sign > "\u2e80" ? 11.5 : 6.4), 0);

const rankTicks = (low: number, high: number): number[] => [...new Set([low, ...ticks(low, high, 6).filter((value) => Number.isInteger(value) && value > low)])];

function axes(app: App, change: Change, box: Box, x: (v: number) => number, y: (v: number) => number, marks: number[]): SVGElement[] {
  const each = Math.max(1, Math.ceil((change.years.length * 34) / (box.width - box.left - box.right)));
  const shown = change.years.filter((_, k) => (change.years.length - 1 - k) % each === 0);
  return [
    ...marks.flatMap((value) => [
      s("line", { class: "grid", x1: box.left, x2: box.width - box.right, y1: y(value), y2: y(value) }),
      s("text", { x: box.left - 5, y: y(value) + 4, "text-anchor": "end" }, app.state.measure === "rank" ? String(value) : scoreText(app, value)),
    ]),
    ...shown.map((year) => s("text", { x: x(year), y: box.height - 7, "text-anchor": "middle" }, String(year))),
  ];
}

function line(app: App, change: Change, track: Track, x: (v: number) => number, y: (v: number) => number, label: number, edge: number): SVGElement {
  const { words } = app;
  const row = app.now.of.get(track.place);
  const points = track.values.map((value, k): Point => (value === null ? null : [x(change.years[k]!), y(value)]));
  const name = placeName(app, track.place);
  const write = (value: number): string => (app.state.measure === "rank" ? words.say("nth", { n: value }) : scoreText(app, value));
  const told = track.values.flatMap((value, k) => (value === null ? [] : [`${words.say("table.year", { year: change.years[k]! })} ${write(value)}`]));
  const held = track.place === app.state.place;
  const text = `${name}${words.say("colon")}${words.list(told)}`;
  const shown = points.filter((point) => point !== null);
  return s("g", {
    class: ["line", chosen(app, track.place) && "chosen", held && "held"].filter(Boolean).join(" "), "data-place": track.place, "data-key": `bump/${track.place}`,
    "--tone": tierColour(row?.tier ?? -1), role: "button", tabindex: held ? 0 : -1, "aria-pressed": held ? "true" : "false", "aria-label": text,
    click: () => app.set({ place: track.place }), mouseenter: () => app.hover(track.place), mouseleave: () => app.hover(null),
    focus: () => app.hover(track.place), blur: () => app.hover(null),
  },
  s("title", {}, text),
  s("path", { class: "reach", d: linePath(points) }), s("path", { class: "stroke", d: linePath(points) }),
  shown.map(([cx, cy]) => s("circle", { cx, cy, r: held ? 3.4 : 2.4 })),
  s("text", { x: edge + 8, y: label + 4 }, app.state.measure === "rank" ? `${track.last} ${name}` : name));
}

const KEYS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrow keys go from line to line in the order of the last year. */
function step(app: App, event: KeyboardEvent, found: Track[]): void {
  const move = KEYS[event.key];
  if (event.key === "Enter" || event.key === " ") event.preventDefault();
  if (!move || !found.length) return;
  event.preventDefault();
  const sign = app.state.measure === "rank" ? 1 : -1;
  const order = [...found].sort((a, b) => sign * (a.last! - b.last!) || a.at - b.at);
  const at = order.findIndex((track) => track.place === app.state.place);
  const place = order[Math.max(0, Math.min(order.length - 1, at + move))]!.place;
  app.set({ place });
  focusKey(document.getElementById("page")!, `bump/${place}`);
}
