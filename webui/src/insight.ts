// What the views beside the grid share: the place in hand, names of ids, a table with its heading and its CSV.

import { placeName, type App } from "./app";
import { tableCells } from "./csv_tables";
import { h, type Children } from "./dom";
import type { Entry, EntryTable } from "./tables";
import { csvButton } from "./take";
import type { Insights } from "./types_insight";
import type { EcosystemTables } from "./types_tables";

export type TableName = keyof Insights | keyof EcosystemTables | EntryTable;

/** Rows of a table under its name, wherever the page has it. */
export const rowsOf = (app: App, name: TableName): Entry[] => (app.book.data.insights[name as keyof Insights] as unknown as Entry[] | undefined) ?? app.book.tables.entries(name);

/** Title of a table; that of a register is the catalogue's. */
export function titleOf(app: App, name: TableName): string {
  const key = `insight.table.${name}`;
  return app.words.has(key) ? app.words.say(key) : called(app, "register", name.replace("register_", ""));
}

/** What the catalogue calls an id of a family; one that it does not know stands for itself. */
export function called(app: App, family: string, id: string): string {
  const found = app.book.data.catalogue.names[family]?.[id];
  return found ? app.words.of(found) : id;
}

/** Name of a node of any index: the tables may be of another one than that in hand. */
export function nodeCalled(app: App, id: string): string {
  const found = app.book.data.indices.flatMap((index) => index.nodes).find((node) => node.id === id);
  return found ? app.words.of(found.name) : id;
}

/** Places to choose among: those positioned where any is told of, else all. */
export function choosable(app: App, told: string[]): string[] {
  const first = (app.book.position?.data.places ?? []).filter((place) => told.includes(place));
  return first.length ? first : [...new Set(told)];
}

/** The place in hand among those to choose from. */
export const inHand = (app: App, places: string[]): string => [app.state.city, app.state.place].find((place) => places.includes(place)) ?? places[0] ?? "";

/** A list to choose a place from; nothing where there is no choice. */
export function placeChoice(app: App, places: string[], place: string): HTMLElement | null {
  if (places.length < 2) return null;
  const positioned = app.book.position?.data.places ?? [];
  return h("label", { class: "choice" }, app.words.say("position.city"), h("select", { "data-key": "city", change: (event: Event) => {
    const value = (event.target as HTMLSelectElement).value;
    app.set(positioned.includes(value) ? { city: value, on: [] } : { place: value, on: [] });
  } }, places.map((id) => h("option", { value: id, selected: id === place }, placeName(app, id)))));
}

/** A view of parts that scroll together; parts without a table are left out. */
export function frameOf(app: App, name: string, title: string, choice: HTMLElement | null, parts: (HTMLElement | null)[]): HTMLElement {
  return h("section", { class: `insight ${name}`, "aria-label": app.words.say(`view.${name}`) },
    h("div", { class: "panel-head" }, h("h2", {}, title), h("span", { class: "space" }), choice),
    h("div", { class: "scroll", "data-scroll": name }, parts));
}

/** A heading, the CSV of each table behind it, a note, and what is told. */
export function part(app: App, names: TableName[], note: string, ...children: Children[]): HTMLElement {
  const given = names.filter((name) => rowsOf(app, name).length > 0);
  return h("div", { class: "part" },
    h("div", { class: "part-head" }, h("h3", {}, titleOf(app, names[0]!)), given.map((name, k) => {
      const title = titleOf(app, name);
      return csvButton(app, name, () => tableCells(app, name), title, k ? app.words.say("insight.csv_of", { name: title }) : "CSV");
    })),
    note && h("p", { class: "note" }, note), ...children);
}

export type Head = [text: string, numeric?: boolean];

/** A table that scrolls sideways where it is wider than its room. */
export function sheet(heads: Head[], rows: (HTMLElement | null)[], style = ""): HTMLElement {
  return h("div", { class: "wide-table" }, h("table", { class: `sheet text insight-table ${style}` },
    h("thead", {}, h("tr", {}, heads.map(([text, numeric]) => h("th", { scope: "col", class: numeric ? "r" : "" }, text)))),
    h("tbody", {}, rows)));
}

/** A row: its head, then its cells; numbers stand to the right. */
export function line(head: Children, cells: [Children, boolean?][], style = ""): HTMLElement {
  return h("tr", { class: style }, h("th", { scope: "row" }, head), cells.map(([content, numeric]) => h("td", { class: numeric ? "r" : "" }, content)));
}

/** A bar of a share of the whole width, with an interval where there is one. */
export function barOf(share: number | null, label: string, low: number | null = null, high: number | null = null): HTMLElement {
  const at = (value: number): string => `${100 * Math.max(0, Math.min(1, value))}%`;
  return h("div", { class: "bar", role: "img", "aria-label": label, "--tone": "#56B4E9" },
    share !== null && h("span", { class: "fill", "--from": "0%", "--to": at(share) }),
    low !== null && high !== null && high > low && h("span", { class: "whisker", "--from": at(low), "--to": at(high) }));
}

/** One of the fixed answers of the tables in words; any other stands for itself. */
export function answer(app: App, value: string): string {
  const key = `insight.answer.${value.replace(/[ -]/g, "_")}`;
  return app.words.has(key) ? app.words.say(key) : value;
}

/** A relation and its bar, such as ≥ 2.5. */
export const noFewer = (relation: string, bar: string): string => `${{ ">=": "≥", "<=": "≤" }[relation] ?? relation} ${bar}`;

/** The verdict of a test in a sign and a word. */
export function verdictOf(app: App, verdict: string): HTMLElement {
  const [sign, tone] = verdict === "yes" ? ["✓", "good"] : verdict === "no" ? ["✗", "bad"] : ["–", "muted"];
  return h("span", { class: `state ${tone}` }, h("span", { "aria-hidden": "true" }, sign), answer(app, verdict));
}
