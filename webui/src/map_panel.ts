// The map with its legend, the layer switch and the zoom buttons.

import { type App } from "./app";
import { h } from "./dom";
import type { MapPanel } from "./map";
import { mark } from "./marks";
import type { Place } from "./types";

/** The map as a panel; the same canvas moves from view to view. */
export function mapPanel(app: App, map: MapPanel): HTMLElement {
  const { words, book } = app;
  const tiers = app.model.tiered ? book.data.tiers : null;
  const places = app.model.index.places.flatMap((id) => book.places.get(id) ?? []);
  const absent = places.filter((place) => place.lat === null || place.lon === null);
  const located = absent.length < places.length;
  const button = (key: string, sign: string, act: () => void): HTMLElement =>
    h("button", { type: "button", "data-key": key, "aria-label": words.say(key), title: words.say(key), click: act }, sign);
  const planned = app.state.layer === "plan";
  const zoom = h("div", { class: "map-zoom" },
    button("map.in", "+", () => map.zoom(1.4)), button("map.out", "−", () => map.zoom(1 / 1.4)), button("map.fit", "⤢", () => map.fit()));
  return h("section", { class: "map", "aria-label": words.say("view.map") },
    located ? h("div", { class: "map-box" }, map.element, zoom) : h("p", { class: "empty" }, words.say("map.empty")),
    h("div", { class: "map-legend" },
      tiers && tiers.names.map((name, k) => h("span", { class: "key" }, mark(k), words.of(name.name))),
      tiers && h("span", { class: "key" }, mark(1, false), words.say("tier.between")),
      h("span", { class: "key muted" }, words.say("map.size")),
      located && absent.length > 0 && h("span", { class: "key muted" }, words.say("map.absent", { names: shortList(app, absent) })),
      book.data.plan.length > 0 && h("label", { class: "key" },
        h("input", { type: "checkbox", checked: planned, "data-key": "layer", change: () => app.set({ layer: planned ? "none" : "plan" }) }),
        h("span", { class: "dot", "aria-hidden": "true" }), words.say("map.plan"))));
}

const FEW = 3;

function shortList(app: App, places: Place[]): string {
  const names = places.slice(0, FEW).map((place) => app.words.of(place.name));
  return app.words.list(names) + (places.length > FEW ? "…" : "");
}
