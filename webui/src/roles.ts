// Roles: who concentrates and controls, how places score in wider frames, where lower tiers lead, what kind a local centre is.

import { placeName, tierName, valueText, type App } from "./app";
import { h } from "./dom";
import { indicatorName } from "./efficiency";
import { noFewer, barOf, called, frameOf, line, nodeCalled, part, sheet, verdictOf, type Head } from "./insight";
import type { LocalType, Rollup } from "./types_frames";
import type { HubLimit, HubPlace } from "./types_models";

/** The view: all places together, the one in hand marked. */
export function drawRoles(app: App): HTMLElement {
  return frameOf(app, "roles", app.words.say("roles.title"), null, [hub(app), rollups(app), containment(app), niches(app), local(app)]);
}

const held = (app: App, place: string): string => ([app.state.city, app.state.place].includes(place) && place === (app.state.city || app.state.place) ? "held" : "");

function hub(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.hub_position;
  if (!rows.length) return null;
  const layers = [...new Set(rows.map((row) => `${row.layer}/${row.year ?? ""}`))];
  const least = (row: HubLimit): string[] => (["concentration", "control"] as const).flatMap((key) => (row[key] ? [`${words.say(`roles.${key}`)} ≥ ${words.percent(row[key])}`] : []));
  const limits = book.data.insights.hub_limits.filter((row) => least(row).length).map((row) => `${words.of(row.name)}${words.say("colon")}${words.list(least(row))}`).join(words.say("semicolon"));
  return part(app, ["hub_position", "hub_limits", "hub_ties"], words.say("roles.hub_text", { limits }), layers.map((layer) => hubLayer(app, rows.filter((row) => `${row.layer}/${row.year ?? ""}` === layer), layers.length > 1)), ties(app));
}

/** The ties behind it, the strongest first. */
function ties(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = [...book.data.insights.hub_ties].sort((a, b) => a.layer.localeCompare(b.layer) || (b.weight ?? 0) - (a.weight ?? 0));
  if (!rows.length) return null;
  return h("details", {}, h("summary", { "data-key": "hub_ties" }, words.say("roles.ties", { n: rows.length })), h("div", { class: "tall", tabindex: 0, role: "region", "aria-label": words.say("insight.table.hub_ties") },
    sheet([[words.say("roles.from")], [words.say("roles.to")], [words.say("roles.layer")], [words.say("roles.weight"), true], [words.say("board.read_from")]],
      rows.map((row) => line(placeName(app, row.place), [[`${row.directed ? "→" : "↔"} ${placeName(app, row.other)}`], [[row.layer, row.year].filter(Boolean).join(" ")], [valueText(app, row.weight), true], [words.say("method.where_text", { file: row.file, row: row.row ?? "" })]], held(app, row.place))))));
}

function hubLayer(app: App, rows: HubPlace[], named: boolean): HTMLElement {
  const { words } = app;
  const cell = (value: number | null): HTMLElement => h("div", { class: "bar-cell" }, barOf(value, words.percent(value)));
  const sorted = [...rows].sort((a, b) => (b.control ?? -1) - (a.control ?? -1) || (b.concentration ?? -1) - (a.concentration ?? -1));
  const next = (row: HubPlace): string => (row.next_class ? words.say("roles.lacks", { name: words.of(app.book.data.insights.hub_limits.find((item) => item.grade === row.next_class)?.name ?? { zh: row.next_class, en: row.next_class }), points: words.number(100 * (row.distance ?? 0), 0), what: words.has(`roles.${row.lacks}`) ? words.say(`roles.${row.lacks}`) : row.lacks }) : "—");
  return h("div", {}, named && h("h4", {}, [rows[0]!.layer, rows[0]!.year].filter(Boolean).join(" ")),
    sheet([[words.say("ranking.place")], [words.say("roles.class")], [words.say("roles.concentration"), true], [""], [words.say("roles.control"), true], [""], [words.say("roles.next")]],
      sorted.map((row) => line(placeName(app, row.place), [[row.grade ? h("b", {}, words.of(row.name)) : words.say("position.no_class")], [words.percent(row.concentration), true], [cell(row.concentration)], [words.percent(row.control), true], [cell(row.control)], [next(row)]], held(app, row.place))), "hub-table"));
}

function rollups(app: App): HTMLElement | null {
  const { words, book } = app;
  const { rollups: rows, rollup_untagged: loose } = book.data.insights;
  if (!rows.length) return null;
  return part(app, ["rollups", "rollup_untagged"], words.say("roles.rollups_text"), [...new Set(rows.map((row) => row.hierarchy))].map((hierarchy) => {
    const missing = loose.filter((row) => row.hierarchy === hierarchy).map((row) => indicatorName(app, row.indicator));
    return h("div", {}, h("h4", {}, called(app, "hierarchy", hierarchy)), frame(app, rows.filter((row) => row.hierarchy === hierarchy)), missing.length > 0 && h("p", { class: "note" }, words.say("roles.untagged", { names: words.list(missing) })));
  }));
}

