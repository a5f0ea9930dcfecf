// Land under the map on a canvas of its own, so that moving a weight need not draw the shores again.

import { h } from "./dom";
import type { Point } from "./projection";

export interface Ground {
  element: HTMLCanvasElement;
  draw(land: Path2D, width: number, height: number): void;
}

type Place = (lon: number, lat: number) => Point;

/** Shores as one path in pixels. */
export function landPath(rings: number[][][], place: Place): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([lon, lat], k) => {
      const [x, y] = place(lon!, lat!);
      if (k) path.lineTo(x, y);
      else path.moveTo(x, y);
    });
    path.closePath();
  }
  return path;
}

/** Paint land with its shore. */
export function paintLand(pen: CanvasRenderingContext2D, land: Path2D): void {
  pen.fillStyle = "#ecefee";
  pen.strokeStyle = "#b9c2c4";
  pen.lineWidth = 0.7;
  pen.fill(land);
  pen.stroke(land);
}

export function makeGround(): Ground {
  const element = h("canvas", { class: "map-ground", "aria-hidden": "true" });
  return {
    element,
    draw(land, width, height) {
      const ratio = window.devicePixelRatio || 1;
      element.width = Math.round(width * ratio);
      element.height = Math.round(height * ratio);
      const pen = element.getContext("2d")!;
      pen.scale(ratio, ratio);
      paintLand(pen, land);
    },
  };
}
