// The hub triangle as a drawing: three corners, three arrows as wide as their standardised coefficient.

import type { App } from "./app";
import { s } from "./dom";
import { called } from "./insight";
import type { Arrow } from "./types_models";

const CORNERS: Record<string, [number, number]> = { agglomeration: [186, 58], innovation: [312, 250], diffusion: [60, 250] };
const RADIUS = 55;
const [WIDTH, HEIGHT] = [372, 308];

/** Ends of an arrow at the rims of its corners. */
export function ends([x1, y1]: [number, number], [x2, y2]: [number, number], room: number): [number, number, number, number] {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [((x2 - x1) / length) * room, ((y2 - y1) / length) * room];
  return [x1 + dx, y1 + dy, x2 - dx, y2 - dy];
}

/** The drawing; the weakest arrow is dashed, and its number says so in words. */
export function triangleDrawing(app: App, rows: Arrow[], name: (app: App, row: Arrow) => string): SVGElement {
  const { words } = app;
  const label = words.list(rows.map((row) => `${name(app, row)} ${words.number(row.coefficient, 3)}${row.is_weakest ? words.say("in_brackets", { text: words.say("dynamics.weakest") }) : ""}`));
  const most = Math.max(...rows.map((row) => Math.abs(row.standardised ?? 0))) || 1;
  return s("svg", { class: "hub-triangle", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: "img", "aria-label": label },
    s("defs", {}, ["plain", "weak"].map((kind) => s("marker", { id: `tip-${kind}`, class: kind, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 13, markerHeight: 13, markerUnits: "userSpaceOnUse", orient: "auto" }, s("path", { d: "M0 0L10 5L0 10Z" })))),
    rows.map((row) => {
      const [x1, y1, x2, y2] = ends(CORNERS[row.start] ?? [0, 0], CORNERS[row.end] ?? [0, 0], RADIUS + 5);
      const kind = row.is_weakest ? "weak" : "plain";
      return s("line", { class: `arrow ${kind}`, x1, y1, x2, y2, "stroke-width": 1.5 + (4.5 * Math.abs(row.standardised ?? 0)) / most, "marker-end": `url(#tip-${kind})` });
    }),
    Object.entries(CORNERS).map(([corner, [x, y]]) => [s("circle", { cx: x, cy: y, r: RADIUS }), s("text", { class: "corner", x, y: y + 4.5, "text-anchor": "middle" }, called(app, "corner", corner))]).flat(),
    rows.map((row) => {
      const [from, to] = [CORNERS[row.start] ?? [0, 0], CORNERS[row.end] ?? [0, 0]];
      const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const text = words.number(row.coefficient, 3);
      const wide = 9 * text.length + 8;
      return [s("rect", { class: row.is_weakest ? "plate weak" : "plate", x: x - wide / 2, y: y - 12, width: wide, height: 23, rx: 2 }), s("text", { class: "coefficient", x, y: y + 4.5, "text-anchor": "middle" }, text)];
    }).flat());
}
