// Positions: the grid of functions by scope in the middle, the peers and sentences behind the cell in hand beside it.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { drawCell } from "./position_cell";
import { drawGrid } from "./position_grid";
import type { PositionFunction } from "./types_position";

/** Name of a function in the reader's language. */
export function functionName(app: App, id: string): string {
  const found = app.book.position?.functions.get(id);
  return found ? app.words.of(found.name) : id;
}

/** Name of a scope. */
export function scopeName(app: App, id: string): string {
  const found = app.book.position?.data.scopes.find((scope) => scope.id === id);
  return found ? app.words.of(found.name) : id;
}

/** Name of a peer set; an empty one for the only set of a scope. */
export function setName(app: App, scope: string, id: string): string {
  const sets = app.book.position?.data.sets.filter((set) => set.scope === scope) ?? [];
  const found = sets.find((set) => set.id === id);
  return found ? app.words.of(found.name) || id : id;
}

/** Words for one of the run's fixed answers, such as "not reached". */
export function said(app: App, family: string, answer: string): string {
  const key = `position.${family}.${answer.replace(/[ -]/g, "_")}`;
  return app.words.has(key) ? app.words.say(key) : answer || "—";
}

/** A place to choose among those that are positioned; nothing where there is only one. */
export function cityChoice(app: App): HTMLElement | null {
  const places = app.book.position?.data.places ?? [];
  if (places.length < 2) return null;
  return h("label", { class: "choice" }, app.words.say("position.city"), h("select", { "data-key": "city", change: (event: Event) => app.set({ city: (event.target as HTMLSelectElement).value, on: [] }) },
    places.map((place) => h("option", { value: place, selected: place === app.state.city }, placeName(app, place)))));
}

/** Functions by group, in order. */
export function groupsOf(app: App): { name: string; id: string; functions: PositionFunction[] }[] {
  const all = app.book.position?.data.functions ?? [];
  return [...new Set(all.map((item) => item.group))].map((id) => {
    const functions = all.filter((item) => item.group === id);
    return { id, functions, name: app.words.of(functions[0]!.group_name) };
  });
}

/** The view: grid and cell side by side. */
export function drawPosition(app: App): HTMLElement {
  return h("section", { class: "position", "aria-label": app.words.say("view.position") }, drawGrid(app), drawCell(app));
}
