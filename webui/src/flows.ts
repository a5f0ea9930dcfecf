// Chains and ties: how the four chains fit together, talent against industry, and who works with whom.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { divisions } from "./division";
import { homeButton, homeChoice, homeOf, pick, placesOf, yearOf, yearsOf } from "./home";
import { called, frameOf, line, part, sheet } from "./insight";
import { helix, openness, synergies } from "./synergies";
import { signed } from "./subsystems";
import type { ChainFusion } from "./types_flows";

const CHAINS = ["industry", "innovation", "capital", "talent"] as const;

/** Name of a field of the chains. */
export function fieldName(app: App, id: string): string {
  const found = app.book.tables.get("chain_fields").find((row) => row.field === id);
  return found ? app.words.of(found.name) : id;
}

/** The view. */
export function drawFlows(app: App): HTMLElement {
  const { words, book, state } = app;
  const fusion = book.tables.get("chain_fusion");
  const places = placesOf(app, [...fusion, ...book.tables.get("talent_mismatch"), ...book.tables.get("open_innovation"), ...book.tables.get("synergy"), ...book.tables.get("triple_helix")]);
  const home = homeOf(app, places);
  const fields = [...new Set(fusion.map((row) => row.field))];
  const field = fields.find((item) => item === state.field) ?? fields[0] ?? "";
  const years = yearsOf([...fusion, ...book.tables.get("synergy"), ...book.tables.get("open_innovation")]);
  const year = yearOf(app, years);
  const tools = h("div", { class: "eco-tools" }, pick("field", words.say("flows.field"), fields.map((item) => [item, fieldName(app, item)]), field, (value) => app.set({ field: value })),
    pick("year", words.say("ecosystem.year"), years.map((item) => [String(item), String(item)]), String(year), (value) => app.set({ year: value })), homeChoice(app, places, home));
  return frameOf(app, "flows", words.say("flows.title"), tools, [chains(app, fusion, field, year, home), fieldsOf(app, fusion, year, home), mismatch(app, year, home), synergies(app, home), openness(app, home), helix(app, home), divisions(app)]);
}

/** The year in hand where the table has it, else its last. */
function nearest(rows: { year: number | null }[], year: number | null): number | null {
  const years = yearsOf(rows);
  return years.includes(year ?? 0) ? year : (years.at(-1) ?? null);
}

function chains(app: App, fusion: ChainFusion[], field: string, wanted: number | null, home: string): HTMLElement | null {
  const { words } = app;
  const own = fusion.filter((row) => row.field === field);
  const year = nearest(own, wanted);
  const rows = own.filter((row) => row.year === year).sort((a, b) => (b.coordination ?? -1) - (a.coordination ?? -1));
  if (!rows.length) return null;
  const { compared, scaling } = rows[0]!;
  const scaled = words.say(`scaling.${scaling ? `${scaling}_${compared}` : "given"}`);
  const text = words.say("flows.chains_text", { field: fieldName(app, field), year: year ?? "", scaling: scaled });
  return part(app, ["chain_fusion", "chain_gaps", "chain_amounts"], text,
    h("div", { class: "plane-pair" }, h("div", { class: "tall", tabindex: 0, role: "region", "data-scroll": "chains", "aria-label": words.say("flows.chains") }, heat(app, rows, (row) => homeButton(app, row.place, "chain"), words.say("position.city"), (row) => row.place === home)), gaps(app, field, year, home)));
}

/** Fields of the place in hand, where there are several. */
function fieldsOf(app: App, fusion: ChainFusion[], wanted: number | null, home: string): HTMLElement | null {
  const { words } = app;
  const own = fusion.filter((row) => row.place === home);
  const rows = own.filter((row) => row.year === nearest(own, wanted));
  if (rows.length < 2) return null;
  return h("div", { class: "part" }, h("h3", {}, words.say("flows.by_field", { place: placeName(app, home) })), heat(app, rows, (row) => fieldName(app, row.field), words.say("flows.field"), (row) => row.field === app.state.field));
}

/** Whether a chain is the weakest; where all are alike, none is. */
export const isWeak = (row: { weakest: string[] }, chain: string): boolean => row.weakest.length < CHAINS.length && row.weakest.includes(chain);

