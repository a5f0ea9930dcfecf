// The map: places by tier and score over land without borders, in Equal Earth framed on the study.

import { CustomChart, ScatterChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use, type ECharts } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

import type { App } from "./app";
import { h } from "./dom";
import { mapMarks, type MapMark } from "./map_marks";
import { landPath, mapSeries } from "./map_series";
import { frameOf, pixel, project, type Frame, type Point } from "./projection";

use([CustomChart, ScatterChart, GridComponent, CanvasRenderer]);

export interface MapPanel {
  element: HTMLElement;
  update(app: App): void;
  highlight(place: string | null): void;
  zoom(factor: number): void;
  fit(): void;
  picture(): Promise<HTMLImageElement>;
}

const CLOSEST = 12;

/** Make the map once; it follows its element's size. */
export function makeMap(): MapPanel {
  const element = h("div", { class: "map-canvas", role: "img" });
  const tip = h("div", { class: "map-tip", hidden: true });
  element.append(tip);
  let chart: ECharts | null = null;
  let app: App | null = null;
  let frame: Frame | null = null;
  let fitted: Frame | null = null;
  let hovered: string | null = null;
  let marks: MapMark[] = [];
  let shown = "";
  let land = { key: "", path: "" };

  const size = (): Point => [element.clientWidth, element.clientHeight];

  function refit(centre: number, points: Point[]): void {
    const [width, height] = size();
    const key = [width, height, points.length, centre].join();
    if (key === shown && frame) return;
    shown = key;
    fitted = frameOf(points, width, height, Math.min(60, width / 8, height / 6));
    frame = { ...fitted };
  }

  function draw(): void {
    const [width, height] = size();
    if (!app || width < 40 || height < 40) return;
    if (!chart) start();
    else if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize();
    marks = mapMarks(app);
    const framing = [...app.book.data.places.filter((place) => place.ranked), ...app.book.data.plan];
    const located = framing.filter((place) => place.lon !== null && place.lat !== null);
    if (!located.length) return;
    const lons = located.map((place) => place.lon!);
    const centre = (Math.min(...lons) + Math.max(...lons)) / 2;
    refit(centre, located.map((place) => project(place.lon!, place.lat!, centre)));
    const place = (lon: number, lat: number): Point => pixel(project(lon, lat, centre), frame!, width, height);
    const key = [frame!.x, frame!.y, frame!.scale, width, height].join();
    if (key !== land.key) land = { key, path: landPath(app.book.data.land, place) };
    element.setAttribute("aria-label", app.words.say("map.alt", { n: marks.filter((mark) => mark.kind === "place").length }));
    chart!.setOption(mapSeries(app, marks, land.path, place, width, height, hovered), { notMerge: true });
  }

  function start(): void {
    chart = init(element, null, { renderer: "canvas" });
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
    roam(chart);
  }

  function roam(target: ECharts): void {
    let held: Point | null = null;
    const zr = target.getZr();
    zr.on("mousewheel", (event) => {
      event.event.preventDefault();
      panel.zoom(event.wheelDelta > 0 ? 1.15 : 1 / 1.15);
    });
    zr.on("mousedown", (event) => {
      held = [event.offsetX, event.offsetY];
    });
    for (const end of ["mouseup", "globalout"]) {
      zr.on(end, () => {
        held = null;
      });
    }
    zr.on("mousemove", (event) => {
      tip.style.transform = `translate(${event.offsetX + 12}px, ${event.offsetY + 12}px)`;
      if (!held || !frame) return;
      frame.x -= (event.offsetX - held[0]) / frame.scale;
      frame.y += (event.offsetY - held[1]) / frame.scale;
      held = [event.offsetX, event.offsetY];
      draw();
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
    zoom(factor) {
      if (!frame || !fitted) return;
      frame.scale = Math.max(fitted.scale * 0.8, Math.min(fitted.scale * CLOSEST, frame.scale * factor));
      draw();
    },
    fit() {
      shown = "";
      draw();
    },
    async picture() {
      const image = new Image();
      image.src = chart?.getDataURL({ pixelRatio: 2, backgroundColor: "#fff" }) ?? "";
      await image.decode();
      return image;
    },
  };
  new ResizeObserver(() => draw()).observe(element);
  return panel;
}
