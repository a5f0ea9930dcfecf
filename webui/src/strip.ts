// One indicator, all places as ticks on one line, the place in hand as its tier mark's colour.

import { placeName, type App } from "./app";
import { s } from "./dom";
import { tierColour } from "./marks";
import type { Row } from "./model";
import type { Standing } from "./standing";

const WIDTH = 200;
const EDGE = 7;

/** A strip of ticks from the worst to the best value; the middle place has a longer tick. */
export function strip(app: App, row: Row, standing: Standing): SVGElement {
  const { index } = app.model;
  const all = index.places.map((place, i) => ({ place, v: index.normalised[i]?.[standing.leaf] ?? null }));
  const values = all.map((item) => item.v).filter((v): v is number => v !== null).sort((a, b) => a - b);
  const [least, most] = [values[0]!, values[values.length - 1]!];
  const x = (v: number): number => EDGE + ((WIDTH - 2 * EDGE) * (v - least)) / (most - least || 1);
  const half = values.length / 2;
  const middle = values.length % 2 ? values[Math.floor(half)]! : (values[half - 1]! + values[half]!) / 2;
  const label = app.words.say("profile.strip_text", { name: placeName(app, row.place), n: standing.rank, of: standing.of });
  return s("svg", { class: "strip", viewBox: `0 0 ${WIDTH} 18`, width: WIDTH, height: 18, role: "img", "aria-label": label },
    s("line", { x1: EDGE, x2: WIDTH - EDGE, y1: 9, y2: 9, class: "axis" }),
    s("line", { x1: x(middle), x2: x(middle), y1: 1.5, y2: 16.5, class: "middle" }),
    all.map((item) => item.v !== null && item.place !== row.place &&
      s("line", { x1: x(item.v), x2: x(item.v), y1: 5, y2: 13, class: "tick" })),
    s("circle", { cx: x(standing.value), cy: 9, r: 5, fill: tierColour(row.tier), stroke: "#222", "stroke-width": 0.8 }));
}
