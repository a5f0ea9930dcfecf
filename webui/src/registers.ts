// Registers: the five pillars as a grid, what stands in a slot, and every register with its entries and gaps.

import { placeName, type App } from "./app";
import { finance, ladder, links, ranks } from "./board_business";
import { fields, flows, strategies } from "./board_city";
import { firsts, platforms, transfer } from "./board_public";
import { h } from "./dom";
import { entryTable } from "./entries";
import { homeChoice, homeOf, placesOf } from "./home";
import { called, frameOf, line, part, sheet, titleOf, type TableName } from "./insight";
import { pillars } from "./pillars";
import { tableCells } from "./csv_tables";
import { csvButton } from "./take";

/** The view. */
export function drawRegisters(app: App): HTMLElement {
  const { tables } = app.book;
  const places = placesOf(app, [...tables.get("register_gaps"), ...tables.get("pillars")]);
  const asked = places.find((place) => tables.get("register_gaps").some((row) => row.place === place && (row.entries ?? 0) > 0)) ?? "";
  const home = homeOf(app, [asked, ...places.filter((place) => place !== asked)].filter(Boolean));
  return frameOf(app, "registers", app.words.say("board.title", { place: placeName(app, home) }), homeChoice(app, places, home), [
    pillars(app, home), books(app, home), platforms(app, home), transfer(app, home), finance(app, home), ladder(app, home), links(app, home), firsts(app, home), ranks(app, home), strategies(app, home), fields(app, home), flows(app, home),
  ]);
}

/** Every register: entries, gaps, its file to take away; the one in hand with its entries. */
function books(app: App, home: string): HTMLElement | null {
  const { words, book, state } = app;
  const rows = book.tables.get("register_gaps").filter((row) => row.place === home);
  if (!rows.length) return null;
  const open = state.entry[0] === "register" ? (state.entry[1] ?? "") : "";
  const total = (key: "entries" | "without_source" | "without_date" | "not_stated"): number => rows.reduce((sum, row) => sum + (row[key] ?? 0), 0);
  const table = (name: string): TableName => `register_${name}`;
  const empty = rows.filter((row) => !row.entries).map((row) => called(app, "register", row.register));
  return part(app, ["register_gaps", "register_open", "register_labels"], words.say("unknowns.registers", { entries: total("entries"), without_source: total("without_source"), without_date: total("without_date"), not_stated: total("not_stated") }),
    empty.length > 0 && h("p", { class: "note" }, words.say("unknowns.empty", { registers: words.list(empty) })),
    sheet([[words.say("board.register")], [words.say("board.entries"), true], [words.say("board.without_source"), true], [words.say("board.without_date"), true], [words.say("board.not_stated"), true], [""]],
      rows.map((row) => {
        const here = row.register === open;
        const title = called(app, "register", row.register);
        return line(row.entries ? h("button", { type: "button", class: "link", "data-key": `register/${row.register}`, "aria-expanded": here ? "true" : "false", click: () => app.set({ entry: here ? [] : ["register", row.register] }) }, title) : title,
          [[words.number(row.entries), true], [words.number(row.without_source), true], [words.number(row.without_date), true], [words.number(row.not_stated), true],
            [row.entries ? csvButton(app, table(row.register), () => tableCells(app, table(row.register)), titleOf(app, table(row.register))) : ""]], here ? "held" : "");
      }), "narrow books"),
    open && h("div", { class: "open-entries" }, h("h4", {}, called(app, "register", open)), entryTable(app, table(open), book.tables.entries(table(open)).filter((row) => row["place"] === home || row["place"] === undefined))));
}

