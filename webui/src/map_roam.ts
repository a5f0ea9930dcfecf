// Wheel and drag over the map.

import type { ECharts } from "echarts/core";

import type { Point } from "./projection";

export interface Moves {
  point(at: Point): void;
  zoom(factor: number, at: Point): void;
  pull(by: Point): void;
}

const NOTCH = 1.15;

/** Tell of the pointer's moves, of turns of the wheel and of drags. */
export function roam(chart: ECharts, moves: Moves): void {
  const surface = chart.getZr();
  let held: Point | null = null;
  surface.on("mousewheel", (event) => {
    event.event.preventDefault();
    moves.zoom(event.wheelDelta > 0 ? NOTCH : 1 / NOTCH, [event.offsetX, event.offsetY]);
  });
  surface.on("mousedown", (event) => {
    held = [event.offsetX, event.offsetY];
  });
  for (const end of ["mouseup", "globalout"]) {
    surface.on(end, () => {
      held = null;
    });
  }
  surface.on("mousemove", (event) => {
    const at: Point = [event.offsetX, event.offsetY];
    moves.point(at);
    if (held) moves.pull([at[0] - held[0], at[1] - held[1]]);
    if (held) held = at;
  });
}
