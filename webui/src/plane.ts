// Places in the plane of level T and coupling C, over bands of coordination D in the colours of its classes.

import { placeName, type App } from "./app";
import { wide } from "./bump";
import { linePath, scale, ticks, type Box, type Point } from "./chart";
import { focusKey, s } from "./dom";
import { placeLabels } from "./labels";
import type { Coupling } from "./types_ecosystem";
import type { ClassScheme } from "./types_tables";

const RAMP = [[140, 45, 4], [217, 95, 14], [254, 196, 79], [161, 218, 180], [65, 182, 196], [34, 94, 168]]; // told apart by the colour-blind
const STEPS = 60;
const RADIUS = 5;

/** Colour of a class, the highest first. */
export function classColour(at: number, of: number): string {
  if (at < 0) return "#ffffff";
  const along = (of < 2 ? 1 : (of - 1 - at) / (of - 1)) * (RAMP.length - 1);
  const k = Math.min(RAMP.length - 2, Math.floor(along));
  const mix = RAMP[k]!.map((value, channel) => Math.round(value + (along - k) * (RAMP[k + 1]![channel]! - value)));
  return `rgb(${mix.join(",")})`;
}

/** The least C shown: rounded down below all but the lowest twentieth, so that a few outliers do not press the rest together. */
export function floorOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.floor(sorted.length * 0.05)] ?? 0;
  return Math.max(0, Math.min(0.9, Math.floor(10 * low + 1e-9) / 10));
}

interface Plane {
  rows: Coupling[]; // of the year
  all: Coupling[]; // of all years
  year: number;
  home: string;
  named: string[];
  scheme: ClassScheme | undefined;
  width: number;
}

/** The chart. */
export function plane(app: App, { rows, all, year, home, named, scheme, width }: Plane): SVGElement {
  const { words } = app;
  const box: Box = { width, height: Math.round(Math.max(300, Math.min(430, width * 0.72))), left: 46, right: 14, top: 30, bottom: 40 };
  const known = all.filter((row) => row.coupling !== null && row.level !== null);
  const low = floorOf(known.map((row) => row.coupling!));
  const most = Math.min(1, Math.ceil(10 * Math.max(0.1, ...known.map((row) => row.level!)) + 0.2) / 10);
  const x = scale(0, most, box.left, box.width - box.right);
  const y = scale(low, 1, box.height - box.bottom, box.top);
  const at = (row: Coupling): [number, number] => [x(row.level!), y(Math.max(low, row.coupling!))];
  const shown = rows.filter((row) => row.coupling !== null && row.level !== null);
  const order = [...shown].sort((a, b) => Number(b.place === home) - Number(a.place === home) || Number(named.includes(b.place)) - Number(named.includes(a.place)) || (b.coordination ?? 0) - (a.coordination ?? 0));
  const labels = placeLabels(order.map((row) => ({ key: row.place, x: at(row)[0], y: at(row)[1], radius: RADIUS + 1, text: placeName(app, row.place) })), wide, 14, box.width, box.height);
  const trail = all.filter((row) => row.place === home && row.year !== null && row.year <= year).sort((a, b) => a.year! - b.year!);
  return s("svg", { class: "chart plane", viewBox: `0 0 ${box.width} ${box.height}`, width: box.width, height: box.height, role: "group", "aria-label": words.say("ecosystem.plane_alt", { year, n: shown.length }), keydown: (event: KeyboardEvent) => step(app, event, shown, home) },
    bands(app, scheme, box, x, y, low, most), axes(app, box, x, y, low, most), path(trail, at),
    [...order].reverse().map((row) => mark(app, row, at(row), row.coupling! < low, home, scheme)),
    labels.map((label) => s("text", { class: label.key === home || named.includes(label.key) ? "name chosen" : "name", x: label.x, y: label.y + 4, "text-anchor": { left: "start", right: "end", center: "middle" }[label.align] }, label.text)));
}

