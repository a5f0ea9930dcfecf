// The data table: every place and indicator with unit and year in the head; press a head to sort.

import { nodeName, placeName, scoreText, unitName, valueText, type App } from "./app";
import { h } from "./dom";
import { flags, number } from "./marks";
import type { Row } from "./model";

type Key = (row: Row) => number | string;

/** The table of all values. */
export function drawSheet(app: App): HTMLElement {
  const { words, model } = app;
  const root = model.root.id;
  const sorted = sortRows(app);
  const head = (key: string, name: string, unit: string): HTMLElement => {
    const on = app.state.sort.replace(/^-/, "") === key;
    const down = on && app.state.sort.startsWith("-");
    return h("th", { scope: "col", class: "r", "aria-sort": on ? (down ? "descending" : "ascending") : "none" },
      h("button", { type: "button", class: "link", "data-key": `sort/${key}`, click: () => app.set({ sort: on && down ? key : `-${key}` }) },
        name, unit && h("span", { class: "unit" }, unit), h("span", { class: "arrow", "aria-hidden": "true" }, on ? (down ? "▼" : "▲") : "")));
  };
  const year = (indicator: string): number | string => app.book.data.cells.find((cell) => cell.indicator === indicator)?.year ?? "";
  return h("section", { class: "data", "aria-label": words.say("view.table") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("table.title")), h("span", { class: "muted" }, words.say("table.hint"))),
    h("div", { class: "scroll", "data-scroll": "table" }, h("table", { class: "sheet wide" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("ranking.place")), head("rank", words.say("ranking.rank"), ""), head("score", words.say("ranking.score"), ""),
        model.index.leaves.map((leaf) => {
          const indicator = model.nodes.get(leaf)!.indicator;
          return head(leaf, nodeName(app, leaf), [unitName(app, app.book.indicators.get(indicator)?.unit ?? ""), words.say("table.year", { year: year(indicator) })].filter(Boolean).join(words.say("comma")));
        }))),
      h("tbody", {}, sorted.map((row) => h("tr", {
        class: row.place === app.state.place ? "held" : "", "data-place": row.place, click: () => app.set({ place: row.place }),
        mouseenter: () => app.hover(row.place), mouseleave: () => app.hover(null),
      },
      h("th", { scope: "row" }, placeName(app, row.place)),
      h("td", { class: "r" }, number(app, String(row.rank ?? "—"), [row.place, root, "rank"])),
      h("td", { class: "r" }, number(app, scoreText(app, row.score), [row.place, root, "score"])),
      model.index.leaves.map((leaf) => {
        const cell = app.book.cell(row.place, model.nodes.get(leaf)!.indicator);
        return h("td", { class: "r" }, number(app, valueText(app, cell?.value), [row.place, leaf, "raw"]), flags(app, cell?.flag ?? "", cell ? words.of(cell.note) : ""));
      })))))));
}

/** Rows in the order that the state asks for; without one, by rank. */
export function sortRows(app: App): Row[] {
  const down = app.state.sort.startsWith("-");
  const key = app.state.sort.replace(/^-/, "");
  const leaf = app.model.index.leaves.indexOf(key);
  const by: Record<string, Key> = { rank: (row) => row.rank ?? Infinity, score: (row) => row.score ?? -Infinity };
  const indicator = app.model.nodes.get(key)?.indicator ?? "";
  const value = by[key] ?? (leaf >= 0 ? (row: Row) => app.book.cell(row.place, indicator)?.value ?? -Infinity : null);
  if (!value) return app.now.rows;
  const sign = down ? -1 : 1;
  return [...app.now.rows].sort((a, b) => sign * (Number(value(a)) - Number(value(b))) || a.at - b.at);
}
