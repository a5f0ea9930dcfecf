// Equal Earth (Šavrič, Patterson & Jenny 2018) on the unit sphere, centred on a meridian.

const A1 = 1.340264;
const A2 = -0.081106;
const A3 = 0.000893;
const A4 = 0.003796;
const RADIAN = Math.PI / 180;

export type Point = [number, number];

/** Longitude as counted within half a turn of the meridian in the middle. */
export const nearest = (lon: number, centre: number): number => lon - 360 * Math.round((lon - centre) / 360);

/** Project longitude and latitude in degrees; the centre is the meridian in the middle, at most half a turn away. */
export function project(lon: number, lat: number, centre = 0): Point {
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin(lat * RADIAN));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2);
  return [
    (2 / Math.sqrt(3)) * (lon - centre) * RADIAN * Math.cos(theta) / slope,
    theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)),
  ];
}

/** A window on the projected plane: its middle, and how many pixels a unit takes. */
export interface Frame {
  x: number;
  y: number;
  scale: number;
}

/** Frame points in a window of a size in pixels, leaving a margin. */
export function frameOf(points: Point[], width: number, height: number, margin: number): Frame {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wide = Math.max(east - west, 0.02);
  const high = Math.max(north - south, 0.02);
  const scale = Math.min(Math.max(width - 2 * margin, 40) / wide, Math.max(height - 2 * margin, 40) / high);
  return { x: (west + east) / 2, y: (south + north) / 2, scale };
}

/** Pixels of a projected point in a window. */
export function pixel([x, y]: Point, frame: Frame, width: number, height: number): Point {
  return [width / 2 + (x - frame.x) * frame.scale, height / 2 - (y - frame.y) * frame.scale];
}
