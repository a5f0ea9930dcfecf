// The grid: functions by scope, each cell with its verdict, share of peers passed, certainty and claim.

import { placeName, type App } from "./app";
import { badgeLine } from "./badges";
import { gridCells } from "./csv_position";
import { focusKey, h } from "./dom";
import { cityChoice, functionName, groupsOf, said, scopeName, setName } from "./position";
import { columnsOf, neighbour, worstOf } from "./position_model";
import { csvButton } from "./take";
import type { GridCell, PositionFunction } from "./types_position";

export const VERDICTS: Record<string, string> = { "reached": "●", "not reached": "○", "not tested": "–" };
export const CLAIMS: Record<string, string> = { "supported": "✓", "wider than the evidence": "!", "not tested": "?" };

const NARROW = 800; // below, the cell in hand stands under the grid

/** The grid in its panel. */
export function drawGrid(app: App): HTMLElement {
  const { words } = app;
  const { data } = app.book.position!;
  const columns = columnsOf(data);
  const named = columns.some(({ sets }) => sets.length > 1);
  const across = columns.flatMap(({ scope, sets }) => (sets.length ? sets.map((set) => [scope, set.id] as const) : [[scope, ""] as const]));
  const title = words.say("position.title", { place: placeName(app, app.state.city) });
  return h("div", { class: "grid-pane" },
    h("div", { class: "panel-head" }, h("h2", {}, title), h("span", { class: "space" }), cityChoice(app), csvButton(app, "position", () => gridCells(app))),
    badgeLine(app, app.state.city),
    h("p", { class: "note lead" }, words.say("position.lead", { bar: words.number(data.rule.bar), least: data.rule.min_peers })),
    h("div", { class: "scroll", "data-scroll": "grid" },
      h("table", { class: across.length > 4 ? "positions many" : "positions", role: "grid", "aria-label": title },
        h("thead", {},
          h("tr", {}, h("th", { scope: "col", rowspan: named ? 2 : 1 }, words.say("position.function")), columns.map(({ scope, sets }) => h("th", { scope: "colgroup", colspan: Math.max(1, sets.length), class: "scope" }, scopeName(app, scope)))),
          named && h("tr", {}, across.map(([scope, set], k) => h("th", { scope: "col", class: "set", title: set && setName(app, scope, set) }, set && [h("span", { class: "set-no", "aria-hidden": "true" }, k + 1), h("span", { class: "set-name" }, setName(app, scope, set))])))),
        groupsOf(app).map((group) => h("tbody", { keydown: (event: KeyboardEvent) => step(app, event) },
          h("tr", { class: "group" }, h("th", { scope: "rowgroup", colspan: across.length + 1 }, group.name)),
          group.functions.map((item) => row(app, item, across)))))),
    named && h("p", { class: "note set-key" }, words.say("position.sets", { names: across.flatMap(([scope, set], k) => (set ? [`${k + 1} ${setName(app, scope, set)}`] : [])).join(words.say("semicolon")) })),
    legend(app));
}

function row(app: App, item: PositionFunction, across: (readonly [string, string])[]): HTMLElement {
  const { words } = app;
  const position = words.of(item.position);
  return h("tr", {}, h("th", { scope: "row" }, h("span", { class: "function" }, words.of(item.name)),
    position && h("span", { class: "muted printed", title: item.assumed ? words.say("position.assumed") : null }, position, item.assumed && h("abbr", { class: "flag", title: words.say("position.assumed"), "aria-label": words.say("position.assumed") }, "※"))),
  across.map(([scope, set]) => {
    const cell = app.book.position!.cell(app.state.city, [item.id, scope, set]);
    return cell ? box(app, cell) : h("td", { class: "none" }, h("span", { class: "muted" }, words.say("position.no_peers")));
  }));
}