function heat(app: App, rows: ChainFusion[], head: (row: ChainFusion) => HTMLElement | string, title: string, held: (row: ChainFusion) => boolean): HTMLElement {
  const { words } = app;
  return h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table slot-table chain-table" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, title), CHAINS.map((chain) => h("th", { scope: "col" }, called(app, "chain", chain))), h("th", { scope: "col" }, "D"), h("th", { scope: "col" }, words.say("flows.weakest")))),
    h("tbody", {}, rows.map((row) => h("tr", { class: held(row) ? "held" : "" }, h("th", { scope: "row" }, head(row)),
      CHAINS.map((chain) => h("td", { class: isWeak(row, chain) ? "shade r weakest" : "shade r", "--depth": Math.max(0, Math.min(1, row[chain] ?? 0)) }, words.number(row[chain], 2))),
      h("td", { class: "r" }, words.number(row.coordination, 2), row.coordination_low !== null && h("span", { class: "muted line" }, words.range(words.number(row.coordination_low, 2), words.number(row.coordination_high, 2)))),
      h("td", {}, row.weakest.length === CHAINS.length ? words.say("flows.alike") : row.weakest.length ? words.list(row.weakest.map((chain) => called(app, "chain", chain))) : "—", row.certainty !== null && row.weakest.length < CHAINS.length && h("span", { class: row.certainty < 0.7 ? "doubt line" : "muted line" }, words.say("flows.sure", { chance: words.chance(row.certainty) }))))))));
}

function gaps(app: App, field: string, year: number | null, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("chain_gaps").filter((row) => row.place === home && row.field === field && row.year === year);
  if (!rows.length) return null;
  const most = Math.max(...rows.flatMap((row) => [row.gap, row.gap_low, row.gap_high].map((value) => Math.abs(value ?? 0))), 1e-9);
  const at = (value: number): string => `${50 + (50 * value) / most}%`;
  return h("div", {}, h("h4", {}, words.say("flows.gaps", { place: placeName(app, home), year: year ?? "" })), h("p", { class: "note" }, words.say("flows.gaps_text")),
    sheet([[words.say("flows.pair")], [words.say("ecosystem.gap"), true], [""]], rows.map((row) => line(words.say("flows.minus", { chain: called(app, "chain", row.chain), other: called(app, "chain", row.other) }), [[signed(app, row.gap, 2), true], [
      h("div", { class: "bar-cell" }, h("div", { class: "bar middle", role: "img", "aria-label": `${signed(app, row.gap, 2)} ${words.range(signed(app, row.gap_low, 2), signed(app, row.gap_high, 2))}`, "--tone": "#56B4E9" },
        h("span", { class: "fill", "--from": at(Math.min(0, row.gap ?? 0)), "--to": at(Math.max(0, row.gap ?? 0)) }), row.gap_low !== null && row.gap_high !== null && h("span", { class: "whisker", "--from": at(row.gap_low), "--to": at(row.gap_high) })))]])), "narrow"));
}

function mismatch(app: App, wanted: number | null, home: string): HTMLElement | null {
  const { words, book } = app;
  const all = book.tables.get("talent_mismatch");
  const rows = all.filter((row) => row.year === nearest(all, wanted)).sort((a, b) => (b.mismatch ?? -1) - (a.mismatch ?? -1));
  if (!rows.length) return null;
  return part(app, ["talent_mismatch"], words.say("flows.mismatch_text"), sheet([[words.say("position.city")], [words.say("flows.mismatch"), true], [words.say("flows.interval"), true], [words.say("flows.short_of")], [words.say("flows.surplus_in")]],
    rows.map((row) => line(placeName(app, row.place), [[words.percent(row.mismatch, 1), true], [row.mismatch_low === null ? "—" : words.range(words.percent(row.mismatch_low, 1), words.percent(row.mismatch_high, 1)), true],
      [row.short_of ? `${fieldName(app, row.short_of)} ${words.percent(row.shortage, 1)}` : "—"], [row.surplus_in ? `${fieldName(app, row.surplus_in)} ${words.percent(row.surplus, 1)}` : "—"]], row.place === home ? "held" : ""))));
}
