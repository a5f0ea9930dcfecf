// The five pillars by input, activity, output and external rank; a cell opens what stands in it, empty ones are seen.

import { placeName, unitName, type App } from "./app";
import { h } from "./dom";
import { roughly, sourceTitle } from "./entries";
import { called, line, part, sheet } from "./insight";
import type { PillarEntry } from "./types_holdings";

const SHOWN = 2; // entries of a cell

/** Value of an entry with how exact it is and its unit. */
export function told(app: App, row: PillarEntry): string {
  if (row.value === null) return "—";
  if (row.slot === "rank") return app.words.say("nth", { n: app.words.number(row.value) });
  return roughly(app, row.qualifier, `${app.words.number(row.value)} ${unitName(app, row.unit)}`.trim());
}

/** The grid, and the cell in hand below it. */
export function pillars(app: App, home: string): HTMLElement | null {
  const { words, book, state } = app;
  const rows = book.tables.get("pillars").filter((row) => row.place === home);
  if (!rows.length) return null;
  const pillarIds = [...new Set(rows.map((row) => row.pillar))];
  const slots = Object.keys(book.data.catalogue.names["pillar_slot"] ?? {});
  const filled = (pillar: string, slot: string): PillarEntry[] => rows.filter((row) => row.pillar === pillar && row.slot === slot && row.filled);
  const [pillar = "", slot = ""] = state.entry;
  const full = pillarIds.flatMap((id) => slots.filter((item) => filled(id, item).length)).length;
  return part(app, ["pillars"], `${words.say("registers.slots", { place: placeName(app, home), all: pillarIds.length * slots.length, filled: full })} ${words.say("board.pillars_text")}`,
    h("div", { class: "wide-table" }, h("table", { class: "sheet pillar-grid" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("board.pillar")), slots.map((item) => h("th", { scope: "col" }, called(app, "pillar_slot", item))))),
      h("tbody", {}, pillarIds.map((id) => h("tr", {}, h("th", { scope: "row" }, called(app, "pillar", id)), slots.map((item) => h("td", {}, cell(app, id, item, filled(id, item), pillar === id && slot === item, home)))))))),
    filled(pillar, slot).length > 0 && entries(app, filled(pillar, slot), home));
}

function cell(app: App, pillar: string, slot: string, rows: PillarEntry[], held: boolean, home: string): HTMLElement {
  const { words } = app;
  if (!rows.length) return h("div", { class: "slot-cell gap" }, words.say("board.nothing"));
  return h("button", { type: "button", class: held ? "slot-cell held" : "slot-cell", "data-key": `slot/${pillar}/${slot}`, "aria-expanded": held ? "true" : "false", click: () => app.set({ entry: held ? [] : [pillar, slot] }) },
    rows.slice(0, SHOWN).map((row) => h("span", { class: "slot-line" }, h("span", {}, words.of(row.name)), " ", h("b", {}, told(app, row)), row.bearer && row.bearer !== home && h("span", { class: "warn" }, words.say("in_brackets", { text: placeName(app, row.bearer) })))),
    rows.length > SHOWN && h("span", { class: "muted" }, words.say("board.more_entries", { n: rows.length - SHOWN })));
}

function entries(app: App, rows: PillarEntry[], home: string): HTMLElement {
  const { words } = app;
  const from = (row: PillarEntry): string => (row.register ? words.say("board.in_register", { name: called(app, "register", row.register) }) : words.say("board.in_panel"));
  return h("div", { class: "open-entries" }, h("h4", {}, words.say("board.slot", { pillar: called(app, "pillar", rows[0]!.pillar), slot: called(app, "pillar_slot", rows[0]!.slot) })),
    sheet([[words.say("board.entry")], [words.say("models.value"), true], [words.say("binds.year")], [words.say("board.kept_in")], [words.say("board.read_from")]], rows.map((row) => line(
      [words.of(row.name), row.bearer && row.bearer !== home && h("span", { class: "warn line" }, words.say("board.bearer", { place: placeName(app, row.bearer) }))],
      [[told(app, row), true], [row.year ?? h("span", { class: "muted" }, words.say("registers.not_stated"))], [from(row)],
        [h("span", { class: "muted" }, row.row === null ? row.file : words.say("method.where_text", { file: row.file, row: row.row }), h("span", { class: "line" }, sourceTitle(app, row.source)))]])), "entry-table"));
}
