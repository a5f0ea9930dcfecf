// Comparison with peers: chosen indicators and up to six peers, drawn relative to the place and listed beside.

import { placeName, unitName, valueText, type App } from "./app";
import { rivalCells } from "./csv_position";
import { h } from "./dom";
import { dotPlot } from "./dots";
import { indicatorName } from "./efficiency";
import { rowButton } from "./evidence";
import { tierColour, mark } from "./marks";
import { cityChoice, functionName, said } from "./position";
import { open, period } from "./position_cell";
import { rivalsOf, standingOf } from "./position_model";
import { MOST_COMPARED } from "./state";
import { csvButton } from "./take";
import type { Told } from "./types_position";

/** The view: choices, the plot, and the same numbers as a table. */
export function drawRivals(app: App): HTMLElement {
  const { words, state } = app;
  const { facts, rivals } = rivalsOf(app.book.position!, state);
  const place = placeName(app, state.city);
  return h("section", { class: "rivals", "aria-label": words.say("view.rivals") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("position.rivals", { place })), h("span", { class: "space" }), cityChoice(app), csvButton(app, "rivals", () => rivalCells(app))),
    h("div", { class: "scroll", "data-scroll": "rivals" }, choosers(app, facts, rivals),
      facts.length && rivals.length ? [h("p", { class: "note" }, words.say("position.plot_text", { place })), h("div", { class: "plot" }, dotPlot(app, facts, rivals)), legend(app, rivals), h("div", { class: "wide-table" }, table(app, facts, rivals))] : h("p", { class: "empty" }, words.say("position.none"))));
}

function choosers(app: App, facts: string[], rivals: string[]): HTMLElement {
  const { words, state } = app;
  const { data } = app.book.position!;
  const mine = data.relations.filter((item) => item.place === state.city);
  const told = new Set(mine.map((item) => item.indicator));
  const peers = [...new Set(mine.map((item) => item.peer))].filter((peer) => !rivals.includes(peer)).sort((a, b) => placeName(app, a).localeCompare(placeName(app, b), words.language));
  return h("div", { class: "choosers", "data-act": true },
    chooser(app, "facts", words.say("position.choose_facts"), facts.map((id) => [id, indicatorName(app, id)]), (next) => app.set({ facts: next }),
      data.functions.map((item) => h("optgroup", { label: functionName(app, item.id) }, item.indicators.filter((id) => told.has(id) && !facts.includes(id)).map((id) => h("option", { value: id }, indicatorName(app, id)))))),
    chooser(app, "rivals", words.say("position.choose_peers", { most: MOST_COMPARED }), rivals.map((id) => [id, placeName(app, id)]), (next) => app.set({ rivals: next }),
      peers.map((id) => h("option", { value: id }, placeName(app, id))), rivals.length >= MOST_COMPARED));
}

function chooser(app: App, key: string, label: string, chosen: [string, string][], act: (next: string[]) => void, options: HTMLElement[], full = false): HTMLElement {
  const { words } = app;
  const ids = chosen.map(([id]) => id);
  return h("div", { class: "chooser", role: "group", "aria-label": label }, h("span", { class: "muted" }, label),
    chosen.map(([id, name]) => h("span", { class: "chip" }, name, chosen.length > 1 && h("button", { type: "button", class: "drop", "data-key": `drop/${id}`, "aria-label": words.say("compare.drop", { name }), click: () => act(ids.filter((item) => item !== id)) }, "×"))),
    h("select", { "data-key": `add/${key}`, "aria-label": label, disabled: full, change: (event: Event) => act([...ids, (event.target as HTMLSelectElement).value]) }, h("option", { value: "" }, words.say("position.add")), options));
}

function legend(app: App, rivals: string[]): HTMLElement {
  const { words } = app;
  return h("p", { class: "note legend-line" }, rivals.map((id, k) => h("span", { class: "key" }, mark(k), placeName(app, id))),
    h("span", { class: "key" }, mark(0, false), words.say("position.open_mark")));
}

function table(app: App, facts: string[], rivals: string[]): HTMLElement {
  const { words, state } = app;
  const book = app.book.position!;
  const value = (told: Told, place: string, indicator: string): (HTMLElement | string)[] => [told.qualifier, rowButton(app, valueText(app, told.value), place, indicator, told.file, told.row)];
  return h("table", { class: "sheet rival-table" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("position.condition_indicator")), h("th", { scope: "col", class: "r held" }, placeName(app, state.city)),
      rivals.map((id, k) => h("th", { scope: "col", class: "r", "--tone": tierColour(k) }, mark(k), placeName(app, id))))),
    h("tbody", {}, facts.map((indicator) => {
      const first = book.relations(state.city, indicator)[0];
      const unit = first?.unit ?? app.book.indicators.get(indicator)?.unit ?? "";
      return h("tr", {}, h("th", { scope: "row" }, indicatorName(app, indicator), h("span", { class: "unit" }, unitName(app, unit)), (first?.direction ?? 1) < 0 && h("span", { class: "unit" }, words.say("position.less"))),
        h("td", { class: "r held" }, first && value(first.own, state.city, indicator), first && h("span", { class: "muted year" }, period(first.own) || words.say("position.undated"))),
        rivals.map((id) => {
          const row = book.relation(state.city, indicator, id);
          if (!row) return h("td", { class: "r muted" }, "—");
          const standing = standingOf(row.relation);
          return h("td", { class: `r ${standing}` }, h("span", { class: "sign", title: said(app, "relation", row.relation) }, standing === "passed" ? "▲" : standing === "tied" ? "＝" : "▽"), value(row.other, id, indicator), open(app, row, "qualifier"), open(app, row, "currency"),
            h("span", { class: "muted year" }, period(row.other) || words.say("position.undated"), open(app, row, "year"), open(app, row, "boundary")));
        }));
    })));
}
