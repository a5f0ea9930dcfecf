// The map as ECharts series: marks as scatter points, labels that do not collide.

import type { EChartsCoreOption } from "echarts/core";

import type { App } from "./app";
import { placeLabels } from "./labels";
import { dressOf, symbolOf, type MapMark } from "./map_marks";
import type { Point } from "./projection";

type Place = (lon: number, lat: number) => Point;

interface Placed {
  mark: MapMark;
  at: Point;
}

const FONT = '12.5px "Segoe UI", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';
const LINE = 16;

/** The whole option for a window of a size in pixels. */
export function mapSeries(
  app: App, marks: MapMark[], place: Place, width: number, height: number, hovered: string | null,
): EChartsCoreOption {
  const points = marks.map((mark) => ({ mark, at: place(mark.lon, mark.lat) }));
  const axis = { type: "value", show: false, min: 0 };
  return {
    animation: false,
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { ...axis, max: width },
    yAxis: { ...axis, max: height, inverse: true },
    series: [
      scatter(points.filter(({ mark }) => mark.kind === "place").reverse(), 3),
      scatter(points.filter(({ mark }) => mark.kind === "centre"), 4),
      rings(points, [app.state.place, hovered]),
      labels(points, app.state.place, hovered, width, height),
    ],
  };
}

function scatter(points: Placed[], z: number): object {
  const data = points.map(({ mark, at }) => ({
    value: at, place: mark.place, text: mark.text, symbol: mark.kind === "centre" ? "circle" : symbolOf(mark.tier), symbolSize: mark.size,
    itemStyle: { ...dressOf(mark), opacity: 1 },
  }));
  return { type: "scatter", clip: false, z, data, emphasis: { disabled: true }, cursor: "pointer" };
}

/** A ring around the place in hand and the one under the pointer. */
function rings(points: Placed[], places: (string | null)[]): object {
  const found = points.filter(({ mark }) => mark.kind === "place" && places.includes(mark.place));
  const data = found.map(({ mark, at }) => ({ value: at, symbolSize: mark.size + 9 }));
  const itemStyle = { color: "transparent", borderColor: "#111", borderWidth: 1.8, opacity: 1 };
  return { type: "scatter", clip: false, silent: true, z: 2, data, symbol: "circle", itemStyle };
}

const pen = document.createElement("canvas").getContext("2d")!;
const widths = new Map<string, number>();

function widthOf(text: string): number {
  if (!widths.has(text)) {
    pen.font = `600 ${FONT}`;
    widths.set(text, pen.measureText(text).width + 4);
  }
  return widths.get(text)!;
}

function labels(points: Placed[], held: string, hovered: string | null, width: number, height: number): object {
  const first = (mark: MapMark): number => (mark.kind === "place" && (mark.place === hovered || mark.place === held) ? 0 : 1);
  const ordered = [...points].sort((a, b) => first(a.mark) - first(b.mark));
  const marks = ordered
    .filter(({ at: [x, y] }) => x > -10 && x < width + 10 && y > -10 && y < height + 10)
    .map(({ mark, at: [x, y] }) => ({ key: mark.key, x, y, radius: mark.size / 2 + (mark.place === held && mark.kind === "place" ? 5 : 1), text: mark.name }));
  const placed = placeLabels(marks, widthOf, LINE, width, height, [{ left: width - 42, right: width, top: 0, bottom: 92 }]);
  const bold = new Set([held, hovered]);
  const items = placed.map((label) => ({
    type: "text", silent: true, x: label.x, y: label.y,
    style: {
      text: label.text, font: bold.has(label.key) ? `600 ${FONT}` : FONT, fill: label.key.startsWith("centre/") ? "#444" : "#111",
      stroke: "#fff", lineWidth: 3, align: label.align, verticalAlign: "middle",
    },
  }));
  return { type: "custom", silent: true, clip: false, z: 5, data: items.map(() => [0, 0]), renderItem: (at: { dataIndex: number }) => items[at.dataIndex] };
}
