// The map: places by tier and score over land without borders, in Equal Earth framed on the study.

import { CustomChart, ScatterChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

import type { App } from "./app";
import { h } from "./dom";
import { mapMarks } from "./map_marks";
import { landPath, makeGround, paintLand } from "./map_land";
import { roam } from "./map_roam";
import { mapSeries } from "./map_series";
import { frameOf, nearest, pixel, project, type Frame, type Point } from "./projection";

use([CustomChart, ScatterChart, GridComponent, CanvasRenderer]);

export interface MapPanel {
  element: HTMLElement;
  update(app: App): void;
  highlight(place: string | null): void;
  zoom(factor: number, at?: Point): void;
  fit(): void;
  picture(): Promise<HTMLCanvasElement>;
}

const CLOSEST = 12;

/** Make the map once; it follows its element's size. */
export function makeMap(): MapPanel {
  const element = h("div", { class: "map-canvas", role: "img" });
  const tip = h("div", { class: "map-tip", hidden: true });
  const ground = makeGround();
  const surface = h("div", { class: "map-surface" });
  element.append(ground.element, surface, tip);
  let chart: ECharts | null = null;
  let app: App | null = null;
  let frame: Frame | null = null;
  let fitted: Frame | null = null;
  let hovered: string | null = null;
  let shown = "";
  let land = { key: "", path: new Path2D() };

  let size: Point = [0, 0]; // told by the observer: asking the element would lay the page out in the middle of a draw

  function refit(points: Point[]): void {
    const [width, height] = size;
    const key = [width, height, points.length].join();
    if (key === shown && frame) return;
    shown = key;
    fitted = frameOf(points, width, height, Math.min(60, width / 8, height / 6));
    frame = { ...fitted };
  }

  function draw(): void {
    const [width, height] = size;
    if (!app || width < 40 || height < 40) return;
    if (!chart) start();
    else if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height });
    const marks = mapMarks(app);
    const framing = [...app.book.data.places.filter((place) => place.ranked), ...app.book.data.plan];
    const located = framing.filter((place) => place.lon !== null && place.lat !== null);
    if (!located.length) return;
    const { meridian } = app.book.data;
    refit(located.map((place) => project(nearest(place.lon!, meridian), place.lat!, meridian)));
    const place = (lon: number, lat: number): Point => pixel(project(lon, lat, meridian), frame!, width, height);
    const key = [frame!.x, frame!.y, frame!.scale, width, height, window.devicePixelRatio].join();
    if (key !== land.key) {
      land = { key, path: landPath(app.book.data.land, place) };
      ground.draw(land.path, width, height);
    }
    element.setAttribute("aria-label", app.words.say("map.alt", { n: marks.filter((mark) => mark.kind === "place").length }));
    chart!.setOption(mapSeries(app, marks, (lon, lat) => place(nearest(lon, meridian), lat), width, height, hovered), { notMerge: true });
  }

  function start(): void {
    chart = init(surface, null, { renderer: "canvas" });
    chart.on("click", (event) => {
      const place = (event.data as { place?: string }).place;
      if (place) app?.set({ place });
    });
    chart.on("mouseover", (event) => {
      const data = event.data as { place?: string; text?: string };
      if (data.place) app?.hover(data.place);
      tip.textContent = data.text ?? "";
      tip.hidden = !data.text;
    });
    chart.on("mouseout", () => {
      app?.hover(null);
      tip.hidden = true;
    });
    roam(chart, {
      point: ([x, y]) => (tip.style.transform = `translate(${x + 12}px, ${y + 12}px)`),
      zoom: panel.zoom,
      pull([x, y]) {
        if (!frame) return;
        frame.x -= x / frame.scale;
        frame.y += y / frame.scale;
        draw();
      },
    });
  }

  const panel: MapPanel = {
    element,
    update(now) {
      app = now;
      draw();
    },
    highlight(place) {
      if (place === hovered) return;
      hovered = place;
      if (element.isConnected) draw();
    },
    zoom(factor, at) {
      if (!frame || !fitted) return;
      const [width, height] = size;
      const [dx, dy] = at ? [at[0] - width / 2, height / 2 - at[1]] : [0, 0];
      const scale = Math.max(fitted.scale * 0.8, Math.min(fitted.scale * CLOSEST, frame.scale * factor));
      frame.x += dx / frame.scale - dx / scale; // what is under the pointer stays there
      frame.y += dy / frame.scale - dy / scale;
      frame.scale = scale;
      draw();
    },
    fit() {
      shown = "";
      draw();
    },
    async picture() {
      const [width, height] = size;
      const canvas = h("canvas", { width: 2 * width, height: 2 * height });
      const pen = canvas.getContext("2d")!;
      const image = new Image();
      image.src = chart?.getDataURL({ pixelRatio: 2 }) ?? "";
      await image.decode();
      pen.scale(2, 2);
      paintLand(pen, land.path);
      pen.drawImage(image, 0, 0, width, height);
      return canvas;
    },
  };
  new ResizeObserver(([entry]) => {
    size = [Math.round(entry!.contentRect.width), Math.round(entry!.contentRect.height)];
    draw();
  }).observe(element);
  return panel;
}
