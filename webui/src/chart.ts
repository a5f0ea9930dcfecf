// What every line chart needs: round ticks, paths with gaps, labels that do not touch, axes.

import { h, s } from "./dom";

export type Point = [number, number] | null;

export interface Box {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Round numbers between two ends, about so many. */
export function ticks(low: number, high: number, count = 4): number[] {
  const raw = (high - low) / Math.max(1, count);
  if (!(raw > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999) ?? raw;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}

/** A path through points; a missing one leaves a gap. */
export function linePath(points: Point[]): string {
  let pen = "M";
  return points.map((point) => {
    if (!point) {
      pen = "M";
      return "";
    }
    const written = `${pen}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    pen = "L";
    return written;
  }).join("");
}

/** Move labels apart, so that each keeps a gap to the next and all stay within two ends; the order stays. */
export function spread(at: number[], gap: number, low: number, high: number): number[] {
  const order = at.map((_, k) => k).sort((a, b) => at[a]! - at[b]! || a - b);
  const out = [...at];
  let edge = low;
  for (const k of order) edge = (out[k] = Math.max(at[k]!, edge)) + gap;
  edge = high;
  for (const k of [...order].reverse()) edge = (out[k] = Math.min(out[k]!, edge)) - gap;
  return out;
}

/** Room for a chart in its panel, in pixels. */
export function panelWidth(): number {
  const wide = document.querySelector<HTMLElement>(".right")?.clientWidth ?? 600;
  return Math.round(Math.max(300, Math.min(1100, wide - 34)));
}

/** Place of a value between two ends of an axis. */
export const scale = (low: number, high: number, from: number, to: number) =>
  (value: number): number => from + ((to - from) * (value - low)) / (high - low || 1);

export interface Line {
  name: string;
  values: (number | null)[];
  class: string;
}

export interface LineChart {
  label: string; // what is said of the chart where it cannot be seen
  xs: number[];
  lines: Line[];
  x: (value: number) => string;
  y: (value: number) => string;
  log?: boolean; // the horizontal axis in powers of two
  zero?: boolean; // the vertical axis begins at zero
  width?: number;
}

const HEIGHT = 128;

/** A small line chart with its ends written out. */
export function lineChart({ label, xs, lines, x, y, log = false, zero = false, width = 190 }: LineChart): SVGElement {
  const box: Box = { width, height: HEIGHT, left: 40, right: 12, top: 8, bottom: 20 };
  const values = lines.flatMap((line) => line.values).filter((v): v is number => v !== null);
  const [low, high] = [zero ? Math.min(0, ...values) : Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  const along = (value: number): number => (log ? Math.log2(value) : value);
  const ax = scale(along(xs[0]!), along(xs.at(-1)!), box.left, width - box.right);
  const ay = scale(zero && low === 0 ? 0 : low - room, high + room, HEIGHT - box.bottom, box.top);
  const shown = xs.length > 2 && width >= 190 ? [xs[0]!, xs[Math.floor(xs.length / 2)]!, xs.at(-1)!] : [xs[0]!, xs.at(-1)!];
  return s("svg", { class: "chart", viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": label },
    ticks(low, high, 4).map((value) => [
      s("line", { class: "grid", x1: box.left, x2: width - box.right, y1: ay(value), y2: ay(value) }),
      s("text", { x: box.left - 5, y: ay(value) + 3.5, "text-anchor": "end" }, y(value)),
    ]).flat(),
    [...new Set(shown)].map((value, k, all) => s("text", { x: ax(along(value)), y: HEIGHT - 5, "text-anchor": k === all.length - 1 ? "end" : k ? "middle" : "start" }, x(value))),
    lines.flatMap((line) => {
      const points = line.values.map((v, k): Point => (v === null ? null : [ax(along(xs[k]!)), ay(v)]));
      const dots = points.length <= 24 ? points.filter((point) => point !== null) : [];
      return [s("path", { class: `stroke ${line.class}`, d: linePath(points) }), ...dots.map(([cx, cy]) => s("circle", { class: `spot ${line.class}`, cx, cy, r: 2.2 }))];
    }));
}

/** A chart below its heading. */
export function figure(title: string, ...content: (SVGElement | HTMLElement | null)[]): HTMLElement {
  return h("figure", {}, h("figcaption", {}, title), content);
}