function frame(app: App, rows: Rollup[]): HTMLElement {
  const { words } = app;
  const slots = [...new Map(rows.map((row) => [row.slot, row])).values()];
  const values = rows.flatMap((row) => row.score ?? []);
  const [low, high] = [Math.min(...values, 0), Math.max(...values)];
  const most = (slot: string): number => Math.max(...rows.filter((row) => row.slot === slot).flatMap((row) => row.score ?? []));
  const first = slots.find((slot) => rows.some((row) => row.slot === slot.slot && row.score !== null))?.slot;
  const places = rows.filter((row) => row.slot === first).sort((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity)).map((row) => row.place);
  return h("div", { class: "wide-table tall", tabindex: 0, role: "region", "aria-label": called(app, "hierarchy", rows[0]!.hierarchy) }, h("table", { class: "sheet text insight-table slot-table" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("ranking.place")), slots.map((slot) => h("th", { scope: "col" }, words.of(slot.name), h("span", { class: "unit" }, words.say("roles.indicators", { n: slot.indicators })))))),
    h("tbody", {}, places.map((place) => h("tr", { class: held(app, place) }, h("th", { scope: "row" }, placeName(app, place)), slots.map(({ slot }) => {
      const score = rows.find((row) => row.place === place && row.slot === slot)?.score ?? null;
      return h("td", { class: `shade r ${score !== null && score === most(slot) ? "top" : ""}`, "--depth": score === null ? 0 : (score - low) / (high - low || 1) }, words.number(score, 2));
    }))))));
}

function containment(app: App): HTMLElement | null {
  const { words, book } = app;
  const { containment: rows, containment_shares: shares } = book.data.insights;
  if (!shares.length) return null;
  const name = (id: string): string => (id ? nodeCalled(app, id) : words.say("roles.all"));
  const both = (place: string, tier: number): HTMLElement => h("span", {}, placeName(app, place), h("span", { class: "muted line" }, tierName(app, tier)));
  return part(app, ["containment", "containment_shares"], words.say("roles.containment_text"),
    sheet([[words.say("position.function")], [words.say("roles.compared"), true], [words.say("roles.share"), true], [""]], shares.map((row) => line(name(row.function), [[words.number(row.compared), true], [words.percent(row.share), true], [h("div", { class: "bar-cell" }, barOf(row.share, words.percent(row.share)))]]))),
    rows.length > 0 && h("details", {}, h("summary", {}, words.say("roles.exceptions", { n: rows.length })), sheet([[words.say("position.function")], [words.say("roles.lower")], [words.say("models.value"), true], [words.say("roles.higher")], [words.say("models.value"), true], [words.say("roles.gap"), true]],
      [...rows].sort((a, b) => (b.gap ?? 0) - (a.gap ?? 0)).map((row) => line(name(row.function), [[both(row.lower, row.lower_tier)], [valueText(app, row.lower_value), true], [both(row.higher, row.higher_tier)], [valueText(app, row.higher_value), true], [valueText(app, row.gap), true]], held(app, row.lower))))));
}

function niches(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.special_functions;
  if (!rows.length) return null;
  const heads: Head[] = [[words.say("ranking.place")], [words.say("roles.niche")], [words.say("roles.lq"), true], [words.say("roles.higher_lq"), true], [words.say("roles.special")]];
  return part(app, ["special_functions"], words.say("roles.niches_text", { k: words.number(rows[0]!.k) }), sheet(heads, [...rows].sort((a, b) => Number(b.special === "yes") - Number(a.special === "yes") || (b.lq ?? 0) - (a.lq ?? 0)).map((row) => line([placeName(app, row.place), h("span", { class: "muted line" }, tierName(app, row.tier))],
    [[indicatorName(app, row.niche)], [words.number(row.lq, 2), true], [[words.number(row.higher_lq, 2), row.higher && h("span", { class: "muted line" }, placeName(app, row.higher))], true], [verdictOf(app, row.special)]], held(app, row.place)))));
}

function local(app: App): HTMLElement | null {
  const { words, book } = app;
  const rows = book.data.insights.local_types;
  if (!rows.length) return null;
  const names = (types: string[]): string => words.list(types.map((type) => called(app, "type", type)));
  return part(app, ["local_types", "local_tests"], words.say("roles.local_text"), sheet([[words.say("ranking.place")], [words.say("roles.types")], [words.say("roles.tests")], [words.say("roles.untested")]],
    rows.map((row) => line(placeName(app, row.place), [[row.types.length ? h("b", {}, names(row.types)) : h("span", { class: "muted" }, words.say("roles.unclassified"))], [tests(app, row)], [names(row.untested) || "—"]], held(app, row.place)))));
}

function tests(app: App, row: LocalType): HTMLElement {
  const { words, book } = app;
  const own = book.data.insights.local_tests.filter((item) => item.place === row.place);
  return h("ul", { class: "plain tests" }, own.map((item) => h("li", {}, verdictOf(app, item.verdict), " ", words.of(item.name), words.say("colon"), `${words.number(item.value, 2)} / ${noFewer(item.relation, words.number(item.bar, 2))}`, item.against === "quantile" && words.say("roles.quantile"))));
}
