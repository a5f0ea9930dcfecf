// Up to six places side by side: rank, score, tier, every indicator, and who beats whom in the draws.

import { compared, nodeName, nodeScore, placeName, scoreText, unitName, valueText, type App } from "./app";
import { h, type Children } from "./dom";
import { flags, mark, number, rankRange, scoreRange, tierColour, tierWords } from "./marks";
import type { Row } from "./model";
import { MOST_COMPARED } from "./state";

/** The comparison as one table with a column for each place. */
export function drawCompare(app: App): HTMLElement {
  const { words } = app;
  const rows = compared(app).map((place) => app.now.of.get(place)!).filter(Boolean);
  const line: Line = (head, cells, kind = "") =>
    h("tr", { class: kind }, h("th", { scope: "row" }, head), cells);
  const root = app.model.root.id;
  return h("section", { class: "compare", "aria-label": words.say("view.compare") },
    h("div", { class: "panel-head" }, h("h2", {}, words.say("compare.title")), h("span", { class: "space" }), adder(app, rows)),
    h("div", { class: "scroll", "data-scroll": "compare" }, h("p", { class: "note" }, words.say("compare.hint", { most: MOST_COMPARED })),
      h("table", { class: "sheet fixed" },
        h("thead", {}, h("tr", {}, h("th", {}), rows.map((row) => heading(app, row, rows)))),
        h("tbody", {},
          line(words.say("profile.rank"), rows.map((row) => h("td", {}, number(app, words.say("nth", { n: row.rank ?? "—" }), [row.place, root, "rank"]), h("span", { class: "muted" }, words.say("in_brackets", { text: rankRange(app, row) }))))),
          line(words.say("profile.score"), rows.map((row) => h("td", {}, number(app, scoreText(app, row.score), [row.place, root, "score"]), h("span", { class: "muted" }, scoreRange(app, row))))),
          app.model.tiered && line(words.say("profile.tier"), rows.map((row) => h("td", { class: "tier" }, mark(row.tier, row.firm), tierWords(app, row), row.shares.length ? number(app, words.chance(Math.max(...row.shares)), [row.place, root, "tier"]) : null))),
          indicators(app, rows, line))),
      duel(app, rows)));
}

function adder(app: App, rows: Row[]): HTMLElement {
  const shown = rows.map((row) => row.place);
  return h("select", {
    "data-key": "compare-add", "aria-label": app.words.say("compare.add"), disabled: shown.length >= MOST_COMPARED,
    change: (event: Event) => app.set({ compare: [...shown, (event.target as HTMLSelectElement).value] }),
  }, h("option", { value: "" }, app.words.say("compare.add")),
  app.now.rows.filter((row) => !shown.includes(row.place)).map((row) => h("option", { value: row.place }, placeName(app, row.place))));
}

function heading(app: App, row: Row, rows: Row[]): HTMLElement {
  const name = placeName(app, row.place);
  return h("th", { scope: "col", "data-place": row.place, class: row.place === app.state.place ? "held" : "" },
    h("button", { type: "button", class: "link", "data-key": `c/${row.place}`, click: () => app.set({ place: row.place }) }, name),
    rows.length > 1 && h("button", {
      type: "button", class: "drop", "data-act": true, "data-key": `drop/${row.place}`, "aria-label": app.words.say("compare.drop", { name }),
      click: () => app.set({ compare: rows.filter((other) => other !== row).map((other) => other.place) }),
    }, "×"));
}

type Line = (head: Children, cells: (HTMLElement | null)[], kind?: string) => HTMLElement;

function indicators(app: App, rows: Row[], line: Line): HTMLElement[] {
  const { index } = app.model;
  const below = (node: string): HTMLElement[] => app.model.children(node).flatMap((child) => {
    if (!child.indicator) {
      const scores = rows.map((row) => h("td", {}, number(app, scoreText(app, nodeScore(app, row, child.id)), [row.place, child.id, "score"])));
      return [line(nodeName(app, child.id), scores, "group"), ...below(child.id)];
    }
    const leaf = index.leaves.indexOf(child.id);
    const values = rows.map((row) => index.normalised[row.at]?.[leaf] ?? null);
    const best = Math.max(...values.filter((v): v is number => v !== null));
    const apart = new Set(values).size > 1;
    const column = index.normalised.map((row) => row[leaf] ?? null).filter((v): v is number => v !== null);
    const [least, most] = [Math.min(...column), Math.max(...column)];
    const unit = unitName(app, app.book.indicators.get(child.indicator)?.unit ?? "");
    return [line([nodeName(app, child.id), unit && h("span", { class: "unit" }, unit)], rows.map((row, k) => {
      const cell = app.book.cell(row.place, child.indicator);
      const v = values[k]!;
      const wide = v === null ? 0 : (100 * (v - least)) / (most - least || 1);
      return h("td", { class: v === best && apart ? "best" : "" }, number(app, valueText(app, cell?.value), [row.place, child.id, "raw"]), flags(app, cell?.flag ?? "", cell ? app.words.of(cell.note) : ""),
        h("span", { class: "mini", "--to": `${wide}%`, "--tone": tierColour(row.tier), "aria-hidden": "true" }));
    }))];
  });
  return below(app.model.root.id);
}

/** Share of the draws in which one place stands before another; ties count half. */
export function winShare(app: App, one: Row, other: Row): number | null {
  const { live } = app.now;
  if (!live) return app.model.index.wins[one.at]?.[other.at] ?? null;
  const n = live.drawn.length / app.model.index.places.length;
  let wins = 0;
  for (let k = 0; k < live.used; k++) {
    const [a, b] = [live.drawn[one.at * n + k]!, live.drawn[other.at * n + k]!];
    wins += a < b ? 1 : a === b ? 0.5 : 0;
  }
  return live.used ? wins / live.used : null;
}

function duel(app: App, rows: Row[]): HTMLElement | null {
  const { words } = app;
  if (rows.length < 2 || (!app.now.live && !app.model.index.wins.length)) return null;
  return h("div", {}, h("h3", {}, words.say("compare.duel")), h("p", { class: "muted" }, words.say("compare.duel_text")),
    h("table", { class: "sheet fixed" },
      h("thead", {}, h("tr", {}, h("th", {}, words.say("compare.row_beats")), rows.map((row) => h("th", { scope: "col" }, placeName(app, row.place))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, placeName(app, row.place)),
        rows.map((other) => {
          const share = row === other ? null : winShare(app, row, other);
          return h("td", { class: "shade", "--depth": share ?? 0 }, share === null ? "" : words.chance(share));
        }))))));
}