function box(app: App, cell: GridCell): HTMLElement {
  const { words, state } = app;
  const key = [cell.function, cell.scope, cell.set];
  const held = key.join() === state.cell.join();
  const claim = worstOf(app.book.position!.claims(cell.place, cell.function, cell.scope));
  const { bar } = app.book.position!.data.rule;
  return h("td", {
    class: `box ${cell.verdict.replace(" ", "-")}${cell.widest ? " widest" : ""}${held ? " held" : ""}`, role: "gridcell", tabindex: held ? 0 : -1, "aria-selected": held ? "true" : "false",
    "data-key": `cell/${key.join("/")}`, "aria-label": describe(app, cell, claim), click: () => {
      app.set({ cell: key, on: [] });
      if (window.innerWidth < NARROW) document.querySelector(".cell-pane")?.scrollIntoView({ block: "start" });
    },
  },
  h("span", { class: "verdict", "aria-hidden": "true" }, h("span", { class: "dot-sign" }, VERDICTS[cell.verdict] ?? ""), h("span", { class: "word" }, said(app, "verdict", cell.verdict)), cell.q !== null && h("b", {}, words.number(cell.q, 2))),
  cell.q !== null && h("span", { class: "q-bar", "aria-hidden": "true", "--q": `${100 * cell.q}%`, "--bar": `${100 * bar}%` }),
  h("span", { class: "more", "aria-hidden": "true" },
    cell.certainty !== null && h("span", { class: "sure" }, words.say("position.sure", { share: words.chance(cell.certainty) })),
    cell.ready === "by" && cell.ready_year !== null && h("span", { class: "sure" }, words.say("position.by", { year: cell.ready_year })),
    claim && h("span", { class: `claim ${claim.split(" ")[0]}` }, h("span", { class: "claim-sign" }, CLAIMS[claim]), h("span", { class: "word" }, said(app, "claim", claim)))));
}

/** All that a cell says, in one sentence. */
export function describe(app: App, cell: GridCell, claim: string): string {
  const { words } = app;
  const parts = [
    words.say("position.cell_name", { function: functionName(app, cell.function), scope: scopeName(app, cell.scope), set: setName(app, cell.scope, cell.set) }), said(app, "verdict", cell.verdict),
    cell.q === null ? "" : words.say("position.q_text", { q: words.number(cell.q, 2), passed: cell.passed, tied: cell.tied, not_passed: cell.not_passed }),
    cell.certainty === null ? "" : words.say("position.sure", { share: words.chance(cell.certainty) }), cell.widest ? words.say("position.widest") : "", claim && said(app, "claim", claim),
  ];
  return parts.filter(Boolean).join(words.say("comma"));
}

function legend(app: App): HTMLElement {
  const { words } = app;
  const { data } = app.book.position!;
  const claims = new Set(data.claims.filter((item) => item.function).map((item) => item.verdict));
  return h("p", { class: "legend note" },
    Object.entries(VERDICTS).map(([verdict, sign]) => h("span", { class: `key sign-${verdict.replace(" ", "-")}` }, h("span", { class: "dot-sign", "aria-hidden": "true" }, sign), said(app, "verdict", verdict))),
    h("span", { class: "key" }, h("span", { class: "swatch widest", "aria-hidden": "true" }), words.say("position.widest")),
    h("span", { class: "key" }, words.say("position.q_legend", { bar: words.number(data.rule.bar) })),
    Object.keys(CLAIMS).filter((verdict) => claims.has(verdict)).map((verdict) => h("span", { class: "key" }, h("span", { class: `claim ${verdict.split(" ")[0]}`, "aria-hidden": "true" }, h("span", { class: "claim-sign" }, CLAIMS[verdict])), said(app, "claim", verdict))),
    data.cells.some((cell) => cell.certainty !== null) && h("span", { class: "key" }, words.say("position.sure_legend")));
}

const STEPS: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Home: [0, -99], End: [0, 99] };

function step(app: App, event: KeyboardEvent): void {
  const go = STEPS[event.key];
  if (!go) return;
  event.preventDefault();
  const cell = neighbour(app.book.position!.data, app.state.cell, ...go);
  app.set({ cell, on: [] });
  focusKey(document.body, `cell/${cell.join("/")}`);
}