/** Bands of the classes of D, the lowest first; each begins where C = D² / T. */
function bands(app: App, scheme: ClassScheme | undefined, box: Box, x: (v: number) => number, y: (v: number) => number, low: number, most: number): SVGElement[] {
  if (!scheme) return [];
  const { classes } = scheme;
  return [...classes.keys()].reverse().flatMap((k) => {
    const least = classes[k]!.low ?? 0;
    if (least ** 2 >= most) return [];
    const from = Math.max(least ** 2, 1e-6);
    const curve = Array.from({ length: STEPS + 1 }, (_, n): [number, number] => {
      const level = from + ((most - from) * n) / STEPS;
      return [x(level), y(Math.max(low, Math.min(1, least ** 2 / level)))];
    });
    const outline = least <= 0 ? [[x(0), y(low)], [x(0), y(1)], [x(most), y(1)], [x(most), y(low)]] : [...curve, [x(most), y(1)], [x(from), y(1)]];
    const label = least > 0 && x(from) - box.left > 12 && x(from) < box.width - box.right - 4;
    return [
      s("path", { class: "band", "--tone": classColour(k, classes.length), d: `M${outline.map((point) => point.map((v) => v!.toFixed(1)).join(" ")).join("L")}Z` }),
      ...(least > 0 ? [s("path", { class: "contour", d: linePath(curve) })] : []),
      ...(label ? [s("text", { class: "limit", x: x(from), y: box.top - 5, "text-anchor": "middle" }, app.words.number(least, undefined, 2))] : []),
    ];
  }).concat([s("text", { class: "limit", x: box.left, y: 11 }, app.words.say("ecosystem.contours"))]);
}

function axes(app: App, box: Box, x: (v: number) => number, y: (v: number) => number, low: number, most: number): SVGElement[] {
  const { words } = app;
  return [
    ...ticks(0, most, 5).map((value) => s("text", { x: x(value), y: box.height - box.bottom + 15, "text-anchor": "middle" }, words.number(value))),
    ...ticks(low, 1, 5).map((value) => s("text", { x: box.left - 6, y: y(value) + 4, "text-anchor": "end" }, words.number(value))),
    s("text", { class: "axis", x: (box.left + box.width - box.right) / 2, y: box.height - 6, "text-anchor": "middle" }, words.say("ecosystem.level")),
    s("text", { class: "axis", x: 0, y: 0, transform: `translate(11 ${(box.top + box.height - box.bottom) / 2}) rotate(-90)`, "text-anchor": "middle" }, words.say("ecosystem.coupling")),
  ];
}

function path(trail: Coupling[], at: (row: Coupling) => [number, number]): SVGElement[] {
  const points = trail.map((row): Point => (row.coupling === null || row.level === null ? null : at(row)));
  return [s("path", { class: "trail", d: linePath(points) }), ...points.slice(0, -1).filter((point) => point !== null).map(([cx, cy]) => s("circle", { class: "past", cx, cy, r: 2 }))];
}

function mark(app: App, row: Coupling, [cx, cy]: [number, number], below: boolean, home: string, scheme: ClassScheme | undefined): SVGElement {
  const { words } = app;
  const held = row.place === home;
  const classes = scheme?.classes ?? [];
  const told = words.say("ecosystem.point", { place: placeName(app, row.place), C: words.number(row.coupling, 3), T: words.number(row.level, 3), D: words.number(row.coordination, 3), grade: words.of(row.class_name) });
  const shape = below ? s("path", { d: `M${cx - 6} ${cy - 5}h12l-6 9z` }) : s("circle", { cx, cy, r: held ? RADIUS + 2 : RADIUS });
  return s("g", {
    class: held ? "spot held" : "spot", "--tone": classColour(classes.findIndex((item) => item.id === row.grade), classes.length), "data-place": row.place, "data-key": `plane/${row.place}`, role: "button", tabindex: held ? 0 : -1,
    "aria-pressed": held ? "true" : "false", "aria-label": told, click: () => app.set({ home: row.place }), mouseenter: () => app.hover(row.place), mouseleave: () => app.hover(null),
  }, s("title", {}, told), shape);
}

const KEYS: Record<string, number> = { ArrowDown: 1, ArrowLeft: 1, ArrowUp: -1, ArrowRight: -1 };

/** Arrow keys go from place to place in the order of D. */
function step(app: App, event: KeyboardEvent, rows: Coupling[], home: string): void {
  const move = KEYS[event.key];
  if (!move) return;
  event.preventDefault();
  const order = [...rows].sort((a, b) => (b.coordination ?? 0) - (a.coordination ?? 0));
  const at = order.findIndex((row) => row.place === home);
  const next = order[Math.max(0, Math.min(order.length - 1, at + move))]!.place;
  app.set({ home: next });
  focusKey(document.getElementById("page")!, `plane/${next}`);
}
