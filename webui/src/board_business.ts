// Finance by slot and stage with its leverage, the talent ladder, links of industry chains, external ranks.

import { placeName, type App } from "./app";
import { h } from "./dom";
import { labelled, labelledAll, money, roughly } from "./entries";
import { barOf, called, line, part, sheet } from "./insight";
import type { FinanceRatio } from "./types_registers";

/** What each slot of finance offers to each stage of firms, and what the amounts come to each. */
export function finance(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("finance_coverage").filter((row) => row.place === home);
  const ratios = book.tables.get("finance_ratios").filter((row) => row.place === home);
  if (!rows.length && !ratios.length) return null;
  const slots = [...new Set(rows.map((row) => row.slot))];
  const stages = [...new Set(rows.map((row) => row.stage))];
  const stage = (id: string): string => (id === "not stated" ? words.say("registers.not_stated") : called(app, "list.life-stage", id));
  const bare = slots.filter((slot) => !rows.some((row) => row.slot === slot && (row.entries ?? 0) > 0)).map((slot) => called(app, "list.finance-slot", slot));
  const said = bare.length ? words.say("registers.slots_of_finance_empty", { place: placeName(app, home), all: slots.length, number: slots.length - bare.length, empty: words.list(bare) }) : words.say("registers.slots_of_finance", { place: placeName(app, home), all: slots.length });
  return part(app, ["finance_coverage", "finance_ratios"], "", rows.length > 0 && h("p", {}, said),
    rows.length > 0 && h("div", { class: "wide-table" }, h("table", { class: "sheet text insight-table slot-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("board.slot_of_finance")), stages.map((id) => h("th", { scope: "col" }, stage(id))))),
      h("tbody", {}, slots.map((slot) => h("tr", {}, h("th", { scope: "row" }, called(app, "list.finance-slot", slot)), stages.map((id) => {
        const entries = rows.find((row) => row.slot === slot && row.stage === id)?.entries ?? 0;
        return h("td", { class: "shade c", "--depth": entries ? 0.35 : 0 }, entries ? words.number(entries) : h("span", { class: "muted" }, "–"));
      })))))),
    ratios.length > 0 && sheet([[words.say("board.entry")], [words.say("board.measure")], [words.say("models.value"), true], [words.say("board.read_from")]], ratios.map((row) => line([words.of(row.name), h("span", { class: "muted line" }, called(app, "list.finance-slot", row.slot))],
      [[words.say(`board.${row.measure.replace(/ /g, "_")}`)], [ratio(app, row), true], [words.say("method.where_text", { file: row.file, row: row.row ?? "" })]])), "stretch"));
}

function ratio(app: App, row: FinanceRatio): string {
  if (row.value === null) return "—";
  const told = row.unit === "ratio" || row.unit === "projects" ? app.words.number(row.value, 1) : money(app, row.value, row.unit);
  return roughly(app, row.qualifier, told);
}

/** Rungs of the talent ladder, the lowest first. */
export function ladder(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("talent_pyramid").filter((row) => row.place === home);
  if (!rows.length) return null;
  const most = Math.max(1, ...rows.map((row) => row.count ?? 0));
  return part(app, ["talent_pyramid"], rows.every((row) => row.count === null) ? words.say("board.ladder_open") : "",
    sheet([[words.say("board.rung")], [words.say("binds.year")], [words.say("board.people"), true], [""], [words.say("flows.share"), true], [words.say("board.growth"), true]], rows.map((row) => line([called(app, "list.talent-rung", row.rung), row.inverted && h("span", { class: "warn line" }, words.say("board.inverted"))], [
      [row.year ?? words.say("registers.not_stated")], [row.count === null ? h("span", { class: "muted" }, words.say("registers.not_stated")) : words.number(row.count), true], [h("div", { class: "bar-cell" }, barOf(row.count === null ? null : row.count / most, words.number(row.count)))], [words.percent(row.share), true], [words.percent(row.growth, 1), true]])), "narrow"));
}

/** Weak and strong links of the industry chains. */
export function links(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const rows = book.tables.get("chain_links").filter((row) => row.place === home);
  if (!rows.length) return null;
  return part(app, ["chain_links"], words.say("board.links_text"), sheet([[words.say("board.chain")], [words.say("board.links"), true], [words.say("board.strong")], [words.say("board.weak")], [words.say("board.middle"), true], [words.say("board.link_open"), true]], rows.map((row) => line(labelled(app, row.chain), [
    [words.number(row.links), true], [row.strong_links.length ? h("span", { class: "state good" }, `▲ ${labelledAll(app, row.strong_links)}`) : "—"], [row.weak_links.length ? h("span", { class: "state bad" }, `▼ ${labelledAll(app, row.weak_links)}`) : "—"], [words.number(row.middle), true], [words.number(row.not_stated), true]])), "stretch"));
}

/** External ranks by series; a city and its cluster are never in one. */
export function ranks(app: App, home: string): HTMLElement | null {
  const { words, book } = app;
  const bearers = new Set([home, ...book.tables.get("pillars").filter((row) => row.place === home && row.slot === "rank").map((row) => row.bearer)]);
  const rows = book.tables.get("rank_series").filter((row) => bearers.has(row.place));
  if (!rows.length) return null;
  const sorted = [...rows].sort((a, b) => Number(b.place === home) - Number(a.place === home) || a.index.localeCompare(b.index) || (a.edition ?? 0) - (b.edition ?? 0));
  const moved = (change: number | null): string => (change === null ? "—" : change === 0 ? words.say("board.same_rank") : words.say(change > 0 ? "board.rose" : "board.fell", { n: Math.abs(change) }));
  return part(app, ["rank_series"], words.say("registers.apart"), sheet([[words.say("board.index")], [words.say("board.boundary")], [words.say("board.edition")], [words.say("board.data_year")], [words.say("board.rank"), true], [words.say("board.of"), true], [words.say("board.moved")]], sorted.map((row) => line([labelled(app, row.index), row.place !== home && h("span", { class: "warn line" }, words.say("board.bearer", { place: placeName(app, row.place) }))], [
    [called(app, "list.boundary", row.boundary)], [row.edition ?? words.say("registers.not_stated")], [row.data_year ?? words.say("registers.not_stated")], [h("b", {}, words.number(row.rank)), true], [row.of === null ? words.say("registers.not_stated") : words.number(row.of), true], [moved(row.change)]])), "stretch"));
}
