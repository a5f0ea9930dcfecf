// Strategies as cards, fields by place, resources across borders.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { entryTable, labelled, labelledAll, money } from "./entries";
import { called, part } from "./insight";

/** Strategies of the place in hand first, those of others after. */
export function strategies(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = [...book.tables.get("strategy_cards")].sort((a, b) => Number(b.place === home) - Number(a.place === home));
  if (!rows.length) return null;
  return part(app, ["strategy_cards"], "", h("div", { class: "cards" }, rows.map((row) => {
    const items: [string, string][] = [
      ["span", row.start || row.end ? `${row.start || "?"}–${row.end || "?"}` : words.say("registers.not_stated")],
      ["budget", row.budget === null ? words.say("registers.not_stated") : money(app, row.budget, row.currency)],
      ["goal", words.of(row.goal) || words.say("registers.not_stated")], ["fields", labelledAll(app, row.field) || words.say("registers.not_stated")], ["instruments", labelledAll(app, row.instrument) || words.say("registers.not_stated")],
    ];
    return h("article", { class: "card" }, h("h4", {}, words.of(row.name)), h("p", { class: "muted" }, placeName(app, row.place)), h("dl", {}, items.map(([key, text]) => h("div", {}, h("dt", {}, words.say(`board.${key}`)), h("dd", {}, text)))));
  })));
}

/** Fields by register, or by place where several places have them. */
export function fields(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const all = book.tables.get("field_matrix");
  const own = all.filter((row) => row.place === home);
  if (!own.length) return null;
  const places = [...new Set(all.map((row) => row.place))];
  const many = places.length > 1;
  const columns = many ? places : [...new Set(own.map((row) => row.register))];
  const rows = many ? all : own;
  const names = [...new Set(rows.map((row) => row.field))];
  const count = (field: string, column: string): number => rows.filter((row) => row.field === field && (many ? row.place : row.register) === column).reduce((sum, row) => sum + (row.entries ?? 0), 0);
  const most = Math.max(1, ...names.flatMap((field) => columns.map((column) => count(field, column))));
  const told = (field: string): number => columns.filter((column) => count(field, column)).length;
  const sorted = [...names].sort((a, b) => told(b) - told(a));
  const entries = ["fronts", "firms", "cases"].filter((name) => book.tables.entries(`register_${name}`).some((row) => row["place"] === home));
  return part(app, ["field_matrix"], words.say(many ? "board.fields_places" : "board.fields_registers"),
    h("div", { class: "tall", tabindex: 0, role: "region", "data-scroll": "fields", "aria-label": words.say("board.fields") }, h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table slot-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("flows.field")), columns.map((column) => h("th", { scope: "col" }, many ? placeName(app, column) : called(app, "register", column))))),
      h("tbody", {}, sorted.map((field) => h("tr", {}, h("th", { scope: "row" }, labelled(app, field)), columns.map((column) => h("td", { class: "shade c", "--depth": count(field, column) / most / 2 }, count(field, column) || h("span", { class: "muted" }, "–"))))))))),
    entries.map((name) => h("details", {}, h("summary", { "data-key": `list/${name}` }, words.say("board.list", { name: called(app, "register", name), n: book.tables.entries(`register_${name}`).filter((row) => row["place"] === home).length })),
      entryTable(app, `register_${name}`, book.tables.entries(`register_${name}`).filter((row) => row["place"] === home)))));
}

/** How freely each resource passes each border. */
export function flows(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("barrier_matrix").filter((row) => row.place === home || row.other === home);
  if (!rows.length) return null;
  const others = [...new Set(rows.map((row) => `${row.place}/${row.other}`))];
  const resources = [...new Set(rows.map((row) => row.resource))];
  const tone = (state: string): string => ({ free: "state good", limited: "state warn", closed: "state bad" })[state] ?? "state muted";
  return part(app, ["barrier_matrix"], words.say("board.barriers_text"), h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table slot-table" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("board.border")), resources.map((resource) => h("th", { scope: "col" }, called(app, "list.resource", resource))))),
    h("tbody", {}, others.map((pair) => {
      const [from = "", to = ""] = pair.split("/");
      return h("tr", {}, h("th", { scope: "row" }, words.say("board.from_to", { from: placeName(app, from), to: placeName(app, to) })), resources.map((resource) => {
        const state = rows.find((row) => row.place === from && row.other === to && row.resource === resource)?.state ?? "";
        return h("td", { class: "c" }, h("span", { class: tone(state) }, state && state !== "not known" ? called(app, "list.barrier", state) : words.say("board.not_known")));
      }));
    })))));
}
